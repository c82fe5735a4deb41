"""Intake's work list of clocks: what must be supplied by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from schemas.ids import AgencyId, CaseId, CaseNumber, Province, RuleVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOut:
    """A clock that runs, of one of the applications of a province."""

    case_id: CaseId
    number: CaseNumber
    agency: AgencyId
    name: str
    due_at: datetime
    rule: RuleVersion | None


RUNNING_OUT = text("""
    SELECT application.case_id, application.number, application.agency, timer.name, timer.due_at,
      application.state #>> '{supplement,limit,rule}' AS rule
    FROM timer JOIN application USING (province, id)
    WHERE timer.province = :province AND timer.kind = 'Case' AND timer.due_at <= :until
      AND (CAST(:agency AS text) IS NULL OR application.agency = :agency)
    ORDER BY timer.due_at, application.number LIMIT :limit
""")


async def running_out(
    database: AsyncEngine, province: Province, *, until: datetime, agency: AgencyId | None, limit: int
) -> Sequence[RunningOut]:
    """The clocks of a province that end by a moment, the first one first."""
    wanted = {"province": province, "until": until, "agency": agency, "limit": limit}
    async with database.connect() as connection:
        rows = await connection.execute(RUNNING_OUT, wanted)
        return [RunningOut(**row._asdict()) for row in rows]

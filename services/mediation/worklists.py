"""Mediation's work lists: matters, and the clocks that run out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from schemas.codes import CaseType
from schemas.ids import AgencyId, CaseId, CaseNumber, Province, RuleVersion
from services.mediation.domain.acts import MatterState


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A matter in a work list."""

    case_id: CaseId
    number: CaseNumber
    state: MatterState
    agency: AgencyId
    case_type: CaseType
    next_due: datetime | None


LIST = text("""
    SELECT case_id, number, standing AS state, agency, case_type, next_due
    FROM matter
    WHERE province = :province AND number > :after
      AND (CAST(:standing AS text) IS NULL OR standing = :standing)
      AND (CAST(:agency AS text) IS NULL OR agency = :agency)
    ORDER BY number LIMIT :limit
""")


async def list_matters(
    database: AsyncEngine,
    province: Province,
    *,
    after: str,
    limit: int,
    status: MatterState | None,
    agency: AgencyId | None,
) -> Sequence[Listed]:
    """The matters of a province by case number, from the one after `after`."""
    wanted = {
        "province": province,
        "after": after,
        "limit": limit,
        "standing": status.value if status else None,
        "agency": agency,
    }
    async with database.connect() as connection:
        rows = await connection.execute(LIST, wanted)
        return [Listed(**{**row._asdict(), "state": MatterState(row.state)}) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOut:
    """A clock that runs, of one of the cases of a province."""

    case_id: CaseId
    number: CaseNumber
    agency: AgencyId
    name: str
    due_at: datetime
    rule: RuleVersion | None
    right: bool
    """Whether it is a right of the applicants that runs out."""


RUNNING_OUT = text(r"""
    SELECT matter.case_id, matter.number, matter.agency, timer.name, timer.due_at,
      clock #>> '{limit,rule}' AS rule,
      coalesce(jsonb_typeof(clock #> '{limit,risk_at}') = 'array', false) AS right
    FROM timer JOIN matter USING (province, id)
    LEFT JOIN LATERAL (
      SELECT each AS clock FROM jsonb_array_elements(matter.state #> '{clocks,all}') AS each
      WHERE each ->> 'name' = timer.name AND each ->> 'state' = 'running' LIMIT 1
    ) AS running ON true
    WHERE timer.province = :province AND timer.kind = 'Matter' AND timer.due_at <= :until
      AND timer.name NOT LIKE 'at\_risk/%' -- when to warn of a clock is none itself
      AND (CAST(:agency AS text) IS NULL OR matter.agency = :agency)
    ORDER BY timer.due_at, matter.number LIMIT :limit
""")


async def running_out(
    database: AsyncEngine, province: Province, *, until: datetime, agency: AgencyId | None, limit: int
) -> Sequence[RunningOut]:
    """The clocks of a province that end by a moment, the first one first."""
    wanted = {"province": province, "until": until, "agency": agency, "limit": limit}
    async with database.connect() as connection:
        rows = await connection.execute(RUNNING_OUT, wanted)
        return [RunningOut(**row._asdict()) for row in rows]

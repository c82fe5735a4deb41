"""The rows of trace, and the questions that are asked of them.

What a case is now is folded from its steps on reading: one source of truth, and one insert for each event.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncEngine

from schemas.ids import AgencyId, CaseId, CaseNumber, ExternalRef, Province
from services.trace.steps import BULK, Known, Step, with_past

metadata = MetaData()

Moment = DateTime(timezone=True)

steps = Table(
    "step",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("log", Text, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("applied_at", Moment, nullable=False),
    Column("caused_by", Text),
    Column("actor", Text, comment="the role, never the person"),
    Column("agency", Text),
    Column("legal_basis", Text),
    Column("said", JSONB, nullable=False),
    Column(
        "counted", Boolean, nullable=False, server_default=false(), comment="a release wrote it that counts"
    ),
)
"""One event of one case, as it was heard."""
Index("step_uncounted", steps.c.province, steps.c.case_id, postgresql_where=~steps.c.counted)
Index("step_of_ops", steps.c.province, steps.c.case_id, postgresql_where=steps.c.log == "ops")

known_cases = Table(
    "known_case",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("opened_at", Moment, nullable=False),
    Column("number", Text, nullable=False),
    Column("case_type", Text),
    Column("worker_class", Text),
    Column("home", Text),
    Column("work", Text),
    Column("members", Integer),
    Column("claim_fen", BigInteger),
    Column("external_refs", JSONB, comment="[{issuer, number}]; null where there are none"),
    Column("channel", Text, comment="null of a case from before it was kept"),
)
"""A case in a province, as it was when the province first heard of it with its number."""
Index("known_case_by_number", known_cases.c.number)
Index(
    "known_case_by_external_ref",
    known_cases.c.external_refs,
    postgresql_using="gin",
    postgresql_ops={"external_refs": "jsonb_path_ops"},
)
Index("known_case_by_opened_at", known_cases.c.opened_at.desc(), known_cases.c.case_id.desc())
Index("known_case_by_case", known_cases.c.case_id, known_cases.c.opened_at)

# A case that two provinces know stands in the list once, where it was first heard of.
CASES: Final = """
    SELECT DISTINCT ON (opened_at, case_id) known_case.* FROM known_case
    WHERE province = ANY(:provinces)
      AND NOT EXISTS (
          SELECT 1 FROM known_case AS earlier
          WHERE earlier.case_id = known_case.case_id AND earlier.province = ANY(:provinces)
            AND (earlier.opened_at, earlier.province) < (known_case.opened_at, known_case.province))
"""
PAGE = text(
    CASES
    + """
      AND (CAST(:number AS text) IS NULL OR number = :number)
      AND (CAST(:after AS text) IS NULL OR (opened_at, case_id) <
           (SELECT min(opened_at), case_id FROM known_case
            WHERE case_id = :after AND province = ANY(:provinces) GROUP BY case_id))
      AND (NOT :held OR case_id IN (SELECT case_id FROM (
           SELECT DISTINCT ON (province, case_id, service) case_id, type FROM step
           WHERE log = 'ops' AND province = ANY(:provinces)
           ORDER BY province, case_id, service, sequence DESC) AS last
           WHERE type = 'casebridge.ops.held.v1')
           OR case_id IN (SELECT case_id FROM case_row
           WHERE hold IS NOT NULL AND province = ANY(:provinces)))
    ORDER BY opened_at DESC, case_id DESC LIMIT :limit
"""
)
UNDER = text(
    CASES
    + " AND external_refs @> CAST(CAST(:under AS text) AS jsonb)"
    + " ORDER BY opened_at DESC, case_id DESC LIMIT 200"
)
ONE = text(CASES + " AND case_id = :case_id")

STEPS = text("""
    SELECT * FROM step WHERE province = ANY(:provinces) AND case_id = ANY(:cases)
      AND NOT type = ANY(:without)
    ORDER BY recorded_at, log, sequence
""")

# What trace itself holds it does not hear of: the event that says so waits behind the hold.
OWN_HOLDS = text("""
    SELECT province, case_id, hold FROM case_row
    WHERE hold IS NOT NULL AND province = ANY(:provinces) AND case_id = ANY(:cases)
""")


@dataclass(frozen=True, slots=True)
class Traced:
    """A case with its steps, in the order in which they were recorded."""

    known: Known
    steps: tuple[Step, ...]
    own_holds: Mapping[Province, Mapping[str, Any]]


async def page_of_cases(
    database: AsyncEngine,
    provinces: Sequence[Province],
    *,
    number: CaseNumber | None = None,
    held: bool = False,
    after: CaseId | None = None,
    limit: int,
) -> list[Traced]:
    """Cases, those that were heard of last first, without the steps that come by the hundred."""
    asked = {
        "provinces": list(provinces),
        "number": number,
        "held": held,
        "after": after,
        "limit": limit,
    }
    async with database.connect() as connection:
        known = [known_from(row) for row in await connection.execute(PAGE, asked)]
    return await with_steps(database, provinces, known, without=BULK)


async def cases_under(
    database: AsyncEngine, provinces: Sequence[Province], issuer: AgencyId, number: ExternalRef
) -> list[Traced]:
    """The cases that this authority keeps under this number, those that were heard of last first."""
    under = to_json([{"issuer": issuer, "number": number}]).decode()
    async with database.connect() as connection:
        rows = await connection.execute(UNDER, {"provinces": list(provinces), "under": under})
        known = [known_from(row) for row in rows]
    return await with_steps(database, provinces, known, without=BULK)


async def one_case(database: AsyncEngine, provinces: Sequence[Province], case_id: CaseId) -> Traced | None:
    """A case with all its steps, or None."""
    async with database.connect() as connection:
        row = (
            await connection.execute(ONE, {"provinces": list(provinces), "case_id": case_id})
        ).one_or_none()
    return (await with_steps(database, provinces, [known_from(row)]))[0] if row else None


async def with_steps(
    database: AsyncEngine,
    provinces: Sequence[Province],
    known: Sequence[Known],
    *,
    without: Iterable[str] = (),
) -> list[Traced]:
    asked = {"provinces": list(provinces), "cases": [case.case_id for case in known]}
    found: dict[str, list[Step]] = {case.case_id: [] for case in known}
    holds: dict[str, dict[Province, Mapping[str, Any]]] = {case.case_id: {} for case in known}
    async with database.connect() as connection:
        for row in await connection.execute(STEPS, {**asked, "without": sorted(without)}):
            found[row.case_id].append(step_from(row))
        for row in await connection.execute(OWN_HOLDS, asked):
            holds[row.case_id][row.province] = row.hold
    return [Traced(case, with_past(found[case.case_id]), holds[case.case_id]) for case in known]


def known_from(row: Any) -> Known:
    return Known(**{name: getattr(row, name) for name in Known.__slots__})


def step_from(row: Any) -> Step:
    names = [column.name for column in steps.columns if column is not steps.c.counted]
    return Step(**{name: getattr(row, name) for name in names})

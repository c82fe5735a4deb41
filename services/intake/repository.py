"""Intake's tables, and what is asked of them across cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.stored import aggregate_table, folds, stored
from chassis.unit_of_work import UnitOfWork
from law.deadlines import day_of
from schemas.cases import CaseEvent, MemberEvent
from schemas.codes import CaseType
from schemas.ids import AgencyId, CaseId, CaseNumber, Count, Fen, MemberId, Province, Pseudonym, case_number
from services.intake.domain.case import ApplicationState, Case
from services.intake.domain.member import Member

CONTACT = "contact"
"""Name in the vault of how the applicants are reached."""

REPEATED_WITHIN = timedelta(days=30)
"""How long a second application of the same workers on the same matter is answered with the first."""

metadata = MetaData()

applications = aggregate_table(
    "application",
    metadata,
    Column("number", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("case_type", Text, nullable=False),
    Column("worker", Text),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("members", Integer, nullable=False),
    Column("claim_fen", BigInteger, nullable=False),
)
Index("application_by_number", applications.c.province, applications.c.number)

members = aggregate_table("member", metadata, Column("worker", Text, nullable=False))
Index("member_by_worker", members.c.province, members.c.worker)

application_employers = Table(
    "application_employer",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("employer", Text, nullable=False, comment="code, or the keyed hash of a name"),
)
"""Whom an application is against, for the search for repeated ones."""

"""The last case number that was given out."""


def application_columns(case: Case) -> Mapping[str, Any]:
    facts = case.facts
    return {
        "number": facts.number,
        "standing": case.state,
        "agency": case.agency,
        "case_type": facts.case_type,
        "worker": case.worker,
        "received_at": facts.received_at,
        "members": facts.members,
        "claim_fen": facts.claim_fen,
    }


STORES = (
    stored(
        Case, applications, application_columns, folds(CaseEvent, id_of=lambda e: e.case_id, start=Case.begun)
    ),
    stored(
        Member,
        members,
        lambda member: {"worker": member.worker},
        folds(MemberEvent, id_of=lambda e: e.member_id, start=Member.joined),
    ),
)


def vault_name(member: MemberId) -> str:
    """Name in the vault of a member's data."""
    return f"member/{member}"


def remember_employer(uow: UnitOfWork, employer: str) -> None:
    """Note whom the application is against."""
    row = {"province": uow.province, "case_id": uow.case_id, "employer": employer}
    uow.insert(application_employers, row)


NEXT_NUMBER = text("SELECT nextval(CAST(:sequence AS regclass))")
HAS_SEQUENCE = text("SELECT to_regclass(:sequence) IS NOT NULL")
LOCK_SEQUENCE = text("SELECT pg_advisory_xact_lock(hashtextextended(:sequence, 0))")


async def next_case_number(connection: AsyncConnection, province: Province, now: datetime) -> CaseNumber:
    """The next number of the province and year. Nobody waits: a failed submission leaves a gap."""
    year = day_of(now).year
    # Both are digits, by their types: nothing that a person wrote gets into the statement.
    named = {"sequence": f"case_number_{province}_{year:d}"}
    if not (await connection.execute(HAS_SEQUENCE, named)).scalar_one():
        await connection.execute(LOCK_SEQUENCE, named)
        await connection.execute(text(f"CREATE SEQUENCE IF NOT EXISTS {named['sequence']}"))
    return case_number(province, year, (await connection.execute(NEXT_NUMBER, named)).scalar_one())


# Sorted, so that two submissions that share workers never wait for each other.
LOCK_WORKERS = text("""
    SELECT pg_advisory_xact_lock(hashtextextended(worker, 0))
    FROM unnest(CAST(:workers AS text[])) AS worker
""")

# An application that names more workers than the one before is not a repetition: nobody may be lost.
# The worker himself is compared too, since the same heirs may claim for two who died.
SAME_MATTER = text("""
    SELECT application.case_id, number, received_at
    FROM application
    JOIN application_employer USING (province, case_id)
    JOIN member USING (province, case_id)
    WHERE province = :province AND employer = :employer AND case_type = :case_type
      AND received_at > :since AND standing <> :withdrawn AND member.worker = ANY(:members)
    GROUP BY application.case_id, number, received_at, application.worker
    HAVING count(DISTINCT member.worker) = :count
       AND (application.worker IS NULL OR application.worker = :worker
            OR :worker = ANY(array_agg(member.worker)))
    ORDER BY received_at LIMIT 1
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What makes an application the same as another: who claims what from whom."""

    worker: Pseudonym
    members: frozenset[Pseudonym]
    employer: str
    case_type: CaseType


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A case that an application is answered with."""

    case_id: CaseId
    number: CaseNumber


async def find_repeated(
    connection: AsyncConnection, province: Province, matter: Matter, now: datetime
) -> Found | None:
    """The case that these workers applied for already. Locks them until the transaction ends."""
    workers = sorted(matter.members | {matter.worker})
    await connection.execute(LOCK_WORKERS, {"workers": workers})
    row = (
        await connection.execute(
            SAME_MATTER,
            {
                "province": province,
                "employer": matter.employer,
                "case_type": matter.case_type,
                "since": now - REPEATED_WITHIN,
                "withdrawn": ApplicationState.WITHDRAWN.value,
                "members": sorted(matter.members),
                "count": len(matter.members),
                "worker": matter.worker,
            },
        )
    ).one_or_none()
    return Found(case_id=row.case_id, number=row.number) if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An application in a list."""

    case_id: CaseId
    number: CaseNumber
    state: ApplicationState
    agency: AgencyId
    case_type: CaseType
    received_at: datetime
    members: Count
    claim_fen: Fen


LIST = text("""
    SELECT case_id, number, standing AS state, agency, case_type, received_at, members, claim_fen
    FROM application
    WHERE province = :province AND number > :after AND (CAST(:number AS text) IS NULL OR number = :number)
    ORDER BY number LIMIT :limit
""")


async def list_applications(
    database: AsyncEngine, province: Province, *, after: str, limit: int, number: CaseNumber | None
) -> Sequence[Listed]:
    """The applications of a province by case number, from the one after `after`."""
    wanted = {"province": province, "after": after, "limit": limit, "number": number}
    async with database.connect() as connection:
        rows = await connection.execute(LIST, wanted)
        return [Listed(**{**row._asdict(), "state": ApplicationState(row.state)}) for row in rows]

"""Mediation's tables, and the work lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, MetaData, Text, text
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.stored import aggregate_table, folds, stored
from chassis.unit_of_work import UnitOfWork
from schemas.codes import CaseType
from schemas.envelope import Sealed
from schemas.ids import AgencyId, CaseId, CaseNumber, Province
from schemas.matters import ClaimEvent, MatterEvent
from services.mediation.domain.acts import MatterState
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter

metadata = MetaData()

matters = aggregate_table(
    "matter",
    metadata,
    Column("number", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("case_type", Text, nullable=False),
    Column("next_due", DateTime(timezone=True), comment="the time limit that ends first"),
)
Index("matter_by_standing", matters.c.province, matters.c.standing, matters.c.number)

claims = aggregate_table(
    "claim",
    metadata,
    Column("claim_fen", BigInteger, nullable=False),
    Column("due_fen", BigInteger),
    Column("recovered_fen", BigInteger, nullable=False),
)


def keep_paper(name: str, paper: Sealed, uow: UnitOfWork) -> None:
    """Keep a sealed paper; the second of a name is `name-2`."""
    before = len(uow.vault.names(name))
    uow.vault.keep(f"{name}-{before + 1}" if before else name, paper)


def matter_columns(matter: Matter) -> Mapping[str, Any]:
    return {
        "number": matter.facts.number,
        "standing": matter.state,
        "agency": matter.agency,
        "case_type": matter.facts.case_type,
        "next_due": min(matter.due.values(), default=None),
    }


def claim_columns(claim: Claim) -> Mapping[str, Any]:
    return {
        "claim_fen": claim.claim_fen,
        "due_fen": claim.due_fen,
        "recovered_fen": claim.recovered_fen,
    }


STORES = (
    stored(
        Matter, matters, matter_columns, folds(MatterEvent, id_of=lambda e: e.case_id, start=Matter.opened)
    ),
    stored(Claim, claims, claim_columns, folds(ClaimEvent, id_of=lambda e: e.member_id, start=Claim.begun)),
)


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

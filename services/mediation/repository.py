"""Mediation's tables."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, MetaData, Text

from chassis.stored import aggregate_table, folds, stored
from chassis.unit_of_work import UnitOfWork
from schemas.envelope import Sealed
from schemas.matters import ClaimEvent, MatterEvent
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
        "next_due": matter.next_end,
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

"""Mediation's tables."""

from collections.abc import Mapping, Set
from typing import Any

from pydantic_core import to_json
from sqlalchemy import BigInteger, Boolean, Column, DateTime, Index, MetaData, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from chassis.stored import aggregate_table, folds, stored
from chassis.unit_of_work import UnitOfWork
from schemas.envelope import Sealed
from schemas.ids import MemberId, Pseudonym
from schemas.matters import ClaimEvent, MatterEvent
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter

FIRST = 0
"""Rank of what goes first in every list: the green channel."""

IN_TURN = 1

metadata = MetaData()

matters = aggregate_table(
    "matter",
    metadata,
    Column("number", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("case_type", Text, nullable=False),
    Column("next_due", DateTime(timezone=True), comment="the time limit that ends first"),
    Column("rank", SmallInteger, nullable=False, server_default=text("1"), comment="0: it goes first"),
    Column("silent", Boolean, nullable=False, server_default=text("false")),
    Column("assignees", JSONB, comment="[pseudonym] of those who work on it; null where nobody does"),
)
Index("matter_by_standing", matters.c.province, matters.c.standing, matters.c.number)
Index("matter_by_number", matters.c.province, matters.c.number)
Index("matter_by_rank", matters.c.province, matters.c.rank, matters.c.number)
Index("matter_by_agency", matters.c.province, matters.c.agency, matters.c.rank, matters.c.number)
Index("matter_of_agency", matters.c.province, matters.c.agency, matters.c.number)
Index("matter_by_next_due", matters.c.province, matters.c.next_due, matters.c.number)
Index("matter_silent", matters.c.province, matters.c.number, postgresql_where=matters.c.silent)
Index(
    "matter_by_assignee",
    matters.c.assignees,
    postgresql_using="gin",
    postgresql_ops={"assignees": "jsonb_path_ops"},
)

claims = aggregate_table(
    "claim",
    metadata,
    Column("claim_fen", BigInteger, nullable=False),
    Column("due_fen", BigInteger),
    Column("recovered_fen", BigInteger, nullable=False),
    Column("worker", Text, comment="as this province knows him"),
)
Index("claim_by_worker", claims.c.province, claims.c.worker)


PERSONS = "member/"
HELPERS = "helper/"
CONTACT = "contact"
"""Name in the vault of how the applicants are reached, and whom the application is against."""


def helper_name(helper: Pseudonym) -> str:
    """Name in the vault of what somebody is called who works on the case."""
    return f"{HELPERS}{helper}"


def person_name(member: MemberId) -> str:
    """Name in the vault of who a member is."""
    return f"{PERSONS}{member}"


def papers_of(uow: UnitOfWork) -> tuple[str, ...]:
    """The names of the papers of a case."""
    return tuple(
        name for name in uow.vault.names("") if not name.startswith((PERSONS, HELPERS)) and name != CONTACT
    )


def keep_paper(name: str, paper: Sealed, uow: UnitOfWork) -> None:
    """Keep a sealed paper; the second of a name is `name-2`."""
    before = len(uow.vault.names(name))
    uow.vault.keep(f"{name}-{before + 1}" if before else name, paper)


def last_paper(name: str, uow: UnitOfWork) -> Any:
    """The latest of a name: the second one is `name-2`."""
    found = [each for each in uow.vault.names(name) if each == name or each[len(name) + 1 :].isdigit()]
    sealed = uow.vault.get(max(found, key=lambda each: (len(each), each))) if found else None
    return uow.vault.unseal(sealed) if sealed else None


def matter_columns(matter: Matter) -> Mapping[str, Any]:
    at_work = sorted({assignment.assignee for assignment in matter.aid.at_work} | mediating(matter))
    return {
        "number": matter.facts.number,
        "standing": matter.state,
        "agency": matter.agency,
        "case_type": matter.facts.case_type,
        "next_due": matter.next_end,
        "rank": FIRST if matter.facts.urgent else IN_TURN,
        "silent": matter.silent,
        "assignees": to_json(at_work).decode() if at_work else None,
    }


def mediating(matter: Matter) -> Set[Pseudonym]:
    """Who mediates, until nothing came of it or all was done that was agreed."""
    mediation = matter.mediation
    if mediation is None or mediation.mediator is None or mediation.broken_off or mediation.performed:
        return frozenset()
    return frozenset({mediation.mediator})


def claim_columns(claim: Claim) -> Mapping[str, Any]:
    return {
        "claim_fen": claim.claim_fen,
        "due_fen": claim.due_fen,
        "recovered_fen": claim.recovered_fen,
        "worker": claim.worker,
    }


STORES = (
    stored(
        Matter, matters, matter_columns, folds(MatterEvent, id_of=lambda e: e.case_id, start=Matter.opened)
    ),
    stored(Claim, claims, claim_columns, folds(ClaimEvent, id_of=lambda e: e.member_id, start=Claim.begun)),
)

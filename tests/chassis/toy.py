"""A service with the smallest domain that still has everything: events, timers, commands, poison."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self, TypeAlias

from sqlalchemy import BigInteger, Column, MetaData

from chassis.http import Uow, case_router
from chassis.service import Service, on, on_due
from chassis.stored import aggregate_table, folds, stored
from chassis.unit_of_work import Due, UnitOfWork
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.envelope import Sealed
from schemas.ids import CaseId
from schemas.matters import (
    ClaimRegistered,
    ClockBreached,
    MatterAccepted,
    MatterOpened,
    MediationSessionHeld,
    ReviewStarted,
)
from schemas.samples import a
from schemas.transfers import CustodyBegun

POISON_FEN = 666

ToyEvent: TypeAlias = MatterOpened | ClaimRegistered | ReviewStarted | ClockBreached | MatterAccepted


@dataclass(frozen=True, slots=True, kw_only=True)
class Toy:
    """Counts what it was told, in the order in which it was told."""

    case_id: CaseId
    members: tuple[str, ...] = ()
    sum_fen: int = 0
    review_by: datetime | None = None
    accepted: bool = False

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return {"review_by": self.review_by} if self.review_by else {}

    @classmethod
    def opened(cls, event: MatterOpened) -> Self:
        return cls(case_id=event.case_id)

    def after(self, event: ToyEvent) -> Self:
        match event:
            case MatterOpened():
                return self
            case ClaimRegistered(member_id=member, claim_fen=fen):
                return replace(self, members=(*self.members, member), sum_fen=self.sum_fen + fen)
            case ReviewStarted(review_by=by):
                return replace(self, review_by=by)
            case ClockBreached():
                return replace(self, review_by=None)
            case MatterAccepted():
                return replace(self, accepted=True)


metadata = MetaData()
toys = aggregate_table("toy", metadata, Column("sum_fen", BigInteger, nullable=False))
TOYS = stored(
    Toy,
    toys,
    lambda toy: {"sum_fen": toy.sum_fen},
    folds(ToyEvent, id_of=lambda event: event.case_id, start=Toy.opened),
)

broken = {"yes": True}
"""What an operator repairs: while true, a claim of POISON_FEN cannot be handled."""


def open_toy(event: ApplicationSubmitted, uow: UnitOfWork) -> None:
    if uow.find(Toy, event.case_id) is None:
        uow.begin(Toy.opened, a(MatterOpened, case_id=event.case_id, at=uow.now))


def register(event: MemberJoined, uow: UnitOfWork) -> None:
    toy = uow.get(Toy, event.case_id)
    if event.claim_fen == POISON_FEN and broken["yes"]:
        raise ValueError(f"cannot take {event.claim_fen}")
    said = ClaimRegistered(
        case_id=event.case_id,
        at=uow.now,
        member_id=event.member_id,
        role=event.role,
        worker=event.worker,
        claim_fen=event.claim_fen,
    )
    uow.emit(toy, [said])


def breach(due: Due, uow: UnitOfWork) -> None:
    toy = uow.get(Toy, due.id)
    uow.emit(toy, [a(ClockBreached, case_id=toy.case_id, at=uow.now, due_at=due.at)])


router = case_router()


@router.get("/cases/{case_id}/toy")
async def read_toy(case_id: CaseId, uow: Uow) -> Toy:
    return uow.get(Toy, case_id)


@router.post("/cases/{case_id}/toy/review", status_code=201)
async def start_review(case_id: CaseId, days: float, uow: Uow) -> Toy:
    toy = uow.expect(Toy, case_id)
    by = uow.now + timedelta(days=days)
    return uow.emit(toy, [a(ReviewStarted, case_id=case_id, at=uow.now, review_by=by)])


@router.post("/toys", status_code=201)
async def create_toy(uow: Uow) -> Toy:
    return uow.begin(Toy.opened, a(MatterOpened, case_id=uow.case_id, at=uow.now))


@router.post("/huge", status_code=201)
async def create_huge(uow: Uow) -> Toy:
    """A referral with details as large as the contract lets them be, twice over."""
    toy = uow.begin(Toy.opened, a(MatterOpened, case_id=uow.case_id, at=uow.now))
    sealed = Sealed(key_id="key-1", box="A" * 700_000)
    held = a(MediationSessionHeld, case_id=uow.case_id, at=uow.now, minutes=sealed)
    uow.say(held.model_copy(update={"minutes": sealed.model_copy(update={"box": "A" * 950_000})}))
    return toy


EVERYBODY = frozenset({"caseworker"})

toy_service = Service(
    name="mediation",
    owns="Toys.",
    log="matters",
    handles=[
        on(ApplicationSubmitted, open_toy),
        on(MemberJoined, register),
        on_due(Toy, "review_by", breach),
    ],
    stores=(TOYS,),
    routes=router,
    permissions=dict.fromkeys(("read_toy", "start_review", "create_toy", "create_huge"), EVERYBODY),
    migrations="tests.chassis.toy_migrations",
)


def see(event: CustodyBegun, uow: UnitOfWork) -> None:
    """Reads a second log, so that one can be behind the other."""


watching_service = replace(toy_service, handles=[*toy_service.handles, on(CustodyBegun, see)])

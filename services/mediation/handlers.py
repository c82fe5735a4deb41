"""What mediation does on hearing of custody, members and withdrawals, and when a time limit passes."""

from chassis.unit_of_work import Due, UnitOfWork
from law.book import Law
from law.limits import law_for
from schemas.cases import (
    ApplicationInfoRequested,
    ApplicationSupplied,
    ApplicationWithdrawn,
    MemberJoined,
)
from schemas.codes import ClaimEnd
from schemas.matters import ArbitrationEffective
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.mediation.domain import arbitrating, opening, performing, suing, supplementing
from services.mediation.domain.claim import Claim, register
from services.mediation.domain.matter import Matter


def open_case(event: CustodyBegun, uow: UnitOfWork) -> None:
    """Open a matter, dormant, with its clocks running."""
    law = law_for(event.facts, uow.province, uow.use(Law))
    if matter := uow.find(Matter, event.case_id):
        uow.emit(matter, opening.open_again(matter, event, law, at=uow.now))
    else:
        opened, *more = opening.open_matter(event, law, at=uow.now)
        uow.emit(uow.begin(Matter.opened, opened), more)


def activate_matter(event: CustodyPlaced, uow: UnitOfWork) -> None:
    """Let the owner act."""
    if matter := uow.find(Matter, event.case_id):
        uow.emit(matter, opening.activate(matter, event, at=uow.now))


def register_claim(event: MemberJoined, uow: UnitOfWork) -> None:
    """Register what a member claims, in whatever order members and custody are heard of."""
    if claim := uow.find(Claim, event.member_id):
        uow.emit(claim, claim.register_again(event, at=uow.now))
    else:
        uow.begin(Claim.begun, register(event, at=uow.now))


def pause_review(event: ApplicationInfoRequested, uow: UnitOfWork) -> None:
    """Let the review stand still while intake waits for papers."""
    if matter := uow.find(Matter, event.case_id):
        law = law_for(matter.facts, uow.province, uow.use(Law))
        uow.emit(matter, supplementing.note_request(matter, event, law))


def resume_review(event: ApplicationSupplied, uow: UnitOfWork) -> None:
    """Let it go on with what came."""
    if matter := uow.find(Matter, event.case_id):
        law = law_for(matter.facts, uow.province, uow.use(Law))
        uow.emit(matter, supplementing.note_reply(matter, event, law))


def close_matter(event: CustodyEnded | ApplicationWithdrawn, uow: UnitOfWork) -> None:
    """Stop working on a case that moved or was withdrawn, and close its claims."""
    if matter := uow.find(Matter, event.case_id):
        closed = opening.close(matter, event, at=uow.now)
        uow.emit(matter, closed)
        for said in closed:
            for claim in uow.all(Claim):
                uow.emit(claim, claim.close(ClaimEnd(said.because), at=uow.now))


def say_breach(due: Due, uow: UnitOfWork) -> None:
    """Say that a time limit passed and nothing had been done."""
    matter = uow.get(Matter, due.id)
    name = f"{due.name}/{due.key}" if due.key else due.name
    uow.emit(matter, matter.breach(name, at=uow.now))


def pass_suit_limit(due: Due, uow: UnitOfWork) -> None:
    """Make an award effective for those who did not sue; whom it gives nothing, his claim is over."""
    matter = uow.get(Matter, due.id)
    said = arbitrating.pass_suit_limit(matter, uow.all(Claim), at=uow.now)
    uow.emit(matter, said)
    for each in said:
        if isinstance(each, ArbitrationEffective):
            claim = uow.get(Claim, each.member_id)
            uow.emit(claim, claim.close(ClaimEnd("dismissed"), at=uow.now) if claim.due_fen == 0 else [])


def pass_appeal(due: Due, uow: UnitOfWork) -> None:
    """Make a judgment final that nobody appealed in time."""
    matter = uow.get(Matter, due.id)
    uow.emit(matter, suing.pass_appeal(matter, at=uow.now))


def pass_instalment(due: Due, uow: UnitOfWork) -> None:
    """See whether an instalment was paid by its day; if not, say that the agreement is breached."""
    matter = uow.get(Matter, due.id)
    uow.emit(
        matter,
        performing.pass_instalment(matter, f"{due.name}/{due.key}", uow.all(Claim), at=uow.now),
    )

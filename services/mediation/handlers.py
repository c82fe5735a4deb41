"""What mediation does on hearing of custody, members and withdrawals, and when a time limit passes."""

from chassis.unit_of_work import Due, UnitOfWork
from law.book import Law
from law.limits import law_for
from schemas.cases import (
    ApplicationAmended,
    ApplicationInfoRequested,
    ApplicationSupplied,
    ApplicationWithdrawn,
    MemberJoined,
    MemberLeft,
)
from schemas.codes import ClaimEnd
from schemas.matters import ArbitrationEffective
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.mediation.domain import (
    arbitrating,
    awarding_part,
    lapsing,
    leaving,
    obeying,
    opening,
    performing,
    suing,
    supplementing,
    suspending,
)
from services.mediation.domain.claim import Claim, register
from services.mediation.domain.matter import Matter
from services.mediation.past import tell_past
from services.mediation.repository import CONTACT, person_name
from services.mediation.saying import say


def open_case(event: CustodyBegun, uow: UnitOfWork) -> None:
    """Open a matter, dormant, with its clocks running."""
    law = law_for(event.facts, uow.province, uow.use(Law))
    if event.contact:
        uow.vault.keep(CONTACT, event.contact)
    if matter := uow.find(Matter, event.case_id):
        uow.emit(matter, opening.open_again(matter, event, law, at=uow.now))
    else:
        opened, *more = opening.open_matter(event, law, at=uow.now)
        uow.emit(uow.begin(Matter.opened, opened), more)


def activate_matter(event: CustodyPlaced, uow: UnitOfWork) -> None:
    """Let the owner act."""
    if matter := uow.find(Matter, event.case_id):
        active = uow.emit(matter, opening.activate(matter, event, at=uow.now))
        if event.past and active is not matter:
            tell_past(event.past, uow)


def register_claim(event: MemberJoined, uow: UnitOfWork) -> None:
    """Register what a member claims, in whatever order members and custody are heard of."""
    uow.vault.keep(person_name(event.member_id), event.person)
    if claim := uow.find(Claim, event.member_id):
        uow.emit(claim, claim.register_again(event, at=uow.now))
    else:
        uow.begin(Claim.begun, register(event, at=uow.now))


def pause_review(event: ApplicationInfoRequested, uow: UnitOfWork) -> None:
    """Let the review stand still while intake waits for papers."""
    matter = uow.await_begun(Matter, event.case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    uow.emit(matter, supplementing.note_request(matter, event, law))


def resume_review(event: ApplicationSupplied, uow: UnitOfWork) -> None:
    """Let it go on with what came."""
    matter = uow.await_begun(Matter, event.case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    uow.emit(matter, supplementing.note_reply(matter, event, law))


def amend_matter(event: ApplicationAmended, uow: UnitOfWork) -> None:
    """Know the case as it is now."""
    matter = uow.await_begun(Matter, event.case_id)
    uow.emit(matter, leaving.amend(matter, event, at=uow.now))


def let_member_go(event: MemberLeft, uow: UnitOfWork) -> None:
    """Close the claim of who left. What he received stays; the instalments are watched for the others."""
    claim = uow.find(Claim, event.member_id)
    if claim is None or leaving.told_before(claim, event):
        return
    matter = uow.find(Matter, event.case_id)
    released = leaving.release(matter, claim, at=uow.now) if matter else []
    uow.emit(claim, claim.leave(at=uow.now))
    if matter and released:
        reduced = uow.emit(matter, released)
        uow.emit(reduced, performing.note_payments(reduced, uow.all(Claim), at=uow.now))


def close_matter(event: CustodyEnded, uow: UnitOfWork) -> None:
    """Stop working on a case that moved or was withdrawn."""
    if matter := uow.find(Matter, event.case_id):
        close(matter, event, uow)


def withdraw_matter(event: ApplicationWithdrawn, uow: UnitOfWork) -> None:
    """The same as soon as the applicants say so. Intake may say it before routing opens the matter."""
    close(uow.await_begun(Matter, event.case_id), event, uow)


def close(matter: Matter, event: CustodyEnded | ApplicationWithdrawn, uow: UnitOfWork) -> None:
    """And close its claims."""
    closed = opening.close(matter, event, at=uow.now)
    uow.emit(matter, closed)
    for said in closed:
        for claim in uow.all(Claim):
            uow.emit(claim, claim.close(ClaimEnd(said.because), at=uow.now))


def say_breach(due: Due, uow: UnitOfWork) -> None:
    """Say that a time limit passed and nothing had been done."""
    matter = uow.get(Matter, due.id)
    uow.emit(matter, matter.breach(clock_named(due), at=uow.now))


def lapse_right(due: Due, uow: UnitOfWork) -> None:
    """Say that a right was not used in time, and what that opens."""
    matter = uow.get(Matter, due.id)
    say(matter, lapsing.lapse(matter, clock_named(due), at=uow.now), uow)


def warn_of_risk(due: Due, uow: UnitOfWork) -> None:
    """Say that a right runs out."""
    matter = uow.get(Matter, due.id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    uow.emit(matter, lapsing.warn(matter, due.key, law, at=uow.now))


def clock_named(due: Due) -> str:
    return f"{due.name}/{due.key}" if due.key else due.name


def pass_suit_limit(due: Due, uow: UnitOfWork) -> None:
    """Make an award effective for those who did not sue; whom it gives nothing, his claim is over."""
    matter = uow.get(Matter, due.id)
    said = arbitrating.pass_suit_limit(matter, uow.all(Claim), at=uow.now)
    say(matter, said, uow)
    for each in said:
        if isinstance(each, ArbitrationEffective):
            claim = uow.get(Claim, each.member_id)
            over = claim.due_fen == 0 and not claim.more_to_decide
            uow.emit(claim, claim.close(ClaimEnd("dismissed"), at=uow.now) if over else [])


def pass_part_suit_limit(due: Due, uow: UnitOfWork) -> None:
    """Make a partial award effective for those who did not sue; their claims are open for the rest."""
    matter = uow.get(Matter, due.id)
    say(matter, awarding_part.pass_suit_limit(matter, clock_named(due), uow.all(Claim), at=uow.now), uow)


def pass_execution(due: Due, uow: UnitOfWork) -> None:
    """See whether what is enforced was paid in the time that the court has; if not, say that it is late."""
    matter = uow.get(Matter, due.id)
    uow.emit(matter, suspending.pass_time(matter, clock_named(due), uow.all(Claim), at=uow.now))


def pass_order(due: Due, uow: UnitOfWork) -> None:
    """See whether what labour inspection ordered was paid by its day; if not, say what is open now."""
    matter = uow.get(Matter, due.id)
    uow.emit(matter, obeying.pass_day(matter, uow.all(Claim), at=uow.now))


def pass_appeal(due: Due, uow: UnitOfWork) -> None:
    """Make a judgment final that nobody appealed in time."""
    matter = uow.get(Matter, due.id)
    say(matter, suing.pass_appeal(matter, clock_named(due), at=uow.now), uow)


def pass_instalment(due: Due, uow: UnitOfWork) -> None:
    """See whether an instalment was paid by its day; if not, say that the agreement is breached."""
    matter = uow.get(Matter, due.id)
    uow.emit(
        matter,
        performing.pass_instalment(matter, f"{due.name}/{due.key}", uow.all(Claim), at=uow.now),
    )

"""Tells the past of an imported case: each act, payment and missed time limit at its own time, in order.

All of it is one unit of work, so no timer sees a case whose past is told in part. What it says lies before
the import, and so alarms nobody.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.deadlines import Pause
from law.limits import law_for, limit_of
from schemas.codes import ClaimEnd, SupplementCode, SupplementResult
from schemas.ids import MemberId
from schemas.matters import (
    ArbitrationEffective,
    MatterEvent,
    RecoveryRecorded,
    ReviewPaused,
    ReviewResumed,
)
from schemas.past import Past, PastAct, PastClock, PastPayment
from services.mediation.domain import (
    arbitrating,
    awarding_part,
    lapsing,
    leaving,
    obeying,
    performing,
    rights,
    suing,
    suspending,
)
from services.mediation.domain.agreement import BY_AGREEMENT
from services.mediation.domain.agreement_courses import PAY_BY
from services.mediation.domain.aid import REVIEW
from services.mediation.domain.authority_courses import OBEY_BY
from services.mediation.domain.award_courses import PART_SUE_BY, SET_ASIDE_BY, SUE_ANEW_BY
from services.mediation.domain.claim import DISMISSED, PAID, Claim
from services.mediation.domain.court_courses import APPEAL_BY, EXECUTE_BY, OBJECT_BY, SUE_BY
from services.mediation.domain.limitation import is_right
from services.mediation.domain.matter import Matter
from services.mediation.domain.opening import started
from services.mediation.domain.recounting.acts import recounted
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.mediation import bound
from services.mediation.domain.recounting.money import (
    Fixed,
    advanced,
    concerned,
    fixed_by,
    reopened,
    suit_of,
)
from services.mediation.recalling import person_of

ELSEWHERE: Final = "原文见原系统卷宗。The text lies in the file of the earlier system."


PERFORMED: Final = "performed"
SET_ASIDE: Final = "set-aside-granted"
ADVANCED: Final = "advance-execution-ordered"
WITHDRAWN: Final = "withdrawn"


class Moment(NamedTuple):
    """Something that happened, and when."""

    at: datetime
    tell: Callable[[], None]


def tell_past(past: Past, uow: UnitOfWork) -> None:
    """Bring a matter that was imported to where it stands: on its agency's desk, with its clocks running."""
    matter = uow.get(Matter, uow.case_id)
    facts = matter.facts
    law = law_for(facts, uow.province, uow.use(Law))
    kept = Kept(past, law, uow.vault.seal(ELSEWHERE))
    review = kept.clock(REVIEW, facts.received_at)
    # Where it stood still its end moved later, and is said when it went on.
    limit = kept.limit(REVIEW, facts.received_at) if review and not review.paused_at else None
    uow.emit(matter, started(facts, matter.said(facts.received_at), law, limit))
    moments = sorted(moments_of(past, kept, uow), key=lambda moment: moment.at)
    for moment in moments:
        pass_clocks(moment.at, uow)
        moment.tell()
    pass_clocks(facts.imported.at if facts.imported else uow.now, uow)


def moments_of(past: Past, kept: Kept, uow: UnitOfWork) -> Iterator[Moment]:
    """All that happened: of one moment, acts come before consents, those before payments, then members leave,
    and that all was paid is last."""
    for clock in past.clocks:
        if clock.rule == REVIEW and clock.paused_at:
            yield Moment(clock.paused_at, partial(pause, clock, uow))
            if clock.resumed_at:
                yield Moment(clock.resumed_at, partial(resume, clock, kept, uow))
    for act in past.acts:
        if act.code != PERFORMED:
            yield Moment(act.at, partial(tell_act, act, kept, uow))
    for at, members in consents_of(uow.all(Claim)):
        yield Moment(at, partial(tell_consents, members, at, uow))
    for claim in uow.all(Claim):
        for payment in claim.past.payments if claim.past else ():
            yield Moment(payment.received_at, partial(tell_payment, claim.id, payment, uow))
    for claim in uow.all(Claim):
        if claim.past and (left_at := claim.past.left_at):
            yield Moment(left_at, partial(tell_leaving, claim.id, left_at, uow))
    for act in past.acts:
        if act.code == PERFORMED:
            yield Moment(act.at, partial(tell_act, act, kept, uow))


def tell_act(act: PastAct, kept: Kept, uow: UnitOfWork) -> None:
    """Say what was done, what each member is due by it, and what follows for the rights of the applicants."""
    matter = uow.get(Matter, uow.case_id)
    said = recounted(matter, act, uow.all(Claim), kept)
    say_then(matter, said, kept.law, act.at, uow)
    for person in filter(None, map(person_of, said)):
        uow.vault.keep(*person)
    if said and (fixed := fixed_by(act, suit_of(matter, act))):
        determine(fixed, concerned(matter, act, uow.all(Claim)), act.at, uow)
    if said and act.code == SET_ASIDE:
        for claim in uow.all(Claim):
            uow.emit(claim, reopened(claim, act, epoch=matter.epoch))
    if said and act.code == ADVANCED:
        for claim in uow.all(Claim):
            uow.emit(claim, advanced(claim, act, epoch=matter.epoch))
    if said and act.code == WITHDRAWN:
        for claim in uow.all(Claim):
            uow.emit(claim, claim.close(ClaimEnd(WITHDRAWN), at=act.at))
    if said and act.code in ("agreed", "inspection-decided"):
        note_payments(act.at, uow)


def say_then(matter: Matter, said: Sequence[MatterEvent], law: Law, at: datetime, uow: UnitOfWork) -> None:
    now = uow.emit(matter, said)
    uow.emit(now, rights.follow(now, said, law, at=at))


def determine(fixed: Fixed, claims: Sequence[Claim], at: datetime, uow: UnitOfWork) -> None:
    epoch = uow.get(Matter, uow.case_id).epoch
    for claim in claims:
        uow.emit(claim, fixed.determine(claim, epoch=epoch, at=at))


def consents_of(claims: Sequence[Claim]) -> Iterator[tuple[datetime, frozenset[MemberId]]]:
    """Who consented when to an agreement of the group: those of one moment together."""
    found = defaultdict[datetime, set[MemberId]](set)
    for claim in claims:
        for at in claim.past.consented_at if claim.past else ():
            found[at].add(claim.member_id)
    return ((at, frozenset(members)) for at, members in found.items())


def tell_consents(members: frozenset[MemberId], at: datetime, uow: UnitOfWork) -> None:
    """Say each consent, and fix on each claim what its member is due by it."""
    matter, claims = uow.get(Matter, uow.case_id), uow.all(Claim)
    said = bound(matter, members, claims, at=at)
    uow.emit(matter, said, legal_basis="CPL-56")
    for each in said:
        claim = uow.get(Claim, each.member_id)
        uow.emit(claim, claim.determine(each.amount_fen, BY_AGREEMENT, epoch=matter.epoch, at=at))
    note_payments(at, uow)


def tell_payment(member: str, payment: PastPayment, uow: UnitOfWork) -> None:
    """Money that came is told even of a claim that is over: none of it is lost."""
    matter, claims = uow.get(Matter, uow.case_id), uow.all(Claim)
    claim = uow.get(Claim, member)
    recorded = RecoveryRecorded(
        case_id=claim.case_id,
        at=payment.received_at,
        member_id=claim.member_id,
        epoch=matter.epoch,
        agency=matter.agency,
        amount_fen=payment.amount_fen,
        payer=payment.payer,
        form=payment.form,
        received_at=payment.received_at,
        total_fen=payment.amount_fen + sum(each.recovered_fen for each in claims),
    )
    now = uow.emit(claim, [recorded])
    if now.due_fen is not None and now.recovered_fen >= now.due_fen:
        uow.emit(now, now.close(PAID, at=payment.received_at))
    note_payments(payment.received_at, uow)
    matter = uow.get(Matter, uow.case_id)
    uow.emit(matter, suspending.note_payments(matter, uow.all(Claim), at=payment.received_at))


def tell_leaving(member: str, at: datetime, uow: UnitOfWork) -> None:
    """Close the claim of who left, as if he had left here; the case is known without him from then on."""
    matter, claim = uow.get(Matter, uow.case_id), uow.get(Claim, member)
    released = leaving.release(matter, claim, at=at)
    uow.emit(claim, claim.leave(at=at))
    known = uow.emit(matter, released)
    uow.emit(known, leaving.without(known, claim, at=at))
    if released:
        note_payments(at, uow)


def note_payments(at: datetime, uow: UnitOfWork) -> None:
    matter = uow.get(Matter, uow.case_id)
    noted = uow.emit(matter, performing.note_payments(matter, uow.all(Claim), at=at))
    uow.emit(noted, obeying.note_payments(noted, uow.all(Claim), at=at))


def pause(clock: PastClock, uow: UnitOfWork) -> None:
    """The review stood still. What was missing the earlier system did not say."""
    assert clock.paused_at
    matter = uow.get(Matter, uow.case_id)
    said = matter.said(clock.paused_at)
    uow.emit(matter, [ReviewPaused(**said, code=SupplementCode("papers"), missing=())])


def resume(clock: PastClock, kept: Kept, uow: UnitOfWork) -> None:
    """It went on, to the end that the earlier system had for it."""
    assert clock.paused_at
    assert clock.resumed_at
    matter = uow.get(Matter, uow.case_id)
    pauses = [Pause(clock.paused_at, clock.resumed_at)]
    counted = limit_of(REVIEW, matter.facts.received_at, kept.law, pauses)
    limit = counted.model_copy(update={"due_at": clock.due_at, "provisional": None})
    said = matter.said(clock.resumed_at)
    uow.emit(matter, [ReviewResumed(**said, result=SupplementResult("supplied"), limit=limit)])


def pass_clocks(until: datetime, uow: UnitOfWork) -> None:
    """Say of each time limit that ended before then that it did, when it did; the first one first."""
    told: set[tuple[str, datetime]] = set()
    while True:
        matter = uow.get(Matter, uow.case_id)
        ended = [(due, name) for name, due in matter.clocks.ends.items() if matter.ticks(name)]
        due, name = min((e for e in ended if e[0] < until and e[::-1] not in told), default=(until, ""))
        if not name:
            return
        told.add((name, due))
        running = matter.clocks.running(name)
        since = running.started_at if running else due
        pass_clock(matter, name, max(due, since, matter.facts.received_at), uow)


def pass_clock(matter: Matter, name: str, at: datetime, uow: UnitOfWork) -> None:
    """As its timer would have done, had the case been here then."""
    claims, law = uow.all(Claim), law_for(matter.facts, uow.province, uow.use(Law))
    if name == SUE_BY:
        said = arbitrating.pass_suit_limit(matter, claims, at=at)
    elif name.partition("/")[0] == PART_SUE_BY:
        said = awarding_part.pass_suit_limit(matter, name, claims, at=at)
    elif name.partition("/")[0] == APPEAL_BY:
        said = suing.pass_appeal(matter, name, at=at)
    elif name.partition("/")[0] == PAY_BY:
        said = performing.pass_instalment(matter, name, claims, at=at)
    elif name == OBEY_BY:
        said = obeying.pass_day(matter, claims, at=at)
    elif name.partition("/")[0] == EXECUTE_BY:
        said = suspending.pass_time(matter, name, claims, at=at)
    elif is_right(name) or name.partition("/")[0] in (OBJECT_BY, SET_ASIDE_BY, SUE_ANEW_BY):
        said = lapsing.lapse(matter, name, at=at)
    else:
        said = matter.breach(name, at=at)
    say_then(matter, said, law, at, uow)
    dismissed = {each.member_id for each in said if isinstance(each, ArbitrationEffective)}
    for claim in uow.all(Claim):
        if claim.member_id in dismissed and claim.due_fen == 0 and not claim.more_to_decide:
            uow.emit(claim, claim.close(ClaimEnd(DISMISSED), at=at))

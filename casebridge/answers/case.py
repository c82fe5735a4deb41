"""An application, at the intake of the jurisdiction that has it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from casebridge.answers.ways import led
from law.book import Law
from law.threshold import load_thresholds
from schemas.cases import ApplicationLinked, ApplicationSubmitted, MemberJoined
from schemas.codes import AlertSubject, ErasureCode, LegalBasis, LinkCause, MissingCode, WithdrawalCode
from schemas.ids import AgencyId, MemberId, Province, Pseudonym, TransferId
from schemas.matters import MatterArchived, MatterConcluded
from schemas.messages import Event
from schemas.samples import a
from schemas.transfers import CustodyBegun, CustodyEnded
from services.intake.domain import alerting, erasing, grouping, linking, supplementing
from services.intake.domain.alerting import Against, Before
from services.intake.domain.case import SUPPLY_BY, Case
from services.intake.domain.linking import Earlier
from services.intake.domain.member import Member
from services.routing.domain.protocol.kind import Kind, Source, Stimulus

AT: Final = datetime(2026, 3, 2, 1, 36, tzinfo=UTC)
OWNER: Final = a(ApplicationSubmitted).agency
MEMBERS: Final = tuple(MemberId(f"m{number}") for number in range(3))
MISSING: Final = (MissingCode("kinship-proof"), MissingCode("claim-papers"))
FIRST, SECOND = MISSING[:1], MISSING[1:]

JOINED: Final = tuple(Member.joined(a(MemberJoined, member_id=member)) for member in MEMBERS)
ASKING, APPROVING = Pseudonym("director-1"), Pseudonym("director-2")
THRESHOLD: Final = load_thresholds().of("442000", AT.date())
EMPLOYER: Final = Against(
    about=AlertSubject("employer"), code=a(ApplicationSubmitted).facts.employer, name=None
)
FOUR: Final = Before(cases=4, workers=4)
ERASURE: Final = ErasureCode("subject-request")

COMPLETE: Final = ("case: complete",)
ASKED: Final = (*COMPLETE, "supplementing: request")
WAYS: Final = {
    "submitted": (),
    "complete": COMPLETE,
    "linked to an earlier one": (*COMPLETE, "linking: link"),
    "asked for papers": ASKED,
    "supplied in part": (*ASKED, "supplementing: supply"),
    "supplied": (*ASKED, "supplementing: supply", "supplementing: supply (the rest)"),
    "withdrawn": (*COMPLETE, "case: withdraw"),
    "deemed withdrawn": (*ASKED, SUPPLY_BY),
    "handed over": (*COMPLETE, "case: hand_over"),
    "concluded": (*COMPLETE, "case: conclude"),
    "archived": (*COMPLETE, "erasing: retain"),
    "erasure asked for": (*COMPLETE, "erasing: retain", "erasing: request"),
    "erased": (*COMPLETE, "erasing: retain", "erasing: request", "erasing: approve"),
    "come back": (*COMPLETE, "case: hand_over", "case: adopt_again"),
}

Give = Callable[[Case], Sequence[Event]]


def cases(law: Law) -> Kind:
    stimuli = [*commands(law), *timers(), *facts_heard(law)]
    named = {each.name: each for each in stimuli}
    return Kind(
        name="Case",
        title="An application, at intake",
        states={name: led(Case.begun(a(ApplicationSubmitted)), way, named) for name, way in WAYS.items()},
        stimuli=stimuli,
        state_of=standing_of,
    )


def standing_of(case: Case) -> str:
    """Where it stands, with what is still missing."""
    parts = [str(case.state)]
    if case.supplement:
        parts.append(f"{len(case.supplement.outstanding)} outstanding")
    if case.earlier:
        parts.append("linked")
    if case.concluded_at:
        parts.append("concluded")
    if case.representatives:
        parts.append("represented")
    return ", ".join(parts)


def commands(law: Law) -> list[Stimulus]:
    because = WithdrawalCode("applicants-wish")
    given: dict[str, Give] = {
        "case: complete": lambda c: c.complete(MEMBERS, (), at=AT),
        "case: complete (a stranger represents)": lambda c: c.complete(MEMBERS, (7,), at=AT),
        "case: withdraw": lambda c: c.withdraw(because, by=OWNER, epoch=c.epoch, at=AT),
        "case: withdraw (by a stranger)": lambda c: c.withdraw(
            because, by=AgencyId("another"), epoch=c.epoch, at=AT
        ),
        "case: withdraw (in another epoch)": lambda c: c.withdraw(
            because, by=OWNER, epoch=c.epoch + 1, at=AT
        ),
        "supplementing: request": lambda c: supplementing.request(
            c, MISSING, None, law, by=c.agency, epoch=c.epoch, at=AT
        ),
        "supplementing: supply": lambda c: supply(c, FIRST),
        "supplementing: supply (the rest)": lambda c: supply(c, SECOND),
        "erasing: request": lambda c: erasing.request(
            c, ERASURE, LegalBasis("PIPL-47"), law, by=c.agency, person=ASKING, at=AT
        ),
        "erasing: approve": lambda c: erasing.approve(c, by=c.agency, person=APPROVING, at=AT),
        "erasing: approve (who asked)": lambda c: erasing.approve(c, by=c.agency, person=ASKING, at=AT),
        "grouping: join_more": join_more,
        "grouping: represent": lambda c: grouping.represent(
            c, MEMBERS[:1], JOINED, by=c.agency, epoch=c.epoch, at=AT
        ),
        "linking: link": lambda c: linking.link(c, earlier(), at=AT),
        "alerting: alert": lambda c: alerting.alert(c, EMPLOYER, FOUR, THRESHOLD, at=AT),
        "alerting: alert (nobody before)": lambda c: alerting.alert(c, EMPLOYER, Before(), THRESHOLD, at=AT),
    }
    return [Stimulus(Source.COMMAND, name, give) for name, give in given.items()]


def join_more(case: Case) -> Sequence[Event]:
    grouping.check_joining(case, by=case.agency, epoch=case.epoch)
    return grouping.join_more(case, (100,), at=AT)


def supply(case: Case, codes: Sequence[MissingCode]) -> Sequence[Event]:
    return supplementing.supply(case, codes, None, by=case.agency, epoch=case.epoch, at=AT)


def earlier() -> Earlier:
    linked = a(ApplicationLinked)
    return Earlier(
        case_id=linked.earlier,
        number=linked.earlier_number,
        received_at=linked.earlier_received_at,
        because=LinkCause(linked.because),
    )


def timers() -> list[Stimulus]:
    """Its handler is `supplementing: deem_withdrawn`."""
    return [Stimulus(Source.TIMER, SUPPLY_BY, lambda c: supplementing.deem_withdrawn(c, at=AT))]


def facts_heard(law: Law) -> list[Stimulus]:
    known = frozenset(MEMBERS)
    given: dict[str, Give] = {
        "grouping: recount": lambda c: grouping.recount(c, JOINED[1:], at=AT),
        "case: conclude": lambda c: c.conclude(a(MatterConcluded, epoch=c.epoch), at=AT),
        "case: hand_over": lambda c: c.hand_over(a(CustodyEnded, epoch=c.epoch), at=AT),
        "case: adopt_again": adopt_again,
        "erasing: retain": lambda c: erasing.retain(c, a(MatterArchived, epoch=c.epoch), law, at=AT),
        "case: represented_by": lambda c: c.represented_by(MEMBERS[:1], known, at=AT),
    }
    return [Stimulus(Source.FACT, name, give) for name, give in given.items()]


def adopt_again(case: Case) -> Sequence[Event]:
    """It comes back in a later epoch."""
    came, there = TransferId("transfer-2"), Province("51")
    back = a(CustodyBegun, epoch=case.epoch + 2, owner=OWNER, transfer_id=came, from_province=there)
    adopted = case.adopt_again(back, None, at=AT)
    return [adopted] if adopted else []

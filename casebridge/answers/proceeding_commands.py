"""Every command of mediation and of what stands beside and behind it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from casebridge.answers.aid_commands import AT, Give, here
from casebridge.answers.authority_commands import inspected, notarised
from casebridge.answers.award_commands import beside_arbitration
from casebridge.answers.sample_claims import amounts_of, claims_of, total_of
from law.book import Law
from schemas.codes import (
    EnforcementTitle,
    FinalCause,
    JudgmentResult,
    LegalBasis,
    MediationKind,
    OrderEnd,
    RefusalGround,
    RoundEnd,
    SessionResult,
    TrialProcedure,
)
from schemas.ids import AgencyId, ExternalRef, MemberId
from schemas.matters import Instalment, MediationAgreed
from schemas.messages import Event
from schemas.samples import a
from services.mediation.domain import (
    arbitrating,
    confirming,
    enforcing,
    having_reviewed,
    mediating,
    ordering,
    performing,
    suing,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import bases_of
from services.mediation.domain.remedies import PAYMENT_ORDER, SUIT

COURT: Final = AgencyId("442071-court")
PART: Final = EnforcementTitle("partial-award")
COMMISSION: Final = AgencyId("442071-arbitration")
DOCKET: Final = ExternalRef("粤2071-88")
GROUND: Final = RefusalGround("unclear")
TERMS: Final = a(MediationAgreed).terms


def proceeding_commands(law: Law) -> dict[str, Give]:
    """By the module of the decision and its name."""
    return {
        **mediated(law),
        **confirmed(law),
        **reviewed(law),
        **arbitrated(law),
        **notarised(law),
        **inspected(law),
        **beside_arbitration(law),
        **ordered(law),
        **sued(law),
        **enforced(law),
    }


def mediated(law: Law) -> dict[str, Give]:
    goes_on, over = SessionResult("continued"), SessionResult("broken-off")
    return {
        "mediating: propose": lambda m: mediating.propose(
            m,
            here(m),
            kind=MediationKind("peoples"),
            committee=AgencyId("442000-mediation"),
            mediator=None,
            partners=(),
            law=law,
        ),
        "mediating: hold_session": lambda m: mediating.hold_session(
            m, here(m), goes_on, next_at=None, minutes=None
        ),
        "mediating: hold_session (broken off)": lambda m: mediating.hold_session(
            m, here(m), over, next_at=None, minutes=None
        ),
        "mediating: agree": lambda m: agree(m, law),
        "mediating: perform": lambda m: mediating.perform(m, here(m), claims_of(m, paid=True)),
        "mediating: perform (money is owed)": lambda m: mediating.perform(m, here(m), claims_of(m)),
        "performing: consent": lambda m: performing.consent(m, here(m), claims_of(m), [next_member(m)]),
    }


def agree(m: Matter, law: Law) -> Sequence[Event]:
    """In two parts, of which the first is due soon."""
    half_fen = total_of(m) // 2
    parts = [Instalment(due_at=AT + timedelta(days=days), amount_fen=half_fen) for days in (10, 40)]
    return mediating.agree(
        m, here(m), claims_of(m), amounts_of(m), total_of(m), instalments=tuple(parts), terms=TERMS, law=law
    )


def next_member(m: Matter) -> MemberId:
    return MemberId(f"m{m.agreement.consents if m.agreement else 0}")


def confirmed(law: Law) -> dict[str, Give]:
    return {
        "confirming: apply": lambda m: confirming.apply(m, here(m), COURT, law, jointly=True),
        "confirming: apply (one party alone)": lambda m: confirming.apply(
            m, here(m), COURT, law, jointly=False
        ),
        "confirming: accept": lambda m: confirming.accept(m, here(m), DOCKET, law),
        "confirming: confirm": lambda m: confirming.confirm(m, here(m), DOCKET),
        "confirming: dismiss": lambda m: confirming.dismiss(m, here(m), GROUND),
    }


def reviewed(law: Law) -> dict[str, Give]:
    return {
        "having_reviewed: apply": lambda m: having_reviewed.apply(m, here(m), COMMISSION, law, jointly=True),
        "having_reviewed: confirm": lambda m: having_reviewed.confirm(m, here(m), DOCKET),
        "having_reviewed: dismiss": lambda m: having_reviewed.dismiss(m, here(m), GROUND),
    }


def arbitrated(law: Law) -> dict[str, Give]:
    return {
        "arbitrating: file": lambda m: arbitrating.file(m, here(m), COMMISSION, total_of(m), TERMS, law),
        "arbitrating: file (unaided)": lambda m: arbitrating.file(
            m, here(m), COMMISSION, total_of(m), TERMS, law, unaided=True
        ),
        "arbitrating: accept": lambda m: arbitrating.accept(m, here(m), DOCKET, law),
        "arbitrating: extend": lambda m: arbitrating.extend(m, here(m), law),
        "arbitrating: refuse": lambda m: arbitrating.refuse(m, here(m), GROUND),
        "arbitrating: award": lambda m: award(m, law, final=False),
        "arbitrating: award (final)": lambda m: award(m, law, final=True),
        "arbitrating: settle": lambda m: arbitrating.settle(
            m, here(m), claims_of(m), amounts_of(m), total_of(m)
        ),
        "arbitrating: withdraw": lambda m: arbitrating.withdraw(m, here(m)),
    }


def award(m: Matter, law: Law, *, final: bool) -> Sequence[Event]:
    return arbitrating.award(
        m, here(m), claims_of(m), amounts_of(m), total_of(m), final=final, received_at=AT, law=law
    )


def ordered(law: Law) -> dict[str, Give]:
    return {
        "ordering: apply": lambda m: ordering.apply(
            m, here(m), claims_of(m), COURT, next(iter(bases_of(m, PAYMENT_ORDER)), LegalBasis("LDMAL-16"))
        ),
        "ordering: accept": lambda m: ordering.accept(m, here(m), DOCKET, law),
        "ordering: issue": lambda m: ordering.issue(m, here(m), AT, law),
        "ordering: object_to": lambda m: ordering.object_to(m, here(m)),
        "ordering: lapse": lambda m: ordering.lapse(m, here(m), OrderEnd("not-served")),
    }


def sued(law: Law) -> dict[str, Give]:
    won, withdrawn = JudgmentResult("granted"), JudgmentResult("withdrawn")
    return {
        "suing: file": lambda m: suing.file(
            m, here(m), COURT, total_of(m), next(iter(bases_of(m, SUIT)), None), law=law, claims=claims_of(m)
        ),
        "suing: file (over a part)": lambda m: suing.file(
            m, here(m), COURT, total_of(m), None, law=law, claims=claims_of(m), against=PART, part=1
        ),
        "suing: file (for one member)": lambda m: file_for(m, 0, law),
        "suing: file (for another)": lambda m: file_for(m, 1, law),
        "suing: docket": lambda m: suing.docket(
            m, here(m), DOCKET, law=law, procedure=TrialProcedure("simple")
        ),
        "suing: docket (the second suit)": lambda m: suing.docket(
            m, here(m), DOCKET, law=law, procedure=TrialProcedure("simple"), which=2
        ),
        "suing: judge": lambda m: suing.judge(
            m, here(m), claims_of(m), amounts_of(m), total_of(m), result=won, final=False, law=law
        ),
        "suing: judge (withdrawn)": lambda m: suing.judge(
            m, here(m), claims_of(m), {}, 0, result=withdrawn, final=True, law=law
        ),
        "suing: appeal": lambda m: suing.appeal(m, here(m), AgencyId("442000-court")),
        "suing: decide_appeal": lambda m: suing.decide_appeal(
            m, here(m), claims_of(m), amounts_of(m), total_of(m), FinalCause("second-instance")
        ),
    }


def file_for(matter: Matter, place: int, law: Law) -> Sequence[Event]:
    """A suit of one member alone."""
    basis = next(iter(bases_of(matter, SUIT)), None)
    who = claims_of(matter)[place].member_id
    return suing.file(
        matter, here(matter), COURT, 1, basis, law=law, members=(who,), claims=claims_of(matter)
    )


def enforced(law: Law) -> dict[str, Give]:
    return {
        "enforcing: apply": lambda m: enforcing.apply(
            m, here(m), claims_of(m), COURT, first_title(m), last_day=None, law=law
        ),
        "enforcing: end_round": lambda m: enforcing.end_round(
            m, here(m), RoundEnd("no-assets"), claims_of(m)
        ),
        "enforcing: resume": lambda m: enforcing.resume(m, here(m), law),
    }


def first_title(m: Matter) -> EnforcementTitle:
    """The first that can be enforced, by no more than its name: the first part of several."""
    return EnforcementTitle(next(iter(enforcing.titles_of(m)), "award"))

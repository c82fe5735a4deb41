"""Has an agreement reviewed by an arbitration commission: both parties ask, and it becomes one of its own."""

from typing import Final

from law.book import Law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.codes import RefusalGround
from schemas.ids import AgencyId, ExternalRef, RuleId
from schemas.matters import (
    ArbitrationReviewApplied,
    ArbitrationReviewConfirmed,
    ArbitrationReviewDismissed,
    MatterEvent,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.errors import BindsNobody, NotJoint, NotLabour, TooLate
from services.mediation.domain.matter import Matter
from services.mediation.domain.performing import to_perform
from services.mediation.domain.remedies import SERVICE, Opener

REVIEW: Final = RuleId("arbitration-review")


def apply(matter: Matter, act: Act, commission: AgencyId, law: Law, *, jointly: bool) -> list[MatterEvent]:
    """Both parties ask a commission to review their agreement, within fifteen days from its effect.

    Raises:
        OutOfCourse: if a commission has it, or has confirmed it.
        NoAgreement: if there is none that is still to be performed.
        NotLabour: if there is no labour relation.
        BindsNobody: if no member of the group has consented to it.
        NotJoint: if only one of them asks.
        TooLate: after the last day.
    """
    matter.check_step(act, ArbitrationReviewApplied)
    agreement = to_perform(matter)
    if matter.facts.relation == SERVICE:
        raise NotLabour(found=matter.facts.relation)
    if not agreement.binds:
        raise BindsNobody(case_id=matter.case_id)
    if not jointly:
        raise NotJoint(legal_basis="LABOUR-ARBITRATION-RULES-74")
    last = limit_of(REVIEW, agreement.agreed_at, law)
    if act.at > last.due_at:
        raise TooLate(rule=last.rule, found=day_of(act.at), expected=day_of(last.due_at))
    return [ArbitrationReviewApplied(**matter.said(act.at), commission=commission)]


def confirm(matter: Matter, act: Act, docket: ExternalRef) -> list[MatterEvent]:
    """The commission issues the agreement as its own: it can be enforced. Raises OutOfCourse."""
    matter.check_step(act, ArbitrationReviewConfirmed)
    return [
        ArbitrationReviewConfirmed(
            **matter.said(act.at),
            commission=commission_of(matter),
            docket=docket,
            remedies=matter.remedies(Opener.REVIEWED),
        )
    ]


def dismiss(matter: Matter, act: Act, because: RefusalGround) -> list[MatterEvent]:
    """The commission does not review it, or does not confirm: the agreement stands. Raises OutOfCourse."""
    matter.check_step(act, ArbitrationReviewDismissed)
    return [
        ArbitrationReviewDismissed(
            **matter.said(act.at),
            commission=commission_of(matter),
            because=because,
            remedies=matter.remedies(Opener.DISMISSAL),
        )
    ]


def commission_of(matter: Matter) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.ARBITRATION_REVIEW)

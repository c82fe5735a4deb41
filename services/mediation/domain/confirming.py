"""Has an agreement confirmed by a court: both parties ask, the court accepts, confirms or dismisses."""

from law.book import Law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.codes import RefusalGround
from schemas.ids import AgencyId, ExternalRef, RuleId
from schemas.matters import (
    ConfirmationAccepted,
    ConfirmationApplied,
    ConfirmationConfirmed,
    ConfirmationDismissed,
    MatterEvent,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import BindsNobody, NotJoint, TooLate
from services.mediation.domain.matter import Matter
from services.mediation.domain.performing import to_perform
from services.mediation.domain.remedies import Opener

CONFIRMATION = RuleId("judicial-confirmation")


def apply(matter: Matter, act: Act, court: AgencyId, law: Law, *, jointly: bool) -> list[MatterEvent]:
    """Both parties ask a court to confirm their agreement, within thirty days from its effect.

    Raises:
        OutOfCourse: if it is confirmed, or a court has it.
        NoAgreement: if there is none that is still to be performed.
        BindsNobody: if no member of the group has consented to it.
        NotJoint: if only one of them asks (Mediation Law Art. 33).
        TooLate: after the last day.
    """
    matter.check_step(act, ConfirmationApplied)
    agreement = to_perform(matter)
    if not agreement.binds:
        raise BindsNobody(case_id=matter.case_id)
    if not jointly:
        raise NotJoint(legal_basis="PML-33")
    last = limit_of(CONFIRMATION, agreement.agreed_at, law)
    if act.at > last.due_at:
        raise TooLate(rule=last.rule, found=day_of(act.at), expected=day_of(last.due_at))
    limit = limit_of(rule_of(ConfirmationApplied), act.at, law)
    return [ConfirmationApplied(**matter.said(act.at), court=court, limit=limit)]


def accept(matter: Matter, act: Act, docket: ExternalRef, law: Law) -> list[MatterEvent]:
    """The court accepts the application. Raises OutOfCourse."""
    matter.check_step(act, ConfirmationAccepted)
    limit = limit_of(rule_of(ConfirmationAccepted), act.at, law)
    return [ConfirmationAccepted(**matter.said(act.at), court=court_of(matter), docket=docket, limit=limit)]


def confirm(matter: Matter, act: Act, docket: ExternalRef) -> list[MatterEvent]:
    """The court confirms the agreement: it can be enforced. Raises OutOfCourse."""
    matter.check_step(act, ConfirmationConfirmed)
    return [ConfirmationConfirmed(**matter.said(act.at), court=court_of(matter), docket=docket)]


def dismiss(matter: Matter, act: Act, because: RefusalGround) -> list[MatterEvent]:
    """The court does not take it on, or does not confirm: the agreement stands. Raises OutOfCourse."""
    matter.check_step(act, ConfirmationDismissed)
    open_now = matter.remedies(Opener.DISMISSAL)
    return [
        ConfirmationDismissed(
            **matter.said(act.at), court=court_of(matter), because=because, remedies=open_now
        )
    ]


def court_of(matter: Matter) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.CONFIRMATION)

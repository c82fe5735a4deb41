"""The courses before labour inspection and the notary."""

from typing import Final

from schemas.ids import RuleId
from schemas.matters import (
    InspectionAccepted,
    InspectionDecided,
    InspectionDisobeyed,
    InspectionExtended,
    InspectionObeyed,
    InspectionRefused,
    InspectionReported,
    InspectionWithdrawn,
    NotarisationApplied,
    NotarisationExecutionCertified,
    NotarisationIssued,
    NotarisationRefused,
    RecoveryRecorded,
)
from services.mediation.domain.acts import RECOVERING
from services.mediation.domain.course import Course, Other, ProceedingKind, Step
from services.mediation.domain.course import ProceedingState as S
from services.mediation.domain.remedies import Opener

INSPECTION_ACCEPT_BY: Final = "inspection_accept_by"
INSPECT_BY: Final = "inspect_by"
OBEY_BY: Final = "obey_by"
"""Until when the employer is to pay what was ordered, as the order says."""
NOTARISE_BY: Final = "notarise_by"

BEFORE_OTHERS: Final = (
    Other(ProceedingKind.ARBITRATION, (S.FILED, S.SILENT, S.ACCEPTED, S.OVERDUE, S.AWARDED, S.SETTLED)),
    Other(ProceedingKind.LITIGATION, (S.FILED, S.DOCKETED, S.JUDGED, S.APPEALED, S.FINAL)),
)
"""A dispute that arbitration or a court has is not inspected (Regulation on Labour Inspection Art. 21)."""

INSPECTION: Final = Course(
    kind=ProceedingKind.INSPECTION,
    title="A complaint to labour inspection",
    during=RECOVERING,
    steps=(
        Step(
            says=InspectionReported,
            at=(S.NOTHING, S.REFUSED, S.WITHDRAWN, S.DECIDED, S.OBEYED, S.DISOBEYED),
            apart=BEFORE_OTHERS,
            then=S.REPORTED,
            stops=(OBEY_BY,),
            starts=INSPECTION_ACCEPT_BY,
            rule=RuleId("inspection-acceptance"),
            anew=True,
        ),
        Step(
            says=InspectionAccepted,
            at=(S.REPORTED,),
            then=S.ACCEPTED,
            meets=(INSPECTION_ACCEPT_BY,),
            starts=INSPECT_BY,
            rule=RuleId("inspection"),
        ),
        Step(
            says=InspectionRefused,
            at=(S.REPORTED,),
            then=S.REFUSED,
            meets=(INSPECTION_ACCEPT_BY,),
            opens=Opener.INSPECTED,
        ),
        Step(
            says=InspectionExtended,
            at=(S.ACCEPTED,),
            starts=INSPECT_BY,
            rule=RuleId("inspection-extended"),
            extends=True,
        ),
        Step(
            says=InspectionDecided,
            at=(S.ACCEPTED,),
            then=S.DECIDED,
            meets=(INSPECT_BY,),
            starts=OBEY_BY,
            opens=Opener.INSPECTED,
        ),
        Step(
            says=InspectionObeyed,
            at=(S.DECIDED, S.DISOBEYED),
            then=S.OBEYED,
            meets=(OBEY_BY,),
            follows=(RecoveryRecorded,),
        ),
        Step(
            says=InspectionDisobeyed,
            at=(S.DECIDED,),
            then=S.DISOBEYED,
            when_passed=OBEY_BY,
            opens=Opener.DISOBEYED,
        ),
        Step(
            says=InspectionWithdrawn,
            at=(S.REPORTED, S.ACCEPTED),
            then=S.WITHDRAWN,
            meets=(INSPECTION_ACCEPT_BY, INSPECT_BY),
        ),
    ),
)

UNDER_WAY: Final = (S.APPLIED, S.ACCEPTED, S.CONFIRMED)

NOTARISATION: Final = Course(
    kind=ProceedingKind.NOTARISATION,
    title="An agreement that a notary gives the effect of enforcement",
    during=RECOVERING,
    steps=(
        Step(
            says=NotarisationApplied,
            at=(S.NOTHING, S.REFUSED),
            beside=(Other(ProceedingKind.AGREEMENT, (S.AGREED,)),),
            # One agreement has one title.
            apart=(
                Other(ProceedingKind.CONFIRMATION, UNDER_WAY),
                Other(ProceedingKind.ARBITRATION_REVIEW, UNDER_WAY),
            ),
            then=S.APPLIED,
            starts=NOTARISE_BY,
            rule=RuleId("notarisation"),
            anew=True,
        ),
        Step(says=NotarisationIssued, at=(S.APPLIED,), then=S.NOTARISED, meets=(NOTARISE_BY,)),
        Step(says=NotarisationRefused, at=(S.APPLIED,), then=S.REFUSED, meets=(NOTARISE_BY,)),
        Step(
            says=NotarisationExecutionCertified,
            at=(S.NOTARISED,),
            beside=(Other(ProceedingKind.AGREEMENT, (S.BREACHED,)),),
            then=S.CERTIFIED,
            opens=Opener.CERTIFIED,
        ),
    ),
)

AUTHORITY_COURSES: Final = (NOTARISATION, INSPECTION)

"""The courses of an agreement, of its confirmation by a court, and of the file of a concluded case."""

from typing import Final

from schemas.ids import RuleId
from schemas.matters import (
    AgreementBreached,
    AgreementConsented,
    AgreementInstalmentPaid,
    AgreementPerformed,
    ArbitrationReviewApplied,
    ArbitrationReviewConfirmed,
    ArbitrationReviewDismissed,
    ConfirmationAccepted,
    ConfirmationApplied,
    ConfirmationConfirmed,
    ConfirmationDismissed,
    FileApproved,
    FileReturned,
    FileSubmitted,
    MatterArchived,
    MatterConcluded,
    MediationAgreed,
    RightLapsed,
)
from services.mediation.domain.acts import RECOVERING, MatterState
from services.mediation.domain.course import Course, Other, ProceedingKind, Step
from services.mediation.domain.course import ProceedingState as S
from services.mediation.domain.remedies import Opener

PAY_BY: Final = "pay_by"
"""With the number of the instalment: `pay_by/2`."""
CONFIRM_BY: Final = "confirm_by"
"""The right to ask a court, from the agreement."""
CONFIRMATION_ACCEPT_BY: Final = "confirmation_accept_by"
CONFIRMATION_DECIDE_BY: Final = "confirmation_decide_by"
HAND_IN_BY: Final = "hand_in_by"
FILE_REVIEW_BY: Final = "file_review_by"

NOTARISED: Final = (Other(ProceedingKind.NOTARISATION, (S.APPLIED, S.NOTARISED, S.CERTIFIED)),)
"""One agreement has one title."""

AGREEMENT_COURSES: Final = (
    Course(
        kind=ProceedingKind.AGREEMENT,
        title="An agreement and its performance",
        during=RECOVERING,
        steps=(
            # Once it is breached, or no court confirmed it, another may take its place.
            Step(
                says=MediationAgreed,
                at=(S.NOTHING, S.AGREED, S.BREACHED),
                then=S.AGREED,
                starts=PAY_BY,
                anew=True,
            ),
            Step(says=AgreementConsented, at=(S.AGREED, S.BREACHED), starts=PAY_BY),
            Step(says=AgreementInstalmentPaid, at=(S.AGREED, S.BREACHED), meets=(PAY_BY,)),
            Step(
                says=AgreementBreached,
                at=(S.AGREED, S.BREACHED),
                then=S.BREACHED,
                when_passed=PAY_BY,
                opens=Opener.BREACH,
            ),
            Step(says=AgreementPerformed, at=(S.AGREED, S.BREACHED), then=S.PERFORMED, meets=(PAY_BY,)),
        ),
    ),
    Course(
        kind=ProceedingKind.CONFIRMATION,
        title="Judicial confirmation of an agreement",
        during=RECOVERING,
        steps=(
            Step(
                says=ConfirmationApplied,
                at=(S.NOTHING, S.DISMISSED),
                apart=NOTARISED,
                then=S.APPLIED,
                meets=(CONFIRM_BY,),
                starts=CONFIRMATION_ACCEPT_BY,
                rule=RuleId("confirmation-acceptance"),
                anew=True,
            ),
            Step(
                says=ConfirmationAccepted,
                at=(S.APPLIED,),
                then=S.ACCEPTED,
                meets=(CONFIRMATION_ACCEPT_BY,),
                starts=CONFIRMATION_DECIDE_BY,
                rule=RuleId("confirmation-decision"),
            ),
            Step(
                says=ConfirmationConfirmed,
                at=(S.ACCEPTED,),
                then=S.CONFIRMED,
                meets=(CONFIRMATION_DECIDE_BY,),
            ),
            Step(
                says=ConfirmationDismissed,
                at=(S.APPLIED, S.ACCEPTED),
                then=S.DISMISSED,
                meets=(CONFIRMATION_ACCEPT_BY, CONFIRMATION_DECIDE_BY),
                opens=Opener.DISMISSAL,
            ),
            Step(says=RightLapsed, at=(S.NOTHING,), when_passed=CONFIRM_BY, opens=Opener.DISMISSAL),
        ),
    ),
    Course(
        kind=ProceedingKind.ARBITRATION_REVIEW,
        title="Review of a mediated agreement by an arbitration commission",
        during=RECOVERING,
        steps=(
            Step(
                says=ArbitrationReviewApplied,
                at=(S.NOTHING, S.DISMISSED),
                apart=NOTARISED,
                then=S.APPLIED,
                anew=True,
            ),
            Step(says=ArbitrationReviewConfirmed, at=(S.APPLIED,), then=S.CONFIRMED, opens=Opener.REVIEWED),
            Step(says=ArbitrationReviewDismissed, at=(S.APPLIED,), then=S.DISMISSED, opens=Opener.DISMISSAL),
        ),
    ),
    Course(
        kind=ProceedingKind.FILE,
        title="The file of a concluded case",
        during=(MatterState.CONCLUDED, MatterState.EVALUATED),
        steps=(
            Step(says=MatterConcluded, at=(S.NOTHING,), starts=HAND_IN_BY, rule=RuleId("file-hand-in")),
            Step(
                says=FileSubmitted,
                at=(S.NOTHING, S.RETURNED),
                then=S.SUBMITTED,
                meets=(HAND_IN_BY,),
                starts=FILE_REVIEW_BY,
                rule=RuleId("file-review"),
            ),
            Step(
                says=FileReturned,
                at=(S.SUBMITTED,),
                then=S.RETURNED,
                meets=(FILE_REVIEW_BY,),
                starts=HAND_IN_BY,
                rule=RuleId("file-again"),
            ),
            Step(says=FileApproved, at=(S.SUBMITTED,), then=S.APPROVED, meets=(FILE_REVIEW_BY,)),
            Step(says=MatterArchived, at=(S.APPROVED,), then=S.ARCHIVED),
        ),
    ),
)

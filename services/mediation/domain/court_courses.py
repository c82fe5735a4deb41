"""The courses of arbitration, payment orders, suits and enforcement."""

from typing import Final

from schemas.ids import RuleId
from schemas.matters import (
    ArbitrationAccepted,
    ArbitrationAwarded,
    ArbitrationEffective,
    ArbitrationExtended,
    ArbitrationFiled,
    ArbitrationRefused,
    ArbitrationSettled,
    ArbitrationWithdrawn,
    ClockBreached,
    EnforcementApplied,
    EnforcementEnded,
    EnforcementEndedThisRound,
    EnforcementResumed,
    EnforcementSuspended,
    LitigationAppealed,
    LitigationDocketed,
    LitigationFiled,
    LitigationFinal,
    LitigationJudged,
    PaymentOrderAccepted,
    PaymentOrderApplied,
    PaymentOrderIssued,
    PaymentOrderLapsed,
    PaymentOrderObjected,
    RecoveryRecorded,
    RightLapsed,
    SettingAsideAccepted,
    SettingAsideGranted,
)
from services.mediation.domain.acts import GRANTED, RECOVERING, MatterState
from services.mediation.domain.award_courses import SET_ASIDE_BY
from services.mediation.domain.course import Course, ProceedingKind, Starting, Step
from services.mediation.domain.course import ProceedingState as S
from services.mediation.domain.remedies import Opener

ARBITRATION_ACCEPT_BY: Final = "arbitration_accept_by"
AWARD_BY: Final = "award_by"
SUE_BY: Final = "sue_by"
ORDER_BY: Final = "order_by"
OBJECT_BY: Final = "object_by"
DOCKET_BY: Final = "docket_by"
JUDGE_BY: Final = "judge_by"
APPEAL_BY: Final = "appeal_by"
"""Of the second suit `appeal_by/2`, and so on; the two before it likewise."""
ENFORCE_BY: Final = "enforce_by"
"""With what can be enforced: `enforce_by/award`."""
EXECUTE_BY: Final = "execute_by"
"""With what is enforced: `execute_by/award`."""
EXECUTION: Final = RuleId("enforcement-execution")
ARBITRATE_BY: Final = "limitation_by/arbitration-limitation"

SUING: Final = (*GRANTED, MatterState.CONCLUDED, MatterState.EVALUATED)

ARBITRATION: Final = Course(
    kind=ProceedingKind.ARBITRATION,
    title="Labour arbitration",
    during=RECOVERING,
    steps=(
        Step(
            says=ArbitrationFiled,
            at=(S.NOTHING, S.REFUSED, S.WITHDRAWN),
            then=S.FILED,
            meets=(ARBITRATE_BY,),
            starts=ARBITRATION_ACCEPT_BY,
            rule=RuleId("arbitration-acceptance"),
            anew=True,
        ),
        Step(
            says=ClockBreached,
            at=(S.FILED,),
            then=S.SILENT,
            when_passed=ARBITRATION_ACCEPT_BY,
            opens=Opener.SILENCE,
        ),
        Step(
            says=ArbitrationAccepted,
            at=(S.FILED, S.SILENT),
            then=S.ACCEPTED,
            meets=(ARBITRATION_ACCEPT_BY,),
            starts=AWARD_BY,
            rule=RuleId("award"),
        ),
        Step(
            says=ArbitrationRefused,
            at=(S.FILED, S.SILENT),
            then=S.REFUSED,
            meets=(ARBITRATION_ACCEPT_BY,),
            opens=Opener.REFUSAL,
        ),
        Step(
            says=ArbitrationExtended,
            at=(S.ACCEPTED,),
            starts=AWARD_BY,
            rule=RuleId("award-extended"),
            extends=True,
        ),
        Step(
            says=ClockBreached, at=(S.ACCEPTED,), then=S.OVERDUE, when_passed=AWARD_BY, opens=Opener.OVERDUE
        ),
        Step(
            says=ArbitrationAwarded,
            at=(S.ACCEPTED, S.OVERDUE),
            then=S.AWARDED,
            meets=(AWARD_BY,),
            starts=SUE_BY,
            rule=RuleId("suit-after-award"),
            starting="received_at",
            also=Starting(clock=SET_ASIDE_BY, rule=RuleId("set-aside"), limit="set_aside"),
        ),
        Step(
            says=ArbitrationSettled,
            at=(S.ACCEPTED, S.OVERDUE),
            then=S.SETTLED,
            meets=(AWARD_BY,),
            opens=Opener.AWARD,
        ),
        Step(
            says=ArbitrationWithdrawn,
            at=(S.FILED, S.SILENT, S.ACCEPTED, S.OVERDUE),
            then=S.WITHDRAWN,
            meets=(ARBITRATION_ACCEPT_BY, AWARD_BY),
        ),
        Step(says=ArbitrationEffective, at=(S.AWARDED,), when_passed=SUE_BY, opens=Opener.AWARD),
    ),
)

PAYMENT_ORDER: Final = Course(
    kind=ProceedingKind.PAYMENT_ORDER,
    title="A payment order on a mediated sum",
    during=RECOVERING,
    steps=(
        Step(says=PaymentOrderApplied, at=(S.NOTHING, S.LAPSED), then=S.APPLIED, anew=True),
        Step(
            says=PaymentOrderAccepted,
            at=(S.APPLIED,),
            then=S.ACCEPTED,
            starts=ORDER_BY,
            rule=RuleId("payment-order-issue"),
        ),
        Step(
            says=PaymentOrderIssued,
            at=(S.ACCEPTED,),
            then=S.ISSUED,
            meets=(ORDER_BY,),
            starts=OBJECT_BY,
            rule=RuleId("payment-order-objection"),
            starting="served_at",
        ),
        Step(
            says=PaymentOrderObjected,
            at=(S.ISSUED,),
            then=S.OBJECTED,
            meets=(OBJECT_BY,),
            opens=Opener.OBJECTION,
        ),
        Step(
            says=RightLapsed,
            at=(S.ISSUED,),
            then=S.UNOPPOSED,
            when_passed=OBJECT_BY,
            opens=Opener.UNOPPOSED,
        ),
        Step(
            says=PaymentOrderLapsed,
            at=(S.APPLIED, S.ACCEPTED, S.ISSUED, S.OBJECTED),
            then=S.LAPSED,
            meets=(ORDER_BY, OBJECT_BY),
            opens=Opener.OBJECTION,
        ),
    ),
)

LITIGATION: Final = Course(
    kind=ProceedingKind.LITIGATION,
    title="A suit",
    during=SUING,
    steps=(
        # Several run beside one another: of other members, or over another award.
        Step(
            says=LitigationFiled,
            at=(S.NOTHING, S.FILED, S.DOCKETED, S.JUDGED, S.APPEALED, S.FINAL),
            then=S.FILED,
            starts=DOCKET_BY,
            rule=RuleId("court-docket"),
            keyed=True,
            anew=True,
        ),
        Step(
            says=LitigationDocketed,
            at=(S.FILED,),
            then=S.DOCKETED,
            meets=(DOCKET_BY,),
            starts=JUDGE_BY,
            keyed=True,
        ),
        Step(
            says=LitigationJudged,
            at=(S.DOCKETED,),
            then=S.JUDGED,
            meets=(JUDGE_BY,),
            starts=APPEAL_BY,
            rule=RuleId("appeal"),
            starting="served_at",
            keyed=True,
        ),
        Step(says=LitigationAppealed, at=(S.JUDGED,), then=S.APPEALED, meets=(APPEAL_BY,), keyed=True),
        Step(
            says=LitigationFinal,
            at=(S.JUDGED, S.APPEALED),
            then=S.FINAL,
            keyed=True,
            when_passed=APPEAL_BY,
            opens=Opener.JUDGMENT,
        ),
    ),
)

ENFORCEMENT: Final = Course(
    kind=ProceedingKind.ENFORCEMENT,
    title="Enforcement",
    during=RECOVERING,
    steps=(
        # Another title is another enforcement: a partial award, and the award of the rest.
        Step(
            says=EnforcementApplied,
            at=(S.NOTHING, S.APPLIED, S.ENDED_THIS_ROUND, S.SUSPENDED, S.ENDED),
            then=S.APPLIED,
            meets=(ENFORCE_BY,),
            starts=EXECUTE_BY,
            rule=EXECUTION,
            keyed=True,
            anew=True,
        ),
        Step(says=RightLapsed, at=(S.NOTHING,), when_passed=ENFORCE_BY),
        Step(
            says=EnforcementEndedThisRound,
            at=(S.APPLIED,),
            then=S.ENDED_THIS_ROUND,
            meets=(EXECUTE_BY,),
            keyed=True,
        ),
        Step(
            says=EnforcementSuspended,
            at=(S.APPLIED,),
            then=S.SUSPENDED,
            pauses=EXECUTE_BY,
            keyed=True,
            follows=(SettingAsideAccepted, EnforcementApplied),
        ),
        # A person says that assets were found; that a suspension is over follows from the court's decision.
        Step(
            says=EnforcementResumed,
            at=(S.ENDED_THIS_ROUND, S.SUSPENDED),
            then=S.APPLIED,
            starts=EXECUTE_BY,
            rule=EXECUTION,
            keyed=True,
        ),
        Step(
            says=EnforcementEnded,
            at=(S.APPLIED, S.SUSPENDED, S.ENDED_THIS_ROUND),
            then=S.ENDED,
            meets=(EXECUTE_BY,),
            keyed=True,
            when_passed=EXECUTE_BY,
            follows=(SettingAsideGranted, RecoveryRecorded),
        ),
    ),
)

COURT_COURSES: Final = (ARBITRATION, PAYMENT_ORDER, LITIGATION, ENFORCEMENT)

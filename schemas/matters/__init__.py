"""What mediation says: what the owner does with a case, to the money and the evaluation. Topic `matters`."""

from typing import TypeAlias

from schemas.matters.acts import AssignmentNumber, ClockBreached, OwnersAct, PartNumber, Remedy, SuitNumber
from schemas.matters.agreement import (
    AgreementBreached,
    AgreementConsented,
    AgreementInstalmentPaid,
    AgreementPerformed,
    AgreementReduced,
    ArbitrationReviewApplied,
    ArbitrationReviewConfirmed,
    ArbitrationReviewDismissed,
    ConfirmationAccepted,
    ConfirmationApplied,
    ConfirmationConfirmed,
    ConfirmationDismissed,
    Instalment,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    NotarisationApplied,
    NotarisationExecutionCertified,
    NotarisationIssued,
    NotarisationRefused,
)
from schemas.matters.aid import (
    AidAdvanced,
    AidGranted,
    AidLapsed,
    AidRefused,
    AidRegularised,
    AidStep,
    AidTerminated,
    AssignmentAccepted,
    AssignmentMade,
    AssignmentReplaced,
    EngagementSigned,
    ObjectionDecided,
    ObjectionFiled,
    ReviewPaused,
    ReviewResumed,
    ReviewStarted,
)
from schemas.matters.arbitration import (
    AdvanceExecutionApplied,
    AdvanceExecutionOrdered,
    AdvanceExecutionRefused,
    ArbitrationAccepted,
    ArbitrationAwarded,
    ArbitrationEffective,
    ArbitrationExtended,
    ArbitrationFiled,
    ArbitrationPartEffective,
    ArbitrationPartlyAwarded,
    ArbitrationRefused,
    ArbitrationSettled,
    ArbitrationWithdrawn,
    HearingHeld,
    HearingPostponed,
    HearingPostponementAsked,
    HearingPostponementRefused,
    HearingSet,
    SettingAsideAccepted,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
)
from schemas.matters.court import (
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
)
from schemas.matters.inspection import (
    InspectionAccepted,
    InspectionDecided,
    InspectionDisobeyed,
    InspectionExtended,
    InspectionObeyed,
    InspectionRefused,
    InspectionReported,
    InspectionWithdrawn,
)
from schemas.matters.limitation import (
    ClockName,
    LimitationAtRisk,
    LimitationCounted,
    LimitationInterrupted,
    LimitationResumed,
    LimitationStep,
    LimitationSuspended,
    RightLapsed,
    RightOpened,
    RightUsed,
    RunningLimit,
)
from schemas.matters.matter import (
    EvaluationCompleted,
    FileApproved,
    FileReturned,
    FileSubmitted,
    FollowUpRecorded,
    FollowUpReplied,
    MatterAccepted,
    MatterActivated,
    MatterAmended,
    MatterArchived,
    MatterClosed,
    MatterConcluded,
    MatterNotCompetent,
    MatterOpened,
    ReferralAnswered,
    ReferralMade,
)
from schemas.matters.money import (
    ClaimAdvanced,
    ClaimClosed,
    ClaimDetermined,
    ClaimEvent,
    ClaimOffered,
    ClaimRegistered,
    ClaimReopened,
    RecoveryRecorded,
)

__all__ = [
    "AdvanceExecutionApplied",
    "AdvanceExecutionOrdered",
    "AdvanceExecutionRefused",
    "AgreementBreached",
    "AgreementConsented",
    "AgreementInstalmentPaid",
    "AgreementPerformed",
    "AgreementReduced",
    "AidAdvanced",
    "AidGranted",
    "AidLapsed",
    "AidRefused",
    "AidRegularised",
    "AidStep",
    "AidTerminated",
    "ArbitrationAccepted",
    "ArbitrationAwarded",
    "ArbitrationEffective",
    "ArbitrationExtended",
    "ArbitrationFiled",
    "ArbitrationPartEffective",
    "ArbitrationPartlyAwarded",
    "ArbitrationRefused",
    "ArbitrationReviewApplied",
    "ArbitrationReviewConfirmed",
    "ArbitrationReviewDismissed",
    "ArbitrationSettled",
    "ArbitrationWithdrawn",
    "AssignmentAccepted",
    "AssignmentMade",
    "AssignmentNumber",
    "AssignmentReplaced",
    "ClaimAdvanced",
    "ClaimClosed",
    "ClaimDetermined",
    "ClaimEvent",
    "ClaimOffered",
    "ClaimRegistered",
    "ClaimReopened",
    "ClockBreached",
    "ClockName",
    "ConfirmationAccepted",
    "ConfirmationApplied",
    "ConfirmationConfirmed",
    "ConfirmationDismissed",
    "EnforcementApplied",
    "EnforcementEnded",
    "EnforcementEndedThisRound",
    "EnforcementResumed",
    "EnforcementSuspended",
    "EngagementSigned",
    "EvaluationCompleted",
    "FileApproved",
    "FileReturned",
    "FileSubmitted",
    "FollowUpRecorded",
    "FollowUpReplied",
    "HearingHeld",
    "HearingPostponed",
    "HearingPostponementAsked",
    "HearingPostponementRefused",
    "HearingSet",
    "InspectionAccepted",
    "InspectionDecided",
    "InspectionDisobeyed",
    "InspectionExtended",
    "InspectionObeyed",
    "InspectionRefused",
    "InspectionReported",
    "InspectionWithdrawn",
    "Instalment",
    "LimitationAtRisk",
    "LimitationCounted",
    "LimitationInterrupted",
    "LimitationResumed",
    "LimitationStep",
    "LimitationSuspended",
    "LitigationAppealed",
    "LitigationDocketed",
    "LitigationFiled",
    "LitigationFinal",
    "LitigationJudged",
    "MatterAccepted",
    "MatterActivated",
    "MatterAmended",
    "MatterArchived",
    "MatterClosed",
    "MatterConcluded",
    "MatterEvent",
    "MatterNotCompetent",
    "MatterOpened",
    "MediationAgreed",
    "MediationProposed",
    "MediationSessionHeld",
    "NotarisationApplied",
    "NotarisationExecutionCertified",
    "NotarisationIssued",
    "NotarisationRefused",
    "ObjectionDecided",
    "ObjectionFiled",
    "OwnersAct",
    "PartNumber",
    "PaymentOrderAccepted",
    "PaymentOrderApplied",
    "PaymentOrderIssued",
    "PaymentOrderLapsed",
    "PaymentOrderObjected",
    "ProceedingAct",
    "RecoveryRecorded",
    "ReferralAnswered",
    "ReferralMade",
    "Remedy",
    "ReviewPaused",
    "ReviewResumed",
    "ReviewStarted",
    "RightLapsed",
    "RightOpened",
    "RightUsed",
    "RunningLimit",
    "SettingAsideAccepted",
    "SettingAsideApplied",
    "SettingAsideDismissed",
    "SettingAsideGranted",
    "SettingAsideWithdrawn",
    "SuitNumber",
]


ProceedingAct: TypeAlias = (
    AgreementConsented
    | AgreementInstalmentPaid
    | AgreementBreached
    | ConfirmationApplied
    | ConfirmationAccepted
    | ConfirmationConfirmed
    | ConfirmationDismissed
    | ArbitrationReviewApplied
    | ArbitrationReviewConfirmed
    | ArbitrationReviewDismissed
    | FileSubmitted
    | FileReturned
    | FileApproved
    | MatterArchived
    | ArbitrationFiled
    | ArbitrationAccepted
    | ArbitrationExtended
    | ArbitrationRefused
    | ArbitrationAwarded
    | ArbitrationSettled
    | ArbitrationWithdrawn
    | ArbitrationEffective
    | PaymentOrderApplied
    | PaymentOrderAccepted
    | PaymentOrderIssued
    | PaymentOrderObjected
    | PaymentOrderLapsed
    | LitigationAppealed
    | LitigationFinal
    | EnforcementApplied
    | EnforcementEndedThisRound
    | EnforcementSuspended
    | EnforcementResumed
    | EnforcementEnded
    | HearingSet
    | HearingPostponementAsked
    | HearingPostponed
    | HearingPostponementRefused
    | HearingHeld
    | ArbitrationPartlyAwarded
    | ArbitrationPartEffective
    | AdvanceExecutionApplied
    | AdvanceExecutionOrdered
    | AdvanceExecutionRefused
    | SettingAsideApplied
    | SettingAsideAccepted
    | SettingAsideWithdrawn
    | SettingAsideDismissed
    | SettingAsideGranted
    | InspectionReported
    | InspectionAccepted
    | InspectionRefused
    | InspectionExtended
    | InspectionDecided
    | InspectionObeyed
    | InspectionDisobeyed
    | InspectionWithdrawn
    | NotarisationApplied
    | NotarisationIssued
    | NotarisationRefused
    | NotarisationExecutionCertified
)
"""What happens to a matter in its proceedings."""


MatterEvent: TypeAlias = (
    MatterOpened
    | MatterAmended
    | AgreementReduced
    | MatterActivated
    | MatterAccepted
    | MatterNotCompetent
    | ReviewStarted
    | ClockBreached
    | AidGranted
    | AssignmentMade
    | MediationProposed
    | MediationSessionHeld
    | MediationAgreed
    | AgreementPerformed
    | LitigationFiled
    | LitigationDocketed
    | LitigationJudged
    | ReferralMade
    | ReferralAnswered
    | FollowUpRecorded
    | MatterConcluded
    | EvaluationCompleted
    | MatterClosed
    | AidStep
    | ProceedingAct
    | LimitationStep
)

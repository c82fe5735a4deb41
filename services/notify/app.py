"""Table of contents of notify."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chassis.agencies import Agencies, follow_agencies, known_agencies
from chassis.service import Service, on
from chassis.texts import Texts, load_texts
from schemas.cases import (
    ApplicationAdopted,
    ApplicationDeemedWithdrawn,
    ApplicationInfoRequested,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CaseErased,
    EmployerAlerted,
)
from schemas.matters import (
    AgreementBreached,
    AgreementPerformed,
    AidGranted,
    AidRefused,
    AidTerminated,
    ArbitrationAwarded,
    ArbitrationEffective,
    ArbitrationPartEffective,
    AssignmentMade,
    AssignmentReplaced,
    ClockBreached,
    ConfirmationConfirmed,
    EnforcementApplied,
    EvaluationCompleted,
    HearingHeld,
    HearingSet,
    LimitationAtRisk,
    LitigationFinal,
    LitigationJudged,
    MatterAccepted,
    MatterArchived,
    MatterConcluded,
    MatterNotCompetent,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    ObjectionDecided,
    ObjectionFiled,
    RecoveryRecorded,
    ReferralMade,
    ReviewPaused,
    RightLapsed,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
)
from schemas.transfers import (
    CustodyPlaced,
    DirectionReceived,
    ErrandClosed,
    ErrandExtended,
    ErrandReceived,
    ErrandReminded,
    EscalationReceived,
    EscalationReminded,
    OfferClarificationReceived,
    OfferClosed,
    OfferReceived,
    OfferReminded,
    ProgressReceived,
    TaskDone,
    TaskImpossible,
    TaskOverdue,
    TransferClarificationRequested,
    TransferCompleted,
    TransferOffered,
)
from services.notify import alerting, api, handlers, proceedings, pursuing, repository
from services.notify.domain.errors import NotifyError
from services.notify.partners import Partners
from services.notify.recalling import recall
from services.notify.sender import send_notices
from services.notify.shredding import shred_notices

if TYPE_CHECKING:
    from chassis.runtime import Runtime

TEXTS = Path(__file__).parent / "texts"


async def load_reference(runtime: "Runtime") -> Mapping[type, Any]:
    """What handlers look things up in."""
    settings = runtime.settings
    agencies = await known_agencies(runtime)
    return {
        Agencies: agencies,
        Texts: load_texts(TEXTS, agencies.names),
        Partners: Partners(settings.partners),
    }


service = Service(
    name="notify",
    owns="Notice: who is told what about a case, and whether it arrived.",
    log="notices",
    handles=[
        # workers
        on(ApplicationSubmitted, handlers.tell_of_receipt),
        on(ApplicationAdopted, handlers.tell_of_receipt),
        on(ApplicationInfoRequested, handlers.tell_of_missing_papers),
        on(ApplicationWithdrawn, handlers.tell_of_withdrawal),
        on(ApplicationDeemedWithdrawn, handlers.tell_of_withdrawal),
        on(CaseErased, handlers.shred_files),
        on(TransferOffered, handlers.tell_of_offer),
        on(TransferCompleted, handlers.tell_of_move),
        on(MatterAccepted, handlers.tell_of_acceptance),
        on(MatterNotCompetent, handlers.tell_of_incompetence),
        on(AidGranted, handlers.tell_of_grant),
        on(AssignmentMade, handlers.tell_of_assignment),
        on(MediationProposed, handlers.tell_of_mediation),
        on(LitigationJudged, handlers.tell_of_judgment),
        on(EvaluationCompleted, handlers.tell_of_evaluation),
        on(AidRefused, pursuing.tell_of_refusal),
        on(AidTerminated, pursuing.tell_of_termination),
        on(AssignmentReplaced, pursuing.tell_of_replacement),
        on(ConfirmationConfirmed, pursuing.tell_of_confirmation),
        on(ArbitrationAwarded, pursuing.tell_of_award),
        on(ArbitrationEffective, pursuing.tell_of_effect),
        on(LitigationFinal, pursuing.tell_of_final_judgment),
        on(EnforcementApplied, pursuing.tell_of_enforcement),
        on(MatterArchived, pursuing.tell_of_archive),
        on(ReviewPaused, proceedings.tell_of_pause),
        *(on(step, proceedings.tell_of_step) for step in proceedings.STEPS),
        on(SettingAsideApplied, proceedings.tell_of_challenge),
        on(SettingAsideDismissed, proceedings.tell_of_challenge),
        on(SettingAsideWithdrawn, proceedings.tell_of_challenge),
        on(SettingAsideGranted, proceedings.tell_of_challenge),
        on(HearingSet, proceedings.tell_of_hearing),
        on(HearingHeld, proceedings.tell_of_absence),
        on(ArbitrationPartEffective, proceedings.tell_of_part_effect),
        on(MediationSessionHeld, proceedings.tell_of_session),
        on(ClockBreached, proceedings.tell_of_silence),
        on(RightLapsed, proceedings.tell_of_lapse),
        # workers and staff
        on(ObjectionDecided, pursuing.tell_of_objection),
        on(AgreementBreached, pursuing.tell_of_breach),
        # workers, and partner agencies that the case was referred to
        on(ReferralMade, handlers.tell_of_referral),
        on(MediationAgreed, handlers.tell_of_agreement),
        on(RecoveryRecorded, handlers.tell_of_payment),
        on(AgreementPerformed, handlers.tell_of_performance),
        on(MatterConcluded, handlers.tell_of_conclusion),
        # partner agencies that handed a case in
        on(ApplicationSubmitted, handlers.tell_of_arrival),
        on(ProgressReceived, handlers.tell_of_progress),
        # staff
        on(OfferReceived, handlers.list_offer),
        on(ErrandReceived, handlers.list_errand),
        on(CustodyPlaced, handlers.list_case),
        on(OfferReminded, handlers.list_reminder),
        on(OfferClarificationReceived, handlers.list_clarification),
        on(TransferClarificationRequested, handlers.list_question),
        on(EscalationReceived, handlers.list_escalation),
        on(EscalationReminded, handlers.list_escalation),
        on(DirectionReceived, handlers.list_direction),
        on(ErrandExtended, handlers.list_extended_errand),
        on(ErrandClosed, handlers.list_closed_errand),
        on(ErrandReminded, handlers.list_errand_reminder),
        on(OfferClosed, handlers.list_void_acceptance),
        on(TaskDone, handlers.list_finished_task),
        on(TaskImpossible, handlers.list_impossible_task),
        on(TaskOverdue, handlers.list_overdue_task),
        on(ClockBreached, handlers.list_breach),
        on(ObjectionFiled, pursuing.list_objection),
        on(LimitationAtRisk, handlers.list_risk),
        on(RightLapsed, handlers.list_lapse),
        on(EmployerAlerted, alerting.list_alert),
    ],
    stores=repository.STORES,
    errors={NotifyError: 409},
    routes=api.router,
    permissions=api.PERMISSIONS,
    migrations="services.notify.migrations",
    opens_seals=True,
    recalls=recall,
    load_reference=load_reference,
    jobs=[send_notices, shred_notices, follow_agencies],
)

"""The table of contents of routing: what it owns, what it answers, what it offers."""

from fastapi import APIRouter

from chassis.service import Service, on, on_due, on_letter
from schemas.cases import (
    ApplicationAdopted,
    ApplicationDeemedWithdrawn,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    MemberJoined,
    RepresentativesSet,
)
from schemas.matters import (
    AidGranted,
    AssignmentMade,
    EvaluationCompleted,
    LimitationCounted,
    LimitationInterrupted,
    LimitationResumed,
    LimitationSuspended,
    LitigationJudged,
    MatterAccepted,
    MatterConcluded,
    MatterNotCompetent,
    MediationAgreed,
    RecoveryRecorded,
)
from schemas.transfers import (
    DirectionGiven,
    ErrandAcknowledged,
    ErrandDone,
    ErrandImpossible,
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferReceived,
    OfferRejected,
    ProgressReported,
    TaskExtended,
    TaskRecalled,
    TaskReminded,
    TaskRequested,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferEnclosed,
    TransferEscalated,
    TransferForwarded,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRelocated,
    TransferReminded,
    TransferVoided,
)
from services.routing import (
    api,
    coordinator_api,
    directory_api,
    helper_api,
    receiver_api,
    repository,
    sender_api,
)
from services.routing.closing import move_offers
from services.routing.directing import follow_direction, press_superior, receive_escalation
from services.routing.directory.serving import follow_directory, load_reference
from services.routing.domain.custody import Custody
from services.routing.domain.errors import (
    AgencyNotKnown,
    CannotBeDirected,
    NotLater,
    NotTheAddressee,
    NotTheOwner,
    NotTheSuperior,
    ProposesTwoThings,
    RoutingError,
    TransferNotKnown,
)
from services.routing.domain.task import Task
from services.routing.enclosing import take_change
from services.routing.handlers import (
    ask_elsewhere,
    begin_custody,
    end_custody,
    keep_member,
    keep_representatives,
    learn_dates,
    note_conclusion,
    place_case,
    report_progress,
)
from services.routing.helping import (
    close_errand,
    extend_errand,
    finish_task,
    give_task_up,
    note_helper,
    note_progress,
    pass_task_deadline,
    pass_task_reminder_on,
    receive_errand,
    remind_helper,
)
from services.routing.recalling import recall
from services.routing.receiving import (
    adopt_case,
    close_offer,
    keep_clarification,
    keep_enclosure,
    pass_reminder_on,
    receive_offer,
    relocate_offer,
)
from services.routing.sending import (
    ask_next,
    give_up_enclosing,
    lapse_offer,
    note_acknowledgement,
    note_delivery,
    note_question,
    remind,
    run_on,
    settle_answer,
)

APIS = (api, receiver_api, sender_api, helper_api, coordinator_api, directory_api)

routes = APIRouter(routes=[route for each in APIS for route in each.router.routes])

service = Service(
    name="routing",
    owns="Custody: who has a case, and who is asked to take it. Offer: what we are asked to take. "
    "Escalation: what we are to decide. Direction: what our agencies must take. Task and Errand: help asked "
    "and given. Following: cases that others have.",
    log="transfers",
    handles=[
        on(ApplicationSubmitted, begin_custody),
        on(MemberJoined, keep_member),
        on(RepresentativesSet, keep_representatives),
        on(ApplicationAdopted, place_case),
        on(ApplicationWithdrawn, end_custody),
        on(ApplicationDeemedWithdrawn, end_custody),
        # At the agency that asks.
        on_letter(OfferReceived, note_delivery),
        on_letter(OfferAcknowledged, note_acknowledgement),
        on_letter(OfferClarificationRequested, note_question),
        on_letter(OfferClarificationReceived, run_on),
        on_letter(OfferAccepted, settle_answer),
        on_letter(OfferRejected, ask_next),
        on_letter(DirectionGiven, follow_direction),
        on_letter(ErrandAcknowledged, note_helper),
        on_letter(ErrandDone, finish_task),
        on_letter(ErrandImpossible, give_task_up),
        on_due(Custody, "deliver_by", lapse_offer),
        on_due(Custody, "answer_by", lapse_offer),
        on_due(Custody, "remind", remind),
        on_due(Custody, "enclose_by", give_up_enclosing),
        on_due(Custody, "decide_by", press_superior),
        on_due(Task, "due_by", pass_task_deadline),
        on_due(Task, "remind", remind_helper),
        # At the agency that is asked.
        on_letter(TransferOffered, receive_offer),
        on_letter(TransferClarificationSupplied, keep_clarification),
        on_letter(TransferReminded, pass_reminder_on),
        on_letter(TransferRelocated, relocate_offer),
        on_letter(TransferEnclosed, keep_enclosure),
        on_letter(TransferCompleted, adopt_case),
        on_letter(TransferRecalled, close_offer),
        on_letter(TransferLapsed, close_offer),
        on_letter(TransferVoided, close_offer),
        on_letter(TransferForwarded, take_change),
        on_letter(TaskRequested, receive_errand),
        on_letter(TaskExtended, extend_errand),
        on_letter(TaskReminded, pass_task_reminder_on),
        on_letter(TaskRecalled, close_errand),
        on_letter(ProgressReported, note_progress),
        # At their common superior.
        on_letter(TransferEscalated, receive_escalation),
        # What the owner does is progress to those who had the case.
        on(MatterAccepted, report_progress),
        on(MatterNotCompetent, report_progress),
        on(MatterNotCompetent, ask_elsewhere),
        on(AidGranted, report_progress),
        on(AssignmentMade, report_progress),
        on(MediationAgreed, report_progress),
        on(LitigationJudged, report_progress),
        on(RecoveryRecorded, report_progress),
        on(MatterConcluded, report_progress),
        on(LimitationCounted, learn_dates),
        on(LimitationInterrupted, learn_dates),
        on(LimitationSuspended, learn_dates),
        on(LimitationResumed, learn_dates),
        on(MatterConcluded, note_conclusion),
        on(EvaluationCompleted, report_progress),
    ],
    stores=repository.STORES,
    errors={
        NotTheAddressee: 403,
        NotTheOwner: 403,
        NotTheSuperior: 403,
        TransferNotKnown: 404,
        AgencyNotKnown: 422,
        CannotBeDirected: 422,
        NotLater: 422,
        ProposesTwoThings: 422,
        RoutingError: 409,
    },
    routes=routes,
    permissions={name: roles for each in APIS for name, roles in each.PERMISSIONS.items()},
    migrations="services.routing.migrations",
    opens_seals=True,
    recalls=recall,
    makes_keys=True,
    load_reference=load_reference,
    jobs=[follow_directory(move_offers)],
)

"""Whom each event is told to."""

from collections.abc import Mapping
from typing import Final

from chassis.unit_of_work import UnitOfWork
from schemas.cases import (
    ApplicationAdopted,
    ApplicationDeemedWithdrawn,
    ApplicationInfoRequested,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CaseErased,
)
from schemas.codes import NoticeKind, OfferEnd
from schemas.envelope import Event
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    AgreementPerformed,
    AidGranted,
    AssignmentMade,
    ClockBreached,
    EvaluationCompleted,
    LimitationAtRisk,
    LitigationJudged,
    MatterAccepted,
    MatterConcluded,
    MatterNotCompetent,
    MediationAgreed,
    MediationProposed,
    RecoveryRecorded,
    ReferralMade,
    RightLapsed,
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
from services.notify.domain.notice import AGENCY, WORKER, Notice
from services.notify.partners import ALERT, Partners, number_of
from services.notify.repository import to_shred
from services.notify.telling import reach_of, tell_agency, tell_staff, tell_worker

HANDED_IN: Final = NoticeKind("application-received")
"""The first that an agency hears of a case that it handed in."""

PROGRESS: Final[Mapping[str, str]] = {"granted": "aid-granted", "recovered": "paid"}
"""What a notice of a milestone is called, where it is not called the same."""

VOIDED: Final = OfferEnd("voided")

# --- Workers -----------------------------------------------------------------------------------------------


def tell_of_receipt(event: ApplicationSubmitted | ApplicationAdopted, uow: UnitOfWork) -> None:
    """The applicants hear who has their case, and its number; later notices go the way of this one."""
    kind, imported = "application-received", event.facts.imported
    if imported and isinstance(event, ApplicationSubmitted):
        kind = "case-kept" if imported.ended else "case-imported"
    tell_worker(kind, event, uow, reach_of(event.contact, event.facts, uow))


def tell_of_offer(event: TransferOffered, uow: UnitOfWork) -> None:
    tell_worker("case-moving", event, uow)


def tell_of_move(event: TransferCompleted, uow: UnitOfWork) -> None:
    tell_worker("case-moved", event, uow)
    tell_sender("case-moved", event, uow)


def tell_of_missing_papers(event: ApplicationInfoRequested, uow: UnitOfWork) -> None:
    tell_worker("info-requested", event, uow)


def tell_of_withdrawal(event: ApplicationWithdrawn | ApplicationDeemedWithdrawn, uow: UnitOfWork) -> None:
    tell_worker("withdrawn", event, uow)
    tell_sender("withdrawn", event, uow)


def tell_of_acceptance(event: MatterAccepted, uow: UnitOfWork) -> None:
    tell_worker("accepted", event, uow)
    tell_sender("accepted", event, uow)


def tell_of_incompetence(event: MatterNotCompetent, uow: UnitOfWork) -> None:
    tell_worker("not-competent", event, uow)


def tell_of_grant(event: AidGranted, uow: UnitOfWork) -> None:
    tell_worker("aid-granted", event, uow)


def tell_of_assignment(event: AssignmentMade, uow: UnitOfWork) -> None:
    tell_worker("assigned", event, uow)


def tell_of_mediation(event: MediationProposed, uow: UnitOfWork) -> None:
    tell_worker("session", event, uow)


def tell_of_judgment(event: LitigationJudged, uow: UnitOfWork) -> None:
    tell_worker("judged", event, uow)


def tell_of_evaluation(event: EvaluationCompleted, uow: UnitOfWork) -> None:
    tell_worker("evaluated", event, uow)


# --- Staff -------------------------------------------------------------------------------------------------


def list_offer(event: OfferReceived, uow: UnitOfWork) -> None:
    tell_staff("offer-waiting", event, uow, event.agency)


def list_errand(event: ErrandReceived, uow: UnitOfWork) -> None:
    tell_staff("task-waiting", event, uow, event.agency)


def list_case(event: CustodyPlaced, uow: UnitOfWork) -> None:
    """An imported case waits for nobody: its agency has long been at work on it."""
    if event.past is None:
        tell_staff("case-waiting", event, uow, event.owner)


def list_reminder(event: OfferReminded, uow: UnitOfWork) -> None:
    tell_staff("offer-reminded", event, uow, event.agency)


def list_question(event: TransferClarificationRequested, uow: UnitOfWork) -> None:
    """The owner must supply what the agency that is asked wants to know."""
    tell_staff("clarification-asked", event, uow, event.owner)


def list_clarification(event: OfferClarificationReceived, uow: UnitOfWork) -> None:
    tell_staff("clarification-arrived", event, uow, event.agency)


def list_escalation(event: EscalationReceived | EscalationReminded, uow: UnitOfWork) -> None:
    tell_staff("escalation-waiting", event, uow, event.superior)


def list_direction(event: DirectionReceived, uow: UnitOfWork) -> None:
    tell_staff("case-directed", event, uow, event.agency)


def list_impossible_task(event: TaskImpossible, uow: UnitOfWork) -> None:
    tell_staff("task-impossible", event, uow, event.asked_by)


def list_finished_task(event: TaskDone, uow: UnitOfWork) -> None:
    if event.asked_by:  # who that was, earlier releases did not say
        tell_staff("task-done", event, uow, event.asked_by)


def list_overdue_task(event: TaskOverdue, uow: UnitOfWork) -> None:
    tell_staff("task-overdue", event, uow, event.asked_by)


def list_extended_errand(event: ErrandExtended, uow: UnitOfWork) -> None:
    tell_staff("task-extended", event, uow, event.agency)


def list_closed_errand(event: ErrandClosed, uow: UnitOfWork) -> None:
    tell_staff("task-recalled", event, uow, event.agency)


def list_errand_reminder(event: ErrandReminded, uow: UnitOfWork) -> None:
    tell_staff("task-reminded", event, uow, event.agency)


NOT_THEIRS: Final = frozenset({"set_aside_by", "postpone_by", "object_by"})
"""Clocks of what the employer may do, or both sides: to challenge an award, to ask for another day."""


def list_void_acceptance(event: OfferClosed, uow: UnitOfWork) -> None:
    """Who accepted hears that the case will not come, and may stop preparing for it."""
    if event.agency and event.because == VOIDED:
        tell_staff("offer-voided", event, uow, event.agency)


def list_breach(event: ClockBreached, uow: UnitOfWork) -> None:
    tell_staff("deadline-missed", event, uow, event.agency)


def list_risk(event: LimitationAtRisk, uow: UnitOfWork) -> None:
    tell_staff("right-at-risk", event, uow, event.agency)


def list_lapse(event: RightLapsed, uow: UnitOfWork) -> None:
    """The agency hears of what the applicants lost; what the employer may no longer do changes nothing."""
    if event.clock.partition("/")[0] not in NOT_THEIRS:
        tell_staff("right-lapsed", event, uow, event.agency)


# --- Workers and partner agencies --------------------------------------------------------------------------


def tell_of_referral(event: ReferralMade, uow: UnitOfWork) -> None:
    tell_worker("referred", event, uow)
    if uow.use(Partners).hears_of(event, uow.province):
        tell_agency("referred", event, uow, event.to)


def tell_of_agreement(event: MediationAgreed, uow: UnitOfWork) -> None:
    """A group hears that each of its members is asked; the agreement binds nobody yet (CPL Art. 56)."""
    tell_worker("consent-asked" if event.by_consent else "agreed", event, uow)
    tell_partners("agreed", event, uow)


def tell_of_payment(event: RecoveryRecorded, uow: UnitOfWork) -> None:
    tell_worker("paid", event, uow)
    tell_partners("paid", event, uow)


def tell_of_performance(event: AgreementPerformed, uow: UnitOfWork) -> None:
    tell_partners("agreed", event, uow)


def tell_of_conclusion(event: MatterConcluded, uow: UnitOfWork) -> None:
    tell_worker("concluded", event, uow)
    tell_partners("concluded", event, uow)


def tell_of_arrival(event: ApplicationSubmitted, uow: UnitOfWork) -> None:
    """The agency whose platform handed a case in hears that it was taken in, and of all that follows."""
    if sender := uow.use(Partners).sender_of(event, uow.province):
        tell_agency(HANDED_IN, event, uow, sender, number_of(event))


def tell_of_progress(event: ProgressReceived, uow: UnitOfWork) -> None:
    """The case has gone to another province: who handed it in hears what its owner there reached."""
    tell_sender(PROGRESS.get(event.milestone, event.milestone), event, uow)


def tell_partners(kind: str, event: Event, uow: UnitOfWork) -> None:
    """Every agency hears of it that handed this case in, or was told of a referral of it."""
    numbers = told_agencies(uow)
    for agency, number in sorted(numbers.items()):
        tell_agency(kind, event, uow, agency, number)


def tell_sender(kind: str, event: Event, uow: UnitOfWork) -> None:
    """The agency that handed this case in hears of it, and no other."""
    for notice in uow.all(Notice):
        if notice.recipient == AGENCY and notice.kind == HANDED_IN and notice.agency:
            tell_agency(kind, event, uow, notice.agency, notice.external_ref)


def told_agencies(uow: UnitOfWork) -> Mapping[AgencyId, ExternalRef | None]:
    """The agencies that were told of this case, each with its own number for it, if it gave one."""
    numbers: dict[AgencyId, ExternalRef | None] = {}
    for notice in uow.all(Notice):
        if notice.recipient == AGENCY and notice.agency and notice.kind != ALERT:
            numbers[notice.agency] = numbers.get(notice.agency) or notice.external_ref
    return numbers


def shred_files(event: CaseErased, uow: UnitOfWork) -> None:
    """What was written for a carrier names people: it goes with the data of the case."""
    for notice in uow.all(Notice):
        if notice.recipient == WORKER:
            uow.insert(to_shred, {"province": uow.province, "notice_id": notice.notice_id})

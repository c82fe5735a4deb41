"""What mediation's own events left beside its aggregates, put back into a restored database."""

from chassis.unit_of_work import UnitOfWork
from schemas.envelope import Event, Sealed
from schemas.ids import Pseudonym
from schemas.matters import (
    AidRefused,
    AidTerminated,
    ArbitrationFiled,
    AssignmentMade,
    AssignmentReplaced,
    ClaimRegistered,
    EngagementSigned,
    FileReturned,
    FollowUpRecorded,
    HearingSet,
    InspectionReported,
    LimitationInterrupted,
    LimitationSuspended,
    MatterOpened,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    ObjectionDecided,
    ObjectionFiled,
    RecoveryRecorded,
    ReferralAnswered,
    ReferralMade,
    ReviewPaused,
    RightUsed,
)
from services.mediation.repository import CONTACT, helper_name, keep_paper, person_name


def recall(event: Event, uow: UnitOfWork) -> None:
    """The people; the papers, under the names that they had: in the same order, so with the same numbers."""
    if person := person_of(event):
        uow.vault.keep(*person)
    if paper := paper_of(event):
        keep_paper(*paper, uow)


def person_of(event: Event) -> tuple[str, Sealed] | None:
    """Whom an event says sealed, and the name under which he is kept."""
    match event:
        case ClaimRegistered(member_id=member, person=Sealed() as person):
            return person_name(member), person
        case MatterOpened(contact=Sealed() as contact):
            return CONTACT, contact
        case (
            AssignmentMade(assignee=helper, name=Sealed() as name)
            | AssignmentReplaced(assignee=helper, name=Sealed() as name)
            | MediationProposed(mediator=str() as helper, mediator_name=Sealed() as name)
        ):
            return helper_name(Pseudonym(helper)), name
    return None


def paper_of(event: Event) -> tuple[str, Sealed] | None:
    """What an event says sealed, and the name under which it is kept."""
    match event:
        case ReviewPaused(details=Sealed() as details):
            return "supplement", details
        case AidRefused(reasons=reasons):
            return "refusal", reasons
        case AidTerminated(reasons=reasons):
            return "termination", reasons
        case EngagementSigned(assignment=number, power=Sealed() as power):
            return f"power-of-attorney-{number}", power
        case ObjectionFiled(grounds=Sealed() as grounds):
            return "objection", grounds
        case ObjectionDecided(reasons=reasons):
            return "objection-decision", reasons
        case MediationSessionHeld(minutes=Sealed() as minutes):
            return "session", minutes
        case MediationAgreed(terms=terms):
            return "agreement", terms
        case ReferralMade(details=Sealed() as details):
            return "referral", details
        case ReferralAnswered(note=Sealed() as note):
            return "referral-answer", note
        case FollowUpRecorded(note=Sealed() as note):
            return "follow-up", note
        case ArbitrationFiled(proof=Sealed() as proof):
            return "arbitration-proof", proof
        case HearingSet(place=Sealed() as place):
            return "hearing-place", place
        case InspectionReported(paper=Sealed() as complaint):
            return "inspection-complaint", complaint
        case (
            LimitationInterrupted(paper=Sealed() as proof)
            | LimitationSuspended(paper=Sealed() as proof)
            | RightUsed(paper=Sealed() as proof)
        ):
            return "limitation", proof
        case FileReturned(remarks=Sealed() as remarks):
            return "file-remarks", remarks
        case RecoveryRecorded(member_id=member, receipt=Sealed() as receipt):
            return f"receipt-{member}", receipt
    return None

"""Milestones: what the followers of a case hear of what its owner does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from schemas.codes import Milestone, Outcome
from schemas.ids import NATIONAL_DESK, Province
from schemas.matters import (
    AgreementBreached,
    AidGranted,
    AidRefused,
    AidTerminated,
    ArbitrationAwarded,
    ArbitrationEffective,
    AssignmentMade,
    AssignmentReplaced,
    ConfirmationConfirmed,
    EnforcementApplied,
    EvaluationCompleted,
    LitigationFinal,
    LitigationJudged,
    MatterAccepted,
    MatterArchived,
    MatterConcluded,
    MatterNotCompetent,
    MediationAgreed,
    ObjectionDecided,
    RecoveryRecorded,
)
from schemas.transfers import CustodyEvent, ProgressReported
from services.routing.domain.custody import Custody

WITHDRAWN: Final = Milestone("withdrawn")

AidMilestone: TypeAlias = AidRefused | AidTerminated | ObjectionDecided | AssignmentReplaced

ProceedingMilestone: TypeAlias = (
    AgreementBreached
    | ConfirmationConfirmed
    | ArbitrationAwarded
    | ArbitrationEffective
    | LitigationFinal
    | EnforcementApplied
    | MatterArchived
)

MilestoneEvent: TypeAlias = (
    AidMilestone
    | ProceedingMilestone
    | MatterAccepted
    | MatterNotCompetent
    | AidGranted
    | AssignmentMade
    | MediationAgreed
    | LitigationJudged
    | RecoveryRecorded
    | MatterConcluded
    | EvaluationCompleted
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A milestone that was reached, reduced to what followers may see."""

    milestone: Milestone
    epoch: int
    at: datetime
    amount_fen: int | None = None
    outcome: Outcome | None = None


def progress_of(event: MilestoneEvent) -> Progress | None:
    """What an act of the owner is to the followers of the case; nothing, if it says again what they know."""
    if isinstance(event, ProceedingMilestone):
        return of_proceeding(event)
    match event:
        case AidRefused():
            return plain("refused", event)
        case AidTerminated():
            return plain("terminated", event)
        case ObjectionDecided():
            return plain("objection-decided", event)
        case AssignmentReplaced():
            return plain("reassigned", event)
        case MatterAccepted():
            return plain("accepted", event)
        case MatterNotCompetent():
            return plain("not-competent", event)
        case AidGranted():
            return plain("granted", event)
        case AssignmentMade():
            return plain("assigned", event)
        case MediationAgreed():
            return plain("agreed", event, amount_fen=event.agreed_fen)
        case LitigationJudged():
            return plain("judged", event, amount_fen=event.awarded_fen)
        case RecoveryRecorded():
            return plain("recovered", event, amount_fen=event.total_fen)
        case MatterConcluded():
            return plain("concluded", event, outcome=event.outcome)
        case EvaluationCompleted():
            return plain("evaluated", event)


def of_proceeding(event: ProceedingMilestone) -> Progress | None:
    """Without court, docket or reasons: what a follower needs is how far the money is."""
    match event:
        case AgreementBreached():
            return plain("breached", event)
        case ConfirmationConfirmed():
            return plain("confirmed", event)
        case ArbitrationAwarded():
            return plain("awarded", event, amount_fen=event.awarded_fen)
        case ArbitrationEffective(effective=effective):
            # It is said once a member; the first is the milestone.
            return plain("award-effective", event) if effective in (None, 1) else None
        case LitigationFinal():
            return plain("judgment-final", event, amount_fen=event.awarded_fen)
        case EnforcementApplied():
            return plain("enforcing", event, amount_fen=event.amount_fen)
        case MatterArchived():
            return plain("archived", event, amount_fen=event.recovered_fen)


def plain(
    milestone: str,
    event: MilestoneEvent,
    *,
    amount_fen: int | None = None,
    outcome: Outcome | None = None,
) -> Progress:
    return Progress(
        milestone=Milestone(milestone),
        epoch=event.epoch,
        at=event.at,
        amount_fen=amount_fen,
        outcome=outcome,
    )


def report(custody: Custody, progress: Progress | None, *, here: Province) -> list[CustodyEvent]:
    """Tell every follower, and always the national desk; an act of another epoch does not count."""
    if progress is None or not custody.has(progress.epoch):
        return []
    return [
        ProgressReported(
            case_id=custody.case_id,
            at=progress.at,
            to_province=follower,
            sender=here,
            milestone=progress.milestone,
            number=custody.facts.number,
            owner=custody.owner,
            epoch=custody.epoch,
            amount_fen=progress.amount_fen,
            outcome=progress.outcome,
        )
        for follower in dict.fromkeys((*custody.followers, NATIONAL_DESK))
        if follower != here
    ]

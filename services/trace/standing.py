"""Where a case stands, as its steps leave it: who has it, what goes on, who holds it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from schemas.cases import (
    ApplicationAdopted,
    ApplicationDeemedWithdrawn,
    ApplicationSubmitted,
    ApplicationWithdrawn,
)
from schemas.codes import Milestone
from schemas.ids import AgencyId, EventId, Province, TransferId
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
from schemas.ops import OpsHeld, OpsReleased
from schemas.transfers import (
    CustodyBegun,
    CustodyPlaced,
    EscalationReceived,
    OfferAccepted,
    OfferClosed,
    OfferReceived,
    OfferRejected,
    ProgressReceived,
    TransferCompleted,
    TransferEscalated,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRejected,
    TransferVoided,
)
from services.trace.steps import Step

MILESTONES: Final[Mapping[str, Milestone]] = {
    kind.type: Milestone(code)
    for kind, code in (
        (MatterAccepted, "accepted"),
        (MatterNotCompetent, "not-competent"),
        (AidGranted, "granted"),
        (AssignmentMade, "assigned"),
        (MediationAgreed, "agreed"),
        (LitigationJudged, "judged"),
        (RecoveryRecorded, "recovered"),
        (MatterConcluded, "concluded"),
        (EvaluationCompleted, "evaluated"),
        (AidRefused, "refused"),
        (AidTerminated, "terminated"),
        (ObjectionDecided, "objection-decided"),
        (AssignmentReplaced, "reassigned"),
        (AgreementBreached, "breached"),
        (ConfirmationConfirmed, "confirmed"),
        (ArbitrationAwarded, "awarded"),
        (ArbitrationEffective, "award-effective"),
        (LitigationFinal, "judgment-final"),
        (EnforcementApplied, "enforcing"),
        (MatterArchived, "archived"),
        (ApplicationWithdrawn, "withdrawn"),
        (ApplicationDeemedWithdrawn, "withdrawn"),
    )
}

BACK: Final = frozenset(
    kind.type
    for kind in (
        TransferRejected,
        TransferRecalled,
        TransferLapsed,
        TransferVoided,
        OfferRejected,
        OfferClosed,
    )
)
"""After these the owner still has the case, and nobody is being asked."""


class Stage(StrEnum):
    """What is going on with the ownership of a case."""

    RECEIVED = "received"
    """Somebody took it in; it is not decided yet who shall act."""
    OFFERED = "offered"
    """Another agency is asked to take it."""
    ESCALATED = "escalated"
    """The common superior is asked to direct who takes it."""
    MOVING = "moving"
    """Another agency accepted; the case is on its way."""
    PLACED = "placed"
    """The owner shall act, or does."""
    ENDED = "ended"
    """The applicants no longer want aid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A service that holds a case back."""

    province: Province
    service: str
    cause: str
    since: datetime
    event_id: EventId | None
    """What it could not apply; absent if it was a timer."""
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """A case as its steps leave it."""

    owner: AgencyId | None = None
    owner_province: Province | None = None
    epoch: int = 0
    stage: Stage = Stage.RECEIVED
    offered_to: AgencyId | None = None
    transfer_id: TransferId | None = None
    """The attempt that is open, or was the last."""
    milestone: Milestone | None = None
    reached_at: datetime | None = None
    recovered_fen: int = 0
    holds: Mapping[tuple[Province, str], Hold] = field(default_factory=dict)

    @classmethod
    def of(cls, steps: Iterable[Step], own_holds: Mapping[Province, Mapping[str, Any]]) -> Self:
        """Fold all steps, in the order in which they were recorded; add what trace itself holds."""
        now = cls()
        for step in steps:
            now = now.after(step)
        ours = {(province, "trace"): own_hold(province, hold) for province, hold in own_holds.items()}
        return replace(now, holds={**now.holds, **ours})

    def after(self, step: Step) -> Self:
        """The case after one more step. Total: what says nothing about it leaves it as it is."""
        milestone, said = MILESTONES.get(step.type), step.said
        now = self.reached(milestone, step.at) if milestone else self
        match step.type:
            case ApplicationSubmitted.type:
                return now.owned(said["agency"], step.province, 1, Stage.RECEIVED)
            case CustodyBegun.type | TransferCompleted.type:
                province = step.province if step.type == CustodyBegun.type else said["to_province"]
                stage = Stage.RECEIVED if said["epoch"] == 1 else Stage.MOVING
                return now.owned(said["owner"], province, said["epoch"], stage)
            case ApplicationAdopted.type:
                return now.owned(said["agency"], step.province, said["epoch"], Stage.MOVING)
            case CustodyPlaced.type if said["epoch"] >= now.epoch:
                return now.owned(said["owner"], step.province, said["epoch"], Stage.PLACED)
            case ProgressReceived.type:
                heard = now.owned(said["owner"], said["from_province"], said["epoch"], Stage.PLACED)
                heard = heard.reached(said["milestone"], datetime.fromisoformat(said["reached_at"]))
                return replace(heard, stage=Stage.ENDED) if said["milestone"] == "withdrawn" else heard
            case TransferOffered.type | OfferReceived.type:
                return now.offered(said.get("to") or said["agency"], said["transfer_id"], said["offered_by"])
            case TransferEscalated.type | EscalationReceived.type:
                now = now.offered(said["superior"], said["transfer_id"], said["escalated_by"])
                return replace(now, stage=Stage.ESCALATED)
            case OfferAccepted.type if now.asks(said["transfer_id"]):
                return replace(now, stage=Stage.MOVING)
            case OfferClosed.type if said["because"] == "completed":
                return now
            case _ if step.type in BACK and now.asks(said["transfer_id"]):
                return replace(now, stage=Stage.RECEIVED, offered_to=None)
            case ApplicationWithdrawn.type | ApplicationDeemedWithdrawn.type:
                return replace(now, stage=Stage.ENDED, offered_to=None)
            case RecoveryRecorded.type:
                return replace(now, recovered_fen=said["total_fen"])
            case OpsHeld.type:
                return replace(now, holds={**now.holds, (step.province, said["service"]): held(step)})
            case OpsReleased.type:
                key = (step.province, said["service"])
                return replace(now, holds={k: hold for k, hold in now.holds.items() if k != key})
            case _:
                return now

    def owned(self, owner: AgencyId, province: Province, epoch: int, stage: Stage) -> Self:
        """With its owner, unless a later one is known: the logs of two provinces do not come in one order.

        A case that was withdrawn before it was imported has ended when its owner is placed.
        """
        if epoch < self.epoch or (epoch == self.epoch and self.stage in (Stage.PLACED, Stage.ENDED)):
            return self
        return replace(self, owner=owner, owner_province=province, epoch=epoch, stage=stage, offered_to=None)

    def offered(self, to: AgencyId, transfer_id: TransferId, by: AgencyId) -> Self:
        """An offer names its owner too: a province that did not see the case begin learns him from it."""
        return replace(
            self, stage=Stage.OFFERED, offered_to=to, transfer_id=transfer_id, owner=self.owner or by
        )

    def asks(self, transfer_id: TransferId) -> bool:
        """Whether this attempt is the one that is open."""
        return (
            self.stage in (Stage.OFFERED, Stage.ESCALATED, Stage.MOVING) and self.transfer_id == transfer_id
        )

    def reached(self, milestone: Milestone, at: datetime) -> Self:
        """With the milestone, unless a later one is known: followers hear of it after it was reached."""
        if self.reached_at and at < self.reached_at:
            return self
        return replace(self, milestone=milestone, reached_at=at)


def held(step: Step) -> Hold:
    said = step.said
    return Hold(
        province=step.province,
        service=said["service"],
        cause=said["cause"],
        since=step.at,
        event_id=said.get("event_id"),
        detail=said.get("detail") or said.get("timer") or said["fingerprint"],
    )


def own_hold(province: Province, hold: Mapping[str, Any]) -> Hold:
    return Hold(
        province=province,
        service="trace",
        cause=hold["cause"],
        since=datetime.fromisoformat(hold["since"]),
        event_id=None,
        detail=hold["fingerprint"],
    )


def milestones_of(steps: Iterable[Step]) -> Sequence[tuple[Milestone, datetime]]:
    """What was reached, in the order of its times; what an owner elsewhere reached, as he told."""
    reached: dict[tuple[Milestone, datetime], None] = {}
    for step in steps:
        if step.type == ProgressReceived.type:
            said = step.said
            reached[Milestone(said["milestone"]), datetime.fromisoformat(said["reached_at"])] = None
        elif milestone := MILESTONES.get(step.type):
            reached[milestone, step.at] = None
    return sorted(reached, key=lambda each: each[1])

"""Transfer: one attempt to hand a case to one agency, as the agency that asks keeps it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self, TypeAlias

from schemas.codes import AskedResult, RecallCode, RouteMode
from schemas.facts import Asked, Rung
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, SiteId, TransferId
from schemas.transfers import (
    OfferAccepted,
    OfferClarificationReceived,
    OfferReceived,
    TransferAcknowledged,
    TransferClarificationRequested,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferDelivered,
    TransferEnclosed,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRejected,
    TransferRelocated,
    TransferReminded,
    TransferVoided,
)
from services.routing.domain.times import remaining

DIRECTED: Final = RouteMode("directed")

TransferStep: TypeAlias = (
    TransferDelivered
    | TransferAcknowledged
    | TransferClarificationRequested
    | TransferClarificationSupplied
    | TransferReminded
    | TransferRelocated
    | TransferRejected
    | TransferRecalled
    | TransferLapsed
    | TransferVoided
    | TransferEnclosed
    | TransferCompleted
)
"""What happens to a transfer after it was offered."""


class TransferState(StrEnum):
    """Where a transfer stands."""

    OFFERED = "offered"
    """On its way: nothing says that it arrived."""
    DELIVERED = "delivered"
    """It arrived: the clock of the answer runs."""
    ACKNOWLEDGED = "acknowledged"
    """Somebody there has it in hand; the clock runs all the same."""
    CLARIFYING = "clarifying"
    """We are asked for more: the clock stands still."""
    SUPPLIED = "supplied"
    """What was asked for is on its way; the clock runs on when it arrives."""
    ENCLOSING = "enclosing"
    """Accepted: what goes with the case is on its way."""
    COMPLETED = "completed"
    REJECTED = "rejected"
    RECALLED = "recalled"
    LAPSED = "lapsed"


OPEN: Final = frozenset(
    {
        TransferState.OFFERED,
        TransferState.DELIVERED,
        TransferState.ACKNOWLEDGED,
        TransferState.CLARIFYING,
        TransferState.SUPPLIED,
    }
)

FAILED: Final = frozenset(map(AskedResult, ("rejected", "lapsed", "undelivered")))
"""What makes the next agency be asked, and after the second the common superior."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Who is asked, by when, and what came of it."""

    case_id: CaseId
    id: TransferId
    to: AgencyId
    to_province: Province
    site: SiteId | None = None
    """Which of its sites is asked; None: the agency itself."""
    left: SiteId | None = None
    """The site that was asked before, and has closed."""
    epoch: int
    deliver_by: datetime
    answer_by: datetime | None = None
    provisional: bool = False
    """`answer_by` may move: it reaches into a year whose holidays are not published yet."""
    mode: RouteMode | None = None
    answer_rule: RuleVersion | None = None
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    clarifications: int = 0
    """How often more was asked."""
    supply_by: datetime | None = None
    """While we are asked for more: when the clock runs on all the same."""
    enclose_by: datetime | None = None
    remind: tuple[Rung, ...] = ()
    """Reminders that are still to come."""
    state: TransferState = TransferState.OFFERED
    ended_at: datetime | None = None
    result: AskedResult | None = None

    @classmethod
    def begin(cls, event: TransferOffered) -> Self:
        return cls(
            case_id=event.case_id,
            id=event.transfer_id,
            to=event.to,
            to_province=event.to_province,
            site=event.site,
            epoch=event.epoch,
            deliver_by=event.deliver_by,
            mode=event.mode,
            answer_rule=event.answer_within.rule,
        )

    @property
    def open(self) -> bool:
        """Whether it can still be answered, recalled, or lapse."""
        return self.state in OPEN

    @property
    def running(self) -> bool:
        """Whether it has not ended: it is open, or was accepted and is not completed."""
        return self.ended_at is None

    @property
    def completed(self) -> bool:
        """Whether the case went to who was asked."""
        return self.state is TransferState.COMPLETED

    @property
    def directed(self) -> bool:
        """Whether the common superior directed it: it can be neither refused nor taken back."""
        return self.mode == DIRECTED

    @property
    def failed(self) -> bool:
        """Whether the agency refused, or said nothing in time."""
        return self.result in FAILED

    @property
    def lapses_at(self) -> datetime:
        return self.answer_by or self.deliver_by

    @property
    def due(self) -> Iterator[tuple[str, datetime]]:
        """Its deadline, and the next reminder before it."""
        if self.open:
            yield f"{'answer_by' if self.answer_by else 'deliver_by'}/{self.id}", self.lapses_at
            if self.remind:
                yield f"remind/{self.id}", self.remind[0].at
        elif self.state is TransferState.ENCLOSING and self.enclose_by:
            yield f"enclose_by/{self.id}", self.enclose_by

    def decided_in_time(self, answer: OfferAccepted) -> bool:
        """Whether the agency accepted before its time was over, whenever that was heard."""
        return self.answer_by is not None and answer.at <= self.answer_by

    def asked(self, result: AskedResult) -> Asked:
        """What other agencies are told of it."""
        return Asked(agency=self.to, province=self.to_province, result=result)

    # --- What can be said of it ----------------------------------------------------------------------------

    def delivered(
        self,
        receipt: OfferReceived | OfferClarificationReceived,
        remind: tuple[Rung, ...],
        *,
        at: datetime,
    ) -> TransferDelivered:
        return TransferDelivered(
            case_id=self.case_id,
            at=at,
            transfer_id=self.id,
            delivered_at=receipt.at,
            answer_by=receipt.answer_by,
            provisional=receipt.provisional,
            clarification=receipt.round if isinstance(receipt, OfferClarificationReceived) else None,
            remind=remind,
        )

    def recalled(self, because: RecallCode, *, at: datetime) -> TransferRecalled:
        return TransferRecalled(
            case_id=self.case_id,
            at=at,
            to_province=self.to_province,
            transfer_id=self.id,
            to=self.to,
            epoch=self.epoch,
            because=because,
        )

    def relocated(self, left: SiteId, site: SiteId | None, *, at: datetime) -> TransferRelocated:
        return TransferRelocated(
            case_id=self.case_id,
            at=at,
            to_province=self.to_province,
            transfer_id=self.id,
            to=self.to,
            left=left,
            site=site,
        )

    def after(self, step: TransferStep) -> Self:
        """This transfer once the step has happened."""
        match step:
            case TransferDelivered():
                return replace(
                    self._running_on(),
                    answer_by=step.answer_by,
                    provisional=bool(step.provisional),
                    # The length runs from the offer's own receipt, however often it stood still since.
                    delivered_at=self.delivered_at or step.delivered_at,
                    remind=step.remind or (),
                )
            case TransferAcknowledged():
                return replace(self, state=TransferState.ACKNOWLEDGED, acknowledged_at=step.acknowledged_at)
            case TransferClarificationRequested():
                return replace(
                    self,
                    state=TransferState.CLARIFYING,
                    acknowledged_at=self.acknowledged_at or step.requested_at,
                    clarifications=step.round,
                    answer_by=step.answer_by,
                    supply_by=step.supply_by,
                    remind=step.remind,
                )
            case TransferClarificationSupplied():
                return replace(self, state=TransferState.SUPPLIED, remind=())
            case TransferReminded():
                return replace(self, remind=remaining(self.remind, step.at))
            case TransferRelocated():
                return replace(self, site=step.site, left=step.left)
            case TransferEnclosed():
                # An acceptance that was decided in time may reopen what has lapsed.
                return replace(
                    self,
                    state=TransferState.ENCLOSING,
                    enclose_by=step.enclose_by,
                    ended_at=None,
                    result=None,
                )
            case TransferCompleted():
                return self._ended(TransferState.COMPLETED, "accepted", step.at)
            case TransferRejected():
                return self._ended(TransferState.REJECTED, "rejected", step.at)
            case TransferRecalled():
                return self._ended(TransferState.RECALLED, "recalled", step.at)
            case TransferLapsed():
                result = "lapsed" if step.because == "not-answered" else "undelivered"
                return self._ended(TransferState.LAPSED, result, step.at)
            case TransferVoided():
                return self

    def _running_on(self) -> Self:
        """With its clock running."""
        state = TransferState.ACKNOWLEDGED if self.acknowledged_at else TransferState.DELIVERED
        return replace(self, state=state, supply_by=None)

    def _ended(self, state: TransferState, result: str, at: datetime) -> Self:
        return replace(self, state=state, result=AskedResult(result), ended_at=at)

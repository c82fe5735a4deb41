"""Transfer: one attempt to hand a case to one agency, as the agency that asks keeps it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self, TypeAlias

from schemas.codes import AskedResult, LapseCause, OfferEnd, RecallCode
from schemas.facts import Asked, Enclosure
from schemas.ids import AgencyId, CaseId, Province, TransferId
from schemas.transfers import (
    OfferAccepted,
    OfferReceived,
    OfferRejected,
    TransferCompleted,
    TransferDelivered,
    TransferEnclosed,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRejected,
    TransferVoided,
)

TransferStep: TypeAlias = (
    TransferDelivered
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
    DELIVERED = "delivered"
    ENCLOSING = "enclosing"
    """Accepted: what goes with the case is on its way."""
    COMPLETED = "completed"
    REJECTED = "rejected"
    RECALLED = "recalled"
    LAPSED = "lapsed"


OPEN: Final = frozenset({TransferState.OFFERED, TransferState.DELIVERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Who is asked, by when, and what came of it."""

    case_id: CaseId
    id: TransferId
    to: AgencyId
    to_province: Province
    epoch: int
    deliver_by: datetime
    answer_by: datetime | None = None
    provisional: bool = False
    """`answer_by` may move: it reaches into a year whose holidays are not published yet."""
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
            epoch=event.epoch,
            deliver_by=event.deliver_by,
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
    def lapses_at(self) -> datetime:
        return self.answer_by or self.deliver_by

    @property
    def timer(self) -> str:
        return f"{'answer_by' if self.answer_by else 'deliver_by'}/{self.id}"

    def asked(self, result: AskedResult) -> Asked:
        """What other agencies are told of it."""
        return Asked(agency=self.to, province=self.to_province, result=result)

    # --- What can be said of it ----------------------------------------------------------------------------

    def delivered(self, receipt: OfferReceived, *, at: datetime) -> TransferDelivered:
        return TransferDelivered(
            case_id=self.case_id,
            at=at,
            transfer_id=self.id,
            delivered_at=receipt.at,
            answer_by=receipt.answer_by,
            provisional=receipt.provisional,
        )

    def rejected(self, answer: OfferRejected, *, at: datetime) -> TransferRejected:
        return TransferRejected(
            case_id=self.case_id,
            at=at,
            transfer_id=self.id,
            agency=answer.agency,
            code=answer.code,
            legal_basis=answer.legal_basis,
            proposed=answer.proposed,
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

    def lapsed(self, *, at: datetime) -> TransferLapsed:
        return TransferLapsed(
            case_id=self.case_id,
            at=at,
            to_province=self.to_province,
            transfer_id=self.id,
            to=self.to,
            because=LapseCause("not-answered" if self.answer_by else "not-delivered"),
            due_at=self.lapses_at,
        )

    def voided(self, answer: OfferAccepted, *, at: datetime) -> TransferVoided:
        """The evidence for an acceptance that came after the end."""
        return TransferVoided(
            case_id=self.case_id,
            at=at,
            to_province=self.to_province,
            transfer_id=self.id,
            to=answer.agency,
            because=OfferEnd(self.state),
            ended_at=self.ended_at or at,
            accepted_at=answer.at,
        )

    def enclosed(self, enclosure: Enclosure, *, at: datetime) -> TransferEnclosed:
        return TransferEnclosed(
            case_id=self.case_id,
            at=at,
            to_province=self.to_province,
            transfer_id=self.id,
            enclosure=enclosure,
        )

    # --- Folding -------------------------------------------------------------------------------------------

    def after(self, step: TransferStep) -> Self:
        """This transfer once the step has happened."""
        match step:
            case TransferDelivered():
                return replace(
                    self,
                    state=TransferState.DELIVERED,
                    answer_by=step.answer_by,
                    provisional=bool(step.provisional),
                )
            case TransferEnclosed():
                return replace(self, state=TransferState.ENCLOSING)
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

    def _ended(self, state: TransferState, result: str, at: datetime) -> Self:
        return replace(self, state=state, result=AskedResult(result), ended_at=at)

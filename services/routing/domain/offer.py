"""Offer: a case that another agency asks us to take on; one a transfer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from law.book import Law
from schemas.codes import LegalBasis, OfferEnd, RejectionCode, RouteMode, RouteReason
from schemas.facts import Asked, CaseFacts, Enclosure
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, TransferId
from schemas.transfers import (
    CustodyBegun,
    OfferAccepted,
    OfferClosed,
    OfferEnclosed,
    OfferEvent,
    OfferReceived,
    OfferRejected,
    TransferCompleted,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferVoided,
)
from services.routing.domain.errors import (
    AnswerTooLate,
    NotTheAddressee,
    OfferAlreadyAnswered,
    OfferNotOpen,
    ProposesItself,
)
from services.routing.domain.item import Item, with_item

COMPLETED = OfferEnd("completed")


class OfferState(StrEnum):
    """Where an offer stands."""

    WAITING = "waiting"
    """For our answer."""
    ACCEPTED = "accepted"
    """By us; the origin has not completed it yet."""
    REJECTED = "rejected"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What we are asked to take, by when we must answer, and what has arrived of it."""

    case_id: CaseId
    transfer_id: TransferId
    agency: AgencyId
    offered_by: AgencyId
    from_province: Province
    mode: RouteMode
    epoch: int
    facts: CaseFacts
    reasons: tuple[RouteReason, ...]
    legal_basis: tuple[LegalBasis, ...]
    asked: tuple[Asked, ...]
    received_at: datetime
    answer_by: datetime
    answer_rule: RuleVersion | None = None
    provisional: bool = False
    """`answer_by` may move: it reaches into a year whose holidays are not published yet."""
    state: OfferState = OfferState.WAITING
    closed_because: OfferEnd | None = None
    arrived: tuple[Item, ...] = ()

    @classmethod
    def begin(cls, event: OfferReceived) -> Self:
        return cls(
            case_id=event.case_id,
            transfer_id=event.transfer_id,
            agency=event.agency,
            offered_by=event.offered_by,
            from_province=event.to_province,
            mode=event.mode,
            epoch=event.epoch,
            facts=event.facts,
            reasons=event.reasons,
            legal_basis=event.legal_basis,
            asked=event.asked,
            received_at=event.at,
            answer_by=event.answer_by,
            answer_rule=event.answer_rule,
            provisional=bool(event.provisional),
        )

    @property
    def id(self) -> str:
        return self.transfer_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """None: the origin lapses an offer, and says so in a letter."""
        return MappingProxyType({})

    # --- What a person of the addressee does ---------------------------------------------------------------

    def accept(self, *, by: AgencyId | None, at: datetime) -> list[OfferEvent]:
        """Take the case on. Raises what `check_answer` raises."""
        self.check_answer(by=by, at=at)
        return [
            OfferAccepted(
                case_id=self.case_id,
                at=at,
                to_province=self.from_province,
                transfer_id=self.transfer_id,
                agency=self.agency,
                epoch=self.epoch,
            )
        ]

    def reject(
        self,
        *,
        by: AgencyId | None,
        code: RejectionCode,
        legal_basis: LegalBasis,
        proposed: AgencyId,
        at: datetime,
    ) -> list[OfferEvent]:
        """Refuse, and say who is competent instead. Raises ProposesItself and what `check_answer` raises."""
        self.check_answer(by=by, at=at)
        if proposed == self.agency:
            raise ProposesItself(transfer=self.transfer_id, found=proposed)
        return [
            OfferRejected(
                case_id=self.case_id,
                at=at,
                to_province=self.from_province,
                transfer_id=self.transfer_id,
                agency=self.agency,
                epoch=self.epoch,
                code=code,
                legal_basis=legal_basis,
                proposed=proposed,
            )
        ]

    def check_answer(self, *, by: AgencyId | None, at: datetime) -> None:
        """Raises NotTheAddressee, OfferAlreadyAnswered, OfferNotOpen or AnswerTooLate."""
        if by != self.agency:
            raise NotTheAddressee(asked=self.transfer_id, expected=self.agency, found=by)
        if self.state in (OfferState.ACCEPTED, OfferState.REJECTED):
            raise OfferAlreadyAnswered(transfer=self.transfer_id, found=self.state)
        if self.state is OfferState.CLOSED:
            raise OfferNotOpen(transfer=self.transfer_id, found=self.closed_because or self.state)
        if at > self.answer_by:
            raise AnswerTooLate(transfer=self.transfer_id, expected=self.answer_by, found=at)

    # --- What the origin says ------------------------------------------------------------------------------

    def keep(self, enclosure: Enclosure, *, at: datetime) -> list[OfferEvent]:
        """Note something that came with the case, sealed again under our key of it."""
        if self.state is OfferState.CLOSED:
            return []
        return [OfferEnclosed(case_id=self.case_id, at=at, transfer_id=self.transfer_id, enclosure=enclosure)]

    def close(self, because: OfferEnd, *, at: datetime) -> list[OfferEvent]:
        """End it as the origin says; once, and not where we have rejected it ourselves."""
        if self.state in (OfferState.REJECTED, OfferState.CLOSED):
            return []
        return [OfferClosed(case_id=self.case_id, at=at, transfer_id=self.transfer_id, because=because)]

    def take_over(
        self, letter: TransferCompleted, contact: Sealed | None, *, here: Province, at: datetime
    ) -> CustodyBegun:
        """The case is ours. `contact` lies under our key of it."""
        return CustodyBegun(
            case_id=self.case_id,
            at=at,
            owner=letter.owner,
            epoch=letter.epoch,
            facts=letter.facts,
            asked=letter.asked,
            followers=tuple(province for province in letter.followers if province != here),
            transfer_id=self.transfer_id,
            from_province=self.from_province,
            contact=contact,
        )

    def after(self, event: OfferEvent) -> Self:
        """This offer once the event has happened."""
        match event:
            case OfferReceived():
                return replace(self, answer_by=event.answer_by, provisional=bool(event.provisional))
            case OfferAccepted():
                return replace(self, state=OfferState.ACCEPTED)
            case OfferRejected():
                return replace(self, state=OfferState.REJECTED)
            case OfferEnclosed():
                return replace(self, arrived=with_item(self.arrived, event.enclosure))
            case OfferClosed():
                return replace(self, state=OfferState.CLOSED, closed_because=event.because)


def received(letter: TransferOffered, law: Law, *, at: datetime) -> OfferReceived:
    """The technical receipt: the clock of the answer runs from here, not from when somebody signs.

    Args:
        law: as it holds for the addressee, by whose calendar the time that the letter gives is counted.
    """
    counting = law.count_period(letter.answer_within, at)
    return OfferReceived(
        case_id=letter.case_id,
        at=at,
        to_province=letter.sender,
        transfer_id=letter.transfer_id,
        agency=letter.to,
        site=letter.site,
        offered_by=letter.offered_by,
        mode=letter.mode,
        epoch=letter.epoch,
        facts=letter.facts,
        reasons=letter.reasons,
        legal_basis=letter.legal_basis,
        asked=letter.asked,
        answer_by=counting.due,
        answer_rule=letter.answer_within.rule,
        provisional=counting.provisional or None,
    )


def end_of(letter: TransferRecalled | TransferLapsed | TransferVoided) -> OfferEnd:
    """How the origin ended the offer."""
    match letter:
        case TransferRecalled():
            return OfferEnd("recalled")
        case TransferLapsed():
            return OfferEnd("lapsed")
        case TransferVoided():
            return OfferEnd("voided")

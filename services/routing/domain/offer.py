"""Offer: a case that another agency asks us to take on; one a transfer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from law.book import Law
from law.deadlines import Counting, Pause, day_of
from schemas.codes import (
    ClarificationCode,
    LegalBasis,
    NoProposalCode,
    OfferEnd,
    RejectionCode,
    RouteMode,
    RouteReason,
)
from schemas.facts import Asked, CaseFacts, Enclosure, Period
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, TransferId
from schemas.transfers import (
    CustodyBegun,
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferClosed,
    OfferEnclosed,
    OfferEvent,
    OfferReceived,
    OfferRejected,
    OfferReminded,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferReminded,
    TransferVoided,
)
from services.routing.domain.direction import Direction
from services.routing.domain.errors import (
    AnswerTooLate,
    AskedOften,
    DirectedByLaw,
    NotTheAddressee,
    OfferAlreadyAcknowledged,
    OfferAlreadyAnswered,
    OfferNotOpen,
    ProposesItself,
    ProposesTwoThings,
    WaitsForClarification,
)
from services.routing.domain.item import Item, with_item
from services.routing.domain.times import clarifications_allowed, count_answer, time_to_supply
from services.routing.domain.transfer import DIRECTED

COMPLETED = OfferEnd("completed")


class OfferState(StrEnum):
    """Where an offer stands."""

    WAITING = "waiting"
    """For our answer; nobody here has taken note yet."""
    ACKNOWLEDGED = "acknowledged"
    """Somebody has it in hand; the clock runs all the same."""
    CLARIFYING = "clarifying"
    """We asked for more: the clock stands still."""
    ACCEPTED = "accepted"
    """By us; the origin has not completed it yet."""
    REJECTED = "rejected"
    CLOSED = "closed"


OPEN: Final = frozenset({OfferState.WAITING, OfferState.ACKNOWLEDGED, OfferState.CLARIFYING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """A time during which the clock of the answer stood still, or stands still."""

    begins: datetime
    ends: datetime | None = None


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
    answer_within: Period | None = None
    """What `answer_by` is counted from; None of an offer of before this was said: its clock runs through."""
    direction: TransferId | None = None
    """The escalation whose direction accepts it."""
    acknowledged_at: datetime | None = None
    standstills: tuple[Standstill, ...] = ()
    """One for each time that we asked for more."""
    supply_by: datetime | None = None
    """While we wait for it: when the clock runs on all the same."""
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
            answer_within=event.answer_within,
            direction=event.direction,
        )

    @property
    def id(self) -> str:
        return self.transfer_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """None: the origin lapses an offer, and says so in a letter."""
        return MappingProxyType({})

    @property
    def open(self) -> bool:
        """Whether it still waits for our answer."""
        return self.state in OPEN

    @property
    def completed(self) -> bool:
        """Whether the case came."""
        return self.closed_because == COMPLETED

    @property
    def directed(self) -> bool:
        """Whether the common superior directed it: it cannot be refused."""
        return self.mode == DIRECTED

    # --- What a person of the addressee does ---------------------------------------------------------------

    def acknowledge(self, *, by: AgencyId | None, at: datetime) -> list[OfferEvent]:
        """Take note. Raises OfferAlreadyAcknowledged and what `check_answer` raises."""
        self.check_answer(by=by, at=at)
        if self.acknowledged_at:
            raise OfferAlreadyAcknowledged(transfer=self.transfer_id, found=self.acknowledged_at)
        return [self.acknowledged(at=at)]

    def acknowledged(self, *, at: datetime) -> OfferAcknowledged:
        return OfferAcknowledged(
            case_id=self.case_id,
            at=at,
            to_province=self.from_province,
            transfer_id=self.transfer_id,
            agency=self.agency,
            epoch=self.epoch,
        )

    def ask(
        self,
        *,
        by: AgencyId | None,
        about: tuple[ClarificationCode, ...],
        question: Sealed | None,
        law: Law,
        at: datetime,
    ) -> list[OfferEvent]:
        """Ask for more: the clock stands still until it comes, at most as long as the rule allows.

        Raises WaitsForClarification, AskedOften and what `check_answer` raises.

        Args:
            question: sealed for `from_province`.
            law: as it holds for this agency.
        """
        self.check_answer(by=by, at=at)
        if self.supply_by and at <= self.supply_by:
            raise WaitsForClarification(transfer=self.transfer_id, until=self.supply_by)
        allowed = clarifications_allowed(
            self.answer_rule, law, urgent=self.facts.urgent, on=day_of(self.received_at)
        )
        if len(self.standstills) >= allowed:
            raise AskedOften(transfer=self.transfer_id, expected=allowed, found=len(self.standstills))
        counting = self.counted((*self.standstills, Standstill(begins=at)), law)
        requested = OfferClarificationRequested(
            case_id=self.case_id,
            at=at,
            to_province=self.from_province,
            transfer_id=self.transfer_id,
            agency=self.agency,
            round=len(self.standstills) + 1,
            about=about,
            supply_by=time_to_supply(law, at, urgent=self.facts.urgent),
            answer_by=counting.due if counting else self.answer_by,
            provisional=(counting.provisional or None) if counting else None,
            question=question,
        )
        # Who asks has it in hand.
        return [requested] if self.acknowledged_at else [self.acknowledged(at=at), requested]

    def counted(self, standstills: tuple[Standstill, ...], law: Law) -> Counting | None:
        """The whole time for the answer, counted again; None if its length is not known."""
        if self.answer_within is None:
            return None
        pauses = [Pause(begins=each.begins, ends=each.ends) for each in standstills]
        return count_answer(self.answer_within, self.received_at, pauses, law, urgent=self.facts.urgent)

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
        proposed: AgencyId | None,
        no_proposal: NoProposalCode | None = None,
        at: datetime,
    ) -> list[OfferEvent]:
        """Refuse, and say who is competent instead, or why nobody is named.

        Raises DirectedByLaw, ProposesItself, ProposesTwoThings and what `check_answer` raises.
        """
        self.check_answer(by=by, at=at)
        if self.directed:
            raise DirectedByLaw(transfer=self.transfer_id)
        if (proposed is None) == (no_proposal is None):
            raise ProposesTwoThings(transfer=self.transfer_id)
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
                no_proposal=no_proposal,
            )
        ]

    def check_answer(self, *, by: AgencyId | None, at: datetime) -> None:
        """Raises NotTheAddressee, OfferAlreadyAnswered, OfferNotOpen or AnswerTooLate."""
        self.check_addressee(by)
        if self.state in (OfferState.ACCEPTED, OfferState.REJECTED):
            raise OfferAlreadyAnswered(transfer=self.transfer_id, found=self.state)
        if self.state is OfferState.CLOSED:
            raise OfferNotOpen(transfer=self.transfer_id, found=self.closed_because or self.state)
        if at > self.answer_by:
            raise AnswerTooLate(transfer=self.transfer_id, expected=self.answer_by, found=at)

    def check_addressee(self, found: AgencyId | None) -> None:
        """Raises NotTheAddressee."""
        if found != self.agency:
            raise NotTheAddressee(asked=self.transfer_id, expected=self.agency, found=found)

    # --- What the origin, and the common superior, say -----------------------------------------------------

    def heed(self, direction: Direction | None, *, at: datetime) -> list[OfferEvent]:
        """Accept, by law, what the common superior directed; whichever of both letters comes first."""
        if direction is None or not self.open or not self.directed:
            return []
        if (direction.id, direction.agency, direction.epoch) != (self.direction, self.agency, self.epoch):
            return []
        return [
            OfferAccepted(
                case_id=self.case_id,
                at=at,
                to_province=self.from_province,
                transfer_id=self.transfer_id,
                agency=self.agency,
                epoch=self.epoch,
                direction=direction.id,
            )
        ]

    def clarify(
        self, letter: TransferClarificationSupplied, content: Sealed, law: Law, *, at: datetime
    ) -> list[OfferEvent]:
        """Keep what we asked for: the clock runs on from now. Later than an answer, it changes nothing.

        Args:
            content: sealed again under our key of the case.
        """
        if self.state is not OfferState.CLARIFYING or letter.round != len(self.standstills):
            return []
        *earlier, last = self.standstills
        counting = self.counted((*earlier, replace(last, ends=at)), law)
        enclosure = letter.enclosure.model_copy(update={"content": content})
        return [
            OfferEnclosed(case_id=self.case_id, at=at, transfer_id=self.transfer_id, enclosure=enclosure),
            OfferClarificationReceived(
                case_id=self.case_id,
                at=at,
                to_province=self.from_province,
                transfer_id=self.transfer_id,
                agency=self.agency,
                round=letter.round,
                answer_by=counting.due if counting else self.answer_by,
                provisional=(counting.provisional or None) if counting else None,
            ),
        ]

    def remind(self, letter: TransferReminded, *, at: datetime) -> list[OfferEvent]:
        """Pass a reminder on to our people; of an offer that is answered, nobody is reminded."""
        if not self.open or letter.agency != self.agency:
            return []
        return [
            OfferReminded(
                case_id=self.case_id,
                at=at,
                transfer_id=self.transfer_id,
                agency=self.agency,
                to=letter.to,
                due_at=letter.due_at,
            )
        ]

    def keep(self, enclosure: Enclosure, *, at: datetime) -> list[OfferEvent]:
        """Note something that came with the case, sealed again under our key of it.

        The owner of the epoch sends it to who accepted, even where a lapse was told before that was heard.
        """
        if self.completed or self.state is OfferState.REJECTED:
            return []
        return [OfferEnclosed(case_id=self.case_id, at=at, transfer_id=self.transfer_id, enclosure=enclosure)]

    def close(self, because: OfferEnd, *, at: datetime) -> list[OfferEvent]:
        """End it as the origin says; not where we have rejected it ourselves.

        What it said first counts, unless the case came after all.
        """
        ended = self.state in (OfferState.REJECTED, OfferState.CLOSED)
        if ended and (because != COMPLETED or self.completed):
            return []
        return [OfferClosed(case_id=self.case_id, at=at, transfer_id=self.transfer_id, because=because)]

    def take_over(
        self, letter: TransferCompleted, contact: Sealed | None, *, here: Province, at: datetime
    ) -> list[CustodyBegun]:
        """The case is ours, once. `contact` lies under our key of it."""
        if self.completed:
            return []
        return [
            CustodyBegun(
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
        ]

    def after(self, event: OfferEvent) -> Self:
        """This offer once the event has happened."""
        match event:
            case OfferReceived():
                return replace(self, answer_by=event.answer_by, provisional=bool(event.provisional))
            case OfferAcknowledged():
                return replace(self, state=OfferState.ACKNOWLEDGED, acknowledged_at=event.at)
            case OfferClarificationRequested():
                return replace(
                    self,
                    state=OfferState.CLARIFYING,
                    answer_by=event.answer_by,
                    provisional=bool(event.provisional),
                    supply_by=event.supply_by,
                    standstills=(*self.standstills, Standstill(begins=event.at)),
                )
            case OfferClarificationReceived():
                ended = tuple(replace(each, ends=each.ends or event.at) for each in self.standstills)
                return replace(
                    self,
                    state=OfferState.ACKNOWLEDGED,
                    answer_by=event.answer_by,
                    provisional=bool(event.provisional),
                    supply_by=None,
                    standstills=ended,
                )
            case OfferReminded():
                return self
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
    counting = count_answer(letter.answer_within, at, (), law, urgent=letter.facts.urgent)
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
        answer_within=letter.answer_within,
        direction=letter.direction,
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

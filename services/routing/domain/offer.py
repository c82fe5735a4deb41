"""Offer: a case that another agency asks us to take on; one a transfer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from law.book import Law
from law.deadlines import Counting, Pause
from schemas.codes import LegalBasis, OfferEnd, RouteMode, RouteReason
from schemas.facts import Asked, CaseFacts, Period
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, SiteId, TransferId
from schemas.transfers import (
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferClosed,
    OfferEnclosed,
    OfferEvent,
    OfferReceived,
    OfferRejected,
    OfferRelocated,
    OfferReminded,
)
from services.routing.domain.errors import NotTheAddressee
from services.routing.domain.item import Item, with_item
from services.routing.domain.times import count_answer
from services.routing.domain.transfer import DIRECTED

COMPLETED = OfferEnd("completed")
VOIDED = OfferEnd("voided")


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
    site: SiteId | None = None
    """Which of the agency's sites is asked; None: the agency itself."""
    left: SiteId | None = None
    """The site that was asked before, and has closed."""
    acknowledged_at: datetime | None = None
    standstills: tuple[Standstill, ...] = ()
    """One for each time that we asked for more."""
    supply_by: datetime | None = None
    """While we wait for it: when the clock runs on all the same."""
    state: OfferState = OfferState.WAITING
    taken_on: bool | None = None
    """Whether we accepted it, whatever became of it then; None of one that an earlier release wrote."""
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
            site=event.site,
            taken_on=False,
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
    def may_come(self) -> bool:
        """Whether the case can come with it: we accepted it, or it is not known that we did not."""
        return self.taken_on is not False

    @property
    def directed(self) -> bool:
        """Whether the common superior directed it: it cannot be refused."""
        return self.mode == DIRECTED

    def comes_from(self, province: Province) -> bool:
        """Whether an agency of that province made it: nobody else can end it, or add to it."""
        return province == self.from_province

    def counted(self, standstills: tuple[Standstill, ...], law: Law) -> Counting | None:
        """The whole time for the answer, counted again; None if its length is not known."""
        if self.answer_within is None:
            return None
        pauses = [Pause(begins=each.begins, ends=each.ends) for each in standstills]
        return count_answer(self.answer_within, self.received_at, pauses, law, urgent=self.facts.urgent)

    def check_addressee(self, found: AgencyId | None) -> None:
        """Raises NotTheAddressee."""
        if found != self.agency:
            raise NotTheAddressee(asked=self.transfer_id, expected=self.agency, found=found)

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
            case OfferRelocated():
                return replace(self, site=event.site, left=event.left)
            case OfferAccepted():
                return replace(self, state=OfferState.ACCEPTED, taken_on=True)
            case OfferRejected():
                return replace(self, state=OfferState.REJECTED)
            case OfferEnclosed():
                return replace(self, arrived=with_item(self.arrived, event.enclosure))
            case OfferClosed():
                return replace(self, state=OfferState.CLOSED, closed_because=event.because)

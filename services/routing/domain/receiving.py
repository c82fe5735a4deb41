"""Receives an offer, and all that its origin and the common superior say of it afterwards."""

from dataclasses import replace
from datetime import datetime

from law.book import Law
from schemas.codes import OfferEnd
from schemas.facts import Enclosure
from schemas.fields import Sealed
from schemas.ids import Province
from schemas.transfers import (
    CustodyBegun,
    OfferAccepted,
    OfferClarificationReceived,
    OfferClosed,
    OfferEnclosed,
    OfferEvent,
    OfferReceived,
    OfferRelocated,
    OfferReminded,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRelocated,
    TransferReminded,
    TransferVoided,
)
from services.routing.domain.direction import Direction
from services.routing.domain.offer import COMPLETED, VOIDED, Offer, OfferState
from services.routing.domain.times import count_answer


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


def heed(offer: Offer, direction: Direction | None, *, at: datetime) -> list[OfferEvent]:
    """Accept, by law, what the common superior directed; whichever of both letters comes first."""
    if direction is None or not offer.open or not offer.directed:
        return []
    if (direction.owner, direction.owner_province) != (offer.offered_by, offer.from_province):
        return []
    if (direction.id, direction.agency, direction.epoch) != (offer.direction, offer.agency, offer.epoch):
        return []
    return [
        OfferAccepted(
            case_id=offer.case_id,
            at=at,
            to_province=offer.from_province,
            transfer_id=offer.transfer_id,
            agency=offer.agency,
            epoch=offer.epoch,
            direction=direction.id,
        )
    ]


def clarify(
    offer: Offer, letter: TransferClarificationSupplied, content: Sealed, law: Law, *, at: datetime
) -> list[OfferEvent]:
    """Keep what we asked for: the clock runs on from now. Later than an answer, it changes nothing.

    Args:
        content: sealed again under our key of the case.
    """
    if offer.state is not OfferState.CLARIFYING or letter.round != len(offer.standstills):
        return []
    *earlier, last = offer.standstills
    counting = offer.counted((*earlier, replace(last, ends=at)), law)
    enclosure = letter.enclosure.model_copy(update={"content": content})
    return [
        OfferEnclosed(case_id=offer.case_id, at=at, transfer_id=offer.transfer_id, enclosure=enclosure),
        OfferClarificationReceived(
            case_id=offer.case_id,
            at=at,
            to_province=offer.from_province,
            transfer_id=offer.transfer_id,
            agency=offer.agency,
            round=letter.round,
            answer_by=counting.due if counting else offer.answer_by,
            provisional=(counting.provisional or None) if counting else None,
        ),
    ]


def remind(offer: Offer, letter: TransferReminded, *, at: datetime) -> list[OfferEvent]:
    """Pass a reminder on to our people; of an offer that is answered, nobody is reminded."""
    if not offer.open or letter.agency != offer.agency:
        return []
    return [
        OfferReminded(
            case_id=offer.case_id,
            at=at,
            transfer_id=offer.transfer_id,
            agency=offer.agency,
            to=letter.to,
            due_at=letter.due_at,
        )
    ]


def relocate(offer: Offer, letter: TransferRelocated, *, at: datetime) -> list[OfferEvent]:
    """Another site of ours has it, answered or not, as long as the offer is not over. No clock moves."""
    if offer.state in (OfferState.REJECTED, OfferState.CLOSED):
        return []
    return [
        OfferRelocated(
            case_id=offer.case_id,
            at=at,
            transfer_id=offer.transfer_id,
            agency=offer.agency,
            left=letter.left,
            site=letter.site,
        )
    ]


def keep(offer: Offer, enclosure: Enclosure, *, at: datetime) -> list[OfferEvent]:
    """Note something that came with the case, sealed again under our key of it.

    The owner of the epoch sends it to who accepted, even where a lapse was told before that was heard.
    """
    if offer.completed or offer.state is OfferState.REJECTED:
        return []
    return [OfferEnclosed(case_id=offer.case_id, at=at, transfer_id=offer.transfer_id, enclosure=enclosure)]


def close(offer: Offer, because: OfferEnd, *, at: datetime) -> list[OfferEvent]:
    """End it as the origin says; not where we rejected it ourselves, nor with a case that we did not accept.

    What it said first counts, unless the case came after all, or our acceptance crossed that and is void.
    """
    ended = offer.state in (OfferState.REJECTED, OfferState.CLOSED)
    if ended and not overruled(offer, because):
        return []
    if because == COMPLETED and not offer.may_come:
        return []
    return [
        OfferClosed(
            case_id=offer.case_id,
            at=at,
            transfer_id=offer.transfer_id,
            because=because,
            agency=offer.agency,
        )
    ]


def overruled(offer: Offer, because: OfferEnd) -> bool:
    """Whether the end of an offer that is known is not the last word on it."""
    if because == VOIDED:
        return offer.closed_because not in (None, VOIDED, COMPLETED)
    return because == COMPLETED and not offer.completed


def end_of(letter: TransferRecalled | TransferLapsed | TransferVoided) -> OfferEnd:
    """How the origin ended the offer."""
    match letter:
        case TransferRecalled():
            return OfferEnd("recalled")
        case TransferLapsed():
            return OfferEnd("lapsed")
        case TransferVoided():
            return VOIDED


def take_over(
    offer: Offer, letter: TransferCompleted, contact: Sealed | None, *, here: Province, at: datetime
) -> list[CustodyBegun]:
    """The case is ours, once, as we accepted it. `contact` lies under our key of it."""
    if offer.completed or not offer.may_come:
        return []
    return [
        CustodyBegun(
            case_id=offer.case_id,
            at=at,
            owner=letter.owner,
            epoch=letter.epoch,
            facts=letter.facts,
            asked=letter.asked,
            followers=tuple(province for province in letter.followers if province != here),
            transfer_id=offer.transfer_id,
            from_province=offer.from_province,
            contact=contact,
        )
    ]

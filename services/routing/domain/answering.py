"""Answers an offer, at the agency that is asked: takes note, asks back, accepts, refuses."""

from datetime import datetime

from law.book import Law
from law.deadlines import day_of
from schemas.codes import ClarificationCode, LegalBasis, NoProposalCode, RejectionCode
from schemas.fields import Sealed
from schemas.ids import AgencyId
from schemas.transfers import (
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationRequested,
    OfferEvent,
    OfferRejected,
)
from services.routing.domain.errors import (
    AnswerTooLate,
    AskedOften,
    DirectedByLaw,
    OfferAlreadyAcknowledged,
    OfferAlreadyAnswered,
    OfferNotOpen,
    ProposesItself,
    ProposesTwoThings,
    WaitsForClarification,
)
from services.routing.domain.offer import Offer, OfferState, Standstill
from services.routing.domain.times import clarifications_allowed, time_to_supply


def acknowledge(offer: Offer, *, by: AgencyId | None, at: datetime) -> list[OfferEvent]:
    """Take note. Raises OfferAlreadyAcknowledged and what `check_answer` raises."""
    check_answer(offer, by=by, at=at)
    if offer.acknowledged_at:
        raise OfferAlreadyAcknowledged(transfer=offer.transfer_id, found=offer.acknowledged_at)
    return [acknowledged(offer, at=at)]


def ask(
    offer: Offer,
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
    check_answer(offer, by=by, at=at)
    if offer.supply_by and at <= offer.supply_by:
        raise WaitsForClarification(transfer=offer.transfer_id, until=offer.supply_by)
    allowed = clarifications_allowed(
        offer.answer_rule, law, urgent=offer.facts.urgent, on=day_of(offer.received_at)
    )
    if len(offer.standstills) >= allowed:
        raise AskedOften(transfer=offer.transfer_id, expected=allowed, found=len(offer.standstills))
    counting = offer.counted((*offer.standstills, Standstill(begins=at)), law)
    requested = OfferClarificationRequested(
        case_id=offer.case_id,
        at=at,
        to_province=offer.from_province,
        transfer_id=offer.transfer_id,
        agency=offer.agency,
        round=len(offer.standstills) + 1,
        about=about,
        supply_by=time_to_supply(law, at, urgent=offer.facts.urgent),
        answer_by=counting.due if counting else offer.answer_by,
        provisional=(counting.provisional or None) if counting else None,
        question=question,
    )
    # Who asks has it in hand.
    return [requested] if offer.acknowledged_at else [acknowledged(offer, at=at), requested]


def accept(offer: Offer, *, by: AgencyId | None, at: datetime) -> list[OfferEvent]:
    """Take the case on. Raises what `check_answer` raises."""
    check_answer(offer, by=by, at=at)
    return [
        OfferAccepted(
            case_id=offer.case_id,
            at=at,
            to_province=offer.from_province,
            transfer_id=offer.transfer_id,
            agency=offer.agency,
            epoch=offer.epoch,
        )
    ]


def reject(
    offer: Offer,
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
    check_answer(offer, by=by, at=at)
    if offer.directed:
        raise DirectedByLaw(transfer=offer.transfer_id)
    if (proposed is None) == (no_proposal is None):
        raise ProposesTwoThings(transfer=offer.transfer_id)
    if proposed == offer.agency:
        raise ProposesItself(transfer=offer.transfer_id, found=proposed)
    return [
        OfferRejected(
            case_id=offer.case_id,
            at=at,
            to_province=offer.from_province,
            transfer_id=offer.transfer_id,
            agency=offer.agency,
            epoch=offer.epoch,
            code=code,
            legal_basis=legal_basis,
            proposed=proposed,
            no_proposal=no_proposal,
        )
    ]


def acknowledged(offer: Offer, *, at: datetime) -> OfferAcknowledged:
    return OfferAcknowledged(
        case_id=offer.case_id,
        at=at,
        to_province=offer.from_province,
        transfer_id=offer.transfer_id,
        agency=offer.agency,
        epoch=offer.epoch,
    )


def check_answer(offer: Offer, *, by: AgencyId | None, at: datetime) -> None:
    """Raises NotTheAddressee, OfferAlreadyAnswered, OfferNotOpen or AnswerTooLate."""
    offer.check_addressee(by)
    if offer.state in (OfferState.ACCEPTED, OfferState.REJECTED):
        raise OfferAlreadyAnswered(transfer=offer.transfer_id, found=offer.state)
    if offer.state is OfferState.CLOSED:
        raise OfferNotOpen(transfer=offer.transfer_id, found=offer.closed_because or offer.state)
    if at > offer.answer_by:
        raise AnswerTooLate(transfer=offer.transfer_id, expected=offer.answer_by, found=at)

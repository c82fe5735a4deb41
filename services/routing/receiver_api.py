"""What an agency that is asked does with an offer: look, take note, ask back, accept, refuse."""

import logging
from dataclasses import dataclass, fields
from typing import Annotated, Any

from fastapi import Request
from pydantic import BaseModel, Field

from chassis.errors import NotFound
from chassis.http import Database, Uow, Who, case_router, runtime_of
from law.book import Law
from law.shown import RuleView, rule_view
from schemas.codes import (
    CLARIFICATIONS,
    NO_PROPOSALS,
    REJECTIONS,
    ClarificationCode,
    LegalBasis,
    NoProposalCode,
    RejectionCode,
)
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, TransferId
from services.routing import worklists
from services.routing.api import STAFF, After, Body, Limit
from services.routing.domain import answering
from services.routing.domain.directory import Directory
from services.routing.domain.errors import AgencyNotKnown
from services.routing.domain.item import CONTACT
from services.routing.domain.offer import Offer, OfferState
from services.routing.domain.times import law_at

log = logging.getLogger(__name__)
router = case_router()

RECEIVERS = frozenset({"receiver", "director"})

PERMISSIONS = {
    "list_offers": RECEIVERS,
    "see_offer": STAFF,
    "open_clarifications": RECEIVERS,
    "open_contact": RECEIVERS,
    "acknowledge_offer": RECEIVERS,
    "ask_clarification": RECEIVERS,
    "accept_offer": RECEIVERS,
    "reject_offer": RECEIVERS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView(Offer):
    """An offer, with what its time to answer rests on."""

    rule: RuleView | None
    """The rule in words, and whether it is to be confirmed; null if this release does not know it."""


class OfferPage(BaseModel):
    """Offers, the oldest first."""

    items: list[OfferView]
    next: TransferId | None
    """What to state as `after` for the page that follows; null on the last."""


class Question(Body):
    """What an agency must know before it answers."""

    about: Annotated[
        tuple[Annotated[ClarificationCode, entered(CLARIFICATIONS)], ...], Field(min_length=1, max_length=8)
    ]
    question: dict[str, Any] | None = None
    """What exactly, a JSON object: sealed for the agency that asks, and nowhere kept here."""


class Rejection(Body):
    """Why an agency does not take a case on, and who should: `proposed`, or why nobody is named."""

    code: Annotated[RejectionCode, entered(REJECTIONS)]
    legal_basis: LegalBasis
    """The article that the rejection rests on."""
    proposed: AgencyId | None = None
    """Who is competent instead."""
    no_proposal: Annotated[NoProposalCode, entered(NO_PROPOSALS)] | None = None
    """Why no agency is named."""


@router.get("/offers")
async def list_offers(
    who: Who,
    database: Database,
    request: Request,
    state: OfferState | None = None,
    open: bool = False,
    after: After = "",
    limit: Limit = 50,
) -> OfferPage:
    """The work list of the caller's agency. `open`: all that still wait for its answer."""
    found = await worklists.offers_of(
        database, who.province, who.agency, state=state, open=open, after=after, limit=limit
    )
    law = law_of(request)
    return OfferPage(
        items=[in_words(each, law) for each in found],
        next=found[-1].transfer_id if len(found) == limit else None,
    )


@router.get("/cases/{case_id}/offers/{transfer_id}")
async def see_offer(case_id: CaseId, transfer_id: TransferId, uow: Uow) -> OfferView:
    """The facts, the reasons, and the clock."""
    return in_words(uow.get(Offer, transfer_id), uow.use(Law))


def in_words(offer: Offer, law: Law) -> OfferView:
    """The offer, with its rule in words."""
    rule = rule_view(offer.answer_rule, law) if offer.answer_rule else None
    return OfferView(**{field.name: getattr(offer, field.name) for field in fields(offer)}, rule=rule)


def law_of(request: Request) -> Law:
    law = runtime_of(request).engine.reference[Law]
    assert isinstance(law, Law)
    return law


@router.get("/cases/{case_id}/offers/{transfer_id}/clarifications")
async def open_clarifications(case_id: CaseId, transfer_id: TransferId, who: Who, uow: Uow) -> dict[str, Any]:
    """What was supplied, by number: for the agency that asked alone."""
    offer = uow.get(Offer, transfer_id)
    offer.check_addressee(who.agency)
    names = [item.name for item in offer.arrived if item.kind == "clarification"]
    kept = {name.rpartition("-")[2]: uow.vault.get(name) for name in names}
    return {number: uow.vault.unseal(sealed) for number, sealed in kept.items() if sealed}


@router.get("/cases/{case_id}/offers/{transfer_id}/contact")
async def open_contact(
    case_id: CaseId, transfer_id: TransferId, legal_basis: LegalBasis, who: Who, uow: Uow
) -> dict[str, Any]:
    """How the applicants are reached, once the case is on its way here.

    Who looked, and on which legal basis, is logged; what was seen is not.
    """
    offer = uow.get(Offer, transfer_id)
    offer.check_addressee(who.agency)
    kept = uow.vault.get(CONTACT)
    if kept is None:
        raise NotFound(kind="Contact", id=transfer_id)
    contact: dict[str, Any] = uow.vault.unseal(kept)
    log.info(
        "contact_opened",
        extra={
            "case_id": case_id,
            "transfer_id": transfer_id,
            "legal_basis": legal_basis,
            "actor": who.sub,
            "agency": who.agency,
        },
    )
    return contact


@router.post("/cases/{case_id}/offers/{transfer_id}/acknowledgement", status_code=201)
async def acknowledge_offer(case_id: CaseId, transfer_id: TransferId, who: Who, uow: Uow) -> Offer:
    """Take note. It moves no clock: the time runs from the delivery."""
    offer = uow.expect(Offer, transfer_id)
    return uow.emit(offer, answering.acknowledge(offer, by=who.agency, at=uow.now))


@router.post("/cases/{case_id}/offers/{transfer_id}/questions", status_code=201)
async def ask_clarification(
    case_id: CaseId, transfer_id: TransferId, body: Question, who: Who, uow: Uow
) -> Offer:
    """Ask for more, at most twice: the clock stands still until it comes."""
    offer = uow.expect(Offer, transfer_id)
    question = uow.vault.seal_for(offer.from_province, body.question) if body.question else None
    law = law_at(offer.agency, uow.province, uow.use(Directory), uow.use(Law))
    events = answering.ask(offer, by=who.agency, about=body.about, question=question, law=law, at=uow.now)
    return uow.emit(offer, events)


@router.post("/cases/{case_id}/offers/{transfer_id}/acceptance", status_code=201)
async def accept_offer(case_id: CaseId, transfer_id: TransferId, who: Who, uow: Uow) -> Offer:
    """Take the case on. It is ours once the agency that offers has completed the transfer."""
    offer = uow.expect(Offer, transfer_id)
    return uow.emit(offer, answering.accept(offer, by=who.agency, at=uow.now))


@router.post("/cases/{case_id}/offers/{transfer_id}/rejection", status_code=201)
async def reject_offer(
    case_id: CaseId, transfer_id: TransferId, body: Rejection, who: Who, uow: Uow
) -> Offer:
    """Refuse: with a code, the article that it rests on, and the agency that is competent instead."""
    directory = uow.use(Directory)
    if body.proposed is not None and body.proposed not in directory.agencies:
        raise AgencyNotKnown(version=directory.version, found=body.proposed)
    offer = uow.expect(Offer, transfer_id)
    events = answering.reject(
        offer,
        by=who.agency,
        code=body.code,
        legal_basis=body.legal_basis,
        proposed=body.proposed,
        no_proposal=body.no_proposal,
        at=uow.now,
    )
    return uow.emit(offer, events, legal_basis=body.legal_basis)

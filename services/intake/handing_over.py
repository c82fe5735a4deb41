"""Gives a document to the province that a case went to, against its ticket.

The bytes are opened here part by part, and sealed again under a key for this one answer, which that province
alone can open: whoever listens, or repeats the ticket, has noise.
"""

import base64
import logging

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from chassis.document_parts import opened_parts, sealed_parts
from chassis.documents import DocumentName
from chassis.http import documents_of, runtime_of
from chassis.jobs import look_into_case
from chassis.tickets import Ticket, TicketRefused, read
from chassis.unit_of_work import UnitOfWork
from services.intake.documents_api import about_in
from services.intake.domain.case import ApplicationState, Case
from services.intake.domain.document import Document
from services.intake.domain.errors import ContentErased, NotHandedOver
from services.intake.repository import document_name

log = logging.getLogger(__name__)
router = APIRouter()

SCHEME = "Ticket "
KEY_HEADER = "Document-Key"


@router.get("/exchange/document")
async def hand_document_over(request: Request) -> Response:
    """The document that the ticket names, sealed for its bearer."""
    runtime = runtime_of(request)
    stated = request.headers.get("authorization", "")
    if not stated.startswith(SCHEME):
        raise TicketRefused(f"found none, expected `Authorization: {SCHEME.strip()} …`")
    ticket = read(stated.removeprefix(SCHEME), runtime.engine.keyring, runtime.clock.now())
    if ticket.holder not in runtime.settings.provinces:
        raise TicketRefused(f"documents of {ticket.holder} are not kept here")
    uow = await look_into_case(runtime.engine, ticket.holder, ticket.case_id)
    document = document_for(ticket, uow)
    log.info(
        "document_handed_over",
        extra={"case_id": ticket.case_id, "document_id": document.document_id, "to_province": ticket.bearer},
    )
    return sealed_for_bearer(ticket, uow, request)


def document_for(ticket: Ticket, uow: UnitOfWork) -> Document:
    """Raises NotFound, NotHandedOver, ContentErased, DocumentGone, DocumentElsewhere, DocumentUnderWay."""
    case, document = uow.get(Case, ticket.case_id), uow.get(Document, ticket.document_id)
    if case.handed_to != ticket.bearer:
        raise NotHandedOver(number=case.facts.number, found=ticket.bearer, epoch=case.epoch)
    # An erasure empties the vault, and a case that comes back afterwards does not fill it again.
    if case.state is ApplicationState.ERASED or not uow.vault.get(document_name(document.document_id)):
        raise ContentErased(document=document.document_id, province=ticket.holder)
    document.check_readable()
    return document


def sealed_for_bearer(ticket: Ticket, uow: UnitOfWork, request: Request) -> Response:
    runtime = runtime_of(request)
    suite, store = runtime.engine.keyring.suite, documents_of(runtime)
    name = DocumentName(ticket.holder, ticket.case_id, ticket.document_id)
    key = base64.b64decode(about_in(uow, ticket.document_id)["key"])
    wire = suite.new_secret()
    sealed = uow.vault.seal_for(ticket.bearer, {"key": base64.b64encode(wire).decode()})
    opened = opened_parts(store.read(name), name, key, suite)
    return StreamingResponse(
        sealed_parts(opened, name, wire, suite),
        media_type="application/octet-stream",
        headers={KEY_HEADER: sealed.model_dump_json(), "Cache-Control": "no-store"},
    )

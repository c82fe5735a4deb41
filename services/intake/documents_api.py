"""Documents of a case: handing one in, seeing which there are, opening one, taking one out."""

import base64
import logging
import re
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from chassis.document_parts import opened_parts
from chassis.documents import DocumentName
from chassis.errors import NotFound
from chassis.http import Uow, Upload, Who, case_router, documents_of, look, named_case, runtime_of
from chassis.unit_of_work import UnitOfWork
from chassis.uploads import Staged
from schemas.cases import DocumentAdded
from schemas.codes import (
    DOCUMENT_KINDS,
    DOCUMENT_REMOVALS,
    DocumentKind,
    DocumentRemoval,
    LegalBasis,
)
from schemas.entered import entered
from schemas.ids import CaseId, DocumentId, Epoch, MemberId
from services.intake.api import CLERKS, STAFF
from services.intake.domain.case import Case
from services.intake.domain.document import Document, same_content
from services.intake.domain.member import Member
from services.intake.persons import Body
from services.intake.repository import document_name, shred

log = logging.getLogger(__name__)
router: APIRouter = case_router()

HANDLERS = CLERKS | {"lawyer", "mediator", "director"}

PERMISSIONS = {
    "add_document": HANDLERS,
    "list_documents": STAFF,
    "open_document": HANDLERS,
    "remove_document": CLERKS | {"director"},
}

FILE_NAME = re.compile(r"filename\*=(?:UTF-8|utf-8)''([^;\s]{1,600})", re.ASCII)


class RemovalBody(Body):
    """Why a document is taken out."""

    epoch: Epoch
    because: Annotated[DocumentRemoval, entered(DOCUMENT_REMOVALS)]


class Added(BaseModel):
    """The document, and whether the case had it already."""

    document: Document
    repeated: bool = False


@router.post("/cases/{case_id}/documents", status_code=201)
async def add_document(
    case_id: CaseId,
    document: Upload,
    kind: Annotated[DocumentKind, entered(DOCUMENT_KINDS), Query()],
    epoch: Annotated[Epoch, Query()],
    who: Who,
    uow: Uow,
    response: Response,
    member_id: Annotated[MemberId | None, Query()] = None,
    content_disposition: Annotated[str, Header()] = "",
) -> Added:
    """Hand a document in: its bytes are the body, its file name stands in `Content-Disposition`.

    One that the case has already is answered with 200, and not kept twice.
    """
    case = uow.get(Case, case_id)
    case.check_owner(by=who.agency, epoch=epoch)
    if member_id:
        uow.get(Member, member_id)
    if known := same_content(document.sha256, uow.all(Document)):
        response.status_code = 200
        return Added(document=known, repeated=True)
    about = uow.vault.seal(about_of(document, file_name_in(content_disposition)))
    uow.vault.keep(document_name(document.name.id), about)
    added = DocumentAdded(
        case_id=case_id,
        at=uow.now,
        document_id=document.name.id,
        agency=case.agency,
        epoch=case.epoch,
        kind=kind,
        media_type=document.media_type,
        size_bytes=document.size_bytes,
        sha256=document.sha256,
        member_id=member_id,
        about=about,
    )
    document.kept = True
    return Added(document=uow.begin(Document.added, added))


@router.get("/cases/{case_id}/documents")
async def list_documents(case_id: CaseId, uow: Uow) -> Sequence[Document]:
    """Which documents there are, without their names: those may say whose they are."""
    uow.get(Case, case_id)
    return uow.all(Document)


@router.get("/cases/{case_id}/documents/{document_id}/content")
async def open_document(
    case_id: CaseId, document_id: DocumentId, legal_basis: LegalBasis, who: Who, request: Request
) -> Response:
    """The document itself. Who looked, and on which legal basis, is logged; what he saw is not."""
    request.state.case_id = named_case(request)

    async def answer() -> Response:
        uow: UnitOfWork = request.state.uow
        opened = answered(uow, document_id, request)
        said = {"case_id": case_id, "document_id": document_id, "legal_basis": legal_basis}
        log.info("document_opened", extra={**said, "actor": who.sub, "agency": who.agency})
        return opened

    return await look(request, answer)


@router.post("/cases/{case_id}/documents/{document_id}/removal", status_code=201)
async def remove_document(
    case_id: CaseId, document_id: DocumentId, body: RemovalBody, who: Who, uow: Uow
) -> Document:
    """Take a document out of the case. Its bytes are destroyed."""
    document, case = uow.expect(Document, document_id), uow.get(Case, case_id)
    removed = document.remove(case, body.because, by=who.agency, epoch=body.epoch, at=uow.now)
    shred(uow, document_id)
    return uow.emit(document, removed)


def answered(uow: UnitOfWork, id: DocumentId, request: Request) -> Response:
    """The bytes, opened part by part as they leave.

    Raises DocumentGone, ContentErased, DocumentUnderWay, KeyErased.
    """
    document, runtime = uow.get(Document, id), runtime_of(request)
    document.check_readable()
    about = about_in(uow, id)
    name = DocumentName(uow.province, uow.case_id, id)
    key = base64.b64decode(about["key"])
    store, suite = documents_of(runtime), runtime.engine.keyring.suite
    return StreamingResponse(
        opened_parts(store.read(name), name, key, suite),
        media_type=document.media_type,
        headers={
            "Content-Length": str(document.size_bytes),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(about['file_name'])}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(document.sha256)).decode()}:",
        },
    )


def about_in(uow: UnitOfWork, id: DocumentId) -> dict[str, Any]:
    """What was sealed of a document. Raises KeyErased."""
    uow.vault.check_readable()
    sealed = uow.vault.get(document_name(id))
    if sealed is None:
        raise NotFound(kind="Document", id=id)
    about: dict[str, Any] = uow.vault.unseal(sealed)
    return about


def about_of(document: Staged, file_name: str) -> dict[str, Any]:
    return {"file_name": file_name, "key": base64.b64encode(document.key).decode()}


def file_name_in(disposition: str) -> str:
    """RFC 6266: a name as people give it is percent-encoded UTF-8; a path is cut off."""
    found = FILE_NAME.search(disposition)
    name = unquote(found[1], errors="replace") if found else ""
    return re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[/\\]", name)[-1])[:200] or "document"

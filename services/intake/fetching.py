"""Fetches the documents of a case from the province that it came from, and checks each by its hash."""

import base64
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import httpx

from chassis.crypto import CannotOpen
from chassis.document_parts import opened_parts
from chassis.documents import DocumentName
from chassis.errors import ChassisError
from chassis.http import documents_of
from chassis.jobs import act_on_case, look_into_case, work_off
from chassis.tickets import Ticket, written
from chassis.unit_of_work import UnitOfWork
from chassis.uploads import Staged, stage
from schemas.fields import Sealed
from schemas.ids import Province
from services.intake.documents_api import about_in, about_of
from services.intake.domain.case import Case
from services.intake.domain.document import Document, DocumentState
from services.intake.handing_over import KEY_HEADER, SCHEME
from services.intake.repository import awaited_documents, document_name, shred

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_S: Final = 1.0
LONGEST: Final = timedelta(minutes=5)
"""Between two attempts for one document."""

Attempts = dict[DocumentName, tuple[int, datetime]]
"""How often it failed, and when it is tried again."""


async def fetch_documents(runtime: "Runtime") -> None:
    """Fetch what is awaited, until the service stops."""
    attempts: Attempts = {}
    async with httpx.AsyncClient(timeout=30) as http:
        await work_off(runtime, lambda: fetch_awaited(runtime, http, attempts), look_s=LOOK_S)


async def fetch_awaited(runtime: "Runtime", http: httpx.AsyncClient, attempts: Attempts) -> int:
    """How many came."""
    awaited = await awaited_documents(runtime.database, runtime.settings.provinces)
    return sum([await attempt(runtime, http, name, attempts) for name in awaited])


async def attempt(
    runtime: "Runtime", http: httpx.AsyncClient, name: DocumentName, attempts: Attempts
) -> bool:
    """Try one document, and say whether it came; after a failure later again, and ever less often."""
    failed, again_at = attempts.get(name, (0, runtime.clock.now()))
    if runtime.clock.now() < again_at:
        return False
    try:
        came = await fetch(runtime, http, name)
        attempts.pop(name, None)
        return came
    except (httpx.HTTPError, ChassisError, ValueError) as error:
        wait = min(LONGEST, timedelta(seconds=2 ** min(failed, 10)))
        attempts[name] = (failed + 1, runtime.clock.now() + wait)
        log.warning(
            "document_not_fetched",
            extra={"case_id": name.case_id, "document_id": name.id, "error": type(error).__name__},
        )
        return False


async def fetch(runtime: "Runtime", http: httpx.AsyncClient, name: DocumentName) -> bool:
    """Get it, seal it under a key of ours, compare its hash, and say that it is here."""
    seen = await look_into_case(runtime.engine, name.province, name.case_id)
    case, document = seen.get(Case, name.case_id), seen.get(Document, name.id)
    if case.came_from is None or document.state is not DocumentState.AWAITED:
        return False
    ticket = Ticket(
        case_id=name.case_id,
        document_id=name.id,
        holder=case.came_from,
        bearer=name.province,
        issued_at=runtime.clock.now(),
    )
    headers = {"Authorization": SCHEME + written(ticket, runtime.engine.keyring)}
    address = address_of(runtime, case.came_from)
    async with http.stream("GET", f"{address}/exchange/document", headers=headers) as answer:
        answer.raise_for_status()
        wire = seen.vault.open_letter(Sealed.model_validate_json(answer.headers[KEY_HEADER]))
        suite = runtime.engine.keyring.suite
        bytes_of_it = opened_parts(answer.aiter_bytes(), name, base64.b64decode(wire["key"]), suite)
        staged = await staged_whole(runtime, name, bytes_of_it, document)
    return await act_on_case(
        runtime.engine, name.province, name.case_id, lambda uow: say_fetched(uow, staged, ticket.holder)
    )


async def staged_whole(
    runtime: "Runtime", name: DocumentName, pieces: AsyncIterator[bytes], document: Document
) -> Staged:
    """In our store, if it is what was announced; else nowhere. Raises CannotOpen."""
    store = documents_of(runtime)
    staged = await stage(name, pieces, document.media_type, store, runtime.engine.keyring.suite)
    if staged.sha256 != document.sha256:
        await store.remove(name)
        raise CannotOpen("a document with another hash than was announced")
    return staged


def say_fetched(uow: UnitOfWork, staged: Staged, province: Province) -> None:
    """Say that it is here; what was removed while its bytes were under way is destroyed again."""
    document = uow.get(Document, staged.name.id)
    if document.state is DocumentState.REMOVED:
        shred(uow, staged.name.id)
    if document.state is not DocumentState.AWAITED:
        return
    about = uow.vault.seal(about_of(staged, about_in(uow, staged.name.id)["file_name"]))
    uow.vault.keep(document_name(staged.name.id), about)
    uow.emit(document, document.fetched(province, about, at=uow.now))


def address_of(runtime: "Runtime", province: Province) -> str:
    """Where intake of that province answers. Raises ValueError if nobody said."""
    if province in runtime.settings.provinces:
        return f"http://127.0.0.1:{runtime.http_port}"
    if province not in runtime.settings.intakes:
        raise ValueError("CASEBRIDGE_INTAKES names no address of that province")
    return runtime.settings.intakes[province]

"""Fetches the documents of a case from the province that it came from, and checks each by its hash."""

import base64
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import httpx

from chassis.crypto import CannotOpen
from chassis.document_parts import opened_parts
from chassis.documents import DocumentName
from chassis.errors import CaseHeld
from chassis.http import documents_of
from chassis.jobs import act_on_case, look_into_case, work_off
from chassis.tickets import Ticket, written
from chassis.unit_of_work import UnitOfWork
from chassis.uploads import Staged, stage
from schemas.fields import Sealed
from schemas.ids import PROVINCES, CaseId, DocumentId, Province
from schemas.refusals import Refusal
from services.intake.documents_api import about_in, about_of
from services.intake.domain.case import ApplicationState, Case
from services.intake.domain.document import Document, DocumentState
from services.intake.handing_over import KEY_HEADER, SCHEME
from services.intake.repository import awaited_documents, document_name, shred

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_S: Final = 1.0
LONGEST: Final = timedelta(hours=1)
"""Between two attempts for one document: a second at first, and twice as long each time."""
AT_ONCE: Final = 200
"""Documents that are looked at, before it is asked what else is awaited."""

NOBODY_HAS_IT: Final = frozenset({"content-erased", "key-erased"})
"""Problems by which another province says that it was erased; the second is that of earlier releases."""

FIRST: Final = DocumentName(Province(""), CaseId(""), DocumentId(""))


@dataclass(slots=True)
class Asking:
    """How far the round of what is awaited has come: those that nobody answers keep no other one waiting."""

    after: DocumentName = FIRST
    attempts: dict[DocumentName, tuple[int, datetime]] = field(default_factory=dict)
    """How often it failed, and when it is tried again."""


async def fetch_documents(runtime: "Runtime") -> None:
    """Fetch what is awaited, until the service stops."""
    asking = Asking()
    async with httpx.AsyncClient(timeout=30) as http:
        await work_off(runtime, lambda: fetch_awaited(runtime, http, asking), look_s=LOOK_S)


async def fetch_awaited(runtime: "Runtime", http: httpx.AsyncClient, asking: Asking) -> int:
    """For how many nobody waits any more."""
    provinces = runtime.settings.provinces
    awaited = await awaited_documents(runtime.database, provinces, asking.after, AT_ONCE)
    asking.after = awaited[-1] if len(awaited) == AT_ONCE else FIRST
    return sum([await attempt(runtime, http, name, asking) for name in awaited])


async def attempt(runtime: "Runtime", http: httpx.AsyncClient, name: DocumentName, asking: Asking) -> bool:
    """Try one document, and say whether nobody waits for it any more; else later again, ever less often."""
    failed, again_at = asking.attempts.get(name, (0, runtime.clock.now()))
    if runtime.clock.now() < again_at:
        return False
    try:
        await fetch(runtime, http, name)
    except (httpx.HTTPError, Refusal, ValueError) as error:
        asking.attempts[name] = (failed + 1, runtime.clock.now() + pause_after(failed))
        log.warning(
            "document_not_fetched",
            extra={"case_id": name.case_id, "document_id": name.id, "error": type(error).__name__},
        )
        return False
    asking.attempts.pop(name, None)
    return True


def pause_after(failed: int) -> timedelta:
    """How long nobody asks again, when it failed once more after so many times."""
    return min(LONGEST, timedelta(seconds=2 ** min(failed, 12)))


async def fetch(runtime: "Runtime", http: httpx.AsyncClient, name: DocumentName) -> None:
    """Get it, seal it under a key of ours, compare its hash, and say that it is here; or that it never comes.

    Raises CaseHeld, CannotOpen, TicketRefused: it is tried again.
    """
    seen = await look_into_case(runtime.engine, name.province, name.case_id)
    case, document = seen.get(Case, name.case_id), seen.get(Document, name.id)
    if document.state is not DocumentState.AWAITED:
        return
    if case.state is ApplicationState.ERASED:
        await say(runtime, name, lambda uow: say_erased(uow, name.id, name.province))
        return
    holder = document.from_province
    if holder is None:
        raise ValueError("nobody said where it is to come from")
    if document.went_back(case):
        await say(runtime, name, lambda uow: say_missed(uow, name.id, holder))
        return
    ticket = Ticket(
        case_id=name.case_id,
        document_id=name.id,
        holder=holder,
        bearer=name.province,
        issued_at=runtime.clock.now(),
    )
    headers = {"Authorization": SCHEME + written(ticket, runtime.engine.keyring)}
    async with http.stream(
        "GET", f"{address_of(runtime, holder)}/exchange/document", headers=headers
    ) as answer:
        if answer.status_code == httpx.codes.GONE and kind_of(await answer.aread()) in NOBODY_HAS_IT:
            await say(runtime, name, lambda uow: say_erased(uow, name.id, holder))
            return
        if answer.status_code == httpx.codes.CONFLICT:
            later = later_owner(await answer.aread(), case, holder)
            if later is not None:
                await say(runtime, name, lambda uow: say_missed(uow, name.id, later))
                return
        answer.raise_for_status()
        wire = seen.vault.open_letter(Sealed.model_validate_json(answer.headers[KEY_HEADER]))
        suite = runtime.engine.keyring.suite
        bytes_of_it = opened_parts(answer.aiter_bytes(), name, base64.b64decode(wire["key"]), suite)
        staged = await staged_whole(runtime, name, bytes_of_it, document)
    await say(runtime, name, lambda uow: say_fetched(uow, staged, holder))


def kind_of(problem: bytes) -> str:
    """What the other province itself calls it: a gateway between may refuse for reasons of its own."""
    type = said_in(problem).get("type")
    return type.rpartition(":")[2] if isinstance(type, str) else ""


def later_owner(problem: bytes, case: Case, holder: Province) -> Province | None:
    """Who got the case after this province, as the one says that was asked for the document.

    One that has not heard yet that the case left it names an earlier epoch: it is asked again.
    """
    fields = said_in(problem).get("fields")
    said = fields if isinstance(fields, dict) else {}
    epoch, province = str(said.get("epoch")), str(said.get("province"))
    match kind_of(problem):
        case "not-handed-over" if epoch.isdecimal() and int(epoch) > case.epoch:
            return holder
        case "document-elsewhere" if province in PROVINCES:
            return Province(province)
    return None


def said_in(problem: bytes) -> dict[str, Any]:
    try:
        said = json.loads(problem)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


async def say(runtime: "Runtime", name: DocumentName, work: Callable[[UnitOfWork], None]) -> None:
    """Raises CaseHeld."""
    if not await act_on_case(runtime.engine, name.province, name.case_id, work):
        raise CaseHeld(case_id=name.case_id, cause="held")


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


def say_erased(uow: UnitOfWork, id: DocumentId, province: Province) -> None:
    """Say that it will never come, as it was erased there."""
    document = uow.get(Document, id)
    uow.emit(document, document.erased(province, at=uow.now))


def say_missed(uow: UnitOfWork, id: DocumentId, province: Province) -> None:
    """Say that it is where the case went: this province has the case no more."""
    case, document = uow.get(Case, uow.case_id), uow.get(Document, id)
    uow.emit(document, document.missed(case, province, at=uow.now))


def address_of(runtime: "Runtime", province: Province) -> str:
    """Where intake of that province answers. Raises ValueError if nobody said."""
    if province in runtime.settings.provinces:
        return f"http://127.0.0.1:{runtime.http_port}"
    if province not in runtime.settings.intakes:
        raise ValueError("CASEBRIDGE_INTAKES names no address of that province")
    return runtime.settings.intakes[province]

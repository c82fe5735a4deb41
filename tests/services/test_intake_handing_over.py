"""Documents that go with a case: fetched by ticket, checked by hash, unreadable for everybody else."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter
from sqlalchemy import text

from chassis.crypto import CannotOpen
from chassis.documents import DocumentName, FolderStore
from chassis.embedded.parts import Addresses
from chassis.jobs import act_on_case
from chassis.tickets import Ticket, written
from schemas.fields import Sealed
from schemas.ids import CaseId, DocumentId, Province
from services.intake.app import service as intake
from services.intake.domain.document import Document
from services.intake.fetching import pause_after, say_fetched, staged_whole
from services.intake.handing_over import KEY_HEADER
from services.routing.app import service as routing
from tests.deployment import deployed, until
from tests.services.test_routing_moves import GUANGDONG, STATION, World

PDF = b"%PDF-1.7\n" + b"a wage record " * 20_000


@pytest.fixture(scope="module")
async def world(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder = tmp_path_factory.mktemp("handing_over")
    async with (
        deployed(addresses, folder, [intake, routing], ["00", "33", "44", "51"]) as parts,
        AsyncExitStack() as stack,
    ):
        runtimes = {
            service.name: await stack.enter_async_context(parts.running(service))
            for service in (intake, routing)
        }
        yield World(parts, runtimes)


async def hand_in(world: World, case: str, raw: bytes) -> str:
    async with world.parts.client(world.runtimes["intake"], "hotline_clerk", "44", agency=GUANGDONG) as clerk:
        added = await clerk.post(
            f"/cases/{case}/documents",
            params={"kind": "pay-record", "epoch": 1},
            content=raw,
            headers={"Content-Disposition": "attachment; filename*=UTF-8''pay.pdf"},
        )
    assert added.status_code == 201, added.text
    return str(added.json()["document"]["document_id"])


async def offered_to_station(world: World, raw: bytes) -> tuple[str, str, dict[str, Any]]:
    """A case with a document, and its offer to the station of Sichuan."""
    case = await world.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")
    document = await hand_in(world, case, raw)
    offer = await world.offer_to(STATION, case)
    await world.see(
        f"/cases/{case}/custody",
        GUANGDONG,
        lambda custody: document in [item["id"] for item in custody["items"]],
    )
    return case, document, offer


async def accept(world: World, offer: dict[str, Any]) -> None:
    accepted = await world.answer(offer, STATION, "acceptance")
    assert accepted.status_code == 201, accepted.text


async def moved_to_station(world: World, raw: bytes) -> tuple[str, str]:
    """A case with a document, taken over by the station of Sichuan."""
    case, document, offer = await offered_to_station(world, raw)
    await accept(world, offer)
    await world.placed(case, STATION, 2)
    return case, document


async def remove(world: World, case: str, document: str, agency: str, epoch: int) -> httpx.Response:
    path = f"/cases/{case}/documents/{document}/removal"
    said = {"epoch": epoch, "because": "subject-request"}
    removed = await world.ask("intake", "POST", path, agency, "director", said, **{"If-Match": "*"})
    assert removed.status_code == 201, removed.text
    return removed


async def destroyed(world: World, case: str, document: str, province: str) -> None:
    """Waits until the province has no bytes of it."""

    async def gone() -> bool:
        return not (world.parts.folder / "documents" / province / case / document).exists()

    await until(gone, f"the copy of {province} is destroyed")


async def listed(world: World, case: str, agency: str, document: str, state: str) -> dict[str, Any]:
    """The document as the list of that agency's province has it, once it is so."""
    found: dict[str, Any] = {}

    async def as_wanted() -> bool:
        answer = await world.ask("intake", "GET", f"/cases/{case}/documents", agency, "caseworker")
        found.update({each["document_id"]: each for each in answer.json()})
        return document in found and found[document]["state"] == state

    await until(as_wanted, f"the document is {state}")
    return dict(found[document])


async def with_ticket(world: World, ticket: Ticket) -> httpx.Response:
    runtime = world.runtimes["intake"]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{runtime.http_port}") as http:
        headers = {"Authorization": f"Ticket {written(ticket, runtime.engine.keyring)}"}
        return await http.get("/exchange/document", headers=headers)


def a_ticket(world: World, case: str, document: str, bearer: str = "51") -> Ticket:
    return Ticket(
        case_id=CaseId(case),
        document_id=DocumentId(document),
        holder=Province("44"),
        bearer=Province(bearer),
        issued_at=world.runtimes["intake"].clock.now(),
    )


async def test_a_document_follows_its_case_and_is_opened_there(world: World) -> None:
    case, document = await moved_to_station(world, PDF)
    await listed(world, case, STATION, document, "here")
    opened = await world.ask(
        "intake",
        "GET",
        f"/cases/{case}/documents/{document}/content?legal_basis=LAL-43",
        STATION,
        "caseworker",
    )
    assert opened.content == PDF
    assert "pay.pdf" in opened.headers["content-disposition"]
    stored = [world.parts.folder / "documents" / province / case / document for province in ("44", "51")]
    assert stored[0].read_bytes() != stored[1].read_bytes(), "each province has it under a key of its own"
    types = [m.event.type for _, m in await world.parts.records("cn51.cases") if m.envelope.subject == case]
    assert "casebridge.document.fetched.v1" in types


async def test_only_who_has_the_case_now_gets_its_documents_and_only_he_can_open_them(world: World) -> None:
    case, document = await moved_to_station(world, PDF + b"2")
    other = await world.apply(GUANGDONG, home="442000", work="442000", case_type="wage-arrears")
    kept = await hand_in(world, other, PDF + b"3")

    async def handed_over() -> bool:
        return (await with_ticket(world, a_ticket(world, case, document))).status_code == 200

    await until(handed_over, "intake at the origin knows that the case is gone")
    answer = await with_ticket(world, a_ticket(world, case, document))
    stranger = await with_ticket(world, a_ticket(world, case, document, bearer="33"))
    not_moved = await with_ticket(world, a_ticket(world, other, kept))
    async with httpx.AsyncClient() as http:
        port = world.runtimes["intake"].http_port
        without = await http.get(f"http://127.0.0.1:{port}/exchange/document")

    assert (stranger.status_code, not_moved.status_code, without.status_code) == (409, 409, 403)
    assert b"a wage record" not in answer.content
    keyring = world.runtimes["intake"].engine.keyring
    sealed = Sealed.model_validate_json(answer.headers[KEY_HEADER])
    assert keyring.open_letter(sealed, Province("51"), case.encode())
    with pytest.raises(CannotOpen):
        keyring.open_letter(sealed, Province("51"), b"another case")


async def test_a_document_that_was_changed_where_it_lay_is_not_taken(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    case = await world.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")
    document = await hand_in(world, case, PDF + b"4")
    name = DocumentName(Province("44"), CaseId(case), DocumentId(document))
    store = FolderStore(world.parts.folder / "documents")

    async def noise() -> AsyncIterator[bytes]:
        yield base64.b64encode(b"not what was handed in")

    await store.write(name, noise())
    offer = await world.offer_to(STATION, case)
    await world.see(
        f"/cases/{case}/custody",
        GUANGDONG,
        lambda custody: document in [item["id"] for item in custody["items"]],
    )
    await world.answer(offer, STATION, "acceptance")
    await world.placed(case, STATION, 2)

    async def tried() -> bool:
        failed = [each for each in caplog.records if each.message == "document_not_fetched"]
        return document in [vars(each)["document_id"] for each in failed]

    await until(tried, "it is tried to fetch the document")
    opened = await world.ask(
        "intake",
        "GET",
        f"/cases/{case}/documents/{document}/content?legal_basis=LAL-43",
        STATION,
        "caseworker",
    )
    assert opened.json()["type"] == "urn:casebridge:problem:document-under-way"
    assert not (world.parts.folder / "documents" / "51" / case / document).exists()


async def test_a_document_with_another_hash_than_was_announced_is_kept_nowhere(world: World) -> None:
    case = await world.apply(GUANGDONG, home="442000", work="442000", case_type="wage-arrears")
    id = await hand_in(world, case, PDF + b"5")
    listed = await world.ask("intake", "GET", f"/cases/{case}/documents", GUANGDONG, "caseworker")
    announced = TypeAdapter(Document).validate_json(json.dumps(listed.json()[0]))
    name = DocumentName(Province("51"), CaseId(case), DocumentId(id))

    async def another() -> AsyncIterator[bytes]:
        yield b"%PDF-1.7 something else"

    with pytest.raises(CannotOpen, match="another hash"):
        await staged_whole(world.runtimes["intake"], name, another(), announced)
    assert not (world.parts.folder / "documents" / "51" / case / id).exists()


async def erase(world: World, case: str, agency: str) -> None:
    """Both of two people agree to it, of a case that has ended there."""
    said = {"because": "entered-in-error", "legal_basis": "PIPL-47"}
    for role, what in (("intake_clerk", "erasure"), ("director", "erasure/approval")):
        runtime, province = world.runtimes["intake"], agency[:2]
        async with world.parts.client(runtime, role, province, agency=agency, sub=role) as person:
            asked = await person.post(f"/cases/{case}/{what}", json=said, headers={"If-Match": "*"})
        assert asked.status_code == 201, asked.text


async def moved_without_its_document(world: World, raw: bytes) -> tuple[str, str]:
    """A case at the station of Sichuan whose document cannot come: its bytes at the origin are noise."""
    case, document, offer = await offered_to_station(world, raw)

    async def noise() -> AsyncIterator[bytes]:
        yield base64.b64encode(b"not what was handed in")

    name = DocumentName(Province("44"), CaseId(case), DocumentId(document))
    await FolderStore(world.parts.folder / "documents").write(name, noise())
    await accept(world, offer)
    await world.placed(case, STATION, 2)
    await listed(world, case, STATION, document, "awaited")
    return case, document


async def test_what_was_erased_where_it_was_to_come_from_is_awaited_no_more(world: World) -> None:
    case, document = await moved_without_its_document(world, PDF + b"9")

    async def left() -> bool:
        answer = await world.ask("intake", "GET", f"/cases/{case}", GUANGDONG, "caseworker")
        return bool(answer.json()["state"] == "handed-over")

    await until(left, "intake at the origin knows that the case is gone")
    await erase(world, case, GUANGDONG)

    seen = await listed(world, case, STATION, document, "erased")
    assert seen["erased_in"] == "44"
    content = f"/cases/{case}/documents/{document}/content?legal_basis=LAL-43"
    opened = await world.ask("intake", "GET", content, STATION, "caseworker")
    assert (opened.status_code, opened.json()["type"]) == (410, "urn:casebridge:problem:content-erased")
    types = [m.event.type for _, m in await world.parts.records("cn51.cases") if m.envelope.subject == case]
    assert "casebridge.document.erased.v1" in types


async def test_what_was_erased_here_before_it_came_is_awaited_no_more(world: World) -> None:
    case, document = await moved_without_its_document(world, PDF + b"10")
    withdrawn = {"because": "entered-in-error", "epoch": 2}
    path = f"/cases/{case}/withdrawal"
    gone = await world.ask("intake", "POST", path, STATION, "director", withdrawn, **{"If-Match": "*"})
    assert gone.status_code == 201, gone.text
    await erase(world, case, STATION)

    seen = await listed(world, case, STATION, document, "erased")
    assert seen["erased_in"] == "51"


async def test_those_that_nobody_answers_keep_no_other_document_waiting(world: World) -> None:
    """More are awaited than are looked at in one go, from a province that nobody named an address of."""
    case, document, offer = await offered_to_station(world, PDF + b"11")
    many = """
        INSERT INTO document (province, id, case_id, version, state, standing)
        SELECT '33', id || '-' || n, case_id || '-' || n, version, state, 'awaited'
        FROM document, generate_series(1, 250) AS n WHERE id = :d AND province = '44'
    """
    await world.parts.rows("intake", many, d=document)
    await accept(world, offer)
    await world.placed(case, STATION, 2)
    await listed(world, case, STATION, document, "here")
    await world.parts.rows("intake", "DELETE FROM document WHERE province = '33'")


def test_it_is_asked_ever_less_often() -> None:
    pauses = [pause_after(failed) for failed in range(20)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=1), timedelta(hours=1))


async def test_of_what_was_removed_while_it_was_fetched_nothing_stays(world: World) -> None:
    case = await world.apply(GUANGDONG, home="442000", work="442000", case_type="wage-arrears")
    id = await hand_in(world, case, PDF + b"8")
    removed = await remove(world, case, id, GUANGDONG, epoch=1)
    await destroyed(world, case, id, "44")
    document = TypeAdapter(Document).validate_json(removed.content)
    name, engine = DocumentName(Province("44"), CaseId(case), DocumentId(id)), world.runtimes["intake"].engine

    async def bytes_under_way() -> AsyncIterator[bytes]:
        yield PDF + b"8"

    staged = await staged_whole(world.runtimes["intake"], name, bytes_under_way(), document)
    await act_on_case(
        engine, name.province, name.case_id, lambda uow: say_fetched(uow, staged, Province("33"))
    )

    await destroyed(world, case, id, "44")


async def test_what_is_removed_where_the_case_is_now_is_removed_where_it_came_from(world: World) -> None:
    case, document = await moved_to_station(world, PDF + b"6")
    await listed(world, case, STATION, document, "here")
    removed = await remove(world, case, document, STATION, epoch=2)

    seen = await listed(world, case, GUANGDONG, document, "removed")
    said = {"agency": STATION, "because": "subject-request"}
    assert seen["removal"] == said | {"at": removed.json()["removal"]["at"], "province": "51"}
    assert removed.json()["removal"] == seen["removal"] | {"province": None}
    await destroyed(world, case, document, "44")


async def test_what_is_removed_while_the_case_leaves_is_removed_where_it_goes(world: World) -> None:
    """Intake at the origin says so before it hears that the case is gone: until then its row is locked."""
    case, document, offer = await offered_to_station(world, PDF + b"7")
    await world.parts.settled("intake", "routing")
    intake_at_origin = "SELECT 1 FROM case_row WHERE province = '44' AND case_id = :c FOR UPDATE"
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

    async def removal_waits() -> bool:
        return bool(await world.parts.rows("intake", waiting))

    async def leave_meanwhile() -> None:
        async with world.parts.engine("intake").begin() as held:
            await held.execute(text(intake_at_origin), {"c": case})
            ready.set()
            await until(removal_waits, "the removal waits")
            await accept(world, offer)
            await world.see(f"/cases/{case}/custody", GUANGDONG, lambda custody: custody["state"] == "ended")

    async def remove_here() -> httpx.Response:
        await ready.wait()
        return await remove(world, case, document, GUANGDONG, epoch=1)

    ready = asyncio.Event()
    _, removed = await asyncio.gather(leave_meanwhile(), remove_here())
    await world.placed(case, STATION, 2)

    seen = await listed(world, case, STATION, document, "removed")
    assert seen["removal"] == removed.json()["removal"] | {"province": "44"}
    for province in ("44", "51"):
        await destroyed(world, case, document, province)

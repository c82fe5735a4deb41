"""Two provinces with brokers, databases and documents of their own: what goes after a case that moved."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from casebridge.services import NAMES
from chassis.document_parts import sealed_parts
from chassis.documents import DocumentName, FolderStore
from chassis.jobs import look_into_case
from chassis.runtime import Runtime, start_loops
from schemas.ids import CaseId, DocumentId, Province
from services.intake.documents_api import about_in
from tests.deployment import until
from tests.services.test_routing_moves import GUANGDONG, STATION, World
from tests.stage import Provinces

PDF = b"%PDF-1.7\n" + b"a wage record " * 20_000
LEAVES = {"because": "own-wish", "epoch": 1}


@dataclass(frozen=True)
class Both:
    """The deployment that a case comes from, and the one that it goes to."""

    guangdong: World
    sichuan: World

    async def offered(self, document: bytes = b"") -> tuple[str, str, dict[str, Any]]:
        """A case of two heirs with a document, which Luxian's station is asked to take."""
        case = await self.guangdong.apply(
            GUANGDONG, home="510521", work="442000", case_type="death-compensation"
        )
        id = await self.hand_in(case, document) if document else ""
        offer = await self.sichuan.offer_to(STATION, case)
        carried = {id} if id else set()
        await self.guangdong.see(
            f"/cases/{case}/custody",
            GUANGDONG,
            lambda custody: carried <= {item["id"] for item in custody["items"]},
        )
        return case, id, offer

    async def hand_in(self, case: str, raw: bytes) -> str:
        runtime = self.guangdong.runtimes["intake"]
        async with self.guangdong.parts.client(runtime, "hotline_clerk", "44", agency=GUANGDONG) as clerk:
            added = await clerk.post(
                f"/cases/{case}/documents",
                params={"kind": "pay-record", "epoch": 1},
                content=raw,
                headers={"Content-Disposition": "attachment; filename*=UTF-8''pay.pdf"},
            )
        assert added.status_code == 201, added.text
        return str(added.json()["document"]["document_id"])

    async def take_over(self, case: str, offer: dict[str, Any]) -> None:
        accepted = await self.sichuan.answer(offer, STATION, "acceptance")
        assert accepted.status_code == 201, accepted.text
        await self.sichuan.placed(case, STATION, 2)

    async def documents(self, case: str) -> list[tuple[str, str]]:
        found = await self.sichuan.ask("intake", "GET", f"/cases/{case}/documents", STATION, "caseworker")
        return [(each["document_id"], each["state"]) for each in found.json()]


@pytest.fixture
def both(stage: Provinces) -> Both:
    worlds = [
        World(stage.deployments[code], {name: stage.runtimes[code, name] for name in NAMES})
        for code in (Province("44"), Province("51"))
    ]
    return Both(*worlds)


async def test_a_document_is_fetched_from_the_other_deployment_and_opened_there(both: Both) -> None:
    case, document, offer = await both.offered(PDF)

    await both.take_over(case, offer)

    async def here() -> bool:
        return await both.documents(case) == [(document, "here")]

    await until(here, "the document is fetched")
    path = f"/cases/{case}/documents/{document}/content?legal_basis=LAL-43"
    opened = await both.sichuan.ask("intake", "GET", path, STATION, "caseworker")
    assert opened.content == PDF
    stores = [world.parts.folder / "documents" for world in (both.guangdong, both.sichuan)]
    kept = [store / code / case / document for store, code in zip(stores, ("44", "51"), strict=True)]
    assert kept[0].read_bytes() != kept[1].read_bytes(), "each has it under a key of its own"
    assert not (stores[0] / "51").exists()
    assert not (stores[1] / "44").exists()


async def test_a_document_that_is_not_what_was_announced_is_kept_nowhere(
    both: Both, caplog: pytest.LogCaptureFixture
) -> None:
    case, document, offer = await both.offered(PDF + b"2")
    other = await both.hand_in(case, PDF + b"3")
    await forge(both.guangdong, case, document, PDF + b"4")

    await both.take_over(case, offer)

    async def tried() -> bool:
        failed = [vars(each) for each in caplog.records if each.message == "document_not_fetched"]
        return document in [each["document_id"] for each in failed]

    async def other_is_here() -> bool:
        return sorted(await both.documents(case)) == sorted([(document, "awaited"), (other, "here")])

    await until(tried, "it was tried")
    await until(other_is_here, "what is as it was announced comes all the same")
    assert not (both.sichuan.parts.folder / "documents" / "51" / case / document).exists()


async def forge(world: World, case: str, document: str, raw: bytes) -> None:
    """Put other bytes in the place of a document, sealed as it was: its hash alone tells."""
    engine = world.runtimes["intake"].engine
    name = DocumentName(Province("44"), CaseId(case), DocumentId(document))
    key = base64.b64decode(
        about_in(await look_into_case(engine, name.province, name.case_id), name.id)["key"]
    )

    async def pieces() -> AsyncIterator[bytes]:
        yield raw

    store = FolderStore(world.parts.folder / "documents")
    await store.write(name, sealed_parts(pieces(), name, key, engine.keyring.suite))


@asynccontextmanager
async def deaf(runtime: Runtime) -> AsyncIterator[None]:
    """A service that hears nothing of the others for a while; it still answers people."""
    hearing = {name: task for name, task in runtime.tasks.items() if name.startswith("bus")}
    for name, task in hearing.items():
        task.cancel()
        del runtime.tasks[name]
    await asyncio.wait(hearing.values())
    yield
    start_loops(runtime)


async def test_a_member_who_leaves_when_the_case_has_moved_leaves_where_it_is(both: Both) -> None:
    case, _, offer = await both.offered()
    members = await both.guangdong.ask("intake", "GET", f"/cases/{case}/members", GUANGDONG, "director")
    gone = members.json()[0]["member_id"]
    path, tag = f"/cases/{case}/members/{gone}/departure", {"If-Match": "*"}
    async with deaf(both.guangdong.runtimes["intake"]):
        await both.take_over(case, offer)
        left = await both.guangdong.ask("intake", "POST", path, GUANGDONG, "director", LEAVES, **tag)

    assert left.status_code == 201, left.text

    async def left_there() -> bool:
        found = await both.sichuan.ask("intake", "GET", f"/cases/{case}/members", STATION, "director")
        return [each["left"] for each in found.json() if each["member_id"] == gone] == ["own-wish"]

    async def counted() -> bool:
        found = await both.sichuan.ask("mediation", "GET", f"/cases/{case}/claims", STATION, "director")
        claims = found.json()
        ended = {each["member_id"]: each["ended"] for each in claims["items"]}
        return (claims["registered"], claims["announced"], ended[gone]) == (1, 1, "left")

    await until(left_there, "he left in Sichuan")
    await until(counted, "one claim of one member")
    custody = await both.sichuan.placed(case, STATION, 2)
    assert (custody["facts"]["members"], custody["facts"]["claim_fen"]) == (1, 100)

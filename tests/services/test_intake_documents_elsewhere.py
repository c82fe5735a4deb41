"""A document that did not come before its case left again: it is with the case, and nobody asks in vain."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.documents import DocumentName, FolderStore
from chassis.embedded.parts import Addresses
from chassis.keyring import CaseKey
from chassis.runtime import Runtime
from schemas.codes import EnclosureKind
from schemas.facts import Enclosure
from schemas.ids import AgencyId, CaseId, DocumentId, Province, TransferId
from schemas.keys import KeysIssued
from schemas.samples import a, facts
from schemas.transfers import CustodyAmended, CustodyBegun, CustodyEnded
from services.intake.app import service
from tests.deployment import Deployment, Source, deployed, source, until
from tests.services.applying import an_application

SOUTH, HOME, THIRD = Province("44"), Province("51"), Province("33")
PDF = b"%PDF-1.7\n" + b"a wage record " * 200


def agency_of(province: Province) -> AgencyId:
    return AgencyId(f"{province}0000-legal-aid")


@dataclass
class Tour:
    """One case with one document that goes from province to province, as their routings say it."""

    parts: Deployment
    runtime: Runtime
    routing: dict[Province, Source]
    case: CaseId = field(init=False)
    document: dict[str, Any] = field(init=False)
    keys: dict[Province, CaseKey] = field(default_factory=dict)
    epoch: int = 1
    there: Province = SOUTH

    async def begin(self) -> None:
        """Somebody applies in the south, with a paper, and where it lies it is noise for now."""
        async with self.parts.client(self.runtime, "intake_clerk", SOUTH, agency=agency_of(SOUTH)) as clerk:
            wish = {"Idempotency-Key": "tour"}
            applied = await clerk.post("/applications", json=an_application(), headers=wish)
            assert applied.status_code == 201, applied.text
            self.case = CaseId(applied.json()["case_id"])
            added = await clerk.post(
                f"/cases/{self.case}/documents",
                params={"kind": "pay-record", "epoch": 1},
                content=PDF,
                headers={"Content-Disposition": "attachment; filename*=UTF-8''pay.pdf"},
            )
            assert added.status_code == 201, added.text
            self.document = added.json()["document"]

    @property
    def path(self) -> Path:
        return self.parts.folder / "documents" / SOUTH / self.case / str(self.document["document_id"])

    async def spoil(self) -> bytes:
        """Nobody can fetch it any more; returns what was there."""
        kept = self.path.read_bytes()

        async def noise() -> AsyncIterator[bytes]:
            yield base64.b64encode(b"not what was handed in")

        name = DocumentName(SOUTH, self.case, DocumentId(self.document["document_id"]))
        await FolderStore(self.parts.folder / "documents").write(name, noise())
        return kept

    async def go(self, to: Province) -> None:
        """The case goes there, with what is told of the document."""
        said = {"case_id": self.case, "transfer_id": TransferId(f"t{self.epoch}")}
        await self.routing[self.there].say(
            a(CustodyEnded, **said, epoch=self.epoch, province=to, because="transferred")
        )
        before, self.there, self.epoch = self.there, to, self.epoch + 1
        if to != SOUTH:
            await self.give_key(to)
        said["transfer_id"] = TransferId(f"t{self.epoch}")
        begun = a(
            CustodyBegun,
            **said,
            owner=agency_of(to),
            epoch=self.epoch,
            facts=facts(members=1, case_type="wage-arrears", received_at=self.runtime.clock.now()),
            from_province=before,
            contact=None,
        )
        await self.routing[to].say(begun)
        if to != SOUTH:
            await self.routing[to].say(a(CustodyAmended, case_id=self.case, enclosure=self.enclosed(to)))

    async def give_key(self, to: Province) -> None:
        if to in self.keys:
            return
        keyring = self.runtime.engine.keyring
        key = self.keys[to] = keyring.new_case_key(to)
        wrapped = keyring.wrap_case_key(key, to)
        issued = a(
            KeysIssued, case_id=self.case, key_id=key.id, wrapped=wrapped.box, wrapped_with=wrapped.key_id
        )
        await self.routing[to].say(issued)

    def enclosed(self, to: Province) -> Enclosure:
        told = {
            name: self.document[name] for name in ("kind", "media_type", "size_bytes", "sha256", "member_id")
        }
        content = self.runtime.engine.keyring.seal(
            told | {"file_name": "pay.pdf"}, self.keys[to], self.case.encode()
        )
        return Enclosure(kind=EnclosureKind("document"), id=self.document["document_id"], content=content)

    async def seen(self, province: Province, state: str) -> dict[str, Any]:
        """The document as the list of that province has it, once it is so; an hour passes now and then."""
        found: dict[str, Any] = {}

        async def as_wanted() -> bool:
            who = {"agency": agency_of(province)}
            async with self.parts.client(self.runtime, "caseworker", province, **who) as worker:
                answer = await worker.get(f"/cases/{self.case}/documents")
            for each in answer.json() if answer.is_success else ():
                found.update(each)
            if found.get("state") == state:
                return True
            self.parts.clock.step_to(self.parts.clock.now() + timedelta(hours=1))
            await asyncio.sleep(0.2)
            return False

        await until(as_wanted, f"the document is {state} in {province}")
        return found

    async def opened(self, province: Province) -> Any:
        path = f"/cases/{self.case}/documents/{self.document['document_id']}/content"
        who = {"agency": agency_of(province)}
        async with self.parts.client(self.runtime, "caseworker", province, **who) as worker:
            return await worker.get(path, params={"legal_basis": "LAL-43"})


@pytest.fixture
async def tour(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Tour]:
    async with (
        deployed(addresses, tmp_path, [service], [THIRD, SOUTH, HOME]) as parts,
        parts.running(service) as runtime,
        AsyncExitStack() as stack,
    ):
        routing = {
            each: await stack.enter_async_context(source(addresses.kafka, f"/cn{each}/routing"))
            for each in (SOUTH, HOME, THIRD)
        }
        made = Tour(parts, runtime, routing)
        await made.begin()
        yield made


async def test_what_a_case_took_back_before_it_came_is_elsewhere_until_the_case_comes_again(
    tour: Tour,
) -> None:
    kept = await tour.spoil()
    await tour.go(HOME)
    await tour.seen(HOME, "awaited")
    await tour.go(SOUTH)

    assert (await tour.seen(HOME, "elsewhere"))["elsewhere_in"] == SOUTH
    assert (await tour.opened(HOME)).json()["type"] == "urn:casebridge:problem:document-elsewhere"
    types = [m.event.type for _, m in await tour.parts.records("cn51.cases")]
    assert types.count("casebridge.document.missed.v1") == 1

    tour.path.write_bytes(kept)
    await tour.go(HOME)
    await tour.seen(HOME, "here")
    assert (await tour.opened(HOME)).content == PDF


async def test_who_had_a_case_between_asks_no_more_and_asks_the_right_one_when_it_comes_again(
    tour: Tour,
) -> None:
    kept = await tour.spoil()
    for province in (HOME, THIRD):
        await tour.go(province)
        await tour.seen(province, "awaited")
    await tour.go(SOUTH)

    for province in (HOME, THIRD):
        assert (await tour.seen(province, "elsewhere"))["elsewhere_in"] == SOUTH

    tour.path.write_bytes(kept)
    await tour.go(THIRD)
    await tour.seen(THIRD, "here")


async def test_who_has_the_case_gets_what_the_one_before_him_awaited(tour: Tour) -> None:
    """The one between has the case no more, and fetches on: the next one has it from him."""
    kept = await tour.spoil()
    for province in (HOME, THIRD):
        await tour.go(province)
        await tour.seen(province, "awaited")

    tour.path.write_bytes(kept)
    for province in (HOME, THIRD):
        await tour.seen(province, "here")


async def test_of_two_ways_to_a_province_the_last_one_is_gone(tour: Tour) -> None:
    """It awaits a document from one that never gets it; the case comes again, from one that has it."""
    kept = await tour.spoil()
    await tour.go(HOME)
    await tour.go(THIRD)
    await tour.seen(THIRD, "awaited")
    tour.path.write_bytes(kept)
    await tour.go(SOUTH)
    await tour.go(THIRD)
    await tour.seen(THIRD, "here")

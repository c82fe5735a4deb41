"""Documents over real HTTP, Kafka and PostgreSQL: handed in, opened, removed, and nowhere in the clear."""

import logging
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Province
from services.intake.app import service as intake
from services.intake.sweeping import sweep
from services.routing.app import service as routing
from tests.deployment import Deployment, deployed, until
from tests.services.applying import an_application

OWNER = AgencyId("442000-legal-aid")
PDF = b"%PDF-1.7\n"
SECRET = "张三的欠条 510521198501010016".encode()


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [intake, routing], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def taking_in(guangdong: Deployment) -> AsyncIterator[Runtime]:
    async with guangdong.running(intake) as runtime:
        yield runtime


@pytest.fixture
async def clerk(guangdong: Deployment, taking_in: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with guangdong.client(taking_in, "intake_clerk", "44", agency=OWNER) as client:
        yield client


async def apply(clerk: httpx.AsyncClient) -> CaseId:
    made = await clerk.post("/applications", json=an_application(), headers={"Idempotency-Key": "apply"})
    return CaseId(made.json()["case_id"])


async def hand_in(
    clerk: httpx.AsyncClient, case: CaseId, raw: Any, *, name: str = "欠条.pdf", **headers: str
) -> httpx.Response:
    return await clerk.post(
        f"/cases/{case}/documents",
        params={"kind": "wage-iou", "epoch": 1},
        content=raw,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", **headers},
    )


async def open_it(clerk: httpx.AsyncClient, case: CaseId, document: str) -> httpx.Response:
    return await clerk.get(f"/cases/{case}/documents/{document}/content", params={"legal_basis": "LAL-43"})


def files(guangdong: Deployment) -> list[Path]:
    return [path for path in (guangdong.folder / "documents").rglob("*") if path.is_file()]


async def test_a_document_comes_back_as_it_was_handed_in_and_lies_nowhere_in_the_clear(
    guangdong: Deployment, clerk: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    case, raw = await apply(clerk), PDF + SECRET * 20_000
    caplog.set_level(logging.INFO)

    async def streamed() -> AsyncIterator[bytes]:
        for begin in range(0, len(raw), 10_000):
            yield raw[begin : begin + 10_000]

    added = await hand_in(clerk, case, streamed())
    assert added.status_code == 201, added.text
    document = added.json()["document"]
    opened = await open_it(clerk, case, document["document_id"])

    assert opened.content == raw
    assert opened.headers["content-type"] == "application/pdf"
    assert quote("欠条.pdf") in opened.headers["content-disposition"]
    assert (document["size_bytes"], document["state"]) == (len(raw), "here")
    (logged,) = [record for record in caplog.records if record.message == "document_opened"]
    assert vars(logged)["legal_basis"] == "LAL-43"
    await guangdong.settled("intake")
    kafka = b"".join([record.value for record, _ in await guangdong.records("cn44.cases")])
    assert document["sha256"].encode() in kafka
    assert max(len(record.value) for record, _ in await guangdong.records("cn44.cases")) < 3_000
    stored = b"".join(path.read_bytes() + path.name.encode() for path in files(guangdong))
    for found in (kafka, stored, caplog.text.encode()):
        assert SECRET not in found
        assert "欠条.pdf".encode() not in found
    assert document["sha256"].encode() not in stored


async def test_the_same_content_is_kept_once_and_a_repeated_request_gets_the_same_answer(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    case = await apply(clerk)

    first = await hand_in(clerk, case, PDF + SECRET, **{"Idempotency-Key": "k"})
    replayed = await hand_in(clerk, case, PDF + SECRET, **{"Idempotency-Key": "k"})
    other = await hand_in(clerk, case, PDF + b"another", **{"Idempotency-Key": "k"})
    again = await hand_in(clerk, case, PDF + SECRET, name="copy.pdf")

    assert replayed.json() == first.json()
    assert replayed.headers["idempotent-replayed"] == "true"
    assert other.status_code == 409
    assert (again.status_code, again.json()["repeated"]) == (200, True)
    assert len(files(guangdong)) == 1


async def test_what_is_refused_leaves_nothing_behind(guangdong: Deployment, clerk: httpx.AsyncClient) -> None:
    case = await apply(clerk)

    program = await hand_in(clerk, case, b"MZ\x90\0", name="欠条.pdf", **{"Content-Type": "application/pdf"})
    empty = await hand_in(clerk, case, b"")
    nowhere = await hand_in(clerk, CaseId("no-such-case"), PDF)
    stale = await clerk.post(f"/cases/{case}/documents", params={"kind": "wage-iou", "epoch": 2}, content=PDF)
    strange = await clerk.post(f"/cases/{case}/documents", params={"kind": "x", "epoch": 1}, content=PDF)

    found = [answer.status_code for answer in (program, empty, nowhere, stale, strange)]
    assert found == [415, 422, 404, 409, 422]
    assert "application/pdf" in program.json()["detail"]
    assert files(guangdong) == []


async def test_a_document_that_is_removed_is_destroyed(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    case = await apply(clerk)
    document = (await hand_in(clerk, case, PDF + SECRET)).json()["document"]["document_id"]
    listed = (await clerk.get(f"/cases/{case}/documents")).json()

    removed = await clerk.post(
        f"/cases/{case}/documents/{document}/removal",
        json={"epoch": 1, "because": "wrong-case"},
        headers={"If-Match": "*"},
    )

    assert [each["document_id"] for each in listed] == [document]
    assert removed.json()["state"] == "removed"

    async def gone() -> bool:
        notes = await guangdong.rows("intake", "SELECT 1 FROM document_to_shred")
        return not files(guangdong) and not notes

    await until(gone, "the bytes are destroyed")
    opened = await open_it(clerk, case, document)
    assert opened.json()["type"] == "urn:casebridge:problem:document-gone"
    assert (await hand_in(clerk, case, PDF + SECRET)).status_code == 201


async def test_a_document_goes_with_the_case_without_its_bytes_and_its_key(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    case = await apply(clerk)
    document = (await hand_in(clerk, case, PDF + SECRET)).json()["document"]["document_id"]

    async with guangdong.running(routing) as runtime:

        async def carried() -> bool:
            rows = await guangdong.rows("routing", "SELECT state::text AS s FROM custody")
            return bool(rows) and document in rows[0].s

        await until(carried, "the custody carries the document")
        rows = await guangdong.rows(
            "routing", "SELECT key_id, box FROM vault WHERE name = :name", name=f"document/{document}"
        )
        keys = await guangdong.rows("routing", "SELECT key_id, wrapped FROM case_key")
        told = opened_box(runtime, case, rows[0], keys[0].wrapped)

    assert "key" not in told
    assert (told["file_name"], told["size_bytes"]) == ("欠条.pdf", len(PDF + SECRET))


def opened_box(runtime: Runtime, case: CaseId, row: Any, wrapped: str) -> Any:
    keyring = runtime.engine.keyring
    key = keyring.unwrap_case_key(row.key_id, Sealed.model_validate_json(wrapped), Province("44"))
    return keyring.unseal(Sealed(key_id=row.key_id, box=row.box), key, case.encode())


async def test_what_an_upload_left_that_broke_off_is_swept_out_after_a_day(
    guangdong: Deployment,
    taking_in: Runtime,
    clerk: httpx.AsyncClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    case = await apply(clerk)
    kept = (await hand_in(clerk, case, PDF + SECRET)).json()["document"]["document_id"]
    (beside,) = files(guangdong)
    old, young = beside.with_name("broke-off"), beside.with_name("comes.part")
    for left in (old, young, beside.with_name("broke-off-too.part")):
        left.write_bytes(b"noise")
    long_ago = young.stat().st_mtime - timedelta(hours=25).total_seconds()
    for aged in set(files(guangdong)) - {young}:
        os.utime(aged, (long_ago, long_ago))
    # The service's clock runs ahead, as in a rehearsal: what is being uploaded is not older by that.
    guangdong.clock.step_to(guangdong.clock.now() + timedelta(days=3))

    swept = await sweep(taking_in)

    assert (swept, await sweep(taking_in)) == (2, 0)
    assert {path.name for path in files(guangdong)} == {kept, young.name}
    assert [record.document_id for record in caplog.records if record.msg == "document_swept"]  # type: ignore[attr-defined]
    metrics = await clerk.get(f"http://127.0.0.1:{taking_in.http_port}/metrics")
    assert "casebridge_documents_swept_total 2.0" in metrics.text

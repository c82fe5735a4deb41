"""Documents of imported cases, over real HTTP, Kafka and PostgreSQL: sealed, opened, all or none."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from casebridge.cli import main
from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from services.intake.app import service as intake
from services.intake.sweeping import sweep
from tests.deployment import Deployment, deployed
from tests.services.bundles import OWNER, Old, written

# Larger than any JSON that is taken, and not made smaller by packing.
IOU = b"%PDF-1.7\n" + "张三的欠条".encode() + Random(1).randbytes(3_000_000)
REFERS = "external_refs::text LIKE"
A_DAY_AND_MORE_S = 25 * 3600


@pytest.fixture(scope="module")
async def guangdong(
    addresses: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path_factory.mktemp("moved"), [intake], ["44"]) as deployment:
        yield deployment


@pytest.fixture(scope="module")
async def taking_in(guangdong: Deployment) -> AsyncIterator[Runtime]:
    async with guangdong.running(intake) as runtime:
        yield runtime


def with_an_iou(guangdong: Deployment, number: str) -> Old:
    old = Old(guangdong.clock.now())
    [id] = old.case(number, "submitted", 5)
    old.document(number, f"{number}/欠条.pdf", IOU, 4, member=id)
    return old


def stored(taking_in: Runtime) -> set[Path]:
    folder = taking_in.settings.documents_folder
    return {file for file in folder.rglob("*") if file.is_file()}


async def test_a_document_comes_with_its_case_sealed_and_is_opened_and_known_again_here(
    guangdong: Deployment, taking_in: Runtime
) -> None:
    async with (
        guangdong.client(taking_in, "operator", "44") as operator,
        guangdong.client(taking_in, "intake_clerk", "44", agency=OWNER) as clerk,
    ):
        raw, before = with_an_iou(guangdong, "D-1").packed(), stored(taking_in)
        checked = await operator.post("/imports/check", content=raw)
        assert (checked.status_code, checked.json()["documents"]) == (200, 1)
        assert stored(taking_in) == before

        assert (await operator.post("/imports", content=raw)).status_code == 201
        [row] = await guangdong.rows("intake", f"SELECT case_id FROM application WHERE {REFERS} '%D-1%'")
        [document] = (await clerk.get(f"/cases/{row.case_id}/documents")).json()
        [member] = (await clerk.get(f"/cases/{row.case_id}/members")).json()
        opened = await clerk.get(
            f"/cases/{row.case_id}/documents/{document['document_id']}/content",
            params={"legal_basis": "LAL-31"},
        )
        again = await clerk.post(
            f"/cases/{row.case_id}/documents", params={"kind": "wage-iou", "epoch": 1}, content=IOU
        )

    assert (opened.status_code, opened.content) == (200, IOU)
    assert opened.headers["content-disposition"].endswith("%E6%AC%A0%E6%9D%A1.pdf")
    assert document["member_id"] == member["member_id"]
    assert document["added_at"] < str(guangdong.clock.now())[:10]
    assert (again.status_code, again.json()["repeated"]) == (200, True)
    [box] = stored(taking_in) - before
    assert "欠条".encode() not in box.read_bytes()


async def test_a_refused_import_leaves_no_document_behind(guangdong: Deployment, taking_in: Runtime) -> None:
    async with guangdong.client(taking_in, "operator", "44") as operator:
        first, before = Old(guangdong.clock.now()), stored(taking_in)
        first.case("D-2", "submitted", 5)
        assert (await operator.post("/imports", content=first.packed())).status_code == 201
        refused = await operator.post("/imports", content=with_an_iou(guangdong, "D-2").packed())

    assert refused.status_code == 409, refused.text
    assert stored(taking_in) == before


async def test_what_a_dying_machine_left_of_an_import_is_swept_out_and_what_was_imported_never(
    guangdong: Deployment, taking_in: Runtime
) -> None:
    raw, before = with_an_iou(guangdong, "D-4").packed(), stored(taking_in)
    async with guangdong.client(taking_in, "operator", "44") as operator:
        await guangdong.rows("intake", "ALTER TABLE outbox ADD CONSTRAINT filled_up CHECK (false) NOT VALID")
        await asyncio.gather(operator.post("/imports", content=raw), return_exceptions=True)
        await guangdong.rows("intake", "ALTER TABLE outbox DROP CONSTRAINT filled_up")
        left = stored(taking_in) - before
        assert (await operator.post("/imports", content=raw)).status_code == 201
    kept = stored(taking_in) - before - left
    assert (len(left), len(kept)) == (1, 1)
    assert await sweep(taking_in) == 0  # its day has not passed

    for file in stored(taking_in):
        written_s = file.stat().st_mtime - A_DAY_AND_MORE_S
        os.utime(file, (written_s, written_s))

    assert await sweep(taking_in) == 1
    assert stored(taking_in) == before | kept


async def test_the_command_takes_the_documents_of_a_folder_along(
    guangdong: Deployment, taking_in: Runtime, tmp_path: Path
) -> None:
    old, bundle, before = with_an_iou(guangdong, "D-3"), tmp_path / "bundle", stored(taking_in)
    (bundle / "documents" / "D-3").mkdir(parents=True)
    for name, rows in old.files.items():
        (bundle / name).write_text(written(rows))
    (bundle / "documents" / "D-3" / "欠条.pdf").write_bytes(IOU)
    url, token = f"http://127.0.0.1:{taking_in.http_port}", guangdong.token("operator", "44")
    said: list[Any] = ["cases", "import", str(bundle), "--url", url, "--token", token]

    done = await asyncio.to_thread(CliRunner().invoke, main, said)

    assert "1 members, 1 documents" in done.output, done.output
    assert len(stored(taking_in) - before) == 1

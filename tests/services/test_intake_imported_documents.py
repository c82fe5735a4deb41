"""Documents of imported cases, over real HTTP, Kafka and PostgreSQL: sealed, opened, all or none."""

import asyncio
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
from tests.deployment import Deployment, deployed
from tests.services.bundles import OWNER, Old, written

# Larger than any JSON that is taken, and not made smaller by packing.
IOU = b"%PDF-1.7\n" + "张三的欠条".encode() + Random(1).randbytes(3_000_000)


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [intake], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def taking_in(guangdong: Deployment) -> AsyncIterator[Runtime]:
    async with guangdong.running(intake) as runtime:
        yield runtime


def with_an_iou(guangdong: Deployment) -> Old:
    old = Old(guangdong.clock.now())
    [id] = old.case("D-1", "submitted", 5)
    old.document("D-1", "D-1/欠条.pdf", IOU, 4, member=id)
    return old


def stored(taking_in: Runtime) -> list[bytes]:
    folder = taking_in.settings.documents_folder
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


async def test_a_document_comes_with_its_case_sealed_and_is_opened_and_known_again_here(
    guangdong: Deployment, taking_in: Runtime
) -> None:
    async with (
        guangdong.client(taking_in, "operator", "44") as operator,
        guangdong.client(taking_in, "intake_clerk", "44", agency=OWNER) as clerk,
    ):
        raw = with_an_iou(guangdong).packed()
        checked = await operator.post("/imports/check", content=raw)
        assert (checked.status_code, checked.json()["documents"]) == (200, 1)
        assert stored(taking_in) == []

        assert (await operator.post("/imports", content=raw)).status_code == 201
        [row] = await guangdong.rows("intake", "SELECT case_id FROM application")
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
    [box] = stored(taking_in)
    assert "欠条".encode() not in box


async def test_a_refused_import_leaves_no_document_behind(guangdong: Deployment, taking_in: Runtime) -> None:
    async with guangdong.client(taking_in, "operator", "44") as operator:
        first = Old(guangdong.clock.now())
        first.case("D-1", "submitted", 5)
        assert (await operator.post("/imports", content=first.packed())).status_code == 201
        refused = await operator.post("/imports", content=with_an_iou(guangdong).packed())

    assert refused.status_code == 409, refused.text
    assert stored(taking_in) == []


async def test_the_command_takes_the_documents_of_a_folder_along(
    guangdong: Deployment, taking_in: Runtime, tmp_path: Path
) -> None:
    old, bundle = with_an_iou(guangdong), tmp_path / "bundle"
    (bundle / "documents" / "D-1").mkdir(parents=True)
    for name, rows in old.files.items():
        (bundle / name).write_text(written(rows))
    (bundle / "documents" / "D-1" / "欠条.pdf").write_bytes(IOU)
    url, token = f"http://127.0.0.1:{taking_in.http_port}", guangdong.token("operator", "44")
    said: list[Any] = ["cases", "import", str(bundle), "--url", url, "--token", token]

    done = await asyncio.to_thread(CliRunner().invoke, main, said)

    assert "1 members, 1 documents" in done.output, done.output
    assert len(stored(taking_in)) == 1

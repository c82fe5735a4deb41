"""`casebridge clocks` on real parts: what intake keeps and what mediation keeps, in one list."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from casebridge.cli import main
from chassis.embedded.parts import Addresses
from schemas.ids import CaseId
from services.intake.app import service as intake
from services.mediation.app import service as mediation
from tests.deployment import Deployment, deployed, source
from tests.services.applying import an_application
from tests.services.test_mediation import OWNER, apply, begun


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [intake, mediation], ["44"]) as deployment:
        yield deployment


async def test_both_lists_are_one_with_who_keeps_each_and_what_is_not_sure(guangdong: Deployment) -> None:
    # Of another case: where intake waits for papers, mediation's review stands still.
    reviewed, facts = await apply(guangdong, 1)
    async with (
        guangdong.running(intake) as taking,
        guangdong.running(mediation) as mediating,
        guangdong.client(taking, "intake_clerk", "44", agency=OWNER) as clerk,
        guangdong.client(mediating, "caseworker", "44", agency=OWNER) as office,
        source(guangdong.addresses.kafka, "/cn44/routing") as routing,
    ):
        made = await clerk.post(
            "/applications", json=an_application(), headers={"Idempotency-Key": "awaited"}
        )
        case = CaseId(made.json()["case_id"])
        found = await clerk.get(f"/cases/{case}")
        asked = {"epoch": 1, "missing": ["signature"]}
        tag = {"If-Match": found.headers["etag"]}
        assert (await clerk.post(f"/cases/{case}/supplement", json=asked, headers=tag)).status_code == 201
        await begun(routing, office, reviewed, facts)

        urls = [f"http://127.0.0.1:{runtime.http_port}" for runtime in (mediating, taking)]
        words = ["clocks", "--url", urls[0], "--intake-url", urls[1], "--due", "60d"]
        token = guangdong.token("caseworker", "44", agency=OWNER)
        environ = {"CASEBRIDGE_TOKEN": token, "COLUMNS": "160"}
        said = await asyncio.to_thread(CliRunner().invoke, main, words, env=environ)

    numbers = (made.json()["number"], facts.number)
    rows = [line.split() for line in said.output.splitlines() if any(number in line for number in numbers)]
    assert [(row[3], row[5]) for row in rows] == [("review_by", "mediation"), ("supply_by", "intake")]
    assert said.output.count("to be confirmed") == 2

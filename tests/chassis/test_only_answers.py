"""A process that only answers: what it commits leaves, and what arrives is applied, by another one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from schemas.cases import ApplicationSubmitted
from schemas.ids import CaseId
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, case_id, deployed, source, until


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


async def create(toys: Deployment, runtime: Runtime) -> CaseId:
    async with toys.client(runtime, "caseworker", "44") as client:
        created = await client.post("/toys", headers={"Idempotency-Key": case_id()})
        assert created.status_code == 201
        return CaseId(created.json()["case_id"])


async def test_what_it_commits_is_sent_by_another_process_of_its_service(toys: Deployment) -> None:
    async with toys.started(toy_service, only_answers=True) as answering:
        created = await create(toys, answering)
        assert await toys.records("cn44.matters") == []
        async with toys.running(toy_service):
            await toys.settled("mediation")

    assert [message.envelope.subject for _, message in await toys.records("cn44.matters")] == [created]


async def test_it_is_ready_without_a_log_to_read(toys: Deployment) -> None:
    async with (
        toys.started(toy_service, only_answers=True) as answering,
        toys.client(answering, "caseworker", "44") as client,
    ):
        ready = await client.get(f"http://127.0.0.1:{answering.http_port}/readyz")

    assert ready.json()["away"] == []
    assert ready.status_code == 200


async def test_it_holds_no_case_for_what_it_does_not_read(toys: Deployment) -> None:
    case = case_id()
    async with (
        source(toys.addresses.kafka, "/cn44/intake") as intake,
        toys.running(toy_service),
    ):
        await intake.say(a(ApplicationSubmitted, case_id=case), sequence=2)

        async def waits() -> bool:
            return len(await toys.rows("mediation", "SELECT 1 FROM queued")) == 1

        await until(waits, "the event to wait for the one before it")
        async with toys.started(toy_service, only_answers=True, hold_after_s=0.001) as answering:
            assert await answering.sweeper.sweep() == 0

"""Health tells the truth, and telemetry shows the way of a case."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.embedded.parts import Parts, parts
from chassis.runtime import Runtime
from chassis.telemetry import new_traceparent
from schemas.cases import ApplicationSubmitted
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import PLAIN, Deployment, case_id, deployed, source, until
from tests.spans import Collector, collecting


@pytest.fixture(scope="module")
def rough(tmp_path_factory: pytest.TempPathFactory, kafka: str) -> Iterator[Parts]:
    """A database of this module's own, to be handled roughly."""
    with parts(tmp_path_factory.mktemp("rough"), kafka=kafka) as started:
        yield started


@pytest.fixture
async def toys(rough: Parts, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(rough.addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


async def ask(runtime: Runtime, path: str) -> httpx.Response:
    async with httpx.AsyncClient(timeout=20, verify=PLAIN) as client:
        return await client.get(f"http://127.0.0.1:{runtime.http_port}{path}")


async def test_readiness_names_the_part_that_is_away_and_liveness_does_not_blame_us(
    rough: Parts, toys: Deployment
) -> None:
    assert rough.postgres is not None
    async with toys.running(toy_service) as runtime:

        async def ready() -> bool:
            return (await ask(runtime, "/readyz")).status_code == 200

        await until(ready, "the service to be ready")
        await asyncio.to_thread(rough.postgres.kill, signal.SIGKILL)

        async def away() -> bool:
            # A backend that still lives may answer once more after its parent has died.
            return (await ask(runtime, "/readyz")).status_code == 503

        await until(away, "the service to see that the database is away")
        assert (await ask(runtime, "/readyz")).json()["away"] == ["database"]
        assert (await ask(runtime, "/healthz")).status_code == 200
        await asyncio.to_thread(rough.postgres.start)
        await until(ready, "the service to be ready again")


async def test_work_without_progress_is_not_alive(toys: Deployment) -> None:
    case = case_id()
    blocker = create_async_engine(toys.databases["mediation"])
    async with (
        toys.running(toy_service, stuck_after_s=0.5) as runtime,
        source(toys.addresses.kafka, "/cn44/intake") as intake,
    ):
        async with blocker.begin() as connection:
            await connection.execute(text("LOCK TABLE case_row IN ACCESS EXCLUSIVE MODE"))
            await intake.say(a(ApplicationSubmitted, case_id=case))

            async def stuck() -> bool:
                return (await ask(runtime, "/healthz")).status_code == 503

            await until(stuck, "the service to say that it is stuck")
            said = (await ask(runtime, "/healthz")).json()
            assert said["stuck"][0].startswith("local log reader: 1 behind, no progress")

        async def alive() -> bool:
            return (await ask(runtime, "/healthz")).status_code == 200

        await until(alive, "the service to go on", 30)
    await blocker.dispose()


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as found:
        yield found


async def test_one_trace_spans_what_a_stimulus_causes_over_kafka(
    toys: Deployment, collector: Collector
) -> None:
    case, began = case_id(), new_traceparent()
    async with (
        toys.running(toy_service, otlp_endpoint=f"http://127.0.0.1:{collector.port}"),
        source(toys.addresses.kafka, "/cn44/intake") as intake,
    ):
        await intake.say(a(ApplicationSubmitted, case_id=case), traceparent=began)

        async def said() -> bool:
            return len(await toys.records("cn44.matters")) == 1

        await until(said, "the event that it causes")
    _, caused = (await toys.records("cn44.matters"))[0]
    version, trace, span, flags = (caused.envelope.traceparent or "").split("-")
    assert trace == began.split("-")[1]
    handled_in, parent = collector.spans()["casebridge.application.submitted.v1"]
    assert handled_in.hex() == trace
    assert parent.hex() == began.split("-")[2]
    assert (version, flags) == ("00", "01")
    assert span != began.split("-")[2]

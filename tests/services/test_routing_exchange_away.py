"""The cluster between provinces is away when routing starts: all but letters goes on, and they flow later."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.parts import Addresses
from chassis.startup import find_exchange
from chassis.topics import TopicsWrong, apply_topics
from schemas.ids import Province
from services.intake.app import service as intake
from services.routing.app import service as routing
from tests.deployment import PLAIN, Deployment, deployed, drop_topics, until
from tests.services.test_routing_moves import GUANGDONG, STATION, World

EVERYBODY = [Province(code) for code in ("00", "44", "51")]


@dataclass(frozen=True)
class Apart:
    """Two deployments, and the cluster between them, which is not there."""

    exchange: EmbeddedKafka
    south: Deployment
    home: Deployment

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[World]:
        async with self.south.running(intake) as taking, self.south.running(routing) as sending:
            yield World(self.south, {"intake": taking, "routing": sending})

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[World]:
        async with self.home.running(routing) as receiving:
            yield World(self.home, {"routing": receiving})


@pytest.fixture(scope="module")
async def deployments(
    addresses: Addresses, tmp_path_factory: pytest.TempPathFactory, jars: tuple[Path, ...]
) -> AsyncIterator[Apart]:
    folder = tmp_path_factory.mktemp("apart")
    broker = EmbeddedKafka(folder / "exchange", jars, name="exchange")
    await asyncio.to_thread(broker.start)
    async with AsyncExitStack() as stack:
        stack.callback(broker.stop)
        between = broker.bootstrap
        await asyncio.to_thread(apply_topics, between, between, EVERYBODY)
        south = await stack.enter_async_context(
            deployed(addresses, folder / "44", [intake, routing], ["44"], exchange=between)
        )
        home = await stack.enter_async_context(
            deployed(addresses, folder / "51", [routing], ["51"], exchange=between)
        )
        shutil.copy(south.folder / "keys" / "44.public.json", home.folder / "keys")
        shutil.copy(home.folder / "keys" / "51.public.json", south.folder / "keys")
        yield Apart(broker, south, home)


@pytest.fixture
async def apart(deployments: Apart) -> Apart:
    await asyncio.to_thread(deployments.exchange.stop)
    return deployments


async def ready(world: World) -> tuple[int, list[str]]:
    async with httpx.AsyncClient(verify=PLAIN) as client:
        answer = await client.get(f"http://127.0.0.1:{world.runtimes['routing'].http_port}/readyz")
    return answer.status_code, answer.json()["away"]


async def offered(world: World, state: str = "offered") -> str:
    case = await world.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")
    await world.see(f"/cases/{case}/custody", GUANGDONG, lambda custody: custody_asks(custody, state))
    return case


def custody_asks(custody: object, state: str) -> bool:
    assert isinstance(custody, dict)
    return [each["state"] for each in custody["transfers"]][:1] == [state]


async def test_what_is_offered_meanwhile_arrives_once_the_exchange_is_back(apart: Apart) -> None:
    async with apart.sending() as south, apart.receiving() as home:
        case = await offered(south)
        assert await ready(south) == (503, ["exchange Kafka: away since the start"])
        waiting = await apart.south.rows("routing", "SELECT topic FROM outbox WHERE cluster = 'exchange'")
        assert "cn51.mailbox" in {row.topic for row in waiting}

        await asyncio.to_thread(apart.exchange.start)

        offer = await home.offer_to(STATION, case)
        assert (await home.answer(offer, STATION, "acceptance")).status_code == 201
        await south.see(f"/cases/{case}/custody", GUANGDONG, lambda custody: custody["state"] == "ended")
        await until(lambda: is_ready(south), "the sender to be ready")
        assert await ready(home) == (200, [])


async def is_ready(world: World) -> bool:
    return await ready(world) == (200, [])


async def test_deadlines_end_once_the_exchange_was_waited_for(
    apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer may lie there, as it may when the exchange goes away later: then it arrives late."""
    async with apart.sending() as south:
        assert not south.runtimes["routing"].timers.may_fire()
    monkeypatch.setattr("chassis.runtime.EXCHANGE_WAIT_S", 0.0)
    async with apart.sending() as south:
        case = await offered(south)
        apart.south.clock.step_to(apart.south.clock.now() + timedelta(days=4))
        await south.see(f"/cases/{case}/custody", GUANGDONG, lambda custody: custody_asks(custody, "lapsed"))


async def test_an_exchange_without_the_mailboxes_is_not_taken(addresses: Addresses, tmp_path: Path) -> None:
    async with deployed(addresses, tmp_path, [routing], ["42"]) as hubei:
        await asyncio.to_thread(drop_topics, addresses.kafka, [Province("42")])
        with pytest.raises(TopicsWrong, match="no such topic"):
            await find_exchange(hubei.settings(routing))

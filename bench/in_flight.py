"""`in_flight`: all provinces in one deployment, with few transfers that nobody answers, then ten times more.

Measured is the way to `delivered`, from the application to the receipt of the other province: how many cases
make it in a second, and how long one takes while the others wait.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from time import perf_counter

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.pace import Journey, at_pace
from bench.processes import ready_service
from bench.stage import Stage
from bench.table import Row, row
from bench.transfers import applied
from casebridge.services import load_service
from chassis.keyring import Keyring, load_keyring
from schemas.envelope import Record, topic_of
from schemas.ids import PROVINCES, Division, Province
from schemas.transfers import TransferDelivered
from tests.deployment import Deployment, Source

EVERYBODY = tuple(code for code in PROVINCES if code != "00")
A_SECOND = 20
"""Cases that are timed: few enough that none waits for another one of them."""
FLAT = 1.5
IN_TIME_S = 600.0


async def measure(stage: Stage) -> list[Row]:
    few, many, seconds = stage.size(1_000, 300), stage.size(10_000, 1_200), stage.size(30, 8)
    routing = load_service("routing")
    async with (
        stage.deployment(routing, provinces=EVERYBODY) as deployment,
        ready_service(stage, deployment, "routing"),
        stage.producer() as producer,
        heard(deployment) as journey,
    ):
        desks = Desks(producer, load_keyring(deployment.folder / "keys", EVERYBODY), journey)
        first = await desks.many(few)
        await deployment.settled("routing")
        quick = await desks.one_by_one(seconds)
        await desks.many(many - 2 * few)
        last = await desks.many(few)
        await deployment.settled("routing")
        slow = await desks.one_by_one(seconds)
    place = f"{len(EVERYBODY)} provinces, {many:,} in flight beside {few:,}"
    return [
        row(f"{place}: delivered", last, first, "cases/s", ("ratio ≥", 1 / FLAT)),
        row(f"{place}: p50 to delivered", slow.ms(50), quick.ms(50), "ms"),
        row(f"{place}: p99 to delivered", slow.ms(99), quick.ms(99), "ms", ("ratio ≤", FLAT)),
    ]


@dataclass
class Desks:
    """The centres of all provinces, each of which takes applications in that belong into another province."""

    producer: AIOKafkaProducer
    keyring: Keyring
    journey: Journey
    sources: dict[Province, Source] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    pairs: Iterator[tuple[Province, Province]] = field(
        default_factory=lambda: cycle((a, b) for a in EVERYBODY for b in EVERYBODY if a != b)
    )

    def application(self) -> list[tuple[str, Record]]:
        """What the next desk says, and on which topics."""
        here, there = next(self.pairs)
        intake = self.sources.setdefault(here, Source(self.producer, f"/cn{here}/intake"))
        place = Division(f"{there}0100")
        said = applied(self.keyring, next(self.numbers), here, home=place, work=place)
        return [(f"cn{here}.{topic_of(type(event))}", intake.record(event)) for event in said]

    async def many(self, cases: int) -> float:
        """Cases a second until all of them are delivered, handed in at once."""
        said = [self.application() for _ in range(cases)]
        self.journey.left.clear()
        began = perf_counter()
        for topic, record in (each for several in said for each in several):
            await self.producer.send(topic, record.value, key=record.key, headers=list(record.headers))
            self.journey.leave(record.key.decode())
        await self.journey.all_there(IN_TIME_S)
        return cases / (perf_counter() - began)

    async def one_by_one(self, seconds: float) -> Journey:
        """How long each takes, at a steady pace."""
        self.journey.left.clear()

        async def act(_: int) -> None:
            said = self.application()
            sent = [
                await self.producer.send(topic, record.value, key=record.key, headers=list(record.headers))
                for topic, record in said
            ]
            self.journey.leave(said[0][1].key.decode())
            await asyncio.gather(*sent)

        await at_pace(seconds, act, a_second=A_SECOND)
        await self.journey.all_there(IN_TIME_S)
        return Journey(dict(self.journey.left), dict(self.journey.arrived))


@asynccontextmanager
async def heard(deployment: Deployment) -> AsyncIterator[Journey]:
    """Notes when a case is delivered, as its own province says it."""
    journey, topics = Journey(), [f"cn{province}.transfers" for province in EVERYBODY]
    consumer = AIOKafkaConsumer(
        *topics, bootstrap_servers=deployment.addresses.kafka, auto_offset_reset="earliest"
    )
    await consumer.start()

    async def listen() -> None:
        async for record in consumer:
            if dict(record.headers)["ce_type"] == TransferDelivered.type.encode():
                journey.arrive(record.key.decode())

    listening = asyncio.create_task(listen())
    try:
        yield journey
    finally:
        listening.cancel()
        await asyncio.wait([listening])
        await consumer.stop()

"""`relay`: outbox → Kafka → delete, with the headers of each row."""

import asyncio
from time import perf_counter

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bench import floors
from bench.events import records
from bench.stage import Stage, median
from bench.table import Row, row
from chassis.case_state import Outgoing
from chassis.cases import save_outbox
from chassis.clock import Clock
from chassis.relay import BATCH, Relay
from chassis.telemetry import Metrics
from schemas.envelope import Record
from tests.chassis.toy import toy_service
from tests.deployment import answered, source, until

REPEAT = 3
DEBEZIUM = 9_400
"""Rows a second that a tuned Debezium 3.7 drains on two cores with the same broker and database."""


async def measure(stage: Stage) -> list[Row]:
    count = stage.size(50_000, 20_000)
    async with source(stage.addresses.kafka, "/cn44/intake") as intake:
        said = records(intake, count)
    ours, bare = [], []
    for _ in range(REPEAT):
        async with stage.producer() as producer:
            bare.append(await floors.produce(producer, stage.bare_topic(), said, BATCH))
        ours.append(await drain(stage, said))
    return [
        row("relay", median(ours), median(bare), "rows/s", ("ratio ≥", 0.60)),
        row("relay beside Debezium, tuned", median(ours), DEBEZIUM, "rows/s", ("ratio ≥", 3)),
    ]


async def drain(stage: Stage, said: list[Record]) -> float:
    """From the first row that is gone until the last."""
    async with stage.deployment(toy_service) as deployment:
        database = create_async_engine(deployment.databases["mediation"])
        await fill(database, stage.bare_topic(), said)
        relay = relay_of(stage.addresses.kafka, database)
        task = asyncio.create_task(relay.run())
        await until(lambda: answered(relay.progress > 0 or task.done()), "the first batch")
        before, started = relay.progress, perf_counter()
        await until(lambda: answered(relay.progress >= len(said) or task.done()), "the last batch", 600)
        rate = (relay.progress - before) / (perf_counter() - started)
        relay.stop()
        await task
        await database.dispose()
        return rate


async def fill(database: AsyncEngine, topic: str, said: list[Record]) -> None:
    rows = [
        Outgoing(cluster="local", topic=topic, key=record.key, value=record.value, headers=record.headers)
        for record in said
    ]
    for begin in range(0, len(rows), 1_000):
        async with database.begin() as connection:
            await save_outbox(connection, rows[begin : begin + 1_000], Clock().now())


def relay_of(kafka: str, database: AsyncEngine) -> Relay:
    return Relay(
        "local",
        kafka,
        "bench",
        database=database,
        holder="bench",
        metrics=Metrics("bench"),
    )

"""`relay latency`: from the commit of a row until a consumer has it; and what a killed relay sends twice."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg
import uvloop
from aiokafka import AIOKafkaConsumer, TopicPartition
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench import floors
from bench.events import records
from bench.pace import Journey, at_pace
from bench.relay import fill, relay_of
from bench.stage import PARTITIONS, Stage
from bench.table import Row, row
from chassis.relay import BATCH
from schemas.envelope import Record
from tests.chassis.toy import toy_service
from tests.deployment import source, until


async def measure(stage: Stage) -> list[Row]:
    async with source(stage.addresses.kafka, "/cn44/intake") as intake:
        said = records(intake, stage.size(30_000, 20_000))
    seconds = stage.size(20, 4)
    bare = await journey_of(stage, said, seconds, bare_relay)
    ours = await journey_of(stage, said, seconds, our_relay)
    twice = await sent_twice(stage, said)
    return [
        row("relay latency, p50", ours.ms(50), bare.ms(50), "ms", ("≤", 6)),
        row("relay latency, p99", ours.ms(99), bare.ms(99), "ms", ("≤", 35)),
        row("relay killed: rows sent twice", twice, 2 * BATCH, "rows", ("≤", 2 * BATCH)),
    ]


Write = Callable[[Record], Awaitable[None]]
"""Commits one row, says that it has left, and wakes the relay."""


async def journey_of(
    stage: Stage,
    said: list[Record],
    seconds: float,
    relaying: Callable[[Stage, str, Journey], AbstractAsyncContextManager[Write]],
) -> Journey:
    journey, topic = Journey(), stage.bare_topic()
    async with stage.consumer(topic) as consumer, relaying(stage, topic, journey) as write:
        reading = asyncio.create_task(read(consumer, journey))
        for record in said[:20]:
            await write(record)
        await journey.all_there()
        journey.left.clear()
        await at_pace(seconds, lambda number: write(said[20 + number]))
        await journey.all_there()
        reading.cancel()
    return journey


def name_of(record: Record) -> str:
    return dict(record.headers)["ce_id"].decode()


async def read(consumer: AIOKafkaConsumer, journey: Journey) -> None:
    async for record in consumer:
        journey.arrive(dict(record.headers)["ce_id"].decode())


@asynccontextmanager
async def our_relay(stage: Stage, topic: str, journey: Journey) -> AsyncIterator[Write]:
    async with stage.deployment(toy_service) as deployment:
        database = create_async_engine(deployment.databases["mediation"])
        relay = relay_of(stage.addresses.kafka, database)
        task = asyncio.create_task(relay.run())

        async def write(record: Record) -> None:
            await fill(database, topic, [record])
            journey.leave(name_of(record))
            relay.wake(1)

        yield write
        relay.stop()
        await task
        await database.dispose()


@asynccontextmanager
async def bare_relay(stage: Stage, topic: str, journey: Journey) -> AsyncIterator[Write]:
    async with stage.bare_database(floors.PIPELINE) as address, stage.producer() as producer:
        pool, wake = await asyncpg.create_pool(address), asyncio.Event()
        task = asyncio.create_task(floors.relay(producer, pool, wake))

        async def write(record: Record) -> None:
            await floors.put(pool, topic, record)
            journey.leave(name_of(record))
            wake.set()

        yield write
        task.cancel()
        await asyncio.wait([task])
        await pool.close()


async def sent_twice(stage: Stage, said: list[Record]) -> int:
    """Kill a relay in the middle of a backlog, let another one finish: how many more records than rows?"""
    async with stage.deployment(toy_service) as deployment:
        url, topic = deployment.databases["mediation"], stage.bare_topic()
        database = create_async_engine(url)
        await fill(database, topic, said)

        async def left() -> int:
            async with database.connect() as connection:
                return int(await connection.scalar(text("SELECT count(*) FROM outbox")) or 0)

        async def under_way() -> bool:
            return await left() < len(said) * 0.7

        async def done() -> bool:
            return await left() == 0

        for finished, signum in ((under_way, signal.SIGKILL), (done, signal.SIGTERM)):
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bench.relay_latency", stage.addresses.kafka, url
            )
            await until(finished, "the relay", 60)
            child.send_signal(signum)
            await child.wait()
        await database.dispose()
        return await count(stage, topic) - len(said)


async def count(stage: Stage, topic: str) -> int:
    async with stage.consumer(topic) as consumer:
        ends = await consumer.end_offsets([TopicPartition(topic, number) for number in range(PARTITIONS)])
        return sum(ends.values())


async def relay_until_killed(kafka: str, url: str) -> None:
    await relay_of(kafka, create_async_engine(url)).run()


if __name__ == "__main__":
    uvloop.run(relay_until_killed(*sys.argv[1:]))

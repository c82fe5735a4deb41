"""`pipeline`: consume → validate → handler → aggregates, inbox and outbox, with telemetry on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from time import perf_counter

import asyncpg

from bench import floors, naive, sink
from bench.events import records
from bench.stage import Stage, as_in_production, median
from bench.table import Row, row
from chassis.runtime import Runtime, build, collect_less_often
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, answered, source, until

REPEAT = 3
SOME_TRACES = 0.05
"""Metrics count everything. Of traces a deployment under load sends a part, the same one in every service."""


async def measure(stage: Stage) -> list[Row]:
    count = stage.size(30_000, 5_000)
    ours, traced, bare = [], [], []
    collect_less_often()
    for _ in range(REPEAT):
        async with stage.deployment(toy_service) as deployment, sink.collector() as collector:
            await fill(stage, deployment, count)
            bare.append(await run_bare(stage, count))
            ours.append(await run_ours(deployment, count, collector, SOME_TRACES))
        async with stage.deployment(toy_service) as deployment, sink.collector() as collector:
            await fill(stage, deployment, count)
            traced.append(await run_ours(deployment, count, collector, 1.0))
    slow = await naive.rate(stage, stage.size(1_000, 200))
    return [
        row("pipeline", median(ours), median(bare), "events/s", ("ratio ≥", 0.50)),
        row("pipeline, every event traced", median(traced), median(bare), "events/s"),
        row("pipeline beside FastStream per message", median(ours), slow, "events/s", ("ratio ≥", 50)),
    ]


async def fill(stage: Stage, deployment: Deployment, count: int) -> None:
    """The backlog that both read."""
    async with stage.producer() as producer, source(stage.addresses.kafka, "/cn44/intake") as intake:
        await floors.produce(producer, "cn44.cases", records(intake, count), 1_000)


async def run_bare(stage: Stage, count: int) -> float:
    async with stage.bare_database(floors.PIPELINE) as address, stage.consumer("cn44.cases") as consumer:
        database = await asyncpg.connect(address)
        try:
            return await floors.pipeline(consumer, database, "cn44.matters", count)
        finally:
            await database.close()


async def run_ours(deployment: Deployment, count: int, collector: str, ratio: float) -> float:
    """From the first event until the last is durable; the relay rests, as it does in the floor."""
    async with only_bus(deployment, collector, ratio) as runtime:
        bus = runtime.buses[0]
        task = asyncio.create_task(bus.run())
        await until(lambda: answered(bus.progress > 0 or task.done()), "the first event")
        before, started = bus.progress, perf_counter()
        await until(lambda: answered(bus.progress >= count or task.done()), "the last event", 600)
        rate = (bus.progress - before) / (perf_counter() - started)
        bus.stop()
        await task
    return rate


@asynccontextmanager
async def only_bus(deployment: Deployment, collector: str | None, ratio: float) -> AsyncIterator[Runtime]:
    settings = replace(as_in_production(deployment, toy_service), otlp_endpoint=collector, trace_ratio=ratio)
    runtime = await build(toy_service, settings)
    await runtime.brokers[0].start()
    try:
        yield runtime
    finally:
        await runtime.brokers[0].stop()
        await asyncio.to_thread(runtime.engine.traces.close)
        if runtime.meters:
            await asyncio.to_thread(runtime.meters.shutdown)
        await runtime.database.dispose()

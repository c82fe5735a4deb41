"""`hop`: from a commit in one service until the next has committed what follows, at 100 events a second."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import asyncpg

from bench import floors
from bench.events import records
from bench.pace import Journey, at_pace
from bench.stage import Stage
from bench.table import Row, row
from chassis.arrivals import Arrivals
from chassis.runtime import Runtime
from chassis.service import Service
from chassis.unit_of_work import Stimulus
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.envelope import Event, Received
from schemas.ids import CaseId, MemberId, Province
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import source

CASES = 50
GUANGDONG = Province("44")
PRODUCTION: dict[str, Any] = {"test_mode": False, "clock_file": None, "ledger": False}

first_service = Service(name="intake", owns="Nothing: it speaks.", log="cases", handles=[])


async def measure(stage: Stage) -> list[Row]:
    seconds = stage.size(20, 4)
    bare = await bare_journey(stage, seconds)
    ours = await our_journey(stage, seconds)
    return [
        row("hop, p50", ours.ms(50), bare.ms(50), "ms", ("≤", 15)),
        row("hop, p99", ours.ms(99), bare.ms(99), "ms", ("ratio ≤", 4)),
    ]


async def our_journey(stage: Stage, seconds: float) -> Journey:
    journey, cases = Journey(), [CaseId(str(uuid4())) for _ in range(CASES)]
    async with (
        stage.deployment(first_service, toy_service) as deployment,
        deployment.running(first_service, **PRODUCTION) as speaking,
        deployment.running(toy_service, **PRODUCTION) as hearing,
    ):
        watch(hearing, journey)
        for case in cases:
            await say(speaking, a(ApplicationSubmitted, case_id=case), case, journey)
        await journey.all_there()
        journey.left.clear()

        async def act(number: int) -> None:
            member = MemberId(f"m{number}")
            event = a(MemberJoined, case_id=cases[number % CASES], member_id=member)
            await say(speaking, event, member, journey)

        await at_pace(seconds, act)
        await journey.all_there()
    return journey


async def say(runtime: Runtime, event: Event, name: str, journey: Journey) -> None:
    """One unit of work in the first service, as a request is one."""
    engine = runtime.engine
    async with engine.transaction() as connection:
        cases = await engine.lock(connection, [(GUANGDONG, event.case_id)])
        case = cases[GUANGDONG, event.case_id]
        uow = engine.unit(case, Stimulus(case_id=event.case_id))
        uow.say(event)
        engine.merge(uow)
        await engine.save(connection, cases)
    journey.leave(name)


def watch(runtime: Runtime, journey: Journey) -> None:
    """Note when what arrives in the next service is committed there."""
    engine = runtime.engine
    committed = engine.committed

    def note(arrivals: Arrivals) -> None:
        for read in arrivals.reads:
            if isinstance(read.message, Received):
                event = read.message.event
                journey.arrive(event.member_id if isinstance(event, MemberJoined) else event.subject)
        committed(arrivals)

    engine.committed = note  # type: ignore[method-assign]


async def bare_journey(stage: Stage, seconds: float) -> Journey:
    """The bare relay, and the bare batch loop behind it."""
    journey, topic = Journey(), stage.bare_topic()
    async with source(stage.addresses.kafka, "/cn44/intake") as intake:
        said = records(intake, int(seconds * 100) + CASES)
    async with (
        stage.bare_database(floors.PIPELINE) as here,
        stage.bare_database(floors.PIPELINE) as there,
        stage.producer() as producer,
        stage.consumer(topic) as consumer,
    ):
        pool, wake = await asyncpg.create_pool(here), asyncio.Event()
        database = await asyncpg.connect(there)

        def arrived(found: Sequence[Any]) -> None:
            for record in found:
                journey.arrive(dict(record.headers)["ce_id"].decode())

        async def act(number: int) -> None:
            record = said[number]
            await floors.put(pool, topic, record)
            journey.leave(dict(record.headers)["ce_id"].decode())
            wake.set()

        loops = [
            asyncio.create_task(floors.relay(producer, pool, wake)),
            asyncio.create_task(floors.consume(consumer, database, arrived)),
        ]
        for number in range(CASES):
            await act(number)
        await journey.all_there()
        journey.left.clear()
        await at_pace(seconds, lambda number: act(number + CASES))
        await journey.all_there()
        for loop in loops:
            loop.cancel()
        await asyncio.wait(loops)
        await database.close()
        await pool.close()
    return journey

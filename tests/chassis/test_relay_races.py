"""The relay against racing writers, long transactions and a second relay: nothing lost or inverted."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from chassis.case_state import CaseState, Outgoing
from chassis.cases import lock_cases, save_cases, save_outbox
from chassis.clock import Clock
from chassis.embedded.parts import Addresses
from chassis.relay import ALONE_IDLE_S, IDLE_S, MANY, Flight, Relay
from chassis.telemetry import Metrics
from schemas.ids import CaseId, Province
from schemas.matters import MatterAccepted
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, Source, answered, case_id, deployed, source, until

TOPIC = "cn44.matters"
GUANGDONG = Province("44")
CLOCK = Clock()


@dataclass
class Writers:
    """Writes rows into the outbox as units of work do: under the case's lock, numbered by its row."""

    database: AsyncEngine
    mediation: Source
    committed: dict[CaseId, int] = field(default_factory=dict)

    async def write(self, case: CaseId, *, rows: int, open_for_s: float) -> None:
        """One transaction; what it takes its time with lies between every two of its statements."""
        async with self.database.begin() as connection:
            locked = (await lock_cases(connection, [(GUANGDONG, case)]))[GUANGDONG, case]
            for _ in range(rows):
                await self.row(connection, locked)
                await asyncio.sleep(open_for_s / rows)
            await save_cases(connection, {locked.name: locked}, now=CLOCK.now(), ledger=False)
        self.committed[case] = locked.sent["matters"]

    async def row(self, connection: AsyncConnection, case: CaseState) -> None:
        said = a(MatterAccepted, case_id=case.case_id)
        record = self.mediation.record(said, sequence=case.next_sequence("matters"))
        row = Outgoing(
            cluster="local", topic=TOPIC, key=record.key, value=record.value, headers=record.headers
        )
        await save_outbox(connection, [row], CLOCK.now())

    async def race(self, *, writers: int, transactions: int, cases: Sequence[CaseId]) -> None:
        """`writers` at once, each with transactions of three rows that stay open for 0 to 300 ms."""
        chance = random.Random(7)

        async def work() -> None:
            for _ in range(transactions):
                await self.write(chance.choice(cases), rows=3, open_for_s=chance.choice((0, 0.05, 0.3)))

        await asyncio.gather(*(work() for _ in range(writers)))


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def database(toys: Deployment) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(toys.databases["mediation"], pool_size=20)
    yield engine
    await engine.dispose()


@pytest.fixture
async def writers(toys: Deployment, database: AsyncEngine) -> AsyncIterator[Writers]:
    async with source(toys.addresses.kafka, "/cn44/mediation") as mediation:
        yield Writers(database, mediation)


@asynccontextmanager
async def relaying(relay: Relay) -> AsyncIterator[Relay]:
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        relay.stop()
        await asyncio.wait_for(task, 30)


def relay_of(
    toys: Deployment, database: AsyncEngine, holder: str, kind: type[Relay] = Relay, **said: Any
) -> Relay:
    return kind(
        "local",
        toys.addresses.kafka,
        "cluster-1",
        database=database,
        holder=holder,
        metrics=Metrics("mediation"),
        **said,
    )


class Noting(Relay):
    """Notes how many rows each look brings."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.looks: list[int] = []

    async def read(self, flying: Sequence[int]) -> Sequence[Any]:
        if rows := await super().read(flying):
            self.looks.append(len(rows))
        return rows


async def on_the_log(toys: Deployment) -> dict[CaseId, list[int]]:
    """The sequences of each case, in the order in which they lie on the log."""
    found: dict[CaseId, list[int]] = {}
    for _, message in await toys.records(TOPIC):
        found.setdefault(CaseId(message.envelope.subject), []).append(message.envelope.sequence or 0)
    return found


async def assert_all_there(toys: Deployment, writers: Writers, *, repeats: bool = False) -> None:
    """0 lost, 0 stranded, 0 inverted; and nothing twice, unless a relay was paused."""
    await toys.settled("mediation")
    found = await on_the_log(toys)
    for case, committed in writers.committed.items():
        firsts = list(dict.fromkeys(found[case]))
        assert firsts == list(range(1, committed + 1)), case
        assert repeats or found[case] == firsts
    assert found.keys() == writers.committed.keys()


async def test_eight_racing_writers_with_open_transactions(
    toys: Deployment, database: AsyncEngine, writers: Writers
) -> None:
    cases = [case_id() for _ in range(12)]
    async with relaying(relay_of(toys, database, "one", batch=7)):
        await writers.race(writers=8, transactions=25, cases=cases)
        await assert_all_there(toys, writers)
    assert sum(writers.committed.values()) == 8 * 25 * 3


async def test_while_many_rows_come_those_of_several_commits_leave_together(
    toys: Deployment, database: AsyncEngine, writers: Writers
) -> None:
    relay = relay_of(toys, database, "one", kind=Noting, gather_s=3)
    assert isinstance(relay, Noting)
    async with relaying(relay):
        await writers.write(case_id(), rows=MANY, open_for_s=0)
        await until(lambda: answered(relay.progress == MANY), "the first to leave")
        for _ in range(5):
            await writers.write(case_id(), rows=1, open_for_s=0)
            relay.wake(1)
        await assert_all_there(toys, writers)
    assert relay.looks == [MANY, 5]


async def test_few_rows_wait_for_no_others(toys: Deployment, database: AsyncEngine, writers: Writers) -> None:
    async with relaying(relay_of(toys, database, "one", gather_s=600)):
        for _ in range(2):
            await writers.write(case_id(), rows=MANY - 1, open_for_s=0)
            await assert_all_there(toys, writers)


async def test_a_transaction_that_stays_open_stalls_nobody_else(
    toys: Deployment, database: AsyncEngine, writers: Writers
) -> None:
    cases = [case_id() for _ in range(8)]
    slow = case_id()
    async with relaying(relay_of(toys, database, "one")):
        opened = asyncio.create_task(writers.write(slow, rows=3, open_for_s=8))
        latest = 0.0
        for case in cases:
            await writers.write(case, rows=3, open_for_s=0)
            written_at = time.monotonic()
            await toys.settled("mediation")
            latest = max(latest, time.monotonic() - written_at)
        assert not opened.done(), "the long transaction was to be open all the time"
        assert latest < 2
        assert (await on_the_log(toys)).keys() == set(cases)
        await opened
        await assert_all_there(toys, writers)


class Pausing(Relay):
    """A relay whose process stands still at a place of its life, as after SIGSTOP."""

    pause_at = ""

    def __init__(self, *said: Any, **named: Any) -> None:
        super().__init__(*said, **named)
        self.paused = asyncio.Event()
        self.go_on = asyncio.Event()

    async def _here(self, place: str) -> None:
        if place == self.pause_at and not self.paused.is_set():
            self.paused.set()
            await self.go_on.wait()

    async def send(self, producer: AIOKafkaProducer, rows: Sequence[Any]) -> Flight:
        await self._here("before send")
        return await super().send(producer, rows)

    async def land(self, flight: Flight) -> None:
        await self._here("before delete")
        await super().land(flight)


@pytest.mark.parametrize("place", ["before send", "before delete"])
async def test_two_relays_after_one_lease_and_the_first_paused_past_it(
    toys: Deployment, database: AsyncEngine, writers: Writers, place: str
) -> None:
    cases = [case_id() for _ in range(10)]
    first = relay_of(toys, database, "first", Pausing, lease_s=1.0, batch=5)
    assert isinstance(first, Pausing)
    first.pause_at = place
    async with relaying(first):
        await writers.race(writers=4, transactions=3, cases=cases)
        await asyncio.wait_for(first.paused.wait(), 10)
        async with relaying(relay_of(toys, database, "second", lease_s=1.0, batch=5)) as second:
            await toys.settled("mediation")
            assert second.progress > 0
            await writers.race(writers=4, transactions=3, cases=cases)
            first.go_on.set()
            await writers.race(writers=4, transactions=3, cases=cases)
            await assert_all_there(toys, writers, repeats=True)


async def test_few_rows_are_looked_for_the_later_the_longer_a_look_takes(
    toys: Deployment, database: AsyncEngine
) -> None:
    relay = relay_of(toys, database, "one", gather_s=0.5, batch=1_000)
    assert relay.apart_s(1, 0.001) < 0.01
    assert relay.apart_s(1, 0.05) > 0.05
    assert relay.apart_s(1, 60) == relay.apart_s(MANY, 0.001) == 0.5
    assert relay.apart_s(1_000, 60) == 0


async def test_a_row_that_is_found_before_its_writer_tells_of_it_is_no_stranger(
    toys: Deployment, database: AsyncEngine, writers: Writers
) -> None:
    async with relaying(relay_of(toys, database, "one")) as relay:
        await until(lambda: answered(relay.rests_s == ALONE_IDLE_S), "a relay that seldom looks")
        await writers.write(case_id(), rows=1, open_for_s=0)
        await until(lambda: answered(relay.progress == 1), "the row that nobody has told it of yet")
        relay.wake(1)
        relay.rests_s = 0
        await until(lambda: answered(relay.rests_s > 0), "the next rest")
        assert relay.rests_s == ALONE_IDLE_S


async def test_rows_of_other_processes_are_looked_for_often_only_where_there_are_any(
    toys: Deployment, database: AsyncEngine, writers: Writers
) -> None:
    async with relaying(relay_of(toys, database, "one")) as alone:
        await until(lambda: answered(alone.rests_s == ALONE_IDLE_S), "a relay that seldom looks")
        await writers.write(case_id(), rows=1, open_for_s=0)
        await until(lambda: answered(alone.progress == 1), "the row that nobody has told it of")
        async with relaying(relay_of(toys, database, "other")) as other:
            await until(lambda: answered(alone.rests_s == IDLE_S[-1]), "more looks, as there was a row")
            await until(lambda: answered(other.rests_s == IDLE_S[-1]), "more looks, as the queues are shared")


async def test_two_relays_from_the_beginning_send_each_row_once(
    toys: Deployment, database: AsyncEngine, writers: Writers
) -> None:
    cases = [case_id() for _ in range(10)]
    async with (
        relaying(relay_of(toys, database, "first")) as first,
        relaying(relay_of(toys, database, "second")) as second,
    ):
        await writers.race(writers=8, transactions=10, cases=cases)
        await assert_all_there(toys, writers)
        assert first.progress + second.progress == 8 * 10 * 3

        async def leased_by_one() -> bool:
            rows = await toys.rows("mediation", "SELECT count(*) AS n FROM lease WHERE cluster = 'local'")
            return bool(rows[0].n == 16)

        await until(leased_by_one, "a lease for each queue")

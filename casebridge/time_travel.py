"""Steps the clock of a test-mode deployment from timer to timer, and only when nothing is on its way.

A step while an answer still lies in a log would let an offer lapse that was answered in time. So every step
waits until all outboxes are empty, all logs are applied to their ends, and no timer is overdue.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from asyncpg import Record
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from chassis.bulk import fetch_alone
from chassis.clock import Clock
from chassis.log_reading import learn_topics

WITHIN_S = 30.0
PAUSE_S = 0.02

# A held case waits for a person: its events and timers do not keep time from passing.
UNDER_WAY = """
    SELECT (SELECT count(*) FROM outbox) AS unsent,
           (SELECT count(*) FROM queued JOIN case_row USING (province, case_id)
             WHERE hold IS NULL) AS waiting,
           (SELECT count(*) FROM timer JOIN case_row USING (province, case_id)
             WHERE hold IS NULL AND due_at <= $1) AS overdue
"""
# The sender looks for these by itself, a quarter of a second after they were queued: no timer tells of them.
UNSENT_NOTICES = """
    SELECT count(*) AS "notices to send" FROM notice JOIN case_row USING (province, case_id)
    WHERE hold IS NULL AND send_at <= $1
"""
NOTIFY = "notify"
POSITIONS = "SELECT cluster, topic, partition, next FROM position"
NEXT_TIMER = """
    SELECT min(due_at) AS due FROM timer JOIN case_row USING (province, case_id)
    WHERE hold IS NULL AND due_at > $1
"""

Positions = Mapping[tuple[str, str, TopicPartition], int]
"""Service, cluster id and place -> the next offset."""


class NeverQuiet(TimeoutError):
    """Something was on its way for too long; the sentence says what."""


@dataclass(frozen=True, slots=True)
class TimeTraveller:
    """Moves all services of a deployment to a later moment."""

    clock: Clock
    databases: Mapping[str, AsyncEngine]
    """By the name of the service; where there are several of a name, something stands before it."""
    clusters: Mapping[str, AIOKafkaConsumer]
    """By cluster id."""

    async def travel(self, moment: datetime) -> datetime:
        """Let time pass until `moment`, timer by timer, each with all that follows from it. Returns the now.

        Raises NeverQuiet. A moment that has passed is no error: time stays as it is.
        """
        await self.quiet()
        while (due := await self.next_timer()) and due <= moment:
            # Microseconds are dropped nowhere: the step is to the timer's own moment.
            self.clock.step_to(max(due, self.clock.now()))
            await self.quiet()
        if moment > self.clock.now():
            self.clock.step_to(moment)
        return self.clock.now()

    async def next_timer(self) -> datetime | None:
        """The earliest timer anywhere that is not due yet."""
        found = await self._asked(NEXT_TIMER, self.clock.now())
        return min((row["due"] for (row,) in found if row["due"]), default=None)

    async def quiet(self, within_s: float = WITHIN_S, *, notices: bool = True) -> None:
        """Wait until nothing is on its way, but for notices if they may go out later. Raises NeverQuiet."""
        clock = asyncio.get_running_loop().time
        began = clock()
        while busy := await self.busy(notices=notices):
            waited_s = clock() - began
            if waited_s > within_s:
                raise NeverQuiet(f"not quiet within {within_s:g} s: {busy}")
            # Each look costs those who are waited for: the longer they take, the less often.
            await asyncio.sleep(min(0.2, PAUSE_S + waited_s / 20))

    async def busy(self, *, notices: bool = True) -> str:
        """What is on its way; empty when nothing is.

        Looks twice: an event that moved from an outbox into a log, or from a log into a database, between
        two looks shows as a position that changed.
        """
        if busy := await self._unfinished(notices):
            return busy
        before = await self._positions()
        if behind := await self._behind(before):
            return behind
        if busy := await self._unfinished(notices):
            return busy
        return "" if await self._positions() == before else "events are being applied"

    async def _unfinished(self, notices: bool) -> str:
        now, found = self.clock.now(), []
        notifying = {
            name: engine for name, engine in self.databases.items() if notices and name.endswith(NOTIFY)
        }
        for query, databases in ((UNDER_WAY, self.databases), (UNSENT_NOTICES, notifying)):
            for service, (row,) in zip(databases, await self._asked(query, now, of=databases), strict=True):
                found += [f"{service}: {count} {what}" for what, count in row.items() if count]
        return ", ".join(found)

    async def _positions(self) -> Positions:
        all_rows = await self._asked(POSITIONS)
        return {
            (service, cluster, TopicPartition(topic, partition)): following
            for service, rows in zip(self.databases, all_rows, strict=True)
            for cluster, topic, partition, following in rows
        }

    async def _asked(
        self, query: str, *values: Any, of: Mapping[str, AsyncEngine] | None = None
    ) -> Sequence[Sequence[Record]]:
        """What all or some databases answer, in their order. Asked together: who travels waits for it."""

        async def asked(engine: AsyncEngine) -> Sequence[Record]:
            async with engine.connect() as connection:
                return await fetch_alone(connection, query, *values)

        return await asyncio.gather(*map(asked, (self.databases if of is None else of).values()))

    async def _behind(self, positions: Positions) -> str:
        """The services that have not applied all that is there."""
        behind = set()
        for cluster, consumer in self.clusters.items():
            places = {place for _, at, place in positions if at == cluster}
            await learn_topics(consumer, {place.topic for place in places})
            ends = await consumer.end_offsets(sorted(places)) if places else {}
            behind |= {
                f"{service} reads {place.topic}"
                for (service, at, place), following in positions.items()
                if at == cluster and following < ends[place]
            }
        return ", ".join(sorted(behind))


@asynccontextmanager
async def time_traveller(
    clock: Clock, databases: Mapping[str, str], kafka: Sequence[str]
) -> AsyncIterator[TimeTraveller]:
    """Connects to the databases of all services (name -> address) and to the clusters that they read."""
    async with AsyncExitStack() as stack:
        engines = {}
        for service, url in databases.items():
            engines[service] = create_async_engine(url, pool_size=1, hide_parameters=True)
            stack.push_async_callback(engines[service].dispose)
        clusters = {}
        for servers in dict.fromkeys(kafka):
            consumer = AIOKafkaConsumer(bootstrap_servers=servers, enable_auto_commit=False)
            await consumer.start()
            stack.push_async_callback(consumer.stop)
            clusters[await cluster_id(servers)] = consumer
        yield TimeTraveller(clock, engines, clusters)


async def cluster_id(servers: str) -> str:
    """What services call the cluster in their positions."""
    admin = AIOKafkaAdminClient(bootstrap_servers=servers)
    try:
        await admin.start()
        return str((await admin.describe_cluster())["cluster_id"])
    finally:
        await admin.close()


async def travel(
    moment: datetime, *, clock: Clock, databases: Mapping[str, str], kafka: Sequence[str]
) -> datetime:
    """One journey; who makes several keeps a `time_traveller`."""
    async with time_traveller(clock, databases, kafka) as traveller:
        return await traveller.travel(moment)

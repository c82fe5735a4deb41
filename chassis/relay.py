"""Moves the outbox to Kafka: in order per case, published before it is deleted, by one holder per queue."""

import asyncio
import logging
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.partitioner import murmur2
from aiokafka.producer.message_accumulator import BatchBuilder
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.bulk import look, unpack_headers
from chassis.cases import QUEUES
from chassis.failpoints import failpoint
from chassis.kafka_access import NOBODY, KafkaAccess
from chassis.lookout import Lookout
from chassis.telemetry import Metrics

log = logging.getLogger(__name__)

LEASE_S = 10.0
LOOK_FOR_TOPIC_S = 0.5
LOOK_AGAIN_S = 10.0
BATCH = 1_000
MANY = 30
"""Rows. What some people write in the same moment is less, and hardly waits behind others'."""

GATHER_S = 0.05
"""From one look to the next, while many come. A look costs a read, a send and a deletion here, and a
transaction in every service that reads the log, however few the rows are."""

FEW_TIMES = 4
"""The same while few come, in times of the look that found the last ones: next to nothing where the machine
has time, and more where it has none."""

IDLE_S = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
"""A row of this process wakes the relay at once. One of another process is found by looking: the more often
the shorter ago there were any."""

ALONE_IDLE_S = 0.5
"""The same for who sends all queues, and has not met a row of another process for STRANGE_S: there is none,
or it hardly does anything."""
STRANGE_S = 30.0

TAKE_LEASES = """
    INSERT INTO lease AS own (cluster, queue, holder, epoch, expires_at)
    SELECT $1, queue, $2, 1, clock_timestamp() + make_interval(secs => $3)
    FROM generate_series(0, $4::integer - 1) AS queue
    ON CONFLICT (cluster, queue) DO UPDATE
    SET holder = excluded.holder,
        epoch = own.epoch + CASE WHEN own.holder = excluded.holder THEN 0 ELSE 1 END,
        expires_at = excluded.expires_at
    WHERE own.holder = excluded.holder OR own.expires_at < clock_timestamp()
    RETURNING queue
"""

# Never after an id: a transaction that took a lower id may commit later.
READ = """
    SELECT id, topic, key, value, headers FROM outbox
    WHERE cluster = $1 AND NOT (id = ANY($2::bigint[])) AND NOT (topic = ANY($3::text[]))
      AND queue = ANY(ARRAY(SELECT queue FROM lease
                            WHERE cluster = $1 AND holder = $4 AND expires_at > clock_timestamp()))
    ORDER BY id LIMIT $5
"""

RELEASE = text("DELETE FROM lease WHERE cluster = :cluster AND holder = :holder")

# In one statement, and so in one transaction and one round trip.
DELETE_AND_NOTE = """
    WITH gone AS (DELETE FROM outbox WHERE id = ANY($1::bigint[]))
    INSERT INTO acknowledged AS own (cluster, topic, partition, "offset")
    SELECT $2, * FROM unnest($3::text[], $4::integer[], $5::bigint[])
    ON CONFLICT (cluster, topic, partition)
    DO UPDATE SET "offset" = greatest(own."offset", excluded."offset")
"""


@lru_cache(maxsize=10_000)
def hashed(key: bytes) -> int:
    """Kafka's hash of a key: every client puts it into the partition of this number, modulo their count.

    aiokafka computes it in Python, and a case has several rows in a batch.
    """
    return int(murmur2(key)) & 0x7FFFFFFF


def seen(answer: "asyncio.Future[Any]") -> None:
    """A failure discards all that is in flight; of each answer nobody asks for, asyncio would complain."""
    if not answer.cancelled():
        answer.exception()


async def nothing() -> Sequence[asyncpg.Record]:
    return ()


@dataclass(frozen=True, slots=True)
class Flight:
    """A batch on its way: the rows, and for each part of it the broker's answer to come, and its size."""

    ids: list[int]
    answers: "list[asyncio.Future[Any]]"
    counts: list[int]


class Relay:
    """One cluster's outbox. Several processes may run one each: the leases say who sends."""

    def __init__(
        self,
        cluster: str,
        servers: str,
        cluster_id: str,
        *,
        database: AsyncEngine,
        holder: str,
        metrics: Metrics,
        access: KafkaAccess = NOBODY,
        lease_s: float = LEASE_S,
        batch: int = BATCH,
        gather_s: float = GATHER_S,
        lookout: Lookout | None = None,
    ) -> None:
        self.cluster = cluster
        self.servers = servers
        self.cluster_id = cluster_id
        self.database = database
        self.holder = holder
        self.metrics = metrics
        self.access = access
        self.lease_s = lease_s
        self.batch = batch
        self.gather_s = gather_s
        self.lookout = lookout or Lookout(database)
        self.progress = 0
        self.connected = False
        self.found: dict[str, int] = {}
        """Topics that are there, and how many partitions they have for life."""
        self.missing: set[str] = set()
        """Topics that rows are for and that are not there."""
        self._stopping = False
        self._wake = asyncio.Event()
        self._renewed_at = self._looked_at = self._look_from = self._stranger_at = -1e9
        self._sends_all = False
        self._told = self._sent = self._strange = 0
        """Rows: said to be written here; sent; and how many more were sent than said when it last rested."""
        self.rests_s = 0.0
        """How long it rests, or rested last, where nobody wakes it."""

    def wake(self, rows: int) -> None:
        """This process has written rows."""
        self._told += rows
        self._wake.set()

    def stop(self) -> None:
        """Send what is there, then end."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Relay until stopped. Whatever goes wrong with the broker or the database, begin again."""
        delay = 0.1
        while not self._stopping:
            try:
                await self.relay()
                delay = 0.1
            except (KafkaError, DBAPIError, OSError, TimeoutError) as error:
                # The database may be the one that is away: each is blamed for its own absence alone.
                self.connected = self.connected and not isinstance(error, KafkaError)
                log.warning(
                    "relay_interrupted", extra={"cluster": self.cluster, "error": type(error).__name__}
                )
                await asyncio.sleep(delay)
                delay = min(delay * 2, 5.0)

    async def relay(self) -> None:
        """One producer's life. Any failure discards it with all that is in flight; rows are read again."""
        producer = AIOKafkaProducer(
            bootstrap_servers=self.servers,
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            max_batch_size=256 * 1024,
            max_request_size=1_048_576,
            **self.access.for_client,
        )
        await producer.start()
        try:
            self.connected = True
            await self.pump(producer)
            async with self.database.begin() as connection:
                await connection.execute(RELEASE, {"cluster": self.cluster, "holder": self.holder})
        finally:
            await producer.stop()

    async def pump(self, producer: AIOKafkaProducer) -> None:
        """Two batches overlap: the last is acknowledged and the one before deleted while the next is read."""
        last: Flight | None = None
        before: Flight | None = None
        looks = 0
        more = True
        while True:
            await self.renew()
            flying = [id for flight in (before, last) if flight for id in flight.ids]
            # With a batch on its way and nothing new it is enough to wait for the answers.
            reads = more or self._wake.is_set() or not (flying or await self.looks_in_vain(looks))
            reading = self.read(flying) if reads else nothing()
            # Most looks are those of an idle relay: tasks for both would cost it as much as the look.
            rows = await reading if before is None else (await asyncio.gather(reading, self.land(before)))[0]
            more = len(rows) == self.batch
            before, last = last, await self.send(producer, rows) if rows else None
            looks = 0 if before or last else looks + 1
            if looks:
                if self._stopping:
                    return
                await self.idle(self.idle_s(looks))
                self.see_strangers()

    @property
    def alone(self) -> bool:
        """Whether all rows are this process's own, as far as it knows: then nothing is found by looking."""
        strange = asyncio.get_running_loop().time() - self._stranger_at < STRANGE_S
        return self._sends_all and not strange

    def see_strangers(self) -> None:
        """Notice rows that were sent and that nobody here said he wrote.

        After a rest that nobody ended: what is committed may be found a moment before its writer says so.
        """
        if self._wake.is_set():
            return
        strange = self._sent - self._told
        if strange > self._strange:
            self._stranger_at = asyncio.get_running_loop().time()
        self._strange = strange

    def idle_s(self, looks: int) -> float:
        if self.alone:
            return ALONE_IDLE_S
        return IDLE_S[min(looks, len(IDLE_S)) - 1]

    async def looks_in_vain(self, looks: int) -> bool:
        """Whether an idle relay need not read, as there are no rows."""
        if looks < len(IDLE_S) and not self.alone:
            return False
        just_sent = looks == 0
        return just_sent or self.cluster not in await self.lookout.clusters()

    async def idle(self, seconds: float) -> None:
        self.rests_s = seconds
        if seconds >= IDLE_S[-1]:
            # Together with the other relays of its process: they share a look, and a turn of the loop.
            early_s = seconds / 50  # a loop may end a rest a little before its time
            seconds += early_s - (asyncio.get_running_loop().time() + early_s) % seconds
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def renew(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._renewed_at < self.lease_s / 3:
            return
        taken = await look(self.database, TAKE_LEASES, self.cluster, self.holder, self.lease_s, QUEUES)
        self._sends_all = len(taken) == QUEUES
        self._renewed_at = now
        if now - self._looked_at > LOOK_AGAIN_S:
            self._looked_at = now
            self.missing.clear()  # a province may have joined

    async def read(self, flying: Sequence[int]) -> Sequence[asyncpg.Record]:
        await self.gather()
        self._wake.clear()
        clock = asyncio.get_running_loop().time
        began = clock()
        rows = await look(
            self.database, READ, self.cluster, flying, sorted(self.missing), self.holder, self.batch
        )
        if rows:
            self._look_from = clock() + self.apart_s(len(rows), clock() - began)
        return rows

    def apart_s(self, rows: int, took_s: float) -> float:
        """From a look that found so many to the next."""
        if rows == self.batch:
            return 0.0
        return self.gather_s if rows >= MANY else min(self.gather_s, FEW_TIMES * took_s)

    async def gather(self) -> None:
        """Let the rows of several commits come together: many, or few while a look takes long."""
        early_s = self._look_from - asyncio.get_running_loop().time()
        if early_s > 0 and not self._stopping:
            await asyncio.sleep(early_s)

    async def send(self, producer: AIOKafkaProducer, rows: Sequence[asyncpg.Record]) -> Flight:
        """Hand rows to the producer. Those of a topic that is not there stay; nothing waits behind them."""
        await self.look_for_topics(producer, {topic for _, topic, *_ in rows})
        if self.missing:
            rows = [row for row in rows if row["topic"] not in self.missing]
        parts = self.parts(producer, rows)
        answers = [
            await producer.send_batch(part, topic, partition=partition) for topic, partition, part in parts
        ]
        for answer in answers:
            answer.add_done_callback(seen)
        self._sent += len(rows)
        failpoint("after_send_before_ack")
        return Flight([id for id, *_ in rows], answers, [part.record_count() for *_, part in parts])

    def parts(
        self, producer: AIOKafkaProducer, rows: Sequence[asyncpg.Record]
    ) -> list[tuple[str, int, BatchBuilder]]:
        """The rows as Kafka stores them: a part for each partition, in order, and another when it is full."""
        filling: dict[tuple[str, int], BatchBuilder] = {}
        parts: list[tuple[str, int, BatchBuilder]] = []
        for _, topic, key, value, headers in rows:
            place = (topic, hashed(key) % self.found[topic])
            unpacked = list(unpack_headers(headers))
            part = filling.get(place)
            if part and part.append(timestamp=None, key=key, value=value, headers=unpacked):
                continue
            part = filling[place] = producer.create_batch()
            part.append(timestamp=None, key=key, value=value, headers=unpacked)
            parts.append((*place, part))
        for *_, part in parts:
            part.close()
        return parts

    async def look_for_topics(self, producer: AIOKafkaProducer, topics: Set[str]) -> None:
        """Note which topics are missing, such as the mailbox of a province that has not joined yet."""
        if topics <= self.found.keys():
            return
        async with asyncio.TaskGroup() as group:
            for topic in topics - self.found.keys():
                group.create_task(self.look_for_topic(producer, topic))

    async def look_for_topic(self, producer: AIOKafkaProducer, topic: str) -> None:
        try:
            async with asyncio.timeout(LOOK_FOR_TOPIC_S):
                self.found[topic] = len(await producer.partitions_for(topic))
        except (KafkaError, TimeoutError):
            self.missing.add(topic)
            log.warning("topic_missing", extra={"cluster": self.cluster, "topic": topic})

    async def land(self, flight: Flight) -> None:
        """Every row acknowledged: delete them, and note how far the broker has them, in one transaction."""
        acknowledged = await asyncio.gather(*flight.answers)
        failpoint("after_publish_before_delete")
        ends: dict[tuple[str, int], int] = {}
        for at, count in zip(acknowledged, flight.counts, strict=True):
            place = (at.topic, at.partition)
            ends[place] = max(at.offset + count - 1, ends.get(place, -1))
        await self.delete(flight.ids, ends)
        self.progress += len(flight.ids)
        self.metrics.relayed(self.cluster, len(flight.ids))
        failpoint("after_delete")

    async def delete(self, ids: Sequence[int], ends: Mapping[tuple[str, int], int]) -> None:
        places = sorted(ends)
        topics, partitions = [topic for topic, _ in places], [partition for _, partition in places]
        offsets = [ends[place] for place in places]
        await look(self.database, DELETE_AND_NOTE, ids, self.cluster_id, topics, partitions, offsets)

"""Reads the logs: what arrives becomes effects in the database, and positions move with them.

FastStream builds, starts and stops the consumer; the loop over it is ours. Its batch loop sleeps after every
empty poll and takes exceptions for handled; here nothing is skipped, and Kafka's group offsets only show lag.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import ConsumerStoppedError, KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.arrivals import Arrivals, sort_arrivals, sort_between
from chassis.bulk import fetch
from chassis.case_state import Arrived
from chassis.engine import Engine
from chassis.errors import TooManyHolds
from chassis.failpoints import failpoint
from chassis.holding import check_holds, refuse
from chassis.strays import save_strays
from chassis.transient import is_transient

log = logging.getLogger(__name__)

COMMIT_EVERY_S = 2.0
LOOK_EVERY_S = 2.0
POLL_MS = 200
MANY = 50
"""Records. While so many are written, the next are read, as they are while a batch is full. Beside a smaller
one it is left open: what comes meanwhile comes together, as a transaction costs more than an event."""
REST_S = 0.02
"""At most, from a small batch to the next. It is as long as the small one took: next to nothing where the
machine has time, and more where it has none."""
BACKOFF_S = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

BEGIN = text("""
    INSERT INTO position (cluster, topic, partition, next)
    SELECT :cluster, topics.*, 0
    FROM unnest(CAST(:topics AS text[]), CAST(:partitions AS integer[])) AS topics
    ON CONFLICT DO NOTHING
""")
POSITIONS = text("""
    SELECT topic, partition, next FROM position WHERE cluster = :cluster AND (topic, partition) IN
        (SELECT * FROM unnest(CAST(:topics AS text[]), CAST(:partitions AS integer[])))
""")
BEGIN_AT = text("""
    UPDATE position SET next = :begin
    WHERE cluster = :cluster AND topic = :topic AND partition = :partition AND next = 0
""")
MOVE = """
    UPDATE position SET next = wanted.next
    FROM unnest($2::text[], $3::integer[], $4::bigint[], $5::bigint[])
         AS wanted(topic, partition, expected, next)
    WHERE position.cluster = $1 AND position.topic = wanted.topic
      AND position.partition = wanted.partition AND position.next = wanted.expected
    RETURNING 1
"""


class PositionTaken(Exception):
    """Another member of the group has applied these records, or is about to: read the positions again."""


class BusStopped(Exception):
    """Reading on would lose or hide something; the sentence says what, and a person must act."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one poll brought, read and sorted, and the offsets at which its partitions were to go on."""

    arrivals: Arrivals
    begins: Mapping[TopicPartition, int]


class Bus(ConsumerRebalanceListener):
    """The logs of one cluster that this service reads."""

    def __init__(
        self,
        *,
        broker: KafkaBroker,
        cluster: str,
        cluster_id: str,
        topics: Sequence[str],
        group: str,
        engine: Engine,
    ) -> None:
        self.name = f"{cluster} {group}"
        self.cluster = cluster
        self.cluster_id = cluster_id
        self.engine = engine
        self.topics = tuple(topics)
        self.next: dict[TopicPartition, int] = {}
        """What is applied next, as the database has it."""
        self.fetched: dict[TopicPartition, int] = {}
        """What is fetched next: ahead of `next` by the batch that is being applied."""
        self._ahead: asyncio.Task[Batch] | None = None
        self.assigned_ends: dict[TopicPartition, int] = {}
        """Ends seen at assignment: timers wait until these are applied."""
        self.ends: dict[TopicPartition, int] = {}
        self.told: dict[TopicPartition, int] = {}
        """What Kafka was told is next, since the assignment."""
        self.forgotten = 0
        """How often all positions were: a batch that was begun before moves none."""
        self.progress = 0
        self.stopped_because: str | None = None
        self._stopping = asyncio.Event()
        self._subscriber = broker.subscriber(
            *topics,
            group_id=group,
            batch=True,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            listener=self,
            max_records=engine.settings.batch_size,
            session_timeout_ms=10_000,
            heartbeat_interval_ms=1_000,
            fetch_max_wait_ms=250,
            consumer_timeout_ms=1000,  # what it waits for tells it so; by itself it need not look around
        )

    @property
    def consumer(self) -> AIOKafkaConsumer:
        consumer = self._subscriber.consumer
        if consumer is None:
            raise ConsumerStoppedError
        return consumer

    # --- Assignment ----------------------------------------------------------------------------------------

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """The position decides who applies, so nothing needs to be finished here."""

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Forget all positions; the loop seeks before it takes the next record. No I/O: it must not fail."""
        self.forget()
        self.assigned_ends.clear()
        self.told.clear()  # another member may have told something else meanwhile

    def forget(self) -> None:
        """Know no position any more: the loop drops what it has fetched, and seeks."""
        self.forgotten += 1
        self.next.clear()
        self.fetched.clear()

    async def seek(self) -> None:
        """Take the positions of newly assigned partitions from the database. Raises BusStopped."""
        fresh = sorted(self.consumer.assignment() - self.next.keys())
        if not fresh:
            return
        # What was fetched before came from elsewhere, and a poll that is under way would jump over records.
        await self.drop_ahead()
        positions = await self.positions(fresh)
        ends = await self.consumer.end_offsets(fresh)
        begins = await self.consumer.beginning_offsets(fresh)
        for place in fresh:
            at = positions[place]
            if at > ends[place]:
                raise BusStopped(
                    f"{place.topic}[{place.partition}] ends at {ends[place]}, and {at} was applied: "
                    "the log was truncated, or this is another cluster. Run `casebridge audit`, then "
                    "ask for support."
                )
            if at < begins[place] and at > 0:
                raise BusStopped(
                    f"{place.topic}[{place.partition}] begins at {begins[place]}, and {at} is next: records "
                    "expired before they were read. Ask their writers to send again."
                )
            if at < begins[place]:
                at = await self.begin_at(place, begins[place])
            self.consumer.seek(place, at)
            self.next[place] = self.fetched[place] = at
            self.assigned_ends[place] = self.ends[place] = ends[place]

    async def positions(self, places: Sequence[TopicPartition]) -> Mapping[TopicPartition, int]:
        named = {
            "cluster": self.cluster_id,
            "topics": [place.topic for place in places],
            "partitions": [place.partition for place in places],
        }
        async with self.engine.database.begin() as connection:
            await connection.execute(BEGIN, named)
            rows = await connection.execute(POSITIONS, named)
            return {TopicPartition(row.topic, row.partition): row.next for row in rows}

    async def begin_at(self, place: TopicPartition, begin: int) -> int:
        """A new reader of a log whose first records expired: what is gone is not behind it."""
        async with self.engine.database.begin() as connection:
            named = {"cluster": self.cluster_id, "topic": place.topic, "partition": place.partition}
            moved = await connection.execute(BEGIN_AT, {**named, "begin": begin})
        if moved.rowcount != 1:
            raise PositionTaken
        return begin

    # --- The loop ------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Read until stopped. Returns early only when a person must act; `stopped_because` says why."""
        attempt = 0
        committed = looked = 0.0
        clock = asyncio.get_running_loop().time
        while not self._stopping.is_set():
            try:
                await self.seek()
                if clock() - looked > LOOK_EVERY_S:
                    await self.look()
                    looked = clock()
                if clock() - committed > COMMIT_EVERY_S:
                    await self.commit()
                    committed = clock()
                await self.handle(await self.take_ahead())
                attempt = 0
            except TooManyHolds as holds:
                self.stopped_because = str(holds)
                log.error("bus_stopped", extra={"reason": str(holds)})
                return
            except PositionTaken:
                self.forget()
                await self.pause(0.05)
            except BusStopped as stopped:
                self.stopped_because = str(stopped)
                log.error("bus_stopped", extra={"reason": str(stopped)})
                return
            except ConsumerStoppedError:
                return
            except (KafkaError, SQLAlchemyError, OSError, TimeoutError) as error:
                if isinstance(error, DBAPIError) and not is_transient(error):
                    raise
                self.forget()
                log.warning("bus_interrupted", extra={"error": type(error).__name__})
                await self.pause(BACKOFF_S[min(attempt, len(BACKOFF_S) - 1)])
                attempt += 1
        await self.drop_ahead()
        await self.commit()

    def stop(self) -> None:
        """Finish the batch at hand, then end."""
        self._stopping.set()

    async def pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            pass

    # --- Reading ahead -------------------------------------------------------------------------------------

    def read_ahead(self) -> None:
        """Begin to fetch and to read the next batch, so that it is there when the one at hand is written.

        It is read whenever the one at hand waits for the database.
        """
        if self._ahead is None:
            self._ahead = asyncio.create_task(self.fetch())

    async def take_ahead(self) -> Batch:
        """The batch that was begun, or a new one; empty when nothing came for a while."""
        self.read_ahead()
        assert self._ahead
        ahead, self._ahead = self._ahead, None
        return await ahead

    async def drop_ahead(self) -> None:
        """Let go what was fetched. The positions are sought after this: nothing is jumped over."""
        ahead, self._ahead = self._ahead, None
        if ahead:
            ahead.cancel()
            await asyncio.gather(ahead, return_exceptions=True)

    async def fetch(self) -> Batch:
        """One poll, from where the last one ended."""
        fetched = await self.consumer.getmany(timeout_ms=POLL_MS, max_records=self.engine.settings.batch_size)
        records = self.in_order(fetched)
        begins: dict[TopicPartition, int] = {}
        for record in records:
            place = TopicPartition(record.topic, record.partition)
            begins.setdefault(place, self.fetched[place])
            self.fetched[place] = record.offset + 1
        return Batch(await sort_between(records, self.engine), begins)

    def in_order(self, fetched: Mapping[TopicPartition, Sequence[Any]]) -> list[Arrived]:
        """What was fetched, less what came before the seek or belongs to a partition that was taken away."""
        return [
            Arrived(
                cluster=self.cluster,
                topic=record.topic,
                partition=record.partition,
                offset=record.offset,
                key=record.key,
                value=record.value,
                headers=tuple(record.headers),
            )
            for place, records in fetched.items()
            if place in self.fetched
            for record in records
            if record.offset >= self.fetched[place]
        ]

    # --- Applying ------------------------------------------------------------------------------------------

    async def handle(self, batch: Batch) -> None:
        """Apply a batch. Raises PositionTaken if it does not begin where the last that was applied ended."""
        if any(self.next.get(place) != begin for place, begin in batch.begins.items()):
            raise PositionTaken
        if batch.arrivals.records:
            began = asyncio.get_running_loop().time()
            await self.apply_or_part(batch.arrivals)
            if len(batch.arrivals.records) < MANY:
                await self.pause(min(REST_S, asyncio.get_running_loop().time() - began))

    async def apply_or_part(self, arrivals: Arrivals) -> None:
        """Apply; when the database refuses what it would write, find the event that it refuses."""
        try:
            await self.apply(arrivals)
        except DBAPIError as error:
            if is_transient(error):
                raise
            records = arrivals.records
            if len(records) == 1:
                log.warning("database_refuses", extra={"error": type(error.orig).__name__})
                await self.apply(arrivals, refused=error)
                return
            middle = len(records) // 2
            for half in (records[:middle], records[middle:]):
                await self.apply_or_part(sort_arrivals(half, self.engine))

    async def apply(self, arrivals: Arrivals, refused: DBAPIError | None = None) -> None:
        """One transaction: positions, cases, effects. With `refused`, the one event is held instead."""
        engine, forgotten = self.engine, self.forgotten
        started = asyncio.get_running_loop().time()
        with engine.traces.batch(len(arrivals.records)):
            nexts = await self.transact(arrivals, refused)
        failpoint("after_commit_before_offset")
        engine.committed(arrivals)
        if forgotten == self.forgotten:
            self.next.update(nexts)
        self.progress += len(arrivals.records)
        engine.metrics.handled(len(arrivals.records), asyncio.get_running_loop().time() - started)

    async def transact(self, arrivals: Arrivals, refused: DBAPIError | None) -> Mapping[TopicPartition, int]:
        """The transaction; returns the new positions."""
        engine = self.engine
        if len(arrivals.records) >= min(MANY, engine.settings.batch_size):
            self.read_ahead()
        async with engine.transaction() as connection:
            nexts = await self.move(connection, arrivals.records)
            reads = arrivals.reads
            cases = await engine.lock(connection, [read.name for read in reads], unseen=engine.unseen(reads))
            for read in reads:
                if refused is None:
                    engine.take(cases[read.name], read)
                else:
                    refuse(engine, cases[read.name], read, refused)
            await engine.save(connection, cases)
            await save_strays(engine, connection, arrivals)
            check_holds(engine)
            failpoint("before_commit")
        return nexts

    async def move(
        self, connection: AsyncConnection, records: Sequence[Arrived]
    ) -> Mapping[TopicPartition, int]:
        """Compare and set the positions; raises PositionTaken where another member was here first."""
        nexts: dict[TopicPartition, int] = {}
        for record in records:
            nexts[TopicPartition(record.topic, record.partition)] = record.offset + 1
        places = sorted(nexts)
        if not self.next.keys() >= nexts.keys():
            raise PositionTaken  # partitions changed hands since these were fetched
        moved = await fetch(
            connection,
            MOVE,
            self.cluster_id,
            [place.topic for place in places],
            [place.partition for place in places],
            [self.next[place] for place in places],
            [nexts[place] for place in places],
        )
        if len(moved) != len(places):
            raise PositionTaken
        return nexts

    # --- Seeing --------------------------------------------------------------------------------------------

    async def look(self) -> None:
        """Note the ends of the logs: for the lag, and because a log that became shorter is an error."""
        known = dict(self.next)
        if known:
            self.note_ends(known, await self.consumer.end_offsets(sorted(known)))

    def note_ends(self, known: Mapping[TopicPartition, int], ends: Mapping[TopicPartition, int]) -> None:
        """`known` was applied when the ends were asked for: while the answer came, more was."""
        if any(known[place] > end for place, end in ends.items()):
            self.forget()
            return
        self.ends.update(ends)
        self.engine.metrics.lag(self.cluster, self.name, self.lag)

    @property
    def lag(self) -> int:
        """Records that are there and not applied, when last looked."""
        return sum(
            max(0, end - self.next.get(place, 0)) for place, end in self.ends.items() if place in self.next
        )

    @property
    def caught_up(self) -> bool:
        """Whether everything that was there at assignment is applied."""
        return bool(self.next) and all(
            self.next.get(place, -1) >= end for place, end in self.assigned_ends.items()
        )

    async def commit(self) -> None:
        """Tell Kafka how far we are, so that its tools show the lag. Failure means nothing."""
        assigned = self.consumer.assignment()
        moved = {
            place: at for place, at in self.next.items() if place in assigned and self.told.get(place) != at
        }
        if not moved:
            return
        try:
            await self.consumer.commit(moved)
            self.told |= moved
        except KafkaError as error:
            log.info("offsets_not_committed", extra={"error": type(error).__name__})

"""Reads logs from their first record to the end that they had at the beginning, a partition at a time."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import lcm
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.partitioner import murmur2

from chassis.log_reading import Cluster, places_of

PATIENCE_S = 60.0
"""How long a broker may say nothing in the middle of a partition."""


KEPT_FOR_EVER = frozenset({"cases", "transfers", "matters", "notices"})
COMPACTED = "keys"


class LogDoesNotEnd(Exception):
    """A partition brings no more records although its end is not reached."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic on one of the clusters, with the province that it belongs to and its kind."""

    cluster: str
    name: str
    province: str
    log: str


@dataclass(frozen=True, slots=True)
class Extent:
    """A partition's first and next offset when the audit began."""

    begin: int
    end: int


@dataclass(slots=True)
class Logs:
    """All topics that are audited, and where they ended when the audit began."""

    consumers: Mapping[str, AIOKafkaConsumer]
    extents: Mapping[Topic, Mapping[int, Extent]]
    arrived: Mapping[str, datetime] = field(default_factory=dict)
    """Provinces whose logs came from another cluster, and when."""

    async def as_now(self) -> "Logs":
        """The same with where they end by now."""
        return replace(self, extents=await extents_of(self.consumers, self.extents.keys()))

    def whole(self, topic: Topic, number: int) -> bool:
        """Whether the partition of this slice has every record that it ever had.

        A copy is counted from 0, whatever had expired where it was copied from.
        """
        parts = self.extents[topic]
        if not parts or topic.log == COMPACTED:
            return False
        copied = topic.province in self.arrived and topic.log not in KEPT_FOR_EVER
        return not copied and parts[number % len(parts)].begin == 0

    @property
    def slices(self) -> int:
        """Into how many parts the cases fall, so that a part's records lie in whole partitions everywhere."""
        return lcm(1, *(len(parts) for parts in self.extents.values() if parts))

    @property
    def records(self) -> int:
        """How many records ever came."""
        return sum(extent.end for parts in self.extents.values() for extent in parts.values())

    def of_slice(self, topic: Topic, key: bytes, number: int) -> bool:
        """Whether a record with this key, found in its right partition, belongs to the slice."""
        return slice_of(key, self.slices) == number

    async def read(self, topic: Topic, number: int) -> AsyncIterator[Any]:
        """The records of the partition that holds the slice, in order."""
        parts = self.extents[topic]
        if not parts:
            return
        partition = number % len(parts)
        extent, consumer = parts[partition], self.consumers[topic.cluster]
        place = TopicPartition(topic.name, partition)
        if extent.begin >= extent.end:
            return
        consumer.assign([place])
        consumer.seek(place, extent.begin)
        while await consumer.position(place) < extent.end:
            fetched = await consumer.getmany(place, timeout_ms=int(PATIENCE_S * 1000), max_records=2000)
            if not fetched:
                raise LogDoesNotEnd(f"{topic.name}[{partition}] brings nothing for {PATIENCE_S:g} s")
            for record in fetched[place]:
                if record.offset < extent.end:
                    yield record
        consumer.pause(place)  # or it would be asked for more, all the time


def slice_of(key: bytes, slices: int) -> int:
    """Kafka's own choice of a partition, for as many partitions as there are slices."""
    return int((murmur2(key) & 0x7FFFFFFF) % slices)


@asynccontextmanager
async def open_logs(
    clusters: Mapping[str, Cluster], topics: Sequence[Topic], arrived: Mapping[str, datetime]
) -> AsyncIterator[Logs]:
    """Connect to the clusters (`local`, `exchange`) and note where the topics end."""
    async with AsyncExitStack() as stack:
        consumers: dict[str, AIOKafkaConsumer] = {}
        for name in sorted({topic.cluster for topic in topics}):
            consumer = AIOKafkaConsumer(
                bootstrap_servers=clusters[name].servers,
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                fetch_max_wait_ms=10,  # as in chassis.log_reading: one place after the other
                **clusters[name].access.for_client,
            )
            await consumer.start()
            stack.push_async_callback(consumer.stop)
            consumers[name] = consumer
        yield Logs(consumers, await extents_of(consumers, topics), arrived)


async def extents_of(
    consumers: Mapping[str, AIOKafkaConsumer], topics: Collection[Topic]
) -> Mapping[Topic, Mapping[int, Extent]]:
    """Where the topics begin and end now, asked of each cluster at once."""
    found: dict[Topic, dict[int, Extent]] = {topic: {} for topic in topics}
    for name, consumer in consumers.items():
        there = {topic.name: topic for topic in topics if topic.cluster == name}
        places = await places_of(consumer, there)
        begins, ends = await consumer.beginning_offsets(places), await consumer.end_offsets(places)
        for place in places:
            found[there[place.topic]][place.partition] = Extent(begins[place], ends[place])
    return found

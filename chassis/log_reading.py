"""Reads a log to its end, outside of the bus: what a start and a restore look at."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from chassis.case_state import Arrived
from chassis.kafka_access import KafkaAccess

BATCH = 500


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Kafka cluster: our name for it, where it is, and the id that it gave itself."""

    name: str
    servers: str
    id: str
    access: KafkaAccess


@asynccontextmanager
async def open_logs(cluster: Cluster) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer of no group, which goes where it is told."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=cluster.servers,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=10,  # one place after the other: nobody shall wait for the last one's next record
        **cluster.access.for_client,
    )
    try:
        await consumer.start()
        yield consumer
    finally:
        await consumer.stop()


async def learn_topics(consumer: AIOKafkaConsumer, topics: Collection[str]) -> None:
    """Ask for the partitions of all topics at once: the client would find out about one after the other."""
    unknown = [topic for topic in topics if consumer._client.cluster.partitions_for_topic(topic) is None]
    if unknown:
        for topic in unknown:
            consumer._client.add_topic(topic)
        await consumer._client.force_metadata_update()


async def places_of(consumer: AIOKafkaConsumer, topics: Collection[str]) -> list[TopicPartition]:
    """Every partition of the topics that are there."""
    await learn_topics(consumer, topics)
    found: list[TopicPartition] = []
    for topic in topics:
        await consumer._client._wait_on_metadata(topic)
        found += [TopicPartition(topic, n) for n in sorted(consumer.partitions_for_topic(topic) or ())]
    return found


async def read_place(
    consumer: AIOKafkaConsumer, place: TopicPartition, start: int = 0
) -> AsyncIterator[Sequence[Arrived]]:
    """The records of a partition from `start`, or the first that is left, to the end that it has now."""
    end = (await consumer.end_offsets([place]))[place]
    begin = max(start, (await consumer.beginning_offsets([place]))[place])
    if begin >= end:
        return
    consumer.assign([place])
    consumer.seek(place, begin)
    while await consumer.position(place) < end:
        fetched = await consumer.getmany(place, timeout_ms=1000, max_records=BATCH)
        records = [arrived(record) for record in fetched.get(place, ()) if record.offset < end]
        if records:
            yield records
    consumer.pause(place)  # or it would be asked for more, all the time


def arrived(record: Any) -> Arrived:
    return Arrived(
        cluster="",
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
    )

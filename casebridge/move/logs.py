"""A province's logs, from one cluster into files and from files into another: every byte, in order."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from casebridge.move.folder import FolderUnfit, Logged, Written, line_of, noted, read_records
from chassis.log_reading import Cluster, open_logs, places_of

AT_ONCE: Final = 500


def name_of(place: TopicPartition) -> str:
    return f"{place.topic}/{place.partition}"


def place_named(name: str) -> TopicPartition:
    topic, _, partition = name.rpartition("/")
    return TopicPartition(topic, int(partition))


async def write_logs(cluster: Cluster, topics: Sequence[str], folder: Path) -> Mapping[str, Written]:
    """A file for each partition of the topics, from its first record that is left to its end."""
    written: dict[str, Written] = {}
    async with open_logs(cluster) as consumer:
        for place in await places_of(consumer, topics):
            file = f"{place.topic}.{place.partition}.records"
            count = 0
            with (folder / file).open("w", encoding="ascii") as lines:
                async for record in records_of(consumer, place):
                    lines.write(line_of(record) + "\n")
                    count += 1
            written[name_of(place)] = noted(folder, file, count)
    return written


async def records_of(consumer: AIOKafkaConsumer, place: TopicPartition) -> AsyncIterator[Logged]:
    """All that lies in a partition now."""
    end = (await consumer.end_offsets([place]))[place]
    begin = (await consumer.beginning_offsets([place]))[place]
    if begin >= end:
        return
    consumer.assign([place])
    consumer.seek(place, begin)
    while await consumer.position(place) < end:
        for record in (await consumer.getmany(place, timeout_ms=1000, max_records=AT_ONCE)).get(place, ()):
            if record.offset < end:
                yield logged(record)


def logged(record: Any) -> Logged:
    return Logged(record.offset, record.timestamp, record.key, record.value, tuple(record.headers))


async def read_logs_in(cluster: Cluster, folder: Path, logs: Mapping[str, Written]) -> None:
    """Put the files into the topics of another cluster, which are empty, or hold the beginning of the same.

    So one that broke off can be run again. Records keep their partitions, and are counted from 0 there.
    Raises FolderUnfit where a topic holds anything else.
    """
    async with open_logs(cluster) as consumer, open_producer(cluster) as producer:
        for name, file in logs.items():
            place, records = place_named(name), read_records(folder / file.name)
            there = await count_same(consumer, place, records)
            await append(producer, place, records)
            await check_end(consumer, place, file.records, there)


async def count_same(consumer: AIOKafkaConsumer, place: TopicPartition, records: Iterator[Logged]) -> int:
    """How many records are there already; each is taken from `records`. Raises FolderUnfit."""
    count = 0
    begin = (await consumer.beginning_offsets([place]))[place]
    async for found in records_of(consumer, place):
        ours = next(records, None)
        if begin or ours is None or ours.bytes_of_it != found.bytes_of_it or found.offset != count:
            raise FolderUnfit(
                name_of(place),
                f"another record at {found.offset}",
                "an empty topic, or the beginning of what is copied; make it anew",
            )
        count += 1
    return count


@asynccontextmanager
async def open_producer(cluster: Cluster) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(
        bootstrap_servers=cluster.servers,
        acks="all",
        enable_idempotence=True,
        max_request_size=2_000_000,
        **cluster.access.for_client,
    )
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def append(producer: AIOKafkaProducer, place: TopicPartition, records: Iterator[Logged]) -> None:
    """In order: a batch is acknowledged before the next one is sent."""
    for first in records:
        sent = [
            await producer.send(
                place.topic,
                record.value,
                key=record.key,
                headers=list(record.headers),
                partition=place.partition,
                timestamp_ms=record.timestamp,
            )
            for record in chain([first], islice(records, AT_ONCE - 1))
        ]
        for answer in sent:
            await answer


async def check_end(consumer: AIOKafkaConsumer, place: TopicPartition, records: int, there: int) -> None:
    """Offsets are translated by counting, so a record more or less must not be. Raises FolderUnfit."""
    end = (await consumer.end_offsets([place]))[place]
    if end != records:
        raise FolderUnfit(name_of(place), f"{end} records, {there} of them before", f"{records}")

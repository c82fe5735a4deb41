"""A broker of ours keeps its records and its address through what fault tests do to it."""

import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from chassis.embedded.folder_lock import FolderInUse
from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.kafka_probe import serves
from chassis.embedded.together import start_together, stop_together
from chassis.embedded.waiting import wait_until


@pytest.fixture(scope="module")
def two_brokers(
    tmp_path_factory: pytest.TempPathFactory, jars: tuple[Path, ...]
) -> Iterator[list[EmbeddedKafka]]:
    folder = tmp_path_factory.mktemp("brokers")
    brokers = [EmbeddedKafka(folder / name, jars, name=name) for name in ("province-44", "province-51")]
    start_together(brokers)
    yield brokers
    stop_together(brokers)


async def test_brokers_beside_each_other_share_nothing(two_brokers: list[EmbeddedKafka]) -> None:
    first, second = two_brokers
    await _create_topic(first, "only-here")
    assert await _topics(first) >= {"only-here"}
    assert "only-here" not in await _topics(second)


async def test_a_killed_broker_comes_back_with_its_records_at_its_address(
    two_brokers: list[EmbeddedKafka],
) -> None:
    broker, before = two_brokers[0], two_brokers[0].bootstrap
    await _create_topic(broker, "kept")
    await _write(broker, "kept", "案件".encode())
    broker.kill()
    assert broker.pid is None
    broker.start()
    assert broker.bootstrap == before
    assert await _read(broker, "kept") == "案件".encode()


async def test_a_stopped_broker_is_silent_until_it_is_continued(two_brokers: list[EmbeddedKafka]) -> None:
    broker = two_brokers[1]
    port = int(broker.bootstrap.rpartition(":")[2])
    broker.kill(signal.SIGSTOP)
    # The signal is sent; on a busy machine a thread that runs may give one more answer.
    wait_until(lambda: not serves(port, node_id=1), within_s=20, what="the broker silent")
    broker.kill(signal.SIGCONT)
    broker.wait_ready()


async def test_nobody_creates_a_topic_by_misspelling_it(two_brokers: list[EmbeddedKafka]) -> None:
    async with _admin(two_brokers[1]) as admin:
        described = await admin.describe_topics(["misspelt"])
    assert described[0]["error_code"] != 0
    assert "misspelt" not in await _topics(two_brokers[1])


def test_the_folder_of_a_running_broker_is_refused(two_brokers: list[EmbeddedKafka]) -> None:
    with pytest.raises(FolderInUse, match="in use by process"):
        EmbeddedKafka(two_brokers[0].folder, [], name="intruder").start()


def test_a_broker_that_cannot_start_shows_why(tmp_path: Path, jars: tuple[Path, ...]) -> None:
    broker = EmbeddedKafka(tmp_path / "kafka", [jar for jar in jars if "jackson-databind" not in jar.name])
    with pytest.raises(RuntimeError, match="NoClassDefFoundError: com/fasterxml"):
        broker.start()
    broker.stop()


@asynccontextmanager
async def _admin(broker: EmbeddedKafka) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


async def _create_topic(broker: EmbeddedKafka, topic: str) -> None:
    async with _admin(broker) as admin:
        await admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])


async def _topics(broker: EmbeddedKafka) -> set[str]:
    async with _admin(broker) as admin:
        return set(await admin.list_topics())


async def _write(broker: EmbeddedKafka, topic: str, value: bytes) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, enable_idempotence=True)
    await producer.start()
    try:
        await producer.send_and_wait(topic, value)
    finally:
        await producer.stop()


async def _read(broker: EmbeddedKafka, topic: str) -> bytes | None:
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest", group_id="readers"
    )
    await consumer.start()
    try:
        record = await consumer.getone()
        value: bytes | None = record.value
        return value
    finally:
        await consumer.stop()

"""What every measure gets: a broker, a database, folders, and how long it may take."""

import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from confluent_kafka.admin import AdminClient, NewTopic

from chassis.embedded.databases import create_database, drop_database
from chassis.embedded.parts import Addresses
from chassis.service import Service
from chassis.settings import Settings
from tests.deployment import Deployment, deployed

PARTITIONS = 6
"""As many as our own topics have."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The parts, the same for ours and for the floors."""

    addresses: Addresses
    folder: Path
    short: bool

    def size(self, long: int, short: int) -> int:
        return short if self.short else long

    @asynccontextmanager
    async def deployment(
        self, *services: Service, provinces: Sequence[str] = ("44",)
    ) -> AsyncIterator[Deployment]:
        """Databases, topics and keys for services of these provinces; nothing runs yet."""
        async with deployed(self.addresses, self.folder / uuid4().hex, services, provinces) as deployment:
            yield deployment

    @asynccontextmanager
    async def bare_database(self, schema: str) -> AsyncIterator[str]:
        """A database with the tables of a floor, as an address for asyncpg."""
        name = f"bare_{uuid4().hex[:12]}"
        url = await create_database(self.addresses.database_url, name)
        try:
            address = url.replace("postgresql+asyncpg://", "postgresql://")
            connection = await asyncpg.connect(address)
            await connection.execute(schema)
            await connection.close()
            yield address
        finally:
            await drop_database(self.addresses.database_url, name)

    def bare_topic(self) -> str:
        """A fresh topic, made like ours."""
        name = f"bare.{uuid4().hex[:12]}"
        admin = AdminClient({"bootstrap.servers": self.addresses.kafka, "log_level": 0})
        admin.create_topics([NewTopic(name, PARTITIONS, 1)])[name].result(timeout=15)
        while not all(
            p.leader >= 0 for p in admin.list_topics(name, timeout=15).topics[name].partitions.values()
        ):
            time.sleep(0.05)
        return name

    @asynccontextmanager
    async def producer(self) -> AsyncIterator[AIOKafkaProducer]:
        """As safe as the relay's, and set up like it."""
        producer = AIOKafkaProducer(
            bootstrap_servers=self.addresses.kafka,
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            max_batch_size=256 * 1024,
        )
        await producer.start()
        try:
            yield producer
        finally:
            await producer.stop()

    @asynccontextmanager
    async def consumer(self, topic: str, *, at: str = "earliest") -> AsyncIterator[AIOKafkaConsumer]:
        consumer = AIOKafkaConsumer(
            topic,
            bootstrap_servers=self.addresses.kafka,
            group_id=f"bare-{uuid4().hex[:8]}",
            enable_auto_commit=False,
            auto_offset_reset=at,
        )
        await consumer.start()
        try:
            yield consumer
        finally:
            await consumer.stop()


def as_in_production(deployment: Deployment, service: Service) -> Settings:
    """The settings of a service under test, less what only a test switches on."""
    return replace(deployment.settings(service), test_mode=False, clock_file=None, ledger=False)


def median(found: Sequence[float]) -> float:
    return statistics.median(found)


def percentile(found: Sequence[float], percent: float) -> float:
    return sorted(found)[min(len(found) - 1, int(len(found) * percent / 100))]

"""A deployment for a test: fresh databases, fresh topics, keys, a clock, and services in this process."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from confluent_kafka.admin import AdminClient
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from chassis.auth import Caller, create_token_key, issue_token, load_token_key
from chassis.clock import Clock
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from chassis.key_files import create_keys
from chassis.runtime import Runtime, serve
from chassis.service import Service
from chassis.settings import Settings
from chassis.topics import apply_topics
from schemas.envelope import Envelope, Event, Received, Record, dataschema_of, decode, encode, topic_of
from schemas.ids import AgencyId, CaseId, EventId, Province, Pseudonym
from tests.templates import migrated_database

WAIT_S = 20.0

PLAIN: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients that speak plain HTTP: each would read all certificates of the machine, for some 30 ms."""


async def until(true: Callable[[], Awaitable[bool]], what: str, within_s: float = WAIT_S) -> None:
    """Wait for a condition; fails with what was waited for."""
    clock = asyncio.get_running_loop().time
    began = clock()
    while not await true():
        waited_s = clock() - began
        assert waited_s < within_s, f"not within {within_s:g} s: {what}"
        # Who is waited for needs the processor too: the longer it takes, the less often it is looked for.
        await asyncio.sleep(min(0.2, 0.02 + waited_s / 20))


def drop_topics(servers: str, provinces: Collection[Province]) -> None:
    """A broker is shared by all tests; a deployment begins with topics of its own."""
    admin = AdminClient({"bootstrap.servers": servers, "log_level": 0})
    beginnings = tuple(f"cn{province}." for province in provinces)
    there = [name for name in admin.list_topics(timeout=15).topics if name.startswith(beginnings)]
    for gone in admin.delete_topics(there).values() if there else ():
        gone.result(timeout=15)
    # The broker answers before it has forgotten them, and would confuse them with the next ones of that name.
    while any(name.startswith(beginnings) for name in admin.list_topics(timeout=15).topics):
        time.sleep(0.05)


@dataclass(kw_only=True)
class Deployment:
    """What the services of one deployment share in a test."""

    addresses: Addresses
    exchange: str
    provinces: tuple[Province, ...]
    folder: Path
    databases: dict[str, str] = field(default_factory=dict)
    shared_clock: Path | None = None
    """The clock that several deployments go by."""
    engines: dict[str, AsyncEngine] = field(default_factory=dict)
    """By the address of the database."""

    @property
    def clock_file(self) -> Path:
        return self.shared_clock or self.folder / "clock"

    def settings(self, service: Service, **said: Any) -> Settings:
        settings = Settings(
            service=service.name,
            provinces=self.provinces,
            kafka=self.addresses.kafka,
            exchange_kafka=self.exchange,
            database_url=self.databases[service.name],
            data_folder=self.folder,
            keys_folder=self.folder / "keys",
            documents_folder=self.folder / "documents",
            test_mode=True,
            clock_file=self.clock_file,
            ledger=True,
        )
        return replace(settings, **said)

    @property
    def clock(self) -> Clock:
        return Clock(self.clock_file)

    def token(self, role: str, province: str, agency: str = "agency-1", sub: str = "person-1") -> str:
        """For somebody with that role, or with several, separated by commas."""
        caller = Caller(
            sub=Pseudonym(sub),
            roles=frozenset(role.split(",")),
            province=Province(province),
            agency=AgencyId(agency),
        )
        return issue_token(load_token_key(self.folder / "keys"), caller, now=self.clock.now())

    async def rows(self, service: str, query: str, **values: Any) -> Sequence[Any]:
        """What a query finds in a service's database."""
        async with self.engine(service).begin() as connection:
            result = await connection.execute(text(query), values)
            return result.all() if result.returns_rows else ()

    def engine(self, service: str) -> AsyncEngine:
        """Kept, as tests ask many times a second what they wait for. The server may have restarted since."""
        url = self.databases[service]
        if url not in self.engines:
            self.engines[url] = create_async_engine(url, pool_size=1, pool_pre_ping=True)
        return self.engines[url]

    async def hang_up(self) -> None:
        """Databases that are copied have no guests."""
        for engine in self.engines.values():
            await engine.dispose()

    @asynccontextmanager
    async def running(self, service: Service, **said: Any) -> AsyncIterator[Runtime]:
        """The service in this process, assigned and ready; ended cleanly."""
        async with self.started(service, **said) as runtime:
            await until(lambda: answered(bool(all(bus.next for bus in runtime.buses))), "partitions assigned")
            yield runtime

    @asynccontextmanager
    async def started(self, service: Service, **said: Any) -> AsyncIterator[Runtime]:
        """The service in this process, perhaps not ready."""
        stopping = asyncio.Event()
        started: asyncio.Future[Runtime] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(
            serve(service, self.settings(service, **said), stopping, ready=started.set_result)
        )
        either: list[asyncio.Future[Any]] = [task, started]
        done, _ = await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if task in done:
            await task
        try:
            yield await started
        finally:
            stopping.set()
            await task

    @asynccontextmanager
    async def client(
        self, runtime: Runtime, role: str, province: str, **who: str
    ) -> AsyncIterator[httpx.AsyncClient]:
        """An HTTP client of a running service, as a person of that role."""
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{runtime.http_port}/v1",
            headers={"Authorization": f"Bearer {self.token(role, province, **who)}"},
            timeout=20,
            verify=PLAIN,
        ) as client:
            yield client

    async def records(self, topic: str) -> list[tuple[Any, Received]]:
        """Everything on a topic, decoded, with the raw record."""
        found: list[tuple[Any, Received]] = []
        for record in await self.raw_records(topic):
            message = decode(record.key, record.value, record.headers)
            assert isinstance(message, Received), message
            found.append((record, message))
        return found

    async def raw_records(self, topic: str) -> list[Any]:
        """Everything on a topic, as it lies there."""
        consumer = AIOKafkaConsumer(bootstrap_servers=self.addresses.kafka, auto_offset_reset="earliest")
        await consumer.start()
        try:
            await consumer._client._wait_on_metadata(topic)
            places = [TopicPartition(topic, p) for p in consumer.partitions_for_topic(topic) or ()]
            consumer.assign(places)
            ends = await consumer.end_offsets(places)
            found: list[Any] = []
            while any([await consumer.position(place) < ends[place] for place in places]):
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    found += records
            return found
        finally:
            await consumer.stop()

    async def settled(self, *services: str) -> None:
        """Nothing is left to relay."""

        async def empty() -> bool:
            counts = [await self.rows(name, "SELECT count(*) AS n FROM outbox") for name in services]
            return all(rows[0].n == 0 for rows in counts)

        await until(empty, "the outbox is empty")


async def answered(value: bool) -> bool:
    return value


@asynccontextmanager
async def deployed(
    addresses: Addresses,
    folder: Path,
    services: Sequence[Service],
    provinces: Sequence[str],
    *,
    exchange: str | None = None,
) -> AsyncIterator[Deployment]:
    """Databases migrated, topics made, keys created; nothing runs yet."""
    deployment = Deployment(
        addresses=addresses,
        exchange=exchange or addresses.kafka,
        provinces=tuple(Province(code) for code in provinces),
        folder=folder,
    )
    served = deployment.provinces
    await asyncio.to_thread(drop_topics, addresses.kafka, served)
    await asyncio.to_thread(apply_topics, addresses.kafka, deployment.exchange, served)
    async with AsyncExitStack() as stack:
        for service in services:
            await prepare(deployment, service)
            url = make_url(deployment.databases[service.name])
            stack.push_async_callback(drop_database, addresses.database_url, url.database or "")
        stack.push_async_callback(deployment.hang_up)
        yield deployment


async def prepare(deployment: Deployment, service: Service) -> None:
    """Keys, and a database for a service, migrated."""
    create_keys(deployment.folder / "keys", deployment.provinces)
    create_token_key(deployment.folder / "keys")
    server = deployment.addresses.database_url
    deployment.databases[service.name] = await migrated_database(server, service)


@dataclass
class Source:
    """Another service, as its log shows it: numbers what it says, per case and log."""

    producer: AIOKafkaProducer
    source: str
    incarnation: str = "incarnation-1"
    sent: dict[tuple[str, str], int] = field(default_factory=dict)

    def record(self, event: Event, **said: Any) -> Record:
        """The next record of the event's stream, with what the envelope says otherwise."""
        stream = (topic_of(type(event)), event.case_id)
        number = said.pop("sequence", None)
        if number is None:
            number = self.sent[stream] = self.sent.get(stream, 0) + 1
        envelope = Envelope(
            id=EventId(str(uuid4())),
            source=self.source,
            type=event.type,
            subject=event.case_id,
            time=event.at,
            recordedtime=event.at,
            dataschema=dataschema_of(type(event)),
            incarnation=self.incarnation,
            sequence=number,
        )
        return encode(event, envelope._replace(**said))

    async def say(self, event: Event, **said: Any) -> Record:
        record = self.record(event, **said)
        await self.send(f"cn{self.source[3:5]}.{topic_of(type(event))}", record)
        return record

    async def send(self, topic: str, record: Record) -> None:
        await self.send_raw(topic, record.key, record.value, list(record.headers))

    async def send_raw(self, topic: str, key: Any, value: Any, headers: Any) -> None:
        await self.producer.send_and_wait(topic, value, key=key, headers=headers)


@asynccontextmanager
async def source(kafka: str, name: str) -> AsyncIterator[Source]:
    """A producer that speaks as another service."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", enable_idempotence=True)
    await producer.start()
    try:
        yield Source(producer, name)
    finally:
        await producer.stop()


def case_id() -> CaseId:
    return CaseId(str(uuid4()))

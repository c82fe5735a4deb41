"""What must be true before a service may write: otherwise it refuses to start, and says what to do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.case_state import Arrived
from chassis.errors import DatabaseBehind, RefusesToStart
from chassis.ids import uuid7
from chassis.kafka_access import KafkaAccess
from chassis.log_reading import Cluster, open_logs, places_of, read_place
from chassis.migrate import heads
from chassis.service import Service
from chassis.settings import Settings
from chassis.topics import BrokersAway, check_topics
from chassis.transient import is_transient
from schemas.envelope import Refused, decode
from schemas.ids import Province

log = logging.getLogger(__name__)

WAIT_S = 30.0

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Started:
    """What the database says of itself and of the sources that it knows."""

    incarnation: str
    sources: Mapping[str, frozenset[str]]


async def connect_cluster(name: str, servers: str, access: KafkaAccess, service: str) -> Cluster:
    """Wait for a cluster, and ask for its id. Raises RefusesToStart."""

    def stays_away(error: Exception) -> RefusesToStart:
        return RefusesToStart(
            service=service,
            reason=f"the {name} cluster at {servers} does not answer ({type(error).__name__}).",
            remedy="Check CASEBRIDGE_KAFKA and CASEBRIDGE_EXCHANGE_KAFKA, and that the brokers run.",
        )

    return await persist(lambda: ask_cluster(name, servers, access), stays_away)


async def persist(
    attempt: Callable[[], Awaitable[Found]], refusal: Callable[[Exception], Exception]
) -> Found:
    """What the attempt brings, which is made anew for WAIT_S while a part is away or goes away meanwhile.

    Raises the refusal then, or at once for what does not pass by itself.
    """
    deadline = asyncio.get_running_loop().time() + WAIT_S
    while True:
        try:
            return await attempt()
        except (DBAPIError, KafkaError, BrokersAway, OSError) as error:
            if lasts(error) or asyncio.get_running_loop().time() > deadline:
                raise refusal(error) from None
        await asyncio.sleep(0.5)


def lasts(error: Exception) -> bool:
    """Whether to try again is in vain: the database answers, and says no."""
    return isinstance(error, DBAPIError) and not is_transient(error)


async def begin_anew(service: Service, attempt: Callable[[], Awaitable[Found]]) -> Found:
    """The parts were there a moment ago; one that goes away between two steps of a start is waited for."""

    def comes_and_goes(error: Exception) -> Exception:
        if lasts(error):
            return error
        return RefusesToStart(
            service=service.name,
            reason=f"its broker or its database went away while it started ({type(error).__name__}).",
            remedy="See that both run steadily, and start it again.",
        )

    return await persist(attempt, comes_and_goes)


async def ask_cluster(name: str, servers: str, access: KafkaAccess) -> Cluster:
    """A cluster that answers, with its id. Raises KafkaError or OSError."""
    admin = AIOKafkaAdminClient(bootstrap_servers=servers, request_timeout_ms=5_000, **access.for_client)
    try:
        await admin.start()
        described = await admin.describe_cluster()
        return Cluster(name, servers, described["cluster_id"], access)
    finally:
        await admin.close()


async def check_start(
    service: Service,
    settings: Settings,
    database: AsyncEngine,
    local: Cluster,
    *,
    now: datetime,
) -> Started:
    """Refuse an unmigrated database, topics other than declared, and a log that knows more than we do."""
    await check_topics(
        settings.kafka,
        settings.kafka,
        settings.provinces,
        settings.partners,
        access={local.servers: local.access.properties},
    )
    await wait_for_database(service, database)
    async with database.begin() as connection:
        await connection.run_sync(check_migrated, service)
        await check_moved(connection, service, settings.provinces)
        started = await read_deployment(connection, now)
        noted = await read_acknowledged(connection, local)
    await check_own_logs(service, settings, database, local, started, noted)
    return started


def has_exchange(service: Service, settings: Settings) -> bool:
    """Whether its letters go over another cluster than its own. Who has none does without one."""
    return service.corresponds and settings.exchange_kafka != settings.kafka


async def find_exchange(settings: Settings) -> Cluster | None:
    """Where letters between provinces lie; None while it is away. Raises TopicsWrong."""
    try:
        exchange = await ask_cluster("exchange", settings.exchange_kafka, settings.exchange_kafka_access)
        await check_topics(
            settings.kafka,
            settings.exchange_kafka,
            settings.provinces,
            settings.partners,
            access={
                settings.kafka: settings.kafka_access.properties,
                settings.exchange_kafka: settings.exchange_kafka_access.properties,
            },
        )
    except (KafkaError, OSError, BrokersAway) as away:
        log.warning("exchange_away", extra={"servers": settings.exchange_kafka, "error": type(away).__name__})
        return None
    return exchange


async def wait_for_database(service: Service, database: AsyncEngine) -> None:
    """Until it answers. Raises RefusesToStart when it stays away, or does not let this service in."""

    async def ask() -> None:
        async with database.connect() as connection:
            await connection.execute(text("SELECT 1"))

    def stays_away(error: Exception) -> RefusesToStart:
        return RefusesToStart(
            service=service.name,
            reason=f"its database does not answer ({type(error).__name__}).",
            remedy="Check CASEBRIDGE_DATABASE_URL, and make the databases with `casebridge migrate`.",
        )

    await persist(ask, stays_away)


def check_migrated(connection: Connection, service: Service) -> None:
    found = set(MigrationContext.configure(connection).get_current_heads())
    expected = set(heads(service))
    if found != expected:
        raise RefusesToStart(
            service=service.name,
            reason=f"its database is at {', '.join(sorted(found)) or 'nothing'}, "
            f"expected {', '.join(sorted(expected))}.",
            remedy=f"Run `casebridge migrate {service.name}`.",
        )


async def check_moved(connection: AsyncConnection, service: Service, provinces: Sequence[Province]) -> None:
    """Refuse a province that another deployment serves now: it would be served twice."""
    gone = await connection.execute(
        text("SELECT province FROM moved_province WHERE province = ANY(:provinces) AND NOT here"),
        {"provinces": list(provinces)},
    )
    if moved := sorted(gone.scalars()):
        raise RefusesToStart(
            service=service.name,
            reason=f"{', '.join(moved)} moved to another deployment.",
            remedy="Take it out of CASEBRIDGE_PROVINCES.",
        )


async def read_deployment(connection: AsyncConnection, now: datetime) -> Started:
    """Which database this is; a new one gets its incarnation here, once."""
    await connection.execute(
        text("""INSERT INTO deployment ("only", incarnation, made_at) VALUES (true, :incarnation, :now)
                ON CONFLICT DO NOTHING"""),
        {"incarnation": uuid7(now), "now": now},
    )
    incarnation = (await connection.execute(text("SELECT incarnation FROM deployment"))).scalar_one()
    rows = await connection.execute(
        text("SELECT source, array_agg(incarnation) AS known FROM known_source GROUP BY source")
    )
    return Started(incarnation, {row.source: frozenset(row.known) for row in rows})


async def read_acknowledged(connection: AsyncConnection, cluster: Cluster) -> dict[TopicPartition, int]:
    rows = await connection.execute(
        text('SELECT cluster, topic, partition, "offset" FROM acknowledged WHERE cluster = :id'),
        {"id": cluster.id},
    )
    return {TopicPartition(row.topic, row.partition): row.offset for row in rows}


async def check_own_logs(
    service: Service,
    settings: Settings,
    database: AsyncEngine,
    cluster: Cluster,
    started: Started,
    noted: Mapping[TopicPartition, int],
) -> None:
    """Read the own log past what was acknowledged: a record beyond the database means a restored backup."""
    async with open_logs(cluster) as consumer:
        topics = [f"cn{province}.{service.log}" for province in settings.provinces]
        for place in await places_of(consumer, topics):
            known = noted.get(place, -1)
            end = (await consumer.end_offsets([place]))[place]
            if end <= known:
                raise log_shorter(service, place, end, known)
            async for records in read_place(consumer, place, known + 1):
                for record in records:
                    await check_record(service, database, record, started)


def log_shorter(service: Service, place: TopicPartition, end: int, known: int) -> RefusesToStart:
    return RefusesToStart(
        service=service.name,
        reason=f"{place.topic}[{place.partition}] ends at {end}, and {known} was acknowledged: "
        "the log was truncated, or made anew.",
        remedy="Do not go on with this cluster: restore its logs, or ask for support.",
    )


async def check_record(service: Service, database: AsyncEngine, record: Arrived, started: Started) -> None:
    """One that is not acknowledged: a crash will send it again, or the database has forgotten it."""
    message = decode(record.key, record.value, record.headers)
    if isinstance(message, Refused) or message.envelope.service != service.name:
        return
    envelope = message.envelope
    # A restored database has a new incarnation, and events of the one before in its outbox.
    own = started.sources.get(envelope.source, frozenset()) | {started.incarnation}
    if envelope.incarnation not in own:
        raise DatabaseBehind(
            service=service.name,
            reason=f"{record.topic} holds events of {envelope.source} that another database wrote "
            f"(incarnation {envelope.incarnation}, expected {started.incarnation}): two deployments serve "
            "one province, or this database is new or restored.",
            remedy="If another deployment serves the province, stop one of both. If this database was "
            f"restored from a backup or made anew, run `casebridge restored {service.name}`.",
        )
    sent = await sent_sequence(database, envelope.province, envelope.subject, service.log)
    if (envelope.sequence or 0) > sent:
        raise DatabaseBehind(
            service=service.name,
            reason=f"{record.topic} has {envelope.sequence} for case {envelope.subject}, and the "
            f"database has {sent}: the database was restored from a backup.",
            remedy="As it is, it would say other things under numbers that are taken. Restore a newer "
            f"backup, or run `casebridge restored {service.name}`, which takes what is missing from the log.",
        )


async def sent_sequence(database: AsyncEngine, province: str, case_id: str, name: str) -> int:
    async with database.connect() as connection:
        found = await connection.execute(
            text("SELECT (sent ->> :name)::bigint FROM case_row WHERE province = :p AND case_id = :c"),
            {"name": name, "p": province, "c": case_id},
        )
        return found.scalar_one_or_none() or 0

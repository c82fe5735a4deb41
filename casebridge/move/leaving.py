"""A province leaves a deployment: its logs are copied, then its rows are cut out, one database after another.

All is stopped meanwhile. A database is cut in one transaction, after its rows lie in the folder, so that at
every moment each row is in the database or in the folder, and one that broke off can be run again.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from casebridge.move.databases import (
    cut_out,
    describe,
    last_move,
    unsent,
    write_rows,
)
from casebridge.move.folder import (
    MANIFEST,
    Database,
    FolderUnfit,
    Manifest,
    check_files,
    digest_of,
    read_json,
    write_json,
)
from casebridge.move.logs import write_logs
from chassis import topics
from chassis.keyring import load_keyring
from chassis.log_reading import Cluster
from chassis.relay import LEASE_S
from chassis.settings import Settings
from chassis.startup import connect_cluster
from schemas.ids import Province

Deployed = Mapping[str, Settings]
"""The settings of each service."""

# Whoever would write waits, and finds the province gone.
LOCK = text("LOCK TABLE case_row, lease IN EXCLUSIVE MODE")
RUNNING = text("SELECT EXISTS (SELECT FROM lease WHERE expires_at > clock_timestamp())")


@dataclass(frozen=True, slots=True)
class Clusters:
    local: Cluster
    exchange: Cluster


async def connect(settings: Settings) -> Clusters:
    """Raises RefusesToStart where a cluster does not answer."""
    local = await connect_cluster("local", settings.kafka, settings.kafka_access, "move")
    if settings.exchange_kafka == settings.kafka:
        return Clusters(local, local)
    exchange = await connect_cluster(
        "exchange", settings.exchange_kafka, settings.exchange_kafka_access, "move"
    )
    return Clusters(local, exchange)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """Without the limits of a service's transactions: a province has many rows."""
    engine = create_async_engine(settings.database_url, hide_parameters=True)
    try:
        yield engine
    finally:
        await engine.dispose()


async def leave(deployed: Deployed, province: Province, folder: Path, now: datetime) -> Manifest:
    """Everything into the folder, and out of here. Raises FolderUnfit, or what the parts raise."""
    any_settings = next(iter(deployed.values()))
    clusters = await connect(any_settings)
    own = load_keyring(any_settings.keys_folder, [province]).own[province]
    for service, settings in deployed.items():
        async with open_database(settings) as database:
            await check_still(database, service, province, folder)
    logs = await write_logs(clusters.local, log_topics(any_settings, province, clusters), folder)
    databases = {
        service: await cut(settings, service, province, folder, clusters, now)
        for service, settings in deployed.items()
    }
    manifest = Manifest(
        province=province,
        local_cluster=clusters.local.id,
        exchange_cluster=clusters.exchange.id,
        keys=tuple(key.id for key in (*own.signing, *own.letters, *own.wrapping, *own.pseudonyms)),
        databases=databases,
        logs=logs,
    )
    write_json(folder / MANIFEST, manifest)
    return manifest


def log_topics(settings: Settings, province: Province, clusters: Clusters) -> Sequence[str]:
    """All topics of the province that another cluster must have. A mailbox on the exchange stays there."""
    there = topics.Cluster(settings.kafka, settings.kafka_access.properties).partitions()
    shared = {f"cn{province}.mailbox"} if clusters.local.id == clusters.exchange.id else set()
    return sorted(name for name in there if name.startswith(f"cn{province}.") and name not in shared)


async def check_still(database: AsyncEngine, service: str, province: Province, folder: Path) -> None:
    """Nobody writes, nothing is left to be sent, and what was cut out before lies in this folder."""
    await wait_until_stopped(database, service)
    if waiting := await unsent(database, province):
        raise FolderUnfit(
            f"the outbox of {service}",
            f"{waiting} records of {province}",
            "none; start the services until they have sent them, and stop them again",
        )
    async with database.connect() as connection:
        gone = await last_move(connection, province)
    if gone and not gone[1] and gone[0] != digest_before(folder, service):
        raise FolderUnfit(
            f"the database of {service}", f"{province} gone", f"{province} here, or the folder it went into"
        )


async def wait_until_stopped(database: AsyncEngine, service: str) -> None:
    """Raises FolderUnfit while a process works on this database."""
    for _ in range(int(LEASE_S) + 2):
        async with database.connect() as connection:
            if not (await connection.execute(RUNNING)).scalar_one():
                return
        await asyncio.sleep(1)
    raise FolderUnfit(f"the database of {service}", "a running service", "every replica stopped")


def digest_before(folder: Path, service: str) -> str | None:
    path = folder / f"{service}.json"
    return digest_of(path) if path.exists() else None


async def cut(
    settings: Settings, service: str, province: Province, folder: Path, clusters: Clusters, now: datetime
) -> Database:
    """One database: what is in the folder is no longer here. One that was cut before is left as it is."""
    path = folder / f"{service}.json"
    async with open_database(settings) as database, database.begin() as connection:
        await connection.execute(LOCK)
        gone = await last_move(connection, province)
        if gone and not gone[1]:
            given: Database = read_json(path, Database)
            check_files(folder, given.tables.values())
            return given
        await check_nobody(connection, service)
        said = await describe(connection, province, clusters.local.id, clusters.exchange.id)
        given = Database(**said, tables=await write_rows(connection, province, folder, service))
        write_json(path, given)
        check_files(folder, given.tables.values())
        await cut_out(connection, province, now, digest_of(path))
    return given


async def check_nobody(connection: AsyncConnection, service: str) -> None:
    """Under the lock: nobody began meanwhile."""
    if (await connection.execute(RUNNING)).scalar_one():
        raise FolderUnfit(f"the database of {service}", "a running service", "every replica stopped")

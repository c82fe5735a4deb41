"""A province arrives at a deployment: its logs first, then its rows, one database after another.

It may be run again when it broke off: what is there already is compared, or left as it is.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from casebridge.move.databases import (
    Translation,
    begin_as,
    check_empty,
    last_move,
    note_move,
    note_places,
    read_rows,
    translate_rows,
)
from casebridge.move.folder import (
    MANIFEST,
    FolderUnfit,
    Manifest,
    check_files,
    digest_of,
    offsets_of,
    read_json,
)
from casebridge.move.leaving import Clusters, Deployed, connect, open_database, wait_until_stopped
from casebridge.move.logs import place_named, read_logs_in
from casebridge.services import load_service
from chassis.keyring import load_keyring
from chassis.settings import Settings
from chassis.topics import Cluster, check_topics


async def arrive(deployed: Deployed, folder: Path, now: datetime) -> Manifest:
    """Everything out of the folder. Raises FolderUnfit, or what the parts raise."""
    manifest: Manifest = read_json(folder / MANIFEST, Manifest)
    any_settings = next(iter(deployed.values()))
    clusters = await connect(any_settings)
    check_whole(manifest, folder)
    check_fits(manifest, any_settings, clusters)
    await check_topics(
        any_settings.kafka,
        any_settings.exchange_kafka,
        [manifest.province],
        access={
            cluster.servers: cluster.access.properties for cluster in (clusters.exchange, clusters.local)
        },
    )
    for service, settings in deployed.items():
        await check_free(settings, service, folder, manifest)
    if back := clusters.local.id == manifest.local_cluster:
        translation = Translation({})
    else:
        check_topics_of(manifest, any_settings)
        await read_logs_in(clusters.local, folder, manifest.logs)
        translation = translation_of(folder, manifest)
    for service, settings in deployed.items():
        await take_in(settings, service, folder, manifest, translation, clusters, now, back=back)
    return manifest


def check_whole(manifest: Manifest, folder: Path) -> None:
    """Raises FolderUnfit where a file is missing or another."""
    check_files(folder, manifest.logs.values())
    for database in manifest.databases.values():
        check_files(folder, database.tables.values())


def check_fits(manifest: Manifest, settings: Settings, clusters: Clusters) -> None:
    """The deployment serves the province, has its keys, and goes on with the same exchange."""
    province = manifest.province
    if province not in settings.provinces:
        raise FolderUnfit("CASEBRIDGE_PROVINCES", ", ".join(settings.provinces), province)
    if clusters.exchange.id != manifest.exchange_cluster:
        raise FolderUnfit("the exchange", f"cluster {clusters.exchange.id}", manifest.exchange_cluster)
    own = load_keyring(settings.keys_folder, [province]).own[province]
    here = {key.id for key in (*own.signing, *own.letters, *own.wrapping, *own.pseudonyms)}
    if missing := sorted(set(manifest.keys) - here):
        raise FolderUnfit(
            f"{settings.keys_folder / f'{province}.private.json'}",
            "other keys",
            f"{', '.join(missing)} too: bring the private file along, by a way of its own",
        )


def check_topics_of(manifest: Manifest, settings: Settings) -> None:
    """Every partition that was copied is there, partners' too. Raises FolderUnfit."""
    there = Cluster(settings.kafka, settings.kafka_access.properties).partitions()
    for place in map(place_named, manifest.logs):
        if place.partition >= there.get(place.topic, 0):
            found = f"{there.get(place.topic, 0)} partitions"
            raise FolderUnfit(place.topic, found, "those that it had; `casebridge topics apply` makes them")


async def check_free(settings: Settings, service: str, folder: Path, manifest: Manifest) -> None:
    """Nobody writes, and the rows have place; or they are here already."""
    async with open_database(settings) as database:
        await wait_until_stopped(database, service)
        async with database.connect() as connection:
            last = await last_move(connection, manifest.province)
            if last is None:
                where = f"the database of {service}"
                await check_empty(connection, manifest.province, manifest.databases[service], where)
            elif last[0] != digest_of(folder / f"{service}.json"):
                raise FolderUnfit(f"the database of {service}", "the traces of another move", "this one's")


def translation_of(folder: Path, manifest: Manifest) -> Translation:
    offsets: Mapping[tuple[str, int], list[int]] = {
        (place.topic, place.partition): list(offsets_of(folder / file.name))
        for name, file in manifest.logs.items()
        for place in [place_named(name)]
    }
    return Translation(offsets)


async def take_in(
    settings: Settings,
    service: str,
    folder: Path,
    manifest: Manifest,
    translation: Translation,
    clusters: Clusters,
    now: datetime,
    *,
    back: bool,
) -> None:
    """One database, in one transaction."""
    province, given = manifest.province, manifest.databases[service]
    async with open_database(settings) as database, database.begin() as connection:
        last = await last_move(connection, province)
        if last and last[1]:
            return
        await check_empty(connection, province, given, f"the database of {service}")
        await begin_as(connection, given)
        await read_rows(connection, folder, given, back=back)
        await note_places(
            connection, given, translation, local=clusters.local.id, exchange=clusters.exchange.id
        )
        if not back:
            await translate_rows(connection, province, translation)
        if settles := load_service(service).settles:
            await settles(connection)
        await note_move(connection, province, now, digest_of(folder / f"{service}.json"), here=True)

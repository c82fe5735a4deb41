"""Versions of the directory in routing's database: imported whole or not at all, compared, written out."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy.engine import make_url

from schemas.refusals import Refusal
from services.routing.directory.files import FILES, File
from services.routing.directory.reading import Folder, Progress
from services.routing.directory.staging import stage, staged
from services.routing.directory.tables import TABLES

LOCK: Final = 0x6469_7265
"""An advisory lock: two imports do not run at once."""

SHOWN: Final = 20
"""Differences that are named, of each file; all are counted."""


@dataclass(eq=False)
class VersionNotKnown(Refusal):
    """The database has no version {found} of the directory; it has {known}."""

    found: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One import."""

    number: int
    name: str
    imported_at: datetime
    counts: Mapping[str, Mapping[str, int]]
    """By file: how many `rows` there are, and how many `came`, `changed`, `went`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row that two versions have otherwise."""

    file: str
    key: str
    how: str
    """`came`, `changed` or `went`."""
    columns: tuple[tuple[str, str, str], ...] = ()
    """Of a changed row: column, old cell, new cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What two versions have otherwise: the first of each file, and how many."""

    counts: Mapping[str, Mapping[str, int]]
    shown: tuple[Difference, ...]


@asynccontextmanager
async def connected(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Routing's database at an address of the settings."""
    address = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(
        address, timeout=10, server_settings={"application_name": "casebridge"}
    )
    try:
        yield connection
    finally:
        await connection.close()


# --- Importing ---------------------------------------------------------------------------------------------


async def import_folder(
    connection: asyncpg.Connection, folder: Folder, *, at: datetime, progress: Progress = lambda _, __: None
) -> tuple[Version, bool]:
    """Make the folder's content the newest version; whether it is another one than before.

    All in one transaction: a mistake in any row, or a break, leaves everything as it was. Raises
    DirectoryRefused or DirectoryNotWhole.
    """
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        reading = await stage(connection, folder, progress)
        reading.mistakes.check()
        current = await current_version(connection)
        if current and current.name == reading.version:
            return current, False
        number = current.number + 1 if current else 1
        counts = {file.name: await exchange(connection, file, number) for file in FILES}
        version = Version(number=number, name=reading.version, imported_at=at, counts=counts)
        await connection.execute(
            "INSERT INTO directory_version (number, name, imported_at, counts) VALUES ($1, $2, $3, $4)",
            version.number,
            version.name,
            version.imported_at,
            json.dumps(counts),
        )
    for file in FILES:
        await connection.execute(f"ANALYZE {TABLES[file.name].name}")
    return version, True


async def exchange(connection: asyncpg.Connection, file: File, number: int) -> dict[str, int]:
    """End the rows that went or changed, and begin those that came or changed."""
    table, key, columns = TABLES[file.name].name, file.header[0], ", ".join((*file.header, "digest"))
    ended = await connection.execute(
        f"""
        UPDATE {table} AS old SET to_version = $1 WHERE to_version IS NULL AND NOT EXISTS (
            SELECT FROM {staged(file)} AS new WHERE new.{key} = old.{key} AND new.digest = old.digest
        )
        """,
        number,
    )
    begun = await connection.execute(
        f"""
        INSERT INTO {table} ({columns}, from_version) SELECT {columns}, $1 FROM {staged(file)} AS new
        WHERE NOT EXISTS (SELECT FROM {table} AS old WHERE old.{key} = new.{key} AND old.to_version IS NULL)
        ORDER BY {key} COLLATE "C"
        """,
        number,
    )
    changed = await connection.fetchval(
        f"""
        SELECT count(*) FROM {table} AS old JOIN {table} AS new USING ({key})
        WHERE old.to_version = $1 AND new.from_version = $1
        """,
        number,
    )
    rows = await connection.fetchval(f"SELECT count(*) FROM {staged(file)}")
    ended_rows, begun_rows = (int(status.rsplit(" ", 1)[1]) for status in (ended, begun))
    return {"rows": rows, "came": begun_rows - changed, "changed": changed, "went": ended_rows - changed}


# --- Looking up --------------------------------------------------------------------------------------------


async def current_version(connection: asyncpg.Connection) -> Version | None:
    """The newest; None if nothing was ever imported."""
    found = await versions(connection)
    return found[0] if found else None


async def versions(connection: asyncpg.Connection) -> list[Version]:
    """All, the newest first."""
    rows = await connection.fetch(
        "SELECT number, name, imported_at, counts::text FROM directory_version ORDER BY number DESC"
    )
    return [
        Version(number=n, name=name, imported_at=at, counts=json.loads(counts))
        for n, name, at, counts in rows
    ]


async def find_version(connection: asyncpg.Connection, said: str) -> Version:
    """By number, by name or its beginning, or `current` and `previous`. Raises VersionNotKnown.

    Of several imports of one content the newest is meant: they do not differ.
    """
    known = await versions(connection)
    places = {"current": 0, "previous": 1}
    if said in places and places[said] < len(known):
        return known[places[said]]
    for version in known:
        name = version.name
        if said == str(version.number) or said == name or (len(said) >= 8 and name[7:].startswith(said)):
            return version
    raise VersionNotKnown(found=said, known=", ".join(str(each.number) for each in known) or "none")


def rows_at(file: File, number: int) -> str:
    """A FROM item: the rows that hold in a version."""
    table = TABLES[file.name].name
    return f"(SELECT * FROM {table} WHERE from_version <= {number} AND coalesce(to_version > {number}, true))"


# --- Comparing and writing out -----------------------------------------------------------------------------


async def compare(connection: asyncpg.Connection, old: int, new: int) -> Differences:
    """What the version `new` has otherwise than `old`."""
    return await differences(connection, old, {file.name: rows_at(file, new) for file in FILES})


async def compare_folder(
    connection: asyncpg.Connection, old: int, folder: Folder, progress: Progress
) -> Differences:
    """What an import of the folder would change. Raises DirectoryRefused or DirectoryNotWhole."""
    async with connection.transaction():
        reading = await stage(connection, folder, progress)
        reading.mistakes.check()
        return await differences(connection, old, {file.name: staged(file) for file in FILES})


async def differences(connection: asyncpg.Connection, old: int, new: Mapping[str, str]) -> Differences:
    counts: dict[str, dict[str, int]] = {}
    shown: list[Difference] = []
    for file in FILES:
        key = file.header[0]
        differing = f"""
            FROM {rows_at(file, old)} AS old FULL JOIN {new[file.name]} AS new USING ({key})
            WHERE old.digest IS DISTINCT FROM new.digest
        """
        how = (
            "CASE WHEN old.digest IS NULL THEN 'came' WHEN new.digest IS NULL THEN 'went' ELSE 'changed' END"
        )
        counted = await connection.fetch(f"SELECT {how} AS how, count(*) AS n {differing} GROUP BY 1")
        counts[file.name] = {"came": 0, "changed": 0, "went": 0} | {row["how"]: row["n"] for row in counted}
        rows = await connection.fetch(
            f"SELECT {key} AS key, {how} AS how, to_jsonb(old)::text AS old, to_jsonb(new)::text AS new "
            f'{differing} ORDER BY {key} COLLATE "C" LIMIT {SHOWN}'
        )
        shown += [difference(file, dict(row)) for row in rows]
    return Differences(counts=counts, shown=tuple(shown))


def difference(file: File, row: Mapping[str, Any]) -> Difference:
    columns: Iterator[tuple[str, str, str]] = iter(())
    if row["how"] == "changed":
        old, new = json.loads(row["old"]), json.loads(row["new"])
        columns = (
            (name, str(old[name]), str(new[name])) for name in file.header[1:] if old[name] != new[name]
        )
    return Difference(file=file.name, key=row["key"], how=row["how"], columns=tuple(columns))


async def export(connection: asyncpg.Connection, number: int, folder: Path) -> None:
    """Write a version as the files that it could be imported from, into a folder that exists."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        for file in FILES:
            columns = ", ".join(f"{written(name)} AS {name}" for name in file.header)
            query = (
                f'SELECT {columns} FROM {rows_at(file, number)} AS row ORDER BY {file.header[0]} COLLATE "C"'
            )
            await connection.copy_from_query(query, output=folder / file.name, format="csv", header=True)


def written(name: str) -> str:
    """A column as the files have it: coordinates in degrees."""
    return f"trim_scale({name} / 1000000.0)" if name in ("latitude", "longitude") else name

"""From the database into memory: a version of the directory as a whole, or as much as one question needs."""

from asyncio import to_thread
from collections.abc import Collection, Mapping
from typing import Any, Final

import asyncpg

from schemas.ids import AgencyId, Division, Province, SiteId
from services.routing.directory.files import AGENCIES, AGREEMENTS, DIVISIONS, SITES, File
from services.routing.directory.folder import agency_of, agreement_of, points_of, wording
from services.routing.directory.versions import Version, rows_at
from services.routing.domain.directory import Agency, Directory, province_of
from services.routing.domain.question import Question
from services.routing.domain.sites import COLUMNS, SiteCard, Sites

PIECE: Final = 10_000
"""Rows that are fetched together: some 30 ms of work before others have their turn."""

BEFORE_ALL_DAYS: Final = "DATE '0001-01-01' - 1"
"""What a day is counted from, so that it is the ordinal of Python's calendar."""


async def load_directory(connection: asyncpg.Connection, version: Version) -> Directory:
    """All of a version. Takes some seconds for a million sites, and lets others work meanwhile."""
    directory = await load(connection, version, "true")
    await to_thread(directory.sites.lay_grid)
    return directory


async def load_around(connection: asyncpg.Connection, version: Version, asking: Question) -> Directory:
    """As much of a version as decides the question: the same answer as from the whole.

    A decision looks at sites that take cases on, in the work province, in the home province, and of agencies
    that it was told of or that took over from others.
    """
    places = {province_of(asking.work), province_of(asking.home)}
    named = [id for id in (asking.intake, asking.proposed) if id]
    agencies = rows_at(AGENCIES, version.number)
    return await load(
        connection,
        version,
        "(kind = 'window' OR kind LIKE 'workstation-%') AND (left(division, 2) = ANY($1) OR agency = ANY($2) "
        f"OR agency IN (SELECT successor FROM {agencies} AS closed WHERE successor <> ''))",
        sorted(places),
        named,
    )


async def load(connection: asyncpg.Connection, version: Version, wanted: str, *values: Any) -> Directory:
    """The version with those of its sites that the condition names."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        divisions = await rows_of(connection, DIVISIONS, version.number)
        agencies = [agency_of(row) for row in await rows_of(connection, AGENCIES, version.number)]
        agreements = [agreement_of(row) for row in await rows_of(connection, AGREEMENTS, version.number)]
        sites = await sites_of(connection, version.number, agencies, wanted, *values)
    return Directory.of(
        version.name,
        divisions={Division(row["code"]): wording(row) for row in divisions},
        points=points_of(divisions),
        agencies=agencies,
        agreements=agreements,
        sites=sites,
    )


async def rows_of(connection: asyncpg.Connection, file: File, number: int) -> list[Mapping[str, str]]:
    """The rows of one of the small files, with the cells as the file has them; coordinates are whole."""
    columns = ", ".join(f"coalesce({name}::text, '') AS {name}" for name in file.header)
    return [
        dict(row) for row in await connection.fetch(f"SELECT {columns} FROM {rows_at(file, number)} AS row")
    ]


async def sites_of(
    connection: asyncpg.Connection, number: int, agencies: Collection[Agency], wanted: str, *values: Any
) -> Sites:
    """The sites, in the order of their ids."""
    days = {
        "valid_from": f"coalesce(valid_from - ({BEFORE_ALL_DAYS}), 1)",
        "valid_to": f"valid_to - ({BEFORE_ALL_DAYS})",
    }
    columns = ", ".join(days.get(name, name) for name in COLUMNS)
    query = f"SELECT {columns} FROM {rows_at(SITES, number)} AS row WHERE {wanted} ORDER BY id"
    owner_of: Mapping[AgencyId, Province] = {agency.id: agency.province for agency in agencies}
    sites = Sites()
    found = await connection.cursor(query, *values)
    while piece := await found.fetch(PIECE):
        sites.extend(piece, owner_of)
    return sites


# --- What is shown of sites --------------------------------------------------------------------------------


async def cards_of(
    connection: asyncpg.Connection, version: str, ids: Collection[SiteId]
) -> dict[SiteId, SiteCard]:
    """What some sites are called and how they are reached, in the version of that name."""
    rows = await connection.fetch(
        """
        SELECT id, name_zh, name_en, phone, address FROM directory_sites AS site, directory_version AS version
        WHERE version.number = (SELECT max(number) FROM directory_version WHERE name = $1) AND id = ANY($2)
        AND from_version <= version.number AND coalesce(to_version > version.number, true)
        """,
        version,
        list(ids),
    )
    return {SiteId(row["id"]): SiteCard(wording(dict(row)), row["phone"], row["address"]) for row in rows}

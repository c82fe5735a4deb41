"""What agencies are and are called, in every service: as the last import wrote it into its database.

Sites and competence are routing's business; the others show names, or ask which bureau stands over whom.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Column, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.bulk import look
from chassis.tables import metadata
from chassis.texts import Texts, agency_names, agency_rows
from schemas.ids import AgencyId, Division, Seat, Wording

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 10.0

agency_list = Table(
    "agency_list",
    metadata,
    Column("only", Boolean, primary_key=True, comment="always true: one row"),
    Column("version", Text, nullable=False, comment="of the directory"),
    Column("names", JSONB, nullable=False, comment="id -> name in Chinese, name in English"),
    Column("seats", JSONB, comment="id -> kind, division; null until an import of this release"),
)

LISTED = "SELECT version, names::text, seats::text FROM agency_list WHERE version <> $1"
LIST = text("""
    INSERT INTO agency_list ("only", version, names, seats)
    VALUES (true, :version, CAST(:names AS jsonb), CAST(:seats AS jsonb))
    ON CONFLICT ("only") DO UPDATE
    SET version = excluded.version, names = excluded.names, seats = excluded.seats
""")


@dataclass(frozen=True, slots=True)
class Agencies:
    """The agencies of one version of the directory, by id."""

    names: Mapping[AgencyId, Wording]
    seats: Mapping[AgencyId, Seat]
    version: str = ""


def agencies_of(folder: Path | None, version: str = "") -> Agencies:
    """Those of a directory; without a folder, of the one that is shipped."""
    seats = {AgencyId(row["id"]): seat_of(row) for row in agency_rows(folder)}
    return Agencies(agency_names(folder), seats, version)


def seat_of(row: Mapping[str, str]) -> Seat:
    """Where it stands; an agency that stands in another province belongs to the whole of its own."""
    abroad = row["division"][:2] != row["province"]
    return Seat(row["kind"], Division(row["province"] + "0000" if abroad else row["division"]))


async def list_agencies(connection: AsyncConnection, agencies: Agencies) -> None:
    """Make these the agencies that a service's database knows."""
    said = {name: json.dumps(getattr(agencies, name), ensure_ascii=False) for name in ("names", "seats")}
    await connection.execute(LIST, {"version": agencies.version, **said})


async def listed_agencies(database: AsyncEngine, known: str = "") -> Agencies | None:
    """None if nothing was imported, or the version is the one that is known."""
    for version, names, seats in await look(database, LISTED, known):
        return Agencies(
            {AgencyId(id): Wording(*both) for id, both in json.loads(names).items()},
            {AgencyId(id): Seat(*both) for id, both in json.loads(seats or "{}").items()},
            version,
        )
    return None


async def known_agencies(runtime: "Runtime") -> Agencies:
    """Those of the folder that the settings name, else of the last import, else of the shipped example."""
    folder = runtime.settings.directory_folder
    listed = None if folder else await listed_agencies(runtime.database)
    return listed or agencies_of(folder)


async def follow_agencies(runtime: "Runtime") -> None:
    """Take up what was imported while the service runs; for a service that uses agencies."""
    known = ""
    while not runtime.stopping.is_set():
        try:
            if runtime.settings.directory_folder is None:
                known = await take_up(runtime, known)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            # The database is away: what is known goes on being used.
            log.warning("agencies_not_looked_up", extra={"error": type(error).__name__})
        try:
            await asyncio.wait_for(runtime.stopping.wait(), LOOK_EVERY_S)
        except TimeoutError:
            continue


async def take_up(runtime: "Runtime", known: str) -> str:
    """The version that is used from now on."""
    listed = await listed_agencies(runtime.database, known)
    if listed is None:
        return known
    engine = runtime.engine
    engine.reference = {**engine.reference, **taken_up(engine.reference, listed)}
    # An import of the release before left no seats: look again, until one of this release has.
    return listed.version if listed.seats else ""


def taken_up(reference: Mapping[type, Any], listed: Agencies) -> Mapping[type, Any]:
    """What a service looks agencies up in, as they are now: its texts, the agencies themselves, or both."""
    fresh: dict[type, Any] = {Agencies: listed} if Agencies in reference else {}
    if Texts in reference:
        fresh[Texts] = replace(reference[Texts], agencies=listed.names)
    return fresh

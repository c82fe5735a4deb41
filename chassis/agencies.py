"""What agencies are called, in every service: as the last import wrote it into the service's database.

Sites and competence are routing's business; the others show names.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import Boolean, Column, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.tables import metadata
from chassis.texts import Texts, agency_names
from schemas.ids import AgencyId, Wording

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
)

LISTED = text("SELECT version, names::text FROM agency_list WHERE version <> :known")
LIST = text("""
    INSERT INTO agency_list ("only", version, names) VALUES (true, :version, CAST(:names AS jsonb))
    ON CONFLICT ("only") DO UPDATE SET version = excluded.version, names = excluded.names
""")


async def list_agencies(connection: AsyncConnection, version: str, names: Mapping[AgencyId, Wording]) -> None:
    """Make these the agencies that a service's database knows."""
    await connection.execute(LIST, {"version": version, "names": json.dumps(names, ensure_ascii=False)})


async def listed_agencies(
    database: AsyncEngine, known: str = ""
) -> tuple[str, Mapping[AgencyId, Wording]] | None:
    """Version and names; None if nothing was imported, or the version is the one that is known."""
    async with database.connect() as connection:
        row = (await connection.execute(LISTED, {"known": known})).one_or_none()
    if row is None:
        return None
    return row.version, {AgencyId(id): Wording(*both) for id, both in json.loads(row.names).items()}


async def known_agencies(runtime: "Runtime") -> Mapping[AgencyId, Wording]:
    """Those of the folder that the settings name, else of the last import, else of the shipped example."""
    folder = runtime.settings.directory_folder
    listed = None if folder else await listed_agencies(runtime.database)
    return listed[1] if listed else agency_names(folder)


async def follow_agencies(runtime: "Runtime") -> None:
    """Take up new names while the service runs; for a service that words texts."""
    known = ""
    while not runtime.stopping.is_set():
        try:
            if runtime.settings.directory_folder is None:
                known = await take_up(runtime, known)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            # The database is away: what is known goes on being shown.
            log.warning("agencies_not_looked_up", extra={"error": type(error).__name__})
        try:
            await asyncio.wait_for(runtime.stopping.wait(), LOOK_EVERY_S)
        except TimeoutError:
            continue


async def take_up(runtime: "Runtime", known: str) -> str:
    """The version that is shown from now on."""
    listed = await listed_agencies(runtime.database, known)
    if listed is None:
        return known
    engine = runtime.engine
    texts: Texts = engine.reference[Texts]
    engine.reference = {**engine.reference, Texts: replace(texts, agencies=listed[1])}
    return listed[0]

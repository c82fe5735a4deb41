"""What a running routing service goes by: the directory that is in force, the law, the loads."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.jobs import pause
from law.book import Law, load_law
from law.deadlines import day_of
from schemas.ids import SiteId
from services.routing.directory.folder import Cards, read_folder
from services.routing.directory.loading import cards_of, load_around, load_directory
from services.routing.directory.reading import shipped_folder
from services.routing.directory.versions import Version, current_version, versions
from services.routing.domain.directory import Directory
from services.routing.domain.load import Load
from services.routing.domain.question import Question
from services.routing.domain.sites import SiteCard
from services.routing.loads import load_of

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 3.0
"""How soon an import is seen."""

LOADS_EVERY: Final = 10
"""Looks between two countings of what is open."""

Hook = Callable[["Runtime", Directory, Directory, date], Awaitable[None]]
"""Runtime, the directory of before, the one in force, the day in China."""

Told = tuple[Directory, date]
"""What the hooks were last told of."""


async def load_reference(runtime: "Runtime") -> Mapping[type, Any]:
    """The folder that the settings name, else the newest import, else the example that is shipped."""
    folder = runtime.settings.directory_folder
    directory = None if folder else await newest(runtime)
    cards = Cards({})
    if directory is None:
        directory, cards = read_folder(folder or shipped_folder())
    load = await load_of(runtime.database, runtime.settings.provinces)
    return {Directory: directory, Cards: cards, Law: load_law(runtime.settings.law_folder), Load: load}


async def newest(runtime: "Runtime", known: str = "") -> Directory | None:
    """The newest import; None if there is none, or it is the one that is known."""
    async with driver_of(runtime.database) as connection:
        version = await current_version(connection)
        if version is None or version.name == known:
            return None
        return await loaded(connection, version)


async def loaded(connection: asyncpg.Connection, version: Version) -> Directory:
    directory = await load_directory(connection, version)
    found = {"number": version.number, "version": version.name, "sites": len(directory.sites)}
    log.info("directory_loaded", extra=found)
    return directory


@asynccontextmanager
async def driver_of(database: AsyncEngine) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the pool, bare: what is large is fetched in pieces."""
    async with database.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert isinstance(driver, asyncpg.Connection)
        yield driver


def follow_directory(*hooks: Hook) -> Callable[["Runtime"], Awaitable[None]]:
    """The job that takes up new imports and loads while the service runs.

    `hooks` are done when closing may have moved work: at start and on a new day with the same directory
    twice, after an import with the old and the new one. They are done again after a failure, and by every
    replica: it must not matter how often. `services.routing.domain.succession.moved` says who has closed
    and who goes on.
    """

    async def following_directory(runtime: "Runtime") -> None:
        told: Told | None = None
        for look in count():
            if runtime.stopping.is_set():
                return
            try:
                await take_up(runtime, loads=look % LOADS_EVERY == 0)
                told = await tell(hooks, runtime, told)
            except (SQLAlchemyError, asyncpg.PostgresError, OSError, TimeoutError) as error:
                # The database is away, or busy: what is known goes on being served.
                log.warning("directory_not_looked_up", extra={"error": type(error).__name__})
            await pause(runtime, LOOK_EVERY_S)

    return following_directory


async def take_up(runtime: "Runtime", *, loads: bool) -> None:
    """Serve the newest import, if there is one, and loads as they are now."""
    engine = runtime.engine
    if runtime.settings.directory_folder is None:
        found = await newest(runtime, known=engine.reference[Directory].version)
        if found is not None:
            engine.reference = {**engine.reference, Directory: found, Cards: Cards({})}
    if loads:
        await count_loads(runtime)


async def count_loads(runtime: "Runtime") -> None:
    """Decide with what everybody has to do now."""
    load = await load_of(runtime.database, runtime.settings.provinces)
    runtime.engine.reference = {**runtime.engine.reference, Load: load}


async def tell(hooks: Sequence[Hook], runtime: "Runtime", told: Told | None) -> Told:
    """Tell the hooks of a new directory and of a new day."""
    current, today = runtime.engine.reference[Directory], day_of(runtime.clock.now())
    if told is None or told[0] is not current or told[1] != today:
        for hook in hooks:
            await hook(runtime, told[0] if told else current, current, today)
    return current, today


# --- What people look up -----------------------------------------------------------------------------------


async def cards(runtime: "Runtime", ids: Collection[SiteId]) -> Mapping[SiteId, SiteCard]:
    """What sites of the directory in force are called and how they are reached."""
    known: Cards = runtime.engine.reference[Cards]
    if known.sites:
        return {id: known.sites[id] for id in ids if id in known.sites}
    async with driver_of(runtime.database) as connection:
        return await cards_of(connection, runtime.engine.reference[Directory].version, ids)


async def directory_then(runtime: "Runtime", name: str, asking: Question) -> Directory | None:
    """As much of the version of that name as decides the question; None if it was not kept."""
    current: Directory = runtime.engine.reference[Directory]
    if current.version == name:
        return current
    async with driver_of(runtime.database) as connection:
        for version in await versions(connection):
            if version.name == name:
                return await load_around(connection, version, asking)
    shipped = read_folder(shipped_folder())[0]
    return shipped if shipped.version == name else None

"""Databases that are migrated once in a run, and of which each test gets a copy of its own.

To migrate takes ten times as long as to copy, and nearly every test has databases of its own.
"""

from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from chassis.embedded.databases import create_database, drop_database
from chassis.migrate import migrate
from chassis.service import Service

_migrated: dict[tuple[str, str | None], str] = {}
"""The template's address, by the server and the package of the migrations."""


async def migrated_database(server: str, service: Service) -> str:
    """The address of a fresh database that the service may start on."""
    known = (server, service.migrations)
    if known not in _migrated:
        template = await create_database(server, f"template_{uuid4().hex[:12]}")
        await migrate(service, template)
        _migrated[known] = template
    return await copy_of(_migrated[known], f"{service.name}_{uuid4().hex[:12]}")


async def drop_templates(server: str) -> None:
    """A server that was given to us outlives the run."""
    for known in [known for known in _migrated if known[0] == server]:
        await drop_database(server, make_url(_migrated.pop(known)).database or "")


async def copy_of(url: str, name: str | None = None) -> str:
    """Another database with the same content: what a backup is, and what a restore makes of it.

    Nobody else may be connected to the first one.
    """
    name, template = name or f"copy_{uuid4().hex[:12]}", make_url(url).database
    server = make_url(url).set(database="postgres")
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    finally:
        await engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)

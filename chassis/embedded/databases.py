"""Creates and drops databases on the server that a URL names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

_DUPLICATE_DATABASE, _UNIQUE_VIOLATION = "42P04", "23505"


def url_of_database(database_url: str, name: str) -> str:
    """`database_url` for asyncpg under SQLAlchemy, with the name of a database."""
    url = make_url(database_url).set(drivername="postgresql+asyncpg", database=name)
    return url.render_as_string(hide_password=False)


async def create_database(database_url: str, name: str) -> str:
    """Creates the database unless it is there, and returns its URL. Several processes may do so at once."""
    async with _administration(database_url) as connection:
        known = await connection.scalar(
            text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}
        )
        if known is None:
            try:
                await connection.execute(text(f"CREATE DATABASE {_quoted(name)}"))
            except DBAPIError as failure:
                # Another process was quicker; which of the two errors it is depends on how much.
                if getattr(failure.orig, "sqlstate", None) not in (_DUPLICATE_DATABASE, _UNIQUE_VIOLATION):
                    raise
    return url_of_database(database_url, name)


async def drop_database(database_url: str, name: str) -> None:
    """Drops it if it is there, and disconnects whoever uses it."""
    async with _administration(database_url) as connection:
        await connection.execute(text(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)"))


@asynccontextmanager
async def _administration(database_url: str) -> AsyncIterator[AsyncConnection]:
    url = url_of_database(database_url, make_url(database_url).database or "postgres")
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


def _quoted(name: str) -> str:
    # text() would take a colon in the name for a parameter.
    return '"' + name.replace('"', '""').replace(":", r"\:") + '"'

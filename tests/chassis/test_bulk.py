"""What the driver raises is told apart like everything else that a database says: to wait, or to give up."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from chassis.bulk import answered, copy, fetch, fetch_alone
from chassis.embedded.databases import create_database, drop_database
from chassis.embedded.parts import Addresses
from chassis.transient import is_transient


@pytest.fixture
async def engine(addresses: Addresses) -> AsyncIterator[AsyncEngine]:
    """With one connection, so that the next one to ask gets the same or a new one."""
    name = f"bulk_{uuid4().hex[:12]}"
    made = create_async_engine(
        await create_database(addresses.database_url, name), pool_size=1, max_overflow=0
    )
    yield made
    await made.dispose()
    await drop_database(addresses.database_url, name)


class LostWhilePreparing:
    """A connection as asyncpg leaves it when the server is killed while types are looked up."""

    async def fetch(self, *_: Any) -> list[asyncpg.Record]:
        raise asyncpg.InternalClientError("cannot switch to state 11; another operation (2) is in progress")


async def test_a_connection_that_is_lost_while_it_prepares_is_waited_for(engine: AsyncEngine) -> None:
    lost: Any = LostWhilePreparing()
    with pytest.raises(DBAPIError) as found:
        async with engine.connect() as connection:
            await answered(connection, lost, lost.fetch("SELECT 1"))
    assert is_transient(found.value)


async def test_a_connection_that_was_cut_is_not_used_again(engine: AsyncEngine) -> None:
    own = "SELECT pg_backend_pid() AS pid"
    async with engine.begin() as connection:
        first = (await fetch(connection, own))[0]["pid"]
    with pytest.raises(DBAPIError) as cut:
        async with engine.begin() as connection:
            await fetch(connection, "SELECT pg_terminate_backend(pg_backend_pid())")
    assert is_transient(cut.value)
    async with engine.connect() as connection:
        assert (await fetch_alone(connection, own))[0]["pid"] != first


async def test_what_a_statement_breaks_does_not_pass_by_itself(engine: AsyncEngine) -> None:
    with pytest.raises(DBAPIError) as refused:
        async with engine.begin() as connection:
            await fetch(connection, "SELECT 1 / 0")
    assert not is_transient(refused.value)


async def test_rows_that_are_copied_are_part_of_the_transaction(engine: AsyncEngine) -> None:
    table = Table("copied", MetaData(), Column("id", BigInteger), Column("what", LargeBinary, nullable=False))
    async with engine.begin() as connection:
        await connection.run_sync(table.metadata.create_all)
    async with engine.connect() as connection:
        await copy(connection, table, ("id", "what"), [(1, b"taken back")])
        await connection.rollback()
    async with engine.begin() as connection:
        await copy(connection, table, ("id", "what"), [(2, b"one"), (3, b"other")])
    with pytest.raises(DBAPIError) as refused:
        async with engine.begin() as connection:
            await copy(connection, table, ("id", "what"), [(4, b"fine"), (5, None)])
    assert not is_transient(refused.value)

    async with engine.begin() as connection:
        rows = await fetch(connection, "SELECT id, what FROM copied ORDER BY id")
    assert [tuple(row) for row in rows] == [(2, b"one"), (3, b"other")]


async def test_a_transaction_that_the_driver_began_ends_with_that_of_the_connection(
    engine: AsyncEngine,
) -> None:
    async with engine.connect() as connection:
        await fetch(connection, "CREATE TABLE kept (id int)")
        await connection.commit()
    async with engine.connect() as connection:
        await fetch(connection, "INSERT INTO kept VALUES (1)")  # and leaves it at that
    async with engine.begin() as connection:
        await fetch(connection, "INSERT INTO kept VALUES (2)")
        await connection.execute(text("INSERT INTO kept VALUES (3)"))

    async with engine.connect() as connection:
        kept = await fetch(
            connection, "SELECT id, current_setting('transaction_isolation') FROM kept ORDER BY id"
        )
    assert [tuple(row) for row in kept] == [(2, "read committed"), (3, "read committed")]

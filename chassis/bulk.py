"""Set-based reads and writes: one statement for a whole transaction's rows, whatever their number."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar, cast

import asyncpg
from pydantic_core import PydanticSerializationError, from_json, to_json
from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection

T = TypeVar("T")

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]

Fetch = Callable[..., Awaitable[list[asyncpg.Record]]]
"""`fetch`, or `fetch_alone`."""

LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What the driver says of a connection that it cannot use: the server was killed in the middle, say."""


async def fetch(connection: AsyncConnection, sql: str, *values: Any) -> list[asyncpg.Record]:
    """The rows of a statement with `$1`, `$2`, …, straight from the driver: every event comes this way.

    It runs in the transaction of `connection`. Raises DBAPIError, as a statement of SQLAlchemy would.
    """
    driver = await driver_in_transaction(connection)
    return await answered(connection, driver, driver.fetch(sql, *values))


async def fetch_alone(connection: AsyncConnection, sql: str, *values: Any) -> list[asyncpg.Record]:
    """The rows of a statement that is a transaction by itself. Raises DBAPIError."""
    driver = await driver_of(connection)
    return await answered(connection, driver, driver.fetch(sql, *values))


async def look(database: AsyncEngine, sql: str, *values: Any) -> list[asyncpg.Record]:
    """The same on a connection of its own, for who looks again and again: one round trip instead of three."""
    async with database.connect() as connection:
        return await fetch_alone(connection, sql, *values)


async def answered(connection: AsyncConnection, driver: asyncpg.Connection, asked: Awaitable[T]) -> T:
    try:
        return await asked
    except (asyncpg.PostgresError, *LOST) as error:
        if isinstance(error, LOST) or driver.is_closed():
            await connection.invalidate()  # nobody shall get it from the pool again
        # What it repeats of the values stays out of every text that is made of it.
        raise DBAPIError(None, None, error, hide_parameters=True) from error


async def driver_in_transaction(connection: AsyncConnection) -> asyncpg.Connection:
    driver = await driver_of(connection)
    if not driver.is_in_transaction():
        await begin(connection, driver)
    return driver


async def begin(connection: AsyncConnection, driver: asyncpg.Connection) -> None:
    """What SQLAlchemy does with the first statement that goes through it. It ends what is begun here."""
    if not connection.in_transaction():
        await connection.begin()
    adapter: Any = (await pooled(connection)).dbapi_connection
    transaction = driver.transaction(isolation=adapter.isolation_level)
    await answered(connection, driver, transaction.start())
    adapter._transaction = transaction


async def driver_of(connection: AsyncConnection) -> asyncpg.Connection:
    return cast(asyncpg.Connection, (await pooled(connection)).driver_connection)


async def pooled(connection: AsyncConnection) -> PoolProxiedConnection:
    """What the pool gave. To ask for it is to change greenlets, which is needed only when it is gone."""
    known = connection.sync_connection
    if known is None or known.invalidated:
        return await connection.get_raw_connection()
    return known.connection


def pack_headers(headers: Sequence[tuple[str, bytes | None]]) -> str:
    """Headers as text for a column. One that is no UTF-8 is somebody else's, and kept as a list of bytes."""
    try:
        return to_json(headers, bytes_mode="utf8").decode()
    except PydanticSerializationError:
        return to_json([(name, value and list(value)) for name, value in headers]).decode()


def unpack_headers(packed: str) -> tuple[tuple[str, bytes | None], ...]:
    """The exact headers that `pack_headers` took."""
    return tuple(
        [
            (name, value.encode() if isinstance(value, str) else value and bytes(value))
            for name, value in from_json(packed)
        ]
    )


def column_type(column: Column[Any]) -> str:
    return str(column.type.compile(dialect=DIALECT))


def source_of(table: Table, names: Sequence[str], first: int = 1) -> str:
    """`SELECT … FROM unnest(…)` of one array per column, `$first` and on, in the order of the rows."""
    arrays, values = [], []
    for number, name in enumerate(names, first):
        json_column = isinstance(table.c[name].type, JSONB)
        arrays.append(f"${number}::{'text' if json_column else column_type(table.c[name])}[]")
        values.append(f'rows."{name}"::jsonb' if json_column else f'rows."{name}"')
    alias = ", ".join(f'"{name}"' for name in names)
    return (
        f"SELECT {', '.join(values)} FROM unnest({', '.join(arrays)}) "
        f"WITH ORDINALITY AS rows({alias}, place) ORDER BY place"
    )


Upsert = tuple[Table, tuple[str, ...], bool]
"""The table, the columns, and whether a row that is there is overwritten."""


@cache
def upserts_sql(upserts: tuple[Upsert, ...]) -> str:
    """One statement for several tables: they go to the database together, and come back together."""
    statements, first = [], 1
    for table, names, overwrite in upserts:
        statements.append(upsert_sql(table, names, overwrite, first))
        first += len(names)
    *others, last = statements
    named = ", ".join(f"t{n} AS ({sql})" for n, sql in enumerate(others))
    return f"WITH {named} {last}" if named else last


def upsert_sql(table: Table, names: tuple[str, ...], overwrite: bool, first: int) -> str:
    keys = [column.name for column in table.primary_key]
    quoted = ", ".join(f'"{name}"' for name in names)
    rest = [name for name in names if name not in keys]
    conflict = ""
    if all(key in names for key in keys):
        target = ", ".join(f'"{key}"' for key in keys)
        update = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
        conflict = f"ON CONFLICT ({target}) DO " + (
            f"UPDATE SET {update}" if overwrite and rest else "NOTHING"
        )
    return f'INSERT INTO "{table.name}" ({quoted}) {source_of(table, names, first)} {conflict}'


@cache
def delete_sql(table: Table, names: tuple[str, ...]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f'DELETE FROM "{table.name}" WHERE ({quoted}) IN ({source_of(table, names)})'


def values_of(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[tuple[Any, ...]]:
    return list(map(itemgetter(*names), rows)) if len(names) > 1 else [tuple(row.values()) for row in rows]


class Writes:
    """Rows for several tables, collected, then written in one round trip."""

    def __init__(self) -> None:
        self._rows: dict[Upsert, list[tuple[Any, ...]]] = {}

    def upsert(self, table: Table, rows: Sequence[Mapping[str, Any]], *, overwrite: bool = True) -> None:
        """Insert rows, all with the same columns; one that is there is overwritten, or left as it is."""
        if rows:
            names = tuple(rows[0])
            self.upsert_values(table, names, values_of(rows, names), overwrite=overwrite)

    def upsert_values(
        self, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]], *, overwrite: bool = True
    ) -> None:
        """The same for rows whose values stand in the order of `names`."""
        if rows:
            self._rows.setdefault((table, names, overwrite), []).extend(rows)

    async def execute(self, connection: AsyncConnection) -> None:
        if self._rows:
            columns = [column for rows in self._rows.values() for column in zip(*rows, strict=True)]
            await fetch(connection, upserts_sql(tuple(self._rows)), *columns)


async def copy(
    connection: AsyncConnection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add many rows to a table where none of them can be yet.

    Two round trips instead of none beside others; but of arrays the driver looks at each element before it
    writes it, which costs more than that from some dozens of rows on.
    """
    driver = await driver_in_transaction(connection)
    copied = driver.copy_records_to_table(table.name, columns=names, records=rows)
    await answered(connection, driver, copied)


async def upsert(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    overwrite: bool = True,
) -> None:
    """Write rows of one table."""
    writes = Writes()
    writes.upsert(table, rows, overwrite=overwrite)
    await writes.execute(connection)


async def delete(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Delete the rows whose columns equal one of `rows`."""
    if rows:
        names = tuple(rows[0])
        columns = zip(*values_of(rows, names), strict=True)
        await fetch(connection, delete_sql(table, names), *columns)

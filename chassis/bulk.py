"""Set-based writes: one statement for all tables of a transaction, whatever the number of rows."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Column, Table, TextClause, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def pack_headers(headers: Sequence[tuple[str, bytes | None]]) -> str:
    """Headers as text for a column. Latin-1 keeps every byte, UTF-8 or not; a header may have no value."""
    return to_json(
        [(name, value.decode("latin-1") if value is not None else None) for name, value in headers]
    ).decode()


def unpack_headers(packed: str) -> tuple[tuple[str, bytes | None], ...]:
    """The exact headers that `pack_headers` took."""
    return tuple(
        [(name, value.encode("latin-1") if value is not None else None) for name, value in from_json(packed)]
    )


def column_type(column: Column[Any]) -> str:
    return str(column.type.compile(dialect=DIALECT))


def source_of(table: Table, names: Sequence[str], prefix: str = "") -> str:
    """`SELECT … FROM unnest(…)` of one array per column, in the order of the rows."""
    arrays, values = [], []
    for name in names:
        json_column = isinstance(table.c[name].type, JSONB)
        arrays.append(f"CAST(:{prefix}{name} AS {'text' if json_column else column_type(table.c[name])}[])")
        values.append(f'rows."{name}"::jsonb' if json_column else f'rows."{name}"')
    alias = ", ".join(f'"{name}"' for name in names)
    return (
        f"SELECT {', '.join(values)} FROM unnest({', '.join(arrays)}) "
        f"WITH ORDINALITY AS rows({alias}, place) ORDER BY place"
    )


Upsert = tuple[Table, tuple[str, ...], bool]
"""The table, the columns, and whether a row that is there is overwritten."""


@cache
def upserts_statement(upserts: tuple[Upsert, ...]) -> TextClause:
    """One statement for several tables: they go to the database together, and come back together."""
    *others, last = [upsert_sql(*upsert, prefix=f"t{n}_") for n, upsert in enumerate(upserts)]
    named = ", ".join(f"t{n} AS ({sql})" for n, sql in enumerate(others))
    return text(f"WITH {named} {last}" if named else last)


def upsert_sql(table: Table, names: tuple[str, ...], overwrite: bool, prefix: str) -> str:
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
    return f'INSERT INTO "{table.name}" ({quoted}) {source_of(table, names, prefix)} {conflict}'


@cache
def delete_statement(table: Table, names: tuple[str, ...]) -> TextClause:
    quoted = ", ".join(f'"{name}"' for name in names)
    return text(f'DELETE FROM "{table.name}" WHERE ({quoted}) IN ({source_of(table, names)})')


def transposed(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], prefix: str = ""
) -> dict[str, list[Any]]:
    return {prefix + name: [row[name] for row in rows] for name in names}


class Writes:
    """Rows for several tables, collected, then written in one round trip."""

    def __init__(self) -> None:
        self._rows: dict[Upsert, list[Mapping[str, Any]]] = {}

    def upsert(self, table: Table, rows: Sequence[Mapping[str, Any]], *, overwrite: bool = True) -> None:
        """Insert rows, all with the same columns; one that is there is overwritten, or left as it is."""
        if rows:
            self._rows.setdefault((table, tuple(rows[0]), overwrite), []).extend(rows)

    async def execute(self, connection: AsyncConnection) -> None:
        values: dict[str, list[Any]] = {}
        for number, ((_, names, _), rows) in enumerate(self._rows.items()):
            values |= transposed(rows, names, f"t{number}_")
        if values:
            await connection.execute(upserts_statement(tuple(self._rows)), values)


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
        await connection.execute(delete_statement(table, names), transposed(rows, names))

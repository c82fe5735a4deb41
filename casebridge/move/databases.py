"""A province's rows, out of one service's database and into another: moved, so that they are in one place."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from casebridge.move.folder import Database, FolderUnfit, Place, Written, noted
from chassis.bulk import driver_of
from schemas.ids import Province

MOVED: Final = "moved_province"
BY_TOPIC: Final = ("quarantine",)
"""Tables without a province: the topic says whose they are."""
SHARED: Final = ("statement",)
"""Tables whose rows both sides keep: what one province stated to the other."""

TABLES = text("""
    SELECT table_name::text AS name, array_agg(column_name::text ORDER BY ordinal_position)
        FILTER (WHERE is_identity = 'NO') AS columns,
        max(column_name::text) FILTER (WHERE is_identity = 'YES') AS numbered
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> :moved
    GROUP BY table_name
    HAVING bool_or(column_name = 'province') OR table_name = ANY(:by_topic)
    ORDER BY table_name
""")
UNSENT = text("SELECT topic, headers FROM outbox")
REVISIONS = text("SELECT version_num FROM alembic_version ORDER BY version_num")


def is_of(table: str, province: Province) -> str:
    """The condition under which a row belongs to the province, whose two digits were checked."""
    if table in BY_TOPIC:
        return f"topic LIKE 'cn{province}.%'"
    return f"province = '{province}'" + (f" OR about = '{province}'" if table in SHARED else "")


class Columns(NamedTuple):
    """The columns of a table."""

    given: Sequence[str]
    numbered: str | None
    """The one whose numbers the database makes itself: other ones there, in the same order."""


async def tables_of(connection: AsyncConnection) -> Mapping[str, Columns]:
    """The tables with rows of provinces."""
    rows = await connection.execute(TABLES, {"moved": MOVED, "by_topic": list(BY_TOPIC)})
    return {row.name: Columns(row.columns, row.numbered) for row in rows}


# --- Out ---------------------------------------------------------------------------------------------------


async def unsent(database: AsyncEngine, province: Province) -> int:
    """Events and letters of the province that the relay has not sent yet."""
    async with database.connect() as connection:
        rows = (await connection.execute(UNSENT)).all()
    return sum(f'"/cn{province}/' in row.headers for row in rows)


async def describe(
    connection: AsyncConnection, province: Province, local: str, exchange: str
) -> Mapping[str, Any]:
    """What a database says of itself and of the logs of the province."""
    deployment = (await connection.execute(text("SELECT incarnation, made_at FROM deployment"))).one()
    sources = await connection.execute(
        text("SELECT source, incarnation, known_since FROM known_source ORDER BY 1, 2")
    )
    mailbox = f"cn{province}.mailbox"
    positions = await places(connection, "position", "next", province)
    own = [place for cluster, place in positions if cluster == local]
    abroad = [place for cluster, place in positions if cluster == exchange and place.topic == mailbox]
    if local == exchange:  # the mailbox is read where it is now, also by the new deployment
        own = [place for place in own if place.topic != mailbox]
    acknowledged = await places(connection, "acknowledged", '"offset"', province)
    return {
        "revisions": tuple((await connection.execute(REVISIONS)).scalars()),
        "incarnation": deployment.incarnation,
        "made_at": deployment.made_at.isoformat(),
        "known_sources": [(s.source, s.incarnation, s.known_since.isoformat()) for s in sources],
        "local_positions": own,
        "exchange_positions": abroad,
        "acknowledged": [
            place for cluster, place in acknowledged if cluster == local and place.topic != mailbox
        ],
    }


async def places(
    connection: AsyncConnection, table: str, column: str, province: Province
) -> Sequence[tuple[str, Place]]:
    rows = await connection.execute(
        text(f"SELECT cluster, topic, partition, {column} AS at FROM {table} WHERE topic LIKE :own"),
        {"own": f"cn{province}.%"},
    )
    return [(row.cluster, Place(topic=row.topic, partition=row.partition, offset=row.at)) for row in rows]


async def write_rows(
    connection: AsyncConnection, province: Province, folder: Path, service: str
) -> Mapping[str, Written]:
    """A file for each table, in PostgreSQL's own binary form."""
    written: dict[str, Written] = {}
    driver = await driver_of(connection)
    for table, columns in (await tables_of(connection)).items():
        file = f"{service}.{table}.rows"
        named = ", ".join(f'"{column}"' for column in columns.given)
        order = f' ORDER BY "{columns.numbered}"' if columns.numbered else ""
        query = f'SELECT {named} FROM "{table}" WHERE {is_of(table, province)}{order}'
        with (folder / file).open("wb") as rows:
            status = await driver.copy_from_query(query, output=rows, format="binary")
        written[table] = noted(folder, file, int(status.split()[1]))
    return written


async def cut_out(connection: AsyncConnection, province: Province, now: datetime, digest: str) -> None:
    """Delete what was written, and note that the province is elsewhere: this deployment serves it no more."""
    for table in set(await tables_of(connection)) - set(SHARED):
        await connection.execute(text(f'DELETE FROM "{table}" WHERE {is_of(table, province)}'))
    for table in ("position", "acknowledged"):
        await connection.execute(
            text(f"DELETE FROM {table} WHERE topic LIKE :own AND topic <> :mailbox"),
            {"own": f"cn{province}.%", "mailbox": f"cn{province}.mailbox"},
        )
    await connection.execute(
        text("DELETE FROM position WHERE topic = :mailbox"), {"mailbox": f"cn{province}.mailbox"}
    )
    await note_move(connection, province, now, digest, here=False)


async def note_move(
    connection: AsyncConnection, province: Province, now: datetime, digest: str, *, here: bool
) -> None:
    """Note that the province went, or came, with what has this digest."""
    await connection.execute(
        text(f"""INSERT INTO {MOVED} (province, moved_at, digest, here)
                 VALUES (:province, :now, :digest, :here)
                 ON CONFLICT (province) DO UPDATE SET moved_at = :now, digest = :digest, here = :here"""),
        {"province": province, "now": now, "digest": digest, "here": here},
    )


async def last_move(connection: AsyncConnection, province: Province) -> tuple[str, bool] | None:
    """The digest with which the province went or came the last time, and whether it is here."""
    found = await connection.execute(
        text(f"SELECT digest, here FROM {MOVED} WHERE province = :province"), {"province": province}
    )
    row = found.one_or_none()
    return (row.digest, row.here) if row else None


# --- In ----------------------------------------------------------------------------------------------------


class Translation:
    """Offsets of the cluster before to those of this one, where the records are counted from 0."""

    def __init__(self, offsets: Mapping[tuple[str, int], Sequence[int]]) -> None:
        self._offsets = offsets

    def of(self, topic: str, partition: int, offset: int) -> int:
        """How many records lay before it. What was not copied keeps its place."""
        known = self._offsets.get((topic, partition))
        return offset if known is None else bisect_left(known, offset)

    def of_last(self, topic: str, partition: int, offset: int) -> int:
        """The last record up to it that is left; -1 if none is."""
        known = self._offsets.get((topic, partition))
        return offset if known is None else bisect_right(known, offset) - 1


async def check_empty(connection: AsyncConnection, province: Province, given: Database, where: str) -> None:
    """Raises FolderUnfit where this is no database into which the rows may go."""
    revisions = tuple((await connection.execute(REVISIONS)).scalars())
    if revisions != given.revisions:
        raise FolderUnfit(where, f"release {', '.join(revisions)}", ", ".join(given.revisions))
    own = (await connection.execute(text("SELECT incarnation FROM deployment"))).scalar_one_or_none()
    if own not in (None, given.incarnation):
        raise FolderUnfit(where, "a database that has begun already", "one that was made by `migrate` alone")
    for table in set(await tables_of(connection)) - set(SHARED):
        there = text(f'SELECT EXISTS (SELECT FROM "{table}" WHERE {is_of(table, province)})')
        if (await connection.execute(there)).scalar_one():
            raise FolderUnfit(where, f"rows of {province} in {table}", "none")


async def read_rows(connection: AsyncConnection, folder: Path, given: Database, *, back: bool) -> None:
    """Put the files into the tables. Raises FolderUnfit where a table took other than what was written.

    Back where they came from, the rows that both sides keep are still there.
    """
    driver = await driver_of(connection)
    columns = await tables_of(connection)
    for table, file in given.tables.items():
        if back and table in SHARED:
            continue
        with (folder / file.name).open("rb") as rows:
            status = await driver.copy_to_table(
                table, source=rows, columns=columns[table].given, format="binary"
            )
        if int(status.split()[1]) != file.records:
            raise FolderUnfit(table, status, f"{file.records} rows")


async def note_places(
    connection: AsyncConnection,
    given: Database,
    translation: Translation,
    *,
    local: str,
    exchange: str,
) -> None:
    """How far the logs are applied and acknowledged, as they lie here."""
    position = text("INSERT INTO position (cluster, topic, partition, next) VALUES (:c, :t, :p, :at)")
    acknowledged = text(
        'INSERT INTO acknowledged (cluster, topic, partition, "offset") VALUES (:c, :t, :p, :at)'
    )
    for place in given.local_positions:
        at = translation.of(place.topic, place.partition, place.offset)
        await connection.execute(position, row_of(local, place, at))
    for place in given.exchange_positions:
        await connection.execute(position, row_of(exchange, place, place.offset))
    for place in given.acknowledged:
        if (at := translation.of_last(place.topic, place.partition, place.offset)) >= 0:
            await connection.execute(acknowledged, row_of(local, place, at))


def row_of(cluster: str, place: Place, at: int) -> Mapping[str, Any]:
    return {"c": cluster, "t": place.topic, "p": place.partition, "at": at}


async def translate_rows(connection: AsyncConnection, province: Province, translation: Translation) -> None:
    """Rows that name the offset of a record name the one that it has here; ends are noted anew."""
    for table, keys in (
        ("queued", ("province", "case_id", "stream", "sequence")),
        ("quarantine", ("cluster", "topic", "partition", "offset")),
    ):
        own = is_of(table, province) if table in BY_TOPIC else f"province = '{province}'"
        quoted = ", ".join(f'"{key}"' for key in dict.fromkeys((*keys, "topic", "partition", "offset")))
        # Offsets only become smaller, so that in this order no row takes the place of another.
        rows = await connection.execute(
            text(f'SELECT {quoted} FROM {table} WHERE {own} ORDER BY topic, partition, "offset"')
        )
        where = " AND ".join(f'"{key}" = :{key}' for key in keys)
        for row in rows.all():
            at = translation.of(row.topic, row.partition, row.offset)
            named = {key: getattr(row, key) for key in keys}
            await connection.execute(
                text(f'UPDATE {table} SET "offset" = :at WHERE {where}'), {**named, "at": at}
            )
    await connection.execute(text("UPDATE queued SET ends = NULL WHERE province = :p"), {"p": province})


async def begin_as(connection: AsyncConnection, given: Database) -> None:
    """The database goes on as the one that it was: it lacks nothing, so nobody need adopt another."""
    await connection.execute(
        text("""INSERT INTO deployment ("only", incarnation, made_at) VALUES (true, :incarnation, :made_at)
                ON CONFLICT DO NOTHING"""),
        {"incarnation": given.incarnation, "made_at": datetime.fromisoformat(given.made_at)},
    )
    for source, incarnation, since in given.known_sources:
        await connection.execute(
            text("""INSERT INTO known_source (source, incarnation, known_since) VALUES (:s, :i, :since)
                    ON CONFLICT DO NOTHING"""),
            {"s": source, "i": incarnation, "since": datetime.fromisoformat(since)},
        )

"""Locks cases, loads what a unit of work may see of them, and saves what changed: one statement per table."""

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import tables
from chassis.bulk import Fetch, Writes, copy, delete, fetch, fetch_alone, pack_headers, unpack_headers
from chassis.case_state import Arrived, CaseState, Hold, Kept, Outgoing, Queued, RowKey, row_key
from chassis.covering import cover_letters
from chassis.stored import Stored
from schemas.envelope import Follows, Sealed
from schemas.ids import CaseId, Province

QUEUES = 16
"""Queues of the outbox per cluster. A case is always in the same one, so its order is kept."""

Cases = dict[tuple[Province, CaseId], CaseState]

# All that is kept of a case in its own row, in one column: it is read, and sent, as a whole.
ROW = "json_build_array(number, sent, inbox, after, chain, queued, hold)::text"

# A row that is made by it has 0 locks.
LOCK = f"""
    INSERT INTO case_row (province, case_id)
    SELECT * FROM unnest($1::text[], $2::text[]) AS wanted ORDER BY 1, 2
    ON CONFLICT (province, case_id) DO UPDATE SET locks = 1
    RETURNING province, case_id, {ROW}, locks = 0
"""

OF_CASES = " WHERE (province, case_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))"

OWN_ROW, VAULT, KEYS = -1, -2, -3
"""Places of what is no aggregate, beside those of the stores."""


async def lock_cases(connection: AsyncConnection, names: Iterable[tuple[Province, CaseId]]) -> Cases:
    """Lock these cases, in one order for everybody, so that two transactions never wait for each other.

    Before anything else is read: whoever waited here sees what the other one committed.
    """
    wanted = sorted(set(names))
    if not wanted:
        return {}
    rows = await fetch(connection, LOCK, *arrays(wanted))
    return {(row[0], row[1]): case_from(*row) for row in rows}


async def look_at_cases(
    connection: AsyncConnection,
    names: Iterable[tuple[Province, CaseId]],
    stores: Iterable[Stored[Any]],
    *,
    vault: bool,
) -> Cases:
    """Cases with all that they have and without their locks, for a question that changes nothing.

    Each statement is a transaction by itself: one around them would show nothing else, as each sees what is
    committed when it begins, and costs two round trips more.
    """
    wanted = sorted(set(names))
    cases = {name: CaseState.empty(*name) for name in wanted}
    if wanted:
        await load_kept(
            connection, cases, tuple(stores), arrays(wanted), vault=vault, rows=True, fetch=fetch_alone
        )
        if queued := [name for name, case in cases.items() if case.queue_size]:
            await load_queues(connection, cases, arrays(queued), fetch_alone)
    return cases


def case_from(province: Province, case_id: CaseId, row: str, made: bool = False) -> CaseState:
    number, sent, inbox, after, chain, queued, hold = from_json(row)
    return CaseState(
        province=province,
        case_id=case_id,
        number=number,
        sent=sent,
        inbox=inbox,
        after=after,
        # Most cases never leave their province.
        chain={p: Follows(*ends) for p, ends in chain.items()} if chain else {},
        queue_size=queued,
        hold=Hold(**hold) if hold else None,
        made=made,
    )


Wanted = tuple[list[Province], list[CaseId]]
"""Cases as two arrays."""


def arrays(names: Collection[tuple[Province, CaseId]]) -> Wanted:
    return [province for province, _ in names], [case for _, case in names]


async def load_cases(
    connection: AsyncConnection, cases: Cases, stores: Iterable[Stored[Any]], *, vault: bool
) -> None:
    """Fetch the aggregates, the queued events and, where the service has one, the vault of locked cases."""
    known = [name for name, case in cases.items() if not case.is_new]
    if known:
        await load_kept(connection, cases, tuple(stores), arrays(known), vault=vault)
    if queued := [name for name, case in cases.items() if case.queue_size]:
        await load_queues(connection, cases, arrays(queued))


async def load_kept(
    connection: AsyncConnection,
    cases: Cases,
    stores: tuple[Stored[Any], ...],
    wanted: Wanted,
    *,
    vault: bool,
    rows: bool = False,
    fetch: Fetch = fetch,
) -> None:
    """The aggregates of these cases, the vault and its keys, and their own rows where nobody locked them."""
    sql = kept_sql(tuple(stored.table.name for stored in stores), vault=vault, rows=rows)
    if not sql:
        return
    found = await fetch(connection, sql, *wanted)
    for place, province, case_id, _, _, kept, _ in found:
        if place == OWN_ROW:
            cases[province, case_id] = case_from(province, case_id, kept)
    for place, province, case_id, id, version, kept, key_id in found:
        case = cases[province, case_id]
        if place >= 0:
            stored = stores[place]
            case.aggregates[stored.kind, id] = Kept(stored.load(kept), version, stored)
        elif place == VAULT:
            case.vault[id] = Sealed(key_id=key_id, box=kept)
        elif place == KEYS:
            case.keys[id] = kept


@cache
def kept_sql(names: tuple[str, ...], *, vault: bool, rows: bool) -> str:
    """One statement for all: a round trip each, and the cases told anew, cost more than what they bring."""
    parts = [
        f'{place}, province, case_id, id, version, state::text, NULL FROM "{name}"'
        for place, name in enumerate(names)
    ]
    if rows:
        parts.append(f"{OWN_ROW}, province, case_id, NULL, NULL, {ROW}, NULL FROM case_row")
    if vault:
        parts.append(f"{VAULT}, province, case_id, name, NULL, box, key_id FROM vault")
        parts.append(f"{KEYS}, province, case_id, key_id, NULL, wrapped, NULL FROM case_key")
    return " UNION ALL ".join(f"SELECT {part}{OF_CASES}" for part in parts)


async def load_queues(
    connection: AsyncConnection, cases: Cases, wanted: Wanted, fetch: Fetch = fetch
) -> None:
    for row in await fetch(connection, "SELECT * FROM queued" + OF_CASES, *wanted):
        record = Arrived(
            cluster="",
            topic=row["topic"],
            partition=row["partition"],
            offset=row["offset"],
            key=row["key"],
            value=row["value"],
            headers=unpack_headers(row["headers"]),
        )
        cases[row["province"], row["case_id"]].queue[row["stream"], row["sequence"]] = Queued(
            stream=row["stream"],
            sequence=row["sequence"],
            cause=row["cause"],
            awaits=row["awaits"],
            record=record,
            queued_at=row["queued_at"],
        )


async def save_cases(
    connection: AsyncConnection, cases: Cases, *, now: datetime, ledger: bool
) -> datetime | None:
    """Write what changed in all the cases. Returns when the first of the timers is due that were set."""
    changed, writes = list(cases.values()), Writes()
    save_rows(writes, [case for case in changed if case.touched])
    save_aggregates(writes, changed)
    soonest = await save_timers(connection, writes, changed)
    await save_queues(connection, writes, changed)
    await forget_secrets(connection, changed)
    save_secrets(writes, changed)
    save_projections(writes, changed)
    save_letters(writes, changed, now)
    await add_outbox(connection, writes, [row for case in changed for row in case.outbox], now)
    if ledger:
        rows = [own_key(case) | effect._asdict() for case in changed for effect in case.applied]
        writes.upsert(tables.ledger, rows)
    await writes.execute(connection)
    marks = [(case.name, other, mark) for case in changed for other, mark in case.covered.items()]
    await cover_letters(connection, marks, now)
    return soonest


def own_key(case: CaseState) -> dict[str, Any]:
    return {"province": case.province, "case_id": case.case_id}


def save_rows(writes: Writes, cases: Sequence[CaseState]) -> None:
    writes.upsert(
        tables.case_row,
        [
            own_key(case)
            | {
                "number": case.number,
                "sent": packed(case.sent),
                "inbox": packed(case.inbox),
                "after": packed(case.after),
                "chain": packed(case.chain),
                "queued": len(case.queue),
                "hold": to_json(asdict(case.hold)).decode() if case.hold else None,
            }
            for case in cases
        ],
    )


def packed(said: Mapping[Any, Any]) -> str:
    return to_json(said).decode() if said else "{}"


def save_aggregates(writes: Writes, cases: Sequence[CaseState]) -> None:
    by_table: dict[Table, list[dict[str, Any]]] = {}
    for case in cases:
        for key in case.changed:
            kept = case.aggregates[key]
            row = own_key(case) | {
                "id": key[1],
                "version": kept.version,
                "state": kept.stored.dump(kept.aggregate),
                **kept.stored.columns(kept.aggregate),
            }
            by_table.setdefault(kept.stored.table, []).append(row)
    for table, rows in by_table.items():
        writes.upsert(table, rows)


async def save_timers(
    connection: AsyncConnection, writes: Writes, cases: Sequence[CaseState]
) -> datetime | None:
    """The difference of `due` before and after. Returns when the first that was set is due."""
    gone: list[dict[str, Any]] = []
    running: list[dict[str, Any]] = []
    for case in cases:
        for (kind, id), before in case.changed.items():
            old = before.aggregate.due if before else {}
            new = case.aggregates[kind, id].aggregate.due
            if not old and not new:
                continue
            key = {"province": case.province, "kind": kind.__name__, "id": id}
            gone += [key | {"name": name} for name in old if name not in new]
            running += [
                key | {"name": name, "case_id": case.case_id, "due_at": at}
                for name, at in new.items()
                if old.get(name) != at
            ]
    await delete(connection, tables.timer, gone)
    writes.upsert(tables.timer, running)
    return min((row["due_at"] for row in running), default=None)


async def save_queues(connection: AsyncConnection, writes: Writes, cases: Sequence[CaseState]) -> None:
    gone = [
        own_key(case) | {"stream": stream, "sequence": sequence}
        for case in cases
        for stream, sequence in case.unqueued
    ]
    await delete(connection, tables.queued, gone)
    rows = [own_key(case) | queued_row(item) for case in cases for item in case.queue.values() if item.new]
    writes.upsert(tables.queued, rows)


def queued_row(item: Queued) -> dict[str, Any]:
    return {
        "stream": item.stream,
        "sequence": item.sequence,
        "cause": item.cause,
        "awaits": item.awaits,
        "queued_at": item.queued_at,
        **record_row(item.record),
    }


def record_row(record: Arrived) -> dict[str, Any]:
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": record.key,
        "value": record.value,
        "headers": pack_headers(record.headers),
    }


async def forget_secrets(connection: AsyncConnection, cases: Sequence[CaseState]) -> None:
    gone = [own_key(case) | {"name": name} for case in cases for name in sorted(case.forgotten)]
    await delete(connection, tables.vault, gone)


def save_secrets(writes: Writes, cases: Sequence[CaseState]) -> None:
    boxes = [
        own_key(case) | {"name": name, "key_id": sealed.key_id, "box": sealed.box}
        for case in cases
        for name, sealed in case.kept_sealed.items()
    ]
    writes.upsert(tables.vault, boxes)
    keys = [
        own_key(case) | {"key_id": key_id, "wrapped": wrapped}
        for case in cases
        for key_id, wrapped in case.new_keys.items()
    ]
    writes.upsert(tables.case_key, keys)


def save_projections(writes: Writes, cases: Sequence[CaseState]) -> None:
    """A row that is overwritten is not inserted besides: one statement may touch it once."""
    overwritten: dict[RowKey, Mapping[str, Any]] = {}
    for case in cases:
        overwritten |= case.overwritten
    for (table, _), row in overwritten.items():
        writes.upsert(table, [row])
    twice = {table for table, _ in overwritten}
    by_table: dict[Table, list[Mapping[str, Any]]] = {}
    for case in cases:
        for table, row in case.rows:
            if table not in twice or row_key(table, row) not in overwritten:
                by_table.setdefault(table, []).append(row)
    for table, rows in by_table.items():
        writes.upsert(table, rows, overwrite=False)


def save_letters(writes: Writes, cases: Sequence[CaseState], now: datetime) -> None:
    letters = [
        own_key(case)
        | {
            "to_province": letter.to_province,
            "sequence": letter.sequence,
            "topic": letter.record.topic,
            "key": letter.record.key,
            "value": letter.record.value,
            "headers": pack_headers(letter.record.headers),
            "sent_at": letter.recorded_at,
        }
        for case in cases
        for letter in case.letters
    ]
    writes.upsert(tables.sent_letter, letters)
    received = [
        own_key(case)
        | {
            "from_province": letter.from_province,
            "sequence": letter.sequence,
            "topic": letter.record.topic,
            "key": letter.record.key,
            "value": letter.record.value,
            "headers": pack_headers(letter.record.headers),
            "recorded_at": letter.recorded_at,
            "received_at": now,
        }
        for case in cases
        for letter in case.received
    ]
    writes.upsert(tables.received_letter, received, overwrite=False)


async def save_outbox(connection: AsyncConnection, rows: Sequence[Outgoing], now: datetime) -> None:
    """Write records that belong to no case."""
    writes = Writes()
    await add_outbox(connection, writes, rows, now)
    await writes.execute(connection)


OUTBOX = ("cluster", "queue", "topic", "key", "value", "headers", "written_at")

MANY = 64
"""Rows of the outbox that are worth a statement of their own."""


async def add_outbox(
    connection: AsyncConnection, writes: Writes, rows: Sequence[Outgoing], now: datetime
) -> None:
    """Write the records if they are many, else let them go with the others."""
    values = [
        (cluster, queue_of(key), topic, key, value, pack_headers(headers), now)
        for cluster, topic, key, value, headers in rows
    ]
    if len(values) < MANY:
        writes.upsert_values(tables.outbox, OUTBOX, values)
    else:
        await copy(connection, tables.outbox, OUTBOX, values)


def queue_of(key: bytes) -> int:
    return zlib.crc32(key) % QUEUES

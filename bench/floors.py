"""The bare loops: aiokafka and asyncpg as one would write them by hand, in batches, and nothing around them.

They promise less: nothing is validated or signed, no case waits for its causes, poison would stop all.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from schemas.envelope import Record

BATCH = 500
COMMIT_EVERY = 1_000


async def produce(producer: AIOKafkaProducer, topic: str, records: Sequence[Record], batch: int) -> float:
    """Records a second: batches of idempotent sends, the next one sent while the last is acknowledged."""
    started = perf_counter()
    flying: list[asyncio.Future[Any]] = []
    for begin in range(0, len(records), batch):
        sent = [
            await producer.send(topic, record.value, key=record.key, headers=list(record.headers))
            for record in records[begin : begin + batch]
        ]
        await asyncio.gather(*flying)
        flying = sent
    await asyncio.gather(*flying)
    return len(records) / (perf_counter() - started)


PIPELINE = """
    CREATE TABLE inbox (source text, id text, PRIMARY KEY (source, id));
    CREATE TABLE aggregate (id text PRIMARY KEY, version bigint NOT NULL, state jsonb NOT NULL);
    CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, topic text NOT NULL,
                         key bytea NOT NULL, value bytea NOT NULL, headers text NOT NULL);
"""

INBOX = """
    INSERT INTO inbox SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING RETURNING id
"""
LOAD = "SELECT id, version, state::text FROM aggregate WHERE id = ANY($1::text[]) FOR UPDATE"
SAVE = """
    INSERT INTO aggregate SELECT id, version, state::jsonb
    FROM unnest($1::text[], $2::bigint[], $3::text[]) AS rows(id, version, state)
    ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state
"""
OUTBOX = """
    INSERT INTO outbox (topic, key, value, headers)
    SELECT $1, * FROM unnest($2::bytea[], $3::bytea[], $4::text[])
"""


async def pipeline(consumer: AIOKafkaConsumer, database: asyncpg.Connection, topic: str, count: int) -> float:
    """Events a second: consume → inbox, aggregates, outbox in one transaction a batch; then the offsets."""
    started = perf_counter()
    handled = uncommitted = 0
    while handled < count:
        fetched = await consumer.getmany(timeout_ms=200, max_records=BATCH)
        records = [record for several in fetched.values() for record in several]
        if not records:
            continue
        await handle_batch(database, topic, records)
        handled += len(records)
        uncommitted += len(records)
        if uncommitted >= COMMIT_EVERY:
            await consumer.commit()
            uncommitted = 0
    return handled / (perf_counter() - started)


async def handle_batch(database: asyncpg.Connection, topic: str, records: Sequence[Any]) -> None:
    sources, ids, keys, values, headers = [], [], [], [], []
    for record in records:
        found = dict(record.headers)
        sources.append(found["ce_source"].decode())
        ids.append(found["ce_id"].decode())
    async with database.transaction():
        fresh = {row["id"] for row in await database.fetch(INBOX, sources, ids)}
        cases = sorted({record.key.decode() for record in records})
        known = {
            row["id"]: [row["version"], json.loads(row["state"])] for row in await database.fetch(LOAD, cases)
        }
        for record, id in zip(records, ids, strict=True):
            if id not in fresh:
                continue
            case = record.key.decode()
            body = json.loads(record.value)
            kept = known.setdefault(case, [0, {"members": [], "sum_fen": 0}])
            kept[0] += 1
            if "member_id" in body:
                kept[1]["members"].append(body["member_id"])
                kept[1]["sum_fen"] += body["claim_fen"]
            keys.append(record.key)
            values.append(
                json.dumps({"case_id": case, "at": body["at"], "sum_fen": kept[1]["sum_fen"]}).encode()
            )
            headers.append(json.dumps({"id": id, "sequence": kept[0]}))
        await database.execute(
            SAVE,
            list(known),
            [kept[0] for kept in known.values()],
            [json.dumps(kept[1]) for kept in known.values()],
        )
        await database.execute(OUTBOX, topic, keys, values, headers)


WAITING = "SELECT id, topic, key, value, headers FROM outbox ORDER BY id LIMIT 1000"


async def relay(producer: AIOKafkaProducer, pool: asyncpg.Pool, wake: asyncio.Event) -> None:
    """Outbox → Kafka → delete, one batch after another, until cancelled; `wake` says that there are rows."""
    while True:
        wake.clear()
        rows = await pool.fetch(WAITING)
        if not rows:
            await wake.wait()
            continue
        sent = [
            await producer.send(
                row["topic"],
                row["value"],
                key=row["key"],
                headers=[(name, text.encode()) for name, text in json.loads(row["headers"]).items()],
            )
            for row in rows
        ]
        await asyncio.gather(*sent)
        await pool.execute("DELETE FROM outbox WHERE id = ANY($1)", [row["id"] for row in rows])


async def consume(
    consumer: AIOKafkaConsumer, database: asyncpg.Connection, handled: Callable[[Sequence[Any]], None]
) -> None:
    """The pipeline's batches as they come, until cancelled."""
    while True:
        fetched = await consumer.getmany(timeout_ms=200, max_records=BATCH)
        records = [record for several in fetched.values() for record in several]
        if records:
            await handle_batch(database, "bare.out", records)
            handled(records)


async def put(pool: asyncpg.Pool, topic: str, record: Record) -> None:
    """One row into the outbox, committed."""
    headers = json.dumps({name: raw.decode() for name, raw in record.headers})
    await pool.execute(OUTBOX, topic, [record.key], [record.value], [headers])

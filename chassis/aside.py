"""Takes up events that an earlier release kept aside, because it did not know their type."""

import logging
from typing import Any

from sqlalchemy import text

from chassis.arrivals import Name, Read
from chassis.bulk import delete, unpack_headers
from chassis.case_state import Arrived
from chassis.engine import Engine
from chassis.tables import aside
from schemas.envelope import event_types
from schemas.ids import CaseId, Province

log = logging.getLogger(__name__)

KNOWN = text("""
    SELECT province, case_id, stream, sequence, key, value, headers FROM aside
    WHERE type = ANY(:known) ORDER BY province, case_id, stream, sequence LIMIT :batch
""")

BATCH = 500


async def take_up(engine: Engine) -> int:
    """Apply what this release knows, each once, in the order of its stream. Returns how many there were."""
    taken = 0
    while rows := await known_rows(engine):
        for row in rows:
            await take_up_one(engine, row)
        taken += len(rows)
    if taken:
        log.info("events_taken_up", extra={"events": taken})
    return taken


async def known_rows(engine: Engine) -> Any:
    async with engine.database.connect() as connection:
        found = await connection.execute(KNOWN, {"known": sorted(event_types()), "batch": BATCH})
        return found.all()


async def take_up_one(engine: Engine, row: Any) -> None:
    """One event, one transaction; it was received before, so its stream does not move."""
    name: Name = (Province(row.province), CaseId(row.case_id))
    record = Arrived(
        cluster="",
        topic="",
        partition=0,
        offset=0,
        key=row.key,
        value=row.value,
        headers=unpack_headers(row.headers),
    )
    place = {
        "province": row.province,
        "case_id": row.case_id,
        "stream": row.stream,
        "sequence": row.sequence,
    }
    async with engine.transaction() as connection:
        cases = await engine.lock(connection, [name])
        await delete(connection, aside, [place])
        log_name = row.stream.partition(" ")[0]
        engine.take_up(cases[name], Read(name, log_name, record, engine.decode(record)))
        await engine.save(connection, cases)

"""Incarnations of sources that a person takes for right: seen, adopted, and what waited for them let go."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import tables
from chassis.bulk import look, upsert
from chassis.engine import Engine
from chassis.inbox import INCARNATION
from schemas.ids import CaseId, Province

log = logging.getLogger(__name__)

KNOWN = "SELECT source, array_agg(incarnation) FROM known_source GROUP BY source"
STRANGE = text("""
    SELECT awaits, count(*) AS events, count(DISTINCT (province, case_id)) AS cases, min(queued_at) AS since
    FROM queued WHERE awaits LIKE 'adoption of %' GROUP BY awaits ORDER BY awaits
""")
KNOWN_SINCE = text("""
    SELECT incarnation, known_since FROM known_source WHERE source = :source ORDER BY known_since
""")
WAITING = "SELECT DISTINCT province, case_id FROM queued WHERE awaits = ANY($1)"


@dataclass(frozen=True, slots=True)
class Stranger:
    """An incarnation of a known source that nobody has adopted, and what waits for it in one database."""

    source: str
    incarnation: str
    events: int
    cases: int
    since: datetime
    known: Sequence[tuple[str, datetime]]
    """The incarnations of the source that are accepted, the oldest first."""


def awaited(source: str, incarnation: str) -> str:
    """What the events of a strange incarnation wait for, in words."""
    return f"adoption of {source} {incarnation}"


async def strangers(connection: AsyncConnection) -> list[Stranger]:
    """All that wait to be adopted."""
    found = []
    for row in (await connection.execute(STRANGE)).all():
        source, incarnation = row.awaits.removeprefix("adoption of ").split(" ")
        known = await connection.execute(KNOWN_SINCE, {"source": source})
        since = [(each.incarnation, each.known_since) for each in known]
        found.append(Stranger(source, incarnation, row.events, row.cases, row.since, since))
    return found


async def adopt(connection: AsyncConnection, source: str, incarnation: str, now: datetime) -> None:
    """Take it for right from now on. Running services notice within seconds."""
    row = {"source": source, "incarnation": incarnation, "known_since": now}
    await upsert(connection, tables.known_source, [row], overwrite=False)


async def take_adopted(engine: Engine) -> int:
    """Look at what was adopted since, and let go what waited for it; returns the number of cases."""
    known = engine.reader.incarnations
    for source, incarnations in await look(engine.database, KNOWN):
        known[source] = known.get(source, frozenset()) | frozenset(incarnations)
    words = [awaited(source, each) for source, incarnations in known.items() for each in incarnations]
    names = await waiting(engine, words)
    for name in names:
        await let_go(engine, name)
    if names:
        log.info("incarnation_adopted", extra={"cases": len(names)})
    return len(names)


async def waiting(engine: Engine, awaited: Sequence[str]) -> list[tuple[Province, CaseId]]:
    return [(province, case_id) for province, case_id in await look(engine.database, WAITING, awaited)]


async def let_go(engine: Engine, name: tuple[Province, CaseId]) -> None:
    """Apply what waited. What waits for something else now says so."""
    async with engine.transaction() as connection:
        case = (await engine.lock(connection, [name]))[name]
        if case.hold and case.hold.cause == INCARNATION:
            engine.release_if_arrived(case, case.hold)
        else:
            engine.drain(case)
            engine.wait_again(case)
        await engine.save(connection, {name: case})

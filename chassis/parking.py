"""Cases that wait or are held: seen by operators, turned from one into the other, and let go again."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from aiokafka.errors import ConsumerStoppedError, KafkaError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chassis.adopting import take_adopted
from chassis.bulk import look
from chassis.bus import Bus
from chassis.case_state import CaseState
from chassis.engine import Engine
from chassis.errors import NotFound
from chassis.holding import hold, say_released
from chassis.inbox import WAITING
from chassis.transient import is_transient
from chassis.unit_of_work import Actor
from schemas.codes import ReleaseWay
from schemas.ids import CaseId, Province

log = logging.getLogger(__name__)

LOOK_S = 5.0

OLD = """
    SELECT province, case_id, stream, sequence FROM queued JOIN case_row USING (province, case_id)
    WHERE cause = ANY($1) AND case_row.hold IS NULL AND queued_at < $2 ORDER BY queued_at LIMIT 100
"""
MEASURE = """
    SELECT 'waiting', cause, count(*), NULL::timestamptz FROM queued GROUP BY cause
    UNION ALL
    SELECT 'holding', hold ->> 'cause', count(*), NULL FROM case_row WHERE hold IS NOT NULL GROUP BY 2
    UNION ALL
    SELECT 'outbox', cluster, count(*), min(written_at) FROM outbox GROUP BY cluster
"""
HELD = text("""
    SELECT province, case_id, number, hold::text,
           (SELECT count(*) FROM queued WHERE queued.case_id = case_row.case_id
              AND queued.province = case_row.province) AS events
    FROM case_row WHERE hold IS NOT NULL ORDER BY hold ->> 'since' LIMIT 1000
""")


async def held_cases(engine: Engine) -> Sequence[Mapping[str, Any]]:
    """Held cases, oldest first, each with its cause, its fingerprint and the number of waiting events."""
    async with engine.database.connect() as connection:
        rows = await connection.execute(HELD)
        return [
            {
                "province": row.province,
                "case_id": row.case_id,
                "events": row.events,
                **json.loads(row.hold),
            }
            for row in rows
        ]


async def redrive(engine: Engine, province: Province, case_id: CaseId, by: Actor) -> CaseState:
    """Let a held case go: its events are tried again in order. One that fails again holds it again."""
    return await let_go(engine, province, case_id, by, discard=False)


async def discard(engine: Engine, province: Province, case_id: CaseId, by: Actor) -> CaseState:
    """Let a held case go without the event that holds it, which is never applied. Everything behind it is."""
    return await let_go(engine, province, case_id, by, discard=True)


async def let_go(
    engine: Engine, province: Province, case_id: CaseId, by: Actor, *, discard: bool
) -> CaseState:
    name = (province, case_id)
    async with engine.transaction() as connection:
        case = (await engine.lock(connection, [name]))[name]
        hold = case.hold
        if hold is None:
            raise NotFound(kind="held case", id=case_id)
        item = case.queue.get((hold.stream or "", hold.sequence or 0))
        waiting = len(case.queue)
        if discard and item is not None:
            engine.pass_over(case, item)
        case.hold = None
        case.touched = True
        engine.drain(case)
        engine.wait_again(case)
        way = ReleaseWay("discarded" if discard else "redriven")
        say_released(engine, case, hold, item, way, waiting, by)
        await engine.save(connection, {name: case})
    return case


class Sweeper:
    """Turns waiting into holding: what the awaited log no longer brings, a person must look at."""

    def __init__(self, engine: Engine, buses: Sequence[Bus], *, may_hold: Callable[[], bool]) -> None:
        self.engine = engine
        self.buses = buses
        self.may_hold = may_hold
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.sweep()
            except (DBAPIError, KafkaError, ConsumerStoppedError, OSError, TimeoutError) as error:
                if isinstance(error, DBAPIError) and not is_transient(error):
                    raise
                log.warning("sweeper_interrupted", extra={"error": type(error).__name__})
            try:
                async with asyncio.timeout(min(LOOK_S, self.engine.settings.hold_after_s)):
                    await self._stopping.wait()
            except TimeoutError:
                pass

    async def sweep(self) -> int:
        """Hold the cases whose events have waited too long although all that was there is read."""
        await self.measure()
        await take_adopted(self.engine)
        # Looked at now: ends that were seen before an event was queued say nothing of what it awaits.
        for bus in self.buses:
            await bus.look()
        if not self.may_hold() or not all(bus.caught_up and bus.lag == 0 for bus in self.buses):
            return 0
        before = self.engine.clock.now() - timedelta(seconds=self.engine.settings.hold_after_s)
        old = await look(self.engine.database, OLD, sorted(WAITING), before)
        for province, case_id, stream, sequence in old:
            await self.hold((province, case_id), (stream, sequence))
        return len(old)

    async def measure(self) -> None:
        """Tell the gauges what is waiting, held, and not relayed yet."""
        metrics, now = self.engine.metrics, self.engine.clock.now()
        found = await look(self.engine.database, MEASURE)
        metrics.waiting({cause: events for what, cause, events, _ in found if what == "waiting"})
        metrics.holding({cause: cases for what, cause, cases, _ in found if what == "holding"})
        outbox = {cluster: (rows, since) for what, cluster, rows, since in found if what == "outbox"}
        for cluster in ("local", "exchange"):
            rows, since = outbox.get(cluster, (0, now))
            metrics.outbox(cluster, rows, (now - since).total_seconds())

    async def hold(self, name: tuple[Province, CaseId], place: tuple[str, int]) -> None:
        async with self.engine.transaction() as connection:
            case = (await self.engine.lock(connection, [name]))[name]
            self.engine.drain(case)
            item = case.queue.get(place)
            if case.hold is None and item is not None:
                hold(self.engine, case, cause=item.cause, error=None, item=item)
            await self.engine.save(connection, {name: case})

"""Fires timers that are due: once, under the case's lock, and never while an answer waits to be read."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.engine import Engine
from chassis.failpoints import failpoint
from chassis.transient import is_transient
from chassis.unit_of_work import Due

log = logging.getLogger(__name__)

LOOK = timedelta(milliseconds=250)
GLANCE = timedelta(milliseconds=25)
"""How soon a step of the clock is seen."""
BATCH = 200

# Unlocked: who fires is decided under the lock of the case, where the timer is looked at again.
DUE = text("""
    SELECT province, kind, id, name, case_id, due_at FROM timer
    JOIN case_row USING (province, case_id)
    WHERE due_at <= :now AND case_row.hold IS NULL ORDER BY due_at LIMIT :batch
""")

DROP = text("""
    DELETE FROM timer WHERE province = :province AND kind = :kind AND id = :id AND name = :name
      AND due_at = :due_at
""")


class Timers:
    """The running timers of one service's database. Every replica looks; the lock lets one fire."""

    def __init__(self, engine: Engine, *, may_fire: Callable[[], bool]) -> None:
        self.engine = engine
        self.may_fire = may_fire
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        """Look and fire until stopped."""
        while not self._stopping.is_set():
            fired = 0
            try:
                if self.may_fire():
                    fired = await self.fire_due()
            except (DBAPIError, OSError, TimeoutError) as error:
                if isinstance(error, DBAPIError) and not is_transient(error):
                    raise
                log.warning("timers_interrupted", extra={"error": type(error).__name__})
            if not fired:
                await self.pause()

    async def pause(self) -> None:
        """Until it is time to look again. Where the clock can be stepped, a step ends it."""
        clock = self.engine.clock
        again = clock.now() + LOOK
        glance = GLANCE if clock.steppable else LOOK
        for _ in range(LOOK // glance):
            try:
                async with asyncio.timeout(glance.total_seconds()):
                    await self._stopping.wait()
            except TimeoutError:
                pass
            if self._stopping.is_set() or clock.now() >= again:
                return

    async def fire_due(self) -> int:
        """Fire what is due now, one transaction a case; returns how many rows were looked at."""
        async with self.engine.database.connect() as connection:
            rows = (await connection.execute(DUE, {"now": self.engine.clock.now(), "batch": BATCH})).all()
        by_case: dict[tuple[str, str], list[Any]] = {}
        for row in rows:
            by_case.setdefault((row.province, row.case_id), []).append(row)
        for name, due in by_case.items():
            await self.fire_case(name, due)
        return len(rows)

    async def fire_case(self, name: Any, rows: Sequence[Any]) -> None:
        engine = self.engine
        async with engine.database.begin() as connection:
            cases = await engine.lock(connection, [name])
            for row in rows:
                if not await self.fire_one(connection, cases[name], row):
                    break
            await engine.save(connection, cases)
            failpoint("before_timer_commit")
        engine.wake()

    async def fire_one(self, connection: AsyncConnection, case: Any, row: Any) -> bool:
        """Fire one timer; False once the case is held."""
        handle = self.engine.service.due_handler(row.kind, row.name.partition("/")[0])
        if handle is None:
            raise LookupError(f"{row.kind} {row.name}: no handler; list it in the service with on_due")
        name, _, key = row.name.partition("/")
        due = Due(kind=handle.kind, id=row.id, name=name, key=key, at=row.due_at)
        late_s = (self.engine.clock.now() - row.due_at).total_seconds()
        self.engine.metrics.timer_late(late_s)
        self.engine.fire(case, due, handle.handler)
        kept = case.aggregates.get((handle.kind, row.id))
        if kept is None or row.name not in kept.aggregate.due:
            # Fired now, or long gone: the difference of `due` deletes it in the first case, this in both.
            await connection.execute(
                DROP,
                {
                    "province": row.province,
                    "kind": row.kind,
                    "id": row.id,
                    "name": row.name,
                    "due_at": row.due_at,
                },
            )
        return case.hold is None

"""Fires timers that are due: once, under the case's lock, and never while an answer waits to be read."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.exc import DBAPIError

from chassis import tables
from chassis.arrivals import Name
from chassis.bulk import delete, look
from chassis.case_state import CaseState
from chassis.cases import Cases
from chassis.engine import Engine
from chassis.failpoints import failpoint
from chassis.service import OnDue
from chassis.transient import is_transient
from chassis.unit_of_work import Due
from schemas.ids import CaseId, Province

log = logging.getLogger(__name__)

LOOK_S = (0.05, 0.25, 1.0)
"""What this process saves wakes it. What another one does is found by looking: the longer nothing was due,
the less often, and never later than the next timer."""
BATCH = 200
TOGETHER = 50
"""Cases in one transaction: whoever wants one of them waits for no more."""
LAST = datetime.max.replace(tzinfo=UTC)

# Unlocked: who fires is decided under the lock of the case, where the timer is looked at again. The last row
# is the one to wait for.
DUE = """
    (SELECT province, kind, id, name, case_id, due_at FROM timer JOIN case_row USING (province, case_id)
     WHERE due_at <= $1 AND case_row.hold IS NULL ORDER BY due_at LIMIT $2)
    UNION ALL
    (SELECT province, kind, id, name, case_id, due_at FROM timer JOIN case_row USING (province, case_id)
     WHERE due_at > $1 AND case_row.hold IS NULL ORDER BY due_at LIMIT 1)
"""


class Running(NamedTuple):
    """A timer of a case that is not held."""

    province: Province
    kind: str
    id: str
    name: str
    case_id: CaseId
    due_at: datetime

    @property
    def told(self) -> Mapping[str, Any]:
        """This very one: it may have been set anew, for another time."""
        return {name: getattr(self, name) for name in ("province", "kind", "id", "name", "due_at")}


class Timers:
    """The running timers of one service's database. Every replica looks; the lock lets one fire."""

    def __init__(self, engine: Engine, *, may_fire: Callable[[], bool]) -> None:
        self.engine = engine
        self.may_fire = may_fire
        self.look_s: Sequence[float] = LOOK_S
        self.rests_until = LAST
        """When it looks by itself; later than all while it does."""
        self._next: datetime | None = None
        """The earliest that was not due at the last look."""
        self._stopping = False
        self._woken = asyncio.Event()

    def stop(self) -> None:
        self._stopping = True
        self.wake()

    def wake(self) -> None:
        """Look now: the clock was stepped, say."""
        self._woken.set()

    def expect(self, soonest: datetime) -> None:
        """One was saved. It needs no look when there will be one before it is due."""
        if soonest < self.rests_until:
            self.wake()

    async def run(self) -> None:
        """Look and fire until stopped."""
        looks = 0
        while not self._stopping:
            looks = 0 if self._woken.is_set() else looks + 1
            self._woken.clear()
            self.rests_until, self._next = LAST, None
            fired, may_fire = 0, self.may_fire()
            try:
                if may_fire:
                    fired = await self.fire_due()
            except (DBAPIError, OSError, TimeoutError) as error:
                if isinstance(error, DBAPIError) and not is_transient(error):
                    raise
                log.warning("timers_interrupted", extra={"error": type(error).__name__})
            looks = 0 if fired or not may_fire else looks
            if not fired:
                await self.pause(self.look_s[min(looks, len(self.look_s) - 1)])

    async def pause(self, seconds: float) -> None:
        """Rest so long, or until the next timer, or until woken."""
        now = self.engine.clock.now()
        self.rests_until = min(now + timedelta(seconds=seconds), self._next or LAST)
        try:
            async with asyncio.timeout((self.rests_until - now).total_seconds()):
                await self._woken.wait()
        except TimeoutError:
            pass

    async def fire_due(self) -> int:
        """Fire what is due now, some cases at a time; returns how many rows were looked at."""
        now = self.engine.clock.now()
        found = [Running(*row) for row in await look(self.engine.database, DUE, now, BATCH)]
        rows = [row for row in found if row.due_at <= now]
        self._next = found[-1].due_at if len(found) > len(rows) else None
        by_case: dict[Name, list[Running]] = {}
        for row in rows:
            by_case.setdefault((row.province, row.case_id), []).append(row)
        names = list(by_case)
        for first in range(0, len(names), TOGETHER):
            await self.fire_or_part({name: by_case[name] for name in names[first : first + TOGETHER]})
        return len(rows)

    async def fire_or_part(self, due: Mapping[Name, Sequence[Running]]) -> None:
        """Fire; when the database refuses what would be written, one case stands in nobody's way."""
        try:
            await self.fire_cases(due)
        except DBAPIError as error:
            if is_transient(error) or len(due) == 1:
                raise
            for name, rows in due.items():
                await self.fire_or_part({name: rows})

    async def fire_cases(self, due: Mapping[Name, Sequence[Running]]) -> None:
        """One transaction for all of them: the clocks of many cases end with the same day."""
        engine = self.engine
        async with engine.transaction() as connection:
            cases = await engine.lock(connection, due)
            for name, rows in due.items():
                for row in rows:
                    self.fire_one(cases[name], row)
                    if cases[name].hold:
                        break
            await delete(connection, tables.timer, [row.told for row in self.over(cases, due)])
            await engine.save(connection, cases)
            failpoint("before_timer_commit")

    def fire_one(self, case: CaseState, row: Running) -> None:
        handle = self.handle(row)
        name, _, key = row.name.partition("/")
        due = Due(kind=handle.kind, id=row.id, name=name, key=key, at=row.due_at)
        self.engine.metrics.timer_late((self.engine.clock.now() - row.due_at).total_seconds())
        self.engine.fire(case, due, handle.handler)

    def over(self, cases: Cases, due: Mapping[Name, Sequence[Running]]) -> Iterator[Running]:
        """What fired now, or long ago: the difference of `due` deletes it in the first case alone."""
        for name, rows in due.items():
            for row in rows:
                kept = cases[name].aggregates.get((self.handle(row).kind, row.id))
                if kept is None or row.name not in kept.aggregate.due:
                    yield row

    def handle(self, row: Running) -> OnDue:
        found = self.engine.service.due_handler(row.kind, row.name.partition("/")[0])
        if found is None:
            raise LookupError(f"{row.kind} {row.name}: no handler; list it in the service with on_due")
        return found

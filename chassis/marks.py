"""Receipt marks: how far another province's letters have arrived here, told to it so that it may rest.

A letter carries the mark of its own case. What no letter carried goes out hourly.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chassis.case_state import CaseState
from chassis.cases import Cases
from chassis.engine import Engine
from chassis.resending import BATCH, forget_letters, send_again
from chassis.statements import state_days
from chassis.transient import is_transient
from chassis.writing import message_to
from schemas.ids import CaseId, Province
from schemas.mailbox import LettersMarked, Mark

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
LOOK_S = 3.0
"""How soon it is seen that the hour is over, by a clock that may be stepped."""

UNMARKED = text("""
    SELECT DISTINCT province, case_id FROM case_row, jsonb_each(inbox) AS stream(name, at)
    WHERE name LIKE 'mailbox %' AND (at ->> 0)::bigint > coalesce((at ->> 2)::bigint, 0) LIMIT :batch
""")


class Marks:
    """Sends the hourly marks of one service. A second replica finds nothing left to say."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        last = self.engine.clock.now()
        while not self._stopping.is_set():
            if self.engine.clock.now() - last >= EVERY:
                try:
                    await self.hourly()
                    last = self.engine.clock.now()
                except (DBAPIError, OSError, TimeoutError) as error:
                    if isinstance(error, DBAPIError) and not is_transient(error):
                        raise
                    log.warning("marks_interrupted", extra={"error": type(error).__name__})
            try:
                async with asyncio.timeout(LOOK_S):
                    await self._stopping.wait()
            except TimeoutError:
                pass

    async def hourly(self) -> None:
        """All that is due between provinces, whoever of several replicas comes first."""
        while await self.send() == BATCH:
            pass
        while await send_again(self.engine) == BATCH:
            pass
        await state_days(self.engine)
        while await forget_letters(self.engine) == BATCH:
            pass

    async def send(self) -> int:
        """Mark what is not marked yet, one transaction; returns the number of cases."""
        engine = self.engine
        async with engine.transaction() as connection:
            rows = (await connection.execute(UNMARKED, {"batch": BATCH})).all()
            names = [(Province(row.province), CaseId(row.case_id)) for row in rows]
            cases = await engine.lock(connection, names)
            now = engine.clock.now()
            letters = [
                message_to(to, by, said, engine.writer, now)
                for (by, to), marks in sorted(self.collect(cases).items())
                for said in [LettersMarked(at=now, sender=by, to_province=to, marks=tuple(marks))]
            ]
            await engine.send(connection, letters)
            await engine.save(connection, cases)
        return len(rows)

    def collect(self, cases: Cases) -> dict[tuple[Province, Province], list[Mark]]:
        """What is to be said, by (who has received, whose letters)."""
        marks: dict[tuple[Province, Province], list[Mark]] = {}
        for case in cases.values():
            for sender, received in unmarked(case):
                said = marks.setdefault((case.province, sender), [])
                said.append(Mark(case_id=case.case_id, received=received))
        return marks


def unmarked(case: CaseState) -> Sequence[tuple[Province, int]]:
    """Mailbox streams of a case whose sender is not told yet how far they arrived; notes that he is."""
    said: list[tuple[Province, int]] = []
    for stream, at in case.inbox.items():
        if stream.startswith("mailbox /cn") and at[0] > marked(at):
            said.append((Province(stream[len("mailbox /cn") :][:2]), at[0]))
            case.mark(stream)
    return said


def marked(at: Sequence[int]) -> int:
    return at[2] if len(at) > 2 else 0

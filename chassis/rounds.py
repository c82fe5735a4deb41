"""Rounds: requests that are there at once share one transaction, its round trips and its commit.

Each is on another case and decides in a unit of work of its own. What one does wrong, and what the database
refuses of it, is its own affair: the others never hear of it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from contextvars import Context
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.arrivals import Name
from chassis.bulk import fetch
from chassis.case_state import CaseState
from chassis.cases import arrays
from chassis.engine import Engine
from chassis.failpoints import failpoint
from chassis.transient import LOCK_NOT_AVAILABLE, is_transient

A = TypeVar("A")
Q = TypeVar("Q")

Lookup = Callable[[AsyncConnection, Sequence[Q]], Awaitable[Sequence[A]]]
"""Asks the database for many at once; an answer for each question, in their order."""

AT_ONCE = 2
"""Rounds. While the database writes what one decided, the other decides."""

PATIENCE_S = 0.02
"""How long those who come while a round decides wait for it, and for each other. It may wait for a lock."""

LARGEST = 64
"""Requests."""


class PutOff(Exception):
    """Another request of this round works on the same thing: this one sees in the next what came of it."""


class RoundBroken(Exception):
    """The transaction failed; the error says why, and not for whose sake."""

    def __init__(self, error: BaseException, *, shared: bool) -> None:
        self.error = error
        self.shared = shared


class Turn:
    """One request's part in a round."""

    def __init__(self, name: Name, *, alone: bool = False) -> None:
        self.name = name
        self.alone = alone
        """A round that it was in failed, perhaps for its sake: it shares no other."""
        self.round: Round | None = None
        self.case: asyncio.Future[CaseState] = asyncio.get_running_loop().create_future()
        """Comes when it is locked and loaded."""
        self.answer: asyncio.Future[Any] | None = None

    async def ask(self, lookup: Lookup[Q, A], question: Q) -> A:
        """Look up what lies across cases: one statement for all in the round who look up the same."""
        assert self.round, "the round has begun"
        return await self.round.ask(self, lookup, question)

    async def guard(self, names: Collection[str]) -> None:
        """Until the transaction ends, nobody else gets past here with one of these names."""
        assert self.round, "the round has begun"
        self.round.guard(names)
        await self.ask(lock_names, names)


class Round:
    """One transaction, and the requests that share it."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns
        for turn in turns:
            turn.round = self
        self.broken: RoundBroken | None = None
        self._deciding = set(turns)
        self._decided: list[Turn] = []
        self._asked: dict[Lookup[Any, Any], list[tuple[Turn, Any]]] = {}
        self._guarded: set[str] = set()
        self._idle = asyncio.Event()
        self.decided = asyncio.Event()
        """All have, and only the database has work to do."""
        self._ended = asyncio.Event()

    # --- The requests --------------------------------------------------------------------------------------

    async def ask(self, turn: Turn, lookup: Lookup[Q, A], question: Q) -> A:
        if self.broken:
            raise self.broken
        turn.answer = answer = asyncio.get_running_loop().create_future()
        self._asked.setdefault(lookup, []).append((turn, question))
        self.leave(turn)
        found: A = await answer
        return found

    def guard(self, names: Collection[str]) -> None:
        """Raises PutOff: nobody sees what another one writes before it is committed."""
        if not self._guarded.isdisjoint(names):
            raise PutOff
        self._guarded.update(names)

    async def stay(self, turn: Turn) -> None:
        """What it decided is to be saved. Returns once that is durable."""
        self._decided.append(turn)
        self.leave(turn)
        await self._ended.wait()
        if self.broken:
            raise self.broken

    def leave(self, turn: Turn) -> None:
        """It decides no more, or not now."""
        self._deciding.discard(turn)
        if not self._deciding:
            self._idle.set()

    # --- The transaction -----------------------------------------------------------------------------------

    async def run(self, engine: Engine) -> None:
        """All of it; those who wait are told how it ended."""
        try:
            await self._transact(engine)
        except BaseException as error:
            self._break(error)
            if not isinstance(error, Exception):
                raise
        finally:
            self.decided.set()
            self._ended.set()
            self._let_go()

    async def _transact(self, engine: Engine) -> None:
        """Lock, load, let everybody decide, save, commit."""
        async with engine.transaction() as connection:
            cases = await engine.lock(connection, [turn.name for turn in self.turns])
            for turn in self.turns:
                if turn.case.done():  # its client is gone
                    self.leave(turn)
                else:
                    turn.case.set_result(cases[turn.name])
            await self._look_up(connection)
            self.decided.set()
            kept = {turn.name: cases[turn.name] for turn in self._decided}
            await engine.save(connection, kept)
            await forget(connection, [case for name, case in cases.items() if name not in kept])
        failpoint("after_request_commit")

    async def _look_up(self, connection: AsyncConnection) -> None:
        """Until all have decided: whenever everybody waits for an answer, get it, one kind after another."""
        while True:
            await self._idle.wait()
            self._idle.clear()
            if self._deciding:
                continue
            if not self._asked:
                return
            asked, self._asked = self._asked, {}
            for lookup, asking in asked.items():
                answers = await lookup(connection, [question for _, question in asking])
                for (turn, _), answer in zip(asking, answers, strict=True):
                    if turn.answer and not turn.answer.done():
                        self._deciding.add(turn)
                        turn.answer.set_result(answer)
            if not self._deciding:  # the clients of all who asked are gone
                self._idle.set()

    def _break(self, error: BaseException) -> None:
        self.broken = RoundBroken(error, shared=len(self.turns) > 1)
        for turn in self.turns:
            for waiting in (turn.case, turn.answer):
                if waiting and not waiting.done():
                    waiting.set_exception(self.broken)

    def _let_go(self) -> None:
        """Turns know their round. Did it still know them, all that they hold would wait for the collector."""
        self.turns = ()
        self._deciding.clear()
        self._decided.clear()
        self._asked.clear()


class Rounds:
    """The rounds of one service. A request that comes alone begins one at once."""

    def __init__(self, engine: Engine, *, patience_s: float = PATIENCE_S) -> None:
        self._engine = engine
        self._patience_s = patience_s
        self._waiting: list[Turn] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._running = 0
        """Tasks that make rounds."""
        self._under_way: list[Round] = []

    async def decide(self, name: Name, decision: Callable[[CaseState, Turn], Awaitable[A]]) -> A:
        """Decide about a case that is locked and loaded, and return once what it became is durable.

        Raises what the decision raises; then nothing of it is saved. It may be made again, from the start.
        """
        alone = False
        while True:
            turn = Turn(name, alone=alone)
            try:
                return await self._take(turn, decision)
            except PutOff:
                continue
            except RoundBroken as broken:
                if not broken.shared or not may_be_of_one(broken.error):
                    raise broken.error from None
                alone = True

    async def _take(self, turn: Turn, decision: Callable[[CaseState, Turn], Awaitable[A]]) -> A:
        self._waiting.append(turn)
        if self._running < AT_ONCE:
            self._running += 1
            # Not within the trace of the request that happens to begin it.
            task = asyncio.get_running_loop().create_task(self._run(), context=Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            case = await turn.case
            decided = await decision(case, turn)
        except BaseException:
            if turn.round:
                turn.round.leave(turn)
            raise
        assert turn.round, "it has given the case"
        await turn.round.stay(turn)
        return decided

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                if turns := self._next():
                    await self._run_one(Round(turns))
        finally:
            # At once, and not when the task is found to be done: who comes in between would wait for nobody.
            self._running -= 1

    async def _gather(self) -> None:
        """Let those join who come in the same moment, or while another round decides."""
        await asyncio.sleep(0)
        for round in self._deciding:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience_s):
                    await round.decided.wait()

    async def _run_one(self, round: Round) -> None:
        self._under_way.append(round)
        try:
            await round.run(self._engine)
        finally:
            self._under_way.remove(round)

    @property
    def _deciding(self) -> Sequence[Round]:
        return [round for round in self._under_way if not round.decided.is_set()]

    def _next(self) -> list[Turn]:
        """Those of the next round: a fair share of all who come, and one for each case."""
        here = [turn for turn in self._waiting if not turn.case.done()]
        deciding = self._deciding
        # Clients whose answers are being written come again. Not counted, all would be in one round at last.
        written = sum(len(round.turns) for round in self._under_way if round not in deciding)
        share = min(LARGEST, -(-(len(here) + written) // (AT_ONCE - len(deciding))))
        turns: dict[Name, Turn] = {}
        for turn in here:
            apart = any(other.alone for other in turns.values()) or (turns and turn.alone)
            if not apart and turn.name not in turns and len(turns) < share:
                turns[turn.name] = turn
        self._waiting = [turn for turn in here if turns.get(turn.name) is not turn]
        return list(turns.values())


def may_be_of_one(error: BaseException) -> bool:
    """Whether a round may have failed for one request's sake. It did not when the database is away."""
    if isinstance(error, DBAPIError) and is_transient(error):
        state: str = getattr(error.orig, "sqlstate", None) or ""
        return state.startswith("40") or state == LOCK_NOT_AVAILABLE
    return not isinstance(error, OSError | TimeoutError | PoolTimeout)


# --- Statements --------------------------------------------------------------------------------------------

# Sorted, so that two transactions never wait for each other.
LOCK_NAMES = "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name"

# Locking a case makes its row. One that nothing is kept about leaves none.
FORGET = "DELETE FROM case_row WHERE (province, case_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))"


async def lock_names(connection: AsyncConnection, asked: Sequence[Collection[str]]) -> Sequence[None]:
    await fetch(connection, LOCK_NAMES, sorted({name for names in asked for name in names}))
    return [None] * len(asked)


async def forget(connection: AsyncConnection, cases: Sequence[CaseState]) -> None:
    if names := sorted(case.name for case in cases if case.made):
        await fetch(connection, FORGET, *arrays(names))

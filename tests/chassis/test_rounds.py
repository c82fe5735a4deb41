"""Requests that share a transaction: nothing that happens to one of them reaches another."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from chassis.case_state import CaseState
from chassis.embedded.parts import Addresses
from chassis.rounds import AT_ONCE, Rounds, Turn
from chassis.runtime import Runtime
from chassis.unit_of_work import Stimulus
from schemas.ids import CaseId, Province
from schemas.matters import MatterOpened
from schemas.samples import a
from tests.chassis.toy import Toy, toy_service
from tests.deployment import Deployment, answered, case_id, deployed, until

GUANGDONG = Province("44")


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def runtime(toys: Deployment) -> AsyncIterator[Runtime]:
    async with toys.running(toy_service) as runtime:
        yield runtime


class Wish:
    """A request that opens a toy, and does to its turn what a test says first."""

    def __init__(self, runtime: Runtime, case: CaseId | None = None) -> None:
        self.runtime = runtime
        self.case = case or case_id()
        self.shared_with = 0

    async def granted(self) -> str:
        return await self.runtime.rounds.decide((GUANGDONG, self.case), self.decide)

    async def decide(self, case: CaseState, turn: Turn) -> str:
        assert turn.round
        self.shared_with = len(turn.round.turns) - 1
        said = await self.do(case, turn)
        uow = self.runtime.engine.unit(case, Stimulus(case_id=case.case_id))
        if uow.find(Toy, case.case_id) is None:
            uow.begin(Toy.opened, a(MatterOpened, case_id=case.case_id, at=uow.now))
        self.runtime.engine.merge(uow)
        return said

    async def do(self, case: CaseState, turn: Turn) -> str:
        return "opened"


class Refused(Wish):
    async def do(self, case: CaseState, turn: Turn) -> str:
        raise ValueError("a rule is broken")


class Impossible(Wish):
    """Would write what no database takes: a text with a zero in it."""

    async def do(self, case: CaseState, turn: Turn) -> str:
        case.number = "\0"
        return "opened"


class Remembered(Wish):
    """Knows its turn for as long as somebody else does."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        self.turn: Callable[[], Turn | None] = lambda: None

    async def do(self, case: CaseState, turn: Turn) -> str:
        self.turn = weakref.ref(turn)
        return "opened"


class Doubling:
    """A lookup that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []

    async def __call__(self, connection: AsyncConnection, numbers: Sequence[int]) -> Sequence[int]:
        self.asked.append(numbers)
        rows = await connection.execute(
            text("SELECT n * 2 FROM unnest(CAST(:numbers AS integer[])) AS n"), {"numbers": numbers}
        )
        return rows.scalars().all()


class Questioner(Wish):
    """Asks for the answer to a number."""

    def __init__(self, runtime: Runtime, number: int, lookup: Doubling) -> None:
        super().__init__(runtime)
        self.number = number
        self.lookup = lookup

    async def do(self, case: CaseState, turn: Turn) -> str:
        return str(await turn.ask(self.lookup, self.number))


class Slow(Wish):
    """Decides when it is told to."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        self.began, self.go_on = asyncio.Event(), asyncio.Event()

    async def do(self, case: CaseState, turn: Turn) -> str:
        self.began.set()
        await self.go_on.wait()
        return "opened"


class Namesake(Wish):
    """Opens its toy unless somebody opened one under this name; the name is in everybody's mind at once."""

    async def do(self, case: CaseState, turn: Turn) -> str:
        await turn.guard({"the name"})
        return "first" if await turn.ask(count_toys, None) == 0 else "later"


async def count_toys(connection: AsyncConnection, asked: Sequence[None]) -> Sequence[int]:
    found = (await connection.execute(text("SELECT count(*) FROM toy"))).scalar_one()
    return [found] * len(asked)


async def together(runtime: Runtime, *wishes: Wish) -> Sequence[Any]:
    """All at once: they meet in the one round that becomes free, while the others are taken."""
    async with held(runtime, AT_ONCE - 1):
        async with held(runtime, 1):
            granted = [asyncio.create_task(wish.granted()) for wish in wishes]
            await asyncio.sleep(0)
        return await asyncio.gather(*granted, return_exceptions=True)


@asynccontextmanager
async def held(runtime: Runtime, rounds: int) -> AsyncIterator[None]:
    """So many of the rounds that may run at once are busy until the end of the block."""
    busy, go_on = asyncio.Semaphore(0), asyncio.Event()

    async def wait(case: CaseState, turn: Turn) -> None:
        busy.release()
        await go_on.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(rounds):
            group.create_task(runtime.rounds.decide((GUANGDONG, case_id()), wait))
            await busy.acquire()
        yield
        go_on.set()


@contextmanager
def without_collector() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def toys_of(toys: Deployment) -> set[str]:
    return {row.case_id for row in await toys.rows("mediation", "SELECT case_id FROM toy")}


async def waits_for_a_lock(toys: Deployment) -> bool:
    query = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return bool(await toys.rows("mediation", query))


async def test_those_who_are_there_at_once_share_a_transaction(toys: Deployment, runtime: Runtime) -> None:
    wishes = [Wish(runtime) for _ in range(12)]

    assert await together(runtime, *wishes) == ["opened"] * 12
    assert {wish.shared_with for wish in wishes} == {11}
    assert await toys_of(toys) == {wish.case for wish in wishes}


async def test_those_who_come_while_others_decide_share_the_next_transaction(runtime: Runtime) -> None:
    runtime.rounds = Rounds(runtime.engine, patience_s=20)
    wishes = [Wish(runtime) for _ in range(5)]
    async with asyncio.TaskGroup() as group, held(runtime, 1):
        for wish in wishes:
            group.create_task(wish.granted())
            await asyncio.sleep(0.001)

    # Half of all six, for the one whom they waited for may come again.
    assert [wish.shared_with for wish in wishes[:3]] == [2, 2, 2]


async def test_what_one_may_not_do_is_no_concern_of_the_others_and_leaves_nothing_behind(
    toys: Deployment, runtime: Runtime
) -> None:
    refused, wishes = Refused(runtime), [Wish(runtime) for _ in range(3)]

    answers = await together(runtime, *wishes, refused)

    assert answers[:3] == ["opened"] * 3
    assert isinstance(answers[3], ValueError)
    assert refused.shared_with == 3
    assert await toys_of(toys) == {wish.case for wish in wishes}
    rows = await toys.rows("mediation", "SELECT 1 FROM case_row WHERE case_id = :case", case=refused.case)
    assert rows == []


async def test_what_the_database_refuses_of_one_is_saved_of_the_others(
    toys: Deployment, runtime: Runtime
) -> None:
    impossible, wishes = Impossible(runtime), [Wish(runtime) for _ in range(3)]

    *answers, failed = await together(runtime, *wishes, impossible)

    assert answers == ["opened"] * 3
    assert isinstance(failed, DBAPIError)
    assert await toys_of(toys) == {wish.case for wish in wishes}


async def test_two_on_one_case_come_one_after_the_other(toys: Deployment, runtime: Runtime) -> None:
    first = Wish(runtime)
    second = Wish(runtime, first.case)

    assert await together(runtime, first, second) == ["opened", "opened"]
    assert (first.shared_with, second.shared_with) == (0, 0)
    assert await toys_of(toys) == {first.case}


async def test_those_who_ask_the_same_are_answered_by_one_statement(runtime: Runtime) -> None:
    lookup = Doubling()

    answers = await together(runtime, *(Questioner(runtime, n, lookup) for n in range(5)), Wish(runtime))

    assert answers == ["0", "2", "4", "6", "8", "opened"]
    assert lookup.asked == [[0, 1, 2, 3, 4]]


async def test_who_guards_the_same_name_sees_what_the_other_has_written(
    toys: Deployment, runtime: Runtime
) -> None:
    answers = await together(runtime, *(Namesake(runtime) for _ in range(4)))

    assert sorted(answers) == ["first", "later", "later", "later"]


async def test_one_whose_client_is_gone_stops_nobody(toys: Deployment, runtime: Runtime) -> None:
    gone, stays = Wish(runtime), Wish(runtime)
    async with held(runtime, AT_ONCE):
        going, staying = (asyncio.create_task(wish.granted()) for wish in (gone, stays))
        await asyncio.sleep(0)
        going.cancel()

    assert await staying == "opened"
    assert await toys_of(toys) == {stays.case}


async def test_a_question_whose_client_is_gone_keeps_nobody_waiting(runtime: Runtime) -> None:
    """All others have decided before its answer comes, and it does not take it."""
    gone, stays = Questioner(runtime, 1, Doubling()), Slow(runtime)
    async with held(runtime, AT_ONCE - 1):
        async with held(runtime, 1):
            going, staying = (asyncio.create_task(wish.granted()) for wish in (gone, stays))
            await asyncio.sleep(0)
        await stays.began.wait()
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)
        stays.go_on.set()

        assert await asyncio.wait_for(staying, 10) == "opened"


async def test_a_case_that_is_locked_elsewhere_stops_one_round_only(
    toys: Deployment, runtime: Runtime
) -> None:
    locked = Wish(runtime)
    engine = create_async_engine(toys.databases["mediation"])
    async with engine.connect() as elsewhere:
        await elsewhere.execute(
            text("INSERT INTO case_row (province, case_id) VALUES ('44', :case)"), {"case": locked.case}
        )
        waiting = asyncio.create_task(locked.granted())
        await until(lambda: waits_for_a_lock(toys), "the round waits for the case")
        async with asyncio.timeout(5):
            assert await Wish(runtime).granted() == "opened"
        await elsewhere.rollback()
        assert await waiting == "opened"
    await engine.dispose()


async def test_what_a_round_held_is_freed_without_the_collector(runtime: Runtime) -> None:
    wishes = [Remembered(runtime) for _ in range(3)]
    with without_collector():
        assert await together(runtime, *wishes) == ["opened"] * 3
        await until(lambda: answered(not any(wish.turn() for wish in wishes)), "nobody knows the turns", 5)


async def test_who_commits_first_tells_only_of_what_he_wrote_himself(runtime: Runtime) -> None:
    engine, told = runtime.engine, list[tuple[str, int]]()

    @asynccontextmanager
    async def said(name: str) -> AsyncIterator[None]:
        """An open transaction with an event in its outbox; `told` of when it has ended."""
        wake = engine.wake
        async with engine.transaction() as connection:
            case = case_id()
            cases = await engine.lock(connection, [(GUANGDONG, case)])
            uow = engine.unit(cases[GUANGDONG, case], Stimulus(case_id=case))
            uow.begin(Toy.opened, a(MatterOpened, case_id=case, at=uow.now))
            engine.merge(uow)
            await engine.save(connection, cases)
            yield
            engine.wake = lambda written: told.append((name, written.rows["local"]))
        engine.wake = wake

    async with said("second"), said("first"):
        pass
    assert told == [("first", 1), ("second", 1)]

"""Causes come before effects, whatever log is read first, slowly, from the beginning, or a second time."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiokafka import TopicPartition

from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from chassis.service import on
from chassis.unit_of_work import UnitOfWork
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.envelope import Record
from schemas.ids import CaseId, MemberId
from schemas.matters import ClaimRegistered
from schemas.samples import a
from schemas.transfers import CustodyBegun
from tests.chassis.toy import Toy, toy_service
from tests.deployment import Deployment, answered, case_id, deployed, source, until

ROUNDS = 6
CASES, TRANSFERS = "cn44.cases", "cn44.transfers"
IN_ORDER = [f"{who}{number}" for number in range(ROUNDS) for who in "mt"]

Told = list[tuple[str, Record]]
"""Topic and record, each topic in its order, causes before effects."""


def note_custody(event: CustodyBegun, uow: UnitOfWork) -> None:
    """Put it down among the members, so that the order of both logs shows."""
    toy = uow.get(Toy, event.case_id)
    member = MemberId(f"t{event.epoch - 1}")
    said = a(ClaimRegistered, case_id=event.case_id, at=uow.now, member_id=member, claim_fen=0)
    uow.emit(toy, [said])


both_logs = replace(toy_service, handles=[*toy_service.handles, on(CustodyBegun, note_custody)])


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [both_logs], ["44"]) as deployment:
        yield deployment


async def story(toys: Deployment, case: CaseId) -> Told:
    """Two services answer one another: each event comes after the last one of the other log."""
    async with (
        source(toys.addresses.kafka, "/cn44/intake") as intake,
        source(toys.addresses.kafka, "/cn44/routing") as routing,
    ):
        told: Told = [(CASES, intake.record(a(ApplicationSubmitted, case_id=case)))]
        for number in range(ROUNDS):
            joined = a(MemberJoined, case_id=case, member_id=MemberId(f"m{number}"))
            begun = a(CustodyBegun, case_id=case, epoch=number + 1)
            after = {"transfers": number} if number else {}
            told.append((CASES, intake.record(joined, after=after)))
            told.append((TRANSFERS, routing.record(begun, after={"cases": number + 2})))
    return told


async def tell(toys: Deployment, told: Sequence[tuple[str, Record]]) -> None:
    async with source(toys.addresses.kafka, "/cn44/intake") as speaking:
        for topic, record in told:
            await speaking.send(topic, record)


def only(topic: str, told: Told) -> Told:
    return [one for one in told if one[0] == topic]


async def members(toys: Deployment, case: CaseId) -> list[str]:
    rows = await toys.rows("mediation", "SELECT state FROM toy WHERE id = :c", c=case)
    return list(rows[0].state["members"]) if rows else []


async def assert_in_order(toys: Deployment, case: CaseId) -> None:
    """Everything applied, causes first, each once, and nothing waits or is held."""

    async def all_there() -> bool:
        return len(await members(toys, case)) == 2 * ROUNDS

    await until(all_there, "all of both logs")
    assert await members(toys, case) == IN_ORDER
    left = await toys.rows(
        "mediation",
        "SELECT (SELECT count(*) FROM queued) AS queued, (SELECT count(*) FROM ledger) AS effects, "
        "(SELECT count(*) FROM case_row WHERE hold IS NOT NULL OR queued > 0) AS held",
    )
    assert (left[0].queued, left[0].held, left[0].effects) == (0, 0, 2 * ROUNDS + 1)


async def queued(toys: Deployment) -> int:
    return int((await toys.rows("mediation", "SELECT count(*) AS n FROM queued"))[0].n)


@pytest.mark.parametrize("first", [TRANSFERS, CASES])
@pytest.mark.parametrize("batch_size", [1, 500])
async def test_one_log_is_there_before_the_other(toys: Deployment, first: str, batch_size: int) -> None:
    case = case_id()
    told = await story(toys, case)
    other = CASES if first == TRANSFERS else TRANSFERS
    async with toys.running(both_logs, batch_size=batch_size):
        await tell(toys, only(first, told))
        waiting = ROUNDS if first == TRANSFERS else ROUNDS - 1

        async def all_wait() -> bool:
            return await queued(toys) == waiting

        await until(all_wait, "what has no cause yet waits")
        await tell(toys, only(other, told))
        await assert_in_order(toys, case)


async def test_effects_arrive_one_by_one_before_each_cause(toys: Deployment) -> None:
    case = case_id()
    told = await story(toys, case)
    pairs = [told[0], *(one for n in range(1, len(told), 2) for one in (told[n + 1], told[n]))]
    async with toys.running(both_logs):
        for one in pairs:
            await tell(toys, [one])
        await assert_in_order(toys, case)


def pause(runtime: Runtime, topic: str) -> None:
    consumer = runtime.buses[0].consumer
    consumer.pause(*(TopicPartition(topic, number) for number in range(6)))


def resume(runtime: Runtime, topic: str) -> None:
    consumer = runtime.buses[0].consumer
    consumer.resume(*(TopicPartition(topic, number) for number in range(6)))


@pytest.mark.parametrize("slow", [TRANSFERS, CASES])
async def test_one_log_is_read_minutes_later_and_holds_nobody(toys: Deployment, slow: str) -> None:
    case = case_id()
    told = await story(toys, case)
    async with toys.running(both_logs) as runtime:
        pause(runtime, slow)
        await tell(toys, told)
        await until(lambda: answered(runtime.lag > 0), "the other log is behind")
        await until(lambda: some_queued(toys), "effects wait for their causes")
        toys.clock.step_to(toys.clock.now() + timedelta(minutes=10))
        assert await runtime.sweeper.sweep() == 0
        resume(runtime, slow)
        await assert_in_order(toys, case)


async def some_queued(toys: Deployment) -> bool:
    return await queued(toys) > 0


async def final_state(toys: Deployment) -> Any:
    rows = await toys.rows(
        "mediation",
        "SELECT case_id, version, toy.state::text, sent::text, inbox::text, after::text "
        "FROM toy JOIN case_row USING (province, case_id) ORDER BY case_id",
    )
    return [tuple(row) for row in rows]


async def test_a_replay_has_no_second_effect(toys: Deployment) -> None:
    cases = [case_id() for _ in range(5)]
    for case in cases:
        await tell(toys, await story(toys, case))

    async def all_there() -> bool:
        return [await members(toys, case) for case in cases] == [IN_ORDER] * len(cases)

    async with toys.running(both_logs):
        await until(all_there, "all cases")
        await toys.settled("mediation")
    before = await final_state(toys)
    await toys.rows("mediation", "UPDATE position SET next = 0")
    async with toys.running(both_logs) as runtime:
        await until(lambda: answered(runtime.caught_up), "everything read again")
        assert runtime.buses[0].progress == len(cases) * (2 * ROUNDS + 1)
    assert await final_state(toys) == before


async def test_a_new_group_from_the_beginning_comes_to_the_same_state(
    addresses: Addresses, tmp_path: Path
) -> None:
    seen = []
    cases = [CaseId(f"case-{number}") for number in range(5)]
    for number, batch_size in enumerate((1, 3, 500)):
        async with deployed(addresses, tmp_path / str(number), [both_logs], ["44"]) as toys:
            stories = [await story(toys, case) for case in cases]
            for topic in (TRANSFERS, CASES):
                await tell(toys, [one for told in stories for one in only(topic, told)])

            async def all_there(toys: Deployment = toys) -> bool:
                return [await members(toys, case) for case in cases] == [IN_ORDER] * len(cases)

            async with toys.running(both_logs, batch_size=batch_size):
                await until(all_there, "all cases")
                await toys.settled("mediation")
            assert await queued(toys) == 0
            seen.append(await final_state(toys))
    assert seen[0] == seen[1] == seen[2]

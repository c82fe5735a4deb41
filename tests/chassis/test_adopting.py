"""A source that writes from another database than before waits until a person says that it is right."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from casebridge.adopt import adopt_in, look
from chassis.adopting import take_adopted
from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import MemberId
from schemas.samples import a
from tests.chassis.test_effects import has_members
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, case_id, deployed, source, until

SOURCE, RESTORED = "/cn44/intake", "incarnation-2"


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


async def test_what_waited_goes_on_in_a_running_service_once_it_is_adopted(toys: Deployment) -> None:
    case, held_case = case_id(), case_id()
    async with (
        source(toys.addresses.kafka, SOURCE) as intake,
        toys.running(toy_service, hold_after_s=60) as runtime,
    ):
        for each in (case, held_case):
            await intake.say(a(ApplicationSubmitted, case_id=each))
            await intake.say(a(MemberJoined, case_id=each, member_id=MemberId("m0")))
            await until(lambda each=each: has_members(toys, each, 1), "the first member")  # type: ignore[misc]
        intake.incarnation = RESTORED
        await intake.say(a(MemberJoined, case_id=held_case, member_id=MemberId("m1")))
        await until(lambda: waiting(toys, 1), "the stranger's event to wait")
        toys.clock.step_to(toys.clock.now() + timedelta(minutes=2))
        await until(lambda: held(toys, 1), "the case to be held", within_s=30)
        await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m1")))
        await until(lambda: waiting(toys, 2), "another one to wait")

        (stranger,) = await look(toys.databases["mediation"])
        assert (stranger.source, stranger.incarnation) == (SOURCE, RESTORED)
        assert (stranger.events, stranger.cases) == (2, 2)
        assert [incarnation for incarnation, _ in stranger.known] == ["incarnation-1"]

        assert await take_adopted(runtime.engine) == 0
        await adopt_in(toys.databases["mediation"], SOURCE, RESTORED)
        await take_adopted(runtime.engine)
        for each in (case, held_case):
            await until(lambda each=each: has_members(toys, each, 2), "all members")  # type: ignore[misc]
        assert await held(toys, 0)
        await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m2")))
        await until(lambda: has_members(toys, case, 3), "the next one, without waiting")
    assert await look(toys.databases["mediation"]) == []


async def waiting(toys: Deployment, count: int) -> bool:
    return len(await toys.rows("mediation", "SELECT 1 FROM queued")) == count


async def held(toys: Deployment, count: int) -> bool:
    return len(await toys.rows("mediation", "SELECT 1 FROM case_row WHERE hold IS NOT NULL")) == count

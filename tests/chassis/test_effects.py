"""Every effect once: on a real broker and a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import MemberId
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, Source, case_id, deployed, source, until


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def intake(toys: Deployment) -> AsyncIterator[Source]:
    async with source(toys.addresses.kafka, "/cn44/intake") as speaking:
        yield speaking


async def member_count(toys: Deployment, case: str) -> int:
    rows = await toys.rows(
        "mediation", "SELECT jsonb_array_length(state -> 'members') AS n FROM toy WHERE id = :c", c=case
    )
    return rows[0].n if rows else -1


async def test_events_of_a_case_become_its_state_and_its_own_events(toys: Deployment, intake: Source) -> None:
    case = case_id()
    async with toys.running(toy_service):
        await intake.say(a(ApplicationSubmitted, case_id=case))
        for number in range(3):
            await intake.say(a(MemberJoined, case_id=case, member_id=MemberId(f"m{number}")))

        async def all_there() -> bool:
            return await member_count(toys, case) == 3

        await until(all_there, "three members")
        await toys.settled("mediation")

    said = [(m.event.type, m.envelope.sequence) for _, m in await toys.records("cn44.matters")]
    assert said == [
        ("casebridge.matter.opened.v1", 1),
        ("casebridge.claim.registered.v1", 2),
        ("casebridge.claim.registered.v1", 3),
        ("casebridge.claim.registered.v1", 4),
    ]

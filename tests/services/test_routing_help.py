"""Help that is asked of another province: who helps is reminded of its time, as of an offer."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from chassis.embedded.parts import Addresses
from schemas.matters import MatterConcluded
from schemas.samples import a
from schemas.transfers import ErrandReminded, TaskReminded
from services.intake.app import service as intake
from services.routing.app import service as routing
from tests.deployment import deployed, source, until
from tests.services.test_routing_moves import World

ASKER, HELPER = "330900-legal-aid", "420900-legal-aid"
WITHDRAWAL = {"because": "applicant-request", "epoch": 1}


@pytest.fixture
async def world(addresses: Addresses, tmp_path: Path) -> AsyncIterator[World]:
    async with (
        deployed(addresses, tmp_path, [intake, routing], ["33", "42"]) as parts,
        AsyncExitStack() as stack,
    ):
        services = (intake, routing)
        runtimes = {each.name: await stack.enter_async_context(parts.running(each)) for each in services}
        yield World(parts, runtimes)


async def reminded(world: World, topic: str) -> list[str]:
    """Whom the reminders on a log go to."""
    said = [message.event for _, message in await world.parts.records(topic)]
    return [each.to for each in said if isinstance(each, TaskReminded | ErrandReminded)]


async def test_who_helps_is_reminded_when_half_of_its_time_has_passed(world: World) -> None:
    case = await world.apply(ASKER, home="420900", work="330900", case_type="traffic-accident", members=1)
    await world.placed(case, ASKER, 1)
    task = await world.listed("/tasks?state=requested", ASKER, case)
    await world.listed("/errands?state=waiting", HELPER, case)
    assert [rung["to"] for rung in task["remind"]] == ["addressee", "addressee", "director"]
    assert await reminded(world, "cn33.transfers") == []

    world.parts.clock.step_to(datetime.fromisoformat(task["remind"][0]["at"]))

    async def told() -> bool:
        return await reminded(world, "cn42.transfers") == ["addressee"]

    await until(told, "the helper to be reminded")
    assert await reminded(world, "cn33.transfers") == ["addressee"]
    left = await world.listed("/tasks?state=requested", ASKER, case)
    assert left["remind"] == task["remind"][1:]


async def test_who_helps_hears_that_the_case_is_over(world: World) -> None:
    case = await world.apply(ASKER, home="420900", work="330900", case_type="traffic-accident", members=1)
    await world.placed(case, ASKER, 1)
    errand = await world.listed("/errands?state=waiting", HELPER, case)
    path, tag = f"/cases/{case}/withdrawal", {"If-Match": "*", "Idempotency-Key": str(uuid4())}
    withdrawn = await world.ask("intake", "POST", path, ASKER, "caseworker", WITHDRAWAL, **tag)
    assert withdrawn.is_success, withdrawn.text

    closed = await world.listed("/errands?state=closed", HELPER, case)
    assert (closed["task_id"], closed["closed_because"]) == (errand["task_id"], "application-withdrawn")
    assert (await world.listed("/tasks?state=recalled", ASKER, case))["task_id"] == errand["task_id"]
    path = f"/cases/{case}/errands/{errand['task_id']}/acknowledgement"
    refused = await world.ask("routing", "POST", path, HELPER, "receiver", {}, **{"If-Match": "*"})
    assert refused.json()["type"] == "urn:casebridge:problem:errand-not-open"


async def test_who_helps_hears_that_the_matter_is_concluded(world: World) -> None:
    case = await world.apply(ASKER, home="420900", work="330900", case_type="traffic-accident", members=1)
    await world.placed(case, ASKER, 1)
    await world.listed("/errands?state=waiting", HELPER, case)
    await world.parts.settled("intake", "routing")
    async with source(world.parts.addresses.kafka, "/cn33/mediation") as mediation:
        await mediation.say(a(MatterConcluded, case_id=case))

    closed = await world.listed("/errands?state=closed", HELPER, case)
    assert closed["closed_because"] == "case-concluded"

"""Two replicas of every service share the work; one of each stops in the middle of it."""

import asyncio
import io
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from casebridge.audit import audit, settled
from casebridge.demo.cast import FUPING, FUPING_LAWYERS
from casebridge.demo.people import employer, member
from casebridge.demo.screen import Screen
from casebridge.demo.stories.fuping import PLACE
from casebridge.demo.tale import Tale
from casebridge.services import NAMES, load_service
from chassis.embedded.parts import Addresses
from tests.deployment import deployed, until
from tests.stage import Provinces, on_stage

CASES = 12
"""Enough that both replicas have partitions with something on them."""


def application_of_one() -> dict[str, Any]:
    return {
        "channel": "window",
        "site": "610528-window",
        "home": PLACE,
        "work": PLACE,
        "case_type": "wage-arrears",
        "relation": "labour",
        "evidence": ["wage-iou"],
        "employer": employer(PLACE, "富平某快递分拣中心"),
        "members": [member(PLACE, 12_600_00)],
    }


async def help_one(stage: Provinces, http: httpx.AsyncClient) -> None:
    tale = Tale(stage=stage, screen=Screen(Console(file=io.StringIO())), http=http, owner=FUPING)
    await tale.apply(FUPING, "intake_clerk", application_of_one())
    await tale.placed_with(FUPING)
    await tale.accept()
    await tale.grant("first-instance", means="exempt-pay")
    await tale.assign("lawyer", FUPING_LAWYERS, "first-instance")


async def help_all(stage: Provinces) -> None:
    async with httpx.AsyncClient(timeout=30) as http, asyncio.TaskGroup() as group:
        for _ in range(CASES):
            group.create_task(help_one(stage, http))
    await stage.traveller.quiet()


async def test_the_work_goes_on_when_one_of_two_replicas_of_each_service_stops(
    addresses: Addresses, tmp_path: Path
) -> None:
    services = [load_service(name) for name in NAMES]
    async with (
        deployed(addresses, tmp_path, services, ["00", "61"]) as deployment,
        on_stage([deployment], tmp_path / "clock") as stage,
    ):
        async with on_stage([deployment], tmp_path / "clock") as second:
            work = asyncio.create_task(help_all(stage))
            worked = {name: runtime.buses[0] for (_, name), runtime in second.runtimes.items()}

            async def shared() -> bool:
                return work.done() or all(bus.progress for bus in worked.values())

            await until(shared, "each second replica to have worked", 60)
        await work
        deployments = [(service, deployment.settings(service)) for service in services]
        assert await settled(deployments, within_s=30)
        report = await audit(deployments, now=stage.clock.now())
    assert {name: bus.progress > 0 for name, bus in worked.items()} == dict.fromkeys(NAMES, True)
    assert report.ok, report.text()

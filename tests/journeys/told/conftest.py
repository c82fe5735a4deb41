"""The journeys of this folder share one stage of five child processes.

Whatever was played on it, in the end nothing may be lost, doubled or invented.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console

from casebridge.audit import audit, settled
from casebridge.demo.cast import GUANGDONG, Agency
from casebridge.demo.screen import Screen
from casebridge.demo.stage import PROVINCES, Stage, database_urls, open_stage
from casebridge.demo.stories.zhongshan import application
from casebridge.demo.tale import Tale
from casebridge.services import NAMES, load_service
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from chassis.settings import read_settings
from tests.deployment import drop_topics


@pytest.fixture(scope="package")
async def stage(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Topics and databases of its own, on the parts that all tests share."""
    await asyncio.to_thread(drop_topics, addresses.kafka, PROVINCES)
    for name in database_urls(addresses, NAMES):
        await drop_database(addresses.database_url, f"casebridge_demo_{name}")
    folder: Path = tmp_path_factory.mktemp("stage")
    opening = open_stage(folder, kafka=addresses.kafka, database_url=addresses.database_url)
    async with opening as opened:
        yield opened
        await audited(opened)


async def audited(stage: Stage) -> None:
    """What all the journeys left behind agrees: one audit, as each costs as much as a journey."""
    await stage.traveller.quiet()
    deployed = [(load_service(name), read_settings(stage.environment, name)) for name in NAMES]

    # Time passed in the journeys, and with it the hour after which marks go out.
    assert await settled(deployed, within_s=30)
    report = await audit(deployed, now=stage.clock.now())

    assert report.ok, report.text()


@pytest.fixture
async def tell(stage: Stage) -> AsyncIterator[Callable[[Agency], Tale]]:
    """Makes a telling, by who owns the case in the end. What it says is shown only if the test fails."""
    screen = Screen(Console(file=io.StringIO(), width=160))
    async with httpx.AsyncClient(timeout=30) as http:
        yield lambda owner: Tale(stage=stage, screen=screen, http=http, owner=owner)
    assert isinstance(screen.out.file, io.StringIO)
    print(screen.out.file.getvalue())


@pytest.fixture
async def call(tell: Callable[[Agency], Tale]) -> Tale:
    """The family has called 12348 in Guangdong; nobody has answered yet."""
    tale = tell(GUANGDONG)
    await tale.apply(GUANGDONG, "hotline_clerk", by_phone())
    return tale


def by_phone() -> dict[str, Any]:
    return application(channel="hotline-12348", site="440000-hotline-12348")

"""The six stories, on five services as child processes, a real broker and a real database."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from casebridge.audit.auditing import audit
from casebridge.demo.screen import Screen
from casebridge.demo.stage import PROVINCES, Stage, database_urls, open_stage
from casebridge.demo.stories import STORIES, Story
from casebridge.demo.tale import Tale
from casebridge.services import NAMES, load_service
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from chassis.settings import read_settings
from tests.deployment import drop_topics


@pytest.fixture(scope="module")
async def stage(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Topics and databases of its own on the parts that all tests share."""
    await asyncio.to_thread(drop_topics, addresses.kafka, PROVINCES)
    for name in database_urls(addresses, NAMES):
        await drop_database(addresses.database_url, f"casebridge_demo_{name}")
    folder: Path = tmp_path_factory.mktemp("stage")
    opening = open_stage(folder, kafka=addresses.kafka, database_url=addresses.database_url)
    async with opening as opened:
        yield opened


@pytest.fixture
async def tale(stage: Stage, request: pytest.FixtureRequest) -> AsyncIterator[Tale]:
    """A telling that is shown only if the test fails."""
    story: Story = request.getfixturevalue("story")
    screen = Screen(Console(file=io.StringIO(), width=160))
    async with httpx.AsyncClient(timeout=30) as http:
        telling = Tale(stage=stage, screen=screen, http=http, owner=story.owner)
        await telling.begin_in_the_morning()
        yield telling
    assert isinstance(screen.out.file, io.StringIO)
    print(screen.out.file.getvalue())


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
async def test_a_story_goes_and_ends_as_it_must(story: Story, tale: Tale) -> None:
    await story.play(tale)


async def test_nothing_is_lost_doubled_or_invented_in_the_stories(stage: Stage) -> None:
    await stage.traveller.quiet()
    deployed = [(load_service(name), read_settings(stage.environment, name)) for name in NAMES]

    report = await audit(deployed, now=stage.clock.now())

    assert report.ok, report.text()

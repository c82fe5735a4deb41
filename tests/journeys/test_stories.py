"""The six stories, and what else can happen: five child processes, a real broker, a real database."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console

from casebridge.audit import audit, settled
from casebridge.demo.cast import FUPING, GUANGDONG, LUXIAN, STATION, ZHONGSHAN, Agency
from casebridge.demo.play import StoryFailed
from casebridge.demo.screen import Screen
from casebridge.demo.stage import PROVINCES, Stage, database_urls, open_stage
from casebridge.demo.stories import STORIES, Story
from casebridge.demo.stories.zhongshan import application
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


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
async def test_a_story_goes_and_ends_as_it_must(story: Story, tell: Callable[[Agency], Tale]) -> None:
    tale = tell(story.owner)
    await tale.begin_in_the_morning()
    await story.play(tale)


async def test_the_same_application_twice_is_one_case(tell: Callable[[Agency], Tale]) -> None:
    tale, said = tell(FUPING), application(work="610528", channel="window", site="610528-window")
    await tale.apply(FUPING, "intake_clerk", said)

    again = await tale.post(FUPING.person("intake_clerk"), "intake", "/applications", said)

    assert again == {"case_id": tale.case_id, "number": tale.number, "repeated": True}


async def test_a_refused_offer_goes_to_the_agency_that_is_proposed(call: Tale) -> None:
    transfer = await call.offered_to(STATION)

    await call.reject_offer(
        STATION, transfer, code="no-capacity", legal_basis="AGREEMENT", proposed=ZHONGSHAN
    )

    # Both agencies of the second attempt act for Guangdong: its letters go through its own mailbox.
    second = await call.offered_to(ZHONGSHAN)
    await call.accept_offer(ZHONGSHAN, second)
    call.epoch = 2
    await call.placed_with(ZHONGSHAN)
    call.owner = ZHONGSHAN
    await call.accept()


async def test_an_offer_that_nobody_answers_lapses_and_the_next_agency_is_asked(call: Tale) -> None:
    transfer = await call.offered_to(STATION)
    await call.delivered(GUANGDONG, transfer)

    await call.until(datetime.fromisoformat((await call.offer(STATION, transfer))["answer_by"]))

    second = await call.offered_to(LUXIAN)
    assert second != transfer
    assert (await call.offer(STATION, transfer))["state"] == "closed"
    with pytest.raises(StoryFailed, match="409"):
        await call.accept_offer(STATION, transfer)


async def test_a_recalled_offer_cannot_be_accepted_any_more(call: Tale) -> None:
    transfer = await call.offered_to(STATION)

    await call.recall(GUANGDONG, transfer)

    await call.placed_with(GUANGDONG)
    await call.see_offer_closed(STATION, transfer)
    with pytest.raises(StoryFailed, match="409"):
        await call.accept_offer(STATION, transfer)


async def test_a_withdrawn_application_takes_back_what_is_offered(call: Tale) -> None:
    transfer = await call.offered_to(STATION)

    await call.withdraw(GUANGDONG, "settled-elsewhere")

    await call.see_offer_closed(STATION, transfer)


async def test_nothing_is_lost_doubled_or_invented_in_the_stories(stage: Stage) -> None:
    await stage.traveller.quiet()
    deployed = [(load_service(name), read_settings(stage.environment, name)) for name in NAMES]

    # Time passed in the stories, and with it the hour after which marks go out.
    assert await settled(deployed, within_s=30)
    report = await audit(deployed, now=stage.clock.now())

    assert report.ok, report.text()

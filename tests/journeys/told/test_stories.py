"""The six stories, and what else can happen: five child processes, a real broker, a real database."""

from collections.abc import Callable
from datetime import datetime

import pytest

from casebridge.demo.cast import FUPING, GUANGDONG, LUXIAN, STATION, ZHONGSHAN, Agency
from casebridge.demo.play import StoryFailed
from casebridge.demo.stories import STORIES, Story
from casebridge.demo.stories.zhongshan import application
from casebridge.demo.tale import Tale


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

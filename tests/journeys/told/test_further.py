"""The further journeys, each to its end: through refusals, courts and breaches to the money and the file."""

from collections.abc import Callable

import pytest

from casebridge.demo.cast import Agency
from casebridge.demo.stories import Story
from casebridge.demo.stories.further import FURTHER
from casebridge.demo.tale import Tale


@pytest.mark.parametrize("story", FURTHER, ids=lambda story: story.title)
async def test_a_journey_goes_and_ends_as_it_must(story: Story, tell: Callable[[Agency], Tale]) -> None:
    tale = tell(story.owner)
    await tale.begin_in_the_morning()
    await story.play(tale)

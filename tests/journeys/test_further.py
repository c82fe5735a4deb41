"""The further journeys, each to its end: through refusals, courts and breaches to the money and the file."""

from collections.abc import Callable

import pytest

from casebridge.audit import audit, settled
from casebridge.demo.cast import Agency
from casebridge.demo.stage import Stage
from casebridge.demo.stories import Story
from casebridge.demo.stories.further import FURTHER
from casebridge.demo.tale import Tale
from casebridge.services import NAMES, load_service
from chassis.settings import read_settings


@pytest.mark.parametrize("story", FURTHER, ids=lambda story: story.title)
async def test_a_journey_goes_and_ends_as_it_must(story: Story, tell: Callable[[Agency], Tale]) -> None:
    tale = tell(story.owner)
    await tale.begin_in_the_morning()
    await story.play(tale)


async def test_nothing_is_lost_doubled_or_invented_in_the_journeys(stage: Stage) -> None:
    await stage.traveller.quiet()
    deployed = [(load_service(name), read_settings(stage.environment, name)) for name in NAMES]

    assert await settled(deployed, within_s=30)
    report = await audit(deployed, now=stage.clock.now())

    assert report.ok, report.text()

"""Looks for a story that goes wrong, and for the shortest one that still does."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.journeys.people.steps import Story, made_up, simpler
from tests.journeys.people.town import Town

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is told, and how long."""

    stories: int
    seed: int
    seconds: float
    """No story begins later."""
    shorten_s: float = 300
    """How long one that goes wrong is made shorter."""
    cases: int = 5
    """Of a story."""
    steps: int = 80


SHORT: Final = Plan(stories=2, seed=1, seconds=12, shorten_s=20, cases=4, steps=30)
LONG: Final = Plan(stories=200, seed=1, seconds=900)


@dataclass
class Search:
    """Tells stories in a town, one after the other."""

    town: Town
    say: Say

    async def find(self, plan: Plan) -> str | None:
        """The first story that goes wrong, line by line, made as short as time allows."""
        dice, ends = Random(plan.seed), time.monotonic() + plan.seconds
        for _ in range(plan.stories):
            story = made_up(dice, cases=plan.cases, length=plan.steps)
            if wrong := await self.tell(story):
                return await self.shorten(story, wrong, time.monotonic() + plan.shorten_s)
            if time.monotonic() > ends:
                break
        return None

    async def shorten(self, story: Story, wrong: str, ends: float) -> str:
        """Letters race, so that one which went wrong need not do so again: what was seen once counts."""
        while True:
            for less in simpler(story):
                if time.monotonic() > ends:
                    return wrong
                if found := await self.tell(less):
                    story, wrong = less, found
                    break
            else:
                return wrong

    async def tell(self, story: Story) -> str | None:
        wrong, tally = await self.town.tell(story), self.town.tally
        how = f"went wrong: {wrong.splitlines()[-1][:200]}" if wrong else "ended well"
        acts = self.town.acts.total()
        self.say(
            f"{tally['stories']} stories, {tally['cases']} cases, {acts} requests; "
            f"one of {len(story)} steps {how}"
        )
        return wrong


async def search(town: Town, plan: Plan, say: Say) -> str | None:
    """As `Search.find`; the town has been left on return."""
    try:
        return await Search(town, say).find(plan)
    finally:
        await town.leave()

"""Looks for a story that goes wrong, and for the shortest one that still does."""

import asyncio
import time
import warnings
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from tests.journeys.people.steps import Story, stories
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


class StoryWentWrong(Exception):
    """A story that people told, line by line, and what went wrong in the end."""


@dataclass
class Search:
    """Stories are told one after the other, by a thread of their own, in a town in the loop of this one."""

    plan: Plan
    town: Town
    say: Say
    ends: float = 0.0

    def run(self, loop: asyncio.AbstractEventLoop) -> StoryWentWrong | None:
        """The shortest story found that goes wrong."""
        known: dict[Story, str | None] = {}
        self.ends = time.monotonic() + self.plan.seconds

        @seed(self.plan.seed)
        @settings(
            max_examples=2 * self.plan.stories + 1,  # Some of them are not worth telling.
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
            report_multiple_bugs=False,
            print_blob=False,
            database=None,
            deadline=None,
        )
        @given(stories(cases=self.plan.cases, length=self.plan.steps))
        def every_story_ends_well(story: Story) -> None:
            # Letters race, so a story that went wrong once need not do so twice: what was seen counts.
            if story not in known:
                if time.monotonic() > self.ends or not self.worth_telling(story, known):
                    return
                wrong = wait(loop, self.town.tell(story))
                if wrong and not any(known.values()):
                    self.ends = time.monotonic() + self.plan.shorten_s
                known[story] = wrong
                self.tell_of(story, wrong)
            if found := known[story]:
                raise StoryWentWrong(found)

        try:
            with warnings.catch_warnings():
                # Services use `random` of their own accord, also while a story is made up.
                warnings.filterwarnings("ignore", message="Do not use the `random` module")
                every_story_ends_well()
        except StoryWentWrong:
            shortest = min((story for story, wrong in known.items() if wrong), key=len)
            return StoryWentWrong(known[shortest])
        return None

    def worth_telling(self, story: Story, known: Mapping[Story, str | None]) -> bool:
        """Long ones, so many as were asked for; and once one went wrong, every one that is shorter."""
        if any(known.values()):
            return bool(story)
        return len(known) < self.plan.stories and len(story) > self.plan.steps / 2

    def tell_of(self, story: Story, wrong: str | None) -> None:
        tally, acts = self.town.tally, self.town.acts.total()
        how = f"went wrong: {wrong.splitlines()[-1][:200]}" if wrong else "ended well"
        self.say(
            f"{tally['stories']} stories, {tally['cases']} cases, {acts} requests; "
            f"one of {len(story)} steps {how}"
        )


def wait(loop: asyncio.AbstractEventLoop, telling: Coroutine[Any, Any, str | None]) -> str | None:
    return asyncio.run_coroutine_threadsafe(telling, loop).result()


async def search(town: Town, plan: Plan, say: Say) -> StoryWentWrong | None:
    """The shortest story found that goes wrong. The town has been left on return."""
    try:
        return await asyncio.to_thread(Search(plan, town, say).run, asyncio.get_running_loop())
    finally:
        await town.leave()

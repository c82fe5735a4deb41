"""A story before it is told: plain data, so that what fails can be made shorter step by step.

A step does not say what somebody does, as nobody knows yet what there will be to do; it says in which mood
he is. A mood is an order of preference among all things that people do: what is liked best of what can be
done at that moment is done. So a story without one of its steps is still much the same story.
"""

from collections.abc import Sequence
from enum import StrEnum
from random import Random
from typing import Final, NamedTuple

from hypothesis import strategies as st


class Twist(StrEnum):
    """How a wish is asked for; the value completes a sentence."""

    PLAIN = ""
    AGAIN = "asks again with the same key"
    OTHER_BODY = "asks for another thing with the same key"
    TWICE = "asks twice at once"
    STALE = "has seen an earlier version"
    NO_TAG = "does not say which version was seen"
    WRONG_EPOCH = "believes in another epoch"
    STRANGER = "is somebody else"


class Hour(StrEnum):
    """When a step is taken."""

    NEVER = "nobody does anything"
    """What a step becomes that a failure does not need."""
    NOW = "nothing is on its way"
    RUSH = "letters are still on their way"
    MEANWHILE = "at the same time"
    LATER = "some hours later"
    DEADLINE = "at the next deadline"


class Step(NamedTuple):
    """Somebody does something about one of the cases of the story."""

    hour: Hour
    which: int
    """The how-manieth case; one that is not there yet is applied for."""
    mood: int
    twist: Twist


Story = tuple[Step, ...]

# A failing story is made of what comes first, as far as it can be; what is likely comes often.
HOURS: Final = (
    Hour.NEVER,
    *[Hour.NOW] * 4,
    *[Hour.MEANWHILE] * 12,
    *[Hour.RUSH] * 4,
    Hour.LATER,
    Hour.DEADLINE,
)
TWISTS: Final = (*[Twist.PLAIN] * 14, *list(Twist)[1:])
MOODS: Final = 10_000


def steps(cases: int) -> st.SearchStrategy[Step]:
    """Any step of a story of so many cases."""
    which, mood = st.integers(0, cases - 1), st.integers(0, MOODS - 1)
    return st.builds(Step, st.sampled_from(HOURS), which, mood, st.sampled_from(TWISTS))


def stories(*, cases: int, length: int) -> st.SearchStrategy[Story]:
    """Long stories rather than many: to begin and to end one costs more than a step.

    All are equally long, as lists of any length are mostly short; in a shorter one some steps never happen.
    """
    return st.lists(steps(cases), min_size=length, max_size=length).map(happening)


def happening(story: Sequence[Step]) -> Story:
    return tuple(step for step in story if step.hour is not Hour.NEVER)


def liking(mood: int, verb: str, weight: float) -> float:
    """How much somebody in that mood likes to do that; over all moods, in proportion to the weight."""
    return float(Random(f"{mood} {verb}").random() ** (1 / weight))


def rounds(story: Story) -> Sequence[Sequence[Step]]:
    """The steps that are taken at the same time."""
    found: list[list[Step]] = []
    for step in story:
        if step.hour is Hour.MEANWHILE and found:
            found[-1].append(step)
        else:
            found.append([step])
    return found

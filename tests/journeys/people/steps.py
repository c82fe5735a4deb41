"""A story before it is told: plain data, so that what fails can be made shorter step by step.

A step does not say what somebody does, as nobody knows yet what there will be to do; it says in which mood
he is. A mood is an order of preference among all things that people do: what is liked best of what can be
done at that moment is done. So a story without one of its steps is still much the same story.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from random import Random
from typing import Final, NamedTuple


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
    DEFIANT = "does what nobody may do any more"


class Hour(StrEnum):
    """When a step is taken."""

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

HOURS: Final = (*[Hour.NOW] * 4, *[Hour.MEANWHILE] * 12, *[Hour.RUSH] * 4, Hour.LATER, Hour.DEADLINE)
TWISTS: Final = (*[Twist.PLAIN] * 14, *list(Twist)[1:], *[Twist.DEFIANT] * 2)
MOODS: Final = 10_000


def made_up(dice: Random, *, cases: int, length: int) -> Story:
    """A story. What is likely stands in the lists above more than once."""
    return tuple(
        Step(dice.choice(HOURS), dice.randrange(cases), dice.randrange(MOODS), dice.choice(TWISTS))
        for _ in range(length)
    )


def simpler(story: Story) -> Iterator[Story]:
    """The same with less in it: without a half, a quarter, …, a single step; then with a plainer one."""
    size = len(story) // 2
    while size:
        for first in range(0, len(story), size):
            yield story[:first] + story[first + size :]
        size //= 2
    for place, step in enumerate(story):
        plain = step._replace(hour=Hour.NOW, twist=Twist.PLAIN)
        if plain != step:
            yield (*story[:place], plain, *story[place + 1 :])


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

"""What people may want at one moment: each wish is a request, with the rules that may stand against it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from tests.journeys.people.sight import Thing
from tests.journeys.people.steps import liking

T = TypeVar("T")

ANYBODY: Final = frozenset({"stale-version", "not-found"})
"""What may always stand against a change: somebody was quicker, or the case went on."""

HOPELESS: Final = 0.015
"""How much less people like what they see they may not do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody wants to change something that he sees."""

    verb: str
    """What people like or dislike; there are several wishes of a verb."""
    words: str
    role: str
    agency: str
    service: str
    path: str
    seen: Thing | None
    """What is changed; None where something new begins."""
    body: Mapping[str, Any] = field(default_factory=dict)
    refusals: frozenset[str] = frozenset()
    """The rules that may stand against it."""
    sure: bool = False
    """Whether nothing stands against it as long as nobody else does anything."""
    never: bool = False
    """Whether it must be refused, as long as nobody else does anything."""
    weight: float = 1.0

    @property
    def liked(self) -> float:
        return self.weight if self.sure else self.weight * HOPELESS


def defied(wishes: Sequence[Wish]) -> Sequence[Wish]:
    """What somebody wants, one thing as much as the other, because it must be refused; else anything."""
    return [replace(wish, weight=1.0) for wish in wishes if wish.never] or wishes


def chosen(wishes: Iterable[Wish], mood: int) -> Wish | None:
    """What somebody in that mood does. The same mood prefers the same among other wishes."""
    by_verb: dict[str, list[Wish]] = {}
    for wish in wishes:
        by_verb.setdefault(wish.verb, []).append(wish)
    if not by_verb:
        return None
    best = max(by_verb, key=lambda verb: liking(mood, verb, max(wish.liked for wish in by_verb[verb])))
    return pick([wish for wish in by_verb[best] if wish.sure] or by_verb[best], mood)


def pick(things: Sequence[T], mood: int) -> T:
    """One of them, as the mood will have it."""
    return things[mood % len(things)]

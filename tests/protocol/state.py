"""What a state of the explored world is made of. Everything large is numbered once, equal things alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple, TypeVar

from tests.protocol.clerk import Post

DELIVER, AGAIN, RESENT, DUPLICATE, WITHHOLD = "deliver", "again", "resent", "duplicate", "withhold"
RECOVER, ACT, SAY, RING, DAY = "recover", "act", "say", "ring", "day"

NETWORK: Final = (DELIVER, AGAIN, RESENT)

T = TypeVar("T")


class Budget(NamedTuple):
    """How often something may still happen in the rest of the story."""

    withdraw: int = 1
    decline: int = 1
    milestone: int = 0
    remove: int = 0
    """How often the document is taken out by who has the case, or believes so."""
    close: int = 0
    """Sites that are asked, and close."""
    days: int = 3
    """Deadlines that pass, one after the other; those of one moment pass together."""
    duplicate: int = 1
    withhold: int = 1
    crash: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What is explored exhaustively."""

    letters: int
    """People act, and faults happen, while fewer are on their way."""
    budget: Budget
    offers: int
    """Once so many transfers were begun, nobody begins anything new; what runs still comes to its end."""
    lies: bool = False
    """Whether, in every place, provinces write of what they have nothing to do with."""


class Net(NamedTuple):
    """What is on its way. Streams keep their order; which of them goes on is anybody's guess."""

    streams: tuple[tuple[int, ...], ...] = ()
    again: int = 0
    """A letter that has arrived, and will arrive a second time."""
    withheld: int = 0
    """A letter that was lost; its sender sends it again some day."""
    down: int = 0
    """The province, counted from 1, that has crashed between commit and publishing."""
    unsent: tuple[int, ...] = ()
    """What it had not published."""


class State(NamedTuple):
    """Where everything stands: places of the provinces in their order, then the rest. All are indexes."""

    a: int
    b: int
    c: int
    desk: int
    net: int
    time: int
    budget: int


class Move(NamedTuple):
    """One thing that can happen."""

    kind: str
    province: int
    detail: Any


class Broken(NamedTuple):
    """An invariant that does not hold, and how."""

    invariant: str
    how: str


class Outcome(NamedTuple):
    """What a stimulus makes of a place; indexes."""

    place: int
    letters: tuple[int, ...]
    """With what intake will say on hearing it."""
    broken: Broken | None


class Index(Generic[T]):
    """Numbers values, equal ones alike."""

    def __init__(self) -> None:
        self.of: dict[T, int] = {}
        self.values: list[T] = []

    def __call__(self, value: T) -> int:
        found = self.of.get(value)
        if found is None:
            found = self.of[value] = len(self.values)
            self.values.append(value)
        return found

    def __getitem__(self, index: int) -> T:
        return self.values[index]


def hops_of(net: Net, posts: Index[Post | None]) -> Iterator[tuple[str, int, Net]]:
    """What the network can do next with which letter."""
    if net.again:
        yield AGAIN, net.again, net._replace(again=0)
    if net.withheld:
        yield RESENT, net.withheld, net._replace(withheld=0)
    for place, stream in enumerate(net.streams):
        post, rest = stream[0], stream[1:]
        left = (*net.streams[:place], *((rest,) if rest else ()), *net.streams[place + 1 :])
        yield DELIVER, post, net._replace(streams=left)
        letter = posts[post]
        if letter and letter.log == "mailbox":  # the logs of a province lose and repeat nothing for long
            if not net.again:
                yield DUPLICATE, post, net._replace(streams=left, again=post)
            if not net.withheld:
                yield WITHHOLD, post, net._replace(streams=left, withheld=post)

"""A kind of aggregate, its states and what it can be given; and the answers, found by asking it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from schemas.messages import Event
from schemas.refusals import Refusal


class Source(StrEnum):
    """Where a stimulus comes from."""

    LETTER = "letter"
    COMMAND = "command"
    TIMER = "timer"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Stimulus:
    """Something that an aggregate is given."""

    source: Source
    name: str
    give: Callable[[Any], Sequence[Event]]
    """What the aggregate says to it. A command may raise a Refusal, nothing else may raise."""
    waits: Callable[[Any], bool] = lambda _: False
    """Of a letter: whether it is kept until something of our own has come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The states that can be told apart from outside, each with an aggregate that is in it."""

    name: str
    title: str
    states: Mapping[str, Any]
    stimuli: Sequence[Stimulus]
    state_of: Callable[[Any], str]
    """The name of a state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The answer to one stimulus in one state."""

    kind: str
    state: str
    source: Source
    stimulus: str
    said: tuple[str, ...]
    """The events, by type without prefix and version; none if it is ignored or refused."""
    refused: str | None
    """The rule that a command breaks."""
    after: str
    """The state that follows."""
    waits: bool = False
    """Whether it is kept until something of our own has come first."""

    @property
    def outcome(self) -> str:
        """The answer in a few words."""
        if self.refused:
            return f"refused: {self.refused}"
        if self.waits:
            return "waits for our acceptance"
        if not self.said:
            return f"ignored, because it is {self.state}"
        counted = {name: self.said.count(name) for name in self.said}
        return ", ".join(f"{name} × {times}" if times > 1 else name for name, times in counted.items())


def cells_of(kind: Kind) -> Iterator[Cell]:
    """Every stimulus in every state."""
    for state, aggregate in kind.states.items():
        for stimulus in kind.stimuli:
            yield answer(kind, state, aggregate, stimulus)


def answer(kind: Kind, state: str, aggregate: Any, stimulus: Stimulus) -> Cell:
    """What the aggregate says, and what it is then. A reaction that refuses is an error of the domain."""
    said: Sequence[Event] = ()
    refused, waits = None, stimulus.waits(aggregate)
    try:
        said = stimulus.give(aggregate)
    except Refusal as refusal:
        if stimulus.source is not Source.COMMAND:
            raise
        refused = type(refusal).__name__
    for event in said:
        aggregate = aggregate.after(event)
    return Cell(
        kind=kind.name,
        state=state,
        source=stimulus.source,
        stimulus=stimulus.name,
        said=tuple(short(event) for event in said),
        refused=refused,
        after=kind.state_of(aggregate) if said else state,
        waits=waits,
    )


def short(event: Event | type[Event]) -> str:
    """`transfer.offered` of `casebridge.transfer.offered.v1`."""
    return event.type.removeprefix("casebridge.").rpartition(".")[0]

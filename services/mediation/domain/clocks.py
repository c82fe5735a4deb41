"""The clocks of a matter: each time limit that ran in it, until it was met, breached or stopped.

Only an event that says a new end moves one: nothing else that happens to a case resets a clock.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from schemas.facts import TimeLimit
from schemas.ids import RuleId


class ClockState(StrEnum):
    """Where a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    """Its time passed and nothing had been done; the law says what follows, and the work goes on."""
    LAPSED = "lapsed"
    """It was for a right, which nobody used in time."""
    INTERRUPTED = "interrupted"
    """It began anew: another of its name runs."""
    STOPPED = "stopped"
    """Nobody has to keep it any more: the case moved, was withdrawn, or took another way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One time limit of this case. `name` or `name/key`, as its timer is called."""

    name: str
    limit: TimeLimit
    started_at: datetime
    state: ClockState = ClockState.RUNNING
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    breached_at: datetime | None = None
    warned_at: datetime | None = None
    """When it was last said that it runs out."""

    @property
    def warn_at(self) -> datetime | None:
        """When to say next that it runs out."""
        rungs = self.limit.risk_at or ()
        return next((at for at in rungs if self.warned_at is None or at > self.warned_at), None)

    @property
    def runs(self) -> bool:
        return self.state is ClockState.RUNNING

    @property
    def open(self) -> bool:
        """Whether something must still be done: in time, or late."""
        return self.ended_at is None

    @property
    def late(self) -> bool:
        """Whether its time passed, and what it was for is not done yet."""
        return self.open and self.state is ClockState.BREACHED

    def pause(self, at: datetime) -> Self:
        return replace(self, state=ClockState.PAUSED, paused_at=at) if self.runs else self

    def resume(self, limit: TimeLimit) -> Self:
        """Run on, to the end that the pause moved."""
        paused = self.state is ClockState.PAUSED
        return replace(self, state=ClockState.RUNNING, limit=limit, paused_at=None) if paused else self

    def breach(self, at: datetime) -> Self:
        return replace(self, state=ClockState.BREACHED, breached_at=at) if self.runs else self

    def lapse(self, at: datetime) -> Self:
        """The right that it was for is over."""
        return replace(self, state=ClockState.LAPSED, ended_at=at)

    def interrupt(self, at: datetime) -> Self:
        return replace(self, state=ClockState.INTERRUPTED, ended_at=at)

    def end(self, at: datetime, *, met: bool) -> Self:
        """What was to be done is done, or need not be done any more. A breach stays one."""
        late = self.state is ClockState.BREACHED
        state = self.state if late else ClockState.MET if met else ClockState.STOPPED
        return replace(self, state=state, ended_at=at)


@dataclass(frozen=True, slots=True)
class Clocks:
    """All clocks of a matter, in the order in which they started."""

    all: tuple[Clock, ...] = ()

    def __iter__(self) -> Iterator[Clock]:
        return iter(self.all)

    @property
    def due(self) -> Mapping[str, datetime]:
        """The ends of those that run, by name; and when to say next that one runs out."""
        warnings = {warning_of(clock.name): clock.warn_at for clock in self.all if clock.runs}
        return {**self.ends, **{name: at for name, at in warnings.items() if at}}

    @property
    def ends(self) -> Mapping[str, datetime]:
        """The ends of those that run, by name."""
        return {clock.name: clock.limit.due_at for clock in self.all if clock.runs}

    def running(self, name: str) -> Clock | None:
        """The clock of that name that runs now."""
        return next((clock for clock in self.all if clock.name == name and clock.runs), None)

    def open(self, name: str) -> Clock | None:
        """The clock of that name of which something must still be done: in time, or late."""
        return next((clock for clock in self.all if clock.name == name and clock.open), None)

    def is_open(self, name: str) -> bool:
        """Whether what a clock of that name is for must still be done."""
        return any(clock.name == name and clock.open for clock in self.all)

    def start(self, name: str, limit: TimeLimit, started_at: datetime) -> Self:
        """One more; an open one of that name stops, as this one takes its place."""
        stopped = self.stop(name, started_at)
        return replace(stopped, all=(*stopped.all, Clock(name=name, limit=limit, started_at=started_at)))

    def extend(self, name: str, limit: TimeLimit, at: datetime) -> Self:
        """One with more time takes the place of the one of that name, and runs from where that one did."""
        stands = self.open(name)
        longer = Clock(name=name, limit=limit, started_at=stands.started_at if stands else at)
        stopped = self.stop(name, at)
        return replace(stopped, all=(*stopped.all, longer))

    def pause(self, name: str, at: datetime) -> Self:
        return self._each(name, lambda clock: clock.pause(at))

    def resume(self, name: str, limit: TimeLimit) -> Self:
        return self._each(name, lambda clock: clock.resume(limit))

    def breach(self, rule: RuleId, due_at: datetime, at: datetime) -> Self:
        """The one of that rule and end has passed."""
        return self._with(
            clock.breach(at) if (clock.limit.rule_id, clock.limit.due_at) == (rule, due_at) else clock
            for clock in self.all
        )

    def passed(self, name: str, at: datetime) -> Self:
        """The one of that name has passed."""
        return self._each(name, lambda clock: clock.breach(at))

    def meet(self, name: str, at: datetime) -> Self:
        """What the clock of that name was for is done."""
        return self._each(name, lambda clock: clock.end(at, met=True))

    def stop(self, name: str, at: datetime) -> Self:
        """What the clock of that name was for need not be done any more."""
        return self._each(name, lambda clock: clock.end(at, met=False))

    def lapse(self, name: str, at: datetime) -> Self:
        """The right that the clock of that name was for is over."""
        return self._each(name, lambda clock: clock.lapse(at))

    def interrupt(self, name: str, limit: TimeLimit, started_at: datetime, at: datetime) -> Self:
        """What the clock of that name counted begins anew."""
        ended = self._each(name, lambda clock: clock.interrupt(at))
        return ended.start(name, limit, started_at)

    def warned(self, name: str, at: datetime) -> Self:
        """It was said that it runs out."""
        return self._each(name, lambda clock: replace(clock, warned_at=at))

    def move(self, name: str, limit: TimeLimit) -> Self:
        """Another end, by what is over already when it becomes known."""
        return self._each(name, lambda clock: replace(clock, limit=limit))

    def stop_all(self, at: datetime, but: Collection[str] = ()) -> Self:
        """Every one that is open, but for those of some names, whatever their keys."""
        return self._with(
            clock.end(at, met=False) if clock.open and clock.name.partition("/")[0] not in but else clock
            for clock in self.all
        )

    def _each(self, name: str, change: Callable[[Clock], Clock]) -> Self:
        """Change the open clocks of a name; those that ended stay as they ended."""
        return self._with(change(each) if each.name == name and each.open else each for each in self.all)

    def _with(self, clocks: Iterable[Clock]) -> Self:
        return replace(self, all=tuple(clocks))


WARNING: Final = "at_risk"
"""The timer of what runs out, with the name of its clock as key."""


def warning_of(name: str) -> str:
    """The timer that says that the clock of that name runs out."""
    return f"{WARNING}/{name}"


NO_CLOCKS: Final = Clocks()

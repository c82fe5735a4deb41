"""The steps of a counting, as data: `law.explain` puts them into words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from law.calendar import Rest
from law.rule import Unit


class WhyNot(StrEnum):
    """Why a pause does not count."""

    NOTHING_PAUSES = "nothing-pauses"
    """The rule knows no pause."""
    TOO_MANY = "too-many"
    """There were as many as the rule allows before."""
    AFTER_THE_END = "after-the-end"
    """It began when the time had passed."""
    NO_WHOLE_DAY = "no-whole-day"
    """It ended on the day on which it began, or lies in another pause."""
    TOO_EARLY = "too-early"
    """It was over before the last months, in which alone it would count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The clock starts; the day is not counted."""

    at: datetime
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The length was counted off."""

    duration: int
    unit: Unit
    to: date
    """The nominal last day; of hours, the moment."""
    rests: tuple[Rest, ...]
    """Of working days: the rest days that were passed over."""
    shifted: tuple[date, ...]
    """Of working days: the weekend days that count, because people work on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """The clock stood still."""

    begins: datetime
    ends: datetime
    """At the latest when the rule says."""
    cut: bool
    """It lasted longer than it counts, or has no end yet."""
    first: date
    """This day still counted, or was the end of the pause before."""
    last: date
    """The last day that does not count."""
    length: float
    unit: Unit
    to: date
    """The nominal last day from then on; of hours, the moment."""
    anew: bool = False
    """The length begins when the pause ends, whatever was left of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPaused:
    """Something was said to pause the clock, and does not."""

    begins: datetime
    ends: datetime | None
    why_not: WhyNot


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """The nominal last day is a rest day: the next working day takes its place."""

    nominal: date
    to: date
    rests: tuple[Rest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last moment of the time limit."""

    at: datetime


Step: TypeAlias = Started | Counted | Paused | NotPaused | Rolled | Ended

"""Opening hours: a weekly pattern in Beijing time, with the holidays and shifted workdays of the calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self

from law.calendar import Calendar
from law.deadlines import SHANGHAI

HOLIDAY: Final = 7
"""The kind of day after Monday (0) to Sunday (6): a rest day that a notice of the State Council makes."""

MONDAY: Final = 0
WEEKEND: Final = (5, 6)
WHOLE_DAY: Final = 24 * 60

EXPECTED: Final = (
    "hours such as `1-5 09:00-12:00,14:00-17:30; 6 09:00-12:00` (1 is Monday, H a holiday) or `24h`"
)

Spans = tuple[tuple[int, int], ...]
"""From and to, in minutes of the day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a site is open: for each kind of day the spans of the day, none where it is closed."""

    days: tuple[Spans, ...]

    @classmethod
    def read(cls, text: str) -> Self:
        """From the form of the directory's files. Raises ValueError saying what was expected.

        Empty stands for hours that nobody stated: the usual ones of an office, on working days.
        """
        if text == "24h":
            return cls((((0, WHOLE_DAY),),) * (HOLIDAY + 1))
        days: list[Spans] = [()] * (HOLIDAY + 1)
        for part in (text or "1-5 09:00-12:00,14:00-17:00").split(";"):
            named, _, spans = part.strip().partition(" ")
            for kind in kinds_of(named):
                days[kind] = (*days[kind], *map(span, spans.split(",")))
        return cls(tuple(tuple(sorted(each)) for each in days))

    def open_on(self, kind: int) -> bool:
        """Whether it is open at some time of a day of that kind."""
        return bool(self.days[kind])

    def open_at(self, moment: datetime, calendar: Calendar) -> bool:
        """Whether it is open at that moment."""
        there = moment.astimezone(SHANGHAI)
        minute = there.hour * 60 + there.minute
        return any(begins <= minute < ends for begins, ends in self.days[kind_of(there.date(), calendar)])


def kind_of(day: date, calendar: Calendar) -> int:
    """What counts for opening: the day of the week, a holiday; a shifted workday counts as a Monday."""
    weekday = day.weekday()
    if calendar.is_working(day):
        return MONDAY if weekday in WEEKEND else weekday
    return HOLIDAY if weekday not in WEEKEND or day in calendar.rest else weekday


def kinds_of(text: str) -> list[int]:
    """The days that `1-5`, `6`, `1,3,H` name."""
    found: list[int] = []
    for word in text.split(","):
        match = re.fullmatch(r"([1-7])(?:-([1-7]))?|H", word, re.ASCII)
        if not match:
            raise ValueError(EXPECTED)
        first, last = (int(match[1]), int(match[2] or match[1])) if match[1] else (8, 8)
        if last < first:
            raise ValueError(EXPECTED)
        found += range(first - 1, last)
    return found


def span(text: str) -> tuple[int, int]:
    """`09:00-12:00` in minutes of the day."""
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", text.strip(), re.ASCII)
    if not match:
        raise ValueError(EXPECTED)
    hours = [int(number) for number in match.groups()]
    begins, ends = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if not (begins < ends <= WHOLE_DAY and hours[1] < 60 and hours[3] < 60):
        raise ValueError(EXPECTED)
    return begins, ends

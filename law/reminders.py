"""When whom to remind of a time limit: the ladder that a rule states, on the days of one counting."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from law.calendar import Calendar
from law.deadlines import SHANGHAI, Counting, day_of
from law.rule import Reminded, Reminder, Rule, Unit

AT: Final = time(9)
"""Reminders go out when offices open, in Beijing time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """One rung of the ladder."""

    at: datetime
    to: Reminded


def reminders(rule: Rule, start: datetime, counting: Counting, calendar: Calendar) -> tuple[Reminding, ...]:
    """The rungs in order, each on a working day after the start and before the end; others are left out.

    Args:
        calendar: of the region that the counting is for.
    """
    rungs = {
        Reminding(at=datetime.combine(on, AT, SHANGHAI), to=reminder.to)
        for reminder in rule.remind
        for on in [calendar.roll_back(day_to_remind(reminder, start, counting.due, calendar))]
    }
    within = (rung for rung in rungs if start < rung.at < counting.due)
    return tuple(sorted(within, key=lambda rung: (rung.at, rung.to)))


def risks(rule: Rule, counting: Counting, calendar: Calendar) -> tuple[datetime, ...]:
    """When it is said that a right runs out, in order: on a working day, at least so many days before."""
    last = day_of(counting.due)
    days = {calendar.roll_back(last - timedelta(days=before)) for before in rule.risk}
    return tuple(datetime.combine(day, AT, SHANGHAI) for day in sorted(days))


def day_to_remind(reminder: Reminder, start: datetime, due: datetime, calendar: Calendar) -> date:
    """The day that the rung names, whether people work on it or not."""
    if reminder.part is not None:
        return day_of(start + (due - start) * reminder.part)
    assert reminder.before is not None, "a reminder has a part or a number of days"
    if reminder.unit is Unit.DAYS:
        return day_of(due) - timedelta(days=reminder.before)
    return calendar.add_working_days(day_of(due), -reminder.before)

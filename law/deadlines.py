"""When a time limit ends (Civil Procedure Law Art. 85): pure functions of rule, start and calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final

from law.calendar import Calendar
from schemas.codes import LegalBasis
from schemas.ids import RuleId

# The law counts days of Beijing time, which has had no summer time since 1991.
SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


class Unit(StrEnum):
    """What a duration is counted in. It is data: laws say 日 and mean now the one, now the other."""

    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"


class Confidence(StrEnum):
    """How sure the rule's reading is. What is not high is to be confirmed by a legal office."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A time limit, as `law/rules` states it."""

    id: RuleId
    article: LegalBasis
    duration: int
    unit: Unit
    start: str
    """What it runs from, in words."""
    valid_from: date
    confidence: Confidence
    zh: str
    en: str
    note: str = ""


def day_of(moment: datetime) -> date:
    """The day that a moment falls on, in Beijing time."""
    return moment.astimezone(SHANGHAI).date()


def due(rule: Rule, start: datetime, calendar: Calendar) -> datetime:
    """The last moment of the time limit: the end of its last day, in Beijing time."""
    return end_of(last_day(day_of(start), rule.duration, rule.unit, calendar))


def last_day(start: date, duration: int, unit: Unit, calendar: Calendar) -> date:
    """The start is not counted; a last day that is a rest day rolls forward to the next working day."""
    match unit:
        case Unit.DAYS:
            return calendar.roll_forward(start + timedelta(days=duration))
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(start, duration)
        case Unit.MONTHS:
            return calendar.roll_forward(add_months(start, duration))


def add_months(day: date, count: int) -> date:
    """The same day of a later month, or its last if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of(day: date) -> datetime:
    """The last second of a day in Beijing time."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)

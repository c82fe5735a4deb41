"""Counting days: the first is not counted, the last one counts to its end (Civil Procedure Law Art. 85).

Weekends are the only rest days that it knows; public holidays and shifted workdays come with `law/`.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from schemas.facts import Period

CHINA: Final = timezone(timedelta(hours=8))


def deadline(start: datetime, period: Period) -> datetime:
    """The last moment of the period that begins at `start`, by the calendar of China."""
    day = day_of(start)
    left = period.days
    while left:
        day += timedelta(days=1)
        left -= not period.working or day.weekday() < 5
    return datetime.combine(day, time(23, 59, 59), CHINA).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The day that it is in China."""
    return moment.astimezone(CHINA).date()

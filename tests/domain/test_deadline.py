"""Counting days until the rules of `law/` do it."""

from datetime import UTC, datetime

from schemas.facts import Period
from services.routing.domain.deadline import deadline

FRIDAY_NIGHT = datetime(2026, 3, 6, 17, tzinfo=UTC)
"""Saturday, one o'clock, in China."""


def test_calendar_days_end_with_the_last_day_in_china() -> None:
    assert deadline(FRIDAY_NIGHT, Period(days=3)) == datetime(2026, 3, 10, 15, 59, 59, tzinfo=UTC)


def test_weekends_are_no_working_days() -> None:
    assert deadline(FRIDAY_NIGHT, Period(days=1, working=True)) == datetime(
        2026, 3, 9, 15, 59, 59, tzinfo=UTC
    )


def test_no_days_end_today() -> None:
    assert deadline(FRIDAY_NIGHT, Period(days=0)) == datetime(2026, 3, 7, 15, 59, 59, tzinfo=UTC)

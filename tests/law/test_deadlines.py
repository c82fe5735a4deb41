"""Time limits around weekends, holidays and shifted working days."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.book import NoSuchRule, load_law
from law.calendar import Calendar
from law.deadlines import SHANGHAI, Unit, add_months, day_of, last_day
from schemas.ids import RuleId

LAW = load_law()
WEEKENDS = Calendar(rest=frozenset(), work=frozenset(), years=frozenset())


def shanghai(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def test_the_day_of_the_start_is_not_counted() -> None:
    assert LAW.due(RuleId("review"), shanghai(3, 2)) == datetime(2026, 3, 9, 23, 59, 59, tzinfo=SHANGHAI)


def test_the_start_falls_on_the_day_that_it_is_in_beijing() -> None:
    late_on_monday = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)

    assert day_of(late_on_monday) == date(2026, 3, 3)


def test_a_last_day_on_a_weekend_rolls_forward_to_monday() -> None:
    assert day_of(LAW.due(RuleId("assignment"), shanghai(3, 5))) == date(2026, 3, 9)


def test_a_last_day_in_spring_festival_rolls_past_it() -> None:
    assert day_of(LAW.due(RuleId("review"), shanghai(2, 9))) == date(2026, 2, 24)


def test_a_last_day_on_a_shifted_working_sunday_stays() -> None:
    assert day_of(LAW.due(RuleId("review"), shanghai(9, 13))) == date(2026, 9, 20)


def test_working_days_skip_holidays_and_count_shifted_days() -> None:
    assert last_day(date(2026, 9, 30), 3, Unit.WORKING_DAYS, LAW.calendar) == date(2026, 10, 10)


def test_a_month_from_the_last_of_january_ends_on_the_last_of_february() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)


def test_a_year_without_a_notice_is_provisional_and_has_weekends_alone() -> None:
    assert LAW.calendar.is_provisional(date(2027, 10, 1))
    assert LAW.calendar.is_working(date(2027, 10, 1))
    assert not LAW.calendar.is_working(date(2027, 10, 2))


def test_an_unknown_rule_is_not_found() -> None:
    with pytest.raises(NoSuchRule):
        LAW.due(RuleId("unheard-of"), shanghai(1, 4))


def test_what_began_before_all_versions_of_a_rule_goes_by_the_first() -> None:
    assert day_of(LAW.due(RuleId("review"), shanghai(3, 1, year=2021))) == date(2021, 3, 8)


@given(
    start=st.dates(date(2023, 1, 1), date(2027, 12, 31)),
    days=st.integers(0, 400),
    unit=st.sampled_from(Unit),
)
def test_a_time_limit_never_ends_on_a_rest_day_nor_before_its_length(
    start: date, days: int, unit: Unit
) -> None:
    last = last_day(LAW.calendar.roll_forward(start), days, unit, LAW.calendar)

    assert LAW.calendar.is_working(last)
    assert (last - start).days >= days or unit is Unit.MONTHS


def test_every_rule_names_an_article_and_a_duration() -> None:
    assert LAW.rules
    assert all(rule.duration > 0 and rule.article and rule.zh and rule.en for rule in LAW.rules)

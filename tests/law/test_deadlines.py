"""The clock: the start, the last day, months, years without a notice, and what pauses it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from law.book import load_law
from law.calendar import Calendar, Holiday
from law.deadlines import SHANGHAI, Agreed, Pause, PauseStillOpen, add_months, count, day_of, due, last_day
from law.rule import PauseTerms, Region, Unit
from law.steps import NotPaused, Paused, WhyNot
from schemas.ids import RuleId, Wording

LAW = load_law()
TWICE = PauseTerms(zh="补充", en="clarification", at_most=2, longest=5)


def shanghai(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def last_of(rule: str, start: datetime, *pauses: Pause) -> date:
    return day_of(LAW.due(RuleId(rule), start, pauses))


# --- The start and the last day ---------------------------------------------------------------------------


def test_the_day_of_the_start_is_not_counted() -> None:
    assert LAW.due(RuleId("review"), shanghai(3, 2)) == datetime(2026, 3, 9, 23, 59, 59, tzinfo=SHANGHAI)


def test_the_start_falls_on_the_day_that_it_is_in_beijing() -> None:
    late_on_monday = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)

    assert day_of(late_on_monday) == date(2026, 3, 3)
    assert last_of("review", late_on_monday) == date(2026, 3, 10)


def test_the_time_of_day_makes_no_difference_to_days() -> None:
    assert LAW.due(RuleId("review"), shanghai(3, 2, 0)) == LAW.due(RuleId("review"), shanghai(3, 2, 23))


def test_working_days_skip_holidays_and_count_shifted_days() -> None:
    assert last_day(date(2026, 9, 30), 3, Unit.WORKING_DAYS, LAW.calendar) == date(2026, 10, 10)


def test_a_month_from_the_last_of_january_ends_on_the_last_of_february() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)


def test_hours_end_to_the_second() -> None:
    agreed = Agreed(duration=72, unit=Unit.HOURS)

    assert due_of(agreed, shanghai(2, 14)) == shanghai(2, 17)


# --- Years without a notice, regions with holidays of their own --------------------------------------------


def test_a_year_without_a_notice_has_weekends_alone_and_is_provisional() -> None:
    counting = LAW.count(RuleId("answer-offer"), shanghai(9, 30, year=2027))

    assert day_of(counting.due) == date(2027, 10, 14)
    assert counting.unknown_years == {2027}
    assert counting.provisional


def test_the_last_week_of_a_year_is_provisional_until_the_notice_for_the_next_is_in() -> None:
    assert LAW.count(RuleId("assignment"), shanghai(12, 25)).unknown_years == {2027}
    assert not LAW.count(RuleId("assignment"), shanghai(12, 14)).provisional


def test_calendar_days_depend_on_the_year_of_their_end_alone() -> None:
    assert not LAW.count(RuleId("enforcement"), shanghai(5, 6, year=2021)).provisional
    assert LAW.count(RuleId("enforcement"), shanghai(5, 6, year=2025)).unknown_years == {2027}


def test_hours_are_never_provisional() -> None:
    assert not LAW.count(RuleId("deliver-offer"), shanghai(1, 4, year=2030)).provisional


def test_a_region_with_a_holiday_of_its_own_rolls_past_it() -> None:
    festival = Holiday(
        name=Wording("三月三", "San Yue San"),
        first=date(2026, 4, 20),
        last=date(2026, 4, 21),
        work=(date(2026, 4, 18),),
        region=Region("45"),
    )
    calendar = Calendar.of([festival], [2026])
    week = Agreed(duration=7, unit=Unit.DAYS)
    in_nanning = count(week, shanghai(4, 13), (), calendar, Region("450100"))

    assert day_of(in_nanning.due) == date(2026, 4, 22)
    assert day_of(count(week, shanghai(4, 13), (), calendar, Region("44")).due) == date(2026, 4, 20)
    assert calendar.in_region(Region("45")).is_working(date(2026, 4, 18))


# --- Pauses ------------------------------------------------------------------------------------------------


def due_of(agreed: Agreed, start: datetime, *pauses: Pause) -> datetime:
    return count(agreed, start, pauses, LAW.calendar).due


def test_a_pause_adds_the_working_days_that_lie_in_it() -> None:
    # From Monday the 2nd to Monday the 16th; without the 5th and 6th to the 18th.
    assert last_of("answer-offer", shanghai(3, 2)) == date(2026, 3, 16)
    assert last_of("answer-offer", shanghai(3, 2), Pause(shanghai(3, 4), shanghai(3, 6))) == date(2026, 3, 18)


def test_a_pause_across_spring_festival_adds_its_working_days_alone() -> None:
    # 11 12 count, 13 14 24 25 do not, 26 27 28 Feb and 2 3 4 5 6 Mar do.
    pause = Pause(shanghai(2, 12), shanghai(2, 25))

    assert last_of("answer-offer", shanghai(2, 10), pause) == date(2026, 3, 6)


def test_a_pause_of_calendar_days_adds_calendar_days() -> None:
    # Seven days from the 2nd are the 9th; ten more the 19th, a Thursday.
    assert last_of("review", shanghai(3, 2), Pause(shanghai(3, 4), shanghai(3, 14))) == date(2026, 3, 19)


def test_a_pause_of_hours_adds_them_to_the_second() -> None:
    hours = Agreed(
        duration=72, unit=Unit.HOURS, pause=PauseTerms(zh="停", en="stop", longest=6, unit=Unit.HOURS)
    )
    short = Pause(shanghai(3, 3, 8), shanghai(3, 3, 11))
    long = Pause(shanghai(3, 3, 8), shanghai(3, 4, 8))

    assert due_of(hours, shanghai(3, 2), short) == shanghai(3, 5, 12)
    assert due_of(hours, shanghai(3, 2), long) == shanghai(3, 5, 15)


def test_a_pause_without_an_end_counts_as_long_as_the_rule_allows() -> None:
    # Five working days from the 4th end on the 11th.
    assert last_of("answer-offer", shanghai(3, 2), Pause(shanghai(3, 4))) == date(2026, 3, 23)


def test_a_pause_that_lasts_longer_than_the_rule_allows_is_cut() -> None:
    counting = LAW.count(RuleId("answer-offer"), shanghai(3, 2), [Pause(shanghai(3, 4), shanghai(3, 31))])

    assert day_of(counting.due) == date(2026, 3, 23)
    assert [step.cut for step in counting.steps if isinstance(step, Paused)] == [True]


def test_a_pause_without_an_end_under_a_rule_that_sets_none_cannot_be_counted() -> None:
    with pytest.raises(PauseStillOpen):
        LAW.due(RuleId("review"), shanghai(3, 2), [Pause(shanghai(3, 4))])


def test_the_third_clarification_pauses_nothing() -> None:
    pauses = [
        Pause(shanghai(3, 3), shanghai(3, 4)),
        Pause(shanghai(3, 5), shanghai(3, 6)),
        Pause(shanghai(3, 9), shanghai(3, 11)),
    ]
    counting = LAW.count(RuleId("answer-offer"), shanghai(3, 2), pauses)

    assert day_of(counting.due) == date(2026, 3, 18)
    assert why_not(counting.steps) == [WhyNot.TOO_MANY]


def test_nothing_pauses_a_rule_without_such_terms() -> None:
    pause = Pause(shanghai(3, 3), shanghai(3, 6))
    counting = LAW.count(RuleId("assignment"), shanghai(3, 2), [pause])

    assert day_of(counting.due) == date(2026, 3, 5)
    assert why_not(counting.steps) == [WhyNot.NOTHING_PAUSES]


def test_a_pause_that_begins_after_the_end_adds_nothing() -> None:
    agreed = Agreed(duration=3, unit=Unit.DAYS, pause=TWICE)
    counting = count(agreed, shanghai(3, 2), [Pause(shanghai(3, 9), shanghai(3, 11))], LAW.calendar)

    assert day_of(counting.due) == date(2026, 3, 5)
    assert why_not(counting.steps) == [WhyNot.AFTER_THE_END]


def test_pauses_that_overlap_count_once() -> None:
    agreed = Agreed(duration=7, unit=Unit.DAYS, pause=TWICE)
    whole = due_of(agreed, shanghai(3, 2), Pause(shanghai(3, 3), shanghai(3, 7)))
    parts = due_of(
        agreed, shanghai(3, 2), Pause(shanghai(3, 3), shanghai(3, 6)), Pause(shanghai(3, 5), shanghai(3, 7))
    )

    assert parts == whole


def test_no_time_limit_ends_while_it_is_paused() -> None:
    # The fourth working day is Friday the 6th; the pause from then to Sunday holds no working day.
    agreed = Agreed(duration=4, unit=Unit.WORKING_DAYS, pause=TWICE)

    assert day_of(due_of(agreed, shanghai(3, 2), Pause(shanghai(3, 6), shanghai(3, 8)))) == date(2026, 3, 9)


def test_a_pause_that_begins_after_a_last_day_rolled_is_still_in_time() -> None:
    # Five days from Monday are Saturday the 7th, so Monday the 9th; the pause from then on ends on the 12th.
    agreed = Agreed(duration=5, unit=Unit.DAYS, pause=TWICE)

    assert day_of(due_of(agreed, shanghai(3, 2), Pause(shanghai(3, 9), shanghai(3, 12)))) == date(2026, 3, 12)


def test_the_pure_clock_gives_what_the_snapshot_gives() -> None:
    rule = LAW.rule(RuleId("review"), date(2026, 3, 2))

    assert due(rule, shanghai(3, 2), (), LAW.calendar) == LAW.due(rule.id, shanghai(3, 2))


def test_a_pause_within_a_day_adds_nothing_to_days() -> None:
    pause = Pause(shanghai(3, 4), shanghai(3, 4) + timedelta(hours=6))

    assert last_of("answer-offer", shanghai(3, 2), pause) == date(2026, 3, 16)


def why_not(steps: tuple[object, ...]) -> list[WhyNot]:
    return [step.why_not for step in steps if isinstance(step, NotPaused)]

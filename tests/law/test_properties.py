"""What holds for every start, every duration and every pause."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from law.book import load_law
from law.calendar import Calendar
from law.deadlines import SHANGHAI, Agreed, Counting, Pause, add, count, day_of, end_of
from law.explain import explain
from law.overlay import looser_in
from law.reminders import reminders
from law.rule import Bound, PauseTerms, Rule, Unit
from law.steps import Ended

LAW = load_law()
CALENDAR = LAW.calendar
NEVER_RESTING = Calendar(
    rest={}, work=frozenset(date(2023, 1, 1) + timedelta(days=n) for n in range(4000)), years=frozenset()
)
ANY = PauseTerms(zh="停", en="stop")

FIRST = datetime(2023, 1, 1, tzinfo=SHANGHAI)

starts = st.timedeltas(timedelta(0), timedelta(days=1640)).map(lambda after: FIRST + after)
day_units = st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS])
units = st.sampled_from(Unit)
forward = units.filter(lambda unit: unit is not Unit.WORKING_DAYS_BEFORE)
durations = st.integers(1, 60)


def counted(start: datetime, duration: int, unit: Unit, *pauses: Pause) -> Counting:
    return count(Agreed(duration=duration, unit=unit, pause=ANY), start, pauses, CALENDAR)


@given(start=starts, later=st.timedeltas(timedelta(0), timedelta(days=40)), duration=durations, unit=units)
def test_who_starts_later_does_not_end_earlier(
    start: datetime, later: timedelta, duration: int, unit: Unit
) -> None:
    assert counted(start, duration, unit).due <= counted(start + later, duration, unit).due


@given(start=starts, duration=durations, more=st.integers(0, 30), unit=forward)
def test_a_longer_time_does_not_end_earlier(start: datetime, duration: int, more: int, unit: Unit) -> None:
    assert counted(start, duration, unit).due <= counted(start, duration + more, unit).due


@given(ahead=starts, duration=durations)
def test_what_is_counted_back_leaves_so_many_working_days_to_what_lies_ahead(
    ahead: datetime, duration: int
) -> None:
    due = counted(ahead, duration, Unit.WORKING_DAYS_BEFORE).due
    day = day_of(ahead)

    assert due < ahead
    assert CALENDAR.is_working(day_of(due))
    # The day ahead is not counted: of as many days to the one before it, the last one is due as well.
    between = CALENDAR.working_days(day_of(due), day) - CALENDAR.is_working(day)
    assert between == duration - 1


@given(start=starts, duration=durations)
def test_working_days_are_never_shorter_than_as_many_calendar_days(start: datetime, duration: int) -> None:
    assert counted(start, duration, Unit.DAYS).due <= counted(start, duration, Unit.WORKING_DAYS).due


@given(start=starts, duration=durations, unit=day_units)
def test_the_last_day_is_a_working_day_and_counts_to_its_end(
    start: datetime, duration: int, unit: Unit
) -> None:
    due = counted(start, duration, unit).due

    assert CALENDAR.is_working(day_of(due))
    assert due == end_of(day_of(due))


@given(
    start=starts,
    duration=durations,
    unit=st.sampled_from([Unit.DAYS, Unit.MONTHS]),
    after=st.integers(0, 59),
    length=st.integers(1, 40),
)
def test_a_pause_adds_exactly_its_days(
    start: datetime, duration: int, unit: Unit, after: int, length: int
) -> None:
    nominal = add(day_of(start), duration, unit, CALENDAR)
    begins = start + timedelta(days=min(after, (nominal - day_of(start)).days))
    pause = Pause(begins, begins + timedelta(days=length))

    due = counted(start, duration, unit, pause).due

    assert due == end_of(CALENDAR.roll_forward(nominal + timedelta(days=length)))


@given(start=starts, duration=durations, unit=day_units, after=st.integers(0, 59), length=st.integers(1, 40))
def test_where_nobody_rests_a_pause_moves_the_end_by_its_length(
    start: datetime, duration: int, unit: Unit, after: int, length: int
) -> None:
    agreed = Agreed(duration=duration, unit=unit, pause=ANY)
    without = count(agreed, start, (), NEVER_RESTING).due
    begins = start + timedelta(days=min(after, (day_of(without) - day_of(start)).days))
    pause = Pause(begins, begins + timedelta(days=length))

    assert count(agreed, start, [pause], NEVER_RESTING).due == without + timedelta(days=length)


@given(start=starts, duration=durations, after=st.integers(0, 59), length=st.integers(1, 40))
def test_a_pause_adds_exactly_the_working_days_in_it(
    start: datetime, duration: int, after: int, length: int
) -> None:
    without = day_of(counted(start, duration, Unit.WORKING_DAYS).due)
    begins = start + timedelta(days=min(after, (without - day_of(start)).days))
    pause = Pause(begins, begins + timedelta(days=length))
    in_it = CALENDAR.working_days(day_of(pause.begins), day_of(begins + timedelta(days=length)))

    due = day_of(counted(start, duration, Unit.WORKING_DAYS, pause).due)

    # No time limit ends while it is paused: that alone may take it further.
    moved = CALENDAR.add_working_days(without, in_it)
    assert due == max(moved, CALENDAR.roll_forward(day_of(begins + timedelta(days=length))))


@given(start=starts, duration=durations, part=st.floats(0, 1), length=st.timedeltas(timedelta(seconds=1)))
def test_a_pause_adds_exactly_its_length_to_hours(
    start: datetime, duration: int, part: float, length: timedelta
) -> None:
    length = min(length, timedelta(days=90))
    begins = start + timedelta(hours=duration) * part
    without = counted(start, duration, Unit.HOURS).due

    assert counted(start, duration, Unit.HOURS, Pause(begins, begins + length)).due == without + length


shipped = st.sampled_from([rule for versions in LAW.rules.values() for rule in versions])


@given(
    rule=shipped,
    start=starts,
    pauses=st.lists(
        st.tuples(
            st.timedeltas(timedelta(0), timedelta(days=30)), st.timedeltas(timedelta(0), timedelta(days=9))
        ),
        max_size=3,
    ),
)
def test_the_last_step_of_an_explanation_is_what_is_due(
    rule: Rule, start: datetime, pauses: list[tuple[timedelta, timedelta]]
) -> None:
    stopped = [Pause(start + after, start + after + length) for after, length in pauses]
    counting = LAW.count(rule.id, start, stopped)

    assert counting.steps[-1] == Ended(at=counting.due)
    assert f"{counting.due:%Y-%m-%d %H:%M:%S}" in explain(rule, counting, "zh").steps[-1]
    assert f"{counting.due:%Y-%m-%d %H:%M:%S}" in explain(rule, counting, "en").steps[-1]


@given(rule=shipped, start=starts)
def test_reminders_go_out_on_working_days_between_start_and_end(rule: Rule, start: datetime) -> None:
    counting = LAW.count(rule.id, start)

    for rung in reminders(rule, start, counting, CALENDAR):
        assert start < rung.at < counting.due
        assert CALENDAR.is_working(day_of(rung.at))


@settings(max_examples=15)  # every start of four years is tried for each
@given(
    wider=shipped.filter(lambda rule: rule.pause is None),
    duration=st.integers(1, 90),
    unit=day_units,
    start=starts.filter(lambda start: start.year < 2025),
)
def test_no_rule_of_a_region_loosens_silently(
    wider: Rule, duration: int, unit: Unit, start: datetime
) -> None:
    """What is not called looser is not, from any start: a right is as long, a duty as short."""
    ours = wider.model_copy(update={"duration": duration, "unit": unit})
    if looser_in(ours, wider, CALENDAR):
        return

    here, there = (count(each, start, (), CALENDAR).due for each in (ours, wider))

    assert here >= there if wider.bound is Bound.AT_LEAST else here <= there


@given(wider=shipped.filter(lambda rule: rule.interrupt is not None))
def test_no_rule_of_a_region_takes_an_interruption_away_silently(wider: Rule) -> None:
    found = looser_in(wider.model_copy(update={"interrupt": None}), wider, CALENDAR)

    assert found is not None
    assert found.field == "interrupt"

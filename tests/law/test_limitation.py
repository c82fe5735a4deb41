"""Which rights of a case run out when, from its facts; and what holds for all of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.book import load_law
from law.deadlines import day_of, end_of
from law.limitation import Limitation, NotAnew, limitation, limitations
from law.limits import limit_as_counted
from schemas.codes import CaseType, LimitationActCode, Relation
from schemas.facts import KeyDates, LimitationAct
from schemas.ids import RuleId
from schemas.samples import facts

LAW = load_law()
NOW = datetime(2026, 3, 6, 8, tzinfo=UTC)
ENDED = date(2025, 3, 3)
YEAR = RuleId("arbitration-limitation")


def rules(case_type: str, relation: str, **days: date) -> set[str]:
    case = facts(case_type=CaseType(case_type), relation=Relation(relation), dates=KeyDates(**days))
    return {each.rule.id for each in limitations(case, LAW, at=NOW)}


@pytest.mark.parametrize(
    ("case_type", "relation", "day", "expected"),
    [
        ("wage-arrears", "labour", "employment_ended_on", {"arbitration-limitation"}),
        ("wage-arrears", "labour", "pay_due_on", set()),
        ("wage-arrears", "service", "pay_due_on", {"civil-limitation", "civil-limitation-longest"}),
        ("wage-arrears", "unknown", "pay_due_on", {"civil-limitation", "civil-limitation-longest"}),
        ("labour-relation", "labour", "known_on", {"arbitration-limitation"}),
        ("work-injury", "labour", "injured_on", {"injury-report-employer", "injury-report-worker"}),
        ("traffic-accident", "unknown", "injured_on", {"civil-limitation", "civil-limitation-longest"}),
        ("service-pay", "service", "award_received_on", {"suit-after-award"}),
        ("service-pay", "service", "performance_due_on", {"enforcement"}),
    ],
)
def test_the_facts_say_which_time_limits_run(
    case_type: str, relation: str, day: str, expected: set[str]
) -> None:
    assert rules(case_type, relation, **{day: ENDED}) == expected


def test_pay_is_not_barred_while_the_employment_lasts() -> None:
    assert rules("wage-arrears", "labour") == set()


def test_of_a_relation_that_is_not_certain_the_limits_of_both_ways_are_kept() -> None:
    both = rules("wage-arrears", "unknown", employment_ended_on=ENDED, known_on=ENDED)

    assert both == {"arbitration-limitation", "civil-limitation"}


def test_what_still_lasts_suspends_the_time_limit_and_says_so() -> None:
    lasting = LimitationAct(code=LimitationActCode("force-majeure"), on=date(2026, 1, 5))

    found = limitation(YEAR, ENDED, [lasting], LAW, at=NOW)

    assert found.suspended_by == lasting
    assert day_of(found.counting.due) == date(2026, 5, 6)  # 3 Mar and 60 days: 2 May, a rest day


def test_what_nothing_suspends_runs_on() -> None:
    lasting = LimitationAct(code=LimitationActCode("force-majeure"), on=ENDED)

    found = limitation(RuleId("suit-after-award"), ENDED, [lasting], LAW, at=NOW)

    assert found.suspended_by is None


def test_twenty_years_from_the_harm_nothing_brings_back() -> None:
    longest = RuleId("civil-limitation-longest")
    done = [
        LimitationAct(code=LimitationActCode("claimed"), on=date(2024, 6, 1)),
        LimitationAct(code=LimitationActCode("force-majeure"), on=date(2025, 9, 1)),
    ]

    found = limitation(longest, date(2006, 2, 20), done, LAW, at=NOW)

    assert day_of(found.counting.due) == date(2026, 2, 24)
    assert (found.begun_by, found.suspended_by) == (None, None)
    assert [each.why_not for each in found.weighed] == [NotAnew.NOTHING_INTERRUPTS]


def test_each_act_says_whether_the_time_began_anew_with_it() -> None:
    days = (date(2024, 1, 1), date(2025, 9, 1), date(2026, 9, 1), date(2027, 9, 2))
    done = [LimitationAct(code=LimitationActCode("claimed"), on=on) for on in reversed(days)]

    found = limitation(YEAR, ENDED, done, LAW, at=NOW)

    assert [(each.act.on, each.why_not) for each in found.weighed] == [
        (days[0], NotAnew.BEFORE_THE_START),
        (days[1], None),
        (days[2], None),
        (days[3], NotAnew.PASSED),
    ]
    assert found.begun_by == done[1]


def test_it_is_warned_on_working_days_so_many_days_before() -> None:
    found = limitation(YEAR, ENDED, [], LAW, at=NOW)
    limit = limit_as_counted(found.rule, found.counting, LAW)

    assert limit.risk_at is not None
    # 30, 7 and 1 days before Tuesday, 3 March 2026; 1 February is a Sunday
    assert [day_of(at) for at in limit.risk_at] == [
        date(2026, 1, 30),
        date(2026, 2, 24),
        date(2026, 3, 2),
    ]


# --- For every start, act and pause ------------------------------------------------------------------------

days = st.integers(0, 700).map(lambda after: date(2023, 1, 2) + timedelta(days=after))
interrupted_rules = st.sampled_from([YEAR, RuleId("civil-limitation"), RuleId("enforcement")])
interrupting = st.sampled_from(["claimed", "relief-sought", "promised"]).map(LimitationActCode)
suspending = st.sampled_from(["force-majeure", "no-agent"]).map(LimitationActCode)


@st.composite
def acts(draw: st.DrawFn) -> LimitationAct:
    on = draw(days)
    if draw(st.booleans()):
        return LimitationAct(code=draw(interrupting), on=on)
    return LimitationAct(code=draw(suspending), on=on, until=on + timedelta(days=draw(st.integers(0, 300))))


def found(rule: RuleId, since: date, done: list[LimitationAct]) -> Limitation:
    return limitation(rule, since, done, LAW, at=NOW)


@given(rule=interrupted_rules, since=days, done=st.lists(acts(), max_size=4))
def test_no_act_shortens_what_is_left(rule: RuleId, since: date, done: list[LimitationAct]) -> None:
    assert found(rule, since, done).counting.due >= found(rule, since, []).counting.due


@given(rule=interrupted_rules, since=days, later=st.integers(0, 90), done=st.lists(acts(), max_size=4))
def test_who_learned_of_it_later_does_not_lose_it_earlier(
    rule: RuleId, since: date, later: int, done: list[LimitationAct]
) -> None:
    after = since + timedelta(days=later)
    # What suspends both from another day on adds days of other months, of which one may be shorter.
    suspending_both = [each for each in done if each.until is not None and each.on >= after]

    assert (
        found(rule, since, suspending_both).counting.due <= found(rule, after, suspending_both).counting.due
    )


@given(rule=interrupted_rules, since=days, code=interrupting, after=st.integers(0, 300))
def test_an_interruption_is_the_same_as_a_start_on_that_day(
    rule: RuleId, since: date, code: LimitationActCode, after: int
) -> None:
    on = since + timedelta(days=after)
    interrupted = found(rule, since, [LimitationAct(code=code, on=on)])

    assert interrupted.counting.due == found(rule, on, []).counting.due


@given(since=days, after=st.integers(0, 360), length=st.integers(1, 200))
def test_a_suspension_adds_exactly_its_days_to_the_year(since: date, after: int, length: int) -> None:
    on = since + timedelta(days=after)
    stopped = LimitationAct(code=LimitationActCode("force-majeure"), on=on, until=on + timedelta(days=length))
    nominal = since.replace(year=since.year + 1) if (since.month, since.day) != (2, 29) else since
    if nominal == since:
        nominal = date(since.year + 1, 2, 28)

    due = found(YEAR, since, [stopped]).counting.due

    assert due == end_of(LAW.calendar.roll_forward(nominal + timedelta(days=length)))


@given(
    rule=interrupted_rules,
    since=days,
    done=st.permutations([0, 1, 2]),
    each=st.lists(acts(), min_size=3, max_size=3),
)
def test_the_order_in_which_acts_are_told_does_not_matter(
    rule: RuleId, since: date, done: list[int], each: list[LimitationAct]
) -> None:
    told = [each[place] for place in done]

    assert found(rule, since, told).counting.due == found(rule, since, each).counting.due

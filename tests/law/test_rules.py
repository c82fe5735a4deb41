"""The rules that are shipped: what each must say, and where two of them must agree."""

from datetime import UTC, date, datetime

import pytest

from law.book import load_law
from law.deadlines import SHANGHAI
from law.explain import explain
from law.reminders import reminders
from law.rule import Confidence, Reminded, Rule
from schemas.ids import RuleId

LAW = load_law()
SHIPPED = [rule for versions in LAW.rules.values() for rule in versions]
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.version)
def test_every_rule_says_what_it_rests_on_in_both_languages(rule: Rule) -> None:
    assert rule.article
    assert rule.source
    assert rule.zh != rule.en
    assert rule.start.zh
    assert rule.start.en


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.version)
def test_what_rests_on_agreements_alone_has_low_confidence(rule: Rule) -> None:
    # How long files are kept is said for lawyers' files, and each place goes by it in its own way.
    unsure = rule.article == "AGREEMENT" or rule.id == "keep-files"

    assert (rule.confidence is Confidence.LOW) == unsure


@pytest.mark.parametrize(
    ("offer", "supply"),
    [
        ("answer-offer", "supply-clarification"),
        ("answer-offer-local", "supply-clarification"),
        ("answer-offer-urgent", "supply-clarification-urgent"),
    ],
)
def test_an_offer_waits_twice_and_as_long_as_the_sender_has_for_clarifying(offer: str, supply: str) -> None:
    pause, time = LAW.rule(RuleId(offer), TODAY).pause, LAW.rule(RuleId(supply), TODAY)

    assert pause
    assert (pause.at_most, pause.longest, pause.unit) == (2, time.duration, time.unit)


def test_an_offer_between_provinces_has_ten_working_days_and_an_urgent_one_three() -> None:
    told = [LAW.period(RuleId(id), TODAY) for id in ("answer-offer", "answer-offer-urgent")]

    assert [(period.days, period.working) for period in told] == [(10, True), (3, True)]


def test_the_ladder_of_an_offer_goes_from_the_addressee_to_its_director() -> None:
    start = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    rule, counting = LAW.rule(RuleId("answer-offer"), TODAY), LAW.count(RuleId("answer-offer"), start)

    ladder = [(rung.at.date(), rung.to) for rung in reminders(rule, start, counting, LAW.calendar)]

    # Due on Monday the 16th: half of it is Monday the 9th, two working days before it Thursday the 12th.
    assert ladder == [
        (date(2026, 3, 9), Reminded.ADDRESSEE),
        (date(2026, 3, 12), Reminded.ADDRESSEE),
        (date(2026, 3, 13), Reminded.DIRECTOR),
    ]


def test_an_explanation_names_what_was_passed_over() -> None:
    start = datetime(2026, 2, 10, 2, tzinfo=UTC)
    rule, counting = LAW.rule(RuleId("answer-offer"), TODAY), LAW.count(RuleId("answer-offer"), start)

    assert explain(rule, counting, "en").steps == (
        "The clock starts at 2026-02-10 10:00:00 (Tue). That day, 2026-02-10 (Tue), is not counted.",
        "10 working days end on 2026-03-02 (Mon). Not counted: 2026-02-15 (Sun) to 2026-02-23 (Mon) Spring "
        "Festival, 2026-03-01 (Sun) weekend. Counted, because people work on this weekend: 2026-02-14 (Sat), "
        "2026-02-28 (Sat).",
        "Due by 2026-03-02 23:59:59 (Mon).",
    )


def test_an_explanation_marks_what_is_provisional_and_what_is_to_be_confirmed() -> None:
    start = datetime(2027, 2, 10, tzinfo=SHANGHAI)
    rule, counting = LAW.rule(RuleId("answer-offer"), TODAY), LAW.count(RuleId("answer-offer"), start)

    marks = explain(rule, counting, "zh").marks

    assert [mark.partition("：")[0] for mark in marks] == ["暂定", "待确认"]
    assert "2027" in marks[0]


def test_a_sure_rule_in_a_published_year_has_no_marks() -> None:
    start = datetime(2026, 3, 2, tzinfo=SHANGHAI)
    rule, counting = LAW.rule(RuleId("assignment"), TODAY), LAW.count(RuleId("assignment"), start)

    assert explain(rule, counting, "en").marks == ()

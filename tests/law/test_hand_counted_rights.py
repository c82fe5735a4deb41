"""Days counted by hand: paused, interrupted, and by the rules of provinces; the tables of holidays as beside.

2024  rest 10-17 Feb, work Sun 4 and Sun 18 Feb
2025  rest 31 May-2 Jun · rest 1-8 Oct, work Sun 28 Sep and Sat 11 Oct
2026  rest 1-3 Jan, work Sun 4 Jan · rest 15-23 Feb, work Sat 14 and Sat 28 Feb · rest 4-6 Apr
      rest 25-27 Sep · rest 1-7 Oct, work Sun 20 Sep and Sat 10 Oct
"""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from law.book import Law, load_law
from law.deadlines import SHANGHAI, Pause, day_of
from law.limitation import limitation
from schemas.codes import LimitationActCode
from schemas.facts import LimitationAct
from schemas.ids import RuleId

LAW = load_law()
PROVINCES = load_law(Path(__file__).parents[2] / "deploy" / "law")


def morning(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(10), SHANGHAI)


def act(code: str, on: str, until: str | None = None) -> LimitationAct:
    ended = date.fromisoformat(until) if until else None
    return LimitationAct(code=LimitationActCode(code), on=date.fromisoformat(on), until=ended)


PAUSED = [
    # the day on which it begins has counted, the day on which it ends has not
    ("review", "2026-02-05", ("2026-02-10", "2026-02-13"), "2026-02-24"),  # 12 + 3 is a rest day
    ("review", "2026-03-02", ("2026-03-04", "2026-03-09"), "2026-03-16"),  # 9 + 5 is a Saturday
    ("review", "2026-09-21", ("2026-09-22", "2026-09-24"), "2026-09-30"),  # 28 + 2
    ("review", "2026-09-21", ("2026-09-22", "2026-09-25"), "2026-10-08"),  # 28 + 3 is National Day
    ("review", "2026-03-02", ("2026-03-04", "2026-03-04"), "2026-03-09"),  # no whole day
    ("review", "2026-03-02", ("2026-03-12", "2026-03-20"), "2026-03-09"),  # when the time had passed
    ("answer-offer", "2026-02-10", ("2026-02-25", "2026-02-27"), "2026-03-04"),  # 2 Mar, and 3 4
    ("assignment", "2026-03-02", ("2026-03-03", "2026-03-20"), "2026-03-05"),  # nothing pauses it
]


@pytest.mark.parametrize(("rule", "start", "stopped", "last"), PAUSED)
def test_a_day_with_a_pause(rule: str, start: str, stopped: tuple[str, str], last: str) -> None:
    begins, ends = map(morning, stopped)

    due = LAW.due(RuleId(rule), morning(start), [Pause(begins, ends)])

    assert day_of(due) == date.fromisoformat(last)


ACTS = [
    # a claim, relief or a promise: a year anew from that day
    ("arbitration-limitation", "2025-03-03", [("claimed", "2025-09-30")], "2026-09-30"),
    ("arbitration-limitation", "2025-01-10", [("promised", "2025-10-05")], "2026-10-08"),
    ("arbitration-limitation", "2024-06-01", [("relief-sought", "2025-02-17")], "2026-02-24"),
    ("arbitration-limitation", "2024-06-03", [("claimed", "2025-06-04")], "2025-06-03"),  # a day too late
    ("arbitration-limitation", "2024-06-01", [("claimed", "2025-06-03")], "2026-06-03"),  # rolled to that day
    (
        "arbitration-limitation",
        "2023-03-01",
        [("claimed", "2024-01-15"), ("mediation-applied", "2025-01-10")],
        "2026-01-12",  # 10 Jan is a Saturday
    ),
    (
        "arbitration-limitation",
        "2023-03-01",
        [("mediation-applied", "2025-01-10"), ("claimed", "2024-01-15")],
        "2026-01-12",  # in whatever order they are told
    ),
    # force majeure: the year goes on where it stopped
    ("arbitration-limitation", "2025-02-20", [("force-majeure", "2025-06-01", "2025-06-11")], "2026-03-02"),
    ("arbitration-limitation", "2024-09-02", [("force-majeure", "2024-10-01", "2024-10-31")], "2025-10-09"),
    (
        "arbitration-limitation",
        "2024-09-02",
        [("force-majeure", "2024-10-01", "2024-10-31"), ("claimed", "2025-10-09")],
        "2026-10-09",  # on the last day, which the pause had moved
    ),
    # three years and two: an obstacle counts in the last six months, and six months are left then
    ("enforcement", "2024-03-15", [("force-majeure", "2025-08-01", "2025-10-10")], "2026-04-10"),
    ("enforcement", "2024-03-15", [("force-majeure", "2025-03-01", "2025-04-01")], "2026-03-16"),
    ("enforcement", "2024-02-17", [("enforcement-applied", "2024-10-05")], "2026-10-08"),
    ("civil-limitation", "2023-02-20", [("no-agent", "2026-02-01", "2026-02-11")], "2026-08-11"),
    ("civil-limitation", "2021-02-19", [("claimed", "2023-02-18")], "2026-02-24"),
    # a claim does not let these begin anew
    ("civil-limitation-longest", "2006-02-20", [("claimed", "2024-06-01")], "2026-02-24"),
    ("suit-after-award", "2026-02-02", [("claimed", "2026-02-05")], "2026-02-24"),
    ("injury-report-worker", "2025-02-16", [("claimed", "2025-08-01")], "2026-02-24"),
    # 180 days of proceedings on the relation: from 10 Mar on, 21 30 31 30 31 31 and 6, a Sunday
    (
        "injury-report-worker",
        "2025-03-10",
        [("relation-in-dispute", "2025-04-01", "2025-09-28")],
        "2026-09-07",
    ),
]


@pytest.mark.parametrize(("rule", "since", "acts", "last"), ACTS)
def test_a_day_with_acts(rule: str, since: str, acts: list[tuple[str, ...]], last: str) -> None:
    done = [act(*each) for each in acts]

    found = limitation(RuleId(rule), date.fromisoformat(since), done, LAW, at=morning("2026-03-06"))

    assert day_of(found.counting.due) == date.fromisoformat(last)


LOCAL = [
    ("31", "review", "2026-02-10", "2026-03-02"),  # 11 12 13 14 · 24 25 26 27 28 · 2 Mar
    ("31", "review", "2024-02-05", "2024-02-23"),  # 6 7 8 9 · 18 19 20 21 22 23
    ("11", "review", "2026-02-10", "2026-02-24"),  # 11 12 13 14 · 24
    ("11", "review", "2025-09-26", "2025-10-10"),  # 28 29 30 · 9 10
    ("37", "review", "2026-02-13", "2026-02-27"),  # 14 · 24 25 26 27
    ("33", "review", "2026-02-10", "2026-02-26"),  # 11 12 13 14 · 24 25 26
    ("330106", "review", "2026-09-24", "2026-10-09"),  # 28 29 30 · 8 9
    ("330106", "assignment", "2026-09-30", "2026-10-10"),  # 8 9 10, a Saturday on which people work
    ("33", "file-hand-in", "2026-02-05", "2026-02-24"),  # 20 Feb is a rest day
    ("330106", "file-hand-in", "2026-09-22", "2026-10-08"),  # as in the province
    ("330106", "objection-filing", "2026-09-17", "2026-10-08"),  # 2 Oct is a rest day
    ("37", "objection-filing", "2026-01-17", "2026-02-24"),  # 16 Feb is a rest day
    ("44", "review", "2026-02-09", "2026-02-24"),  # no rule of its own: seven days
]


@pytest.mark.parametrize(("region", "rule", "start", "last"), LOCAL)
def test_a_day_by_the_rule_of_a_province(region: str, rule: str, start: str, last: str) -> None:
    law: Law = PROVINCES.in_region(region)

    assert day_of(law.due(RuleId(rule), morning(start))) == date.fromisoformat(last)

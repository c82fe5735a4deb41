"""Days counted by hand with the State Council's notices beside, for every rule that is shipped.

Rest days and shifted working days (tables in `law/holidays`):

    2024  rest 10-17 Feb, work Sun 4 and Sun 18 Feb · rest 15-17 Sep, work Sat 14 Sep
          rest 1-7 Oct, work Sun 29 Sep and Sat 12 Oct
    2025  rest 28 Jan-4 Feb, work Sun 26 Jan and Sat 8 Feb · rest 1-8 Oct, work Sun 28 Sep and Sat 11 Oct
    2026  rest 15-23 Feb, work Sat 14 and Sat 28 Feb · rest 25-27 Sep
          rest 1-7 Oct, work Sun 20 Sep and Sat 10 Oct
"""

from datetime import date, datetime

import pytest

from law.book import load_law
from law.deadlines import SHANGHAI, day_of
from schemas.ids import RuleId

LAW = load_law()

COUNTED = [
    # Spring Festival 2024
    ("review", "2024-02-05", "2024-02-18"),  # 12 Feb is a rest day; the next working day is Sunday the 18th
    ("assignment", "2024-02-01", "2024-02-04"),  # a Sunday on which people work
    ("assignment", "2024-01-31", "2024-02-04"),  # Saturday the 3rd rolls to that Sunday
    ("answer-offer", "2024-02-02", "2024-02-21"),  # 4 5 6 7 8 9 · 18 19 20 21
    ("answer-offer-urgent", "2024-02-09", "2024-02-20"),  # 18 19 20
    ("arbitration-acceptance", "2024-02-08", "2024-02-21"),  # 9 · 18 19 20 21
    ("mediation-peoples", "2024-01-15", "2024-02-18"),  # 15 Feb is a rest day
    ("mediation-peoples", "2024-01-31", "2024-02-29"),  # no 31st in February, and a leap year
    ("judicial-confirmation", "2024-01-12", "2024-02-18"),  # 11 Feb is a rest day
    # Mid-Autumn and National Day 2024
    ("review", "2024-09-24", "2024-10-08"),
    ("review", "2024-09-22", "2024-09-29"),  # a Sunday on which people work
    ("assignment", "2024-09-25", "2024-09-29"),  # Saturday the 28th rolls to that Sunday
    ("assignment", "2024-09-11", "2024-09-14"),  # a Saturday on which people work
    ("objection-decision", "2024-09-10", "2024-09-18"),
    ("engagement", "2024-10-07", "2024-10-12"),  # a Saturday on which people work
    ("court-docket", "2024-09-30", "2024-10-08"),
    ("answer-offer", "2024-09-27", "2024-10-16"),  # 29 30 · 8 9 10 11 12 · 14 15 16
    ("answer-offer-urgent", "2024-09-30", "2024-10-10"),  # 8 9 10
    # Spring Festival 2025
    ("review", "2025-01-21", "2025-02-05"),
    ("review", "2025-01-19", "2025-01-26"),  # a Sunday on which people work
    ("assignment", "2025-01-22", "2025-01-26"),  # Saturday the 25th rolls to that Sunday
    ("answer-offer", "2025-01-23", "2025-02-12"),  # 24 · 26 27 · 5 6 7 8 · 10 11 12
    ("answer-offer-urgent", "2025-01-27", "2025-02-07"),  # 5 6 7
    ("mediation-labour", "2025-01-14", "2025-02-05"),
    ("mediation-peoples", "2025-01-04", "2025-02-05"),
    ("appeal", "2025-01-24", "2025-02-08"),  # a Saturday on which people work
    # National Day and Mid-Autumn 2025
    ("review", "2025-09-26", "2025-10-09"),
    ("review", "2025-09-21", "2025-09-28"),  # a Sunday on which people work
    ("answer-offer", "2025-09-26", "2025-10-16"),  # 28 29 30 · 9 10 11 · 13 14 15 16
    ("answer-offer-urgent", "2025-09-30", "2025-10-11"),  # 9 10 11
    ("file-hand-in", "2025-09-05", "2025-10-09"),
    ("award", "2025-08-20", "2025-10-09"),  # 11 days of August, 30 of September, 4 of October
    ("suit-after-award", "2025-09-26", "2025-10-11"),  # a Saturday on which people work
    # Spring Festival 2026: what would end from the 15th to the 23rd ends on Tuesday, 24 February
    ("review", "2026-02-09", "2026-02-24"),
    ("review", "2026-02-07", "2026-02-14"),  # a Saturday on which people work
    ("assignment", "2026-02-12", "2026-02-24"),
    ("objection-decision", "2026-02-11", "2026-02-24"),
    ("engagement", "2026-02-13", "2026-02-24"),
    ("supplement", "2026-02-05", "2026-02-24"),  # 20 Feb is a rest day
    ("advance-aid", "2026-02-09", "2026-02-24"),
    ("advance-papers", "2026-02-10", "2026-02-24"),
    ("file-hand-in", "2026-01-20", "2026-02-24"),
    ("file-review", "2026-01-20", "2026-02-24"),
    ("file-again", "2026-02-12", "2026-03-04"),  # 13 14 · 24 25 26 27 28 · 2 3 4 Mar
    ("acknowledge-offer", "2026-02-13", "2026-02-24"),  # 14 · 24
    ("answer-offer", "2026-02-10", "2026-03-02"),  # 11 12 13 14 · 24 25 26 27 28 · 2 Mar
    ("answer-offer-urgent", "2026-02-13", "2026-02-25"),  # 14 · 24 25
    ("answer-offer-local", "2026-02-14", "2026-02-28"),  # 24 25 26 27 28, a Saturday
    ("supply-clarification", "2026-02-12", "2026-02-26"),  # 13 14 · 24 25 26
    ("supply-clarification-urgent", "2026-02-14", "2026-02-24"),
    ("hand-over", "2026-02-11", "2026-02-25"),  # 12 13 14 · 24 25
    ("answer-task", "2026-02-11", "2026-03-03"),  # 12 13 14 · 24 25 26 27 28 · 2 3 Mar
    ("escalation-decision", "2026-02-24", "2026-03-02"),  # 25 26 27 28 · 2 Mar
    ("mediation-labour", "2026-02-01", "2026-02-24"),
    ("mediation-peoples", "2026-01-31", "2026-02-28"),  # a Saturday on which people work
    ("judicial-confirmation", "2026-01-16", "2026-02-24"),
    ("confirmation-acceptance", "2026-02-13", "2026-02-24"),
    ("confirmation-decision", "2026-02-05", "2026-02-24"),
    ("arbitration-review", "2026-02-01", "2026-02-24"),
    ("payment-order-issue", "2026-02-13", "2026-02-28"),  # a Saturday on which people work
    ("payment-order-objection", "2026-02-08", "2026-02-24"),
    ("arbitration-limitation", "2025-02-20", "2026-02-24"),
    ("arbitration-acceptance", "2026-02-14", "2026-02-28"),  # 24 25 26 27 28
    ("arbitration-service", "2026-02-10", "2026-02-24"),  # 11 12 13 14 · 24
    ("arbitration-answer", "2026-02-12", "2026-03-04"),  # 13 14 · 24 25 26 27 28 · 2 3 4 Mar
    ("award", "2026-01-05", "2026-02-24"),  # 26 days of January, 19 of February
    ("award-extended", "2025-12-20", "2026-02-24"),  # 11 of December, 31, 18 of February
    ("suit-after-award", "2026-02-02", "2026-02-24"),
    ("set-aside", "2026-01-16", "2026-02-24"),
    ("suit-after-set-aside", "2026-02-05", "2026-02-24"),
    ("hearing-notice", "2026-02-26", "2026-02-12"),  # back: 25 24 · 14, a Saturday with work · 13 12
    ("hearing-postponement", "2026-02-24", "2026-02-12"),  # back: 14 13 12
    ("court-docket", "2026-02-09", "2026-02-24"),
    ("trial-ordinary", "2025-08-15", "2026-02-24"),
    ("trial-simple", "2025-11-18", "2026-02-24"),
    ("trial-small", "2025-12-14", "2026-02-14"),  # a Saturday on which people work
    ("appeal", "2026-02-06", "2026-02-24"),
    ("enforcement", "2024-02-17", "2026-02-24"),
    ("enforcement-execution", "2025-08-16", "2026-02-24"),  # the 16th is a day of Spring Festival
    ("civil-limitation", "2023-02-20", "2026-02-24"),
    ("civil-limitation-longest", "2006-02-20", "2026-02-24"),
    ("enforcement-delegated-start", "2026-02-03", "2026-02-24"),
    ("enforcement-delegated-report", "2026-01-25", "2026-02-24"),  # that day itself
    ("injury-report-employer", "2026-01-22", "2026-02-24"),
    ("injury-report-worker", "2025-02-16", "2026-02-24"),
    ("injury-decision", "2025-12-17", "2026-02-24"),  # 14 of December, 31, 15 of February
    ("injury-decision-clear", "2026-02-09", "2026-02-24"),  # that day itself
    ("appraisal", "2025-12-30", "2026-02-28"),  # 1 of December, 31, 28 of February, a Saturday with work
    ("re-appraisal", "2026-02-06", "2026-02-24"),
    ("inspection-acceptance", "2026-02-12", "2026-02-26"),  # 13 14 · 24 25 26
    ("notarisation", "2026-02-12", "2026-03-11"),  # 13 14 · 24 25 26 27 28 · 2 3 4 5 6 · 9 10 11
    # 1 + 5 in February, 22 in March, 21 in April, and in May 6 7 8 9 · 11 to 15 · 18 19
    ("inspection", "2026-02-13", "2026-05-19"),
    # thereafter 8 in May, 21 in June without the 19th, and 1 July
    ("inspection-extended", "2026-02-13", "2026-07-01"),
    ("keep-assessments", "2023-02-18", "2026-02-24"),
    ("keep-receipts", "2023-02-16", "2026-02-24"),
    ("keep-files", "2006-02-17", "2026-02-24"),
    # Mid-Autumn and National Day 2026
    ("review", "2026-09-13", "2026-09-20"),  # a Sunday on which people work
    ("review", "2026-09-18", "2026-09-28"),
    ("review", "2026-09-25", "2026-10-08"),
    ("answer-offer", "2026-09-23", "2026-10-14"),  # 24 · 28 29 30 · 8 9 10 · 12 13 14
    ("answer-offer-urgent", "2026-09-30", "2026-10-10"),  # 8 9 10
    ("answer-task", "2026-09-17", "2026-10-08"),  # 18 · 20 21 22 23 24 · 28 29 30 · 8
    ("enforcement", "2024-10-05", "2026-10-08"),
    ("keep-assessments", "2023-10-01", "2026-10-08"),
]


@pytest.mark.parametrize(("rule", "start", "last"), COUNTED)
def test_a_day_that_was_counted_by_hand(rule: str, start: str, last: str) -> None:
    clock = datetime.fromisoformat(f"{start}T10:00").replace(tzinfo=SHANGHAI)

    counting = LAW.count(RuleId(rule), clock)

    assert day_of(counting.due) == date.fromisoformat(last)
    assert not counting.provisional


def test_hours_run_through_the_holiday() -> None:
    before = datetime(2026, 2, 14, 18, 30, tzinfo=SHANGHAI)

    assert LAW.due(RuleId("deliver-offer"), before) == datetime(2026, 2, 17, 18, 30, tzinfo=SHANGHAI)


def test_every_rule_has_a_day_that_was_counted_by_hand() -> None:
    assert {rule for rule, _, _ in COUNTED} | {"deliver-offer", "enclose-case"} == set(LAW.rules)

"""Time limits of a case as events tell them: counted where the matter arose, by the version of that day."""

from collections.abc import Iterable
from datetime import datetime

from law.book import Law
from law.deadlines import Counting, Pause, day_of
from law.reminders import risks
from law.rule import Rule
from schemas.facts import CaseFacts, TimeLimit
from schemas.ids import Province, RuleId


def law_for(facts: CaseFacts, here: Province, law: Law) -> Law:
    """The law as it holds where the matter arose, if that is here; else that of the province.

    The competent centre sits where the matter arose (Legal Aid Law Art. 38), and cities have their own rules.
    """
    return law.in_region(facts.work if facts.work_province == here else here)


def limit_of(rule: RuleId, started_at: datetime, law: Law, pauses: Iterable[Pause] = ()) -> TimeLimit:
    """A time limit of the law, counted from its start by the version that is in force then."""
    counting = law.count(rule, started_at, pauses)
    return limit_as_counted(law.rule(rule, day_of(started_at)), counting, law)


def limit_as_counted(rule: Rule, counting: Counting, law: Law) -> TimeLimit:
    """The same of a counting that is there already."""
    return TimeLimit(
        rule=rule.version,
        due_at=counting.due,
        provisional=counting.provisional or None,
        risk_at=risks(rule, counting, law.calendar.in_region(law.region)) or None,
    )

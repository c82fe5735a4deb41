"""Time limits of a case as events tell them: counted where the matter arose, by the version of that day."""

from collections.abc import Iterable
from datetime import datetime

from law.book import Law
from law.deadlines import Pause, day_of
from schemas.facts import CaseFacts, TimeLimit
from schemas.ids import Province, RuleId


def law_for(facts: CaseFacts, here: Province, law: Law) -> Law:
    """The law as it holds where the matter arose, if that is here; else that of the province.

    The competent centre sits where the matter arose (Legal Aid Law Art. 38), and cities have their own rules.
    """
    return law.in_region(facts.work if facts.work_province == here else here)


def limit_of(rule: RuleId, started_at: datetime, law: Law, pauses: Iterable[Pause] = ()) -> TimeLimit:
    """A time limit of the law, counted from its start by the version that is in force then."""
    counted = law.count(rule, started_at, pauses)
    version = law.rule(rule, day_of(started_at)).version
    return TimeLimit(rule=version, due_at=counted.due, provisional=counted.provisional or None)

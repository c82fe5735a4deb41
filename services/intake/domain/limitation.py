"""Which right of the applicants runs out first, from the days that they name when they apply."""

from datetime import date, datetime

from law.book import Law
from law.deadlines import day_of
from law.limitation import limitations
from schemas.facts import CaseFacts

THEIR_DUTY = frozenset({"injury-report-employer"})
"""What the other side must do in time takes no right from the applicants."""


def first_end(facts: CaseFacts, stated: date | None, law: Law, *, at: datetime) -> date | None:
    """The earlier of what they state and what is counted, without what has passed already."""
    counted = [
        day_of(each.counting.due)
        for each in limitations(facts, law, at=at)
        if each.rule.id not in THEIR_DUTY and each.counting.due >= at and each.suspended_by is None
    ]
    return min([*counted, *([stated] if stated else [])], default=None)

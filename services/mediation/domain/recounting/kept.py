"""What the earlier system kept of a case."""

from dataclasses import dataclass
from datetime import datetime

from law.book import Law
from law.limits import limit_of
from schemas.facts import TimeLimit
from schemas.fields import Sealed
from schemas.ids import RuleId
from schemas.past import Past, PastClock


@dataclass(frozen=True, slots=True)
class Kept:
    """The time limits of the earlier system; what it did not keep is counted by the law."""

    past: Past
    law: Law
    elsewhere: Sealed
    """Says where the texts lie of what was agreed or decided: in the files of the earlier system."""

    def decided_after(self, objected_at: datetime) -> bool:
        """Whether the justice bureau decided there on an objection of that time."""
        return any(act.code == "objection-decided" and act.at >= objected_at for act in self.past.acts)

    def clock(self, rule: RuleId, since: datetime) -> PastClock | None:
        """What it kept of the limit that began then."""
        return next((c for c in self.past.clocks if (c.rule, c.started_at) == (rule, since)), None)

    def limit(self, rule: RuleId, since: datetime) -> TimeLimit:
        counted, kept = limit_of(rule, since, self.law), self.clock(rule, since)
        if kept is None:
            return counted
        return counted.model_copy(update={"due_at": kept.due_at, "provisional": None})

"""What an audit found: counts of what it looked at, and of each broken rule the first examples."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

SHOWN = 5
"""Examples of each broken rule that are kept; all are counted."""


class Rule(StrEnum):
    """What must never be broken. The value is what a person reads."""

    LOST = "lost"
    DOUBLED = "doubled"
    REORDERED = "reordered"
    INVENTED = "applied or published, never committed"
    UNREAD = "not read to the end"
    UNSENT = "not sent yet"
    STUCK = "stuck"
    OWNERS = "two owners, or an owner without a transfer"
    TRESPASS = "acted on a case that was not its own"
    ASKED_AGAIN = "asked twice"
    STATE = "state is not the fold of the log"
    TIMERS = "timers are not those that are due"
    SUMS = "statistics that the steps do not come to"
    ALERTS = "alerts that a partner was not told, or nobody queued"
    VAULT = "sealed data that no own event carries"
    UNREADABLE = "unreadable and not in quarantine"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken promise: where, and what was found and expected. Ids and numbers, never data of a case."""

    rule: Rule
    where: str
    detail: str


@dataclass(slots=True)
class Report:
    """The result of an audit."""

    shown: int = SHOWN

    counts: Counter[str] = field(default_factory=Counter)
    broken: Counter[Rule] = field(default_factory=Counter)
    first: list[Violation] = field(default_factory=list)
    """The first few of each rule, in the order in which they were found."""

    @property
    def ok(self) -> bool:
        return not self.broken

    def add(self, rule: Rule, where: str, detail: str) -> None:
        """Count a violation, and keep it if it is among the first."""
        self.broken[rule] += 1
        if self.broken[rule] <= self.shown:
            self.first.append(Violation(rule, where, detail))

    def text(self) -> str:
        """For a terminal: the counts, every rule with its number, the first offenders."""
        width = max(map(len, [*self.counts, *Rule]), default=0)
        lines = ["Looked at"]
        lines += [f"  {name:<{width}}  {number:>9,}" for name, number in sorted(self.counts.items())]
        lines.append("Broken")
        lines += [f"  {rule:<{width}}  {self.broken[rule]:>9,}" for rule in Rule]
        for violation in sorted(self.first, key=lambda found: list(Rule).index(found.rule)):
            lines.append(f"{violation.rule}: {violation.where}: {violation.detail}")
        if meanwhile := self.counts["records that came meanwhile"]:
            lines.append(
                f"{meanwhile} records came while this was read: the deployment is at work; --settle waits"
            )
        lines.append("clean" if self.ok else f"{sum(self.broken.values())} violations")
        return "\n".join(lines)

"""Whether rights were used, and time limits moved, while they could be: later they were over."""

from collections.abc import Mapping
from typing import Final

from law.book import Law
from law.deadlines import day_of
from schemas.ids import RuleId
from services.intake.bundles.limits import ends_of
from services.intake.bundles.running import Bundle, Running
from services.intake.domain.steps.step import last_of
from services.intake.domain.steps.suits import of_suit

USES: Final[Mapping[str, tuple[str, RuleId]]] = {
    "confirmation-applied": ("agreed", RuleId("judicial-confirmation")),
    "appealed": ("judged", RuleId("appeal")),
    "order-objected": ("order-issued", RuleId("payment-order-objection")),
    "arbitration-extended": ("arbitration-accepted", RuleId("award")),
}
"""What uses a right, or moves a time limit: the act that opened it, and the rule that says how long."""


def fit_rights(case: Running, bundle: Bundle, law: Law) -> None:
    acts, used = case.acts, [(n, line) for n, line in enumerate(case.steps) if line.act.code in USES]
    ends = ends_of(case, law) if used else {}
    for place, line in used:
        opened_by, rule = USES[line.act.code]
        opened = last_of(opened_by, of_suit(acts[place].suit, acts[:place]))
        due_at = ends.get((rule, opened.served_at or opened.at)) if opened else None
        if due_at and line.act.at > due_at:
            column, found = line.columns.get("act", "act"), str(day_of(line.act.at))
            expected = f"a day until {day_of(due_at)}; or a later end of {rule} in clocks.csv"
            bundle.wrong.note(line.file, line.line, column, found, expected)

"""Whether rights were used, and time limits moved, while they could be: later they were over."""

from collections.abc import Mapping, Sequence
from typing import Final

from law.book import Law
from law.deadlines import day_of
from schemas.ids import RuleId
from schemas.past import PastAct
from services.intake.bundles.limits import ends_of
from services.intake.bundles.running import Bundle, Running
from services.intake.domain.steps.arbitration import award_of
from services.intake.domain.steps.setting_aside import fallen
from services.intake.domain.steps.step import last_of
from services.intake.domain.steps.suits import dispute_of, of_suit

USES: Final[Mapping[str, tuple[str, RuleId]]] = {
    "confirmation-applied": ("agreed", RuleId("judicial-confirmation")),
    "appealed": ("judged", RuleId("appeal")),
    "order-objected": ("order-issued", RuleId("payment-order-objection")),
    "arbitration-extended": ("arbitration-accepted", RuleId("award")),
}
"""What uses a right, or moves a time limit: the act that opened it, and the rule that says how long."""
SUIT: Final = RuleId("suit-after-award")
SUIT_ANEW: Final = RuleId("suit-after-set-aside")


def fit_rights(case: Running, bundle: Bundle, law: Law) -> None:
    acts = case.acts
    used = [(line, right) for n, line in enumerate(case.steps) if (right := used_by(acts[n], acts[:n]))]
    ends = ends_of(case, law) if used else {}
    for line, (opened, rule) in used:
        due_at = ends.get((rule, opened.served_at or opened.at))
        if due_at and line.act.at > due_at:
            column, found = line.columns.get("act", "act"), str(day_of(line.act.at))
            expected = f"a day until {day_of(due_at)}; or a later end of {rule} in clocks.csv"
            bundle.wrong.note(line.file, line.line, column, found, expected)


def used_by(act: PastAct, done: Sequence[PastAct]) -> tuple[PastAct, RuleId] | None:
    """What opened the right that an act uses, and its rule; None if it uses none, or none was opened.

    Only of a suit over one award it is asked whether that was in time.
    """
    if act.code == "suit-filed":
        award = dispute_of(act).award
        made = [each for each in done if award and award in (award_of(each), fallen(each))]
        return (made[-1], SUIT_ANEW if fallen(made[-1]) else SUIT) if made else None
    if act.code not in USES:
        return None
    opened_by, rule = USES[act.code]
    opened = last_of(opened_by, of_suit(act.suit, done))
    return (opened, rule) if opened else None

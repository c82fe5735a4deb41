"""Whether a judgment was appealed while it could be: later it was final."""

from itertools import pairwise

from law.book import Law
from law.deadlines import day_of
from schemas.ids import RuleId
from services.intake.bundles.limits import ends_of
from services.intake.bundles.running import Bundle, Running

APPEAL = RuleId("appeal")


def fit_appeals(case: Running, bundle: Bundle, law: Law) -> None:
    steps = case.steps
    found = [pair for pair in pairwise(steps) if [each.act.code for each in pair] == ["judged", "appealed"]]
    ends = ends_of(case, law) if found else {}
    for before, line in found:
        due_at = ends.get((APPEAL, before.act.served_at or before.act.at))
        if due_at and line.act.at > due_at:
            expected = f"a day until {day_of(due_at)}; or in `served`, or in clocks.csv, what left more time"
            bundle.wrong.note(line.file, line.line, "appealed", str(day_of(line.act.at)), expected)

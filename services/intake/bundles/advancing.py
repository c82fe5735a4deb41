"""Whether each order of execution in advance says who gets how much."""

from services.intake.bundles.running import ADVANCED, Bundle, Running
from services.intake.bundles.sums import fixed_by
from services.intake.domain.steps.advance_execution import ORDERED


def fit_advances(case: Running, bundle: Bundle) -> None:
    for line, act in zip(case.steps, case.acts, strict=True):
        fixed = fixed_by(act, None) if act.code == ORDERED else None
        if fixed and not any(told.due_fen.get(fixed) for told in case.members):
            expected = f"an amount in money.csv that is {ADVANCED}, of whom it is ordered for"
            bundle.wrong.note(line.file, line.line, line.columns["act"], case.number, expected)

"""Whether an agreement was kept: what was paid of it by when, and what was done because of that."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from law.deadlines import day_of
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.running import Bundle, Line, Running
from services.intake.bundles.sums import yuan


class Missed(NamedTuple):
    """An instalment that was not covered on its day."""

    line: int
    due_at: datetime
    due_fen: int
    """What was due by then, with the instalments before it."""
    paid_fen: int


def fit_schedule(case: Running, bundle: Bundle, now: datetime, outlook: Outlook) -> None:
    for line in case.steps:
        if expected := out_of_time(line, case):
            found = str(day_of(line.act.at))
            bundle.wrong.note(line.file, line.line, line.columns.get("act", "act"), found, expected)
    for each in missed(case, now):
        outlook.warnings.append(
            f"money.csv line {each.line}: {case.number}, {yuan(each.due_fen)} were to be paid by "
            f"{day_of(each.due_at)}, and {yuan(each.paid_fen)} had come; it is imported as breached."
        )


def out_of_time(line: Line, case: Running) -> str | None:
    """What was expected, where a step does not fit what had been paid by then."""
    at = line.act.at
    match line.act.code:
        case "notarisation-applied" if first := next(missed(case, at), None):
            return f"a day before the agreement was breached, which it was on {day_of(first.due_at)}"
        case "notarisation-certified" if next(missed(case, at), None) is None:
            return "an instalment that had not been paid by then"
        case "performed" if (paid_fen := paid_by(case, at)) < case.agreed_fen:
            return f"{yuan(case.agreed_fen)} paid by then, as was agreed; it was {yuan(paid_fen)}"
        case _:
            return None


def missed(case: Running, until: datetime) -> Iterator[Missed]:
    """The first one comes first."""
    due_fen = 0
    for line, each in case.schedule:
        due_fen += each.amount_fen
        paid_fen = paid_by(case, each.due_at)
        if each.due_at < until and paid_fen < due_fen:
            yield Missed(line, each.due_at, due_fen, paid_fen)


def paid_by(case: Running, until: datetime) -> int:
    """What all had received by then; what one got beyond his part pays for nobody else."""
    return sum(told.agreed_and_paid_fen(until) for told in case.members)

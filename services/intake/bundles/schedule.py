"""Whether an agreement was kept: what was paid of it by when, and what was done because of that."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from law.deadlines import day_of
from schemas.past import PastAct
from services.intake.bundles.binding import bound, bound_fen, consents
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.running import AGREED, Bundle, Running
from services.intake.bundles.sums import yuan
from services.intake.domain.steps.mediation import not_confirmed

PERFORMED: Final = "performed"
ASKED: Final = ("notarisation-applied", "notarisation-certified", "mediation-proposed", PERFORMED)
"""Steps that hang on what was paid by then."""


class Missed(NamedTuple):
    """An instalment that was not covered on its day."""

    line: int
    due_at: datetime
    due_fen: int
    """What was due by then, with the instalments before it."""
    paid_fen: int


def fit_schedule(case: Running, bundle: Bundle, now: datetime, outlook: Outlook) -> None:
    done: list[PastAct] = []
    for line in case.steps:
        if line.act.code in ASKED and (expected := out_of_time(line.act, done, case)):
            found = str(day_of(line.act.at))
            bundle.wrong.note(line.file, line.line, line.columns.get("act", "act"), found, expected)
        done.append(line.act)
    for number in range(1, len(case.agreed) + 1):
        for each in missed(case, number, now):
            outlook.warnings.append(
                f"money.csv line {each.line}: {case.number}, {yuan(each.due_fen)} were to be paid by "
                f"{day_of(each.due_at)}, and {yuan(each.paid_fen)} had come; it is imported as breached."
            )


def out_of_time(act: PastAct, done: Sequence[PastAct], case: Running) -> str | None:
    """What was expected, where a step does not fit what had been paid by then of the agreement that stood."""
    number = sum(each.code == AGREED for each in done)
    if act.code == PERFORMED:
        agreed_fen, paid_fen = bound_fen(case, number, act.at), paid_by(case, number, act.at)
        paid = f"{yuan(agreed_fen)} paid by then, as was agreed; it was {yuan(paid_fen)}"
        return paid if paid_fen < agreed_fen else None
    first = next(missed(case, number, act.at), None)
    match act.code:
        case "notarisation-applied" if first:
            return f"a day before the agreement was breached, which it was on {day_of(first.due_at)}"
        case "notarisation-certified" if first is None:
            return "an instalment that had not been paid by then"
        case "mediation-proposed" if number and not not_confirmed(done):
            kept = first is None or any(each.code == PERFORMED for each in done)
            return "a day after the agreement before it was breached, or was not confirmed" if kept else None
        case _:
            return None


def missed(case: Running, agreement: int, until: datetime) -> Iterator[Missed]:
    """The first one comes first. What another agreement took the place of is not missed any more."""
    up_to, end = 0, min([until, *case.agreed[agreement : agreement + 1]])
    schedule = case.schedule(agreement)
    for line, each in schedule:
        up_to += each.amount_fen
        for at in seen_at(case, agreement, each.due_at, last=each is schedule[-1][1]):
            due_fen, paid_fen = due_by(case, agreement, up_to, at), paid_by(case, agreement, at)
            if at < end and paid_fen < due_fen:
                yield Missed(line, each.due_at, due_fen, paid_fen)
                break


def seen_at(case: Running, agreement: int, due_at: datetime, *, last: bool) -> Iterator[datetime]:
    """When it was seen whether an instalment had been paid: on its day, or once somebody was bound.

    Who consents after the last one is to get his part at once.
    """
    if not case.by_consent(agreement):
        yield due_at
        return
    consented = consents(case, agreement)
    for at in consented[:1]:
        yield max(due_at, at)
    if last:
        yield from (at for at in consented[1:] if at > due_at)


def due_by(case: Running, agreement: int, up_to: int, at: datetime) -> int:
    """What was to be paid then to those who were bound: their part of what was agreed, rounded down."""
    agreed_fen = case.agreed_fen(agreement)
    return up_to * bound_fen(case, agreement, at) // agreed_fen if agreed_fen else 0


def paid_by(case: Running, agreement: int, until: datetime) -> int:
    """What those had received by then whom it binds; what one got beyond his part pays for nobody else."""
    return sum(told.agreed_and_paid_fen(agreement, until) for told in bound(case, agreement, until))

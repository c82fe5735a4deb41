"""Whether what the members of a group said to its agreements fits: each is asked, and bound by himself."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from law.deadlines import day_of
from services.intake.bundles.binding import bound
from services.intake.bundles.running import AGREED, Answer, Bundle, Line, Running
from services.intake.domain.priority import GROUP
from services.intake.domain.steps import arbitration_review, notarisation

FILE: Final = "consents.csv"
PERFORMED: Final = "performed"
BINDING: Final = (
    "confirmation-applied",
    arbitration_review.APPLIED,
    notarisation.APPLIED,
    "order-applied",
    PERFORMED,
)
"""Steps with an agreement that binds somebody by then."""


def fit_consents(case: Running, bundle: Bundle) -> None:
    """Each member of a group has said something to each agreement, or not yet, while it could be said."""
    made = [line for line in case.steps if line.act.code == AGREED]
    for number, line in enumerate(made, 1):
        fit_asked(case, number, line, bundle)
    gone = {told.id: told.left.at for told in case.members if told.left}
    for number, given in case.answers.items():
        for member, answer in given.items():
            if member in gone:
                fit_before(case, number, answer, gone[member], bundle)
            for column, found, expected in wrong_answer(case, number, answer):
                bundle.wrong.note(FILE, answer.line, column, found, expected)
    for line in case.steps:
        fit_binding(case, line, bundle)


def fit_asked(case: Running, number: int, agreed: Line, bundle: Bundle) -> None:
    """An agreement of ten or more does not say who is bound; fewer sign it, unless a row says otherwise."""
    if not case.by_consent(number):
        if len(case.present(agreed.act.at)) >= GROUP:
            expected = f"what each of {GROUP} or more members said to it, in {FILE}: it binds who consents"
            bundle.wrong.note(agreed.file, agreed.line, "act", AGREED, expected)
        return
    for told in case.present(agreed.act.at):
        if case.answer(told, number) is None:
            expected = f"a row in {FILE} to agreement {number}; without a day: he has not answered"
            bundle.wrong.note("members.csv", told.line, "number", f"{case.number}: no answer", expected)


def fit_before(case: Running, number: int, answer: Answer, left_at: datetime, bundle: Bundle) -> None:
    """Who leaves has answered before he does, and to no agreement that comes later."""
    if left_at < case.agreed_at(number):
        expected = f"nobody who had left by then; he did on {day_of(left_at)}"
        bundle.wrong.note(FILE, answer.line, "members", f"agreement {number}", expected)
        return
    for column, at in (("consented", answer.consented_at), ("refused", answer.refused_at)):
        if at and left_at < at:
            expected = f"nothing after he left, on {day_of(left_at)}"
            bundle.wrong.note(FILE, answer.line, column, str(at), expected)


def wrong_answer(case: Running, number: int, answer: Answer) -> Iterator[tuple[str, str, str]]:
    """Column, what was found in it, and what was expected."""
    if number > len(case.agreed):
        yield "agreement", str(number), f"one of the {len(case.agreed)} agreements that the history has"
        return
    agreed_at, later = case.agreed[number - 1], case.agreed[number:]
    performed_at = [line.act.at for line in case.steps if line.act.code == PERFORMED]
    for column, at in (("consented", answer.consented_at), ("refused", answer.refused_at)):
        if at is None:
            continue
        if at < agreed_at:
            yield column, str(at), f"nothing before the agreement, which was made on {day_of(agreed_at)}"
        if later and at >= later[0]:
            yield column, str(at), f"nothing once another took its place, on {day_of(later[0])}"
        if performed_at and at > performed_at[0]:
            yield column, str(at), f"nothing once all of it was paid, on {day_of(performed_at[0])}"
    if answer.refused_at and answer.consented_at and answer.refused_at >= answer.consented_at:
        yield "refused", str(answer.refused_at), "a day before he consented: since then he is bound"


def fit_binding(case: Running, line: Line, bundle: Bundle) -> None:
    """What is done with an agreement is done once it binds somebody."""
    act, number = line.act, sum(at <= line.act.at for at in case.agreed)
    outcome = act.code == "concluded" and act.outcome == "agreement"
    if not case.by_consent(number) or not (outcome or act.code in BINDING):
        return
    if all(told.gone(act.at) for told in bound(case, number, act.at)):
        column = "outcome" if outcome else line.columns.get("act", "act")
        expected = f"somebody who had consented by {day_of(act.at)}, in {FILE}"
        bundle.wrong.note(line.file, line.line, column, act.code, expected)

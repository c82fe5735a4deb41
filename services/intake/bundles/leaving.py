"""Whether members could leave when they did: some of several, with all that had come for them by then."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from law.deadlines import day_of
from services.intake.bundles.running import Bundle, Departure, Running, Told
from services.intake.domain.steps.ending import WITHDRAWN

FILE: Final = "departures.csv"


def fit_departures(case: Running, bundle: Bundle) -> None:
    gone = sorted(departures(case), key=lambda each: each[0].at)
    if gone and len(gone) == len(case.members):
        last, told = gone[-1]
        expected = "one who stays: with the last the application is withdrawn"
        bundle.wrong.note(FILE, last.line, "member", told.body.name, expected)
    withdrawn_at = next((line.act.at for line in case.history if line.act.code == WITHDRAWN), None)
    for left, told in gone:
        for expected in out_of_time(left, told, withdrawn_at):
            bundle.wrong.note(FILE, left.line, "left", str(day_of(left.at)), expected)


def departures(case: Running) -> Iterator[tuple[Departure, Told]]:
    """Who left, and when."""
    return ((told.left, told) for told in case.members if told.left)


def out_of_time(left: Departure, told: Told, withdrawn_at: datetime | None) -> Iterator[str]:
    """What was expected of the day on which he left."""
    came_at = max((each.received_at for each in told.payments), default=left.at)
    if came_at > left.at:
        yield f"a day on which all that he received had come; the last of it came on {day_of(came_at)}"
    if withdrawn_at and withdrawn_at <= left.at:
        yield f"a day before the application was withdrawn, which it was on {day_of(withdrawn_at)}"

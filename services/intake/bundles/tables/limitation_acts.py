"""`limitation_acts.csv`: what interrupted a time limit of the claim, or suspended it."""

from datetime import date
from typing import Final

from chassis.cells import day
from law.limitation import SUSPENDING, morning
from schemas.codes import LIMITATION_ACTS, LimitationActCode
from schemas.facts import LimitationAct
from services.intake.bundles.cells import CASE
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.lists.columns import a, worded

FILE: Final = "limitation_acts.csv"
MOST: Final = 32
"""As many as an application may name; what is done later adds to them."""

COLUMNS: Final = (
    CASE,
    a("act", "事由", "What it was.", worded(LIMITATION_ACTS), required=True),
    a("on", "日期 开始日期", "When; of what suspends, when it began.", day, required=True),
    a("until", "结束日期", "Of what suspends: when it was over; empty: it lasts.", day),
)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    said, wrong = row.said, reading.wrong
    until = date.fromisoformat(said["until"]) if "until" in said else None
    act = LimitationAct(code=LimitationActCode(said["act"]), on=date.fromisoformat(said["on"]), until=until)
    reading.check_past(FILE, row.line, "on", morning(act.on))
    if until:
        reading.check_past(FILE, row.line, "until", morning(until))
        if until < act.on:
            wrong.note(FILE, row.line, "until", str(until), "nothing before the day in on")
        if act.code not in SUSPENDING:
            wrong.note(FILE, row.line, "until", str(until), "it of what suspends alone")
    if any((each.code, each.on) == (act.code, act.on) for each in case.limitation_acts):
        wrong.note(FILE, row.line, "act", act.code, "each act of a day once")
    if len(case.limitation_acts) == MOST:
        wrong.note(FILE, row.line, "number", case.number, f"at most {MOST} of a case")
    case.limitation_acts.append(act)

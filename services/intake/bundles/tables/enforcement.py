"""`enforcement.csv`: one row a round, in their order; for the first of a title it was applied."""

from dataclasses import replace
from typing import Final

from chassis.cells import token
from schemas.codes import ENFORCEMENT_TITLES, ROUND_ENDS
from services.intake.bundles.cells import CASE, PART, case_number, moment
from services.intake.bundles.dated import Dated, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.judgments import suits_called
from services.intake.bundles.parts import part_of
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Line, Running
from services.intake.domain.steps.enforcement import APPLIED, TITLES
from services.intake.domain.steps.suits import decides
from services.intake.lists.columns import a, worded

FILE: Final = "enforcement.csv"
JUDGMENT: Final = "judgment"
NAMED: Final = {title: ENFORCEMENT_TITLES[title] for title in TITLES}

COLUMNS: Final = (
    CASE,
    a("title", "执行依据", "What is enforced.", worded(NAMED), required=True),
    a(
        "docket",
        "判决案号 裁判文书案号",
        "Of a judgment beside others: the number of its suit, as in `suits.csv`.",
        case_number,
    ),
    a("part", "先行裁决序号", "Of a partial award: which, as they were made; empty: the first.", PART),
    a("court", "执行法院", "The court.", token, required=True),
    a(
        "begun",
        "申请执行日期 恢复执行日期",
        "When it was applied for; of a later round: when it was resumed.",
        moment,
        required=True,
    ),
    a(
        "last_day",
        "履行期限",
        "Of the first round: the last day of performance, if one is fixed.",
        moment,
    ),
    a("ended", "终结本次执行日期", "When the court ended this round.", moment),
    a("because", "终结原因", "Why.", worded(ROUND_ENDS)),
)

NAMES: Final = {"title": "title", "part": "part"}
ENDED: Final = Dated("ended", "enforcement-ended", {"round_end": "because", **NAMES})
FIRST: Final = (Dated("begun", APPLIED, {"body": "court", "last_day": "last_day", **NAMES}), ENDED)
LATER: Final = (Dated("begun", "enforcement-resumed", {"body": "court", **NAMES}), ENDED)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    suit, title = suit_of(row, case, reading), row.said["title"]
    part = part_of(FILE, row, reading, "title")
    said = row.said if part is None else {**row.said, "part": str(part)}
    known = {(line.act.title, line.suit, line.act.part) for line in case.history if line.act.code == APPLIED}
    later = (title, suit, part) in known
    take_proceeding(FILE, replace(row, said=said), reading, LATER if later else FIRST, suit)
    reading.check_agencies(FILE, row, "court")
    if later and "last_day" in row.said:
        reading.wrong.note(FILE, row.line, "last_day", row.said["last_day"], "it in the first round alone")


def suit_of(row: Row, case: Running, reading: Reading) -> int | None:
    """The line of the suit whose judgment is enforced: the one that is named, or the only one."""
    docket = row.said.get("docket")
    if row.said["title"] != JUDGMENT:
        if docket:
            reading.wrong.note(FILE, row.line, "docket", docket, "it of a judgment alone")
        return None
    found = (
        set(suits_called(docket, case)) if docket else {line.suit for line in case.history if judged(line)}
    )
    if len(found) > 1 or (docket and not found):
        reading.wrong.note(FILE, row.line, "docket", docket or "", "the number of one suit of suits.csv")
    return found.pop() if len(found) == 1 else None


def judged(line: Line) -> bool:
    return line.suit is not None and decides(line.act)

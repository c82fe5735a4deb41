"""`enforcement.csv`: one row a round, in their order; for the first of a title it was applied."""

from typing import Final

from chassis.cells import token
from schemas.codes import ENFORCEMENT_TITLES, ROUND_ENDS
from services.intake.bundles.cells import CASE, moment
from services.intake.bundles.dated import Dated, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.domain.steps.enforcement import APPLIED, TITLES
from services.intake.lists.columns import a, worded

FILE: Final = "enforcement.csv"
NAMED: Final = {title: ENFORCEMENT_TITLES[title] for title in TITLES}

COLUMNS: Final = (
    CASE,
    a("title", "执行依据", "What is enforced.", worded(NAMED), required=True),
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

ENDED: Final = Dated("ended", "enforcement-ended", {"round_end": "because", "title": "title"})
FIRST: Final = (Dated("begun", APPLIED, {"body": "court", "title": "title", "last_day": "last_day"}), ENDED)
LATER: Final = (Dated("begun", "enforcement-resumed", {"body": "court", "title": "title"}), ENDED)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    known = {line.act.title for line in case.history if line.act.code == APPLIED}
    later = row.said["title"] in known
    take_proceeding(FILE, row, reading, LATER if later else FIRST)
    reading.check_agencies(FILE, row, "court")
    if later and "last_day" in row.said:
        reading.wrong.note(FILE, row.line, "last_day", row.said["last_day"], "it in the first round alone")

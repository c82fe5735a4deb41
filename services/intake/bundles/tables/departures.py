"""`departures.csv`: one row for each member who left the case."""

from datetime import datetime
from typing import Final

from chassis.cells import words
from schemas.codes import LEAVINGS, LeavingCode
from services.intake.bundles.cells import CASE, moment
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Departure
from services.intake.domain.grouping import ELSEWHERE
from services.intake.lists.columns import a, worded

FILE: Final = "departures.csv"
WHY: Final = {code: said for code, said in LEAVINGS.items() if code != ELSEWHERE}

COLUMNS: Final = (
    CASE,
    a("member", "成员", "Who: as in `money.csv`.", words(200, "a member"), required=True),
    a("left", "退出日期", "When he left.", moment, required=True),
    a("because", "退出原因", "Why.", worded(WHY), required=True),
)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    told = reading.member_in(case, FILE, row) if case else None
    if case is None or told is None:
        return
    at = datetime.fromisoformat(row.said["left"])
    reading.check_done(FILE, row.line, "left", at, case)
    if told.left:
        expected = f"each member once; line {told.left.line} has him already"
        reading.wrong.note(FILE, row.line, "member", row.said["member"], expected)
        return
    told.left = Departure(line=row.line, at=at, because=LeavingCode(row.said["because"]))

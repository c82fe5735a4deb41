"""`arbitration_reviews.csv`: one row for each time that a commission was asked to review the agreement."""

from typing import Final

from chassis.cells import token
from schemas.codes import REFUSAL_GROUNDS
from services.intake.bundles.cells import CASE, case_number, moment
from services.intake.bundles.dated import Dated, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.lists.columns import a, worded

FILE: Final = "arbitration_reviews.csv"

COLUMNS: Final = (
    CASE,
    a("commission", "仲裁委员会 仲裁委", "The commission.", token, required=True),
    a("applied", "申请日期", "When both parties asked it.", moment, required=True),
    a("confirmed", "调解书日期", "When it issued the agreement as its own.", moment),
    a("docket", "仲裁调解书编号", "The number that it gave it.", case_number),
    a("dismissed", "不予确认日期", "When it did not take it on, or did not confirm it.", moment),
    a("because", "不予确认原因", "Why.", worded(REFUSAL_GROUNDS)),
)

ACTS: Final = (
    Dated("applied", "arbitration-review-applied", {"body": "commission"}),
    Dated("confirmed", "arbitration-review-confirmed", {"docket": "docket"}),
    Dated("dismissed", "arbitration-review-dismissed", {"ground": "because"}),
)


def take(row: Row, reading: Reading) -> None:
    if take_proceeding(FILE, row, reading, ACTS):
        reading.check_agencies(FILE, row, "commission")

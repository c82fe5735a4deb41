"""`confirmations.csv`: one row for each time that a court was asked to confirm the agreement."""

from typing import Final

from chassis.cells import token
from schemas.codes import REFUSAL_GROUNDS
from services.intake.bundles.cells import CASE, case_number, moment
from services.intake.bundles.dated import Dated, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.lists.columns import a, worded

FILE: Final = "confirmations.csv"

COLUMNS: Final = (
    CASE,
    a("court", "法院", "The court.", token, required=True),
    a("applied", "申请日期", "When both parties asked it.", moment, required=True),
    a("accepted", "受理日期", "When it accepted the application.", moment),
    a("docket", "法院案号", "The court's number.", case_number),
    a("confirmed", "确认日期", "When it confirmed the agreement.", moment),
    a("ruling", "裁定书号", "The number of its ruling.", case_number),
    a("dismissed", "驳回日期", "When it did not take it on, or dismissed it.", moment),
    a("because", "驳回原因", "Why.", worded(REFUSAL_GROUNDS)),
)

ACTS: Final = (
    Dated("applied", "confirmation-applied", {"body": "court"}),
    Dated("accepted", "confirmation-accepted", {"docket": "docket"}),
    Dated("confirmed", "confirmation-confirmed", {"docket": "ruling"}),
    Dated("dismissed", "confirmation-dismissed", {"ground": "because"}),
)


def take(row: Row, reading: Reading) -> None:
    if take_proceeding(FILE, row, reading, ACTS):
        reading.check_agencies(FILE, row, "court")

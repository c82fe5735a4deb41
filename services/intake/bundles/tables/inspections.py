"""`inspections.csv`: one row for each time that labour inspection was asked to act."""

from typing import Final

from chassis.cells import token
from schemas.codes import INSPECTION_APPROACHES, INSPECTION_RESULTS, REFUSAL_GROUNDS
from services.intake.bundles.cells import CASE, case_number, ending, moment
from services.intake.bundles.dated import Dated, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.domain.steps.inspection import (
    ACCEPTED,
    DECIDED,
    EXTENDED,
    REFUSED,
    REPORTED,
    WITHDRAWN,
)
from services.intake.lists.columns import a, worded, yuan

FILE: Final = "inspections.csv"

COLUMNS: Final = (
    CASE,
    a("inspectorate", "劳动监察机构", "The inspectorate.", token, required=True),
    a(
        "approach",
        "投诉或举报",
        "By a complaint, or a report.",
        worded(INSPECTION_APPROACHES),
        required=True,
    ),
    a("claim_yuan", "投诉金额", "Over how much; empty: what is claimed in the case.", yuan),
    a("reported", "投诉日期 举报日期", "When it was asked.", moment, required=True),
    a("accepted", "立案日期", "When it took it on.", moment),
    a("docket", "立案编号", "The number that it gave it.", case_number),
    a("refused", "不予受理日期", "When it did not take it on.", moment),
    a("because", "不予受理原因", "Why.", worded(REFUSAL_GROUNDS)),
    a("extended", "延期日期", "When it took more time.", moment),
    a("decided", "处理日期", "When it was done with it.", moment),
    a("result", "处理结果", "What it did.", worded(INSPECTION_RESULTS)),
    a("ordered_yuan", "责令支付金额", "Of an order to pay: how much in all.", yuan),
    a("pay_by", "支付期限", "Of such an order: by when, which a day is until it ends.", ending),
    a("referred_to", "移送机关", "Of what it referred: to whom.", token),
    a("withdrawn", "撤回日期", "When the complaint was withdrawn.", moment),
)

DECISION: Final = {
    "inspected": "result",
    "ordered_fen": "ordered_yuan",
    "pay_by": "pay_by",
    "referred_to": "referred_to",
}
ACTS: Final = (
    Dated("reported", REPORTED, {"body": "inspectorate", "approach": "approach", "claim_fen": "claim_yuan"}),
    Dated("accepted", ACCEPTED, {"docket": "docket"}),
    Dated("refused", REFUSED, {"ground": "because"}),
    Dated("extended", EXTENDED),
    Dated("decided", DECIDED, DECISION),
    Dated("withdrawn", WITHDRAWN),
)


def take(row: Row, reading: Reading) -> None:
    if take_proceeding(FILE, row, reading, ACTS):
        reading.check_agencies(FILE, row, "inspectorate", "referred_to")

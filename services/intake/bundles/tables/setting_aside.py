"""`setting_aside.csv`: one row for each award, or part, that the employer asked a court to set aside."""

from typing import Final

from chassis.cells import token
from schemas.codes import SETTING_ASIDE_GROUNDS
from services.intake.bundles.cells import CASE, PART, case_number, moment
from services.intake.bundles.dated import Dated, check_served, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.domain.steps.setting_aside import ACCEPTED, APPLIED, DISMISSED, GRANTED, WITHDRAWN
from services.intake.lists.columns import a, worded

FILE: Final = "setting_aside.csv"

COLUMNS: Final = (
    CASE,
    a("court", "法院", "The court.", token, required=True),
    a("applied", "申请日期", "When the employer asked it.", moment, required=True),
    a("ground", "申请理由", "Why, as he says.", worded(SETTING_ASIDE_GROUNDS), required=True),
    a("part", "先行裁决序号", "Which partial award, as they were made; empty: the award itself.", PART),
    a("accepted", "受理日期", "When the court took it on.", moment),
    a("docket", "法院案号", "The court's number.", case_number),
    a("withdrawn", "撤回日期", "When he withdrew it.", moment),
    a("dismissed", "驳回日期", "When the court dismissed it.", moment),
    a("set_aside", "撤销日期", "When the court set the award aside.", moment),
    a(
        "served",
        "送达日期",
        "Of that: when the workers received the ruling; empty: when it was made.",
        moment,
    ),
    a("ruling", "裁定书号", "The number of its ruling.", case_number),
)

ACTS: Final = (
    Dated("applied", APPLIED, {"body": "court", "challenge": "ground", "part": "part"}),
    Dated("accepted", ACCEPTED, {"docket": "docket", "part": "part"}),
    Dated("withdrawn", WITHDRAWN, {"part": "part"}),
    Dated("dismissed", DISMISSED, {"docket": "ruling", "part": "part"}),
    Dated("set_aside", GRANTED, {"docket": "ruling", "served_at": "served", "part": "part"}),
)


def take(row: Row, reading: Reading) -> None:
    if take_proceeding(FILE, row, reading, ACTS):
        reading.check_agencies(FILE, row, "court")
        check_served(FILE, row, reading, "set_aside")

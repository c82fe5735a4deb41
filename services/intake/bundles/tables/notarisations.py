"""`notarisations.csv`: one row for each time that a notary was asked to notarise the agreement."""

from typing import Final

from chassis.cells import token
from schemas.codes import REFUSAL_GROUNDS
from services.intake.bundles.cells import CASE, case_number, moment
from services.intake.bundles.dated import Dated, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.lists.columns import a, worded

FILE: Final = "notarisations.csv"

COLUMNS: Final = (
    CASE,
    a("notary", "公证机构 公证处", "The notary's office.", token, required=True),
    a("applied", "申请日期", "When both parties asked it.", moment, required=True),
    a("issued", "出证日期", "When it notarised the agreement.", moment),
    a("docket", "公证书编号", "The number of its certificate.", case_number),
    a("refused", "不予公证日期", "When it declined to.", moment),
    a("because", "不予公证原因", "Why.", worded(REFUSAL_GROUNDS)),
    a("certified", "执行证书日期", "When it certified what can be enforced of it.", moment),
    a("certificate", "执行证书编号", "The number of that certificate.", case_number),
)

ACTS: Final = (
    Dated("applied", "notarisation-applied", {"body": "notary"}),
    Dated("issued", "notarisation-issued", {"docket": "docket"}),
    Dated("refused", "notarisation-refused", {"ground": "because"}),
    Dated("certified", "notarisation-certified", {"docket": "certificate"}),
)


def take(row: Row, reading: Reading) -> None:
    if take_proceeding(FILE, row, reading, ACTS):
        reading.check_agencies(FILE, row, "notary")

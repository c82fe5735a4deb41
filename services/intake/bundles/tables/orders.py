"""`payment_orders.csv`: one row a payment order on what was agreed, from its application to its end."""

from typing import Final

from chassis.cells import token
from schemas.codes import LEGAL_BASES, ORDER_ENDS
from services.intake.bundles.cells import CASE, case_number, moment
from services.intake.bundles.dated import Dated, check_served, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.lists.columns import a, worded

FILE: Final = "payment_orders.csv"

COLUMNS: Final = (
    CASE,
    a("court", "法院", "The court.", token, required=True),
    a("applied", "申请日期", "When it was applied for.", moment, required=True),
    a("basis", "依据", "The article that opens it.", worded(LEGAL_BASES), required=True),
    a("accepted", "受理日期", "When the court accepted the application.", moment),
    a("docket", "法院案号", "The court's number.", case_number),
    a("issued", "发出日期", "When it was issued.", moment),
    a("served", "送达日期", "When the debtor received it; empty: when it was issued.", moment),
    a("objected", "异议日期", "When he objected.", moment),
    a("ended", "失效日期", "When it lapsed, or the application came to nothing.", moment),
    a("because", "失效原因", "Why.", worded(ORDER_ENDS)),
)

ACTS: Final = (
    Dated("applied", "order-applied", {"body": "court", "basis": "basis"}),
    Dated("accepted", "order-accepted", {"docket": "docket"}),
    Dated("issued", "order-issued", {"served_at": "served"}),
    Dated("objected", "order-objected"),
    Dated("ended", "order-lapsed", {"order_end": "because"}),
)


def take(row: Row, reading: Reading) -> None:
    if take_proceeding(FILE, row, reading, ACTS):
        reading.check_agencies(FILE, row, "court")
        check_served(FILE, row, reading, "issued")

"""`money.csv`: what each member is due, what he received, and when the rest is to be paid."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chassis.cells import words
from schemas.codes import PAYERS, PAYMENT_FORMS, Payer, PaymentForm
from schemas.ids import Wording
from schemas.past import PastInstalment, PastPayment
from services.intake.bundles.cells import CASE, PART, a_moment, case_number, ending, moment
from services.intake.bundles.files import Row
from services.intake.bundles.judgments import suit_of
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import ADVANCED, AGREED, ORDERED
from services.intake.domain.steps.arbitration import PARTLY
from services.intake.lists.columns import a, worded, yuan

FILE: Final = "money.csv"

KINDS: Final[Mapping[str, Wording]] = {
    "agreed": Wording("协议金额", "agreed"),
    "settled": Wording("仲裁调解金额", "settled before the commission"),
    "partly-awarded": Wording("先行裁决金额", "awarded first"),
    "awarded": Wording("裁决金额", "awarded"),
    "judged": Wording("一审裁判金额", "judged"),
    "judged-on-appeal": Wording("二审裁判金额", "judged on appeal"),
    "ordered": Wording("责令支付金额", "ordered by labour inspection"),
    "advanced": Wording("先予执行金额", "executed in advance"),
    "instalment": Wording("分期付款", "instalment"),
    "paid": Wording("已付", "paid"),
}
NUMBERED: Final[Mapping[str, str]] = {
    AGREED: "agreement",
    PARTLY: "part",
    ORDERED: "inspection",
    ADVANCED: "advance",
}
"""Kinds of which there may be several, and the column that says which it is; empty: the first."""
OF: Final[Mapping[str, tuple[str, ...]]] = {
    "part": (PARTLY,),
    "agreement": (AGREED, "instalment"),
    "inspection": (ORDERED,),
    "advance": (ADVANCED,),
}
"""The kinds that each of these columns is for."""

COLUMNS: Final = (
    CASE,
    a("member", "成员", "The member's ID number, or his name where he has none.", words(200, "a member")),
    a("kind", "类别", "What it is.", worded(KINDS), required=True),
    a("amount_yuan", "金额 金额（元）", "How much, in yuan.", yuan, required=True),
    a(
        "at",
        "时间 日期",
        "Of a payment: when; of an instalment: by when, which a day is until it ends.",
        a_moment,
    ),
    a("part", "先行裁决序号", "Of a partial award: which, as they were made; empty: the first.", PART),
    a(
        "agreement",
        "协议序号",
        "Of an agreement, or an instalment of one: which, as they were made; empty: the first.",
        PART,
    ),
    a(
        "inspection",
        "监察序号",
        "Of what labour inspection ordered: in which row of the case in `inspections.csv`, as it was asked; "
        "empty: the first.",
        PART,
    ),
    a(
        "advance",
        "先予执行序号",
        "Of what is executed in advance: in which row of the case in `advance_executions.csv`; "
        "empty: the first.",
        PART,
    ),
    a(
        "docket",
        "判决案号 裁判文书案号",
        "Of a judgment beside others of his: the number of its suit, as in `suits.csv`.",
        case_number,
    ),
    a("payer", "付款方", "Of a payment; empty: the employer.", worded(PAYERS)),
    a("form", "方式", "Of a payment; empty: by transfer.", worded(PAYMENT_FORMS)),
)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    said, kind, fen = row.said, row.said["kind"], int(row.said["amount_yuan"])
    read = ending if kind == "instalment" else moment
    at = datetime.fromisoformat(read(said["at"])) if "at" in said else None
    for column, kinds in OF.items():
        if kind not in kinds and column in said:
            expected = f"it of {' or '.join(kinds)} alone"
            reading.wrong.note(FILE, row.line, column, said[column], expected)
    if kind in ("instalment", "paid") and (at is None or fen == 0):
        reading.wrong.note(FILE, row.line, "at", said.get("at", ""), "a day, and an amount above 0")
    elif kind == "instalment" and at:
        instalment = PastInstalment(due_at=at, amount_fen=fen)
        case.instalments[int(said.get("agreement", 1))].append((row.line, instalment))
    elif told := reading.member_in(case, FILE, row):
        if kind == "paid" and at:
            reading.check_past(FILE, row.line, "at", at)
            told.payments.append(payment_of(said, fen, at))
        else:
            suit = suit_of(FILE, row, told, case, reading)
            numbered = NUMBERED.get(kind)
            told.due_fen[kind, int(said.get(numbered, 1)) if numbered else suit] = fen


def payment_of(said: Mapping[str, str], fen: int, at: datetime) -> PastPayment:
    return PastPayment(
        amount_fen=fen,
        payer=Payer(said.get("payer", "employer")),
        form=PaymentForm(said.get("form", "transfer")),
        received_at=at,
    )

"""`advance_executions.csv`: one row for each time that execution in advance of the award was asked for."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from chassis.cells import token, words
from schemas.codes import ADVANCE_CLAIMS, ADVANCE_REFUSALS
from services.intake.bundles.cells import CASE, case_number, moment
from services.intake.bundles.dated import Dated, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.tables.suits import MOST_NAMED
from services.intake.domain.steps.advance_execution import APPLIED, ORDERED, REFUSED
from services.intake.lists.columns import a, worded, yuan

FILE: Final = "advance_executions.csv"


def claims(text: str) -> str:
    """Several of what it can be asked for, each by its code."""
    read = worded(ADVANCE_CLAIMS)
    return " ".join(dict.fromkeys(read(each.strip()) for each in re.split("[;；、]", text)))


COLUMNS: Final = (
    CASE,
    a("for", "先予执行事项", "For what, several with `;` between them.", claims, required=True),
    a(
        "members",
        "成员 申请人",
        "Who asks, as in `money.csv`, several with `;` between them; empty: all.",
        words(MOST_NAMED, "members"),
    ),
    a("amount_yuan", "申请金额", "How much they ask for in all.", yuan, required=True),
    a("applied", "申请日期", "When.", moment, required=True),
    a("ordered", "裁决日期", "When the commission ordered it, and moved it to the court.", moment),
    a("docket", "裁决书号", "The number that it gave it.", case_number),
    a("court", "执行法院", "The court.", token),
    a("refused", "不予先予执行日期", "When it did not order it.", moment),
    a("because", "不予先予执行原因", "Why.", worded(ADVANCE_REFUSALS)),
)

ACTS: Final = (
    Dated("applied", APPLIED, {"advance_claims": "for", "claim_fen": "amount_yuan", "members": "members"}),
    Dated("ordered", ORDERED, {"body": "court", "docket": "docket"}),
    Dated("refused", REFUSED, {"advance_refusal": "because"}),
)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    asking = reading.members_in(case, FILE, row, datetime.fromisoformat(row.said["applied"]))
    said = {name: cell for name, cell in row.said.items() if name != "members"}
    named = {"members": " ".join(sorted(asking))} if asking else {}
    if take_proceeding(FILE, replace(row, said=said | named), reading, ACTS):
        reading.check_agencies(FILE, row, "court")

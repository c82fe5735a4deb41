"""`suits.csv`: one row a suit, of all members or some, from its filing to the end of an appeal."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from chassis.cells import token, words
from schemas.codes import ENFORCEMENT_TITLES, FINAL_CAUSES, JUDGMENT_RESULTS, LEGAL_BASES, TRIAL_PROCEDURES
from services.intake.bundles.cells import CASE, PART, YES, case_number, moment
from services.intake.bundles.dated import Dated, check_served, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.parts import part_of
from services.intake.bundles.reading import Reading
from services.intake.domain.steps.arbitration import AWARD, PARTIAL_AWARD
from services.intake.domain.steps.suits import ON_APPEAL
from services.intake.lists.columns import a, worded

FILE: Final = "suits.csv"
MOST_NAMED: Final = 100_000
APPEAL_ENDS: Final = {code: FINAL_CAUSES[code] for code in (*ON_APPEAL, "appeal-withdrawn")}
AWARDS: Final = {code: ENFORCEMENT_TITLES[code] for code in (AWARD, PARTIAL_AWARD)}

COLUMNS: Final = (
    CASE,
    a("court", "法院 一审法院", "The court.", token, required=True),
    a("filed", "起诉日期", "When the suit was filed.", moment, required=True),
    a("basis", "依据", "The article that spared arbitration, if one did.", worded(LEGAL_BASES)),
    a(
        "members",
        "成员 原告",
        "Who sues, as in `money.csv`, several with `;` between them; empty: all.",
        words(MOST_NAMED, "members"),
    ),
    a("against", "诉争裁决", "Over which award alone; empty: over all that were made.", worded(AWARDS)),
    a("part", "先行裁决序号", "Of a partial award: which, as they were made; empty: the first.", PART),
    a("docketed", "立案日期", "When the court registered it.", moment),
    a("docket", "法院案号", "The court's number.", case_number),
    a("procedure", "审理程序", "By which procedure it is tried.", worded(TRIAL_PROCEDURES)),
    a("judged", "裁判日期", "When the court decided, or the suit was withdrawn.", moment),
    a("judgment", "裁判结果", "How.", worded(JUDGMENT_RESULTS)),
    a("served", "送达日期", "When the judgment was served; empty: when it was made.", moment),
    a(
        "final",
        "终审",
        "Whether no appeal was open: yes or no; empty: no. What the court mediated is final.",
        worded(YES),
    ),
    a("appealed", "上诉日期", "When it was appealed.", moment),
    a("appeal_court", "二审法院", "The court of second instance.", token),
    a("appeal_decided", "二审结束日期", "When the appeal ended.", moment),
    a(
        "appeal_result",
        "二审结果",
        "How. What the court mediated takes the place of the judgment.",
        worded(APPEAL_ENDS),
    ),
)

FILED_WITH: Final = ("basis", "members", "against", "part")
ACTS: Final = (
    Dated("filed", "suit-filed", {"body": "court", **{name: name for name in FILED_WITH}}),
    Dated("docketed", "suit-docketed", {"docket": "docket", "procedure": "procedure"}),
    Dated("judged", "judged", {"judgment": "judgment", "served_at": "served", "final": "final"}),
    Dated("appealed", "appealed", {"body": "appeal_court"}),
    Dated("appeal_decided", "appeal-decided", {"cause": "appeal_result"}),
)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    filed_at = datetime.fromisoformat(row.said["filed"])
    suing, part = reading.members_in(case, FILE, row, filed_at), part_of(FILE, row, reading, "against")
    named = {"members": " ".join(sorted(suing))} if suing else {}
    numbered = {"part": str(part)} if part else {}
    said = {name: cell for name, cell in row.said.items() if name not in ("members", "part")}
    said |= named | numbered
    if take_proceeding(FILE, replace(row, said=said), reading, ACTS, suit=row.line):
        reading.check_agencies(FILE, row, "court", "appeal_court")
        check_served(FILE, row, reading, "judged")

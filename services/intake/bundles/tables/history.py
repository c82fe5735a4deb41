"""`history.csv`: one row for each step of the office, of mediation and of arbitration, and for each note."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chassis.cells import token, words
from schemas.codes import (
    AID_STAGES,
    ASSIGNEE_ROLES,
    LEGAL_BASES,
    MEANS_BASES,
    MEDIATION_KINDS,
    OUTCOMES,
    PAST_ACTS,
    PAST_ROLES,
    REFUSAL_GROUNDS,
    REFUSALS,
    SESSION_RESULTS,
    TERMINATIONS,
    WITHDRAWALS,
    PastRole,
)
from schemas.ids import AgencyId
from services.intake.bundles.acts import act_of
from services.intake.bundles.cells import CASE, YES, case_number, moment
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import REFUSED, Line
from services.intake.domain.steps import (
    advance_execution,
    arbitration_review,
    confirmation,
    enforcement,
    inspection,
    notarisation,
    objection,
    orders,
    setting_aside,
    suits,
)
from services.intake.lists.columns import a, worded

FILE: Final = "history.csv"

ELSEWHERE: Final = frozenset(
    (
        *objection.STEPS,
        *confirmation.STEPS,
        *arbitration_review.STEPS,
        *notarisation.STEPS,
        *inspection.STEPS,
        *advance_execution.STEPS,
        *orders.STEPS,
        *setting_aside.STEPS,
        *suits.STEPS,
        *enforcement.STEPS,
        REFUSED,
    )
)
"""Acts that are told by a table of their own."""
ACTS: Final = {code: said for code, said in PAST_ACTS.items() if code not in ELSEWHERE}

COLUMNS: Final = (
    CASE,
    a("at", "时间 日期", "When.", moment, required=True),
    a("act", "事项", "What happened; `note` for all else.", worded(ACTS), required=True),
    a("by_role", "角色", "In what role somebody did it.", worded(PAST_ROLES)),
    a("by_agency", "经办机构", "Which agency did it.", token),
    a("aid_stage", "援助阶段", "Of a grant and an assignment: for what.", worded(AID_STAGES)),
    a("means", "经济状况核查", "Of a grant: how means were dealt with.", worded(MEANS_BASES)),
    a("refusal", "不予援助原因", "Of a refusal: why.", worded(REFUSALS)),
    a("basis", "依据", "Of a refusal or a termination: the article that it rests on.", worded(LEGAL_BASES)),
    a("role", "承办身份", "Of an assignment: as what.", worded(ASSIGNEE_ROLES)),
    a("person", "承办人", "Of an assignment or a mediation: who, as tokens call him.", token),
    a("person_name", "承办人姓名", "His name, as papers show it; sealed.", words(64, "a name")),
    a("body", "承办单位", "The organisation, committee or commission.", token),
    a("kind", "调解类型", "Of a mediation.", worded(MEDIATION_KINDS)),
    a("result", "会议结果", "Of a session.", worded(SESSION_RESULTS)),
    a("docket", "仲裁案号", "The commission's number.", case_number),
    a("ground", "不予受理原因", "Why the commission did not accept.", worded(REFUSAL_GROUNDS)),
    a("final", "终局裁决", "Of an award, or a partial one: yes or no; empty: no.", worded(YES)),
    a("termination", "终止原因", "Of a termination of aid: why.", worded(TERMINATIONS)),
    a("withdrawal", "撤回原因", "Of a withdrawal of the application: why.", worded(WITHDRAWALS)),
    a("outcome", "结案方式", "Of a conclusion.", worded(OUTCOMES)),
    a("note", "备注", "What else was written; sealed.", words(2000, "a text")),
)

NAMED: Final = (
    "means refusal basis role person body kind result docket ground final termination withdrawal outcome"
)
FIELDS: Final[Mapping[str, str]] = {"stage": "aid_stage", **{name: name for name in NAMED.split()}}
"""The fields of an act, and the columns that fill them."""
NAMING: Final = ("assigned", "mediation-proposed")
"""Acts that say who."""


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    said, at = row.said, datetime.fromisoformat(row.said["at"])
    reading.check_done(FILE, row.line, "at", at, case)
    reading.check_agencies(FILE, row, "body", "by_agency")
    check_named(row, reading)
    role, agency = said.get("by_role"), said.get("by_agency")
    case.history.append(
        Line(
            line=row.line,
            act=act_of(said["act"], at, FIELDS, said),
            columns=FIELDS,
            by_role=PastRole(role) if role else None,
            by_agency=AgencyId(agency) if agency else None,
            note=said.get("note"),
            person_name=said.get("person_name"),
        )
    )


def check_named(row: Row, reading: Reading) -> None:
    """A name that nobody has would be kept for nothing."""
    if "person_name" in row.said and not (row.said["act"] in NAMING and "person" in row.said):
        expected = f"a name beside the person of {' or '.join(NAMING)} alone"
        reading.wrong.note(FILE, row.line, "person_name", row.said["person_name"], expected)

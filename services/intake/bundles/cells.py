"""The files of a bundle and their columns: what each may be called, what it says, and how it is read."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NotAStandardNumber

from chassis.cells import Read, day, matching, token, words
from law.deadlines import SHANGHAI, end_of
from schemas.codes import (
    AID_STAGES,
    ASSIGNEE_ROLES,
    CASE_TYPES,
    CHANNELS,
    LANGUAGES,
    MEANS_BASES,
    MEDIATION_KINDS,
    OUTCOMES,
    PAST_ACTS,
    PAST_ROLES,
    PAYERS,
    PAYMENT_FORMS,
    RELATIONS,
    SESSION_RESULTS,
    WORKER_CLASSES,
)
from schemas.ids import Wording
from services.intake.domain.external import written_number
from services.intake.domain.standing import CLOCK_STATES, STAGES
from services.intake.lists.columns import COLUMNS as MEMBER_COLUMNS
from services.intake.lists.columns import PHONE, Column, a, worded, yuan

MONEY_KINDS: Final[Mapping[str, Wording]] = {
    "agreed": Wording("协议金额", "agreed"),
    "awarded": Wording("裁决金额", "awarded"),
    "instalment": Wording("分期付款", "instalment"),
    "paid": Wording("已付", "paid"),
}
YES: Final[Mapping[str, Wording]] = {"yes": Wording("是", "yes"), "no": Wording("否", "no")}

MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?", re.ASCII)


def moment(text: str) -> str:
    """A day, which begins at midnight, or a moment; in the time of China."""
    return read_moment(text, ends=False)


def ending(text: str) -> str:
    """The same of an end: a day ends with its last second."""
    return read_moment(text, ends=True)


def read_moment(text: str, *, ends: bool) -> str:
    found = MOMENT.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        if found[2] is None and ends:
            return end_of(date.fromisoformat(found[1])).isoformat()
        return (
            datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}").replace(tzinfo=SHANGHAI).isoformat()
        )
    except ValueError:
        raise ValueError("a day such as 2026-03-01, or a moment such as 2026-03-01 09:30") from None


def case_number(text: str) -> str:
    """As the earlier system writes it; nothing that names a person passes for one."""
    number = matching(NUMBER, "a number with at least one digit, without spaces")(text)
    return str(written_number(number))  # type: ignore[arg-type]


def employer_code(text: str) -> str:
    try:
        return str(uscc.validate(text))
    except NotAStandardNumber:
        raise ValueError("a unified social credit code of 18 characters; a digit may be wrong") from None


NUMBER: Final = r"[\u4e00-\u9fffA-Za-z()（）〔〕._/-]*[0-9][\u4e00-\u9fff0-9A-Za-z()（）〔〕._/-]{0,39}"
DIVISION: Final = matching(r"\d{6}", "six digits of GB/T 2260")
RULE: Final[Read] = matching(r"[a-z][a-z0-9-]{0,63}", "the id of a rule, as `casebridge law list` shows it")
CASE: Final = a(
    "number", "原案号 案号", "The case, as the earlier system numbers it.", case_number, required=True
)

CASES: Final = (
    CASE,
    a("agency", "承办机构", "The agency that has it, by its id in the directory.", token, required=True),
    a("issuer", "编号机构", "Whose number it is, where not the agency's.", token),
    a("received", "收到日期 申请日期", "When it was received; all begins there.", moment, required=True),
    a("stage", "阶段", "Where it stands; its history must say the same.", worded(STAGES), required=True),
    a("channel", "渠道", "Where the application came in.", worded(CHANNELS), required=True),
    a("home", "户籍地", "The worker's home, six digits of GB/T 2260.", DIVISION, required=True),
    a("work", "工作地", "Where the work was done, six digits.", DIVISION, required=True),
    a("case_type", "案件类型", "What is claimed.", worded(CASE_TYPES), required=True),
    a("worker_class", "劳动者类别", "Empty: a migrant worker.", worded(WORKER_CLASSES)),
    a("relation", "关系", "The relation to the employer; empty: not known yet.", worded(RELATIONS)),
    a("employer_code", "统一社会信用代码", "The employer's code, if it is known.", employer_code),
    a("employer_name", "用人单位", "The employer's name.", words(200, "a text")),
    a("language", "语言", "What the applicants speak best; empty: Chinese.", worded(LANGUAGES)),
    a("employment_ended_on", "离职日期", "The end of the employment.", day),
    a("pay_due_on", "应付日期", "When the pay was due.", day),
    a("known_on", "知道日期", "When they knew that a right was harmed.", day),
    a("injured_on", "受伤日期", "The accident.", day),
    a("contact_name", "联系人", "Who is called, if not the first member.", words(200, "a name")),
    a("contact_phone", "联系电话", "How.", PHONE),
    a("narrative", "案情", "What happened; sealed.", words(2000, "a text")),
)

HISTORY: Final = (
    CASE,
    a("at", "时间 日期", "When.", moment, required=True),
    a("act", "事项", "What happened; `note` for all else.", worded(PAST_ACTS), required=True),
    a("by_role", "角色", "In what role somebody did it.", worded(PAST_ROLES)),
    a("by_agency", "经办机构", "Which agency did it.", token),
    a("aid_stage", "援助阶段", "Of a grant and an assignment: for what.", worded(AID_STAGES)),
    a("means", "经济状况核查", "Of a grant: how means were dealt with.", worded(MEANS_BASES)),
    a("role", "承办身份", "Of an assignment: as what.", worded(ASSIGNEE_ROLES)),
    a("person", "承办人", "Of an assignment: who, as tokens call him.", token),
    a("body", "承办单位", "The organisation, committee or commission.", token),
    a("kind", "调解类型", "Of a mediation.", worded(MEDIATION_KINDS)),
    a("result", "会议结果", "Of a session.", worded(SESSION_RESULTS)),
    a("docket", "仲裁案号", "The commission's number.", case_number),
    a("final", "终局裁决", "Of an award: yes or no; empty: no.", worded(YES)),
    a("outcome", "结案方式", "Of a conclusion.", worded(OUTCOMES)),
    a("note", "备注", "What else was written; sealed.", words(2000, "a text")),
)

CLOCKS: Final = (
    CASE,
    a("rule", "规则", "The rule that sets the time limit.", RULE, required=True),
    a("started", "起算时间", "With the act that starts it.", moment, required=True),
    a("due", "到期时间", "When it ends.", ending, required=True),
    a("paused", "中止时间", "Of a review: since when it stands still.", moment),
    a("resumed", "恢复时间", "Of a review: since when it goes on.", moment),
    a("state", "状态", "Checked against the days, if it is given.", worded(CLOCK_STATES)),
)

MONEY: Final = (
    CASE,
    a("member", "成员", "The member's ID number, or his name where he has none.", words(200, "a member")),
    a("kind", "类别", "What it is.", worded(MONEY_KINDS), required=True),
    a("amount_yuan", "金额 金额（元）", "How much, in yuan.", yuan, required=True),
    a("at", "时间 日期", "Of a payment: when; of an instalment: by when.", moment),
    a("payer", "付款方", "Of a payment; empty: the employer.", worded(PAYERS)),
    a("form", "方式", "Of a payment; empty: by transfer.", worded(PAYMENT_FORMS)),
)

FILES: Final[Mapping[str, tuple[Column, ...]]] = {
    "cases.csv": CASES,
    "members.csv": (CASE, *MEMBER_COLUMNS),
    "history.csv": HISTORY,
    "clocks.csv": CLOCKS,
    "money.csv": MONEY,
}

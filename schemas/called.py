"""What codes, states and things are called where nothing says which table they are of: in refusals."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Final

from schemas import codes
from schemas.ids import Wording
from schemas.words import Language, moment

THINGS: Final[Mapping[str, Wording]] = {
    name: Wording(zh, en)
    for name, zh, en in (
        ("Case", "案件", "case"),
        ("case", "案件", "case"),
        ("Member", "成员", "member"),
        ("Person", "成员个人信息", "person"),
        ("Consultation", "咨询", "consultation"),
        ("Supplement", "补正告知", "request to supplement"),
        ("Matter", "办理", "matter"),
        ("Claim", "请求", "claim"),
        ("Paper", "文书", "paper"),
        ("Document", "材料", "document"),
        ("Form", "文书表单", "form"),
        ("Custody", "承办", "custody"),
        ("Transfer", "移送", "transfer"),
        ("Offer", "接收请求", "offer"),
        ("Task", "协作请求", "task"),
        ("Errand", "协作事项", "errand"),
        ("Escalation", "提请指定", "escalation"),
        ("Notice", "通知", "notice"),
        ("nobody", "无", "nobody"),
        ("none", "无", "none"),
        ("nothing", "无", "nothing"),
    )
}

STATES: Final[Mapping[str, Wording]] = {
    name: Wording(zh, en)
    for name, zh, en in (
        ("dormant", "待确定承办", "dormant"),
        ("to-accept", "待受理", "to be accepted"),
        ("in-review", "审查中", "in review"),
        ("to-assign", "待指派", "to be assigned"),
        ("in-hand", "办理中", "in hand"),
        ("concluded", "已结案", "concluded"),
        ("evaluated", "已评估", "evaluated"),
        ("refused", "不予援助", "refused"),
        ("terminated", "已终止援助", "terminated"),
        ("archived", "已归档", "archived"),
        ("not-competent", "无管辖权", "not competent"),
        ("closed", "已关闭", "closed"),
        ("submitted", "已提交", "submitted"),
        ("complete", "材料齐全", "complete"),
        ("info-requested", "待补正", "waits for what is missing"),
        ("withdrawn", "已撤回", "withdrawn"),
        ("deemed-withdrawn", "视为撤回", "deemed withdrawn"),
        ("handed-over", "已移交", "handed over"),
        ("accepted", "已接受", "accepted"),
        ("granted", "已决定援助", "granted"),
        ("open", "进行中", "open"),
        ("paused", "暂停", "paused"),
    )
}
"""Enums of our own services, as `found` and `expected` name them."""


def called(value: object, language: Language) -> str:
    """A value of a refusal as a person reads it; what nobody knows stays as it is."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    parts = str(value).split(", ")
    known = [name_of(part) for part in parts]
    if not all(known):
        return str(value)
    return ("、" if language == "zh" else ", ").join(getattr(name, language) for name in known)


def name_of(value: str) -> Wording | None:
    return THINGS.get(value) or STATES.get(value) or unambiguous().get(value)


@cache
def unambiguous() -> Mapping[str, Wording]:
    """Every known code that is called the same in all tables that have it."""
    found: dict[str, set[Wording]] = {}
    for table in vars(codes).values():
        if isinstance(table, Mapping):
            for code, wording in table.items():
                if isinstance(wording, Wording):
                    found.setdefault(str(code), set()).add(wording)
    return {code: next(iter(words)) for code, words in found.items() if len(words) == 1}

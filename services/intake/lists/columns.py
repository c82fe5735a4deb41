"""The columns of a list of members: what each may be called, what it says, and how its cells are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chassis.cells import Read, day, matching, optional, words
from schemas.codes import AGENT_AUTHORITIES, MEMBER_ROLES
from schemas.ids import Wording
from services.intake.domain.person import ID_KINDS

MOST_FEN: Final = 1_000_000_000_000


def worded(known: Mapping[str, Wording]) -> Read:
    """A code, or what it is called in one of the languages."""
    called = {name: code for code, said in known.items() for name in (code, said.zh, said.en)}

    def read(text: str) -> str:
        if text not in called:
            raise ValueError(f"one of {'、'.join(said.zh for said in known.values())}, or {', '.join(known)}")
        return called[text]

    return read


def yuan(text: str) -> str:
    """Yuan, as whole fen."""
    match = re.fullmatch(r"(\d{1,10})(?:\.(\d{1,2})0*)?", re.sub(r"[,，￥¥元\s]", "", text), re.ASCII)
    fen = int(match[1]) * 100 + int(f"{match[2] or '':0<2}") if match else -1
    if not 0 <= fen <= MOST_FEN:
        raise ValueError("yuan with at most two decimals, such as 7500.50")
    return str(fen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column."""

    name: str
    called: tuple[str, ...]
    """What may stand above it instead."""
    says: str
    """For the manual."""
    read: Read
    required: bool = False
    """Whether the column must be there, and every cell of it filled."""
    field: tuple[str, ...] = ()
    """Where it goes in a member, if not under its own name."""

    @property
    def place(self) -> tuple[str, ...]:
        return self.field or (self.name,)


def a(
    name: str, called: str, says: str, read: Read, *, required: bool = False, field: tuple[str, ...] = ()
) -> Column:
    """A column."""
    return Column(
        name=name,
        called=tuple(called.split()),
        says=says,
        read=read if required else optional(read),
        required=required,
        field=field,
    )


LINE: Final = words(200, "a text")
PHONE: Final = matching(r"[0-9+() -]{3,40}", "digits, spaces and dashes")
NUMBER: Final = matching(r"[0-9A-Za-z()/.（）\s-]{4,40}", "letters and digits")

COLUMNS: Final = (
    a("name", "姓名", "The member's name.", words(200, "a name"), required=True),
    a(
        "id_number",
        "证件号码 身份证号 身份证号码 公民身份号码",
        "The number of his paper; empty where he has none.",
        NUMBER,
    ),
    a("id_kind", "证件类型 证件种类", "What paper it is; empty: the identity card.", worded(ID_KINDS)),
    a("phone", "电话 手机 手机号 手机号码 联系电话", "How he is reached.", PHONE),
    a("address", "地址 住址 联系地址", "Where he lives.", LINE),
    a("role", "身份", "In what capacity he claims; empty: as the worker.", worded(MEMBER_ROLES)),
    a(
        "claim_yuan",
        "请求金额 请求金额（元） 金额 欠薪金额",
        "What he claims, in yuan; empty if it is not known.",
        yuan,
        field=("claim_fen",),
    ),
    a(
        "home",
        "户籍地 户籍地代码 户籍所在地",
        "Six digits of GB/T 2260, where they differ from the case's.",
        matching(r"\d{6}", "six digits of GB/T 2260"),
    ),
    a(
        "bank_account",
        "银行账号 银行卡号",
        "Where he is paid.",
        matching(r"[0-9 ]{6,40}", "the digits of an account"),
    ),
    a(
        "nationality",
        "国籍",
        "Three letters of ISO 3166; empty for citizens.",
        matching("[A-Z]{3}", "three letters"),
    ),
    a("born", "出生日期", "Where his paper does not say it: a day such as 1985-03-01.", day),
    a("agent_name", "代理人 代理人姓名", "Who applies for him.", LINE, field=("agent", "name")),
    a("agent_id_number", "代理人证件号码", "The same person's number.", NUMBER, field=("agent", "id_number")),
    a("agent_phone", "代理人电话", "The same person's phone.", PHONE, field=("agent", "phone")),
    a(
        "agent_authority",
        "代理权限 代理关系",
        "By what authority.",
        worded(AGENT_AUTHORITIES),
        field=("agent", "authority"),
    ),
    a(
        "guarantor_name",
        "担保人 证明人",
        "Who vouches for a member without a paper.",
        LINE,
        field=("guarantor", "name"),
    ),
    a(
        "guarantor_id_number",
        "担保人证件号码 证明人证件号码",
        "The same person's number.",
        NUMBER,
        field=("guarantor", "id_number"),
    ),
)

NOT_READ: Final = frozenset({"序号", "no", "no."})
"""Running numbers: people number their lists."""

BY_PLACE: Final[Mapping[tuple[str, ...], Column]] = {column.place: column for column in COLUMNS}

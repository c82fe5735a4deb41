"""What stands against an amount, or a payment."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class ClaimsIncomplete(MediationError):
    """Found {found} registered claims, expected {expected}, as many as the case has members."""

    zh: ClassVar[str] = "已登记{found}项请求，应为{expected}项，与案件成员人数一致。"
    found: int
    expected: int


@dataclass(eq=False)
class AmountsDoNotFit(MediationError):
    """Found amounts for {found} members, {strange} of them strange; expected one for each of {expected}."""

    zh: ClassVar[str] = "列出了{found}名成员的金额，其中{strange}名不属于本案；应为{expected}名成员每人一项。"
    found: int
    strange: int
    expected: int


@dataclass(eq=False)
class SumDisagrees(MediationError):
    """Found {found} fen, expected {expected} fen as the amounts of the members come to."""

    zh: ClassVar[str] = "合计为{found}分，按各成员金额应为{expected}分。"
    found: int
    expected: int


@dataclass(eq=False)
class ClaimOver(MediationError):
    """The claim of member {member} is over ({found})."""

    zh: ClassVar[str] = "成员{member}的请求已经终结（{found}）。"
    member: str
    found: str


@dataclass(eq=False)
class MoreThanDue(MediationError):
    """Member {member} would have received {found} fen, expected at most {expected} fen that he is due."""

    zh: ClassVar[str] = "成员{member}将累计收到{found}分，最多应得{expected}分。"
    member: str
    found: int
    expected: int


@dataclass(eq=False)
class NotReceivedYet(MediationError):
    """Found {found} as the time of receipt, expected no later than {expected}."""

    zh: ClassVar[str] = "收款时间为{found}，应不晚于{expected}。"
    found: datetime
    expected: datetime

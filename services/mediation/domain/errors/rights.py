"""What stands against a step in the counting of rights that run out."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class NothingRuns(MediationError):
    """Found no time limit of case {case_id} that this changes, expected one that runs."""

    zh: ClassVar[str] = "案件 {case_id} 没有因此改变的时限，应有一个正在计算的时限。"
    case_id: str


@dataclass(eq=False)
class DayAhead(MediationError):
    """Found {found}, expected no later than {expected}: it is to have happened."""

    zh: ClassVar[str] = "日期为 {found}，不应晚于 {expected}：该行为应当已经发生。"
    found: date
    expected: date


@dataclass(eq=False)
class ActNotKnown(MediationError):
    """Found nothing that suspends time limits as {found} and lasts."""

    zh: ClassVar[str] = "没有名为 {found}、使时效持续中止的事由。"
    found: str


@dataclass(eq=False)
class TooManyActs(MediationError):
    """Case {case_id} has {expected} acts that interrupted or suspended time limits, and can have no more."""

    zh: ClassVar[str] = "案件 {case_id} 已有 {expected} 次中断或中止时效的行为，不能再增加。"
    case_id: str
    expected: int


@dataclass(eq=False)
class NoSuchRight(MediationError):
    """Found no right {found} that can be used; there is: {expected}."""

    zh: ClassVar[str] = "没有可以行使的权利 {found}；现有：{expected}。"
    found: str
    expected: str

"""What stands against a step of whatever proceeding."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class OutOfCourse(MediationError):
    """The {proceeding} stands at {found}; this is done when it stands at {expected}."""

    zh: ClassVar[str] = "{proceeding}程序目前为{found}；此步骤应在{expected}时进行。"
    proceeding: str
    found: str
    expected: str


@dataclass(eq=False)
class TooLate(MediationError):
    """Found {found} as the day, expected no later than {expected} ({rule})."""

    zh: ClassVar[str] = "日期为{found}，应不晚于{expected}（{rule}）。"
    rule: str
    found: date
    expected: date


@dataclass(eq=False)
class DisputeElsewhere(MediationError):
    """The {proceeding} stands at {found}: what another authority has, or has decided, is not brought here."""

    zh: ClassVar[str] = "{proceeding}处于{found}：同一争议已由其他机关处理，不得在此提出。"
    proceeding: str
    found: str


@dataclass(eq=False)
class ResultUnclear(MediationError):
    """Found {found} as the result, expected {expected}."""

    zh: ClassVar[str] = "处理结果为{found}，与所填金额或者移送对象不符（{expected}）。"
    found: str
    expected: str


@dataclass(eq=False)
class NotOpen(MediationError):
    """Found {way} by {found}, which is not open; open are: {expected}."""

    zh: ClassVar[str] = "{way}途径{found}未开放；已开放的有：{expected}。"
    way: str
    found: str
    expected: str

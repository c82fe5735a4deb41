"""What stands against a grant of aid, in advance or not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from schemas.codes import LegalBasis
from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class NotExempt(MediationError):
    """Found a claim of type {found} by {worker_class}; {means} is for {expected} (Legal Aid Law Art. 42)."""

    zh: ClassVar[str] = (
        "{worker_class}提出的请求为{found}；{means}只适用于{expected}（《法律援助法》第四十二条）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-42")
    found: str
    worker_class: str
    means: str
    expected: str


@dataclass(eq=False)
class AlreadyGranted(MediationError):
    """Aid for {stage} is granted already; each other stage is a grant of its own."""

    zh: ClassVar[str] = "已决定给予{stage}阶段的援助；其他每一阶段须另行决定。"
    stage: str


@dataclass(eq=False)
class NotGranted(MediationError):
    """No aid is granted for {found}, expected one of: {expected}."""

    zh: ClassVar[str] = "没有给予{found}阶段的援助，应为下列之一：{expected}。"
    found: str
    expected: str


@dataclass(eq=False)
class NotAided(MediationError):
    """Aid covers {expected}, found {found}; each stage is a grant of its own (Legal Aid Law Art. 43). If the
    workers act for themselves, say that they are unaided."""

    zh: ClassVar[str] = (
        "援助涵盖 {expected}，现为 {found}；每一阶段须分别给予援助。劳动者自行办理的，请注明未获援助。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-43")
    found: str
    expected: str


@dataclass(eq=False)
class NoAdvance(MediationError):
    """No aid in advance for {found} waits for its papers, expected one of: {expected}."""

    zh: ClassVar[str] = "没有等待补办手续的{found}阶段先行援助，应为下列之一：{expected}。"
    found: str
    expected: str


@dataclass(eq=False)
class NotUrgent(MediationError):
    """Found {found} as the last day of the time limit, expected one in fewer than {expected} days."""

    zh: ClassVar[str] = "时效届满日为{found}，先行提供援助须不足{expected}日（《法律援助法》第四十四条）。"
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-44")
    found: str
    expected: int


@dataclass(eq=False)
class DayPassed(MediationError):
    """Found {found} as the day for the papers, expected {expected} or later."""

    zh: ClassVar[str] = "补办手续的日期为{found}，应不早于{expected}。"
    found: date
    expected: date


@dataclass(eq=False)
class NotDueYet(MediationError):
    """The time for the papers runs until {expected}, found {found}."""

    zh: ClassVar[str] = "补办手续的期限至{expected}，现在是{found}。"
    found: datetime
    expected: datetime


@dataclass(eq=False)
class OnlyAdvanced(MediationError):
    """Aid in case {case_id} is given in advance alone: grant it, refuse it, or let it lapse."""

    zh: ClassVar[str] = (
        "案件{case_id}只有先行援助：请决定给予、不予，或者使其失效（《法律援助法》第四十四条）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-44")
    case_id: str

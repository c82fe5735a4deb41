"""What stands against a conclusion, and what goes with it: a file, a referral, a follow-up."""

from dataclasses import dataclass
from typing import ClassVar

from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class NothingRecovered(MediationError):
    """In case {case_id} whoever was asked has received no money: there is nothing to follow up yet."""

    zh: ClassVar[str] = "案件{case_id}的被回访人尚未收到款项，不能回访。"
    case_id: str


@dataclass(eq=False)
class NoReferral(MediationError):
    """Found referral {found}, expected one of the {expected} that were made."""

    zh: ClassVar[str] = "没有第{found}项转介，共作出{expected}项。"
    found: int
    expected: int


@dataclass(eq=False)
class OutcomeNotReached(MediationError):
    """Nothing in case {case_id} led to the outcome {found}."""

    zh: ClassVar[str] = "案件{case_id}没有达到{found}这一结果的依据。"
    case_id: str
    found: str


@dataclass(eq=False)
class RecoveryOpen(MediationError):
    """Found {found} claims that are neither paid nor given up, expected none."""

    zh: ClassVar[str] = "有{found}项请求既未付清也未放弃，应为零。"
    found: int


@dataclass(eq=False)
class NotEvaluated(MediationError):
    """Case {case_id} is not evaluated; no case is archived without that."""

    zh: ClassVar[str] = "案件{case_id}尚未评估，未经评估不得归档。"
    case_id: str

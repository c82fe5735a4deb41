"""What stands against a step of a review."""

from dataclasses import dataclass
from typing import ClassVar

from schemas.codes import LegalBasis
from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class ReviewDecided(MediationError):
    """The review of case {case_id} is decided: {found}."""

    zh: ClassVar[str] = "案件{case_id}的审查已有决定：{found}。"
    case_id: str
    found: str


@dataclass(eq=False)
class ReviewStandsStill(MediationError):
    """The review of case {case_id} stands still while papers are missing; resume it first."""

    zh: ClassVar[str] = "案件{case_id}因材料待补，审查暂停；请先恢复审查。"
    case_id: str


@dataclass(eq=False)
class ReviewGoesOn(MediationError):
    """The review of case {case_id} does not stand still."""

    zh: ClassVar[str] = "案件{case_id}的审查没有暂停。"
    case_id: str


@dataclass(eq=False)
class AskedOftenEnough(MediationError):
    """Found {found} requests to supplement case {case_id}, expected {expected}: all is asked for at once."""

    zh: ClassVar[str] = (
        "案件{case_id}已告知补正{found}次，只能{expected}次：需要补充的材料应当一次性告知（《法律援助法》第四十三条）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-43")
    case_id: str
    found: int
    expected: int


@dataclass(eq=False)
class NothingMissing(MediationError):
    """Nothing is said to be missing from case {case_id}, expected papers or details."""

    zh: ClassVar[str] = "没有写明案件{case_id}缺少什么，应列出材料或者说明（《法律援助法》第四十三条）。"
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-43")
    case_id: str


@dataclass(eq=False)
class NothingAsked(MediationError):
    """The review of case {case_id} asked for no papers; what intake asked for is printed there."""

    zh: ClassVar[str] = "案件{case_id}的审查没有要求申请人补充材料；受理环节告知补充的，由受理环节打印。"
    case_id: str

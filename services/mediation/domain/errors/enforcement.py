"""What stands against an enforcement."""

from dataclasses import dataclass
from typing import ClassVar

from schemas.codes import LegalBasis
from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class EnforcedAlready(MediationError):
    """Enforcement of {found} was applied for already: it runs, or goes on when assets are found."""

    zh: ClassVar[str] = "已就{found}申请强制执行：正在执行，或者待发现财产后恢复执行，不再重复申请。"
    found: str


@dataclass(eq=False)
class AwardChallenged(MediationError):
    """Found that {court} decides whether the award is set aside: until then it is not executed."""

    article: ClassVar[LegalBasis | None] = LegalBasis("SPC-LABOUR-1-25")
    zh: ClassVar[str] = "{court}正在审查撤销裁决的申请，审查期间中止执行。"
    court: str


@dataclass(eq=False)
class NothingToEnforce(MediationError):
    """Found nothing that can be enforced as {found}; there is: {expected}."""

    zh: ClassVar[str] = "没有可作为{found}执行的依据；现有：{expected}。"
    found: str
    expected: str

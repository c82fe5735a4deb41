"""What stands against a suit."""

from dataclasses import dataclass
from typing import ClassVar

from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class SuitRuns(MediationError):
    """Case {case_id} has a suit over the same dispute at {court} that is not decided."""

    zh: ClassVar[str] = "案件{case_id}就同一争议在{court}的诉讼尚未裁判。"
    case_id: str
    court: str


@dataclass(eq=False)
class SeveralSuits(MediationError):
    """Case {case_id} has several suits for which this may be said: no. {found}. Say which it is."""

    zh: ClassVar[str] = "案件{case_id}有数件诉讼可作此登记：第{found}件。请注明是哪一件。"
    case_id: str
    found: str


@dataclass(eq=False)
class NoSuit(MediationError):
    """Case {case_id} has no suit that is {expected}."""

    zh: ClassVar[str] = "案件{case_id}没有{expected}的诉讼。"
    case_id: str
    expected: str


@dataclass(eq=False)
class AlreadyFinal(MediationError):
    """The judgment of {court} is final."""

    zh: ClassVar[str] = "{court}的判决已经生效。"
    court: str

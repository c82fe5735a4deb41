"""Who may act on a case, and when."""

from dataclasses import dataclass
from typing import ClassVar

from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class NotPlaced(MediationError):
    """Case {case_id} is not placed: another agency is asked to take it; nobody acts until that is decided."""

    zh: ClassVar[str] = "案件{case_id}尚未确定承办：正在征询另一机构，确定之前任何人不得办理。"
    case_id: str


@dataclass(eq=False)
class StaleEpoch(MediationError):
    """Case {case_id} is in ownership epoch {expected}, found {found}. Read it again and repeat."""

    zh: ClassVar[str] = "案件{case_id}的承办任次为{expected}，您依据的是{found}。请重新读取后再提交。"
    case_id: str
    expected: int
    found: int


@dataclass(eq=False)
class NotTheOwner(MediationError):
    """Case {case_id} belongs to {expected}, found {found}."""

    zh: ClassVar[str] = "案件{case_id}由{expected}承办，而非{found}。"
    case_id: str
    expected: str
    found: str


@dataclass(eq=False)
class NotInvolved(MediationError):
    """Case {case_id} is in the hands of {expected}, found {found}."""

    zh: ClassVar[str] = "案件{case_id}由{expected}办理，而非{found}。"
    case_id: str
    expected: str
    found: str


@dataclass(eq=False)
class OutOfTurn(MediationError):
    """Case {case_id} is {found}; this is done when it is {expected}."""

    zh: ClassVar[str] = "案件{case_id}目前为{found}；此步骤应在{expected}时进行。"
    case_id: str
    found: str
    expected: str

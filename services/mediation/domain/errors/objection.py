"""What stands against an objection, and a decision on it."""

from dataclasses import dataclass
from typing import ClassVar

from schemas.codes import LegalBasis
from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class NotTheBureau(MediationError):
    """Found {found}, expected a justice bureau that the directory lists over {agency}."""

    zh: ClassVar[str] = "{found}不是名录中{agency}的主管司法行政部门（《法律援助法》第四十九条）。"
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-49")
    found: str
    agency: str


@dataclass(eq=False)
class NotTheirBureau(MediationError):
    """They objected to {expected}; it decides, or a justice bureau over it, and not {found}."""

    zh: ClassVar[str] = "申请人是向{expected}提出异议的，应由其或者其上级作出决定，而非{found}。"
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-49")
    found: str
    expected: str


@dataclass(eq=False)
class AlreadyObjected(MediationError):
    """The {found} of aid in case {case_id} was objected to already; then review or a suit is open."""

    zh: ClassVar[str] = (
        "案件{case_id}已对{found}提出过异议；此后可以申请行政复议或者提起行政诉讼（《法律援助法》第四十九条）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-49")
    case_id: str
    found: str


@dataclass(eq=False)
class NoObjection(MediationError):
    """Case {case_id} has no objection that waits for a decision."""

    zh: ClassVar[str] = "案件{case_id}没有等待处理的异议。"
    case_id: str


@dataclass(eq=False)
class Objected(MediationError):
    """Case {case_id} waits for the decision of {bureau} on an objection."""

    zh: ClassVar[str] = "案件{case_id}的异议正由{bureau}处理。"
    case_id: str
    bureau: str

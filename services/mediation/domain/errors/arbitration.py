"""What stands against a step before a commission."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from schemas.codes import LegalBasis
from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class HearingPassed(MediationError):
    """Found {found} as the time of the hearing, expected one after {expected}."""

    zh: ClassVar[str] = "开庭时间为{found}，应当晚于{expected}。"
    found: datetime
    expected: datetime


@dataclass(eq=False)
class NotHeldYet(MediationError):
    """Found {found} as the day, expected no earlier than that of the hearing, {expected}."""

    zh: ClassVar[str] = "当前日期为{found}，应当不早于开庭之日{expected}。"
    found: date
    expected: date


@dataclass(eq=False)
class NoSuchAward(MediationError):
    """Found no award that is called {found}; there is: {expected}."""

    zh: ClassVar[str] = "没有{found}这一裁决；现有：{expected}。"
    found: str
    expected: str


@dataclass(eq=False)
class NotFinalAward(MediationError):
    """The award in case {case_id} is not final: the parties sue over it, and it is not set aside."""

    zh: ClassVar[str] = "案件{case_id}的裁决不是终局裁决：不服的可以起诉，不适用申请撤销。"
    article: ClassVar[LegalBasis | None] = LegalBasis("LDMAL-49")
    case_id: str


@dataclass(eq=False)
class NotLabour(MediationError):
    """Found {found} as the relation; labour arbitration is for a labour relation."""

    zh: ClassVar[str] = "双方关系为{found}；劳动仲裁只适用于劳动关系（《劳动争议调解仲裁法》第二条）。"
    article: ClassVar[LegalBasis | None] = LegalBasis("LDMAL-2")
    found: str


@dataclass(eq=False)
class ExtendedAlready(MediationError):
    """The time was extended already; that is done once ({legal_basis})."""

    zh: ClassVar[str] = "期限已延长过一次，不得再次延长（{legal_basis}）。"
    legal_basis: str


@dataclass(eq=False)
class ArbitrationFirst(MediationError):
    """A labour dispute is arbitrated first ({legal_basis}); a suit without that is open by: {expected}."""

    zh: ClassVar[str] = "劳动争议应当先申请仲裁（{legal_basis}）；无须仲裁即可起诉的情形：{expected}。"
    legal_basis: str
    expected: str

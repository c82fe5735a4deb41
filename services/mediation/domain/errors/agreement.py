"""What stands against a mediation, an agreement, or a consent to it."""

from dataclasses import dataclass
from typing import ClassVar

from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class NoMediation(MediationError):
    """Case {case_id} has no mediation that runs; propose one first."""

    zh: ClassVar[str] = "案件{case_id}没有进行中的调解；请先提出调解。"
    case_id: str


@dataclass(eq=False)
class MediationRuns(MediationError):
    """Case {case_id} is mediated by {committee} already."""

    zh: ClassVar[str] = "案件{case_id}已由{committee}调解。"
    case_id: str
    committee: str


@dataclass(eq=False)
class AgreementStands(MediationError):
    """Case {case_id}: found the agreement {found}, its confirmation {confirmation}; expected it breached, or
    not confirmed by a court (Mediation Law Art. 33)."""

    zh: ClassVar[str] = (
        "案件 {case_id}：已有协议（{found}），司法确认为 {confirmation}；须协议未履行，或者未获法院确认。"
    )
    case_id: str
    found: str
    confirmation: str


@dataclass(eq=False)
class NoAgreement(MediationError):
    """Case {case_id} has no agreement that is still to be performed."""

    zh: ClassVar[str] = "案件{case_id}没有尚待履行的协议。"
    case_id: str


@dataclass(eq=False)
class NotPaidYet(MediationError):
    """Found {found} fen received, expected {expected} fen as agreed."""

    zh: ClassVar[str] = "已收到{found}分，按协议应为{expected}分。"
    found: int
    expected: int


@dataclass(eq=False)
class NoConsentNeeded(MediationError):
    """Case {case_id} has {found} members, who sign for themselves; only those of a group consent."""

    zh: ClassVar[str] = "案件{case_id}有{found}名成员，由本人签字；只有群体案件需要逐人同意。"
    case_id: str
    found: int


@dataclass(eq=False)
class NothingOffered(MediationError):
    """The agreement offers member {member} nothing."""

    zh: ClassVar[str] = "协议没有给予成员{member}任何金额。"
    member: str


@dataclass(eq=False)
class ConsentedAlready(MediationError):
    """Member {member} has consented already."""

    zh: ClassVar[str] = "成员{member}已经同意。"
    member: str


@dataclass(eq=False)
class BindsNobody(MediationError):
    """No member of case {case_id} has consented to its agreement yet."""

    zh: ClassVar[str] = "案件{case_id}的协议尚无成员同意。"
    case_id: str


@dataclass(eq=False)
class NotJoint(MediationError):
    """Found one party that applies, expected both ({legal_basis})."""

    zh: ClassVar[str] = "只有一方申请，应由双方共同申请（{legal_basis}）。"
    legal_basis: str

"""Rules of intake that stand against what a person wants."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from schemas.codes import LegalBasis
from schemas.ids import CaseId, CaseNumber, RuleVersion
from schemas.refusals import Refusal


class IntakeError(Refusal):
    """Intake refuses."""


@dataclass(eq=False)
class AskedAlready(IntakeError):
    """Case {number}: the applicants were told at {at}. All that is missing is told once (LAL-43; {rule})."""

    zh: ClassVar[str] = (
        "案件{number}：已于{at}告知申请人。需要补充的材料应当一次性告知（《法律援助法》第四十三条；{rule}）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-43")
    number: CaseNumber
    at: datetime
    rule: RuleVersion


@dataclass(eq=False)
class ConsultationOver(IntakeError):
    """The consultation {case_id} has ended: {found}."""

    zh: ClassVar[str] = "咨询{case_id}已经结束：{found}。"
    case_id: CaseId
    found: str


@dataclass(eq=False)
class NotTheAdviser(IntakeError):
    """The consultation {case_id} is that of {expected}, found {found}."""

    zh: ClassVar[str] = "咨询{case_id}由{expected}接待，而非{found}。"
    case_id: CaseId
    expected: str
    found: str


@dataclass(eq=False)
class NeedsAnAgent(IntakeError):
    """Member {place} is a minor: found {found} who applies for him, expected {expected} (LAL-40)."""

    zh: ClassVar[str] = (
        "第{place}名成员未满十八周岁：代为申请的人为{found}，应为{expected}（《法律援助法》第四十条）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-40")
    place: int
    found: str
    expected: str


@dataclass(eq=False)
class NobodyTakesItIn(IntakeError):
    """An application needs an agency that takes it in: the caller's own, or one named in `agency`."""

    zh: ClassVar[str] = "申请须有受理机构：您所在的机构，或者在 `agency` 中写明的机构。"


@dataclass(eq=False)
class NotARepresentative(IntakeError):
    """Found {found} as representatives of {members} members, expected up to {expected} different ones."""

    zh: ClassVar[str] = (
        "{members}名成员的代表人为{found}，应为不超过{expected}名不同的成员（《劳动争议调解仲裁法》第七条）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LDMAL-7")
    found: str
    members: int
    expected: int


@dataclass(eq=False)
class NotHere(IntakeError):
    """Case {number} is {found}; its application can be changed only where the case is."""

    zh: ClassVar[str] = "案件{number}为{found}；只有案件所在地可以修改申请。"
    number: CaseNumber
    found: str


@dataclass(eq=False)
class NothingAsked(IntakeError):
    """Case {number}: nobody told the applicants that anything is missing."""

    zh: ClassVar[str] = "案件{number}：尚未告知申请人需要补充材料。"
    number: CaseNumber


@dataclass(eq=False)
class NotMissing(IntakeError):
    """Case {number}: found {found}, expected of what is missing: {expected}."""

    zh: ClassVar[str] = "案件{number}：提交的是{found}，需要补充的是{expected}。"
    number: CaseNumber
    found: str
    expected: str


@dataclass(eq=False)
class NotTheIssuer(IntakeError):
    """A partner agency hands cases in under its own numbers: found {found}, expected {expected}."""

    zh: ClassVar[str] = "协作机构只能以自己的编号提交案件：实际为{found}，应为{expected}。"
    found: str
    expected: str


@dataclass(eq=False)
class NotTheOwner(IntakeError):
    """Case {number} belongs to {expected}, found {found}."""

    zh: ClassVar[str] = "案件{number}由{expected}承办，而非{found}。"
    number: CaseNumber
    expected: str
    found: str


@dataclass(eq=False)
class StaleEpoch(IntakeError):
    """Case {number} is in ownership epoch {expected}, found {found}. Read it again and repeat."""

    zh: ClassVar[str] = "案件{number}的承办任次为{expected}，您依据的是{found}。请重新读取后再提交。"
    number: CaseNumber
    expected: int
    found: int

"""Rules of intake that stand against what a person wants."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from schemas.codes import LegalBasis
from schemas.ids import AgencyId, CaseId, CaseNumber, DocumentId, MemberId, RuleVersion
from schemas.refusals import Refusal


class IntakeError(Refusal):
    """Intake refuses."""


@dataclass(eq=False)
class AidConcluded(IntakeError):
    """Case {number}: the aid was concluded at {at}, and nobody joins any more; take in a new application."""

    zh: ClassVar[str] = "案件{number}：援助事项已于{at}办结，不再接收新成员，请另行受理申请。"
    number: CaseNumber
    at: datetime


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
class NobodyOnDuty(IntakeError):
    """Nobody on the roster of {agency} is on duty at {at} or within a week, or all were asked."""

    zh: ClassVar[str] = "{agency}的值班表在{at}及其后一周内没有可转交的值班律师。"
    agency: AgencyId
    at: datetime


@dataclass(eq=False)
class ShiftRefused(IntakeError):
    """A time on duty from {begins} to {ends} is empty, or longer than {days} days."""

    zh: ClassVar[str] = "值班时间自{begins}至{ends}为空，或者超过{days}日。"
    begins: datetime
    ends: datetime
    days: int


@dataclass(eq=False)
class DocumentGone(IntakeError):
    """The document {document} was removed."""

    zh: ClassVar[str] = "材料 {document} 已被删除。"
    document: DocumentId


@dataclass(eq=False)
class DocumentUnderWay(IntakeError):
    """The document {document} came with the case, and its bytes are still being fetched. Ask again later."""

    zh: ClassVar[str] = "材料 {document} 随案件移送而来，内容尚在调取中，请稍后再试。"
    document: DocumentId


@dataclass(eq=False)
class DocumentElsewhere(IntakeError):
    """The document {document} did not come before the case left again: {province} got the case later."""

    zh: ClassVar[str] = "材料 {document} 尚未调取，案件已再次移出；案件其后由 {province} 接收，材料随案件。"
    document: DocumentId
    province: str


@dataclass(eq=False)
class ContentErased(IntakeError):
    """The document {document} was erased in {province} with the data of the case: ask for it again."""

    zh: ClassVar[str] = "材料 {document} 已在 {province} 随案件数据一并删除，如仍需要，请重新收集。"
    document: DocumentId
    province: str


@dataclass(eq=False)
class ErasedAlready(IntakeError):
    """The data of case {number} are erased."""

    zh: ClassVar[str] = "案件 {number} 的数据已经删除。"
    number: CaseNumber


@dataclass(eq=False)
class StillRuns(IntakeError):
    """Case {number} is neither archived nor withdrawn nor handed over: its data are needed."""

    zh: ClassVar[str] = "案件 {number} 既未归档，也未撤回或移送，数据仍需使用。"
    number: CaseNumber


@dataclass(eq=False)
class RetentionRuns(IntakeError):
    """The data of case {number} are kept until {until} ({rule}). Name the article that allows it before."""

    zh: ClassVar[str] = "案件 {number} 的数据须保存至 {until}（{rule}）。提前删除须写明所依据的条文。"
    number: CaseNumber
    until: datetime
    rule: RuleVersion


@dataclass(eq=False)
class NothingToApprove(IntakeError):
    """Case {number}: nobody asked for its data to be erased."""

    zh: ClassVar[str] = "案件 {number}：没有人申请删除数据。"
    number: CaseNumber


@dataclass(eq=False)
class SamePerson(IntakeError):
    """Case {number}: whoever asked for the erasure cannot approve it; it takes somebody else."""

    zh: ClassVar[str] = "案件 {number}：申请删除的人不能自行批准，须由他人批准。"
    number: CaseNumber


@dataclass(eq=False)
class NotHandedOver(IntakeError):
    """Case {number} was not handed over to {found}; its documents go where the case goes."""

    zh: ClassVar[str] = "案件 {number} 没有移送给 {found}；材料只随案件移送。"
    number: CaseNumber
    found: str
    epoch: int
    """In which the case is, or was last, where the documents lie: who had it before asks in vain."""


@dataclass(eq=False)
class LastMember(IntakeError):
    """Case {number} has no other member: if he wants no aid any more, withdraw the application."""

    zh: ClassVar[str] = "案件 {number} 没有其他成员：如本人不再需要法律援助，请撤回申请。"
    number: CaseNumber


@dataclass(eq=False)
class MemberAlready(IntakeError):
    """Case {number} has this person already, as the member {member}."""

    zh: ClassVar[str] = "此人已是案件 {number} 的成员（{member}）。"
    number: CaseNumber
    member: MemberId


@dataclass(eq=False)
class LeftAlready(IntakeError):
    """The member {member} has left already: {found}."""

    zh: ClassVar[str] = "成员 {member} 已经退出：{found}。"
    member: MemberId
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
class NoGroup(IntakeError):
    """Case {number} has {found} member, who speaks for himself; representatives need {expected} or more."""

    zh: ClassVar[str] = (
        "案件 {number} 有 {found} 名成员，由本人参加；代表人须从 {expected} 名以上成员中推选。"
    )
    number: CaseNumber
    found: int
    expected: int


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
class NotSubmitted(IntakeError):
    """Case {number} is {found}; what was submitted and nothing more is completed, once."""

    zh: ClassVar[str] = "案件{number}为{found}；只有刚提交的申请可以补全，且只能补全一次。"
    number: CaseNumber
    found: str


@dataclass(eq=False)
class NothingAsked(IntakeError):
    """Case {number}: nobody told the applicants that anything is missing."""

    zh: ClassVar[str] = "案件{number}：尚未告知申请人需要补充材料。"
    number: CaseNumber


@dataclass(eq=False)
class NothingAskedHere(IntakeError):
    """Case {number}: nothing was asked for where it was taken in. What its review asked for is printed by
    mediation: `GET /v1/cases/{case_id}/forms/one-time-notice` there."""

    zh: ClassVar[str] = (
        "案件{number}：受理环节没有告知补充材料。审查环节告知补充的，由援助服务（mediation）打印："
        "`GET /v1/cases/{case_id}/forms/one-time-notice`。"
    )
    number: CaseNumber
    case_id: CaseId


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

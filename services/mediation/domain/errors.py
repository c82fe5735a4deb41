"""Rules of mediation that stand against what a person wants."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from schemas.codes import LegalBasis
from schemas.refusals import Refusal


class MediationError(Refusal):
    """Mediation refuses."""


# --- Who acts, and when ------------------------------------------------------------------------------------


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


# --- Aid ---------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotExempt(MediationError):
    """Found a claim of type {found} by {worker_class}; {means} is for {expected} (Legal Aid Law Art. 42)."""

    zh: ClassVar[str] = (
        "{worker_class}提出的请求为{found}；{means}只适用于{expected}（《法律援助法》第四十二条）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-42")
    found: str
    worker_class: str
    means: str
    expected: str


@dataclass(eq=False)
class AlreadyGranted(MediationError):
    """Aid for {stage} is granted already; each other stage is a grant of its own."""

    zh: ClassVar[str] = "已决定给予{stage}阶段的援助；其他每一阶段须另行决定。"
    stage: str


@dataclass(eq=False)
class NotGranted(MediationError):
    """No aid is granted for {found}, expected one of: {expected}."""

    zh: ClassVar[str] = "没有给予{found}阶段的援助，应为下列之一：{expected}。"
    found: str
    expected: str


@dataclass(eq=False)
class NotAided(MediationError):
    """Aid covers {expected}, found {found}; each stage is a grant of its own (Legal Aid Law Art. 43). If the
    workers act for themselves, say that they are unaided."""

    zh: ClassVar[str] = (
        "援助涵盖 {expected}，现为 {found}；每一阶段须分别给予援助。劳动者自行办理的，请注明未获援助。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-43")
    found: str
    expected: str


@dataclass(eq=False)
class NoAdvance(MediationError):
    """No aid in advance for {found} waits for its papers, expected one of: {expected}."""

    zh: ClassVar[str] = "没有等待补办手续的{found}阶段先行援助，应为下列之一：{expected}。"
    found: str
    expected: str


@dataclass(eq=False)
class NotUrgent(MediationError):
    """Found {found} as the last day of the time limit, expected one in fewer than {expected} days."""

    zh: ClassVar[str] = "时效届满日为{found}，先行提供援助须不足{expected}日（《法律援助法》第四十四条）。"
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-44")
    found: str
    expected: int


@dataclass(eq=False)
class DayPassed(MediationError):
    """Found {found} as the day for the papers, expected {expected} or later."""

    zh: ClassVar[str] = "补办手续的日期为{found}，应不早于{expected}。"
    found: date
    expected: date


@dataclass(eq=False)
class NotDueYet(MediationError):
    """The time for the papers runs until {expected}, found {found}."""

    zh: ClassVar[str] = "补办手续的期限至{expected}，现在是{found}。"
    found: datetime
    expected: datetime


@dataclass(eq=False)
class OnlyAdvanced(MediationError):
    """Aid in case {case_id} is given in advance alone: grant it, refuse it, or let it lapse."""

    zh: ClassVar[str] = (
        "案件{case_id}只有先行援助：请决定给予、不予，或者使其失效（《法律援助法》第四十四条）。"
    )
    article: ClassVar[LegalBasis | None] = LegalBasis("LAL-44")
    case_id: str


@dataclass(eq=False)
class BothSides(MediationError):
    """{found} stands for the workers and mediates too; nobody does both in one case."""

    zh: ClassVar[str] = "{found}既代理劳动者又主持调解；同一案件中任何人不得兼任。"
    found: str


# --- Review ------------------------------------------------------------------------------------------------


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


# --- Assignment ----------------------------------------------------------------------------------------


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
class NoAssignment(MediationError):
    """Found assignment {found}, expected one that is {expected}."""

    zh: ClassVar[str] = "第{found}号指派不符，应为{expected}的指派。"
    found: int
    expected: str


@dataclass(eq=False)
class ConflictDeclared(MediationError):
    """Found the interest {found}; assignment {number} is to be replaced, nobody takes it on so."""

    zh: ClassVar[str] = "申报的利害关系为{found}；第{number}号指派应当更换人员，不得就此承办。"
    found: str
    number: int


@dataclass(eq=False)
class NotEngaged(MediationError):
    """Assignment {number} is a mediator's, whom nobody engages."""

    zh: ClassVar[str] = "第{number}号指派的是调解员，无须签订委托。"
    number: int


@dataclass(eq=False)
class SameAssignee(MediationError):
    """{found} has this assignment already, expected somebody else."""

    zh: ClassVar[str] = "{found}已承担这一指派，应为其他人员。"
    found: str


# --- Objection -----------------------------------------------------------------------------------------


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


# --- Mediation and suit ------------------------------------------------------------------------------------


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
class ClaimsIncomplete(MediationError):
    """Found {found} registered claims, expected {expected}, as many as the case has members."""

    zh: ClassVar[str] = "已登记{found}项请求，应为{expected}项，与案件成员人数一致。"
    found: int
    expected: int


@dataclass(eq=False)
class AmountsDoNotFit(MediationError):
    """Found amounts for {found} members, {strange} of them strange; expected one for each of {expected}."""

    zh: ClassVar[str] = "列出了{found}名成员的金额，其中{strange}名不属于本案；应为{expected}名成员每人一项。"
    found: int
    strange: int
    expected: int


@dataclass(eq=False)
class SumDisagrees(MediationError):
    """Found {found} fen, expected {expected} fen as the amounts of the members come to."""

    zh: ClassVar[str] = "合计为{found}分，按各成员金额应为{expected}分。"
    found: int
    expected: int


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
class OutcomeNotReached(MediationError):
    """Nothing in case {case_id} led to the outcome {found}."""

    zh: ClassVar[str] = "案件{case_id}没有达到{found}这一结果的依据。"
    case_id: str
    found: str


# --- Proceedings -------------------------------------------------------------------------------------------


@dataclass(eq=False)
class OutOfCourse(MediationError):
    """The {proceeding} stands at {found}; this is done when it stands at {expected}."""

    zh: ClassVar[str] = "{proceeding}程序目前为{found}；此步骤应在{expected}时进行。"
    proceeding: str
    found: str
    expected: str


@dataclass(eq=False)
class TooLate(MediationError):
    """Found {found} as the day, expected no later than {expected} ({rule})."""

    zh: ClassVar[str] = "日期为{found}，应不晚于{expected}（{rule}）。"
    rule: str
    found: date
    expected: date


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


@dataclass(eq=False)
class DisputeElsewhere(MediationError):
    """The {proceeding} stands at {found}: what another authority has, or has decided, is not brought here."""

    zh: ClassVar[str] = "{proceeding}处于{found}：同一争议已由其他机关处理，不得在此提出。"
    proceeding: str
    found: str


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
class ResultUnclear(MediationError):
    """Found {found} as the result, expected {expected}."""

    zh: ClassVar[str] = "处理结果为{found}，与所填金额或者移送对象不符（{expected}）。"
    found: str
    expected: str


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
class NotOpen(MediationError):
    """Found {way} by {found}, which is not open; open are: {expected}."""

    zh: ClassVar[str] = "{way}途径{found}未开放；已开放的有：{expected}。"
    way: str
    found: str
    expected: str


@dataclass(eq=False)
class ArbitrationFirst(MediationError):
    """A labour dispute is arbitrated first ({legal_basis}); a suit without that is open by: {expected}."""

    zh: ClassVar[str] = "劳动争议应当先申请仲裁（{legal_basis}）；无须仲裁即可起诉的情形：{expected}。"
    legal_basis: str
    expected: str


@dataclass(eq=False)
class AlreadyFinal(MediationError):
    """The judgment of {court} is final."""

    zh: ClassVar[str] = "{court}的判决已经生效。"
    court: str


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


# --- Rights that run out -----------------------------------------------------------------------------------


@dataclass(eq=False)
class NothingRuns(MediationError):
    """Found no time limit of case {case_id} that this changes, expected one that runs."""

    zh: ClassVar[str] = "案件 {case_id} 没有因此改变的时限，应有一个正在计算的时限。"
    case_id: str


@dataclass(eq=False)
class DayAhead(MediationError):
    """Found {found}, expected no later than {expected}: it is to have happened."""

    zh: ClassVar[str] = "日期为 {found}，不应晚于 {expected}：该行为应当已经发生。"
    found: date
    expected: date


@dataclass(eq=False)
class ActNotKnown(MediationError):
    """Found nothing that suspends time limits as {found} and lasts."""

    zh: ClassVar[str] = "没有名为 {found}、使时效持续中止的事由。"
    found: str


@dataclass(eq=False)
class TooManyActs(MediationError):
    """Case {case_id} has {expected} acts that interrupted or suspended time limits, and can have no more."""

    zh: ClassVar[str] = "案件 {case_id} 已有 {expected} 次中断或中止时效的行为，不能再增加。"
    case_id: str
    expected: int


@dataclass(eq=False)
class NoSuchRight(MediationError):
    """Found no right {found} that can be used; there is: {expected}."""

    zh: ClassVar[str] = "没有可以行使的权利 {found}；现有：{expected}。"
    found: str
    expected: str


# --- Money -------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class ClaimOver(MediationError):
    """The claim of member {member} is over ({found})."""

    zh: ClassVar[str] = "成员{member}的请求已经终结（{found}）。"
    member: str
    found: str


@dataclass(eq=False)
class MoreThanDue(MediationError):
    """Member {member} would have received {found} fen, expected at most {expected} fen that he is due."""

    zh: ClassVar[str] = "成员{member}将累计收到{found}分，最多应得{expected}分。"
    member: str
    found: int
    expected: int


@dataclass(eq=False)
class NotReceivedYet(MediationError):
    """Found {found} as the time of receipt, expected no later than {expected}."""

    zh: ClassVar[str] = "收款时间为{found}，应不晚于{expected}。"
    found: datetime
    expected: datetime

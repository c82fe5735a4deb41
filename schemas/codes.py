"""Code lists of the outside world: open strings with the values known today, worded in both languages.

A reader takes a code that it does not know as it stands; the lists grow without a new version of an event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, NewType

from pydantic import GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from schemas.ids import Wording

_code = StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")


@dataclass(frozen=True, slots=True)
class Known:
    """Lists the known values of a code in its JSON Schema, without closing the list."""

    values: Mapping[str, Wording]

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(core), "x-known-values": list(self.values)}


def _known(**wordings: tuple[str, str]) -> Mapping[str, Wording]:
    return {name.replace("_", "-"): Wording(*both) for name, both in wordings.items()}


CASE_TYPES: Final = _known(
    wage_arrears=("拖欠劳动报酬", "wage arrears"),
    work_injury=("工伤", "work injury"),
    traffic_accident=("交通事故", "traffic accident"),
    death_compensation=("死亡赔偿", "death compensation"),
    labour_relation=("劳动关系或劳动合同", "labour relation or contract"),
    social_insurance=("社会保险", "social insurance"),
    service_pay=("劳务报酬", "pay for services, without a labour relation"),
)
CaseType = NewType("CaseType", Annotated[str, _code, Known(CASE_TYPES)])
"""What is claimed. Legal Aid Law Art. 42(3) exempts pay and work injury alone from the check of means."""


WORKER_CLASSES: Final = _known(
    migrant_worker=("农民工", "migrant worker"),
    rider=("外卖骑手", "delivery rider"),
    courier=("快递员", "courier"),
    ride_hailing_driver=("网约车司机", "ride-hailing driver"),
    confinement_nanny=("月嫂", "confinement nanny"),
    livestream_host=("网络主播", "livestream host"),
    other_new_form=("其他新就业形态劳动者", "other new form of work"),
    other=("其他劳动者", "other worker"),
)
WorkerClass = NewType("WorkerClass", Annotated[str, _code, Known(WORKER_CLASSES)])
"""What kind of worker applies."""


RELATIONS: Final = _known(
    labour=("劳动关系", "labour relation"),
    quasi=("不完全符合劳动关系", "quasi-labour relation"),
    service=("劳务关系", "service relation"),
    unknown=("待查明", "not yet known"),
)
Relation = NewType("Relation", Annotated[str, _code, Known(RELATIONS)])
"""The relation to the employer, which decides between arbitration and court."""


CHANNELS: Final = _known(
    hotline_12348=("12348热线", "12348 hotline"),
    national_law_site=("中国法律服务网", "national law site"),
    provincial_law_site=("省级法律服务网", "provincial law site"),
    wage_green_channel=("欠薪求助绿色通道", "wage green channel"),
    mini_program=("小程序", "mini-program"),
    window=("窗口", "window"),
    workstation_host=("驻地工作站", "workstation of the host province"),
    workstation_home_province=("户籍省驻外工作站", "workstation of the home province"),
    workstation_arbitration_court=("仲裁院工作站", "workstation at the arbitration court"),
    workstation_union=("工会工作站", "workstation at a union"),
    contact_point=("联络点", "contact point"),
    partner_referral=("协作单位转介", "referred by a partner"),
    outreach=("上门服务", "outreach"),
)
Channel = NewType("Channel", Annotated[str, _code, Known(CHANNELS)])
"""Where the application came in."""


SITE_KINDS: Final = _known(
    window=("窗口", "window"),
    hotline_12348=("12348热线坐席", "12348 hotline desk"),
    public_platform=("公共法律服务平台", "public legal service platform"),
    workstation_host=("驻地工作站", "workstation of the host province"),
    workstation_home_province=("户籍省驻外工作站", "workstation of the home province"),
    workstation_arbitration_court=("仲裁院工作站", "workstation at the arbitration court"),
    workstation_union=("工会工作站", "workstation at a union"),
    workstation_gig_market=("零工市场工作站", "workstation at a gig market"),
    workstation_railway=("铁路车站工作站", "workstation at a railway station"),
    workstation_police=("派出所工作站", "workstation at a police station"),
    workstation_new_form=("新就业形态工作站", "workstation for new forms of work"),
    contact_point=("联络点", "contact point"),
)
SiteKind = NewType("SiteKind", Annotated[str, _code, Known(SITE_KINDS)])
"""What a site is. Windows and workstations take cases on; the others take them in and pass them on."""


LEVELS: Final = _known(
    county=("县级", "county"),
    city=("地级", "city"),
    province=("省级", "province"),
)
Level = NewType("Level", Annotated[str, _code, Known(LEVELS)])
"""The level of a division, by its digits: 510521 is a county, 510500 a city, 510000 a province."""


AGENCY_KINDS: Final = _known(
    legal_aid_centre=("法律援助中心", "legal-aid centre"),
    justice_bureau=("司法局", "justice bureau"),
    human_resources=("人力资源和社会保障部门", "human resources and social security"),
    labour_inspection=("劳动保障监察机构", "labour inspection"),
    arbitration_commission=("劳动人事争议仲裁委员会", "arbitration commission"),
    court=("人民法院", "court"),
    procuratorate=("人民检察院", "procuratorate"),
    police=("公安机关", "police"),
    emergency_management=("应急管理部门", "emergency management"),
    housing_construction=("住房和城乡建设部门", "housing and construction"),
    civil_affairs=("民政部门", "civil affairs"),
    union=("工会", "union"),
    notary=("公证机构", "notary"),
    mediation_committee=("人民调解委员会", "people's mediation committee"),
    law_firm=("律师事务所", "law firm"),
)
AgencyKind = NewType("AgencyKind", Annotated[str, _code, Known(AGENCY_KINDS)])
"""What an agency is."""


MEMBER_ROLES: Final = _known(
    worker=("劳动者本人", "the worker"),
    heir=("近亲属", "heir of the worker"),
    co_applicant=("共同申请人", "co-applicant"),
)
MemberRole = NewType("MemberRole", Annotated[str, _code, Known(MEMBER_ROLES)])
"""In what capacity a member of a case claims."""


AGENT_AUTHORITIES: Final = _known(
    legal_guardian=("法定代理人", "the legal representative"),
    close_relative=("法定代理人以外的近亲属", "a close relative who is not the legal representative"),
    power_of_attorney=("委托代理人", "by power of attorney"),
    organisation=("单位推荐或者指定的代理人", "named by an organisation"),
)
AgentAuthority = NewType("AgentAuthority", Annotated[str, _code, Known(AGENT_AUTHORITIES)])
"""By what authority somebody applies for a member (Legal Aid Law Art. 40)."""


EVIDENCE: Final = _known(
    wage_iou=("工资欠条", "wage IOU"),
    labour_contract=("劳动合同", "labour contract"),
    payslip=("工资条", "payslip"),
    attendance_record=("考勤记录", "attendance record"),
    bank_statement=("银行流水", "bank statement"),
    chat_record=("聊天记录", "chat record"),
    work_permit=("工作证", "work permit"),
    injury_decision=("工伤认定决定书", "work-injury decision"),
    traffic_report=("道路交通事故认定书", "traffic accident report"),
    safety_report=("安全事故调查报告", "safety report"),
    death_certificate=("死亡证明", "death certificate"),
    kinship_proof=("亲属关系证明", "proof of kinship"),
    resignation_demand=("要求离职的通知", "demand to resign"),
)
EvidenceCode = NewType("EvidenceCode", Annotated[str, _code, Known(EVIDENCE)])
"""What evidence is at hand; the papers themselves are sealed."""


PRIORITY_REASONS: Final = _known(
    pay_claim=("追索劳动报酬", "claim for pay"),
    work_injury_claim=("工伤赔偿", "claim for work injury"),
    death=("人员死亡", "a person died"),
    group=("群体性案件", "ten or more workers"),
    limitation_near=("时效将届满", "a time limit expires within seven days"),
    centre_policy=("中心优先办理政策", "policy of the centre"),
)
PriorityReason = NewType("PriorityReason", Annotated[str, _code, Known(PRIORITY_REASONS)])
"""Why a case goes first."""


WITHDRAWALS: Final = _known(
    applicant_request=("申请人撤回", "the applicant asked for it"),
    settled_elsewhere=("已通过其他途径解决", "settled elsewhere"),
    duplicate=("重复申请", "already applied for"),
    entered_in_error=("录入错误", "entered in error"),
    not_supplied=("逾期未补充材料，视为撤回", "deemed withdrawn: nothing was supplied in time"),
)
WithdrawalCode = NewType("WithdrawalCode", Annotated[str, _code, Known(WITHDRAWALS)])
"""Why an application was withdrawn."""


LEAVINGS: Final = _known(
    own_wish=("本人退出", "the member does not want to go on"),
    own_case=("另行申请", "the member goes on in a case of his own"),
    settled_alone=("已自行和解", "the member settled alone"),
    died=("死亡，由继承人承接", "the member died; his heirs come after him"),
    entered_in_error=("录入错误", "entered in error"),
    elsewhere=("在其他承办机构处已退出", "the member left when the case was elsewhere"),
)
LeavingCode = NewType("LeavingCode", Annotated[str, _code, Known(LEAVINGS)])
"""Why a member left his case."""


MISSING: Final = _known(
    identity_paper=("身份证明", "proof of identity"),
    application_form=("申请表", "the application form"),
    signature=("申请人签名", "the applicant's signature"),
    means_statement=("经济困难状况说明表", "the statement of means"),
    exemption_proof=("免予核查经济困难状况的证明", "proof of the exemption from the check of means"),
    claim_papers=("与申请事项有关的案件材料", "papers about what is claimed"),
    employer_details=("用人单位信息", "who the employer is"),
    relation_proof=("劳动关系或者劳务关系的证明", "proof of the relation to the employer"),
    amount_explained=("请求数额的说明", "an explanation of the amount"),
    kinship_proof=("亲属关系证明", "proof of kinship"),
    agent_authority=("代为申请的权限证明", "proof of the authority of who applies for another"),
    group_list=("群体成员名单", "the list of a group's members"),
    explanation=("对有关情况的说明", "an explanation"),
)
MissingCode = NewType("MissingCode", Annotated[str, _code, Known(MISSING)])
"""What a file lacks (Legal Aid Law Art. 41 and 43)."""


CONSULTATION_TOPICS: Final = {
    **CASE_TYPES,
    **_known(
        how_to_apply=("如何申请法律援助", "how to apply for legal aid"),
        evidence=("如何收集证据", "which evidence to keep"),
        procedure=("仲裁、诉讼程序", "how arbitration and suits go"),
        other=("其他事项", "another matter"),
    ),
}
ConsultationTopic = NewType("ConsultationTopic", Annotated[str, _code, Known(CONSULTATION_TOPICS)])
"""What advice was about."""


CONSULTATION_OUTCOMES: Final = _known(
    answered=("已解答", "answered"),
    turned_into_application=("已转为援助申请", "turned into an application"),
    applied_already=("已有申请", "applied for already"),
    referred=("已转介", "referred to another agency"),
    broken_off=("中断", "broken off"),
)
ConsultationOutcome = NewType("ConsultationOutcome", Annotated[str, _code, Known(CONSULTATION_OUTCOMES)])
"""How a consultation ended."""


MEANS_MEASURES: Final = _known(
    minimum_living=("最低生活保障标准", "the minimum living standard"),
    minimum_wage=("最低工资标准", "the minimum wage"),
    disposable_income=("居民人均可支配收入", "the disposable income a head"),
    fixed_amount=("固定数额", "a fixed amount"),
)
MeansMeasure = NewType("MeansMeasure", Annotated[str, _code, Known(MEANS_MEASURES)])
"""What a province measures hardship by (Legal Aid Law Art. 34)."""


MEANS_RESULTS: Final = _known(
    exempt=("免予核查经济困难状况", "exempt from the check of means"),
    within=("符合经济困难标准", "within the standard of hardship"),
    above=("不符合经济困难标准", "above the standard of hardship"),
    to_be_checked=("待核查经济困难状况", "means are to be checked"),
)
MeansResult = NewType("MeansResult", Annotated[str, _code, Known(MEANS_RESULTS)])
"""Whether means stand against legal aid."""


EXEMPTIONS: Final = _known(
    hero_kin=("英雄烈士近亲属维护英烈人格权益", "kin of heroes and martyrs who defend their good name"),
    brave_conduct=("因见义勇为主张民事权益", "a claim from brave conduct"),
    retrial_acquitted=("再审改判无罪请求国家赔偿", "acquitted on retrial, claims state compensation"),
    abuse_victim=("遭受虐待、遗弃或者家庭暴力", "a victim of abuse, desertion or domestic violence"),
    no_fixed_income=(
        "无固定生活来源的未成年人、老年人、残疾人等",
        "a minor, old or disabled person without income",
    ),
    on_relief=("社会救助、司法救助或者优抚对象", "on social or judicial relief, or entitled to special care"),
)
ExemptionCode = NewType("ExemptionCode", Annotated[str, _code, Known(EXEMPTIONS)])
"""What exempts from the check of means, beside claims of migrant workers (Legal Aid Law Art. 32 and 42)."""


FORUMS: Final = _known(
    mediation=("调解", "mediation"),
    labour_inspection=("劳动保障监察", "labour inspection"),
    arbitration=("劳动仲裁", "arbitration"),
    court=("诉讼", "a suit"),
)
Forum = NewType("Forum", Annotated[str, _code, Known(FORUMS)])
"""Where a claim can be brought."""


ELIGIBILITY_REASONS: Final = _known(
    scope_pay=("请求支付劳动报酬", "a claim for pay"),
    scope_labour_relation=(
        "请求确认劳动关系或者支付劳动报酬",
        "a claim that there is a labour relation, or for pay",
    ),
    scope_injury=("请求人身损害赔偿", "a claim for personal injury"),
    scope_social_insurance=("请求社会保险待遇", "a claim for social insurance"),
    scope_local=("须有法律、法规、规章另行规定", "in scope only where another law or the province says so"),
    migrant_claims_pay=("进城务工人员请求支付劳动报酬", "a migrant worker claims pay"),
    migrant_claims_injury=(
        "进城务工人员请求工伤事故人身损害赔偿",
        "a migrant worker claims for a work injury",
    ),
    income_not_known=("家庭收入待说明", "the income of the household is not known"),
    standard_not_known=("当地标准数额待确认", "the figure of the local standard is not known"),
    within_standard=("家庭人均收入不高于标准", "the income a head is not above the standard"),
    above_standard=("家庭人均收入高于标准", "the income a head is above the standard"),
    mediation_is_voluntary=("双方自愿可以调解", "both sides may mediate if they want to"),
    inspection_may_order_payment=("可以向劳动保障监察机构投诉", "labour inspection may order payment"),
    arbitration_first=("劳动争议先行仲裁", "a labour dispute goes to arbitration first"),
    wage_iou=("持工资欠条可以直接起诉", "with a wage IOU one may sue at once"),
    no_labour_relation=("劳务关系直接起诉", "without a labour relation one sues"),
    against_who_caused_it=("向侵权人请求赔偿", "the claim is against who caused the harm"),
    relation_quasi=(
        "不完全符合劳动关系：主张劳动关系的仲裁，否则起诉",
        "to arbitration if a labour relation is claimed, else to court",
    ),
    relation_unknown=(
        "关系待查明：有劳动关系的仲裁，否则起诉",
        "to arbitration if there is a labour relation, else to court",
    ),
)
EligibilityReason = NewType(
    "EligibilityReason", Annotated[str, _code, Known({**ELIGIBILITY_REASONS, **EXEMPTIONS})]
)
"""Why a matter is in scope, means do or do not matter, or a way is open."""


LINK_CAUSES: Final = _known(
    deemed_withdrawn=("前次申请视为撤回", "the earlier application was deemed withdrawn"),
    withdrawn=("前次申请已撤回", "the earlier application was withdrawn"),
)
LinkCause = NewType("LinkCause", Annotated[str, _code, Known(LINK_CAUSES)])
"""Why an application is linked to an earlier one."""


ALERT_SUBJECTS: Final = _known(
    employer=("用人单位", "employer"),
    project=("工程项目", "project"),
)
AlertSubject = NewType("AlertSubject", Annotated[str, _code, Known(ALERT_SUBJECTS)])
"""What several applications have in common that raise an alert."""


ROUTE_MODES: Final = _known(
    stay=("本机构办理", "keeps the case"),
    transfer=("移交", "takes the case on, as the home province's workstation or by agreement"),
    forward=("转送", "takes the case on, as the one that is competent"),
    collaborate=("协作", "helps; ownership stays"),
    escalate=("提请指定", "directs who takes the case on, as the common superior"),
    directed=("指定办理", "takes the case on, as the common superior directed"),
)
RouteMode = NewType("RouteMode", Annotated[str, _code, Known(ROUTE_MODES)])
"""What a route asks of an agency."""


ROUTE_REASONS: Final = _known(
    dispute_seat=("争议处理机关所在地", "the dispute authority sits there"),
    matter_arose=("事由发生地", "the matter arose there"),
    received_first=("最先受理", "received the application first"),
    home_province_station=("户籍省工作站", "workstation of the home province in the work province"),
    home_province=("户籍省", "of the home province"),
    agreement=("协作协议", "an agreement covers it"),
    special_desk=("专门窗口或专办此类案件", "has a desk for this class of worker or case"),
    open_that_day=("当日开放", "is open on that day"),
    spare_capacity=("承接能力充足", "has spare capacity"),
    nearby=("半小时服务圈内", "stands within the half-hour service circle"),
    speaks_language=("提供所需语种", "speaks the language of the applicants"),
    common_superior=("共同上级", "is the common superior of those who do not agree"),
    directed=("上级指定", "directed by the common superior"),
    proposed=("被建议", "proposed by an agency that refused"),
    not_competent=("无管辖权", "not competent"),
    no_agreement=("无协议", "no agreement covers it"),
    already_asked=("已征询", "was asked before"),
    case_type_not_served=("不办理该类案件", "does not serve this type of case"),
    level_not_served=("不办理该层级案件", "does not serve matters of this level"),
    closed=("已停办", "is closed"),
    no_capacity=("无承接能力", "has no capacity"),
)
RouteReason = NewType("RouteReason", Annotated[str, _code, Known(ROUTE_REASONS)])
"""What speaks for or against an agency when a route is decided."""


ASKED_RESULTS: Final = _known(
    accepted=("同意接收", "accepted"),
    rejected=("退回", "rejected"),
    lapsed=("逾期未答复", "did not answer in time"),
    undelivered=("未送达", "could not be reached"),
    recalled=("撤回", "asked back by the sender"),
)
AskedResult = NewType("AskedResult", Annotated[str, _code, Known(ASKED_RESULTS)])
"""How asking an agency ended."""


OFFER_ENDS: Final = _known(
    completed=("已移交", "the case moved"),
    rejected=("已退回", "rejected"),
    recalled=("已撤回", "recalled"),
    lapsed=("已逾期", "lapsed"),
    voided=("接收无效", "the acceptance came too late"),
)
OfferEnd = NewType("OfferEnd", Annotated[str, _code, Known(OFFER_ENDS)])
"""How an offer ended."""


LAPSE_CAUSES: Final = _known(
    not_delivered=("未送达", "no technical receipt came"),
    not_answered=("未答复", "no answer came"),
)
LapseCause = NewType("LapseCause", Annotated[str, _code, Known(LAPSE_CAUSES)])
"""Which deadline of an offer passed."""


RECALLS: Final = _known(
    sender_request=("移交方撤回", "the sender changed its mind"),
    application_withdrawn=("申请已撤回", "the application was withdrawn"),
    not_competent=("受移交机构无管辖权", "the route was wrong"),
    case_moved=("案件已移交", "the case went elsewhere"),
    members_missing=("成员资料未到齐", "members who were announced did not come"),
    agency_closed=("受移交机构已停办", "the agency that was asked has closed"),
    site_closed=("受移交网点已停办", "the site that was asked has closed"),
    accepted_after_all=("原机构及时同意接收", "an agency that was asked before had accepted in time"),
    case_concluded=("案件已办结", "the case is concluded"),
)
RecallCode = NewType("RecallCode", Annotated[str, _code, Known(RECALLS)])
"""Why an offer, or a request for help, was taken back."""


REJECTIONS: Final = _known(
    not_competent=("无管辖权", "not competent"),
    other_received_first=("其他机构已先受理", "another agency received it first"),
    same_case_open=("同一案件正在办理", "the same case is open here"),
    conflict_of_interest=("利益冲突", "conflict of interest"),
    out_of_scope=("不属于法律援助范围", "outside of the scope of legal aid"),
    no_agreement=("无协作协议", "no agreement covers it"),
    no_capacity=("无承接能力", "no capacity"),
    facts_insufficient=("案情不清", "the facts do not suffice"),
)
RejectionCode = NewType("RejectionCode", Annotated[str, _code, Known(REJECTIONS)])
"""Why an agency does not take a case on; each needs a legal basis."""


NO_PROPOSALS: Final = _known(
    none_known=("不知有其他管辖机构", "knows of nobody who is competent"),
    owner_competent=("移送方自身有管辖权", "the agency that asks is competent itself"),
    outside_legal_aid=("不属于法律援助机构管辖", "no legal-aid agency is competent"),
)
NoProposalCode = NewType("NoProposalCode", Annotated[str, _code, Known(NO_PROPOSALS)])
"""Why an agency that does not take a case on proposes no other."""


CLARIFICATIONS: Final = _known(
    facts=("案情", "the facts"),
    evidence=("证据", "the evidence"),
    identity=("当事人身份", "who the applicants are"),
    contact=("联系方式", "how the applicants are reached"),
    competence=("管辖依据", "what competence rests on"),
    claim=("请求事项与金额", "what is claimed, and how much"),
)
ClarificationCode = NewType("ClarificationCode", Annotated[str, _code, Known(CLARIFICATIONS)])
"""What an agency that is asked wants to know before it answers."""


REMINDED: Final = _known(
    addressee=("承办机构", "the agency that must act"),
    director=("承办机构负责人", "who leads that agency"),
    sender=("等待答复的机构", "the agency that waits"),
    superior=("共同上级", "the common superior"),
)
Reminded = NewType("Reminded", Annotated[str, _code, Known(REMINDED)])
"""Whom a reminder goes to."""


ESCALATIONS: Final = _known(
    refused_twice=("两次退回或逾期", "two agencies refused or did not answer"),
    nobody_left=("无其他可移交机构", "nobody is left to ask"),
    direction_failed=("指定的移交未成", "the offer that was directed came to nothing"),
)
EscalationCause = NewType("EscalationCause", Annotated[str, _code, Known(ESCALATIONS)])
"""Why the common superior is asked to decide."""


FORWARDED_CHANGES: Final = _known(
    withdrawn=("申请撤回", "the applicants want no aid any more"),
    member=("成员", "a member's data"),
    member_left=("成员退出", "a member left"),
    document=("材料", "a document"),
    contact=("联系方式", "how the applicants are reached"),
    representatives=("代表人", "who speaks for a group"),
)
ForwardedChange = NewType("ForwardedChange", Annotated[str, _code, Known(FORWARDED_CHANGES)])
"""What reached a province that no longer has the case."""


PLACEMENT_CAUSES: Final = _known(
    route_stays=("由受理机构办理", "the route says that the case stays"),
    adopted=("接收移交", "the case arrived from another agency"),
    no_candidate_left=("无其他可移交机构", "nobody is left to ask"),
    recalled=("移交已撤回", "the offer was recalled"),
    directed=("上级指定", "the common superior directed it"),
    imported=("自原系统导入", "the case was imported from another system"),
)
PlacementCause = NewType("PlacementCause", Annotated[str, _code, Known(PLACEMENT_CAUSES)])
"""Why the owner shall act now."""


CUSTODY_ENDS: Final = _known(
    transferred=("已移交", "it moved"),
    withdrawn=("已撤回", "it was withdrawn"),
)
CustodyEnd = NewType("CustodyEnd", Annotated[str, _code, Known(CUSTODY_ENDS)])
"""Why a jurisdiction no longer has a case."""


ENCLOSURE_KINDS: Final = _known(
    member=("成员", "one member's personal data"),
    document=("材料", "one document"),
    contact=("联系方式", "how the applicants are reached"),
    representatives=("代表人", "who speaks for a group: the member ids"),
    clarification=("补充说明", "what an agency that was asked wanted to know"),
)
EnclosureKind = NewType("EnclosureKind", Annotated[str, _code, Known(ENCLOSURE_KINDS)])
"""What travels sealed with a case."""


DOCUMENT_KINDS: Final = _known(
    identity_paper=("身份证明", "proof of identity"),
    application_form=("申请表", "the application form"),
    power_of_attorney=("授权委托书", "a power of attorney"),
    means_statement=("经济困难状况说明表", "the statement of means"),
    contract=("合同", "a contract"),
    wage_iou=("欠条", "a wage IOU"),
    pay_record=("工资记录", "a record of pay"),
    attendance_record=("考勤记录", "a record of attendance"),
    medical_record=("医疗资料", "medical papers"),
    injury_finding=("工伤认定或者鉴定", "a finding on the injury"),
    recording=("录音录像", "a recording"),
    agreement=("协议", "an agreement"),
    award_or_judgment=("裁决或者判决", "an award or a judgment"),
    payment_proof=("付款凭证", "a proof of payment"),
    other=("其他材料", "another document"),
)
DocumentKind = NewType("DocumentKind", Annotated[str, _code, Known(DOCUMENT_KINDS)])
"""What a document is."""


DOCUMENT_REMOVALS: Final = _known(
    entered_in_error=("录入错误", "entered in error"),
    wrong_case=("不属于本案", "it belongs to another case"),
    illegible=("无法辨认，已重新提交", "illegible, and handed in again"),
    subject_request=("本人请求", "the person asked for it"),
)
DocumentRemoval = NewType("DocumentRemoval", Annotated[str, _code, Known(DOCUMENT_REMOVALS)])
"""Why a document was removed."""


TASK_KINDS: Final = _known(
    means_papers=("户籍与收入证明", "household and income papers"),
    application_check=("核查申请材料", "check of an application"),
    evidence=("调查取证", "taking of evidence"),
    site_report=("工地与安全事故材料", "papers on site, employer and accident"),
    service_of_papers=("送达文书", "service of papers"),
    mediation_help=("协助调解", "help in a mediation"),
)
TaskKind = NewType("TaskKind", Annotated[str, _code, Known(TASK_KINDS)])
"""What help is asked for."""


TASK_RESULTS: Final = _known(
    done=("已完成", "done"),
    partly_done=("部分完成", "done in part"),
)
TaskResult = NewType("TaskResult", Annotated[str, _code, Known(TASK_RESULTS)])
"""How asked help ended."""


IMPOSSIBILITIES: Final = _known(
    not_found=("查无此人或材料", "the person or the papers cannot be found"),
    outside_powers=("超出职权", "outside of the powers of the agency"),
    third_party_refuses=("第三方不配合", "a third party does not cooperate"),
    elsewhere=("应由其他机构办理", "another agency would have to do it"),
    too_late=("已无意义", "it can serve no purpose any more"),
)
ImpossibleCode = NewType("ImpossibleCode", Annotated[str, _code, Known(IMPOSSIBILITIES)])
"""Why help cannot be given (2012 Regulation Art. 28: a written reason)."""


EXTENSIONS: Final = _known(
    helper_asked=("协作方申请延期", "the agency that helps asked for it"),
    third_party_slow=("等待第三方", "a third party is awaited"),
    more_to_do=("协作内容增加", "there is more to do than was thought"),
)
ExtensionCode = NewType("ExtensionCode", Annotated[str, _code, Known(EXTENSIONS)])
"""Why more time is given for help."""


MILESTONES: Final = _known(
    accepted=("已受理", "accepted"),
    not_competent=("无管辖权", "not competent"),
    granted=("决定援助", "aid granted"),
    assigned=("已指派", "assigned"),
    agreed=("达成协议", "agreed"),
    judged=("已判决", "judged"),
    recovered=("已追回", "money recovered"),
    concluded=("已结案", "concluded"),
    evaluated=("已评估", "evaluated"),
    withdrawn=("已撤回", "withdrawn"),
    moved=("已移交", "moved on"),
    refused=("不予援助", "aid refused"),
    terminated=("终止援助", "aid terminated"),
    objection_decided=("异议已决定", "objection decided"),
    reassigned=("更换承办人", "somebody else assigned"),
    breached=("协议未履行", "agreement breached"),
    confirmed=("已司法确认", "agreement confirmed"),
    awarded=("已裁决", "awarded"),
    award_effective=("裁决生效", "award effective"),
    judgment_final=("判决生效", "judgment final"),
    enforcing=("已申请执行", "enforcement applied for"),
    archived=("已归档", "archived"),
)
Milestone = NewType("Milestone", Annotated[str, _code, Known(MILESTONES)])
"""What followers of a case are told."""


AID_STAGES: Final = _known(
    mediation=("调解", "mediation"),
    arbitration=("劳动仲裁", "arbitration"),
    first_instance=("一审", "first instance"),
    appeal=("二审", "appeal"),
    enforcement=("执行", "enforcement"),
    non_litigation=("其他非诉讼", "other aid without litigation"),
)
AidStage = NewType("AidStage", Annotated[str, _code, Known(AID_STAGES)])
"""What aid is granted for; each stage is a grant of its own."""


MEANS_BASES: Final = _known(
    exempt_pay=("免予核查：追索劳动报酬", "exempt: claim for pay, Art. 42(3)"),
    exempt_work_injury=("免予核查：工伤", "exempt: work injury, Art. 42(3)"),
    exempt_other=("免予核查：其他情形", "exempt on another ground of Art. 42"),
    checked=("已核查", "checked, Art. 41"),
    declared=("诚信承诺", "declared by the applicant, Art. 41"),
)
MeansBasis = NewType("MeansBasis", Annotated[str, _code, Known(MEANS_BASES)])
"""How the applicant's means were dealt with (Legal Aid Law Art. 41, 42)."""


SUPPLEMENTS: Final = _known(
    papers=("材料不齐全", "papers are missing"),
    statement=("需要作出说明", "a statement is needed"),
)
SupplementCode = NewType("SupplementCode", Annotated[str, _code, Known(SUPPLEMENTS)])
"""Why the applicants are asked to supplement their application (Legal Aid Law Art. 43)."""


PAPERS: Final = _known(
    identity=("身份证明", "proof of identity"),
    application_form=("申请表", "the application form"),
    agents_authority=("代理申请人的代理权证明", "authority of who applies for another"),
    means_statement=("经济困难状况说明", "statement of means"),
    exemption_proof=("免予核查经济状况的证明", "proof that means need not be checked"),
    labour_papers=("劳动关系证明", "proof of the labour relation"),
    pay_papers=("工资或者欠条等报酬凭证", "proof of pay, such as pay slips or an IOU"),
    injury_papers=("工伤或者医疗材料", "papers on the injury"),
    case_papers=("与申请事项有关的其他材料", "other papers on the matter"),
)
PaperCode = NewType("PaperCode", Annotated[str, _code, Known(PAPERS)])
"""What is missing from an application."""


SUPPLEMENT_RESULTS: Final = _known(
    supplied=("已补充", "supplied"),
    partly_supplied=("部分补充", "supplied in part"),
    not_supplied=("逾期未补充", "not supplied in time"),
    not_needed=("不再需要", "not needed any more"),
)
SupplementResult = NewType("SupplementResult", Annotated[str, _code, Known(SUPPLEMENT_RESULTS)])
"""What came of a request to supplement an application."""


REFUSALS: Final = _known(
    out_of_scope=("不属于法律援助范围", "outside of the scope of legal aid, Art. 31"),
    means=("不符合经济困难标准", "above the standard of means, Art. 34"),
    not_the_applicants=("申请人与所涉事项无利害关系", "the matter is not the applicants' own"),
    already_aided=("同一事项已获得法律援助", "the same matter is aided already"),
    other=("其他不符合条件的情形", "not entitled on another ground"),
)
RefusalCode = NewType("RefusalCode", Annotated[str, _code, Known(REFUSALS)])
"""Why aid is refused (Legal Aid Law Art. 43)."""


TERMINATIONS: Final = _known(
    deception=("以欺骗等不正当手段获得援助", "obtained by deception, Art. 48(1)"),
    facts_hidden=("隐瞒重要事实或者提供虚假证据", "facts hidden or evidence forged, Art. 48(2)"),
    unlawful_use=("利用法律援助从事违法活动", "used for what is unlawful, Art. 48(3)"),
    means_changed=("经济状况变化不再符合条件", "means have changed, Art. 48(4)"),
    case_ended=("案件终止审理或者被撤销", "the case was ended or withdrawn, Art. 48(5)"),
    own_lawyer=("自行委托律师或者其他代理人", "they engaged a lawyer of their own, Art. 48(6)"),
    asked_for=("受援人有正当理由要求终止", "they asked for it, with good reason, Art. 48(7)"),
    other=("法律、法规规定的其他情形", "on another ground of law, Art. 48(8)"),
)
TerminationCode = NewType("TerminationCode", Annotated[str, _code, Known(TERMINATIONS)])
"""Why aid is terminated (Legal Aid Law Art. 48)."""


OBJECTED: Final = _known(
    refusal=("不予法律援助的决定", "the refusal of aid"),
    termination=("终止法律援助的决定", "the termination of aid"),
)
ObjectedCode = NewType("ObjectedCode", Annotated[str, _code, Known(OBJECTED)])
"""Which decision is objected to (Legal Aid Law Art. 49)."""


OBJECTION_RESULTS: Final = _known(
    upheld=("维持决定", "the decision is upheld"),
    corrected=("责令改正", "the centre is ordered to correct it"),
)
ObjectionResult = NewType("ObjectionResult", Annotated[str, _code, Known(OBJECTION_RESULTS)])
"""How the justice bureau decided on an objection (Legal Aid Law Art. 49)."""


ADVANCES: Final = _known(
    time_limit=(
        "距法定时效或者期限届满不足七日",
        "a time limit expires in fewer than seven days, Art. 44(1)",
    ),
    property_preservation=("需要申请财产保全", "preservation of property is needed, Art. 44(2)"),
    evidence_preservation=("需要申请证据保全", "preservation of evidence is needed, Art. 44(2)"),
    advance_execution=("需要申请先予执行", "advance execution is needed, Art. 44(2)"),
    other=("法律、法规、规章规定的其他情形", "on another ground of law, Art. 44(3)"),
)
AdvanceCode = NewType("AdvanceCode", Annotated[str, _code, Known(ADVANCES)])
"""Why aid is given before its review is decided (Legal Aid Law Art. 44)."""


LIMITATION_ACTS: Final = _known(
    claimed=("向对方当事人主张权利", "a claim against the other party"),
    relief_sought=("向有关部门请求权利救济", "relief was sought from an authority"),
    mediation_applied=("申请调解", "mediation was applied for"),
    arbitration_applied=("申请仲裁", "arbitration was applied for"),
    suit_filed=("提起诉讼或者申请支付令", "a suit was filed, or a payment order applied for"),
    enforcement_applied=("申请强制执行", "enforcement was applied for"),
    promised=("对方当事人同意履行义务", "the other party promised to perform"),
    force_majeure=("不可抗力", "force majeure"),
    no_agent=(
        "没有法定代理人或者法定代理人未确定",
        "there is no legal agent of somebody who needs one",
    ),
    relation_in_dispute=(
        "申请仲裁、提起诉讼确认劳动关系",
        "arbitration or a suit on whether there is a labour relation",
    ),
    other_obstacle=("其他正当理由或者障碍", "another good reason or obstacle"),
)
LimitationActCode = NewType("LimitationActCode", Annotated[str, _code, Known(LIMITATION_ACTS)])
"""What interrupts a time limit, so that it begins anew, or suspends it (LDMAL 27, Civil Code 194, 195)."""


ASSIGNEE_ROLES: Final = _known(
    lawyer=("律师", "lawyer"),
    legal_worker=("基层法律服务工作者", "grassroots legal worker"),
    duty_lawyer=("值班律师", "duty lawyer"),
    centre_staff=("中心工作人员", "staff of the centre"),
    mediator=("调解员", "mediator"),
)
AssigneeRole = NewType("AssigneeRole", Annotated[str, _code, Known(ASSIGNEE_ROLES)])
"""What somebody was assigned as. Nobody is both representative and mediator of one case."""


HANDINGS: Final = _known(
    on_duty=("按值班表转交", "to whom the roster says"),
    no_answer=("原值班律师未接听", "the lawyer on duty did not answer"),
    shift_over=("原值班律师已下班", "the shift is over"),
    by_name=("指名转交", "to somebody who was named"),
)
HandingCode = NewType("HandingCode", Annotated[str, _code, Known(HANDINGS)])
"""Why a consultation was handed to a lawyer."""


DUTY_REASONS: Final = _known(
    on_duty=("正在值班", "is on duty"),
    on_duty_later=("稍后值班", "is on duty later"),
    speaks_language=("能使用来电人的语言", "speaks the caller's language"),
    other_language=("不使用来电人的语言", "does not speak the caller's language"),
    this_site=("在本网点值班", "is on duty at this site"),
    other_site=("在本机构其他网点值班", "is on duty at another site of the agency"),
    not_on_roster=("不在值班表上", "is not on the roster"),
)
DutyReason = NewType("DutyReason", Annotated[str, _code, Known(DUTY_REASONS)])
"""What speaks for or against a lawyer of the roster, when somebody asks for advice."""


CONFLICTS: Final = _known(
    none=("无利害关系", "none"),
    acts_for_employer=("为用人单位代理或者提供法律服务", "acts for the employer"),
    employed_there=("在用人单位任职", "is employed by the employer"),
    related=("与用人单位有其他利害关系", "has another interest in the employer"),
)
ConflictCode = NewType("ConflictCode", Annotated[str, _code, Known(CONFLICTS)])
"""What interest in the employer somebody declares who takes on an assignment."""


REPLACEMENTS: Final = _known(
    conflict_of_interest=("有利害关系", "conflict of interest"),
    declined=("不接受指派", "declined the assignment"),
    unable=("因故不能继续办理", "cannot go on"),
    neglect=("不依法履行职责", "neglected the work"),
    applicants_asked=("受援人请求更换", "the applicants asked for another"),
    other=("其他原因", "another reason"),
)
ReplacementCode = NewType("ReplacementCode", Annotated[str, _code, Known(REPLACEMENTS)])
"""Why somebody else is assigned."""


MEDIATION_KINDS: Final = _known(
    peoples=("人民调解", "people's mediation"),
    labour=("劳动争议调解", "labour dispute mediation"),
    joint=("联合调解", "joint mediation of several agencies"),
)
MediationKind = NewType("MediationKind", Annotated[str, _code, Known(MEDIATION_KINDS)])
"""Which mediation it is; its time limit follows."""


SESSION_RESULTS: Final = _known(
    continued=("继续调解", "to be continued"),
    agreed=("达成一致", "agreed"),
    broken_off=("终止", "broken off"),
    party_absent=("当事人未到场", "a party was absent"),
)
SessionResult = NewType("SessionResult", Annotated[str, _code, Known(SESSION_RESULTS)])
"""How a session ended."""


DETERMINATIONS: Final = _known(
    agreement=("调解协议", "an agreement"),
    partial_award=("先行裁决", "a partial award"),
    award=("仲裁裁决", "an award"),
    judgment=("判决", "a judgment"),
    arbitration_settlement=("仲裁调解", "a settlement before the commission"),
    inspection_order=("劳动保障监察责令支付", "an order of labour inspection"),
)
Determination = NewType("Determination", Annotated[str, _code, Known(DETERMINATIONS)])
"""What fixed the amount that is due to a member."""


JUDGMENT_RESULTS: Final = _known(
    granted=("全部支持", "granted"),
    partly_granted=("部分支持", "granted in part"),
    dismissed=("驳回", "dismissed"),
    mediated=("法院调解", "mediated by the court"),
    withdrawn=("撤诉", "the suit was withdrawn"),
)
JudgmentResult = NewType("JudgmentResult", Annotated[str, _code, Known(JUDGMENT_RESULTS)])
"""How a court decided."""


REFERRALS: Final = _known(
    social_insurance_arrears=("社会保险欠缴", "arrears of social insurance"),
    wage_inspection=("欠薪监察", "wage arrears, to labour inspection"),
    refusal_to_pay=("拒不支付劳动报酬", "criminal refusal to pay"),
    support_for_suit=("支持起诉", "support for a suit"),
    safety_accident=("安全生产事故", "safety accident"),
    notarised_repayment=("公证还款协议", "notarised repayment agreement"),
    means_inquiry=("经济状况核查", "inquiry into means"),
    hardship_relief=("临时救助", "hardship relief"),
)
ReferralCode = NewType("ReferralCode", Annotated[str, _code, Known(REFERRALS)])
"""What is referred to another authority."""


REFERRAL_RESULTS: Final = _known(
    accepted=("已受理", "taken on"),
    declined=("不予受理", "not taken on"),
    passed_on=("已移送其他单位", "passed on to another authority"),
    measures_ordered=("已责令改正", "measures were ordered"),
    case_filed=("已立案", "a case was opened"),
    sanctioned=("已处罚", "a sanction was imposed"),
    settled=("已办结", "settled"),
    nothing_found=("未发现违法行为", "nothing unlawful was found"),
)
ReferralResult = NewType("ReferralResult", Annotated[str, _code, Known(REFERRAL_RESULTS)])
"""What an authority answered that something was referred to."""


PAYERS: Final = _known(
    employer=("用人单位", "employer"),
    general_contractor=("施工总承包单位", "general contractor"),
    labour_supplier=("劳务派遣单位", "labour supplier"),
    insurer=("保险公司", "insurer"),
    insurance_fund=("工伤保险基金", "work-injury insurance fund"),
    wage_guarantee=("工资保证金", "wage guarantee deposit"),
    court=("法院执行款", "court, from enforcement"),
    other=("其他", "another"),
)
Payer = NewType("Payer", Annotated[str, _code, Known(PAYERS)])
"""Who paid."""


PAYMENT_FORMS: Final = _known(
    transfer=("转账", "bank transfer"),
    cash=("现金", "cash"),
    in_kind=("实物", "in kind"),
)
PaymentForm = NewType("PaymentForm", Annotated[str, _code, Known(PAYMENT_FORMS)])
"""In what form it was paid."""


CLAIM_ENDS: Final = _known(
    paid=("已付清", "paid in full"),
    given_up=("放弃", "given up"),
    dismissed=("未获支持", "dismissed"),
    moved=("已移交", "the case moved"),
    withdrawn=("已撤回", "the application was withdrawn"),
    left=("退出", "the member left the case"),
)
ClaimEnd = NewType("ClaimEnd", Annotated[str, _code, Known(CLAIM_ENDS)])
"""Why a claim was closed."""


MATTER_ENDS: Final = _known(
    moved=("已移交", "the case moved"),
    withdrawn=("已撤回", "the application was withdrawn"),
)
MatterEnd = NewType("MatterEnd", Annotated[str, _code, Known(MATTER_ENDS)])
"""Why an agency stopped working on a case."""


OUTCOMES: Final = _known(
    agreement=("达成协议", "agreement"),
    award=("仲裁裁决", "award"),
    judgment=("判决", "judgment"),
    court_mediation=("法院调解", "mediated by a court"),
    arbitration_settlement=("仲裁调解", "settled before the commission"),
    no_result=("未果", "no result"),
    terminated=("终止援助", "aid terminated"),
)
Outcome = NewType("Outcome", Annotated[str, _code, Known(OUTCOMES)])
"""What the aid led to."""


# --- Proceedings: what follows an agreement, and what stands beside and behind it ---------------------------

REMEDIES: Final = _known(
    enforcement=("申请强制执行", "enforcement"),
    payment_order=("申请支付令", "a payment order"),
    arbitration=("申请劳动仲裁", "labour arbitration"),
    suit=("起诉", "a suit"),
    mediation=("重新调解", "another mediation"),
    execution_certificate=("向公证机构申请执行证书", "a certificate of execution from the notary"),
    inspection_enforcement=(
        "请劳动保障监察机构申请法院强制执行",
        "labour inspection has its order enforced by a court",
    ),
    added_compensation=("请责令加付赔偿金", "labour inspection orders compensation on top"),
    higher_court=("向上一级人民法院申请执行", "the court above executes"),
    police_report=("因拒不支付劳动报酬移送公安机关", "a report to the police over refused pay"),
)
RemedyCode = NewType("RemedyCode", Annotated[str, _code, Known(REMEDIES)])
"""A way that is open to the workers."""


REFUSAL_GROUNDS: Final = _known(
    out_of_scope=("不属于受理范围", "outside of what it decides"),
    not_competent=("无管辖权", "another one is competent"),
    late=("超过期限", "too late"),
    papers_missing=("材料不全", "papers are missing"),
    involuntary=("违背当事人意愿", "against the will of a party"),
    unlawful=("违反法律强制性规定", "against a mandatory rule"),
    harms_others=("损害国家、公共利益或者他人权益", "harms the public or others"),
    unclear=("内容不明确，无法确认或者执行", "not clear enough to be confirmed or enforced"),
    decided=("已经处理", "decided already"),
)
RefusalGround = NewType("RefusalGround", Annotated[str, _code, Known(REFUSAL_GROUNDS)])
"""Why a court or a commission does not take an application on, or turns it down."""


FILE_DEFECTS: Final = _known(
    papers_missing=("材料缺失", "papers are missing"),
    unsigned=("签名、盖章不全", "signatures or seals are missing"),
    outcome_unclear=("办理结果不清", "the outcome is not clear"),
    disordered=("装订、顺序不合要求", "not in order"),
    work_poor=("办案质量问题", "the work itself is poor"),
)
FileDefect = NewType("FileDefect", Annotated[str, _code, Known(FILE_DEFECTS)])
"""Why the file of a case is returned."""


EFFECTIVE_CAUSES: Final = _known(
    not_sued=("期满未起诉", "nobody sued in time"),
    final_award=("终局裁决", "the award is final"),
)
EffectiveCause = NewType("EffectiveCause", Annotated[str, _code, Known(EFFECTIVE_CAUSES)])
"""Why an award is effective."""


ORDER_ENDS: Final = _known(
    objection=("债务人异议成立", "the debtor objected"),
    dismissed=("驳回申请", "the application was dismissed"),
    not_served=("无法送达", "it could not be served"),
    sued=("债权人起诉", "the creditor sued"),
    withdrawn=("撤回申请", "the application was withdrawn"),
)
OrderEnd = NewType("OrderEnd", Annotated[str, _code, Known(ORDER_ENDS)])
"""Why a payment order has no effect any more, or never had one."""


DISPUTANTS: Final = _known(
    worker=("劳动者一方", "the workers"),
    employer=("用人单位一方", "the employer"),
)
Disputant = NewType("Disputant", Annotated[str, _code, Known(DISPUTANTS)])
"""A side before an arbitration commission."""


POSTPONEMENT_GROUNDS: Final = _known(
    illness=("当事人患病", "a party is ill"),
    force_majeure=("不可抗力", "force majeure"),
    short_notice=("未在法定期限内通知", "notice came too late"),
    evidence=("需要补充证据", "evidence is still to come"),
    no_representative=("代理人不能到庭", "the representative cannot come"),
    other=("其他正当理由", "another good reason"),
)
PostponementGround = NewType("PostponementGround", Annotated[str, _code, Known(POSTPONEMENT_GROUNDS)])
"""Why a party asks that a hearing be postponed."""


ADVANCE_CLAIMS: Final = _known(
    pay=("劳动报酬", "wages"),
    medical=("工伤医疗费", "medical costs of a work injury"),
    severance=("经济补偿", "severance pay"),
    damages=("赔偿金", "damages"),
)
AdvanceClaim = NewType("AdvanceClaim", Annotated[str, _code, Known(ADVANCE_CLAIMS)])
"""For what execution in advance of the award can be ordered (LDMAL Art. 44)."""


ADVANCE_REFUSALS: Final = _known(
    unclear=("权利义务关系不明确", "the rights of the parties are not clear"),
    no_hardship=("不严重影响申请人生活", "the applicant's life is not severely affected"),
    other=("其他", "another reason"),
)
AdvanceRefusal = NewType("AdvanceRefusal", Annotated[str, _code, Known(ADVANCE_REFUSALS)])
"""Why execution in advance is not ordered."""


SETTING_ASIDE_GROUNDS: Final = _known(
    law=("适用法律、法规确有错误", "the law was misapplied"),
    no_jurisdiction=("仲裁委员会无管辖权", "the commission had no jurisdiction"),
    procedure=("违反法定程序", "the procedure was not lawful"),
    forged_evidence=("证据系伪造", "evidence was forged"),
    hidden_evidence=("对方隐瞒影响公正裁决的证据", "evidence was hidden"),
    corruption=("仲裁员索贿受贿、徇私舞弊、枉法裁决", "an arbitrator was corrupt"),
)
SettingAsideGround = NewType("SettingAsideGround", Annotated[str, _code, Known(SETTING_ASIDE_GROUNDS)])
"""Why an employer asks that a final award be set aside (LDMAL Art. 49)."""


INSPECTION_APPROACHES: Final = _known(
    complaint=("投诉", "a complaint of one's own rights"),
    report=("举报", "a report of a violation"),
)
InspectionApproach = NewType("InspectionApproach", Annotated[str, _code, Known(INSPECTION_APPROACHES)])
"""How labour inspection is asked to act."""


INSPECTION_RESULTS: Final = _known(
    payment_ordered=("责令支付", "the employer is ordered to pay"),
    penalty=("行政处罚", "a penalty"),
    referred=("移送有关机关", "referred to another authority"),
    corrected=("已改正", "the employer put it right"),
    no_violation=("撤销立案", "no violation was found"),
)
InspectionResult = NewType("InspectionResult", Annotated[str, _code, Known(INSPECTION_RESULTS)])
"""What labour inspection did in the end."""


TRIAL_PROCEDURES: Final = _known(
    ordinary=("普通程序", "ordinary procedure"),
    simple=("简易程序", "summary procedure"),
    small=("小额诉讼程序", "small claims"),
)
TrialProcedure = NewType("TrialProcedure", Annotated[str, _code, Known(TRIAL_PROCEDURES)])
"""By which procedure a court tries a suit; its time limit follows."""


FINAL_CAUSES: Final = _known(
    not_appealed=("期满未上诉", "nobody appealed in time"),
    second_instance=("二审裁判", "decided on appeal"),
    mediated_on_appeal=("二审调解", "mediated by the court of second instance"),
    appeal_withdrawn=("撤回上诉", "the appeal was withdrawn"),
)
FinalCause = NewType("FinalCause", Annotated[str, _code, Known(FINAL_CAUSES)])
"""Why a judgment is final."""


ENFORCEMENT_TITLES: Final = _known(
    confirmed_agreement=("经司法确认的调解协议", "a confirmed agreement"),
    notarised_agreement=("赋予强制执行效力的公证债权文书", "a notarised agreement with its certificate"),
    partial_award=("先行裁决", "a partial award"),
    award=("仲裁裁决", "an award"),
    arbitration_settlement=("仲裁调解书", "a settlement before the commission"),
    payment_order=("支付令", "a payment order"),
    judgment=("判决", "a judgment"),
)
EnforcementTitle = NewType("EnforcementTitle", Annotated[str, _code, Known(ENFORCEMENT_TITLES)])
"""What is enforced."""


ROUND_ENDS: Final = _known(
    no_assets=("未发现可供执行财产", "no assets were found"),
    partly=("部分执行到位", "a part was recovered"),
)
RoundEnd = NewType("RoundEnd", Annotated[str, _code, Known(ROUND_ENDS)])
"""Why a court ends a round of enforcement."""


SUSPENSION_CAUSES: Final = _known(
    setting_aside=("对方申请撤销裁决", "the employer asks that the award be set aside"),
)
SuspensionCause = NewType("SuspensionCause", Annotated[str, _code, Known(SUSPENSION_CAUSES)])
"""Why an enforcement stands still."""


RESUMPTION_CAUSES: Final = _known(
    assets_found=("发现可供执行财产", "assets were found"),
    not_set_aside=("撤销申请被驳回", "the award was not set aside"),
    application_withdrawn=("撤销申请已撤回", "the application to set it aside was withdrawn"),
)
ResumptionCause = NewType("ResumptionCause", Annotated[str, _code, Known(RESUMPTION_CAUSES)])
"""Why an enforcement goes on."""


ENFORCEMENT_ENDS: Final = _known(
    set_aside=("裁决被撤销", "the award was set aside"),
    paid=("执行完毕", "all of it is paid"),
)
EnforcementEnd = NewType("EnforcementEnd", Annotated[str, _code, Known(ENFORCEMENT_ENDS)])
"""Why an enforcement is over for good."""


FOLLOW_UP_MEANS: Final = _known(
    call=("电话", "a call"),
    visit=("上门", "a visit"),
    at_window=("到窗口", "at the window"),
    message=("短信或者线上", "a message"),
)
FollowUpMeans = NewType("FollowUpMeans", Annotated[str, _code, Known(FOLLOW_UP_MEANS)])
"""How the applicants were asked afterwards."""


FOLLOW_UP_QUESTIONS: Final = _known(
    paid_in_full=("款项是否足额到账", "did all the money arrive"),
    helper_helpful=("承办人员是否尽责", "did the helper do his work well"),
    treated_worse=("是否因此受到打击报复", "were they treated worse for it"),
    working_now=("目前是否就业", "do they have work now"),
    needs_help=("是否还需要帮助", "do they need more help"),
)
FollowUpQuestion = NewType("FollowUpQuestion", Annotated[str, _code, Known(FOLLOW_UP_QUESTIONS)])
"""What the applicants are asked after the money came."""


FOLLOW_UP_REPLIES: Final = _known(
    yes=("是", "yes"),
    no=("否", "no"),
    partly=("部分", "partly"),
    not_said=("未回答", "no answer"),
)
FollowUpReply = NewType("FollowUpReply", Annotated[str, _code, Known(FOLLOW_UP_REPLIES)])
"""What they replied."""


FOLLOW_UP_OUTCOMES: Final = _known(
    nothing_open=("无后续事项", "nothing is open"),
    money_owed=("款项未到位，继续追索", "money is still owed: it is pursued"),
    complaint=("有投诉，转入核查", "there is a complaint: it is looked into"),
    more_help=("需要其他帮助，另行办理", "they need other help: it is seen to"),
    not_reached=("未能联系上", "nobody was reached"),
)
FollowUpOutcome = NewType("FollowUpOutcome", Annotated[str, _code, Known(FOLLOW_UP_OUTCOMES)])
"""What a follow-up led to."""


EVALUATION_GRADES: Final = _known(
    excellent=("优秀", "excellent"),
    good=("良好", "good"),
    qualified=("合格", "qualified"),
    unqualified=("不合格", "not qualified"),
)
EvaluationGrade = NewType("EvaluationGrade", Annotated[str, _code, Known(EVALUATION_GRADES)])
"""The result of the evaluation of a concluded case."""


PAST_ACTS: Final = _known(
    accepted=("受理", "the application was accepted"),
    refused=("决定不予法律援助", "aid was refused"),
    objection_filed=("对不予援助决定提出异议", "the applicants objected to the refusal"),
    objection_decided=("司法行政部门处理异议", "the justice bureau decided on the objection"),
    granted=("决定给予法律援助", "aid was granted"),
    assigned=("指派承办人员", "somebody was assigned"),
    engaged=("签订委托协议", "the workers engaged him"),
    mediation_proposed=("提出调解", "a mediation was proposed"),
    session=("调解会议", "the parties met"),
    agreed=("达成调解协议", "the parties agreed"),
    performed=("协议履行完毕", "all that was agreed was paid"),
    notarisation_applied=("申请还款协议公证", "both parties asked a notary to notarise the agreement"),
    notarisation_issued=("出具公证书", "the notary notarised the agreement"),
    notarisation_refused=("不予公证", "the notary did not notarise the agreement"),
    notarisation_certified=("出具执行证书", "the notary certified what can be enforced of it"),
    arbitration_filed=("申请劳动仲裁", "arbitration was applied for"),
    arbitration_accepted=("仲裁委受理", "the commission accepted"),
    arbitration_refused=("仲裁委不予受理", "the commission did not accept"),
    partly_awarded=("先行裁决", "the commission decided a part first"),
    awarded=("仲裁裁决", "the commission made an award"),
    arbitration_settled=("仲裁调解", "the parties settled before the commission"),
    arbitration_withdrawn=("撤回仲裁申请", "the application for arbitration was withdrawn"),
    set_aside_applied=("用人单位申请撤销裁决", "the employer asked a court to set the award aside"),
    set_aside_accepted=("法院受理撤销申请", "the court took that on; the award is not executed"),
    set_aside_withdrawn=("撤回撤销申请", "the employer withdrew that"),
    set_aside_dismissed=("驳回撤销申请", "the court did not set the award aside"),
    suit_filed=("起诉", "a suit was filed"),
    suit_docketed=("法院立案", "the court registered the suit"),
    judged=("一审裁判", "the court decided"),
    appealed=("上诉", "the judgment was appealed"),
    appeal_decided=("上诉审结", "the appeal ended"),
    confirmation_applied=("申请司法确认", "both parties asked a court to confirm the agreement"),
    confirmation_accepted=("法院受理司法确认", "the court accepted the application to confirm"),
    confirmation_confirmed=("司法确认有效", "the court confirmed the agreement"),
    confirmation_dismissed=("未予司法确认", "the court did not confirm the agreement"),
    order_applied=("申请支付令", "a payment order was applied for"),
    order_accepted=("法院受理支付令申请", "the court accepted the application for a payment order"),
    order_issued=("发出支付令", "the payment order was issued"),
    order_objected=("债务人提出异议", "the debtor objected to the payment order"),
    order_lapsed=("支付令失效", "the payment order lapsed"),
    enforcement_applied=("申请执行", "enforcement was applied for"),
    enforcement_ended=("终结本次执行", "the court ended this round of enforcement"),
    enforcement_resumed=("恢复执行", "the enforcement was resumed"),
    terminated=("终止法律援助", "aid was terminated"),
    withdrawn=("撤回援助申请", "the application was withdrawn"),
    concluded=("结案", "the aid was concluded"),
    note=("其他记录", "something else was noted"),
)
PastActCode = NewType("PastActCode", Annotated[str, _code, Known(PAST_ACTS)])
"""What happened to a case in the system that it was imported from."""


PAST_ROLES: Final = _known(
    clerk=("受理人员", "intake clerk"),
    caseworker=("承办人员", "caseworker"),
    lawyer=("律师", "lawyer"),
    mediator=("调解员", "mediator"),
    director=("负责人", "director"),
    other=("其他人员", "somebody else"),
)
PastRole = NewType("PastRole", Annotated[str, _code, Known(PAST_ROLES)])
"""In what role somebody acted in the system that a case was imported from."""


NOTICE_KINDS: Final = _known(
    application_received=("已收到申请", "application received"),
    case_moving=("案件移交中", "the case is offered to another agency"),
    case_moved=("案件已移交", "the case moved"),
    accepted=("已受理", "accepted"),
    not_competent=("无管辖权", "not competent"),
    aid_granted=("决定援助", "aid granted"),
    assigned=("已指派", "somebody was assigned"),
    session=("调解安排", "mediation session"),
    agreed=("达成协议", "agreed"),
    judged=("已判决", "judged"),
    paid=("已收到款项", "money received"),
    concluded=("已结案", "concluded"),
    offer_waiting=("有待答复的移交", "an offer waits for an answer"),
    task_waiting=("有待办理的协作", "a task waits"),
    case_imported=("案件已转入新系统", "the case was imported from another system"),
    case_kept=("已撤回案件的记录已转入新系统", "the history of a withdrawn case was imported"),
    deadline_missed=("已超期", "a deadline has passed"),
    right_at_risk=("权利即将届满", "a right of the applicants runs out"),
    right_lapsed=("权利已届满", "a right of the applicants has lapsed"),
    withdrawn=("已撤回", "withdrawn"),
    info_requested=("请补充材料", "papers are missing"),
    case_waiting=("有待办理的案件", "a case waits for its owner"),
    referred=("已转介", "referred to another authority"),
    evaluated=("已评估", "evaluated"),
    offer_reminded=("移交答复期限将届满", "an offer's time for the answer is running out"),
    clarification_asked=("对方请求补充说明", "an agency that was asked wants clarification"),
    clarification_arrived=("补充说明已到", "the clarification that was asked for arrived"),
    escalation_waiting=("有待指定的案件", "a case waits for a direction"),
    case_directed=("上级已指定接收", "the common superior directed a case to an agency"),
    task_impossible=("无法协作", "help that was asked for is impossible"),
    task_extended=("协作期限已延长", "there is more time for a task"),
    task_overdue=("协作已逾期", "help that was asked for is overdue"),
    task_reminded=("协作期限将届满", "a task's time is running out"),
    task_recalled=("不再需要协作", "a task is not needed any more"),
    task_done=("协作已完成", "help that was asked for is given"),
    offer_voided=("接收答复已作废", "an acceptance came too late and is void"),
    employer_alert=("多件申请涉及同一用人单位或者项目", "many applications against one employer or project"),
    # proceedings
    refused=("不予援助", "aid is refused"),
    terminated=("终止援助", "aid is terminated"),
    objection_decided=("异议已决定", "an objection is decided"),
    objection_waiting=("有待决定的异议", "an objection waits for a decision"),
    reassigned=("更换承办人", "somebody else was assigned"),
    consent_asked=("请表示是否同意协议", "consent to an agreement is asked"),
    breached=("协议未履行", "an agreement is breached"),
    breach_to_act_on=("协议到期未履行，待处理", "an agreement was not kept, and other ways are open"),
    confirmed=("已司法确认", "an agreement is confirmed"),
    awarded=("已裁决", "an award was made"),
    award_effective=("裁决生效", "an award is effective"),
    judgment_final=("判决生效", "a judgment is final"),
    enforcing=("已申请执行", "enforcement is applied for"),
    archived=("已归档", "the case is archived"),
    next_session=("下次调解时间", "the parties meet again"),
    mediation_failed=("调解终止", "the mediation came to nothing"),
    confirmation_dismissed=("未予司法确认", "a court does not confirm an agreement"),
    reviewed=("已制作仲裁调解书", "a commission issued an agreement as its own"),
    review_dismissed=("仲裁审查未通过", "a commission does not confirm an agreement"),
    arbitration_refused=("仲裁不予受理", "arbitration is not accepted"),
    arbitration_settled=("仲裁调解", "settled before the commission"),
    arbitration_withdrawn=("仲裁申请已撤回", "the application for arbitration was withdrawn"),
    hearing_set=("开庭通知", "the day of a hearing"),
    hearing_postponed=("开庭延期", "a hearing is postponed"),
    hearing_kept=("开庭不延期", "a hearing is not postponed"),
    hearing_missed=("未到庭", "the workers did not come to a hearing"),
    partly_awarded=("已先行裁决", "a partial award was made"),
    part_effective=("先行裁决生效", "a partial award is effective"),
    advance_ordered=("裁决先予执行", "execution in advance is ordered"),
    advance_refused=("不予先予执行", "execution in advance is not ordered"),
    setting_aside_asked=("对方申请撤销裁决", "the employer asks that an award be set aside"),
    setting_aside_dismissed=("裁决未撤销", "an award stands"),
    set_aside=("裁决已撤销", "an award was set aside"),
    inspection_asked=("已投诉举报", "labour inspection was asked to act"),
    inspection_accepted=("监察已立案", "labour inspection opened a case"),
    inspection_refused=("监察不予受理", "labour inspection does not take a complaint on"),
    inspection_decided=("监察已处理", "labour inspection has decided"),
    inspection_withdrawn=("投诉已撤回", "a complaint to labour inspection was withdrawn"),
    inspection_obeyed=("已按责令支付", "what labour inspection ordered is paid"),
    inspection_disobeyed=("逾期未按责令支付", "an order of labour inspection is not obeyed"),
    notarised=("已公证", "an agreement is notarised"),
    notarisation_refused=("不予公证", "an agreement is not notarised"),
    execution_certified=("已出具执行证书", "a notary certified what can be enforced"),
    order_issued=("已发支付令", "a court ordered the payment"),
    order_objected=("对方提出异议", "the debtor objected to a payment order"),
    order_unopposed=("支付令期满无异议", "nobody objected to a payment order"),
    order_lapsed=("支付令失效", "a payment order has no effect"),
    appealed=("已上诉", "a judgment was appealed"),
    round_ended=("终结本次执行", "a round of enforcement ended"),
    enforcement_suspended=("中止执行", "the enforcement stands still"),
    enforcement_resumed=("恢复执行", "the enforcement goes on"),
    enforcement_ended=("终结执行", "the enforcement is over"),
    setting_aside_withdrawn=("对方撤回撤销申请", "the employer withdrew the application to set aside"),
    way_opened=("可采取其他救济途径", "another way is open"),
    aid_advanced=("先行援助", "aid is given in advance"),
    aid_lapsed=("先行援助终止", "aid in advance lapsed"),
    referral_answered=("转交事项已答复", "an authority answered a referral"),
)
NoticeKind = NewType("NoticeKind", Annotated[str, _code, Known(NOTICE_KINDS)])
"""What a notice says; its text is a template of notify."""


RECIPIENT_KINDS: Final = _known(
    worker=("当事人", "a member of the case"),
    staff=("工作人员", "staff of an agency"),
    agency=("协作单位", "a partner agency"),
)
RecipientKind = NewType("RecipientKind", Annotated[str, _code, Known(RECIPIENT_KINDS)])
"""Who is told."""


NOTICE_CHANNELS: Final = _known(
    sms=("短信", "text message"),
    phone=("电话", "phone call"),
    mini_program=("小程序", "mini-program"),
    post=("邮寄", "post"),
    work_list=("待办列表", "work list"),
    partner_topic=("协作主题", "the agency's topic"),
)
NoticeChannel = NewType("NoticeChannel", Annotated[str, _code, Known(NOTICE_CHANNELS)])
"""How a notice goes out."""


NOTICE_FAILURES: Final = _known(
    no_address=("无联系方式", "no address is known"),
    refused=("对方拒收", "refused"),
    unreachable=("无法送达", "unreachable"),
    gateway=("网关故障", "the gateway failed"),
    key_erased=("信息已删除", "the data were erased"),
)
NoticeFailure = NewType("NoticeFailure", Annotated[str, _code, Known(NOTICE_FAILURES)])
"""Why a notice did not arrive."""


HOLD_CAUSES: Final = _known(
    poison=("无法处理", "an event or timer failed for good"),
    gap=("缺号", "an event before it never came"),
    behind=("前序未到", "its causes never came"),
    key=("缺密钥", "its key never came"),
    incarnation=("来源存疑", "its source is not recognised"),
)
HoldCause = NewType("HoldCause", Annotated[str, _code, Known(HOLD_CAUSES)])
"""Why the events of a case are held."""


RELEASE_WAYS: Final = _known(
    redriven=("重新处理", "applied again"),
    edited=("更正后处理", "applied after an edit"),
    discarded=("丢弃", "discarded"),
    arrived=("已补到", "what was missing arrived"),
    adopted=("来源已确认", "a person adopted the source"),
)
ReleaseWay = NewType("ReleaseWay", Annotated[str, _code, Known(RELEASE_WAYS)])
"""How a hold ended."""


ERASURES: Final = _known(
    retention_over=("保存期满", "the time of retention is over"),
    subject_request=("本人请求", "the person asked for it"),
    order=("主管机关决定", "ordered by an authority"),
    entered_in_error=("录入错误", "entered in error"),
)
ErasureCode = NewType("ErasureCode", Annotated[str, _code, Known(ERASURES)])
"""Why keys were erased (Personal Information Protection Law Art. 47)."""


LANGUAGES: Final = {
    "zh": Wording("普通话", "Mandarin"),
    "yue": Wording("粤语", "Cantonese"),
    "ii": Wording("彝语", "Nuosu"),
    "bo": Wording("藏语", "Tibetan"),
    "ug": Wording("维吾尔语", "Uyghur"),
    "mn": Wording("蒙古语", "Mongolian"),
    "za": Wording("壮语", "Zhuang"),
    "kk": Wording("哈萨克语", "Kazakh"),
    "ko": Wording("朝鲜语", "Korean"),
}
Language = NewType("Language", Annotated[str, _code, Known(LANGUAGES)])
"""The language that the applicants speak best, as in ISO 639."""

LEGAL_BASES: Final = {
    code: Wording(zh, en)
    for code, zh, en in (
        ("LAL-31", "法律援助法第三十一条", "Legal Aid Law Art. 31: scope"),
        ("LAL-31-2", "法律援助法第三十一条第二项", "Legal Aid Law Art. 31(2): social insurance, relief"),
        ("LAL-31-5", "法律援助法第三十一条第五项", "Legal Aid Law Art. 31(5): labour relation, pay"),
        ("LAL-31-7", "法律援助法第三十一条第七项", "Legal Aid Law Art. 31(7): personal injury"),
        ("LAL-31-9", "法律援助法第三十一条第九项", "Legal Aid Law Art. 31(9): what other laws add"),
        ("LAL-32", "法律援助法第三十二条", "Legal Aid Law Art. 32: whoever's means do not matter"),
        ("LAL-34", "法律援助法第三十四条", "Legal Aid Law Art. 34: standard of hardship"),
        ("LAL-38", "法律援助法第三十八条", "Legal Aid Law Art. 38: competence"),
        ("LAL-41", "法律援助法第四十一条", "Legal Aid Law Art. 41: check of means"),
        ("LAL-42-1", "法律援助法第四十二条第一项", "Legal Aid Law Art. 42(1): exempt from the check"),
        ("LAL-42-2", "法律援助法第四十二条第二项", "Legal Aid Law Art. 42(2): exempt from the check"),
        ("LAL-42-3", "法律援助法第四十二条第三项", "Legal Aid Law Art. 42(3): exempt from the check"),
        ("LAL-43", "法律援助法第四十三条", "Legal Aid Law Art. 43: review, grant, assignment"),
        ("LAL-44", "法律援助法第四十四条", "Legal Aid Law Art. 44: aid in advance"),
        ("LAL-48", "法律援助法第四十八条", "Legal Aid Law Art. 48: termination"),
        ("LAL-49", "法律援助法第四十九条", "Legal Aid Law Art. 49: objection"),
        (
            "LDMAL-2",
            "劳动争议调解仲裁法第二条",
            "Labour Dispute Mediation and Arbitration Law Art. 2: which disputes",
        ),
        (
            "LDMAL-5",
            "劳动争议调解仲裁法第五条",
            "Labour Dispute Mediation and Arbitration Law Art. 5: mediation, arbitration, suit",
        ),
        ("LDMAL-14", "劳动争议调解仲裁法第十四条", "Labour Dispute Mediation and Arbitration Law Art. 14"),
        ("LDMAL-27", "劳动争议调解仲裁法第二十七条", "the same, Art. 27: limitation"),
        ("CIVIL-CODE-188", "民法典第一百八十八条", "Civil Code Art. 188: limitation of three years"),
        ("CPL-122", "民事诉讼法第一百二十二条", "Civil Procedure Law Art. 122: when a suit is heard"),
        (
            "LABOUR-INSPECTION-11",
            "劳动保障监察条例第十一条",
            "Regulation on Labour Inspection Art. 11: what is inspected",
        ),
        (
            "NEW-FORM-2021-56",
            "人社部发〔2021〕56号",
            "guidance of 2021 on workers in new forms of work (Document 56)",
        ),
        ("PML-31", "人民调解法第三十一条", "People's Mediation Law Art. 31: effect of the agreement"),
        (
            "SPC-LABOUR-1-15",
            "劳动争议司法解释（一）第十五条",
            "SPC Interpretation I on labour disputes Art. 15",
        ),
        ("SPC-LABOUR-1-51", "劳动争议司法解释（一）第五十一条", "the same, Art. 51: breached pay agreement"),
        (
            "SPC-LABOUR-1-25",
            "劳动争议司法解释（一）第二十五条",
            "the same, Art. 25: while an award is being set aside it is not executed",
        ),
        (
            "CPL-237",
            "民事诉讼法第二百三十七条",
            "Civil Procedure Law Art. 237: what is not executed in six months",
        ),
        (
            "SPC-LABOUR-1-17",
            "劳动争议司法解释（一）第十七条",
            "the same, Art. 17: an award, worker by worker",
        ),
        ("PML-32", "人民调解法第三十二条", "People's Mediation Law Art. 32: suit over an agreement"),
        ("PML-33", "人民调解法第三十三条", "the same, Art. 33: judicial confirmation"),
        ("LDMAL-5", "劳动争议调解仲裁法第五条", "Labour Dispute Mediation and Arbitration Law Art. 5"),
        ("LDMAL-15", "劳动争议调解仲裁法第十五条", "Labour Dispute Mediation and Arbitration Law Art. 15"),
        ("LDMAL-16", "劳动争议调解仲裁法第十六条", "the same, Art. 16: payment order"),
        ("LDMAL-29", "劳动争议调解仲裁法第二十九条", "the same, Art. 29: acceptance, silence, refusal"),
        ("LDMAL-35", "劳动争议调解仲裁法第三十五条", "the same, Art. 35: notice of a hearing, postponement"),
        ("LDMAL-36", "劳动争议调解仲裁法第三十六条", "the same, Art. 36: who does not come to a hearing"),
        ("LDMAL-44", "劳动争议调解仲裁法第四十四条", "the same, Art. 44: advance execution"),
        ("LDMAL-49", "劳动争议调解仲裁法第四十九条", "the same, Art. 49: a final award is set aside"),
        ("LDMAL-43", "劳动争议调解仲裁法第四十三条", "the same, Art. 43: time for the award"),
        ("LDMAL-47", "劳动争议调解仲裁法第四十七条", "the same, Art. 47: final awards"),
        ("LDMAL-50", "劳动争议调解仲裁法第五十条", "the same, Art. 50: suit after an award"),
        (
            "LABOUR-ARBITRATION-RULES-74",
            "劳动人事争议仲裁办案规则第七十四条",
            "Rules on Labour Arbitration (2017) Art. 74: review of a mediated agreement",
        ),
        ("LDMAL-51", "劳动争议调解仲裁法第五十一条", "the same, Art. 51: enforcement"),
        (
            "LABOUR-INSPECTION-17",
            "劳动保障监察条例第十七条",
            "Regulation on Labour Inspection Art. 17: time for the investigation",
        ),
        (
            "LABOUR-INSPECTION-18",
            "劳动保障监察条例第十八条",
            "the same, Art. 18: what follows the investigation",
        ),
        (
            "LABOUR-INSPECTION-21",
            "劳动保障监察条例第二十一条",
            "the same, Art. 21: disputes that go to arbitration",
        ),
        (
            "LABOUR-INSPECTION-RULES-18",
            "关于实施《劳动保障监察条例》若干规定第十八条",
            "Rules on Labour Inspection (2004) Art. 18: acceptance of a complaint",
        ),
        (
            "LABOUR-INSPECTION-RULES-44",
            "关于实施《劳动保障监察条例》若干规定第四十四条",
            "the same, Art. 44: an order that is not obeyed is enforced by a court",
        ),
        ("LCL-85", "劳动合同法第八十五条", "Labour Contract Law Art. 85: compensation on top of pay"),
        (
            "CRIMINAL-276-1",
            "刑法第二百七十六条之一",
            "Criminal Law Art. 276-1: pay that is refused after it was ordered",
        ),
        ("NOTARY-30", "公证法第三十条", "Notarisation Law Art. 30: time for the certificate"),
        ("NOTARY-37", "公证法第三十七条", "the same, Art. 37: notarised claims are enforced"),
        (
            "CPL-249",
            "民事诉讼法第二百四十九条",
            "Civil Procedure Law Art. 249: enforcement of notarised claims",
        ),
        ("LCL-30", "劳动合同法第三十条", "Labour Contract Law Art. 30: payment order"),
        ("CPL-56", "民事诉讼法第五十六条", "Civil Procedure Law Art. 56: representatives"),
        ("CPL-171", "民事诉讼法第一百七十一条", "the same, Art. 171: appeal"),
        ("CPL-225", "民事诉讼法第二百二十五条", "the same, Art. 225: payment order"),
        ("CPL-227", "民事诉讼法第二百二十七条", "the same, Art. 227: objection to a payment order"),
        ("CPL-228", "民事诉讼法第二百二十八条", "the same, Art. 228: end of a payment order"),
        ("CPL-247", "民事诉讼法第二百四十七条", "the same, Art. 247: enforcement of judgments"),
        ("WAGES-10", "保障农民工工资支付条例第十条", "Wages Regulation Art. 10: reports are handed on"),
        (
            "WAGES-30",
            "保障农民工工资支付条例第三十条",
            "Wages Regulation Art. 30: general contractor pays first",
        ),
        ("WAGES-45", "保障农民工工资支付条例第四十五条", "Wages Regulation Art. 45: legal aid for wages"),
        ("PIPL-13-3", "个人信息保护法第十三条第三项", "Personal Information Protection Law Art. 13(3)"),
        ("PIPL-23", "个人信息保护法第二十三条", "the same, Art. 23: separate consent"),
        ("PIPL-47", "个人信息保护法第四十七条", "the same, Art. 47: deletion"),
        ("AGREEMENT", "协作协议", "an agreement between the agencies"),
        (
            "LOCAL-ACCEPTANCE-DISPUTE",
            "河南第二十八条等地方规定：共同上级决定",
            "local rules, such as Henan Art. 28: the common superior decides",
        ),
    )
}
LegalBasis = NewType(
    "LegalBasis", Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{0,63}$"), Known(LEGAL_BASES)]
)
"""The article that an act or a refusal rests on: law, article, paragraph. Local rules add their own."""

"""What is applied for, by what kind of worker, how and why it goes first."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

CASE_TYPES: Final = known(
    wage_arrears=("拖欠劳动报酬", "wage arrears"),
    work_injury=("工伤", "work injury"),
    traffic_accident=("交通事故", "traffic accident"),
    death_compensation=("死亡赔偿", "death compensation"),
    labour_relation=("劳动关系或劳动合同", "labour relation or contract"),
    social_insurance=("社会保险", "social insurance"),
    service_pay=("劳务报酬", "pay for services, without a labour relation"),
)
CaseType = NewType("CaseType", Annotated[str, CODE, Known(CASE_TYPES)])
"""What is claimed. Legal Aid Law Art. 42(3) exempts pay and work injury alone from the check of means."""


WORKER_CLASSES: Final = known(
    migrant_worker=("农民工", "migrant worker"),
    rider=("外卖骑手", "delivery rider"),
    courier=("快递员", "courier"),
    ride_hailing_driver=("网约车司机", "ride-hailing driver"),
    confinement_nanny=("月嫂", "confinement nanny"),
    livestream_host=("网络主播", "livestream host"),
    other_new_form=("其他新就业形态劳动者", "other new form of work"),
    other=("其他劳动者", "other worker"),
)
WorkerClass = NewType("WorkerClass", Annotated[str, CODE, Known(WORKER_CLASSES)])
"""What kind of worker applies."""


RELATIONS: Final = known(
    labour=("劳动关系", "labour relation"),
    quasi=("不完全符合劳动关系", "quasi-labour relation"),
    service=("劳务关系", "service relation"),
    unknown=("待查明", "not yet known"),
)
Relation = NewType("Relation", Annotated[str, CODE, Known(RELATIONS)])
"""The relation to the employer, which decides between arbitration and court."""


CHANNELS: Final = known(
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
Channel = NewType("Channel", Annotated[str, CODE, Known(CHANNELS)])
"""Where the application came in."""


EVIDENCE: Final = known(
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
EvidenceCode = NewType("EvidenceCode", Annotated[str, CODE, Known(EVIDENCE)])
"""What evidence is at hand; the papers themselves are sealed."""


PRIORITY_REASONS: Final = known(
    pay_claim=("追索劳动报酬", "claim for pay"),
    work_injury_claim=("工伤赔偿", "claim for work injury"),
    death=("人员死亡", "a person died"),
    group=("群体性案件", "ten or more workers"),
    limitation_near=("时效将届满", "a time limit expires within seven days"),
    centre_policy=("中心优先办理政策", "policy of the centre"),
)
PriorityReason = NewType("PriorityReason", Annotated[str, CODE, Known(PRIORITY_REASONS)])
"""Why a case goes first."""


WITHDRAWALS: Final = known(
    applicant_request=("申请人撤回", "the applicant asked for it"),
    settled_elsewhere=("已通过其他途径解决", "settled elsewhere"),
    duplicate=("重复申请", "already applied for"),
    entered_in_error=("录入错误", "entered in error"),
    not_supplied=("逾期未补充材料，视为撤回", "deemed withdrawn: nothing was supplied in time"),
)
WithdrawalCode = NewType("WithdrawalCode", Annotated[str, CODE, Known(WITHDRAWALS)])
"""Why an application was withdrawn."""


LINK_CAUSES: Final = known(
    deemed_withdrawn=("前次申请视为撤回", "the earlier application was deemed withdrawn"),
    withdrawn=("前次申请已撤回", "the earlier application was withdrawn"),
)
LinkCause = NewType("LinkCause", Annotated[str, CODE, Known(LINK_CAUSES)])
"""Why an application is linked to an earlier one."""


ALERT_SUBJECTS: Final = known(
    employer=("用人单位", "employer"),
    project=("工程项目", "project"),
)
AlertSubject = NewType("AlertSubject", Annotated[str, CODE, Known(ALERT_SUBJECTS)])
"""What several applications have in common that raise an alert."""

"""Who is told what, how, and why it did not arrive."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

NOTICE_KINDS: Final = known(
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
    alert_figures=("多件申请涉及同一用人单位或者项目（仅数字）", "figures of an alert, without a case"),
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
NoticeKind = NewType("NoticeKind", Annotated[str, CODE, Known(NOTICE_KINDS)])
"""What a notice says; its text is a template of notify."""


RECIPIENT_KINDS: Final = known(
    worker=("当事人", "a member of the case"),
    staff=("工作人员", "staff of an agency"),
    agency=("协作单位", "a partner agency"),
)
RecipientKind = NewType("RecipientKind", Annotated[str, CODE, Known(RECIPIENT_KINDS)])
"""Who is told."""


NOTICE_CHANNELS: Final = known(
    sms=("短信", "text message"),
    phone=("电话", "phone call"),
    mini_program=("小程序", "mini-program"),
    post=("邮寄", "post"),
    work_list=("待办列表", "work list"),
    partner_topic=("协作主题", "the agency's topic"),
)
NoticeChannel = NewType("NoticeChannel", Annotated[str, CODE, Known(NOTICE_CHANNELS)])
"""How a notice goes out."""


NOTICE_FAILURES: Final = known(
    no_address=("无联系方式", "no address is known"),
    refused=("对方拒收", "refused"),
    unreachable=("无法送达", "unreachable"),
    gateway=("网关故障", "the gateway failed"),
    key_erased=("信息已删除", "the data were erased"),
)
NoticeFailure = NewType("NoticeFailure", Annotated[str, CODE, Known(NOTICE_FAILURES)])
"""Why a notice did not arrive."""

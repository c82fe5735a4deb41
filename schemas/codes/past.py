"""What a case went through in the system that it was imported from."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

PAST_ACTS: Final = known(
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
    consent_refused=("成员不同意协议", "members of a group did not consent to the agreement"),
    performed=("协议履行完毕", "all that was agreed was paid"),
    notarisation_applied=("申请还款协议公证", "both parties asked a notary to notarise the agreement"),
    notarisation_issued=("出具公证书", "the notary notarised the agreement"),
    notarisation_refused=("不予公证", "the notary did not notarise the agreement"),
    notarisation_certified=("出具执行证书", "the notary certified what can be enforced of it"),
    inspection_reported=("向劳动监察投诉、举报", "labour inspection was asked to act"),
    inspection_accepted=("劳动监察立案", "labour inspection took it on"),
    inspection_refused=("劳动监察不予受理", "labour inspection did not take it on"),
    inspection_extended=("劳动监察延期", "labour inspection has more time"),
    inspection_decided=("劳动监察处理", "labour inspection decided"),
    inspection_withdrawn=("撤回投诉", "the complaint to labour inspection was withdrawn"),
    arbitration_filed=("申请劳动仲裁", "arbitration was applied for"),
    arbitration_accepted=("仲裁委受理", "the commission accepted"),
    arbitration_refused=("仲裁委不予受理", "the commission did not accept"),
    arbitration_extended=("仲裁延期", "the commission has more time for its award"),
    advance_execution_applied=("申请先予执行", "execution in advance of the award was asked for"),
    advance_execution_ordered=("裁决先予执行", "it was ordered, and moved to the court"),
    advance_execution_refused=("不予先予执行", "it was not ordered"),
    partly_awarded=("先行裁决", "the commission decided a part first"),
    awarded=("仲裁裁决", "the commission made an award"),
    arbitration_settled=("仲裁调解", "the parties settled before the commission"),
    arbitration_withdrawn=("撤回仲裁申请", "the application for arbitration was withdrawn"),
    set_aside_applied=("用人单位申请撤销裁决", "the employer asked a court to set the award aside"),
    set_aside_accepted=("法院受理撤销申请", "the court took that on; the award is not executed"),
    set_aside_withdrawn=("撤回撤销申请", "the employer withdrew that"),
    set_aside_dismissed=("驳回撤销申请", "the court did not set the award aside"),
    set_aside_granted=("撤销仲裁裁决", "the court set the award aside; the parties may sue"),
    suit_filed=("起诉", "a suit was filed"),
    suit_docketed=("法院立案", "the court registered the suit"),
    judged=("一审裁判", "the court decided"),
    appealed=("上诉", "the judgment was appealed"),
    appeal_decided=("上诉审结", "the appeal ended"),
    confirmation_applied=("申请司法确认", "both parties asked a court to confirm the agreement"),
    confirmation_accepted=("法院受理司法确认", "the court accepted the application to confirm"),
    confirmation_confirmed=("司法确认有效", "the court confirmed the agreement"),
    confirmation_dismissed=("未予司法确认", "the court did not confirm the agreement"),
    arbitration_review_applied=("申请仲裁审查", "both parties asked a commission to review the agreement"),
    arbitration_review_confirmed=("仲裁委制作调解书", "the commission issued the agreement as its own"),
    arbitration_review_dismissed=("仲裁审查未通过", "the commission did not confirm the agreement"),
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
PastActCode = NewType("PastActCode", Annotated[str, CODE, Known(PAST_ACTS)])
"""What happened to a case in the system that it was imported from."""


PAST_ROLES: Final = known(
    clerk=("受理人员", "intake clerk"),
    caseworker=("承办人员", "caseworker"),
    lawyer=("律师", "lawyer"),
    mediator=("调解员", "mediator"),
    director=("负责人", "director"),
    other=("其他人员", "somebody else"),
)
PastRole = NewType("PastRole", Annotated[str, CODE, Known(PAST_ROLES)])
"""In what role somebody acted in the system that a case was imported from."""

"""How another agency is asked to take a case, and what it answers."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

ASKED_RESULTS: Final = known(
    accepted=("同意接收", "accepted"),
    rejected=("退回", "rejected"),
    lapsed=("逾期未答复", "did not answer in time"),
    undelivered=("未送达", "could not be reached"),
    recalled=("撤回", "asked back by the sender"),
)
AskedResult = NewType("AskedResult", Annotated[str, CODE, Known(ASKED_RESULTS)])
"""How asking an agency ended."""


OFFER_ENDS: Final = known(
    completed=("已移交", "the case moved"),
    rejected=("已退回", "rejected"),
    recalled=("已撤回", "recalled"),
    lapsed=("已逾期", "lapsed"),
    voided=("接收无效", "the acceptance came too late"),
)
OfferEnd = NewType("OfferEnd", Annotated[str, CODE, Known(OFFER_ENDS)])
"""How an offer ended."""


LAPSE_CAUSES: Final = known(
    not_delivered=("未送达", "no technical receipt came"),
    not_answered=("未答复", "no answer came"),
)
LapseCause = NewType("LapseCause", Annotated[str, CODE, Known(LAPSE_CAUSES)])
"""Which deadline of an offer passed."""


RECALLS: Final = known(
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
RecallCode = NewType("RecallCode", Annotated[str, CODE, Known(RECALLS)])
"""Why an offer, or a request for help, was taken back."""


REJECTIONS: Final = known(
    not_competent=("无管辖权", "not competent"),
    other_received_first=("其他机构已先受理", "another agency received it first"),
    same_case_open=("同一案件正在办理", "the same case is open here"),
    conflict_of_interest=("利益冲突", "conflict of interest"),
    out_of_scope=("不属于法律援助范围", "outside of the scope of legal aid"),
    no_agreement=("无协作协议", "no agreement covers it"),
    no_capacity=("无承接能力", "no capacity"),
    facts_insufficient=("案情不清", "the facts do not suffice"),
)
RejectionCode = NewType("RejectionCode", Annotated[str, CODE, Known(REJECTIONS)])
"""Why an agency does not take a case on; each needs a legal basis."""


NO_PROPOSALS: Final = known(
    none_known=("不知有其他管辖机构", "knows of nobody who is competent"),
    owner_competent=("移送方自身有管辖权", "the agency that asks is competent itself"),
    outside_legal_aid=("不属于法律援助机构管辖", "no legal-aid agency is competent"),
)
NoProposalCode = NewType("NoProposalCode", Annotated[str, CODE, Known(NO_PROPOSALS)])
"""Why an agency that does not take a case on proposes no other."""


CLARIFICATIONS: Final = known(
    facts=("案情", "the facts"),
    evidence=("证据", "the evidence"),
    identity=("当事人身份", "who the applicants are"),
    contact=("联系方式", "how the applicants are reached"),
    competence=("管辖依据", "what competence rests on"),
    claim=("请求事项与金额", "what is claimed, and how much"),
)
ClarificationCode = NewType("ClarificationCode", Annotated[str, CODE, Known(CLARIFICATIONS)])
"""What an agency that is asked wants to know before it answers."""


REMINDED: Final = known(
    addressee=("承办机构", "the agency that must act"),
    director=("承办机构负责人", "who leads that agency"),
    sender=("等待答复的机构", "the agency that waits"),
    superior=("共同上级", "the common superior"),
)
Reminded = NewType("Reminded", Annotated[str, CODE, Known(REMINDED)])
"""Whom a reminder goes to."""


ESCALATIONS: Final = known(
    refused_twice=("两次退回或逾期", "two agencies refused or did not answer"),
    nobody_left=("无其他可移交机构", "nobody is left to ask"),
    direction_failed=("指定的移交未成", "the offer that was directed came to nothing"),
)
EscalationCause = NewType("EscalationCause", Annotated[str, CODE, Known(ESCALATIONS)])
"""Why the common superior is asked to decide."""

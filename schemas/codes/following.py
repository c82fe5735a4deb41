"""What earlier owners hear of a case, and what still reaches them."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

FORWARDED_CHANGES: Final = known(
    withdrawn=("申请撤回", "the applicants want no aid any more"),
    member=("成员", "a member's data"),
    member_left=("成员退出", "a member left"),
    document=("材料", "a document"),
    contact=("联系方式", "how the applicants are reached"),
    representatives=("代表人", "who speaks for a group"),
)
ForwardedChange = NewType("ForwardedChange", Annotated[str, CODE, Known(FORWARDED_CHANGES)])
"""What reached a province that no longer has the case."""


MILESTONES: Final = known(
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
Milestone = NewType("Milestone", Annotated[str, CODE, Known(MILESTONES)])
"""What followers of a case are told."""

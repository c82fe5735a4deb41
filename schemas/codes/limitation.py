"""What interrupts or suspends a time limit."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

LIMITATION_ACTS: Final = known(
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
LimitationActCode = NewType("LimitationActCode", Annotated[str, CODE, Known(LIMITATION_ACTS)])
"""What interrupts a time limit, so that it begins anew, or suspends it (LDMAL 27, Civil Code 194, 195)."""

"""How courts try and decide suits, and how payment orders end."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

JUDGMENT_RESULTS: Final = known(
    granted=("全部支持", "granted"),
    partly_granted=("部分支持", "granted in part"),
    dismissed=("驳回", "dismissed"),
    mediated=("法院调解", "mediated by the court"),
    withdrawn=("撤诉", "the suit was withdrawn"),
)
JudgmentResult = NewType("JudgmentResult", Annotated[str, CODE, Known(JUDGMENT_RESULTS)])
"""How a court decided."""


ORDER_ENDS: Final = known(
    objection=("债务人异议成立", "the debtor objected"),
    dismissed=("驳回申请", "the application was dismissed"),
    not_served=("无法送达", "it could not be served"),
    sued=("债权人起诉", "the creditor sued"),
    withdrawn=("撤回申请", "the application was withdrawn"),
)
OrderEnd = NewType("OrderEnd", Annotated[str, CODE, Known(ORDER_ENDS)])
"""Why a payment order has no effect any more, or never had one."""


TRIAL_PROCEDURES: Final = known(
    ordinary=("普通程序", "ordinary procedure"),
    simple=("简易程序", "summary procedure"),
    small=("小额诉讼程序", "small claims"),
)
TrialProcedure = NewType("TrialProcedure", Annotated[str, CODE, Known(TRIAL_PROCEDURES)])
"""By which procedure a court tries a suit; its time limit follows."""


FINAL_CAUSES: Final = known(
    not_appealed=("期满未上诉", "nobody appealed in time"),
    second_instance=("二审裁判", "decided on appeal"),
    mediated_on_appeal=("二审调解", "mediated by the court of second instance"),
    appeal_withdrawn=("撤回上诉", "the appeal was withdrawn"),
)
FinalCause = NewType("FinalCause", Annotated[str, CODE, Known(FINAL_CAUSES)])
"""Why a judgment is final."""

"""What is enforced, and why an enforcement stands still, goes on or ends."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

ENFORCEMENT_TITLES: Final = known(
    confirmed_agreement=("经司法确认的调解协议", "a confirmed agreement"),
    notarised_agreement=("赋予强制执行效力的公证债权文书", "a notarised agreement with its certificate"),
    partial_award=("先行裁决", "a partial award"),
    award=("仲裁裁决", "an award"),
    arbitration_settlement=("仲裁调解书", "a settlement before the commission"),
    payment_order=("支付令", "a payment order"),
    judgment=("判决", "a judgment"),
)
EnforcementTitle = NewType("EnforcementTitle", Annotated[str, CODE, Known(ENFORCEMENT_TITLES)])
"""What is enforced."""


ROUND_ENDS: Final = known(
    no_assets=("未发现可供执行财产", "no assets were found"),
    partly=("部分执行到位", "a part was recovered"),
)
RoundEnd = NewType("RoundEnd", Annotated[str, CODE, Known(ROUND_ENDS)])
"""Why a court ends a round of enforcement."""


SUSPENSION_CAUSES: Final = known(
    setting_aside=("对方申请撤销裁决", "the employer asks that the award be set aside"),
)
SuspensionCause = NewType("SuspensionCause", Annotated[str, CODE, Known(SUSPENSION_CAUSES)])
"""Why an enforcement stands still."""


RESUMPTION_CAUSES: Final = known(
    assets_found=("发现可供执行财产", "assets were found"),
    not_set_aside=("撤销申请被驳回", "the award was not set aside"),
    application_withdrawn=("撤销申请已撤回", "the application to set it aside was withdrawn"),
)
ResumptionCause = NewType("ResumptionCause", Annotated[str, CODE, Known(RESUMPTION_CAUSES)])
"""Why an enforcement goes on."""


ENFORCEMENT_ENDS: Final = known(
    set_aside=("裁决被撤销", "the award was set aside"),
    paid=("执行完毕", "all of it is paid"),
)
EnforcementEnd = NewType("EnforcementEnd", Annotated[str, CODE, Known(ENFORCEMENT_ENDS)])
"""Why an enforcement is over for good."""

"""What is due to a member, who paid it and how, and why a claim was closed."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

DETERMINATIONS: Final = known(
    agreement=("调解协议", "an agreement"),
    partial_award=("先行裁决", "a partial award"),
    award=("仲裁裁决", "an award"),
    judgment=("判决", "a judgment"),
    arbitration_settlement=("仲裁调解", "a settlement before the commission"),
    inspection_order=("劳动保障监察责令支付", "an order of labour inspection"),
)
Determination = NewType("Determination", Annotated[str, CODE, Known(DETERMINATIONS)])
"""What fixed the amount that is due to a member."""


PAYERS: Final = known(
    employer=("用人单位", "employer"),
    general_contractor=("施工总承包单位", "general contractor"),
    labour_supplier=("劳务派遣单位", "labour supplier"),
    insurer=("保险公司", "insurer"),
    insurance_fund=("工伤保险基金", "work-injury insurance fund"),
    wage_guarantee=("工资保证金", "wage guarantee deposit"),
    court=("法院执行款", "court, from enforcement"),
    other=("其他", "another"),
)
Payer = NewType("Payer", Annotated[str, CODE, Known(PAYERS)])
"""Who paid."""


PAYMENT_FORMS: Final = known(
    transfer=("转账", "bank transfer"),
    cash=("现金", "cash"),
    in_kind=("实物", "in kind"),
)
PaymentForm = NewType("PaymentForm", Annotated[str, CODE, Known(PAYMENT_FORMS)])
"""In what form it was paid."""


CLAIM_ENDS: Final = known(
    paid=("已付清", "paid in full"),
    given_up=("放弃", "given up"),
    dismissed=("未获支持", "dismissed"),
    moved=("已移交", "the case moved"),
    withdrawn=("已撤回", "the application was withdrawn"),
    left=("退出", "the member left the case"),
)
ClaimEnd = NewType("ClaimEnd", Annotated[str, CODE, Known(CLAIM_ENDS)])
"""Why a claim was closed."""

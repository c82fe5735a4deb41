"""What is referred to another authority, and what it answered."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

REFERRALS: Final = known(
    social_insurance_arrears=("社会保险欠缴", "arrears of social insurance"),
    wage_inspection=("欠薪监察", "wage arrears, to labour inspection"),
    refusal_to_pay=("拒不支付劳动报酬", "criminal refusal to pay"),
    support_for_suit=("支持起诉", "support for a suit"),
    safety_accident=("安全生产事故", "safety accident"),
    notarised_repayment=("公证还款协议", "notarised repayment agreement"),
    means_inquiry=("经济状况核查", "inquiry into means"),
    hardship_relief=("临时救助", "hardship relief"),
)
ReferralCode = NewType("ReferralCode", Annotated[str, CODE, Known(REFERRALS)])
"""What is referred to another authority."""


REFERRAL_RESULTS: Final = known(
    accepted=("已受理", "taken on"),
    declined=("不予受理", "not taken on"),
    passed_on=("已移送其他单位", "passed on to another authority"),
    measures_ordered=("已责令改正", "measures were ordered"),
    case_filed=("已立案", "a case was opened"),
    sanctioned=("已处罚", "a sanction was imposed"),
    settled=("已办结", "settled"),
    nothing_found=("未发现违法行为", "nothing unlawful was found"),
)
ReferralResult = NewType("ReferralResult", Annotated[str, CODE, Known(REFERRAL_RESULTS)])
"""What an authority answered that something was referred to."""

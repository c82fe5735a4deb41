"""What all proceedings have in common: the ways that are open, and why an application is turned down."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

REMEDIES: Final = known(
    enforcement=("申请强制执行", "enforcement"),
    payment_order=("申请支付令", "a payment order"),
    arbitration=("申请劳动仲裁", "labour arbitration"),
    suit=("起诉", "a suit"),
    mediation=("重新调解", "another mediation"),
    execution_certificate=("向公证机构申请执行证书", "a certificate of execution from the notary"),
    inspection_enforcement=(
        "请劳动保障监察机构申请法院强制执行",
        "labour inspection has its order enforced by a court",
    ),
    added_compensation=("请责令加付赔偿金", "labour inspection orders compensation on top"),
    higher_court=("向上一级人民法院申请执行", "the court above executes"),
    police_report=("因拒不支付劳动报酬移送公安机关", "a report to the police over refused pay"),
)
RemedyCode = NewType("RemedyCode", Annotated[str, CODE, Known(REMEDIES)])
"""A way that is open to the workers."""


REFUSAL_GROUNDS: Final = known(
    out_of_scope=("不属于受理范围", "outside of what it decides"),
    not_competent=("无管辖权", "another one is competent"),
    late=("超过期限", "too late"),
    papers_missing=("材料不全", "papers are missing"),
    involuntary=("违背当事人意愿", "against the will of a party"),
    unlawful=("违反法律强制性规定", "against a mandatory rule"),
    harms_others=("损害国家、公共利益或者他人权益", "harms the public or others"),
    unclear=("内容不明确，无法确认或者执行", "not clear enough to be confirmed or enforced"),
    decided=("已经处理", "decided already"),
)
RefusalGround = NewType("RefusalGround", Annotated[str, CODE, Known(REFUSAL_GROUNDS)])
"""Why a court or a commission does not take an application on, or turns it down."""

"""What documents are, and why they are removed."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

DOCUMENT_KINDS: Final = known(
    identity_paper=("身份证明", "proof of identity"),
    application_form=("申请表", "the application form"),
    power_of_attorney=("授权委托书", "a power of attorney"),
    means_statement=("经济困难状况说明表", "the statement of means"),
    contract=("合同", "a contract"),
    wage_iou=("欠条", "a wage IOU"),
    pay_record=("工资记录", "a record of pay"),
    attendance_record=("考勤记录", "a record of attendance"),
    medical_record=("医疗资料", "medical papers"),
    injury_finding=("工伤认定或者鉴定", "a finding on the injury"),
    recording=("录音录像", "a recording"),
    agreement=("协议", "an agreement"),
    award_or_judgment=("裁决或者判决", "an award or a judgment"),
    payment_proof=("付款凭证", "a proof of payment"),
    other=("其他材料", "another document"),
)
DocumentKind = NewType("DocumentKind", Annotated[str, CODE, Known(DOCUMENT_KINDS)])
"""What a document is."""


DOCUMENT_REMOVALS: Final = known(
    entered_in_error=("录入错误", "entered in error"),
    wrong_case=("不属于本案", "it belongs to another case"),
    illegible=("无法辨认，已重新提交", "illegible, and handed in again"),
    subject_request=("本人请求", "the person asked for it"),
)
DocumentRemoval = NewType("DocumentRemoval", Annotated[str, CODE, Known(DOCUMENT_REMOVALS)])
"""Why a document was removed."""

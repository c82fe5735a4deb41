"""How labour inspection is asked to act, and what it did."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

INSPECTION_APPROACHES: Final = known(
    complaint=("投诉", "a complaint of one's own rights"),
    report=("举报", "a report of a violation"),
)
InspectionApproach = NewType("InspectionApproach", Annotated[str, CODE, Known(INSPECTION_APPROACHES)])
"""How labour inspection is asked to act."""


INSPECTION_RESULTS: Final = known(
    payment_ordered=("责令支付", "the employer is ordered to pay"),
    penalty=("行政处罚", "a penalty"),
    referred=("移送有关机关", "referred to another authority"),
    corrected=("已改正", "the employer put it right"),
    no_violation=("撤销立案", "no violation was found"),
)
InspectionResult = NewType("InspectionResult", Annotated[str, CODE, Known(INSPECTION_RESULTS)])
"""What labour inspection did in the end."""

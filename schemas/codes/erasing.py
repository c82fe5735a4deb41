"""Why personal data are erased."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

ERASURES: Final = known(
    retention_over=("保存期满", "the time of retention is over"),
    subject_request=("本人请求", "the person asked for it"),
    order=("主管机关决定", "ordered by an authority"),
    entered_in_error=("录入错误", "entered in error"),
)
ErasureCode = NewType("ErasureCode", Annotated[str, CODE, Known(ERASURES)])
"""Why keys were erased (Personal Information Protection Law Art. 47)."""

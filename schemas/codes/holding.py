"""Why the events of a case are held, and how they are released."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

HOLD_CAUSES: Final = known(
    poison=("无法处理", "an event or timer failed for good"),
    gap=("缺号", "an event before it never came"),
    behind=("前序未到", "its causes never came"),
    key=("缺密钥", "its key never came"),
    incarnation=("来源存疑", "its source is not recognised"),
)
HoldCause = NewType("HoldCause", Annotated[str, CODE, Known(HOLD_CAUSES)])
"""Why the events of a case are held."""


RELEASE_WAYS: Final = known(
    redriven=("重新处理", "applied again"),
    edited=("更正后处理", "applied after an edit"),
    discarded=("丢弃", "discarded"),
    arrived=("已补到", "what was missing arrived"),
    adopted=("来源已确认", "a person adopted the source"),
)
ReleaseWay = NewType("ReleaseWay", Annotated[str, CODE, Known(RELEASE_WAYS)])
"""How a hold ended."""

"""Why a province has a case or has it no more, and what travels with it."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

PLACEMENT_CAUSES: Final = known(
    route_stays=("由受理机构办理", "the route says that the case stays"),
    adopted=("接收移交", "the case arrived from another agency"),
    no_candidate_left=("无其他可移交机构", "nobody is left to ask"),
    recalled=("移交已撤回", "the offer was recalled"),
    directed=("上级指定", "the common superior directed it"),
    imported=("自原系统导入", "the case was imported from another system"),
)
PlacementCause = NewType("PlacementCause", Annotated[str, CODE, Known(PLACEMENT_CAUSES)])
"""Why the owner shall act now."""


CUSTODY_ENDS: Final = known(
    transferred=("已移交", "it moved"),
    withdrawn=("已撤回", "it was withdrawn"),
)
CustodyEnd = NewType("CustodyEnd", Annotated[str, CODE, Known(CUSTODY_ENDS)])
"""Why a jurisdiction no longer has a case."""


ENCLOSURE_KINDS: Final = known(
    member=("成员", "one member's personal data"),
    document=("材料", "one document"),
    contact=("联系方式", "how the applicants are reached"),
    representatives=("代表人", "who speaks for a group: the member ids"),
    clarification=("补充说明", "what an agency that was asked wanted to know"),
)
EnclosureKind = NewType("EnclosureKind", Annotated[str, CODE, Known(ENCLOSURE_KINDS)])
"""What travels sealed with a case."""

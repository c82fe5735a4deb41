"""What a route asks of an agency, and what speaks for and against it."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

ROUTE_MODES: Final = known(
    stay=("本机构办理", "keeps the case"),
    transfer=("移交", "takes the case on, as the home province's workstation or by agreement"),
    forward=("转送", "takes the case on, as the one that is competent"),
    collaborate=("协作", "helps; ownership stays"),
    escalate=("提请指定", "directs who takes the case on, as the common superior"),
    directed=("指定办理", "takes the case on, as the common superior directed"),
)
RouteMode = NewType("RouteMode", Annotated[str, CODE, Known(ROUTE_MODES)])
"""What a route asks of an agency."""


ROUTE_REASONS: Final = known(
    dispute_seat=("争议处理机关所在地", "the dispute authority sits there"),
    matter_arose=("事由发生地", "the matter arose there"),
    received_first=("最先受理", "received the application first"),
    home_province_station=("户籍省工作站", "workstation of the home province in the work province"),
    home_province=("户籍省", "of the home province"),
    agreement=("协作协议", "an agreement covers it"),
    special_desk=("专门窗口或专办此类案件", "has a desk for this class of worker or case"),
    open_that_day=("当日开放", "is open on that day"),
    spare_capacity=("承接能力充足", "has spare capacity"),
    nearby=("半小时服务圈内", "stands within the half-hour service circle"),
    speaks_language=("提供所需语种", "speaks the language of the applicants"),
    common_superior=("共同上级", "is the common superior of those who do not agree"),
    directed=("上级指定", "directed by the common superior"),
    proposed=("被建议", "proposed by an agency that refused"),
    not_competent=("无管辖权", "not competent"),
    no_agreement=("无协议", "no agreement covers it"),
    already_asked=("已征询", "was asked before"),
    case_type_not_served=("不办理该类案件", "does not serve this type of case"),
    level_not_served=("不办理该层级案件", "does not serve matters of this level"),
    closed=("已停办", "is closed"),
    no_capacity=("无承接能力", "has no capacity"),
)
RouteReason = NewType("RouteReason", Annotated[str, CODE, Known(ROUTE_REASONS)])
"""What speaks for or against an agency when a route is decided."""

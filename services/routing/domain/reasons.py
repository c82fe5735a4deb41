"""Why an agency is asked, or not: the codes, and the article that each rests on."""

from collections.abc import Mapping
from typing import Final

from schemas.codes import LegalBasis, RouteReason

MATTER_AROSE: Final = RouteReason("matter-arose")
DISPUTE_SEAT: Final = RouteReason("dispute-seat")
RECEIVED_FIRST: Final = RouteReason("received-first")
HOME_PROVINCE: Final = RouteReason("home-province")
HOME_STATION: Final = RouteReason("home-province-station")
AGREEMENT: Final = RouteReason("agreement")
PROPOSED: Final = RouteReason("proposed")
COMMON_SUPERIOR: Final = RouteReason("common-superior")

OPEN_THAT_DAY: Final = RouteReason("open-that-day")
SPARE_CAPACITY: Final = RouteReason("spare-capacity")
NEARBY: Final = RouteReason("nearby")
SPEAKS_LANGUAGE: Final = RouteReason("speaks-language")
SPECIAL_DESK: Final = RouteReason("special-desk")

NOT_COMPETENT: Final = RouteReason("not-competent")
NO_AGREEMENT: Final = RouteReason("no-agreement")
ALREADY_ASKED: Final = RouteReason("already-asked")
CASE_TYPE_NOT_SERVED: Final = RouteReason("case-type-not-served")
LEVEL_NOT_SERVED: Final = RouteReason("level-not-served")
CLOSED: Final = RouteReason("closed")
NO_CAPACITY: Final = RouteReason("no-capacity")

BASIS: Final[Mapping[RouteReason, LegalBasis]] = {
    **dict.fromkeys((MATTER_AROSE, DISPUTE_SEAT, RECEIVED_FIRST, NOT_COMPETENT), LegalBasis("LAL-38")),
    **dict.fromkeys(
        (HOME_PROVINCE, HOME_STATION, AGREEMENT, NO_AGREEMENT, NO_CAPACITY), LegalBasis("AGREEMENT")
    ),
    COMMON_SUPERIOR: LegalBasis("LOCAL-ACCEPTANCE-DISPUTE"),
}
"""A reason that is not here rests on no article: it is a fact of the directory, or our own rule of order."""

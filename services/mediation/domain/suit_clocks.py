"""The clocks of the right to sue: which of them a suit uses, and which end when an award falls."""

from collections.abc import Sequence
from typing import Final

from schemas.codes import EnforcementTitle
from schemas.ids import RuleId
from schemas.matters import PartNumber
from services.mediation.domain.award_courses import PART_SUE_BY, SUE_ANEW_BY
from services.mediation.domain.clocks import Clocks
from services.mediation.domain.court_courses import SUE_BY
from services.mediation.domain.keys import (
    challenged_key,
    clock_of,
    key_by_title,
    part_of,
)
from services.mediation.domain.limitation import clock_of as clock_of_rule
from services.mediation.domain.limitation import enforcement_clock

LIMITATIONS: Final = tuple(
    clock_of_rule(RuleId(rule))
    for rule in ("arbitration-limitation", "civil-limitation", "civil-limitation-longest", "suit-after-award")
)
OF_AWARDS: Final = (SUE_BY, PART_SUE_BY, SUE_ANEW_BY)


def met_by_suit(clocks: Clocks, against: EnforcementTitle | None, part: PartNumber | None) -> Sequence[str]:
    """What a suit of all members uses: over one award its own time alone, and else that of every award."""
    if against:
        return [*LIMITATIONS, *suit_clocks(part_of(against, part))]
    return [*LIMITATIONS, *(clock.name for clock in clocks if clock.name.partition("/")[0] in OF_AWARDS)]


def suit_clocks(part: PartNumber | None) -> tuple[str, str]:
    """Until when one may sue over an award, or a part; and once that is set aside."""
    made = clock_of(PART_SUE_BY, str(part)) if part else SUE_BY
    return made, clock_of(SUE_ANEW_BY, challenged_key(part))


def ended_with(part: PartNumber | None) -> tuple[str, str]:
    """What ends when an award falls, or a part: one sues anew, and enforces nothing."""
    return suit_clocks(part)[0], enforcement_clock(key_by_title(part))

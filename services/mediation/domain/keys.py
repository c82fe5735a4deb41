"""What a proceeding is called where several of its kind run beside one another, and its clocks with it."""

from typing import Final

from schemas.codes import EnforcementTitle
from schemas.matters import (
    ArbitrationPartEffective,
    ArbitrationPartlyAwarded,
    EnforcementApplied,
    EnforcementEnded,
    EnforcementEndedThisRound,
    EnforcementResumed,
    EnforcementSuspended,
    OwnersAct,
    PartNumber,
    SettingAsideAccepted,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
)
from services.mediation.domain.award_courses import PART_SUE_BY, SET_ASIDE_BY, SUE_ANEW_BY
from services.mediation.domain.course import Step

FIRST: Final[PartNumber] = 1
AWARD: Final = EnforcementTitle("award")
PARTIAL_AWARD: Final = EnforcementTitle("partial-award")
BARE: Final = {PART_SUE_BY: str(FIRST), SET_ASIDE_BY: AWARD, SUE_ANEW_BY: AWARD}
"""Whose clock bears no key, as in earlier releases there was no other."""


def key_of(event: OwnersAct) -> str | None:
    """Which proceeding of its kind an event is about, where several run beside one another."""
    match event:
        case (
            EnforcementApplied(title=title, part=part)
            | EnforcementEndedThisRound(title=title, part=part)
            | EnforcementResumed(title=title, part=part)
            | EnforcementEnded(title=title, part=part)
        ):
            return title and numbered(title, part)
        case EnforcementSuspended(title=title, part=part):
            return numbered(title, part)
        case (
            SettingAsideApplied(part=part)
            | SettingAsideAccepted(part=part)
            | SettingAsideWithdrawn(part=part)
            | SettingAsideDismissed(part=part)
            | SettingAsideGranted(part=part)
        ):
            return challenged_key(part)
        case ArbitrationPartlyAwarded(part=part) | ArbitrationPartEffective(part=part):
            return str(part or FIRST)
        case _:
            return None


def challenged_key(part: PartNumber | None) -> str:
    """Which award a court is asked to set aside: that of the rest, or a part by its number."""
    return str(part) if part else AWARD


def numbered(title: EnforcementTitle, part: PartNumber | None) -> str:
    """What is enforced, as it is called among the titles of a case: the second part is `partial-award-2`."""
    return f"{title}-{part}" if part and part > FIRST else title


def title_of(part: PartNumber | None) -> EnforcementTitle:
    """What is enforced by a part, or by the award."""
    return PARTIAL_AWARD if part else AWARD


def key_by_title(part: PartNumber | None) -> str:
    """What the enforcement of a part, or of the award, is called."""
    return numbered(title_of(part), part or FIRST)


def part_of(against: EnforcementTitle, part: PartNumber | None) -> PartNumber | None:
    """The number of a part, which is the first if none is said; None of the award."""
    return (part or FIRST) if against == PARTIAL_AWARD else None


def named(clock: str, step: Step, event: OwnersAct) -> str:
    """A clock of a step, with the key of its proceeding if it bears one."""
    return clock_of(clock, key_of(event) if step.keyed else None)


def clock_of(clock: str, key: str | None) -> str:
    """A clock with a key; `sue_anew_by` is about the award, `sue_anew_by/1` about the first part."""
    return clock if key in (None, BARE.get(clock)) else f"{clock}/{key}"


def parted(clock: str) -> tuple[str, str | None]:
    """The name of a clock, and whose it is."""
    name, _, key = clock.partition("/")
    return name, key or BARE.get(name)

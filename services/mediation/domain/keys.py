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
    LitigationAppealed,
    LitigationDocketed,
    LitigationFiled,
    LitigationFinal,
    LitigationJudged,
    OwnersAct,
    PartNumber,
    SettingAsideAccepted,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
    SuitNumber,
)
from services.mediation.domain.award_courses import PART_SUE_BY, SET_ASIDE_BY, SUE_ANEW_BY
from services.mediation.domain.course import Step
from services.mediation.domain.court_courses import APPEAL_BY, DOCKET_BY, JUDGE_BY

FIRST: Final[PartNumber] = 1
AWARD: Final = EnforcementTitle("award")
PARTIAL_AWARD: Final = EnforcementTitle("partial-award")
JUDGMENT: Final = EnforcementTitle("judgment")
BARE: Final = {
    PART_SUE_BY: str(FIRST),
    SET_ASIDE_BY: AWARD,
    SUE_ANEW_BY: AWARD,
    **dict.fromkeys((DOCKET_BY, JUDGE_BY, APPEAL_BY), str(FIRST)),
}
"""Whose clock bears no key, as in earlier releases there was no other."""


def key_of(event: OwnersAct) -> str | None:
    """Which proceeding of its kind an event is about, where several run beside one another."""
    match event:
        case (
            EnforcementApplied(title=title, part=part, suit=suit)
            | EnforcementEndedThisRound(title=title, part=part, suit=suit)
            | EnforcementResumed(title=title, part=part, suit=suit)
            | EnforcementEnded(title=title, part=part, suit=suit)
        ):
            return title and title_key(title, part, suit)
        case (
            LitigationFiled(suit=suit)
            | LitigationDocketed(suit=suit)
            | LitigationJudged(suit=suit)
            | LitigationAppealed(suit=suit)
            | LitigationFinal(suit=suit)
        ):
            return suit_key(suit)
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


def suit_key(suit: SuitNumber | None) -> str:
    """Which suit: the first bears no number."""
    return str(suit or FIRST)


def numbered(title: EnforcementTitle, number: PartNumber | SuitNumber | None) -> str:
    """What is enforced, as it is called among the titles of a case.

    The second partial award is `partial-award-2`, the judgment of the second suit `judgment-2`.
    """
    return f"{title}-{number}" if number and number > FIRST else title


def title_key(title: EnforcementTitle, part: PartNumber | None, suit: SuitNumber | None) -> str:
    """The same, of a partial award by its number, and of a judgment by that of its suit."""
    return numbered(title, suit if title == JUDGMENT else part)


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

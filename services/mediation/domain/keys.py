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
)
from services.mediation.domain.course import Step

FIRST: Final[PartNumber] = 1


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
        case EnforcementSuspended(title=title):
            return title
        case ArbitrationPartlyAwarded(part=part) | ArbitrationPartEffective(part=part):
            return str(part or FIRST)
        case _:
            return None


def numbered(title: EnforcementTitle, part: PartNumber | None) -> str:
    """What is enforced, as it is called among the titles of a case: the second part is `partial-award-2`."""
    return f"{title}-{part}" if part and part > FIRST else title


def named(clock: str, step: Step, event: OwnersAct) -> str:
    """A clock of a step, with the key of its proceeding if it bears one."""
    return clock_of(clock, key_of(event) if step.keyed else None)


def clock_of(clock: str, key: str | None) -> str:
    """A clock with a key; that of the first part has none, as there was only one in earlier releases."""
    return clock if key in (None, str(FIRST)) else f"{clock}/{key}"

"""Lets an enforcement stand still while a court decides whether its award is set aside; then go on, or end.

SPC Interpretation I on labour disputes Art. 25: the court suspends the execution once the employer asks that
a final award be set aside; it goes on when that is dismissed or withdrawn, and ends with the award. To be
confirmed by a legal office: number and wording were written from memory.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from law.book import Law
from law.deadlines import Pause
from law.limits import limit_of
from schemas.codes import EnforcementEnd, EnforcementTitle, ResumptionCause, SuspensionCause
from schemas.facts import TimeLimit
from schemas.ids import AgencyId
from schemas.matters import (
    EnforcementEnded,
    EnforcementResumed,
    EnforcementSuspended,
    MatterEvent,
    PartNumber,
)
from services.mediation.domain.claim import Claim, owed_fen
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.court_courses import EXECUTE_BY, EXECUTION
from services.mediation.domain.keys import key_by_title
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceeding import Proceeding

CHALLENGED: Final = SuspensionCause("setting-aside")
FELL: Final = EnforcementEnd("set-aside")
PAID: Final = EnforcementEnd("paid")
NOT_OVER: Final = (ProceedingState.APPLIED, ProceedingState.SUSPENDED, ProceedingState.ENDED_THIS_ROUND)


def challenged(matter: Matter, title: str | None) -> AgencyId | None:
    """The court that decides whether the award which is enforced by a title is set aside, if one does."""
    asked = matter.proceedings.of(ProceedingKind.SETTING_ASIDE)
    decides = [each for each in asked if each.state is ProceedingState.ACCEPTED]
    return next((each.before for each in decides if key_by_title(each.part) == title), None)


def suspend(matter: Matter, part: PartNumber | None, *, at: datetime) -> list[MatterEvent]:
    """The court took the employer's application on: the award is not executed. A round that ended rests."""
    running = enforcement_of(matter, part, ProceedingState.APPLIED)
    if running is None or running.title is None:
        return []
    return [suspended(matter, court_of(running), running.title, running.part, at=at)]


def suspended(
    matter: Matter, court: AgencyId, title: EnforcementTitle, part: PartNumber | None, *, at: datetime
) -> MatterEvent:
    return EnforcementSuspended(**matter.said(at), court=court, title=title, because=CHALLENGED, part=part)


def go_on(
    matter: Matter, part: PartNumber | None, because: ResumptionCause, law: Law, *, at: datetime
) -> list[MatterEvent]:
    """The award stands: the enforcement goes on, with the time that was left."""
    standing = enforcement_of(matter, part, ProceedingState.SUSPENDED)
    if standing is None:
        return []
    return [
        EnforcementResumed(
            **matter.said(at),
            court=court_of(standing),
            title=standing.title,
            because=because,
            limit=time_left(matter, key_by_title(part), law, at=at),
            part=standing.part,
            suit=standing.suit,
        )
    ]


def time_left(matter: Matter, title: str, law: Law, *, at: datetime) -> TimeLimit | None:
    """The six months without the time that it stood still. None of one that was late before."""
    clock = matter.clocks.open(f"{EXECUTE_BY}/{title}")
    if clock is None or clock.state is not ClockState.PAUSED or clock.paused_at is None:
        return None
    return limit_of(EXECUTION, clock.started_at, law, [Pause(clock.paused_at, at)])


def end(matter: Matter, part: PartNumber | None, *, at: datetime) -> list[MatterEvent]:
    """The award fell, and its enforcement with it, wherever it stood."""
    found = enforcement_of(matter, part, *NOT_OVER)
    return ended(matter, found, FELL, at=at) if found else []


def note_payments(matter: Matter, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """With the last fen that is owed every enforcement is over. A reaction: it never raises."""
    if owed_fen(claims):
        return []
    running = [each for each in matter.proceedings.of(ProceedingKind.ENFORCEMENT) if each.state in NOT_OVER]
    return [over for each in running for over in ended(matter, each, PAID, at=at)]


def ended(
    matter: Matter, enforcement: Proceeding, because: EnforcementEnd, *, at: datetime
) -> list[MatterEvent]:
    """All that it enforces has come, or its title fell."""
    if enforcement.title is None:
        return []
    return [
        EnforcementEnded(
            **matter.said(at),
            court=court_of(enforcement),
            title=enforcement.title,
            because=because,
            part=enforcement.part,
            suit=enforcement.suit,
        )
    ]


def pass_time(matter: Matter, name: str, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """The six months passed: all of it is paid, or the court is late. A reaction: it never raises."""
    found = matter.proceedings.last(ProceedingKind.ENFORCEMENT, name.partition("/")[2])
    if found is None or name not in matter.due or owed_fen(claims):
        return matter.breach(name, at=at)
    return ended(matter, found, PAID, at=at)


def enforcement_of(matter: Matter, part: PartNumber | None, *states: ProceedingState) -> Proceeding | None:
    """The enforcement of the award, or of a part, if it stands there."""
    found = matter.proceedings.last(ProceedingKind.ENFORCEMENT, key_by_title(part))
    return found if found and found.state in states else None


def court_of(enforcement: Proceeding) -> AgencyId:
    assert enforcement.before is not None, "an enforcement was applied for at a court"
    return enforcement.before

"""What happens to the rights of the applicants by what is said in a matter: they open, or begin anew."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from law.book import Law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.codes import LimitationActCode
from schemas.facts import LimitationAct
from schemas.matters import (
    ArbitrationFiled,
    ArbitrationWithdrawn,
    EnforcementApplied,
    InspectionReported,
    LitigationFiled,
    MatterEvent,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    PaymentOrderApplied,
    RightOpened,
)
from services.mediation.domain import limiting
from services.mediation.domain.enforcing import TWO_YEARS, enforced, last_day_of, titles_of
from services.mediation.domain.limitation import enforcement_clock
from services.mediation.domain.limiting import MOST_ACTS
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import BROKEN_OFF

ACTS: Final = {
    MediationProposed: LimitationActCode("mediation-applied"),
    MediationAgreed: LimitationActCode("promised"),
    ArbitrationFiled: LimitationActCode("arbitration-applied"),
    PaymentOrderApplied: LimitationActCode("suit-filed"),
    LitigationFiled: LimitationActCode("suit-filed"),
    InspectionReported: LimitationActCode("relief-sought"),
    EnforcementApplied: LimitationActCode("enforcement-applied"),
}
"""What interrupts time limits when it is said (LDMAL Art. 27, Civil Code Art. 195)."""


def follow(matter: Matter, said: Iterable[MatterEvent], law: Law, *, at: datetime) -> list[MatterEvent]:
    """What follows for the rights from what was said, which the matter has folded. It never raises."""
    found: list[MatterEvent] = []
    for event in said:
        for each in interrupted_by(matter, event, law):
            found.append(each)
            matter = matter.after(each)
    return [*found, *opened(matter, law, at=at)]


def interrupted_by(matter: Matter, event: MatterEvent, law: Law) -> list[MatterEvent]:
    """The time limits that begin anew by it."""
    code = ACTS.get(type(event))
    # A mediation that came to nothing is over: from then on the time runs again (Civil Code Art. 195).
    if isinstance(event, MediationSessionHeld) and event.result == BROKEN_OFF:
        code = ACTS[MediationProposed]
    if len(matter.facts.acts or ()) >= MOST_ACTS:
        return []
    if isinstance(event, ArbitrationWithdrawn):
        return limiting.restarted(matter, event, law)
    if code is None:
        return []
    done = LimitationAct(code=code, on=day_of(event.at))
    return limiting.acted(matter, done, None, law, at=event.at)


def opened(matter: Matter, law: Law, *, at: datetime) -> Iterator[RightOpened]:
    """What can be enforced now, and no clock counts yet."""
    if matter.settled:
        return
    for title, effect in titles_of(matter).items():
        if title in enforced(matter):
            continue
        name, since = enforcement_clock(title), last_day_of(matter, title) or effect
        if not any(clock.name == name for clock in matter.clocks):
            limit = limit_of(TWO_YEARS, since, law)
            yield RightOpened(**matter.said(at), clock=name, since=since, limit=limit)

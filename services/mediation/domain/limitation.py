"""Rights of the applicants that run out, as a part of a matter: their clocks, and the facts they go by."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from law.book import Law
from law.deadlines import day_of
from schemas.ids import RuleId
from schemas.matters import (
    LimitationAtRisk,
    LimitationCounted,
    LimitationInterrupted,
    LimitationResumed,
    LimitationStep,
    LimitationSuspended,
    RightLapsed,
    RightOpened,
    RightUsed,
)
from services.mediation.domain.agreement_courses import CONFIRM_BY
from services.mediation.domain.clocks import WARNING, Clock, Clocks, ClockState
from services.mediation.domain.court_courses import ENFORCE_BY

LIMITATION_BY: Final = "limitation_by"
"""With the rule: `limitation_by/arbitration-limitation`."""
WINDOW: Final = RuleId("advance-aid")
KEPT: Final = (LIMITATION_BY, ENFORCE_BY, CONFIRM_BY)
"""They go on when the aid is concluded: what was agreed may not be paid."""


def is_right(name: str) -> bool:
    """Whether a clock counts a right of the applicants, or a timer warns of one."""
    return name.removeprefix(f"{WARNING}/").partition("/")[0] in KEPT


def clock_of(rule: RuleId) -> str:
    """The clock of a time limit that runs from the facts."""
    return f"{LIMITATION_BY}/{rule}"


def enforcement_clock(title: str) -> str:
    return f"{ENFORCE_BY}/{title}"


OF_AGREEMENT: Final = (CONFIRM_BY, enforcement_clock("confirmed-agreement"))
"""The rights that an agreement gives to those whom it binds."""


def clocked_limitation(clocks: Clocks, event: LimitationStep) -> Clocks:
    """What becomes of the clocks."""
    match event:
        case LimitationCounted(limits=limits):
            for each in limits:
                clocks = clocks.start(each.clock, each.limit, each.since)
                clocks = clocks.pause(each.clock, event.at) if each.suspended else clocks
        case LimitationInterrupted(limits=limits):
            for each in limits:
                clocks = clocks.interrupt(each.clock, each.limit, each.since, event.at)
                clocks = clocks.pause(each.clock, event.at) if each.suspended else clocks
        case LimitationSuspended(limits=limits):
            for each in limits:
                clocks = clocks.move(each.clock, each.limit)
                clocks = clocks.pause(each.clock, event.at) if each.suspended else clocks
        case LimitationResumed(limits=limits):
            for each in limits:
                clocks = clocks.resume(each.clock, each.limit)
        case LimitationAtRisk(clock=name):
            return clocks.warned(name, event.at)
        case RightOpened(clock=name, limit=limit, since=since):
            return clocks.start(name, limit, since)
        case RightUsed(clock=name):
            return clocks.meet(name, event.at)
        case RightLapsed(clock=name):
            return clocks.lapse(name, event.at)
    return clocks


def paid(clocks: Clocks, at: datetime, *, settled: bool) -> Clocks:
    """All that was agreed is paid. Those whom the agreement does not bind may still ask for theirs."""
    for clock in clocks:
        if is_right(clock.name) and (settled or clock.name.removeprefix(f"{WARNING}/") in OF_AGREEMENT):
            clocks = clocks.stop(clock.name, at)
    return clocks


def interruptible(clocks: Clocks, law: Law) -> Iterator[Clock]:
    """The clocks that an act may let begin anew: open ones, and what lapsed before one heard of the act."""
    latest = {clock.name: clock for clock in clocks}
    for clock in latest.values():
        may = clock.open or clock.state is ClockState.LAPSED
        if may and known_rule(clock, law) and law.named(clock.limit.rule).interrupt:
            yield clock


def suspendable(clocks: Clocks, law: Law) -> Iterator[Clock]:
    """The open clocks of rights that an obstacle lets stand still."""
    for clock in clocks:
        if (
            is_right(clock.name)
            and clock.open
            and known_rule(clock, law)
            and law.named(clock.limit.rule).pause
        ):
            yield clock


def known_rule(clock: Clock, law: Law) -> bool:
    """Whether this release knows the version that it goes by."""
    return any(rule.version == clock.limit.rule for rule in law.rules.get(clock.limit.rule_id, ()))


def first_end(clocks: Clocks) -> Clock | None:
    """The right that runs out first."""
    running = [clock for clock in clocks if clock.runs and clock.limit.risk_at]
    return min(running, key=lambda clock: clock.limit.due_at, default=None)


def aid_in_advance(clock: Clock, today: date, law: Law) -> bool:
    """Whether so few days are left that aid may be given in advance (Legal Aid Law Art. 44)."""
    right = clock.runs and clock.limit.risk_at is not None
    return right and 0 <= days_left(clock, today) < law.rule(WINDOW, today).duration


def days_left(clock: Clock, today: date) -> int:
    """How many days are left after this one."""
    return (day_of(clock.limit.due_at) - today).days

"""Warns of a right that runs out, and lets it lapse when nobody used it. Reactions: they never raise."""

from datetime import datetime

from law.book import Law
from law.deadlines import day_of
from schemas.matters import LimitationAtRisk, MatterEvent, RightLapsed
from services.mediation.domain.limitation import aid_in_advance, days_left
from services.mediation.domain.matter import Matter


def warn(matter: Matter, name: str, law: Law, *, at: datetime) -> list[MatterEvent]:
    """Say that a right runs out; late, if nothing could be said before, and then its end follows."""
    clock = matter.clocks.running(name)
    if clock is None or clock.warn_at is None:
        return []
    today = day_of(at)
    return [
        LimitationAtRisk(
            **matter.said(at),
            clock=name,
            rule=clock.limit.rule_id,
            due_at=clock.limit.due_at,
            days=max(0, days_left(clock, today)),
            advance=aid_in_advance(clock, today, law) or None,
        )
    ]


def lapse(matter: Matter, name: str, *, at: datetime) -> list[MatterEvent]:
    """A right was not used in time."""
    clock = matter.clocks.running(name)
    if clock is None or name not in matter.due:
        return []
    return [
        RightLapsed(
            **matter.said(at),
            clock=name,
            rule=clock.limit.rule_id,
            due_at=clock.limit.due_at,
            remedies=matter.opened_by(name) or None,
        )
    ]

"""How long each hop of a case took, and what caused it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.ids import EventId
from services.trace.steps import BULK, FOLLOWING, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A step, with the time that it took."""

    step: Step
    latency_ms: float
    """From being written to being heard here."""
    since_previous_ms: float | None
    """From the step before being written to this one being written; absent for the first."""
    since_cause_ms: float | None
    """From its cause being written to it being written; absent where a person or a clock is the cause."""
    cause: int | None
    """Which hop caused it, counted from 0."""


def last_of(steps: Sequence[Step]) -> Step | None:
    """The last step that moved the case; where it is only followed, the last that was heard of it."""
    moving = [step for step in steps if step.type not in BULK | FOLLOWING]
    return moving[-1] if moving else steps[-1] if steps else None


def hops_of(steps: Sequence[Step]) -> list[Hop]:
    """The steps with the time that each took, and what caused it."""
    places = {step.event_id: place for place, step in enumerate(steps)}
    return [hop(steps, place, places.get(step.caused_by or EventId(""))) for place, step in enumerate(steps)]


def hop(steps: Sequence[Step], place: int, cause: int | None) -> Hop:
    step = steps[place]
    return Hop(
        step=step,
        latency_ms=milliseconds(step.recorded_at, step.applied_at),
        since_previous_ms=milliseconds(steps[place - 1].recorded_at, step.recorded_at) if place else None,
        since_cause_ms=None if cause is None else milliseconds(steps[cause].recorded_at, step.recorded_at),
        cause=cause,
    )


def milliseconds(earlier: datetime, later: datetime) -> float:
    return round((later - earlier).total_seconds() * 1000, 1)

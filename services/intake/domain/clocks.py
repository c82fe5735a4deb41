"""The clocks of an application: what the applicants must supply in time, as the case says it stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schemas.facts import TimeLimit
from services.intake.domain.case import SUPPLY_BY, ApplicationState, Case


class ApplicationClockState(StrEnum):
    """Where a clock of an application stands."""

    RUNNING = "running"
    MET = "met"
    LAPSED = "lapsed"
    """Nothing came in time: the application is deemed withdrawn."""
    STOPPED = "stopped"
    """Nobody has to supply anything any more: it was withdrawn, or moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationClock:
    """One time limit of an application."""

    name: str
    limit: TimeLimit
    started_at: datetime
    state: ApplicationClockState
    ended_at: datetime | None


def clocks_of(case: Case) -> tuple[ApplicationClock, ...]:
    """All that ran; none if nothing was missing."""
    asked = case.supplement
    if asked is None:
        return ()
    state = state_of(case)
    lapsed_at = asked.limit.due_at if state is ApplicationClockState.LAPSED else None
    return (
        ApplicationClock(
            name=SUPPLY_BY,
            limit=asked.limit,
            started_at=asked.requested_at,
            state=state,
            ended_at=asked.replied_at or lapsed_at,
        ),
    )


def state_of(case: Case) -> ApplicationClockState:
    if case.supplement and case.supplement.replied_at:
        return ApplicationClockState.MET
    if case.state is ApplicationState.INFO_REQUESTED:
        return ApplicationClockState.RUNNING
    if case.state is ApplicationState.DEEMED_WITHDRAWN:
        return ApplicationClockState.LAPSED
    return ApplicationClockState.STOPPED

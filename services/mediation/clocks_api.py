"""The clocks of a case, and those of all cases that run out soon, with the rule that each goes by."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import Query, Request
from pydantic import BaseModel

from chassis.http import Database, Uow, Who, case_router, runtime_of
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.deadlines import day_of
from law.shown import RuleView, rule_view
from schemas.ids import AgencyId, CaseId, CaseNumber, RuleVersion
from services.mediation import worklists
from services.mediation.api import STAFF
from services.mediation.domain.clocks import Clock, ClockState
from services.mediation.domain.limitation import WINDOW
from services.mediation.domain.matter import Matter
from services.mediation.domain.sight import sight_of
from services.mediation.worklists import RunningOut

router = case_router()

PERMISSIONS = {"list_clocks": STAFF, "list_clocks_running_out": STAFF}


class ClockView(BaseModel):
    """A clock of a case."""

    name: str
    kept_by: Literal["mediation"] = "mediation"
    state: ClockState
    started_at: datetime
    due_at: datetime
    provisional: bool
    """It may move: the holidays of a year that it reaches into are not published yet."""
    paused_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None
    """When what it was for was done, in time or late, or need not be done any more."""
    version: RuleVersion
    rule: RuleView | None
    """Null for a version that this release and the deployment's files do not know."""


class RunningOutView(BaseModel):
    """A clock that runs, of one of the cases of a province."""

    case_id: CaseId
    number: CaseNumber
    agency: AgencyId
    name: str
    kept_by: Literal["mediation"] = "mediation"
    due_at: datetime
    aid_in_advance: bool
    """Fewer than seven days are left of a right: aid may be given at once, `POST …/advance`."""
    version: RuleVersion | None
    confirmed: bool | None
    """False: its rule is to be confirmed by a legal office; null for a rule that is not known here."""


@router.get("/cases/{case_id}/clocks")
async def list_clocks(case_id: CaseId, uow: Uow) -> Sequence[ClockView]:
    """Every time limit that ran in the hands of the present owner, in the order of their starts."""
    return clocks_of(uow.get(Matter, case_id), uow)


@router.get("/clocks")
async def list_clocks_running_out(
    who: Who,
    database: Database,
    request: Request,
    within_days: Annotated[int, Query(ge=0, le=366)] = 3,
    agency: AgencyId | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Sequence[RunningOutView]:
    """The clocks that run out within so many days, of the matters that he sees, the first one first."""
    runtime = runtime_of(request)
    now, law = runtime.clock.now(), runtime.engine.reference[Law]
    until = now + timedelta(days=within_days)
    sight = sight_of(who.roles, who.agency, who.sub)
    found = await worklists.running_out(
        database, who.province, sight, until=until, agency=agency, limit=limit
    )
    return [running_out(each, law, day_of(now)) for each in found]


def clocks_of(matter: Matter, uow: UnitOfWork) -> Sequence[ClockView]:
    law = uow.use(Law)
    return [shown(clock, law) for clock in matter.clocks]


def shown(clock: Clock, law: Law) -> ClockView:
    return ClockView(
        name=clock.name,
        state=clock.state,
        started_at=clock.started_at,
        due_at=clock.limit.due_at,
        provisional=bool(clock.limit.provisional),
        paused_at=clock.paused_at,
        breached_at=clock.breached_at,
        ended_at=clock.ended_at,
        version=clock.limit.rule,
        rule=rule_view(clock.limit.rule, law),
    )


def running_out(clock: RunningOut, law: Law, today: date) -> RunningOutView:
    rule = rule_view(clock.rule, law) if clock.rule else None
    left = (day_of(clock.due_at) - today).days
    return RunningOutView(
        case_id=clock.case_id,
        number=clock.number,
        agency=clock.agency,
        name=clock.name,
        due_at=clock.due_at,
        aid_in_advance=clock.right and 0 <= left < law.rule(WINDOW, today).duration,
        version=clock.rule,
        confirmed=rule.confirmed if rule else None,
    )

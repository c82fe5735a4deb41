"""The clocks that intake keeps, of one case and of all that run out soon; mediation shows its own alike."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import Query, Request
from pydantic import BaseModel

from chassis.http import Database, Uow, Who, case_router, runtime_of
from law.book import Law
from law.shown import RuleView, rule_view
from schemas.ids import AgencyId, CaseId, CaseNumber, RuleVersion
from services.intake import worklists
from services.intake.api import STAFF
from services.intake.domain.case import Case
from services.intake.domain.clocks import ApplicationClock, ApplicationClockState, clocks_of
from services.intake.domain.sight import sight_of

router = case_router()

PERMISSIONS = {"list_application_clocks": STAFF, "list_application_clocks_running_out": STAFF}


class ApplicationClockView(BaseModel):
    """A clock of an application."""

    name: str
    kept_by: Literal["intake"] = "intake"
    state: ApplicationClockState
    started_at: datetime
    due_at: datetime
    provisional: bool
    """It may move: the holidays of a year that it reaches into are not published yet."""
    ended_at: datetime | None
    version: RuleVersion
    rule: RuleView | None
    """Null for a version that this release and the deployment's files do not know."""


class ApplicationRunningOut(BaseModel):
    """A clock that runs, of one of the applications of a province."""

    case_id: CaseId
    number: CaseNumber
    agency: AgencyId
    name: str
    kept_by: Literal["intake"] = "intake"
    due_at: datetime
    version: RuleVersion | None
    confirmed: bool | None
    """False: its rule is to be confirmed by a legal office; null for a rule that is not known here."""


@router.get("/cases/{case_id}/clocks")
async def list_application_clocks(case_id: CaseId, uow: Uow) -> Sequence[ApplicationClockView]:
    """What the applicants had to supply, by when, and what came of it."""
    law = uow.use(Law)
    return [shown(clock, law) for clock in clocks_of(uow.get(Case, case_id))]


@router.get("/clocks")
async def list_application_clocks_running_out(
    who: Who,
    database: Database,
    request: Request,
    within_days: Annotated[int, Query(ge=0, le=366)] = 3,
    agency: AgencyId | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Sequence[ApplicationRunningOut]:
    """The clocks that intake keeps and that run out within so many days, of the applications that he sees."""
    runtime = runtime_of(request)
    until = runtime.clock.now() + timedelta(days=within_days)
    sight = sight_of(who.roles, who.agency)
    found = await worklists.running_out(
        database, who.province, sight, until=until, agency=agency, limit=limit
    )
    law = runtime.engine.reference[Law]
    return [running_out(each, law) for each in found]


def shown(clock: ApplicationClock, law: Law) -> ApplicationClockView:
    return ApplicationClockView(
        name=clock.name,
        state=clock.state,
        started_at=clock.started_at,
        due_at=clock.limit.due_at,
        provisional=bool(clock.limit.provisional),
        ended_at=clock.ended_at,
        version=clock.limit.rule,
        rule=rule_view(clock.limit.rule, law),
    )


def running_out(clock: worklists.RunningOut, law: Law) -> ApplicationRunningOut:
    rule = rule_view(clock.rule, law) if clock.rule else None
    return ApplicationRunningOut(
        case_id=clock.case_id,
        number=clock.number,
        agency=clock.agency,
        name=clock.name,
        due_at=clock.due_at,
        version=clock.rule,
        confirmed=rule.confirmed if rule else None,
    )

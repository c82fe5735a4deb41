"""The clocks of a case, and those of all cases that run out soon, with the rule that each goes by."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel

from chassis.http import Database, Uow, Who, case_router, runtime_of
from chassis.unit_of_work import UnitOfWork
from law.book import Law, NoSuchRule
from schemas.codes import LegalBasis
from schemas.ids import AgencyId, CaseId, RuleVersion
from services.mediation import worklists
from services.mediation.api import STAFF
from services.mediation.domain.clocks import Clock, ClockState
from services.mediation.domain.matter import Matter
from services.mediation.worklists import RunningOut

router = case_router()

PERMISSIONS = {"list_clocks": STAFF, "list_clocks_running_out": STAFF}


class Text(BaseModel):
    """A sentence, in both languages."""

    zh: str
    en: str


class RuleView(BaseModel):
    """A rule in words. It is the version that was in force when the clock started."""

    text: Text
    article: LegalBasis
    consequence: Text | None
    """What follows when the time has passed."""
    confirmed: bool
    """False: to be confirmed by the deploying province's legal office."""


class ClockView(BaseModel):
    """A clock of a case."""

    name: str
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
) -> Sequence[RunningOut]:
    """The clocks of the caller's province that run out within so many days, the first one first."""
    until = runtime_of(request).clock.now() + timedelta(days=within_days)
    return await worklists.running_out(database, who.province, until=until, agency=agency, limit=limit)


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


def rule_view(version: RuleVersion, law: Law) -> RuleView | None:
    try:
        rule = law.named(version)
    except NoSuchRule:
        return None
    return RuleView(
        text=Text(zh=rule.zh, en=rule.en),
        article=rule.article,
        consequence=Text(**rule.consequence._asdict()) if rule.consequence else None,
        confirmed=rule.confirmed,
    )

"""The work list of a window or a hotline desk: applications by number, state, channel, haste and worker."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from chassis.auth import Caller, NotPermitted
from chassis.http import Database, Who, case_router, runtime_of
from law.deadlines import day_of
from law.threshold import Thresholds
from schemas.codes import CASE_TYPES, CHANNELS, CaseType, Channel
from schemas.entered import entered
from schemas.ids import AgencyId, CaseNumber, ExternalRef, Pseudonym, read_case_number
from services.intake import worklists
from services.intake.api import CLERKS, STAFF
from services.intake.domain.case import ApplicationState
from services.intake.domain.sight import sight_of
from services.intake.worklists import Listed, Order, Wanted

router = case_router()

PERMISSIONS = {"list_applications": STAFF}

SEARCHERS = CLERKS | {"lawyer", "mediator", "director"}
"""Who may ask in which cases a person is: those who may open his data."""


class Page(BaseModel):
    """A page of applications."""

    items: Sequence[Listed]
    next: str | None
    """`after` of the next page in the same order; null on the last."""


class Filter(BaseModel):
    """What a list is to show; one that nothing is said about does not matter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Annotated[str, Field(max_length=100)] = ""
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    order: Order = Order.NUMBER
    number: Annotated[CaseNumber | None, BeforeValidator(read_case_number)] = None
    """The one of this number, as it was read out."""
    external_ref: ExternalRef | None = None
    """Those that another authority keeps under that number; `issuer` says which one."""
    issuer: AgencyId | None = None
    status: ApplicationState | None = None
    agency: AgencyId | None = None
    """Of this owner."""
    mine: bool = False
    """Of the caller's own agency."""
    case_type: Annotated[CaseType, entered(CASE_TYPES)] | None = None
    channel: Annotated[Channel, entered(CHANNELS)] | None = None
    urgent: bool | None = None
    """The green channel alone, or all but it."""
    due_within_days: Annotated[int, Field(ge=0, le=366)] | None = None
    """The time to supply what is missing ends within so many days."""
    alerted: bool = False
    """Against an employer, or from a project, that many applied against lately."""
    worker: Pseudonym | None = None
    """With this worker among its members; for those who may open his data."""


@router.get("/applications")
async def list_applications(
    who: Who, database: Database, request: Request, asked: Annotated[Filter, Query()]
) -> Page:
    """Applications that the caller sees: all, or what the filters leave, a page at a time."""
    items, following = await worklists.list_applications(
        database,
        who.province,
        wanted_by(asked, who, request),
        sight_of(who.roles, who.agency),
        order=asked.order,
        after=asked.after,
        limit=asked.limit,
    )
    return Page(items=items, next=following)


def wanted_by(asked: Filter, who: Caller, request: Request) -> Wanted:
    """Raises NotPermitted: whose cases a person has is for those alone who may open his data."""
    if asked.worker is not None and not who.roles & SEARCHERS:
        expected = ", ".join(sorted(SEARCHERS))
        raise NotPermitted(", ".join(sorted(who.roles)), f"{expected}, who may search for a worker")
    now = runtime_of(request).clock.now()
    due_by = None
    if asked.due_within_days is not None:
        due_by = now + timedelta(days=asked.due_within_days)
    thresholds: Thresholds = runtime_of(request).engine.reference[Thresholds]
    return Wanted(
        number=asked.number,
        external_ref=asked.external_ref,
        issuer=asked.issuer,
        status=asked.status,
        agency=who.agency or AgencyId("none") if asked.mine else asked.agency,
        case_type=asked.case_type,
        channel=asked.channel,
        worker=asked.worker,
        urgent=asked.urgent,
        due_by=due_by,
        alerted_since=now - thresholds.of(who.province, day_of(now)).within if asked.alerted else None,
    )

"""The work lists of those who work on cases: what is theirs, what waits, what runs out, what goes first."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, Field

from chassis.auth import Caller, NotPermitted
from chassis.http import Database, Who, case_router, runtime_of
from schemas.codes import CASE_TYPES, CaseType
from schemas.entered import entered
from schemas.ids import AgencyId, Pseudonym
from services.mediation import worklists
from services.mediation.api import HELPERS, STAFF
from services.mediation.domain.acts import MatterState
from services.mediation.domain.sight import sight_of
from services.mediation.worklists import Listed, Order, Wanted

router = case_router()

PERMISSIONS = {"list_matters": STAFF}

TO_ASSIGN = MatterState.TO_ASSIGN


class Page(BaseModel):
    """A page of a work list."""

    items: Sequence[Listed]
    next: str | None
    """`after` of the next page in the same order; null on the last."""


class Filter(BaseModel):
    """What a work list is to show; one that nothing is said about does not matter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Annotated[str, Field(max_length=100)] = ""
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    order: Order = Order.NUMBER
    status: MatterState | None = None
    agency: AgencyId | None = None
    """Of this owner."""
    case_type: Annotated[CaseType, entered(CASE_TYPES)] | None = None
    mine: bool = False
    """What the caller is assigned to."""
    unassigned: bool = False
    """Aid is granted, and nobody works on that stage."""
    urgent: bool | None = None
    """The green channel alone, or all but it."""
    silent: bool | None = None
    """Where the other side did not come to the last session, or did not pay what fell due."""
    due_within_days: Annotated[int, Field(ge=0, le=366)] | None = None
    """A time limit that runs ends within so many days."""
    worker: Pseudonym | None = None
    """With this worker among its members; for those who work on cases."""


@router.get("/matters")
async def list_matters(
    who: Who, database: Database, request: Request, asked: Annotated[Filter, Query()]
) -> Page:
    """The matters that the caller sees: all, or what the filters leave, a page at a time."""
    items, following = await worklists.list_matters(
        database,
        who.province,
        wanted_by(asked, who, request),
        sight_of(who.roles, who.agency, who.sub),
        order=asked.order,
        after=asked.after,
        limit=asked.limit,
    )
    return Page(items=items, next=following)


def wanted_by(asked: Filter, who: Caller, request: Request) -> Wanted:
    """Raises NotPermitted: whose cases a person has may be asked by those alone who work on cases."""
    if asked.worker is not None and not who.roles & HELPERS:
        raise NotPermitted(", ".join(sorted(who.roles)), f"one of {', '.join(sorted(HELPERS))}, for `worker`")
    due_by = None
    if asked.due_within_days is not None:
        due_by = runtime_of(request).clock.now() + timedelta(days=asked.due_within_days)
    return Wanted(
        status=TO_ASSIGN if asked.unassigned else asked.status,
        agency=asked.agency,
        case_type=asked.case_type,
        assignee=who.sub if asked.mine else None,
        worker=asked.worker,
        urgent=asked.urgent,
        silent=asked.silent,
        due_by=due_by,
    )

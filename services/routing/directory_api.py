"""What people ask of the directory over HTTP: who there is, and who would be asked."""

from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from chassis.http import case_router, runtime_of
from law.book import Law
from law.deadlines import day_of
from schemas.codes import CASE_TYPES, AgencyKind, CaseType, Language, WorkerClass
from schemas.entered import entered
from schemas.ids import AgencyId, Division, Province
from services.routing.api import STAFF
from services.routing.domain.directory import Directory
from services.routing.domain.load import Load
from services.routing.domain.question import Question
from services.routing.domain.route import decide
from services.routing.views import AgencyView, RouteView, SiteView, agency_view, route_view, site_view

router = case_router()

PERMISSIONS = {
    "list_agencies": STAFF | {"partner"},
    "preview_route": STAFF,
}

SITES_SHOWN = 20

Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str, Query(max_length=64)]


def directory_of(request: Request) -> Directory:
    directory = runtime_of(request).engine.reference[Directory]
    assert isinstance(directory, Directory)
    return directory


Snapshot = Annotated[Directory, Depends(directory_of)]


class AgencyWithSites(BaseModel):
    """An agency, with the first of its sites that take cases on."""

    agency: AgencyView
    sites: list[SiteView]


class AgencyPage(BaseModel):
    """Agencies by id."""

    version: str
    """Of the directory."""
    items: list[AgencyWithSites]
    next: AgencyId | None
    """What to state as `after` for the page that follows; null on the last."""


class RouteQuestion(BaseModel):
    """A case that might be: who takes it in, where the worker is from, where the matter arose."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    agency: AgencyId
    home: Division
    work: Division
    case_type: Annotated[CaseType, entered(CASE_TYPES)]
    urgent: bool = False
    language: Language | None = None
    worker_class: WorkerClass | None = None
    asked: Annotated[list[AgencyId], Field(max_length=64)] = []
    """Agencies that were asked already."""


@router.get("/agencies")
async def list_agencies(
    directory: Snapshot,
    province: Province | None = None,
    kind: AgencyKind | None = None,
    after: After = "",
    limit: Limit = 50,
) -> AgencyPage:
    """Who there is, and where they are met."""
    found = [
        agency
        for agency in directory.agencies.values()
        if province in (None, agency.province) and kind in (None, agency.kind) and agency.id > after
    ][: limit + 1]
    items = [
        AgencyWithSites(agency=agency_view(each), sites=sites_of(each.id, directory))
        for each in found[:limit]
    ]
    more = len(found) > limit
    return AgencyPage(version=directory.version, items=items, next=found[limit - 1].id if more else None)


def sites_of(agency: AgencyId, directory: Directory) -> list[SiteView]:
    rows = directory.sites.taking_on.get(agency, ())[:SITES_SHOWN]
    return [site_view(directory.sites.site(row)) for row in rows]


@router.post("/routes/preview")
async def preview_route(body: RouteQuestion, request: Request, directory: Snapshot) -> RouteView:
    """What would be decided today, and why. Nothing happens."""
    runtime = runtime_of(request)
    reference = runtime.engine.reference
    asking = Question(
        intake=body.agency,
        home=body.home,
        work=body.work,
        case_type=body.case_type,
        on=day_of(runtime.clock.now()),
        urgent=body.urgent,
        language=body.language,
        worker_class=body.worker_class,
        asked=frozenset(body.asked),
    )
    return route_view(decide(asking, directory, reference[Law], reference[Load]), directory)

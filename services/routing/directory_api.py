"""What people ask of the directory over HTTP: who there is, and who would be asked."""

from asyncio import to_thread
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from chassis.errors import NotFound
from chassis.http import Database, Who, case_router, runtime_of
from law.book import Law
from law.deadlines import day_of
from schemas.codes import CASE_TYPES, AgencyKind, CaseType, Language, SiteKind, WorkerClass
from schemas.entered import entered
from schemas.ids import AgencyId, Division, Province, TransferId
from services.routing import repository
from services.routing.api import STAFF
from services.routing.directory.serving import cards, directory_then
from services.routing.domain.circle import Wish, gaps, nearest
from services.routing.domain.directory import Directory
from services.routing.domain.distance import Point
from services.routing.domain.explanation import compared
from services.routing.domain.load import Load
from services.routing.domain.question import Question
from services.routing.domain.route import decide
from services.routing.domain.weighing import HALF_HOUR_M
from services.routing.views import (
    AgencyView,
    RouteView,
    SiteView,
    Text,
    agency_view,
    route_view,
    site_view,
    text_of,
)

router = case_router()

EVERYBODY = STAFF | {"partner", "applicant"}

PERMISSIONS = {
    "see_directory": EVERYBODY,
    "list_agencies": EVERYBODY,
    "see_agency": EVERYBODY,
    "find_nearest_sites": EVERYBODY,
    "list_gaps": STAFF,
    "preview_route": STAFF,
    "explain_route": STAFF,
}

SITES_SHOWN = 20

Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str, Query(max_length=64)]


def directory_of(request: Request) -> Directory:
    directory = runtime_of(request).engine.reference[Directory]
    assert isinstance(directory, Directory)
    return directory


def law_of(request: Request) -> Law:
    law = runtime_of(request).engine.reference[Law]
    assert isinstance(law, Law)
    return law


Snapshot = Annotated[Directory, Depends(directory_of)]
Rules = Annotated[Law, Depends(law_of)]
Km = Annotated[float, Query(gt=0, le=300)]


class DirectoryView(BaseModel):
    """The directory in force."""

    version: str
    agencies: int
    agreements: int
    sites: int


@router.get("/directory")
async def see_directory(directory: Snapshot) -> DirectoryView:
    """Which version is served, and how large it is."""
    return DirectoryView(
        version=directory.version,
        agencies=len(directory.agencies),
        agreements=sum(map(len, directory.agreements.by_parties.values())),
        sites=len(directory.sites),
    )


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


@router.get("/agencies/{agency_id}")
async def see_agency(agency_id: AgencyId, request: Request, directory: Snapshot) -> AgencyWithSites:
    """One agency, with the names of its sites."""
    if agency_id not in directory.agencies:
        raise NotFound(kind="Agency", id=agency_id)
    found = [directory.sites.site(row) for row in first_sites(agency_id, directory)]
    named = await cards(runtime_of(request), [site.id for site in found])
    return AgencyWithSites(
        agency=agency_view(directory.agencies[agency_id]),
        sites=[site_view(site, named.get(site.id)) for site in found],
    )


def first_sites(agency: AgencyId, directory: Directory) -> Sequence[int]:
    return directory.sites.taking_on.get(agency, ())[:SITES_SHOWN]


def sites_of(agency: AgencyId, directory: Directory) -> list[SiteView]:
    return [site_view(directory.sites.site(row)) for row in first_sites(agency, directory)]


# --- The half-hour service circle --------------------------------------------------------------------------


class NearSite(BaseModel):
    """A site, and how far it is."""

    distance_m: int
    site: SiteView


class NearSites(BaseModel):
    """The nearest sites of a place."""

    version: str
    """Of the directory."""
    items: list[NearSite]


class Gap(BaseModel):
    """A place without a site within the circle."""

    division: Division
    name: Text


class Gaps(BaseModel):
    """The places that have none."""

    version: str
    """Of the directory."""
    on: date
    within_km: float
    items: list[Gap]


@router.get("/sites/nearest")
async def find_nearest_sites(
    request: Request,
    directory: Snapshot,
    law: Rules,
    division: Division | None = None,
    latitude: Annotated[float | None, Query(ge=-90, le=90)] = None,
    longitude: Annotated[float | None, Query(ge=-180, le=180)] = None,
    within_km: Km = HALF_HOUR_M / 1000,
    kind: SiteKind | None = None,
    case_type: CaseType | None = None,
    now: bool = False,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> NearSites:
    """The nearest sites that are open today, or with `now` at this moment, near a division or a point."""
    runtime = runtime_of(request)
    moment = runtime.clock.now()
    place = place_of(division, latitude, longitude, directory)
    wish = Wish(
        within_m=round(within_km * 1000),
        on=day_of(moment),
        at=moment if now else None,
        kind=kind,
        case_type=case_type,
    )
    found = list(islice(nearest(place, wish, directory, law.calendar), limit)) if place else []
    named = await cards(runtime, [directory.sites.id(row) for _, row in found])
    items = [
        NearSite(distance_m=distance, site=site_view(site, named.get(site.id)))
        for distance, row in found
        for site in (directory.sites.site(row),)
    ]
    return NearSites(version=directory.version, items=items)


def place_of(
    division: Division | None, latitude: float | None, longitude: float | None, directory: Directory
) -> Point | None:
    """The point that is stated, else the seat of the division."""
    if latitude is not None and longitude is not None:
        return Point(round(latitude * 1_000_000), round(longitude * 1_000_000))
    return directory.point_of(division) if division else None


@router.get("/sites/gaps")
async def list_gaps(
    request: Request,
    directory: Snapshot,
    law: Rules,
    province: Province | None = None,
    within_km: Km = HALF_HOUR_M / 1000,
) -> Gaps:
    """Counties from whose seat no site that is open today is near enough."""
    today = day_of(runtime_of(request).clock.now())
    found = gaps(directory, round(within_km * 1000), today, law.calendar, province)
    return Gaps(
        version=directory.version,
        on=today,
        within_km=within_km,
        items=[
            Gap(division=each, name=text_of(directory.divisions.get(each), each))
            for each in await to_thread(list, found)
        ],
    )


# --- Routes ------------------------------------------------------------------------------------------------


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


class DiffersView(BaseModel):
    """One thing that came out otherwise than before."""

    what: str
    then: str
    now: str


class ExplanationView(BaseModel):
    """A route that was decided, and how it comes out when it is decided again."""

    decided: RouteView
    again: RouteView | None
    """From the same directory, question and loads; null if that version of the directory was not kept."""
    same: bool | None
    """Whether both are the same; null if it cannot be told."""
    differs: list[DiffersView]


@router.get("/routes/{transfer_id}")
async def explain_route(
    transfer_id: TransferId, who: Who, request: Request, database: Database, law: Rules
) -> ExplanationView:
    """How the route was decided that led to a transfer, and whether it comes out the same again."""
    found = await repository.decision_of(database, who.province, transfer_id)
    if found is None:
        raise NotFound(kind="Decision", id=transfer_id)
    decided = found.decided
    runtime = runtime_of(request)
    then = await directory_then(runtime, decided.directory_version, found.asking)
    if then is None:
        known: Directory = runtime.engine.reference[Directory]
        return ExplanationView(decided=route_view(decided, known), again=None, same=None, differs=[])
    loads = Load.known(decided.inputs.loads) if decided.inputs else Load()
    again = decide(found.asking, then, law, loads)
    differs = [DiffersView(what=d.what, then=d.then, now=d.now) for d in compared(decided, again)]
    return ExplanationView(
        decided=route_view(decided, then),
        again=route_view(again, then),
        same=not differs,
        differs=differs,
    )


@router.post("/routes/preview")
async def preview_route(body: RouteQuestion, request: Request, directory: Snapshot, law: Rules) -> RouteView:
    """What would be decided today, and why. Nothing happens."""
    runtime = runtime_of(request)
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
    return route_view(decide(asking, directory, law, runtime.engine.reference[Load]), directory)

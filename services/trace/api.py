"""What is asked of trace: where cases are, and how they came there."""

from typing import Annotated, Any

from fastapi import Depends, HTTPException, Query, Request

from chassis.auth import NotPermitted
from chassis.errors import NotFound
from chassis.http import Database, Who, case_router, runtime_of
from chassis.texts import Texts
from law.book import Law
from schemas.ids import (
    AgencyId,
    CaseId,
    CaseNumber,
    ExternalRef,
    NotACaseNumber,
    Province,
    read_case_number,
)
from services.trace import repository
from services.trace.access import LOOKERS, provinces_seen
from services.trace.timeline import hops_of
from services.trace.views import CaseView, StatusView, TimelineView, Viewer

router = case_router()

PERMISSIONS: dict[str, frozenset[str]] = {
    "list_cases": LOOKERS,
    "find_case": LOOKERS,
    "find_by_ref": LOOKERS | {"partner"},
    "read_timeline": LOOKERS,
}


def viewer_of(request: Request) -> Viewer:
    reference: Any = runtime_of(request).engine.reference
    return Viewer(reference[Texts], reference[Law])


def seen_by(request: Request, who: Who) -> tuple[Province, ...]:
    return provinces_seen(who, runtime_of(request).settings.provinces)


Seen = Annotated[tuple[Province, ...], Depends(seen_by)]
View = Annotated[Viewer, Depends(viewer_of)]


def number_from(text: str) -> CaseNumber:
    try:
        return read_case_number(text)
    except NotACaseNumber as error:
        raise HTTPException(422, str(error)) from None


@router.get("/cases")
async def list_cases(
    database: Database,
    seen: Seen,
    view: View,
    number: str | None = None,
    held: bool = False,
    after: CaseId | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[CaseView]:
    """Cases, those that were heard of last first; `after` is the last case of the page before."""
    found = await repository.page_of_cases(
        database,
        seen,
        number=number_from(number) if number else None,
        held=held,
        after=after,
        limit=limit,
    )
    return [view.case(traced) for traced in found]


@router.get("/cases/by-number/{number}")
async def find_case(number: str, database: Database, seen: Seen, view: View) -> CaseView:
    """A case by the number that a caller reads out: spaces and dashes do not matter, 幺 is 1."""
    written = number_from(number)
    found = await repository.page_of_cases(database, seen, number=written, limit=1)
    if not found:
        raise NotFound(kind="case", id=written)
    return view.case(found[0])


@router.get("/cases/by-ref/{issuer}/{number:path}")
async def find_by_ref(
    issuer: AgencyId, number: ExternalRef, who: Who, database: Database, seen: Seen, view: View
) -> list[StatusView]:
    """How the cases stand that an authority keeps under its own number; a partner agency asks for its own."""
    if not who.roles & LOOKERS and issuer != who.agency:
        raise NotPermitted(f"numbers of {who.agency}", f"numbers of {issuer}")
    found = await repository.cases_under(database, seen, issuer, number)
    if not found:
        raise NotFound(kind="case under the number", id=number)
    return [view.status(traced, issuer) for traced in found]


@router.get("/cases/{case_id}/timeline")
async def read_timeline(case_id: CaseId, database: Database, seen: Seen, view: View) -> TimelineView:
    """Every step of a case in the order in which it was recorded, with the time that each hop took."""
    return timeline_of(await repository.one_case(database, seen, case_id), case_id, view)


def timeline_of(traced: repository.Traced | None, case_id: CaseId, view: Viewer) -> TimelineView:
    if traced is None:
        raise NotFound(kind="case", id=case_id)
    return TimelineView(case=view.case(traced), hops=[view.hop(hop) for hop in hops_of(traced.steps)])

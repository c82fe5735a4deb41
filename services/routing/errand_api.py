"""What an agency does that is asked for help: look, take note, help, or say why it cannot."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel

from chassis.http import Database, Uow, Who, case_router
from schemas.codes import IMPOSSIBILITIES, TASK_RESULTS, ImpossibleCode, TaskResult
from schemas.entered import entered
from schemas.ids import CaseId, TaskId
from services.routing import worklists
from services.routing.api import After, Body, Limit
from services.routing.domain.errand import Errand, ErrandState

router = case_router()

HELPERS = frozenset({"caseworker", "receiver", "director"})

PERMISSIONS = {
    "list_errands": HELPERS,
    "see_errand": HELPERS,
    "acknowledge_errand": HELPERS,
    "finish_errand": HELPERS,
    "give_errand_up": HELPERS,
}


class ErrandPage(BaseModel):
    """Errands, the oldest first."""

    items: list[Errand]
    next: TaskId | None
    """What to state as `after` for the page that follows; null on the last."""


class ErrandView(BaseModel):
    """An errand, with whom and what it is about."""

    errand: Errand
    details: Any
    """What the agency that asks wrote, a JSON value; null if nothing."""


class Acknowledgement(Body):
    """Somebody has it in hand."""

    wants_until: AwareDatetime | None = None
    """How long it would take, if the time given does not suffice."""


class ErrandResult(Body):
    """What came of an errand."""

    result: Annotated[TaskResult, entered(TASK_RESULTS)]
    papers: dict[str, Any] | None = None
    """What was found out, a JSON object: sealed for the agency that asks, and nowhere kept here."""


class Impossibility(Body):
    """Why help cannot be given (2012 Regulation Art. 28: a written reason)."""

    because: Annotated[ImpossibleCode, entered(IMPOSSIBILITIES)]
    reason: dict[str, Any]
    """The written reason, a JSON object: sealed for the agency that asks, and nowhere kept here."""


@router.get("/errands")
async def list_errands(
    who: Who, database: Database, state: ErrandState | None = None, after: After = "", limit: Limit = 50
) -> ErrandPage:
    """What the caller's agency is asked to help with."""
    found = await worklists.errands_of(
        database, who.province, who.agency, state=state, after=after, limit=limit
    )
    return ErrandPage(items=found, next=found[-1].task_id if len(found) == limit else None)


@router.get("/cases/{case_id}/errands/{task_id}")
async def see_errand(case_id: CaseId, task_id: TaskId, who: Who, uow: Uow) -> ErrandView:
    """For the agency that is asked alone: the details name persons."""
    errand = uow.get(Errand, task_id)
    errand.check_addressee(who.agency)
    details = uow.vault.get(f"errand/{task_id}")
    return ErrandView(errand=errand, details=uow.vault.unseal(details) if details else None)


@router.post("/cases/{case_id}/errands/{task_id}/acknowledgement", status_code=201)
async def acknowledge_errand(
    case_id: CaseId, task_id: TaskId, body: Acknowledgement, who: Who, uow: Uow
) -> Errand:
    """Take note; say if the time does not suffice."""
    errand = uow.expect(Errand, task_id)
    events = errand.acknowledge(by=who.agency, wants_until=body.wants_until, at=uow.now)
    return uow.emit(errand, events)


@router.post("/cases/{case_id}/errands/{task_id}/result", status_code=201)
async def finish_errand(case_id: CaseId, task_id: TaskId, body: ErrandResult, who: Who, uow: Uow) -> Errand:
    """Say what came of it."""
    errand = uow.expect(Errand, task_id)
    papers = uow.vault.seal_for(errand.from_province, body.papers) if body.papers else None
    return uow.emit(errand, errand.finish(by=who.agency, result=body.result, papers=papers, at=uow.now))


@router.post("/cases/{case_id}/errands/{task_id}/impossibility", status_code=201)
async def give_errand_up(case_id: CaseId, task_id: TaskId, body: Impossibility, who: Who, uow: Uow) -> Errand:
    """Say why it cannot be done."""
    errand = uow.expect(Errand, task_id)
    reason = uow.vault.seal_for(errand.from_province, body.reason)
    events = errand.give_up(by=who.agency, because=body.because, reason=reason, at=uow.now)
    return uow.emit(errand, events)

"""What people ask of routing over HTTP: answer offers, take them back, help."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict

from chassis.http import Database, Uow, Who, case_router
from schemas.codes import REJECTIONS, TASK_RESULTS, LegalBasis, RejectionCode, TaskResult
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, TaskId, TransferId
from services.routing import repository
from services.routing.domain.custody import Custody
from services.routing.domain.directory import Directory
from services.routing.domain.errand import Errand, ErrandState
from services.routing.domain.errors import AgencyNotKnown
from services.routing.domain.following import Following
from services.routing.domain.offer import Offer, OfferState
from services.routing.domain.task import Task

router = case_router()

RECEIVERS = frozenset({"receiver", "director"})
SENDERS = frozenset({"sender", "director"})
HELPERS = frozenset({"caseworker", "receiver", "director"})
STAFF = frozenset(
    {
        "intake_clerk",
        "hotline_clerk",
        "receiver",
        "sender",
        "caseworker",
        "lawyer",
        "mediator",
        "director",
        "operator",
    }
)

PERMISSIONS = {
    "list_offers": RECEIVERS,
    "see_offer": STAFF,
    "accept_offer": RECEIVERS,
    "reject_offer": RECEIVERS,
    "see_custody": STAFF,
    "recall_transfer": SENDERS,
    "list_errands": HELPERS,
    "see_errand": HELPERS,
    "finish_errand": HELPERS,
    "see_task": HELPERS,
    "see_following": STAFF,
}

Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str, Query(max_length=64)]


class Body(BaseModel):
    """What a request says; a misspelt field is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


# --- Offers: what we are asked to take ----------------------------------------------------------------------


class OfferPage(BaseModel):
    """Offers, the oldest first."""

    items: list[Offer]
    next: TransferId | None
    """What to state as `after` for the page that follows; null on the last."""


class Rejection(Body):
    """Why an agency does not take a case on, and who should."""

    code: Annotated[RejectionCode, entered(REJECTIONS)]
    legal_basis: LegalBasis
    """The article that the rejection rests on."""
    proposed: AgencyId
    """Who is competent instead."""


@router.get("/offers")
async def list_offers(
    who: Who, database: Database, state: OfferState | None = None, after: After = "", limit: Limit = 50
) -> OfferPage:
    """The work list of the caller's agency."""
    found = await repository.offers_of(
        database, who.province, who.agency, state=state, after=after, limit=limit
    )
    return OfferPage(items=found, next=found[-1].transfer_id if len(found) == limit else None)


@router.get("/cases/{case_id}/offers/{transfer_id}")
async def see_offer(case_id: CaseId, transfer_id: TransferId, uow: Uow) -> Offer:
    return uow.get(Offer, transfer_id)


@router.post("/cases/{case_id}/offers/{transfer_id}/acceptance", status_code=201)
async def accept_offer(case_id: CaseId, transfer_id: TransferId, who: Who, uow: Uow) -> Offer:
    """Take the case on. It is ours once the agency that offers has completed the transfer."""
    offer = uow.expect(Offer, transfer_id)
    return uow.emit(offer, offer.accept(by=who.agency, at=uow.now))


@router.post("/cases/{case_id}/offers/{transfer_id}/rejection", status_code=201)
async def reject_offer(
    case_id: CaseId, transfer_id: TransferId, body: Rejection, who: Who, uow: Uow
) -> Offer:
    """Refuse: with a code, the article that it rests on, and the agency that is competent instead."""
    directory = uow.use(Directory)
    if body.proposed not in directory.agencies:
        raise AgencyNotKnown(version=directory.version, found=body.proposed)
    offer = uow.expect(Offer, transfer_id)
    events = offer.reject(
        by=who.agency,
        code=body.code,
        legal_basis=body.legal_basis,
        proposed=body.proposed,
        at=uow.now,
    )
    return uow.emit(offer, events, legal_basis=body.legal_basis)


# --- Custody: who has the case ------------------------------------------------------------------------------


@router.get("/cases/{case_id}/custody")
async def see_custody(case_id: CaseId, uow: Uow) -> Custody:
    """Who has the case, and every transfer of it."""
    return uow.get(Custody, case_id)


@router.post("/cases/{case_id}/transfers/{transfer_id}/recall", status_code=201)
async def recall_transfer(case_id: CaseId, transfer_id: TransferId, who: Who, uow: Uow) -> Custody:
    """Take an offer back that is not accepted yet; the owner acts itself."""
    custody = uow.expect(Custody, case_id)
    return uow.emit(custody, custody.recall(transfer_id, by=who.agency, at=uow.now))


@router.get("/cases/{case_id}/following")
async def see_following(case_id: CaseId, uow: Uow) -> Following:
    """How a case goes that another jurisdiction has, as its owner tells."""
    return uow.get(Following, case_id)


# --- Errands and tasks: help given and asked ----------------------------------------------------------------


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


class ErrandResult(Body):
    """What came of an errand."""

    result: Annotated[TaskResult, entered(TASK_RESULTS)]
    papers: dict[str, Any] | None = None
    """What was found out, a JSON object: sealed for the agency that asks, and nowhere kept here."""


class TaskView(BaseModel):
    """A task, with what the other agency found out."""

    task: Task
    papers: Any
    """A JSON value; null as long as there is nothing."""


@router.get("/errands")
async def list_errands(
    who: Who, database: Database, state: ErrandState | None = None, after: After = "", limit: Limit = 50
) -> ErrandPage:
    """What the caller's agency is asked to help with."""
    found = await repository.errands_of(
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


@router.post("/cases/{case_id}/errands/{task_id}/result", status_code=201)
async def finish_errand(case_id: CaseId, task_id: TaskId, body: ErrandResult, who: Who, uow: Uow) -> Errand:
    """Say what came of it."""
    errand = uow.expect(Errand, task_id)
    papers = uow.vault.seal_for(errand.from_province, body.papers) if body.papers else None
    return uow.emit(errand, errand.finish(by=who.agency, result=body.result, papers=papers, at=uow.now))


@router.get("/cases/{case_id}/tasks/{task_id}")
async def see_task(case_id: CaseId, task_id: TaskId, who: Who, uow: Uow) -> TaskView:
    """For the agency that asked alone: the papers name persons."""
    task = uow.get(Task, task_id)
    task.check_asker(who.agency)
    papers = uow.vault.get(f"task/{task_id}")
    return TaskView(task=task, papers=uow.vault.unseal(papers) if papers else None)

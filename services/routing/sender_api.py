"""What the owner of a case does with what it asks of others: recall, supply, ask for help, give more time."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel

from chassis.http import Database, Uow, Who, case_router
from law.book import Law
from schemas.codes import EXTENSIONS, TASK_KINDS, ExtensionCode, TaskKind
from schemas.entered import entered
from schemas.facts import Candidate
from schemas.ids import AgencyId, CaseId, TaskId, TransferId
from services.routing import worklists
from services.routing.api import After, Body, Limit
from services.routing.domain import acting, clarifying
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.directory import Directory
from services.routing.domain.errors import AgencyNotKnown
from services.routing.domain.item import clarification_item
from services.routing.domain.route import COLLABORATE
from services.routing.domain.task import Task, TaskState
from services.routing.domain.times import law_at

router = case_router()

SENDERS = frozenset({"sender", "director"})
ASKERS = frozenset({"caseworker", "sender", "director"})

PERMISSIONS = {
    "list_transfers": SENDERS,
    "recall_transfer": SENDERS,
    "see_question": SENDERS,
    "supply_clarification": SENDERS,
    "list_tasks": ASKERS,
    "see_task": ASKERS | {"receiver"},
    "request_task": ASKERS,
    "extend_task": ASKERS,
}


# --- Transfers ----------------------------------------------------------------------------------------------


class CustodyPage(BaseModel):
    """Cases that the caller's agency owns, the oldest first, with every transfer of each."""

    items: list[Custody]
    next: CaseId | None
    """What to state as `after` for the page that follows; null on the last."""


class QuestionView(BaseModel):
    """What an agency that is asked wants to know."""

    number: int
    supply_by: datetime | None
    """When its clock runs on all the same; null if it does already."""
    question: Any
    """What it wrote, a JSON value; null if nothing."""


class Clarification(Body):
    """What an agency that is asked wanted to know."""

    answer: dict[str, Any]
    """A JSON object: sealed for that agency. It goes with the case from now on."""


@router.get("/transfers")
async def list_transfers(
    who: Who,
    database: Database,
    state: CustodyState = CustodyState.ASKING,
    after: After = "",
    limit: Limit = 50,
) -> CustodyPage:
    """The outgoing list: `asking` others, or `escalated` to the common superior."""
    found = await worklists.custodies_of(
        database, who.province, who.agency, state=state, after=after, limit=limit
    )
    return CustodyPage(items=found, next=found[-1].case_id if len(found) == limit else None)


@router.post("/cases/{case_id}/transfers/{transfer_id}/recall", status_code=201)
async def recall_transfer(case_id: CaseId, transfer_id: TransferId, who: Who, uow: Uow) -> Custody:
    """Take an offer back that is not accepted yet, or an escalation; the owner acts itself."""
    custody = uow.expect(Custody, case_id)
    return uow.emit(custody, acting.recall(custody, transfer_id, by=who.agency, at=uow.now))


@router.get("/cases/{case_id}/transfers/{transfer_id}/question")
async def see_question(case_id: CaseId, transfer_id: TransferId, who: Who, uow: Uow) -> QuestionView:
    """For the owner alone: the question may name persons."""
    custody = uow.get(Custody, case_id)
    custody.check_owner(who.agency)
    transfer = custody.known(transfer_id)
    kept = uow.vault.get(f"question/{transfer_id}-{transfer.clarifications}")
    return QuestionView(
        number=transfer.clarifications,
        supply_by=transfer.supply_by,
        question=uow.vault.unseal(kept) if kept else None,
    )


@router.post("/cases/{case_id}/transfers/{transfer_id}/clarification", status_code=201)
async def supply_clarification(
    case_id: CaseId, transfer_id: TransferId, body: Clarification, who: Who, uow: Uow
) -> Custody:
    """Answer what the agency that is asked wants to know: its clock runs on."""
    custody = uow.expect(Custody, case_id)
    transfer = custody.known(transfer_id)
    content = uow.vault.seal(body.answer)
    letter = uow.vault.seal_for(transfer.to_province, body.answer)
    events = clarifying.supply(custody, transfer_id, content, letter, by=who.agency, at=uow.now)
    uow.vault.keep(clarification_item(transfer_id, transfer.clarifications).name, content)
    return uow.emit(custody, events)


# --- Help ---------------------------------------------------------------------------------------------------


class TaskPage(BaseModel):
    """Tasks, the oldest first."""

    items: list[Task]
    next: TaskId | None
    """What to state as `after` for the page that follows; null on the last."""


class TaskView(BaseModel):
    """A task, with what the other agency found out, or its reason why it could not."""

    task: Task
    papers: Any
    """A JSON value; null as long as there is nothing."""


class HelpWanted(Body):
    """What help is asked of whom (2012 Regulation Art. 28: facts, task, time limit)."""

    to: AgencyId
    kind: Annotated[TaskKind, entered(TASK_KINDS)]
    details: dict[str, Any]
    """Whom and what it is about, a JSON object: sealed for that agency."""


class Extension(Body):
    """More time for help."""

    due_by: AwareDatetime
    because: Annotated[ExtensionCode, entered(EXTENSIONS)]


@router.get("/tasks")
async def list_tasks(
    who: Who, database: Database, state: TaskState | None = None, after: After = "", limit: Limit = 50
) -> TaskPage:
    """What the caller's agency has asked of others."""
    found = await worklists.tasks_of(
        database, who.province, who.agency, state=state, after=after, limit=limit
    )
    return TaskPage(items=found, next=found[-1].task_id if len(found) == limit else None)


@router.get("/cases/{case_id}/tasks/{task_id}")
async def see_task(case_id: CaseId, task_id: TaskId, who: Who, uow: Uow) -> TaskView:
    """For the agency that asked alone: the papers name persons."""
    task = uow.get(Task, task_id)
    task.check_asker(who.agency)
    papers = uow.vault.get(f"task/{task_id}")
    return TaskView(task=task, papers=uow.vault.unseal(papers) if papers else None)


@router.post("/cases/{case_id}/tasks", status_code=201)
async def request_task(case_id: CaseId, body: HelpWanted, who: Who, uow: Uow) -> Task:
    """Ask another agency for help; ownership stays."""
    custody, directory = uow.get(Custody, case_id), uow.use(Directory)
    custody.check_owner(who.agency)
    agency = directory.agencies.get(body.to)
    if agency is None:
        raise AgencyNotKnown(version=directory.version, found=body.to)
    helper = Candidate(agency=agency.id, province=agency.province, mode=COLLABORATE, task=body.kind)
    details = uow.vault.seal_for(agency.province, body.details)
    law, id = law_at(agency.id, agency.province, directory, uow.use(Law)), TaskId(uow.new_id())
    requested = acting.ask_help(custody, helper, body.kind, id, details, law, here=uow.province, at=uow.now)
    return uow.begin(Task.begin, requested, legal_basis=requested.legal_basis)


@router.post("/cases/{case_id}/tasks/{task_id}/extension", status_code=201)
async def extend_task(case_id: CaseId, task_id: TaskId, body: Extension, who: Who, uow: Uow) -> Task:
    """Give more time, also when it has passed."""
    task = uow.expect(Task, task_id)
    law = law_at(task.to, task.to_province, uow.use(Directory), uow.use(Law))
    return uow.emit(task, task.extend(body.due_by, body.because, by=who.agency, law=law, at=uow.now))

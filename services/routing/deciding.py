"""What is next for a case: who is asked, by the directory and the law of today, and who is to help."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.deadlines import day_of
from schemas.ids import AgencyId, Province, SiteId, TaskId, TransferId
from schemas.transfers import CustodyEvent, RouteDecided, TransferOffered, TransferRelocated
from services.routing import repository
from services.routing.domain import acting, asking
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.directory import Directory
from services.routing.domain.dispute import escalating
from services.routing.domain.item import CONTACT
from services.routing.domain.load import Load
from services.routing.domain.question import Question
from services.routing.domain.route import Route, decide
from services.routing.domain.task import Task, details_for
from services.routing.domain.times import law_at


@dataclass(frozen=True, slots=True)
class Step:
    """What is decided next: the question, the answer, and the id of the transfer that it may lead to."""

    id: TransferId
    asking: Question
    route: Route


def next_step(
    custody: Custody,
    uow: UnitOfWork,
    *,
    proposed: AgencyId | None = None,
    declined: bool = False,
    failing: TransferId | None = None,
) -> Step:
    """Decide with today's directory, without those who were asked.

    Args:
        failing: the offer that comes to nothing by this. After the second the superior decides.
    """
    question = asking.question(custody, day_of(uow.now), proposed=proposed, declined=declined)
    facts = custody.facts
    question = replace(question, language=facts.language, worker_class=facts.worker_class)
    route = decide(question, uow.use(Directory), uow.use(Law), uow.use(Load))
    if custody.disputed(failing):
        route = escalating(route, question, question.on, uow.use(Directory))
    return Step(TransferId(uow.new_id()), question, route)


def take_step(custody: Custody, events: Sequence[CustodyEvent], step: Step, uow: UnitOfWork) -> None:
    """Say what follows from a route, note how it was decided, and ask for help where the owner acts."""
    for event in events:
        if isinstance(event, RouteDecided):
            uow.insert(
                repository.decision, repository.decision_row(uow.province, step.id, step.asking, event)
            )
        elif isinstance(event, TransferOffered | TransferRelocated):
            note_site(event.transfer_id, event.to, event.to_province, event.site, uow)
    if not events:
        return
    custody = uow.emit(custody, events)
    # While another agency is asked, a route by which the owner would act is not followed.
    if custody.state is not CustodyState.ASKING:
        ask_helpers(custody, step.route, uow)


def note_site(key: str, agency: AgencyId, province: Province, site: SiteId | None, uow: UnitOfWork) -> None:
    """Keep at which site of an agency a case is, for counting what each has to do."""
    uow.overwrite(
        repository.site_work,
        {
            "province": uow.province,
            "case_id": uow.case_id,
            "key": key,
            "agency": agency,
            "to_province": province,
            "site": site,
        },
    )


def ask_helpers(custody: Custody, route: Route, uow: UnitOfWork) -> None:
    """Ask whom the route names for help, once; they learn whom it is about, sealed for their province."""
    asked = {(task.to, task.kind) for task in uow.all(Task)}
    for helper in route.helpers:
        if helper.task and (helper.agency, helper.task) not in asked:
            details = uow.vault.seal_for(helper.province, details_for(helper.task, contact_of(uow)))
            law = law_at(helper.agency, helper.province, uow.use(Directory), uow.use(Law))
            id = TaskId(uow.new_id())
            requested = acting.ask_help(
                custody, helper, helper.task, id, details, law, here=uow.province, at=uow.now
            )
            uow.begin(Task.begin, requested, legal_basis=requested.legal_basis)


def contact_of(uow: UnitOfWork) -> dict[str, Any]:
    """How the applicants are reached, in the clear: for sealing it again, never for an aggregate."""
    kept = uow.vault.get(CONTACT)
    return dict(uow.vault.unseal(kept)) if kept else {}

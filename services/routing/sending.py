"""What routing does at the agency that asks: on an answer, a question, a deadline that passes."""

from chassis.unit_of_work import Due, UnitOfWork
from law.book import Law
from law.deadlines import day_of
from schemas.ids import TransferId
from schemas.transfers import (
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferReceived,
    OfferRejected,
)
from services.routing.deciding import next_step, take_step
from services.routing.domain import awaiting, clarifying, moving, passing_on
from services.routing.domain.custody import Custody
from services.routing.domain.directory import Directory
from services.routing.domain.dispute import candidate_after
from services.routing.domain.succession import has_ended
from services.routing.domain.times import law_at
from services.routing.enclosing import enclosures_for, reseal


def note_delivery(event: OfferReceived, uow: UnitOfWork) -> None:
    """The technical receipt starts the clock of the answer."""
    custody = uow.get(Custody, event.case_id)
    law = addressee_law(custody, event.transfer_id, uow)
    uow.emit(custody, awaiting.deliver(custody, event, law, at=uow.now))


def note_acknowledgement(event: OfferAcknowledged, uow: UnitOfWork) -> None:
    """Somebody there has it in hand."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, awaiting.note_acknowledged(custody, event, at=uow.now))


def note_question(event: OfferClarificationRequested, uow: UnitOfWork) -> None:
    """The agency that is asked wants to know more: keep what, and let its clock stand still."""
    custody = uow.get(Custody, event.case_id)
    question = reseal(event.question, uow) if event.question else None
    law = law_at(custody.owner, uow.province, uow.use(Directory), uow.use(Law))
    noted = clarifying.note_question(custody, event, question, law, at=uow.now)
    if noted and question:
        uow.vault.keep(f"question/{event.transfer_id}-{event.round}", question)
    uow.emit(custody, noted)


def run_on(event: OfferClarificationReceived, uow: UnitOfWork) -> None:
    """What it wanted to know has arrived there: its clock runs on."""
    custody = uow.get(Custody, event.case_id)
    law = addressee_law(custody, event.transfer_id, uow)
    uow.emit(custody, clarifying.run_on(custody, event, law, at=uow.now))


def settle_answer(event: OfferAccepted, uow: UnitOfWork) -> None:
    """Move the case, or void an acceptance that crossed a recall or a deadline on the way."""
    custody = uow.get(Custody, event.case_id)
    enclosures = enclosures_for(custody, event, uow)
    settled = moving.settle(custody, event, enclosures, uow.use(Law), here=uow.province, at=uow.now)
    uow.emit(custody, settled)


def ask_next(event: OfferRejected, uow: UnitOfWork) -> None:
    """Ask the next agency, the one first that is competent in the view of who refused."""
    custody = uow.get(Custody, event.case_id)
    step = next_step(custody, uow, proposed=event.proposed, failing=event.transfer_id)
    rejected = passing_on.reject(
        custody, event, step.route, step.id, uow.use(Law), here=uow.province, at=uow.now
    )
    take_step(custody, rejected, step, uow)


def lapse_offer(due: Due, uow: UnitOfWork) -> None:
    """No receipt or no answer came in time: ask the next agency, or after the second time the superior."""
    custody, law, id = uow.get(Custody, due.id), uow.use(Law), TransferId(due.key)
    if move_to_successor(custody, uow):
        return
    step = next_step(custody, uow, failing=id)
    lapsed = passing_on.lapse(custody, id, step.route, step.id, law, here=uow.province, at=uow.now)
    take_step(custody, lapsed, step, uow)


def remind(due: Due, uow: UnitOfWork) -> None:
    """A rung of the ladder is reached. Who has closed meanwhile is not reminded: its successor is asked."""
    custody = uow.get(Custody, due.id)
    if not move_to_successor(custody, uow):
        uow.emit(custody, awaiting.remind(custody, TransferId(due.key), here=uow.province, at=uow.now))


def give_up_enclosing(due: Due, uow: UnitOfWork) -> None:
    """Members who were announced never came: the case stays."""
    custody = uow.get(Custody, due.id)
    uow.emit(custody, moving.give_up_enclosing(custody, TransferId(due.key), at=uow.now))


def move_to_successor(custody: Custody, uow: UnitOfWork) -> bool:
    """Ask the successor of an agency that is asked and has closed. Says whether there was one to move."""
    directory, today = uow.use(Directory), day_of(uow.now)
    closed = {
        each.to: candidate_after(agency, today, directory)
        for each in custody.transfers
        if each.open and (agency := directory.agencies.get(each.to)) and has_ended(agency, today)
    }
    if not closed:
        return False
    directed = (each.id for each in custody.transfers if each.open and each.directed)
    step, law = next_step(custody, uow, failing=next(directed, None)), uow.use(Law)
    moved = passing_on.successor(custody, closed, step.route, step.id, law, here=uow.province, at=uow.now)
    take_step(custody, moved, step, uow)
    return bool(moved)


def addressee_law(custody: Custody, id: TransferId, uow: UnitOfWork) -> Law:
    """The law as it holds for the agency that a transfer asks."""
    found = custody.transfer(id)
    if found is None:
        return uow.use(Law)
    return law_at(found.to, found.to_province, uow.use(Directory), uow.use(Law))

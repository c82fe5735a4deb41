"""What routing does on hearing something: one event, one look, one decision, emitted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chassis.unit_of_work import Due, UnitOfWork
from law.book import Law
from law.deadlines import day_of
from schemas.cases import (
    ApplicationAdopted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    MemberJoined,
    RepresentativesSet,
)
from schemas.facts import Enclosure
from schemas.fields import Sealed
from schemas.ids import AgencyId, Province, SiteId, TaskId, TransferId
from schemas.matters import MatterConcluded, MatterNotCompetent
from schemas.transfers import (
    CustodyBegun,
    CustodyEvent,
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferReceived,
    OfferRejected,
    RouteDecided,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferEnclosed,
    TransferForwarded,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferReminded,
    TransferVoided,
)
from services.routing import repository
from services.routing.domain import offer
from services.routing.domain.custody import Custody
from services.routing.domain.direction import Direction
from services.routing.domain.directory import Directory
from services.routing.domain.dispute import candidate_after, escalating
from services.routing.domain.escalation import Escalation
from services.routing.domain.item import CONTACT, Item, item_of, member_item, representatives_item
from services.routing.domain.load import Load
from services.routing.domain.offer import COMPLETED, Offer
from services.routing.domain.progress import MilestoneEvent, progress_of
from services.routing.domain.question import Question
from services.routing.domain.route import Route, decide
from services.routing.domain.succession import has_ended
from services.routing.domain.task import Task, details_for
from services.routing.domain.times import law_at

# --- The case begins, grows, ends ---------------------------------------------------------------------------


def begin_custody(event: ApplicationSubmitted, uow: UnitOfWork) -> None:
    """The agency that took the case in owns it; ask who is to have it."""
    begun = CustodyBegun(
        case_id=event.case_id,
        at=uow.now,
        owner=event.agency,
        epoch=1,
        facts=event.facts,
        contact=event.contact,
    )
    uow.vault.keep(CONTACT, event.contact)
    if event.site:
        note_site("", event.agency, uow.province, event.site, uow)
    custody = uow.begin(Custody.begin, begun)
    step = next_step(custody, uow)
    begun_with = custody.follow(step.route, step.id, uow.use(Law), here=uow.province, at=uow.now)
    take_step(custody, begun_with, step, uow)


def keep_member(event: MemberJoined, uow: UnitOfWork) -> None:
    """Keep what must travel with the case; send it at once if an accepted transfer waits for it."""
    keep_item(member_item(event), event.person, uow)


def keep_representatives(event: RepresentativesSet, uow: UnitOfWork) -> None:
    """Keep who speaks for a group, so that they need not choose again elsewhere."""
    keep_item(representatives_item(), uow.vault.seal({"members": list(event.members)}), uow)


def place_case(event: ApplicationAdopted, uow: UnitOfWork) -> None:
    """The data of a case that came to us are there: the owner shall act."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, custody.place(event, at=uow.now))


def end_custody(event: ApplicationWithdrawn, uow: UnitOfWork) -> None:
    """Take back what is offered, and end."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, custody.withdraw(event, here=uow.province, at=uow.now))


def ask_elsewhere(event: MatterNotCompetent, uow: UnitOfWork) -> None:
    """The owner is not competent: ask whoever is."""
    custody = uow.get(Custody, event.case_id)
    step = next_step(custody, uow, proposed=event.proposed, declined=True)
    declined = custody.decline(event, step.route, step.id, uow.use(Law), here=uow.province, at=uow.now)
    take_step(custody, declined, step, uow)


def note_conclusion(event: MatterConcluded, uow: UnitOfWork) -> None:
    """The owner has concluded the matter: it is no load any more."""
    custody = uow.get(Custody, event.case_id)
    uow.insert(
        repository.work_done,
        {"province": uow.province, "case_id": uow.case_id, "agency": custody.owner},
    )


def report_progress(event: MilestoneEvent, uow: UnitOfWork) -> None:
    """Tell those who had the case, and the national desk."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, custody.report(progress_of(event), here=uow.province))


# --- Letters to the origin of a transfer --------------------------------------------------------------------


def note_delivery(event: OfferReceived, uow: UnitOfWork) -> None:
    """The technical receipt starts the clock of the answer."""
    custody = uow.get(Custody, event.case_id)
    law = addressee_law(custody, event.transfer_id, uow)
    uow.emit(custody, custody.deliver(event, law, at=uow.now))


def note_acknowledgement(event: OfferAcknowledged, uow: UnitOfWork) -> None:
    """Somebody there has it in hand."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, custody.note_acknowledged(event, at=uow.now))


def note_question(event: OfferClarificationRequested, uow: UnitOfWork) -> None:
    """The agency that is asked wants to know more: keep what, and let its clock stand still."""
    custody = uow.get(Custody, event.case_id)
    question = reseal(event.question, uow) if event.question else None
    law = law_at(custody.owner, uow.province, uow.use(Directory), uow.use(Law))
    noted = custody.note_question(event, question, law, at=uow.now)
    if noted and question:
        uow.vault.keep(f"question/{event.transfer_id}-{event.round}", question)
    uow.emit(custody, noted)


def run_on(event: OfferClarificationReceived, uow: UnitOfWork) -> None:
    """What it wanted to know has arrived there: its clock runs on."""
    custody = uow.get(Custody, event.case_id)
    law = addressee_law(custody, event.transfer_id, uow)
    uow.emit(custody, custody.run_on(event, law, at=uow.now))


def settle_answer(event: OfferAccepted, uow: UnitOfWork) -> None:
    """Move the case, or void an acceptance that crossed a recall or a deadline on the way."""
    custody = uow.get(Custody, event.case_id)
    enclosures = enclosures_for(custody, event, uow)
    settled = custody.settle(event, enclosures, uow.use(Law), here=uow.province, at=uow.now)
    uow.emit(custody, settled)


def ask_next(event: OfferRejected, uow: UnitOfWork) -> None:
    """Ask the next agency, the one first that is competent in the view of who refused."""
    custody = uow.get(Custody, event.case_id)
    step = next_step(custody, uow, proposed=event.proposed, failing=event.transfer_id)
    rejected = custody.reject(event, step.route, step.id, uow.use(Law), here=uow.province, at=uow.now)
    take_step(custody, rejected, step, uow)


def lapse_offer(due: Due, uow: UnitOfWork) -> None:
    """No receipt or no answer came in time: ask the next agency, or after the second time the superior."""
    custody, law, id = uow.get(Custody, due.id), uow.use(Law), TransferId(due.key)
    if move_to_successor(custody, uow):
        return
    step = next_step(custody, uow, failing=id)
    lapsed = custody.lapse(id, step.route, step.id, law, here=uow.province, at=uow.now)
    take_step(custody, lapsed, step, uow)


def remind(due: Due, uow: UnitOfWork) -> None:
    """A rung of the ladder is reached. Who has closed meanwhile is not reminded: its successor is asked."""
    custody = uow.get(Custody, due.id)
    if not move_to_successor(custody, uow):
        uow.emit(custody, custody.remind(TransferId(due.key), here=uow.province, at=uow.now))


def give_up_enclosing(due: Due, uow: UnitOfWork) -> None:
    """Members who were announced never came: the case stays."""
    custody = uow.get(Custody, due.id)
    uow.emit(custody, custody.give_up_enclosing(TransferId(due.key), at=uow.now))


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
    moved = custody.successor(closed, step.route, step.id, law, here=uow.province, at=uow.now)
    take_step(custody, moved, step, uow)
    return bool(moved)


# --- Letters to the agency that is asked --------------------------------------------------------------------


def receive_offer(event: TransferOffered, uow: UnitOfWork) -> None:
    """Put it on the work list of the agency, and say that it arrived."""
    if uow.find(Offer, event.transfer_id) is not None:
        return
    law = law_at(event.to, event.to_province, uow.use(Directory), uow.use(Law))
    if event.site:
        note_site(event.transfer_id, event.to, uow.province, event.site, uow)
    begun = uow.begin(Offer.begin, offer.received(event, law, at=uow.now))
    direction = uow.find(Direction, event.direction) if event.direction else None
    uow.emit(begun, begun.heed(direction, at=uow.now))


def keep_clarification(event: TransferClarificationSupplied, uow: UnitOfWork) -> None:
    """What we wanted to know: our clock runs on."""
    asked = uow.get(Offer, event.transfer_id)
    ours = reseal(event.enclosure.content, uow)
    law = law_at(asked.agency, uow.province, uow.use(Directory), uow.use(Law))
    clarified = asked.clarify(event, ours, law, at=uow.now)
    if clarified:
        uow.vault.keep(item_of(event.enclosure).name, ours)
        uow.emit(asked, clarified)


def pass_reminder_on(event: TransferReminded, uow: UnitOfWork) -> None:
    """Tell our people of a time limit, whichever of both it is about."""
    if (asked := uow.find(Offer, event.transfer_id)) is not None:
        uow.emit(asked, asked.remind(event, at=uow.now))
    if (escalation := uow.find(Escalation, event.transfer_id)) is not None:
        uow.emit(escalation, escalation.remind(event, at=uow.now))


def keep_enclosure(event: TransferEnclosed, uow: UnitOfWork) -> None:
    """Open what came with the case, and keep it under our own key of it."""
    ours = reseal(event.enclosure.content, uow)
    item = item_of(event.enclosure)
    uow.vault.keep(item.name, ours)
    asked = uow.get(Offer, event.transfer_id)
    uow.emit(asked, asked.keep(item.enclosing(ours), at=uow.now))


def adopt_case(event: TransferCompleted, uow: UnitOfWork) -> None:
    """The case is ours."""
    asked = uow.get(Offer, event.transfer_id)
    taken = asked.take_over(event, uow.vault.get(CONTACT), here=uow.province, at=uow.now)
    uow.emit(asked, asked.close(COMPLETED, at=uow.now))
    for begun in taken:
        begin_again(begun, asked, uow)


def begin_again(begun: CustodyBegun, asked: Offer, uow: UnitOfWork) -> None:
    """With what arrived. A jurisdiction that had the case before goes on with the custody that it has."""
    known = uow.find(Custody, begun.case_id)
    custody = uow.emit(known, [begun]) if known else uow.begin(Custody.begin, begun)
    contents = [(item, uow.vault.get(item.name)) for item in asked.arrived if item.kind != CONTACT]
    uow.emit(custody, [custody.amended(item, kept, at=uow.now) for item, kept in contents if kept])


def close_offer(event: TransferRecalled | TransferLapsed | TransferVoided, uow: UnitOfWork) -> None:
    """The origin has ended it: an offer, or what we were to decide."""
    if isinstance(event, TransferRecalled) and (escalation := uow.find(Escalation, event.transfer_id)):
        uow.emit(escalation, escalation.close(event.because, at=uow.now))
    else:
        asked = uow.get(Offer, event.transfer_id)
        uow.emit(asked, asked.close(offer.end_of(event), at=uow.now))


# --- What several of them need ------------------------------------------------------------------------------


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
    asking = custody.question(day_of(uow.now), proposed=proposed, declined=declined)
    facts = custody.facts
    asking = replace(asking, language=facts.language, worker_class=facts.worker_class)
    route = decide(asking, uow.use(Directory), uow.use(Law), uow.use(Load))
    if custody.disputed(failing):
        route = escalating(route, asking, asking.on, uow.use(Directory))
    return Step(TransferId(uow.new_id()), asking, route)


def take_step(custody: Custody, events: Sequence[CustodyEvent], step: Step, uow: UnitOfWork) -> None:
    """Say what follows from a route, note how it was decided, and ask for help where the owner acts."""
    for event in events:
        if isinstance(event, RouteDecided):
            uow.insert(
                repository.decision, repository.decision_row(uow.province, step.id, step.asking, event)
            )
        elif isinstance(event, TransferOffered) and event.site:
            note_site(event.transfer_id, event.to, event.to_province, event.site, uow)
    if events:
        ask_helpers(uow.emit(custody, events), step.route, uow)


def note_site(key: str, agency: AgencyId, province: Province, site: SiteId, uow: UnitOfWork) -> None:
    """Keep at which site of an agency a case is, for counting what each has to do."""
    uow.insert(
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
            requested = custody.ask_help(helper, helper.task, id, details, law, here=uow.province, at=uow.now)
            uow.begin(Task.begin, requested, legal_basis=requested.legal_basis)


def addressee_law(custody: Custody, id: TransferId, uow: UnitOfWork) -> Law:
    """The law as it holds for the agency that a transfer asks."""
    found = custody.transfer(id)
    if found is None:
        return uow.use(Law)
    return law_at(found.to, found.to_province, uow.use(Directory), uow.use(Law))


def contact_of(uow: UnitOfWork) -> dict[str, Any]:
    """How the applicants are reached, in the clear: for sealing it again, never for an aggregate."""
    kept = uow.vault.get(CONTACT)
    return dict(uow.vault.unseal(kept)) if kept else {}


def keep_item(item: Item, content: Sealed, uow: UnitOfWork) -> None:
    """Keep what goes with the case; seal it for the addressee too, if an accepted transfer waits for it."""
    custody = uow.find(Custody, uow.case_id)
    if custody is None:
        return  # It came with a transfer that is not completed yet: the offer keeps it.
    if custody.moved:
        forward_item(custody, item, content, uow)
        return
    waiting = custody.enclosing
    letter = uow.vault.seal_for(waiting.to_province, uow.vault.unseal(content)) if waiting else None
    amended = custody.amend(item, content, letter, here=uow.province, at=uow.now)
    if amended:
        uow.vault.keep(item.name, content)
        uow.emit(custody, amended)


def forward_item(custody: Custody, item: Item, content: Sealed, uow: UnitOfWork) -> None:
    """Send something that came too late after the case."""
    if moved := custody.moved:
        enclosure = item.enclosing(uow.vault.seal_for(moved.to_province, uow.vault.unseal(content)))
        uow.emit(custody, custody.forward(item.kind, uow.now, enclosure=enclosure, at=uow.now))


def take_change(event: TransferForwarded, uow: UnitOfWork) -> None:
    """An earlier owner heard of a change: make it here, or send it on."""
    custody = uow.get(Custody, event.case_id)
    enclosure = event.enclosure
    if enclosure:
        said = uow.vault.open_letter(enclosure.content)
        moved = custody.moved
        sealed = uow.vault.seal_for(moved.to_province, said) if moved else uow.vault.seal(said)
        enclosure = enclosure.model_copy(update={"content": sealed})
        if not moved:
            uow.vault.keep(item_of(enclosure).name, sealed)
    uow.emit(custody, custody.take_change(event, enclosure, here=uow.province, at=uow.now))


def enclosures_for(custody: Custody, answer: OfferAccepted, uow: UnitOfWork) -> list[Enclosure]:
    """All that goes with the case, sealed for the province that takes it on."""
    return [
        item.enclosing(content)
        for item in custody.to_enclose(answer)
        if (content := reseal_for(custody.province_of(answer.transfer_id), item.name, uow))
    ]


def reseal(letter: Sealed, uow: UnitOfWork) -> Sealed:
    """What another province sealed for us, under our own key of the case."""
    return uow.vault.seal(uow.vault.open_letter(letter))


def reseal_for(province: Province, name: str, uow: UnitOfWork) -> Sealed | None:
    """What the vault keeps under the name, so that the province alone can open it."""
    kept = uow.vault.get(name)
    return uow.vault.seal_for(province, uow.vault.unseal(kept)) if kept else None

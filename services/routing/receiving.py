"""What routing does at the agency that is asked, and when the case has come."""

from chassis.errors import CauseAwaited
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from schemas.ids import TransferId
from schemas.transfers import (
    CustodyBegun,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferEnclosed,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRelocated,
    TransferReminded,
    TransferVoided,
)
from services.routing.deciding import note_site
from services.routing.domain import amending, receiving
from services.routing.domain.custody import Custody
from services.routing.domain.direction import Direction
from services.routing.domain.directory import Directory
from services.routing.domain.escalation import Escalation
from services.routing.domain.item import CONTACT, item_of
from services.routing.domain.offer import COMPLETED, Offer
from services.routing.domain.times import law_at
from services.routing.enclosing import reseal


def receive_offer(event: TransferOffered, uow: UnitOfWork) -> None:
    """Put it on the work list of the agency, and say that it arrived."""
    if uow.find(Offer, event.transfer_id) is not None:
        return
    law = law_at(event.to, event.to_province, uow.use(Directory), uow.use(Law))
    if event.site:
        note_site(event.transfer_id, event.to, uow.province, event.site, uow)
    begun = uow.begin(Offer.begin, receiving.received(event, law, at=uow.now))
    direction = uow.find(Direction, event.direction) if event.direction else None
    uow.emit(begun, receiving.heed(begun, direction, at=uow.now))


def keep_clarification(event: TransferClarificationSupplied, uow: UnitOfWork) -> None:
    """What we wanted to know: our clock runs on."""
    asked = uow.get(Offer, event.transfer_id)
    ours = reseal(event.enclosure.content, uow)
    law = law_at(asked.agency, uow.province, uow.use(Directory), uow.use(Law))
    clarified = receiving.clarify(asked, event, ours, law, at=uow.now)
    if clarified:
        uow.vault.keep(item_of(event.enclosure).name, ours)
        uow.emit(asked, clarified)


def pass_reminder_on(event: TransferReminded, uow: UnitOfWork) -> None:
    """Tell our people of a time limit, whichever of both it is about."""
    if asked := offer_of_sender(event.transfer_id, uow):
        uow.emit(asked, receiving.remind(asked, event, at=uow.now))
    if escalation := escalation_of_sender(event.transfer_id, uow):
        uow.emit(escalation, escalation.remind(event, at=uow.now))


def relocate_offer(event: TransferRelocated, uow: UnitOfWork) -> None:
    """The site that was asked has closed: let our people see which one has the offer now."""
    asked = uow.get(Offer, event.transfer_id)
    relocated = receiving.relocate(asked, event, at=uow.now)
    if relocated:
        note_site(asked.transfer_id, asked.agency, uow.province, event.site, uow)
    uow.emit(asked, relocated)


def keep_enclosure(event: TransferEnclosed, uow: UnitOfWork) -> None:
    """Open what came with the case, and keep it under our own key of it."""
    ours = reseal(event.enclosure.content, uow)
    item = item_of(event.enclosure)
    asked = uow.get(Offer, event.transfer_id)
    kept = receiving.keep(asked, item.enclosing(ours), at=uow.now)
    if kept:
        uow.vault.keep(item.name, ours)
        uow.emit(asked, kept)


def adopt_case(event: TransferCompleted, uow: UnitOfWork) -> None:
    """The case is ours, as we accepted it."""
    asked = uow.get(Offer, event.transfer_id)
    if not asked.may_come:
        # Sent before a restore, our acceptance may be known there and no more here: nothing is dropped.
        raise CauseAwaited(kind="acceptance", id=asked.transfer_id)
    taken = receiving.take_over(asked, event, uow.vault.get(CONTACT), here=uow.province, at=uow.now)
    uow.emit(asked, receiving.close(asked, COMPLETED, at=uow.now))
    for begun in taken:
        begin_again(begun, asked, uow)


def begin_again(begun: CustodyBegun, asked: Offer, uow: UnitOfWork) -> None:
    """With what arrived. A jurisdiction that had the case before goes on with the custody that it has."""
    known = uow.find(Custody, begun.case_id)
    custody = uow.emit(known, [begun]) if known else uow.begin(Custody.begin, begun)
    contents = [(item, uow.vault.get(item.name)) for item in asked.arrived if item.kind != CONTACT]
    uow.emit(custody, [amending.amended(custody, item, kept, at=uow.now) for item, kept in contents if kept])


def close_offer(event: TransferRecalled | TransferLapsed | TransferVoided, uow: UnitOfWork) -> None:
    """The origin has ended it: an offer, or what we were to decide."""
    escalation = escalation_of_sender(event.transfer_id, uow)
    if isinstance(event, TransferRecalled) and escalation:
        uow.emit(escalation, escalation.close(event.because, at=uow.now))
    if asked := offer_of_sender(event.transfer_id, uow):
        uow.emit(asked, receiving.close(asked, receiving.end_of(event), at=uow.now))


def offer_of_sender(id: TransferId, uow: UnitOfWork) -> Offer | None:
    """What the writer of the letter offers under that id: somebody else may escalate under the same one."""
    found = uow.find(Offer, id)
    return found if found and uow.sender and found.comes_from(uow.sender) else None


def escalation_of_sender(id: TransferId, uow: UnitOfWork) -> Escalation | None:
    """What he asks us to decide."""
    found = uow.find(Escalation, id)
    return found if found and uow.sender and found.comes_from(uow.sender) else None

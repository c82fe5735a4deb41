"""What routing does about cases that no agency took: at the superior, at the owner, at who is directed."""

from chassis.unit_of_work import Due, UnitOfWork
from law.book import Law
from schemas.ids import TransferId
from schemas.transfers import DirectionGiven, TransferEscalated
from services.routing.domain import directing, direction, escalation, receiving
from services.routing.domain.custody import Custody
from services.routing.domain.direction import Direction
from services.routing.domain.escalation import Escalation
from services.routing.domain.offer import Offer


def receive_escalation(event: TransferEscalated, uow: UnitOfWork) -> None:
    """Put it on the list of our coordinators."""
    if uow.find(Escalation, event.transfer_id) is not None:
        return
    uow.begin(Escalation.begin, escalation.received(event, at=uow.now))


def follow_direction(event: DirectionGiven, uow: UnitOfWork) -> None:
    """The owner does what is directed; who must take the case knows why its offer counts as accepted."""
    if event.province == uow.province:
        keep_direction(event, uow)
    custody = uow.find(Custody, event.case_id)
    if custody and event.owner_province == uow.province:
        id, law = TransferId(uow.new_id()), uow.use(Law)
        uow.emit(custody, directing.heed(custody, event, id, law, here=uow.province, at=uow.now))


def keep_direction(event: DirectionGiven, uow: UnitOfWork) -> None:
    """Keep it for the offer that follows, or accept the offer that came before it."""
    if uow.find(Direction, event.transfer_id) is not None:
        return
    kept = uow.begin(Direction.begin, direction.received(event, at=uow.now), legal_basis=event.legal_basis)
    for offer in uow.all(Offer):
        uow.emit(offer, receiving.heed(offer, kept, at=uow.now))


def press_superior(due: Due, uow: UnitOfWork) -> None:
    """The superior let its time pass."""
    custody = uow.get(Custody, due.id)
    uow.emit(custody, directing.press(custody, TransferId(due.key), uow.use(Law), at=uow.now))

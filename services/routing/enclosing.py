"""What goes with a case: kept under our key of it, sealed for who takes the case on, sent after it."""

from chassis.unit_of_work import UnitOfWork
from schemas.facts import Enclosure
from schemas.fields import Sealed
from schemas.ids import Province
from schemas.transfers import OfferAccepted, TransferForwarded
from services.routing.domain import amending, ending, moving
from services.routing.domain.custody import Custody
from services.routing.domain.item import Item, item_of


def keep_item(item: Item, content: Sealed, uow: UnitOfWork) -> None:
    """Keep what goes with the case; seal it for the addressee too, if an accepted transfer waits for it."""
    custody = uow.find(Custody, uow.case_id)
    if custody is None or custody.carries(item):
        return  # It came with a transfer, maybe one that is not completed yet: then the offer keeps it.
    if custody.moved:
        forward_item(custody, item, content, uow)
        return
    waiting = custody.enclosing
    letter = uow.vault.seal_for(waiting.to_province, uow.vault.unseal(content)) if waiting else None
    amended = amending.amend(custody, item, content, letter, here=uow.province, at=uow.now)
    if amended:
        uow.vault.keep(item.name, content)
        uow.emit(custody, amended)


def forward_item(custody: Custody, item: Item, content: Sealed, uow: UnitOfWork) -> None:
    """Send something that came too late after the case."""
    if moved := custody.moved:
        enclosure = item.enclosing(uow.vault.seal_for(moved.to_province, uow.vault.unseal(content)))
        late = ending.forward(custody, item.kind, uow.now, enclosure=enclosure, here=uow.province, at=uow.now)
        uow.emit(custody, late)


def take_change(event: TransferForwarded, uow: UnitOfWork) -> None:
    """An earlier owner heard of a change: make it here, or send it on."""
    custody = uow.get(Custody, event.case_id)
    enclosure, onward = event.enclosure, None
    if enclosure:
        said = uow.vault.open_letter(enclosure.content)
        moved, waiting = custody.moved, custody.enclosing
        sealed = uow.vault.seal_for(moved.to_province, said) if moved else uow.vault.seal(said)
        onward = uow.vault.seal_for(waiting.to_province, said) if waiting else None
        enclosure = enclosure.model_copy(update={"content": sealed})
    taken = amending.take_change(custody, event, enclosure, onward, here=uow.province, at=uow.now)
    if taken and enclosure and not custody.moved:
        uow.vault.keep(item_of(enclosure).name, enclosure.content)
    uow.emit(custody, taken)


def enclosures_for(custody: Custody, answer: OfferAccepted, uow: UnitOfWork) -> list[Enclosure]:
    """All that goes with the case, sealed for the province that takes it on."""
    return [
        item.enclosing(content)
        for item in moving.to_enclose(custody, answer)
        if (content := reseal_for(custody.province_of(answer.transfer_id), item.name, uow))
    ]


def reseal(letter: Sealed, uow: UnitOfWork) -> Sealed:
    """What another province sealed for us, under our own key of the case."""
    return uow.vault.seal(uow.vault.open_letter(letter))


def reseal_for(province: Province, name: str, uow: UnitOfWork) -> Sealed | None:
    """What the vault keeps under the name, so that the province alone can open it."""
    kept = uow.vault.get(name)
    return uow.vault.seal_for(province, uow.vault.unseal(kept)) if kept else None

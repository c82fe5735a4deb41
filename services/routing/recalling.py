"""What routing's own events left beside its aggregates, put back into a restored database."""

from chassis.unit_of_work import UnitOfWork
from schemas.envelope import Event, Sealed
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    ErrandReceived,
    OfferEnclosed,
    OfferReceived,
    OfferRelocated,
    ProgressReported,
    TaskDone,
    TaskImpossible,
    TransferClarificationRequested,
    TransferOffered,
    TransferRelocated,
)
from services.routing import repository
from services.routing.deciding import note_site
from services.routing.domain.item import CONTACT, item_of


def recall(event: Event, uow: UnitOfWork) -> None:
    """What lies sealed, at which site a case was taken in or asked for, and what is no load any more."""
    keep_sealed(event, uow)
    match event:
        case CustodyBegun(owner=owner) if event.site:
            note_site("", owner, uow.province, event.site, uow)
        case TransferOffered() | TransferRelocated():
            note_site(event.transfer_id, event.to, event.to_province, event.site, uow)
        case OfferReceived(transfer_id=id, agency=agency) if event.site:
            note_site(id, agency, uow.province, event.site, uow)
        case OfferRelocated(transfer_id=id, agency=agency):
            note_site(id, agency, uow.province, event.site, uow)
        case ProgressReported(milestone="concluded", owner=owner):
            row = {"province": uow.province, "case_id": uow.case_id, "agency": owner}
            uow.insert(repository.work_done, row)


def keep_sealed(event: Event, uow: UnitOfWork) -> None:
    """What an event says sealed under this province's key of the case, under the name that it had."""
    match event:
        case CustodyBegun(contact=Sealed() as contact):
            uow.vault.keep(CONTACT, contact)
        case CustodyAmended(enclosure=enclosure) | OfferEnclosed(enclosure=enclosure):
            uow.vault.keep(item_of(enclosure).name, enclosure.content)
        case TransferClarificationRequested(question=Sealed() as question):
            uow.vault.keep(f"question/{event.transfer_id}-{event.round}", question)
        case TaskDone(papers=Sealed() as found) | TaskImpossible(reason=Sealed() as found):
            uow.vault.keep(f"task/{event.task_id}", found)
        case ErrandReceived(details=Sealed() as details):
            uow.vault.keep(f"errand/{event.task_id}", details)

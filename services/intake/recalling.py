"""What intake's own events left beside its aggregates, put back into a restored database."""

from typing import Any

from chassis.unit_of_work import UnitOfWork
from chassis.vault import KeyErased
from schemas.cases import (
    ApplicationAdopted,
    ApplicationInfoRequested,
    ApplicationSubmitted,
    ApplicationSupplied,
    CaseErased,
    ConsultationClosed,
    ConsultationOpened,
    DocumentAdded,
    DocumentFetched,
    DocumentRemoved,
    EmployerAlerted,
    MemberJoined,
    PastNoted,
)
from schemas.envelope import Event, Sealed
from services.intake.opponents import remember_alert, remember_opponents
from services.intake.repository import (
    ADVICE,
    CONSULTED,
    CONTACT,
    REPLY_NOTE,
    REQUEST_NOTE,
    document_name,
    keep_past,
    shred,
    vault_name,
)


def recall(event: Event, uow: UnitOfWork) -> None:
    """The contact and each person's data; and whom the application is against."""
    match event:
        case ApplicationSubmitted(contact=contact) | ApplicationAdopted(contact=contact):
            if contact:
                uow.vault.keep(CONTACT, contact)
            remember_opponents(event.facts, opened(contact, uow), uow)
        case EmployerAlerted():
            remember_alert(event, uow)
        case ApplicationInfoRequested(note=note) if note:
            uow.vault.keep(REQUEST_NOTE, note)
        case ApplicationSupplied(note=note) if note:
            uow.vault.keep(REPLY_NOTE, note)
        case ConsultationOpened(contact=contact) if contact:
            uow.vault.keep(CONSULTED, contact)
        case ConsultationClosed(note=note) if note:
            uow.vault.keep(ADVICE, note)
        case (
            DocumentAdded(document_id=document, about=about)
            | DocumentFetched(document_id=document, about=about)
        ):
            uow.vault.keep(document_name(document), about)
        case PastNoted():
            keep_past(event, uow)
        case CaseErased():
            shred(uow)
        case DocumentRemoved(document_id=document):
            shred(uow, document)
        case MemberJoined(member_id=member, person=person):
            uow.vault.keep(vault_name(member), person)


def opened(contact: Sealed | None, uow: UnitOfWork) -> Any:
    """What was said of the applicants, unless the case was erased since."""
    try:
        return uow.vault.unseal(contact) if contact else None
    except KeyErased:
        return None

"""Tells somebody something about a case: makes the notice, and seals what it says.

A worker's notice holds how the worker is reached. So the vault, which must know that for the next notice,
can be rebuilt from the notices alone.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from chassis.ids import derived_id
from chassis.texts import Texts
from chassis.unit_of_work import UnitOfWork
from chassis.vault import KeyErased
from schemas.cases import ApplicationSubmitted
from schemas.codes import Language, NoticeKind, RecipientKind
from schemas.envelope import Event, Message, Sealed
from schemas.facts import AlertFigures, CaseFacts
from schemas.ids import AgencyId, CaseNumber, EventId, ExternalRef, NoticeId, Province
from schemas.notices import NoticeQueued
from schemas.words import Language as Written
from services.notify.domain.notice import AGENCY, CHANNELS, STAFF, WORKER, Notice

REACH: Final = "reach"
"""Where the vault keeps the worker's last notice: it says how to reach him."""

ENGLISH: Final = Language("en")
CHINESE: Final = Language("zh")


def message_name(id: NoticeId) -> str:
    """Where the vault keeps what a notice says."""
    return f"message/{id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How the applicants of a case are reached: no more of the contact than that needs."""

    name: str | None
    phone: str | None
    number: CaseNumber
    language: Language

    @classmethod
    def of(cls, contact: Any, facts: CaseFacts) -> Self:
        """From the contact that an intake sealed. Total: another release may have sealed another form."""
        said: Mapping[str, Any] = contact if isinstance(contact, Mapping) else {}
        name, phone = said.get("name"), said.get("phone")
        return cls(
            name=name if isinstance(name, str) else None,
            phone=phone if isinstance(phone, str) else None,
            number=facts.number,
            # Other languages of China have no texts yet: their speakers are written to in Chinese.
            language=ENGLISH if facts.language == ENGLISH else CHINESE,
        )

    @property
    def written(self) -> Written:
        return "en" if self.language == ENGLISH else "zh"


def reach_of(contact: Sealed | None, facts: CaseFacts, uow: UnitOfWork) -> Reach | None:
    """Open the contact; None where there is none, or its key is erased."""
    try:
        return Reach.of(uow.vault.unseal(contact), facts) if contact else None
    except KeyErased:
        return None


def known_reach(uow: UnitOfWork) -> Reach | None:
    """How the last notice reached the worker."""
    last = uow.vault.get(REACH)
    try:
        return Reach(**uow.vault.unseal(last)["to"]) if last else None
    except KeyErased:
        return None


def tell_worker(
    kind: str,
    event: Event,
    uow: UnitOfWork,
    reach: Reach | None = None,
    **more: Mapping[Written, str],
) -> None:
    """Queue a message to the applicants. If nobody can be reached, the notice fails, and staff see it.

    `more` is what the text says beside the fields of the event, in each language.
    """
    if is_past(event, uow):
        return
    reach = reach or known_reach(uow)
    notice_id = NoticeId(derived_id(str(uow.event_id), WORKER))
    message = None
    if reach:
        said = {name: words[reach.written] for name, words in more.items()}
        texts, kind_of = uow.use(Texts), type(event)
        text = texts.fill(WORKER, kind, reach.written, kind_of, dict(event), number=reach.number, **said)
        message = uow.vault.seal({"to": asdict(reach), "text": text})
        uow.vault.keep(REACH, message)
        uow.vault.keep(message_name(notice_id), message)
    queue(kind, event, uow, WORKER, notice_id=notice_id, message=message, reach=reach)


def is_past(event: Event, uow: UnitOfWork) -> bool:
    """Whether it happened before its case was imported: who was to hear of it heard of it then."""
    imported = (notice.imported_at for notice in uow.all(Notice) if notice.imported_at)
    return any(event.at < at for at in imported)


def tell_staff(
    kind: str,
    event: Event,
    uow: UnitOfWork,
    agency: AgencyId,
    *,
    even_past: bool = False,
    alert: AlertFigures | None = None,
) -> None:
    """Put something on the work list of an agency. It names nobody, and so nothing of it is sealed.

    `even_past`: it happened before the case was imported, and waits for the agency still.
    `alert`: all that the agency is told, instead of the case.
    """
    if is_past(event, uow) and not even_past:
        return
    notice_id = NoticeId(derived_id(str(uow.event_id), STAFF, agency))
    queue(kind, event, uow, STAFF, notice_id=notice_id, agency=agency, alert=alert)


def tell_agency(
    kind: str, event: Event, uow: UnitOfWork, agency: AgencyId, external_ref: ExternalRef | None = None
) -> None:
    """Write an event to the topic of a partner agency, which has it as soon as this is committed."""
    if is_past(event, uow):
        return
    notice_id = NoticeId(derived_id(str(uow.event_id), AGENCY, agency))
    notice = queue(kind, event, uow, AGENCY, notice_id=notice_id, agency=agency, external_ref=external_ref)
    uow.tell(agency, event, external_ref=external_ref)
    uow.emit(notice, notice.deliver(at=uow.now))


def announce_to_agency(
    kind: str, event: Event, message: Message, uow: UnitOfWork, agency: AgencyId, alert: AlertFigures
) -> None:
    """Write what follows from an event, but is about no case, to the topic of a partner agency.

    It goes under the id of its notice: told again, after a restore, it is the same one.
    """
    if is_past(event, uow):
        return
    notice_id = NoticeId(derived_id(str(uow.event_id), AGENCY, agency))
    notice = queue(kind, event, uow, AGENCY, notice_id=notice_id, agency=agency, alert=alert)
    uow.announce(agency, message, id=EventId(notice_id))
    uow.emit(notice, notice.deliver(at=uow.now))


def queue(
    kind: str,
    event: Event,
    uow: UnitOfWork,
    recipient: RecipientKind,
    *,
    notice_id: NoticeId,
    agency: AgencyId | None = None,
    message: Sealed | None = None,
    reach: Reach | None = None,
    external_ref: ExternalRef | None = None,
    alert: AlertFigures | None = None,
) -> Notice:
    """Say that a notice waits. Its id comes from the event and the recipient, so that once can be seen."""
    assert uow.event_id is not None, "notices are told of events"
    queued = NoticeQueued(
        case_id=event.case_id,
        at=uow.now,
        notice_id=notice_id,
        kind=NoticeKind(kind),
        recipient=recipient,
        agency=agency,
        channel=CHANNELS[recipient],
        language=reach.language if reach else CHINESE,
        about=uow.event_id,
        message=message,
        external_ref=external_ref,
        imported_at=imported_at(event),
        alert=alert,
    )
    return uow.begin(Notice.queued, queued)


def imported_at(event: Event) -> datetime | None:
    """When the case was imported, if the event is the first that is heard of it."""
    imported = event.facts.imported if isinstance(event, ApplicationSubmitted) else None
    return imported.at if imported else None


def file_of(data_folder: Path, province: Province, notice: NoticeId) -> Path:
    """Where a notice is written for who carries it."""
    return data_folder / "notices" / province / f"{notice}.txt"

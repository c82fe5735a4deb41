"""What notify's own events left beside its aggregates, put back into a restored database."""

from chassis.unit_of_work import UnitOfWork
from schemas.envelope import Event
from schemas.notices import NoticeQueued
from services.notify.telling import REACH, message_name


def recall(event: Event, uow: UnitOfWork) -> None:
    """What was to be sent; the last of them says how the worker is reached."""
    if isinstance(event, NoticeQueued) and event.message:
        uow.vault.keep(REACH, event.message)
        uow.vault.keep(message_name(event.notice_id), event.message)

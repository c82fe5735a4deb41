"""Sends notices: a file for each, and a line on the console that names nobody.

A file has the notice's name and is put in place whole, so that sending twice is sending once. What came of
it is said afterwards, in a unit of work: a crash between the two sends the same file again.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from chassis.arrivals import Name
from chassis.crypto import CannotOpen
from chassis.failpoints import failpoint
from chassis.jobs import act_on_cases, look_into_cases, work_off
from chassis.key_files import write_whole
from chassis.texts import Texts
from chassis.unit_of_work import UnitOfWork
from chassis.vault import KeyErased
from schemas.codes import NoticeFailure
from schemas.facts import AlertFigures
from schemas.ids import NoticeId
from schemas.notices import NoticeQueued
from services.notify.domain.notice import GATEWAY, KEY_ERASED, NO_ADDRESS, WORKER, Notice
from services.notify.repository import notices_to_send
from services.notify.telling import file_of, message_name

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_S = 1.0
SOON_S = 0.25
"""After a commit of this process, which may have queued notices, and from one look to the next while there
are some: alone each would cost two transactions."""


async def send_notices(runtime: "Runtime") -> None:
    """Send what is to be sent, until the service stops."""
    await work_off(runtime, lambda: send_waiting(runtime), look_s=LOOK_S, soon_s=SOON_S)


async def send_waiting(runtime: "Runtime") -> int:
    """Send the notices whose moment has come, all of a look together; returns how many there were.

    Those of a day come at once, when its timers fire: alone each would cost two transactions.
    """
    waiting = await notices_to_send(runtime.database, runtime.settings.provinces, now=runtime.clock.now())
    if not waiting:
        return 0
    ids: dict[Name, list[NoticeId]] = {}
    for notice in waiting:
        ids.setdefault((notice.province, notice.case_id), []).append(notice.notice_id)
    seen = await look_into_cases(runtime.engine, ids)
    results = await asyncio.to_thread(carry_all, seen, ids, runtime.settings.data_folder)
    failpoint("after_file_before_delivered")

    def note(uow: UnitOfWork) -> None:
        for id in ids[uow.province, uow.case_id]:
            notice, failure = uow.get(Notice, id), results[id]
            uow.emit(notice, notice.fail(failure, at=uow.now) if failure else notice.deliver(at=uow.now))

    await act_on_cases(runtime.engine, ids, note)
    return len(waiting)


def carry_all(
    seen: Mapping[Name, UnitOfWork], ids: Mapping[Name, Sequence[NoticeId]], data: Path
) -> Mapping[NoticeId, NoticeFailure | None]:
    return {
        id: carry(uow, id, file_of(data, uow.province, id)) for name, uow in seen.items() for id in ids[name]
    }


def carry(uow: UnitOfWork, id: NoticeId, file: Path) -> NoticeFailure | None:
    """Write the notice's file. Returns why it could not be sent, or None."""
    notice = uow.get(Notice, id)
    sealed = uow.vault.get(message_name(id))
    try:
        message = uow.vault.unseal(sealed) if sealed else None
    except KeyErased:
        return KEY_ERASED
    except CannotOpen:
        return GATEWAY
    if notice.recipient == WORKER and not (message and message["to"]["phone"]):
        return NO_ADDRESS
    text = file_for_worker(message) if message else file_for_staff(uow.use(Texts), notice)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(file, text.encode(), 0o600)
    except OSError as error:
        log.warning("notice_not_written", extra={"notice_id": id, "error": error})
        return GATEWAY
    log.info(
        "notice_written",
        extra={
            "province": uow.province,
            "case_id": notice.case_id,
            "notice_id": id,
            "kind": notice.kind,
            "recipient": notice.recipient,
            "channel": notice.channel,
        },
    )
    return None


def file_for_worker(message: Mapping[str, Any]) -> str:
    """What the carrier gets: to whom, and the text."""
    to = message["to"]
    return f"{to['name'] or ''} {to['phone']}".strip() + f"\n\n{message['text']}\n"


def file_for_staff(texts: Texts, notice: Notice) -> str:
    """An entry of an agency's work list, in both languages; it names nobody, and of an alert no case."""
    kind: type[BaseModel] = AlertFigures if notice.alert else NoticeQueued
    said = dict(notice.alert or {"agency": notice.agency, "case_id": notice.case_id})
    lines = [texts.fill("staff", notice.kind, language, kind, said) for language in texts.templates]
    return "\n".join([str(notice.agency), "", *lines]) + "\n"

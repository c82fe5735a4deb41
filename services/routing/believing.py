"""Answers a letter if who signed it may say it. Any other is not opened, and a surprising one is logged."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from chassis.service import OnEvent, on_letter
from chassis.unit_of_work import UnitOfWork
from schemas.envelope import Letter
from schemas.ids import AgencyId, Province
from services.routing.domain.believing import RULE_OF, Known, believed
from services.routing.domain.custody import Custody
from services.routing.domain.directory import Directory
from services.routing.domain.errand import Errand
from services.routing.domain.escalation import Escalation
from services.routing.domain.following import Following
from services.routing.domain.offer import Offer
from services.routing.domain.task import Task

log = logging.getLogger(__name__)

L = TypeVar("L", bound=Letter)


def on_believed(type: type[L], handler: Callable[[L, UnitOfWork], None]) -> OnEvent:
    """Answer a letter of whoever may say it."""

    @wraps(handler)
    def answer(letter: L, uow: UnitOfWork) -> None:
        sender = uow.sender
        if sender and believed(letter, sender, known_of(letter, uow)):
            handler(letter, uow)
        elif not RULE_OF[type].others_write:
            log.warning("letter_not_believed", extra={"type": letter.type, "sender": sender})

    return on_letter(type, answer)


def known_of(letter: Letter, uow: UnitOfWork) -> Known:
    """What is known here of what it is about."""
    transfer, task = getattr(letter, "transfer_id", ""), getattr(letter, "task_id", "")
    return Known(
        here=uow.province,
        custody=uow.find(Custody, letter.case_id),
        following=uow.find(Following, letter.case_id),
        offer=uow.find(Offer, transfer),
        escalation=uow.find(Escalation, transfer),
        task=uow.find(Task, task),
        errand=uow.find(Errand, task),
        province_of=lambda agency: province_of(agency, uow),
    )


def province_of(agency: AgencyId, uow: UnitOfWork) -> Province | None:
    """Whose agency it is, as the directory says."""
    found = uow.use(Directory).agencies.get(agency)
    return found.province if found else None

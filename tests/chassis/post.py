"""A service that only writes and hears letters: routing's part between provinces, without routing's rules."""

from dataclasses import replace

from chassis.embedded.parts import Addresses
from chassis.service import Service, on, on_letter
from chassis.topics import apply_topics
from chassis.unit_of_work import UnitOfWork
from schemas.cases import ApplicationSubmitted
from schemas.ids import Province
from schemas.samples import a
from schemas.transfers import OfferAccepted, OfferReceived
from tests.chassis.toy import toy_service

HERE, THERE = Province("44"), Province("51")


def write_letter(event: ApplicationSubmitted, uow: UnitOfWork) -> None:
    """Each application gives one letter to the other province."""
    uow.say(a(OfferAccepted, case_id=event.case_id, at=uow.now, to_province=THERE))


def answer(event: OfferAccepted, uow: UnitOfWork) -> None:
    uow.say(a(OfferReceived, case_id=event.case_id, at=uow.now, to_province=HERE))


def hear(event: OfferReceived, uow: UnitOfWork) -> None:
    """That it arrived is enough."""


post_service: Service = replace(
    toy_service,
    name="routing",
    log="transfers",
    handles=[
        on(ApplicationSubmitted, write_letter),
        on_letter(OfferAccepted, answer),
        on_letter(OfferReceived, hear),
    ],
)


def apply_mailboxes(addresses: Addresses) -> None:
    """The topics of both, where only one is served."""
    apply_topics(addresses.kafka, addresses.kafka, [HERE, THERE])

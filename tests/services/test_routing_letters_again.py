"""Letters that come again after a restore, when their effect was taken from the own log already."""

import pytest

from chassis.case_state import CaseState
from chassis.unit_of_work import Stimulus, UnitOfWork
from chassis.vault import Vault
from schemas.envelope import Event
from schemas.facts import Enclosure
from schemas.ids import Province
from schemas.samples import a
from schemas.transfers import (
    CustodyBegun,
    CustodyEnded,
    OfferClosed,
    OfferEvent,
    OfferReceived,
    OfferRejected,
    TransferEnclosed,
    TransferForwarded,
)
from services.routing.app import service as routing
from services.routing.domain.custody import Custody
from services.routing.domain.item import item_of
from services.routing.domain.offer import Offer
from services.routing.enclosing import take_change
from services.routing.receiving import keep_enclosure
from services.routing.repository import STORES
from tests.protocol.stubs import GlassKeyring

GLASS = GlassKeyring(own={}, trusted={})
CAME = a(CustodyBegun, epoch=2, followers=("44",))


def unit(about: Event, sender: str | None = None) -> UnitOfWork:
    """A unit of work on the case of that event, with boxes of glass."""
    case = CaseState(province=Province("51"), case_id=about.case_id)
    return UnitOfWork(
        case,
        Stimulus(case_id=about.case_id, sender=Province(sender) if sender else None),
        now=about.at,
        log="transfers",
        stores={store.kind: store for store in STORES},
        vault=Vault(case, GLASS, makes_keys=True),
        reference={},
    )


def hear(letter: Event, uow: UnitOfWork) -> None:
    """As it comes from the mailbox."""
    for handler in routing.handlers_of("mailbox", type(letter)):
        handler(letter, uow)


def enclosure(uow: UnitOfWork) -> Enclosure:
    sample = a(TransferEnclosed).enclosure
    return sample.model_copy(update={"content": uow.vault.seal_for(uow.province, {"name": "somebody"})})


def offered(uow: UnitOfWork, ended: OfferEvent) -> None:
    received = a(OfferReceived)
    uow.emit(uow.begin(Offer.begin, received), [ended])


def test_what_came_with_a_case_that_is_ours_already_replaces_nothing() -> None:
    letter = a(TransferEnclosed)
    uow = unit(letter)
    offered(uow, a(OfferClosed, because="completed"))
    said = len(uow.said)

    keep_enclosure(a(TransferEnclosed, enclosure=enclosure(uow)), uow)

    assert (uow.vault.names(""), len(uow.said)) == ((), said)


def test_of_a_case_that_we_refused_nothing_is_kept() -> None:
    letter = a(TransferEnclosed)
    uow = unit(letter)
    offered(uow, a(OfferRejected))

    keep_enclosure(a(TransferEnclosed, enclosure=enclosure(uow)), uow)

    assert uow.vault.names("") == ()


def test_a_change_of_a_case_that_was_withdrawn_meanwhile_is_not_kept() -> None:
    letter = a(TransferForwarded, change="member", because=None)
    uow = unit(letter)
    begun = uow.begin(Custody.begin, CAME)
    uow.emit(
        begun, [a(CustodyEnded, epoch=2, because="withdrawn", transfer_id=None, agency=None, province=None)]
    )
    said = len(uow.said)

    take_change(a(TransferForwarded, change="member", because=None, enclosure=enclosure(uow)), uow)

    assert (uow.vault.names(""), len(uow.said)) == ((), said)


@pytest.mark.parametrize("sender", ["44", "42"])
def test_what_nobody_believes_is_not_even_opened(sender: str, caplog: pytest.LogCaptureFixture) -> None:
    letter = a(TransferForwarded, sender=sender, change="member", because=None)
    uow = unit(letter, sender)
    if sender != "44":
        uow.begin(Custody.begin, CAME)
    said = len(uow.said)

    hear(letter, uow)

    assert (uow.vault.names(""), len(uow.said)) == ((), said)
    [line] = [each for each in caplog.records if each.message == "letter_not_believed"]
    assert (line.type, line.sender) == (letter.type, sender)  # type: ignore[attr-defined]


def test_what_an_earlier_owner_forwards_is_kept() -> None:
    letter = a(TransferForwarded, change="member", because=None)
    uow = unit(letter, "44")
    uow.begin(Custody.begin, CAME)
    came = enclosure(uow)

    hear(a(TransferForwarded, change="member", because=None, enclosure=came), uow)

    assert uow.vault.names("") == (item_of(came).name,)

"""A document that is removed leaves the case, and every province that had the case before."""

from schemas.cases import DocumentRemoved
from schemas.facts import Removal
from schemas.ids import Province
from schemas.samples import a
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    CustodyReduced,
    OfferAccepted,
    RemovalReported,
    TransferCompleted,
    TransferOffered,
)
from services.routing.domain.custody import Custody
from services.routing.domain.item import DOCUMENT
from services.routing.domain.removing import remove, take_removal

NOW = a(OfferAccepted).at
LETTER = a(RemovalReported)


def custody(*events: CustodyEvent, followers: tuple[str, ...] = ()) -> Custody:
    found = Custody.begin(a(CustodyBegun, followers=followers))
    for event in events:
        found = found.after(event)
    return found


MOVED = custody(
    a(TransferOffered),
    a(TransferCompleted, epoch=2),
    a(CustodyEnded, transfer_id=a(TransferOffered).transfer_id),
)


def test_it_is_sent_no_longer_on_and_every_earlier_owner_is_told() -> None:
    enclosed = a(CustodyAmended).enclosure.model_copy(update={"kind": DOCUMENT, "id": "paper"})
    here = custody(a(CustodyAmended, enclosure=enclosed), followers=("44", "33"))
    removed = a(DocumentRemoved, document_id="paper", province=None, removed_at=None)

    reduced, *told = remove(here, removed, here=Province("51"), at=NOW)

    assert isinstance(reduced, CustodyReduced)
    assert (reduced.id, reduced.removal) == ("paper", None)
    letters = [each for each in told if isinstance(each, RemovalReported)]
    assert [each.to_province for each in letters] == ["44", "33"]
    assert {each.removal for each in letters} == {
        Removal(
            province=Province("51"),
            agency=removed.agency,
            epoch=removed.epoch,
            because=removed.because,
            at=removed.at,
        )
    }


def test_the_one_in_the_middle_passes_on_who_removed_it_where_and_when() -> None:
    removed = a(DocumentRemoved, province="33")

    [told] = remove(custody(followers=("44",)), removed, here=Province("51"), at=NOW)

    assert isinstance(told, RemovalReported)
    assert (told.sender, told.removal.province, told.removal.at) == ("51", "33", removed.removed_at)


def test_a_province_that_had_the_case_drops_its_copy() -> None:
    [reduced] = take_removal(MOVED, LETTER, at=NOW)

    assert isinstance(reduced, CustodyReduced)
    assert (reduced.kind, reduced.id, reduced.removal) == (DOCUMENT, LETTER.document_id, LETTER.removal)


def test_nobody_but_who_took_the_case_removes_anything_here() -> None:
    assert take_removal(MOVED, a(RemovalReported, sender="33"), at=NOW) == []


def test_nothing_is_removed_by_letter_where_the_case_is_now() -> None:
    assert take_removal(custody(followers=("51",)), LETTER, at=NOW) == []

"""A document that is removed leaves the case, and every province that had the case before or has it since."""

from schemas.cases import ApplicationAmended, DocumentRemoved
from schemas.facts import Removal
from schemas.ids import DocumentId, Province
from schemas.samples import a, facts
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    CustodyReduced,
    OfferAccepted,
    RemovalReported,
    TransferCompleted,
    TransferEnclosed,
    TransferOffered,
)
from services.routing.domain.amending import revise
from services.routing.domain.custody import Custody
from services.routing.domain.item import DOCUMENT, MEMBER
from services.routing.domain.removing import remove, take_removal

NOW = a(OfferAccepted).at
HERE = Province("44")
LETTER = a(RemovalReported)
LATE = a(DocumentRemoved, epoch=1, province=None, removed_at=None)
"""Said here, of the first epoch."""
EARLIER = a(
    RemovalReported, sender="33", to_province="44", removal=LETTER.removal.model_copy(update={"epoch": 1})
)
"""The owner of the first epoch tells the one of the second."""
PAPER = a(CustodyAmended).enclosure.model_copy(update={"kind": DOCUMENT, "id": "paper"})


def custody(
    *events: CustodyEvent, epoch: int = 1, followers: tuple[str, ...] = (), members: int = 1
) -> Custody:
    found = Custody.begin(a(CustodyBegun, epoch=epoch, followers=followers, facts=facts(members=members)))
    for event in events:
        found = found.after(event)
    return found


def moved(epoch: int = 1, followers: tuple[str, ...] = ()) -> Custody:
    """To Sichuan."""
    return custody(
        a(TransferOffered),
        a(TransferCompleted, epoch=epoch + 1),
        a(CustodyEnded, transfer_id=a(TransferOffered).transfer_id),
        epoch=epoch,
        followers=followers,
    )


MOVED = moved()


def test_it_is_sent_no_longer_on_and_every_earlier_owner_is_told() -> None:
    here = custody(a(CustodyAmended, enclosure=PAPER), followers=("44", "33"))
    removed = a(DocumentRemoved, document_id="paper", province=None, removed_at=None)

    reduced, *told = remove(here, removed, here=Province("51"), at=NOW)

    assert isinstance(reduced, CustodyReduced)
    said = Removal(
        province=Province("51"),
        agency=removed.agency,
        epoch=removed.epoch,
        because=removed.because,
        at=removed.at,
    )
    assert (reduced.id, reduced.removal) == ("paper", said)
    letters = [each for each in told if isinstance(each, RemovalReported)]
    assert [each.to_province for each in letters] == ["44", "33"]
    assert {each.removal for each in letters} == {said}


def test_the_one_in_the_middle_passes_on_who_removed_it_where_and_when() -> None:
    removed = a(DocumentRemoved, province="33")

    [told] = remove(custody(followers=("44",)), removed, here=Province("51"), at=NOW)

    assert isinstance(told, RemovalReported)
    assert (told.sender, told.removal.province, told.removal.at) == ("51", "33", removed.removed_at)


def test_a_province_that_had_the_case_drops_its_copy() -> None:
    [reduced] = take_removal(MOVED, LETTER, here=HERE, at=NOW)

    assert isinstance(reduced, CustodyReduced)
    assert (reduced.kind, reduced.id, reduced.removal) == (DOCUMENT, LETTER.document_id, LETTER.removal)


def test_nobody_but_who_took_the_case_removes_anything_here() -> None:
    assert take_removal(MOVED, a(RemovalReported, sender="33"), here=HERE, at=NOW) == []


def test_what_is_removed_when_the_case_has_left_goes_after_it() -> None:
    [told] = remove(MOVED, LATE, here=HERE, at=NOW)

    assert isinstance(told, RemovalReported)
    assert (told.to_province, told.sender, told.document_id) == ("51", "44", LATE.document_id)
    assert (told.removal.province, told.removal.epoch) == ("44", 1)


def test_an_earlier_owner_who_has_the_case_now_is_told_once() -> None:
    told = remove(moved(followers=("51", "33")), LATE, here=HERE, at=NOW)

    assert [each.to_province for each in told if isinstance(each, RemovalReported)] == ["51", "33"]


def test_what_another_province_removed_goes_after_nobody() -> None:
    assert remove(MOVED, a(DocumentRemoved, province="51", epoch=2), here=HERE, at=NOW) == []


def test_who_has_the_case_now_drops_what_an_earlier_owner_removed_in_his_time() -> None:
    here = custody(a(CustodyAmended, enclosure=PAPER), epoch=2, followers=("33",))
    letter = EARLIER.model_copy(update={"document_id": DocumentId("paper")})

    [reduced] = take_removal(here, letter, here=HERE, at=NOW)

    assert isinstance(reduced, CustodyReduced)
    assert (reduced.kind, reduced.id, reduced.removal) == (DOCUMENT, "paper", letter.removal)
    assert here.after(reduced).count(DOCUMENT) == 0


def test_he_drops_it_even_if_the_case_was_withdrawn_meanwhile() -> None:
    ended = a(CustodyEnded, because="withdrawn", transfer_id=None, agency=None, province=None)
    here = custody(ended, epoch=2, followers=("33",))

    assert len(take_removal(here, EARLIER, here=HERE, at=NOW)) == 1


def test_he_believes_nobody_else_and_nothing_of_his_own_time() -> None:
    here = custody(epoch=2, followers=("33",))

    assert (
        take_removal(here, a(RemovalReported, sender="42", removal=EARLIER.removal), here=HERE, at=NOW) == []
    )
    assert take_removal(here, a(RemovalReported, sender="33"), here=HERE, at=NOW) == []


def test_within_a_province_the_first_agency_tells_the_second() -> None:
    here = custody(epoch=2)
    letter = a(RemovalReported, sender="44", to_province="44", removal=EARLIER.removal)

    assert len(take_removal(here, letter, here=HERE, at=NOW)) == 1


def test_a_case_that_went_on_takes_the_removal_along() -> None:
    reduced, told = take_removal(moved(epoch=2, followers=("33",)), EARLIER, here=HERE, at=NOW)

    assert isinstance(reduced, CustodyReduced)
    assert isinstance(told, RemovalReported)
    assert (told.to_province, told.sender, told.removal) == ("51", "44", EARLIER.removal)


def test_what_is_removed_on_the_way_is_counted_as_sent_and_removed_there() -> None:
    member = a(TransferEnclosed).enclosure.model_copy(update={"kind": MEMBER, "id": "a"})
    came = [a(CustodyAmended, enclosure=each) for each in (member, PAPER)]
    waiting = custody(*came, a(TransferOffered), a(TransferEnclosed), members=2)
    [gone] = remove(waiting, a(DocumentRemoved, document_id="paper", province=None), here=HERE, at=NOW)

    amended = a(ApplicationAmended, facts=facts(members=1), epoch=1)
    *_, completed, ended, told = revise(waiting.after(gone), amended, here=HERE, at=NOW)

    assert isinstance(completed, TransferCompleted)
    assert (completed.enclosed.members, completed.enclosed.documents) == (1, 1)
    assert isinstance(ended, CustodyEnded)
    assert isinstance(told, RemovalReported)
    assert isinstance(gone, CustodyReduced)
    assert (told.to_province, told.document_id, told.removal) == ("51", "paper", gone.removal)


def test_nothing_of_its_own_time_is_removed_by_letter_where_the_case_is_now() -> None:
    assert take_removal(custody(followers=("51",)), LETTER, here=HERE, at=NOW) == []

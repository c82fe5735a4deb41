"""A document that was taken out where the case is now."""

import pytest

from schemas.cases import (
    ApplicationAdopted,
    ApplicationHandedOver,
    ApplicationSubmitted,
    CaseErased,
    DocumentAdded,
    DocumentErased,
    DocumentFetched,
    DocumentMissed,
    DocumentRemoved,
)
from schemas.ids import Province
from schemas.samples import a
from schemas.transfers import RemovalReported
from services.intake.domain.case import Case
from services.intake.domain.document import Document, DocumentState, Taken, same_content
from services.intake.domain.errors import ContentErased, DocumentElsewhere

REMOVAL = a(RemovalReported).removal
NOW = a(DocumentRemoved).at
CASE = Case.begun(a(ApplicationSubmitted)).after(a(ApplicationHandedOver))
COPY = Document.added(a(DocumentAdded, from_province=None))
AWAITED = Document.added(a(DocumentAdded, from_province="44"))


def test_the_copy_says_who_removed_it_when_and_why() -> None:
    [removed] = COPY.removed_there(CASE, REMOVAL, at=NOW)

    gone = COPY.after(removed)
    assert (removed.at, gone.state) == (NOW, DocumentState.REMOVED)
    assert gone.removal == Taken(
        at=REMOVAL.at, agency=REMOVAL.agency, because=REMOVAL.because, province=Province("51")
    )


def test_what_is_gone_already_is_not_removed_again() -> None:
    gone = COPY.after(a(DocumentRemoved))

    assert gone.removed_there(CASE, REMOVAL, at=NOW) == []


def test_of_an_erased_case_nothing_more_is_said() -> None:
    assert COPY.removed_there(CASE.after(a(CaseErased)), REMOVAL, at=NOW) == []


def test_what_was_erased_before_it_came_is_not_awaited_any_more_and_says_where() -> None:
    [erased] = AWAITED.erased(Province("44"), at=NOW)

    gone = AWAITED.after(erased)
    assert (erased, gone.state, gone.erased_in) == (
        a(DocumentErased, case_id=AWAITED.case_id, document_id=AWAITED.id, province="44", at=NOW),
        DocumentState.ERASED,
        Province("44"),
    )
    with pytest.raises(ContentErased, match="44"):
        gone.check_readable()


def test_of_what_came_or_was_removed_nobody_says_that_it_was_erased() -> None:
    for known in (COPY, AWAITED.after(a(DocumentFetched)), AWAITED.after(a(DocumentRemoved))):
        assert known.erased(Province("44"), at=NOW) == []


def test_who_still_has_the_paper_may_hand_in_again_what_was_erased() -> None:
    assert same_content(AWAITED.sha256, [AWAITED]) == AWAITED
    assert same_content(AWAITED.sha256, [AWAITED.after(a(DocumentErased))]) is None


def test_what_did_not_come_before_the_case_left_is_where_the_case_went() -> None:
    gone = CASE.after(a(ApplicationHandedOver, province="44"))
    [missed] = AWAITED.missed(gone, Province("44"), at=NOW)

    elsewhere = AWAITED.after(missed)
    assert AWAITED.went_back(gone)
    assert (elsewhere.state, elsewhere.elsewhere_in) == (DocumentState.ELSEWHERE, Province("44"))
    with pytest.raises(DocumentElsewhere, match="44"):
        elsewhere.check_readable()


def test_who_has_the_case_or_the_document_goes_without_neither() -> None:
    here = Case.begun(a(ApplicationAdopted, from_province="44"))
    gone = here.after(a(ApplicationHandedOver, province="33"))

    assert AWAITED.missed(here, Province("44"), at=NOW) == []
    assert COPY.missed(gone, Province("44"), at=NOW) == []
    assert not AWAITED.went_back(gone), "the next one fetches it from here"


@pytest.mark.parametrize(
    ("document", "came_from", "again"),
    [
        (AWAITED, "44", False),
        (AWAITED, "33", True),
        (AWAITED, "51", False),
        (AWAITED.after(a(DocumentMissed)), "44", True),
        (AWAITED.after(a(DocumentFetched)), "33", False),
        (AWAITED.after(a(DocumentRemoved)), "33", False),
        (AWAITED.after(a(DocumentErased)), "33", False),
    ],
)
def test_it_comes_again_with_the_case_where_another_is_to_be_asked(
    document: Document, came_from: str, again: bool
) -> None:
    case = Case.begun(a(ApplicationAdopted, from_province=came_from))
    assert document.comes_again(case, here=Province("51")) is again

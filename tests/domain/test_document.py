"""A document that was taken out where the case is now."""

from schemas.cases import (
    ApplicationHandedOver,
    ApplicationSubmitted,
    CaseErased,
    DocumentAdded,
    DocumentRemoved,
)
from schemas.ids import Province
from schemas.samples import a
from schemas.transfers import RemovalReported
from services.intake.domain.case import Case
from services.intake.domain.document import Document, DocumentState, Taken

REMOVAL = a(RemovalReported).removal
NOW = a(DocumentRemoved).at
CASE = Case.begun(a(ApplicationSubmitted)).after(a(ApplicationHandedOver))
COPY = Document.added(a(DocumentAdded, from_province=None))


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

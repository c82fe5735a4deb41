"""Erasing: how long the data of a case are kept, and who together may destroy them."""

from datetime import UTC, datetime

import pytest

from law.book import load_law
from law.deadlines import day_of
from schemas.cases import (
    ApplicationHandedOver,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CaseErased,
    CaseEvent,
    ErasureRequested,
    RetentionStarted,
)
from schemas.codes import ErasureCode, LegalBasis
from schemas.ids import AgencyId, Pseudonym
from schemas.matters import MatterArchived
from schemas.samples import a
from schemas.transfers import CustodyEnded
from services.intake.domain import erasing
from services.intake.domain.case import ApplicationState, Case
from services.intake.domain.errors import (
    ErasedAlready,
    NothingToApprove,
    NotTheOwner,
    RetentionRuns,
    SamePerson,
    StillRuns,
)

LAW = load_law()
NOW = datetime(2026, 6, 2, 8, tzinfo=UTC)
LATE = datetime(2047, 3, 1, 8, tzinfo=UTC)
OWNER = a(ApplicationSubmitted).agency
OVER = ErasureCode("retention-over")
ONE, OTHER = Pseudonym("44p1.one"), Pseudonym("44p1.other")
ARCHIVED = a(RetentionStarted, archived_at=datetime(2026, 6, 1, 8, tzinfo=UTC))


def case(*events: CaseEvent) -> Case:
    found = Case.begun(a(ApplicationSubmitted))
    for event in events:
        found = found.after(event)
    return found


def ask(
    found: Case,
    at: datetime = LATE,
    basis: str | None = None,
    by: AgencyId = OWNER,
) -> list[CaseEvent]:
    legal_basis = LegalBasis(basis) if basis else None
    return erasing.request(found, OVER, legal_basis, LAW, by=by, person=ONE, at=at)


def approve(found: Case, person: Pseudonym) -> list[CaseEvent]:
    return erasing.approve(found, by=OWNER, person=person, at=LATE)


def test_the_data_of_an_archived_case_are_kept_from_the_end_of_that_year() -> None:
    archived = a(MatterArchived, epoch=1, at=datetime(2026, 6, 1, 8, tzinfo=UTC))

    (said,) = erasing.retain(case(), archived, LAW, at=NOW)

    assert isinstance(said, RetentionStarted)
    assert day_of(said.limit.due_at).isoformat() == "2046-12-31"
    assert said.limit.provisional
    assert erasing.retain(case(said), archived, LAW, at=NOW) == []
    assert erasing.retain(case(), archived.model_copy(update={"epoch": 9}), LAW, at=NOW) == []


@pytest.mark.parametrize("end", [a(ApplicationWithdrawn), a(ApplicationHandedOver), ARCHIVED])
def test_nothing_is_erased_while_it_is_kept_unless_an_article_is_named(end: CaseEvent) -> None:
    with pytest.raises(RetentionRuns):
        ask(case(end), at=NOW)

    (said,) = ask(case(end), at=NOW, basis="PIPL-47")
    assert isinstance(said, ErasureRequested)
    assert said.legal_basis == "PIPL-47"


def test_once_the_time_is_over_no_article_is_needed() -> None:
    (said,) = ask(case(ARCHIVED), basis="PIPL-47")

    assert isinstance(said, ErasureRequested)
    assert (said.legal_basis, said.requested_by) == (None, ONE)


def test_a_case_that_runs_is_not_erased_whatever_is_named() -> None:
    with pytest.raises(StillRuns):
        ask(case(), basis="PIPL-47")


def test_whoever_asks_cannot_approve_and_another_can() -> None:
    asked = case(ARCHIVED, *ask(case(ARCHIVED)))

    with pytest.raises(NothingToApprove):
        approve(case(ARCHIVED), OTHER)
    with pytest.raises(SamePerson):
        approve(asked, ONE)
    (said,) = approve(asked, OTHER)

    assert isinstance(said, CaseErased)
    assert (said.requested_by, said.approved_by) == (ONE, OTHER)
    erased = asked.after(said)
    assert erased.state is ApplicationState.ERASED
    with pytest.raises(ErasedAlready):
        approve(erased, OTHER)
    with pytest.raises(ErasedAlready):
        ask(erased)


def test_another_agency_erases_nothing() -> None:
    with pytest.raises(NotTheOwner):
        ask(case(ARCHIVED), by=AgencyId("another"))


def test_what_is_erased_stays_erased_when_its_end_is_heard_of_late() -> None:
    asked = case(a(ApplicationWithdrawn), *ask(case(ARCHIVED)))
    erased = asked.after(approve(asked, OTHER)[0])

    assert erased.hand_over(a(CustodyEnded, epoch=1), at=LATE) == []

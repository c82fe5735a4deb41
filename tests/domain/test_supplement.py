"""What a file lacks: told once, supplied in time, or the application is deemed withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest

from law.book import load_law
from schemas.cases import (
    ApplicationCompleted,
    ApplicationDeemedWithdrawn,
    ApplicationHandedOver,
    ApplicationInfoRequested,
    ApplicationLinked,
    ApplicationSubmitted,
    ApplicationSupplied,
    CaseEvent,
)
from schemas.codes import LinkCause, MissingCode, WithdrawalCode
from schemas.ids import AgencyId, CaseId, CaseNumber
from schemas.samples import a
from schemas.transfers import CustodyEnded
from services.intake.domain.case import SUPPLY_BY, ApplicationState, Case
from services.intake.domain.errors import (
    AskedAlready,
    NotHere,
    NothingAsked,
    NotMissing,
    NotTheOwner,
    StaleEpoch,
)
from services.intake.domain.linking import Earlier, link
from services.intake.domain.supplementing import deem_withdrawn, request, supply

LAW = load_law()
NOW = datetime(2026, 3, 2, 1, 36, tzinfo=UTC)
OWNER = a(ApplicationSubmitted).agency
KINSHIP, PAPERS = MissingCode("kinship-proof"), MissingCode("claim-papers")


def case(*events: CaseEvent) -> Case:
    """A complete application to which this happened."""
    found = Case.begun(a(ApplicationSubmitted)).after(a(ApplicationCompleted))
    for event in events:
        found = found.after(event)
    return found


def asked(found: Case, *missing: MissingCode) -> list[CaseEvent]:
    return request(found, missing or (KINSHIP, PAPERS), None, LAW, by=OWNER, epoch=1, at=NOW)


def supplied(found: Case, *codes: MissingCode) -> list[CaseEvent]:
    return supply(found, codes, None, by=OWNER, epoch=1, at=NOW)


def test_the_applicants_are_told_of_all_that_is_missing_and_have_fifteen_days() -> None:
    (said,) = asked(case())

    assert said == a(ApplicationInfoRequested, note=None, limit=said.limit)  # type: ignore[union-attr]
    waiting = case(said)
    assert waiting.state is ApplicationState.INFO_REQUESTED
    assert waiting.due == {SUPPLY_BY: datetime(2026, 3, 17, 15, 59, 59, tzinfo=UTC)}


def test_they_are_told_once() -> None:
    with pytest.raises(AskedAlready, match="LAL-43"):
        asked(case(a(ApplicationInfoRequested)), PAPERS)
    with pytest.raises(AskedAlready):
        asked(case(a(ApplicationInfoRequested), a(ApplicationSupplied)), PAPERS)


def test_the_owner_alone_tells_them_in_the_epoch_that_he_saw() -> None:
    with pytest.raises(NotTheOwner):
        request(case(), (PAPERS,), None, LAW, by=AgencyId("another"), epoch=1, at=NOW)
    with pytest.raises(StaleEpoch):
        request(case(), (PAPERS,), None, LAW, by=OWNER, epoch=2, at=NOW)
    with pytest.raises(NotHere):
        asked(case(a(ApplicationHandedOver)))


def test_a_first_reply_stops_the_clock_and_the_rest_may_follow() -> None:
    (first,) = supplied(case(a(ApplicationInfoRequested)), KINSHIP)

    assert first == a(ApplicationSupplied, at=NOW, note=None)
    replied = case(a(ApplicationInfoRequested), first)
    assert (replied.state, replied.due) == (ApplicationState.COMPLETE, {})
    (rest,) = supplied(replied, PAPERS)
    assert isinstance(rest, ApplicationSupplied)
    assert rest.outstanding == ()


def test_what_was_not_asked_for_or_has_come_cannot_be_supplied() -> None:
    with pytest.raises(NothingAsked):
        supplied(case(), PAPERS)
    with pytest.raises(NotMissing):
        supplied(case(a(ApplicationInfoRequested)), MissingCode("signature"))
    with pytest.raises(NotMissing):
        supplied(case(a(ApplicationInfoRequested), a(ApplicationSupplied)), KINSHIP)


def test_an_application_to_which_nothing_was_supplied_is_deemed_withdrawn() -> None:
    waiting = case(a(ApplicationInfoRequested))
    late = a(ApplicationDeemedWithdrawn).at

    said = deem_withdrawn(waiting, at=late)

    assert said == [a(ApplicationDeemedWithdrawn)]
    ended = case(a(ApplicationInfoRequested), *said)
    assert (ended.state, ended.due) == (ApplicationState.DEEMED_WITHDRAWN, {})
    assert deem_withdrawn(ended, at=late) == []
    with pytest.raises(NotHere):
        ended.withdraw(WithdrawalCode("duplicate"), by=OWNER, epoch=1, at=late)


@pytest.mark.parametrize("meanwhile", [a(ApplicationSupplied), a(ApplicationHandedOver)])
def test_nothing_is_deemed_of_what_was_answered_or_went_elsewhere(meanwhile: CaseEvent) -> None:
    found = case(a(ApplicationInfoRequested), meanwhile)

    assert found.due == {}
    assert deem_withdrawn(found, at=NOW + timedelta(days=60)) == []


def test_custody_that_ends_after_it_needs_no_second_word() -> None:
    ended = case(a(ApplicationInfoRequested), a(ApplicationDeemedWithdrawn))

    assert ended.hand_over(a(CustodyEnded, because="withdrawn"), at=NOW) == []


def test_an_application_names_the_earlier_one_and_when_it_was_received() -> None:
    said = a(ApplicationLinked)
    earlier = Earlier(
        case_id=CaseId(said.earlier),
        number=CaseNumber(said.earlier_number),
        received_at=said.earlier_received_at,
        because=LinkCause("deemed-withdrawn"),
    )

    assert link(case(), earlier, at=said.at) == [said]
    assert case(said).earlier == said.earlier

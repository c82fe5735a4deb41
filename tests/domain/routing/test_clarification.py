"""Asking back: the clock stands still exactly as long as it takes, at most twice; nothing else moves it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from law.book import load_law
from law.deadlines import end_of
from schemas.codes import ClarificationCode, LegalBasis, NoProposalCode, RejectionCode
from schemas.facts import Period
from schemas.fields import Sealed
from schemas.ids import AgencyId
from schemas.samples import a, facts
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEvent,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferEvent,
    OfferReceived,
    OfferRejected,
    TransferClarificationRequested,
    TransferClarificationSupplied,
    TransferDelivered,
    TransferOffered,
    TransferReminded,
)
from services.routing.domain import answering, awaiting, clarifying, receiving
from services.routing.domain.custody import Custody
from services.routing.domain.errors import (
    AskedOften,
    NothingAsked,
    NotTheOwner,
    OfferAlreadyAcknowledged,
    ProposesTwoThings,
    WaitsForClarification,
)
from services.routing.domain.offer import Offer, OfferState
from services.routing.domain.transfer import TransferState

LAW = load_law()
LUXIAN = AgencyId("510521-legal-aid")
ANSWER = Sealed(key_id="51k1", box="AAAA")
CALM = facts(members=1, priority=())
# A Monday; the weeks that follow have no holidays.
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
TEN_DAYS = Period(days=10, working=True, rule=None)


def day(number: int, hour: int = 2) -> datetime:
    return MONDAY.replace(hour=hour) + timedelta(days=number - 2)


def asked_for(*events: OfferEvent) -> Offer:
    sent = a(TransferOffered, facts=CALM, answer_within=TEN_DAYS, at=MONDAY)
    found = Offer.begin(receiving.received(sent, LAW, at=MONDAY))
    for event in events:
        found = found.after(event)
    return found


def ask(it: Offer, at: datetime) -> Offer:
    about = (ClarificationCode("evidence"),)
    for event in answering.ask(it, by=LUXIAN, about=about, question=None, law=LAW, at=at):
        it = it.after(event)
    return it


def supply(it: Offer, at: datetime) -> Offer:
    letter = a(TransferClarificationSupplied, round=len(it.standstills))
    for event in receiving.clarify(it, letter, ANSWER, LAW, at=at):
        it = it.after(event)
    return it


def test_the_clock_runs_from_delivery_and_acknowledging_does_not_move_it() -> None:
    it = asked_for()
    [acknowledged] = answering.acknowledge(it, by=LUXIAN, at=day(4))

    assert isinstance(acknowledged, OfferAcknowledged)
    after = it.after(acknowledged)
    assert after.state is OfferState.ACKNOWLEDGED
    assert after.answer_by == it.answer_by == end_of(day(16).date())
    with pytest.raises(OfferAlreadyAcknowledged):
        answering.acknowledge(after, by=LUXIAN, at=day(4))


def test_a_pause_adds_exactly_its_length() -> None:
    it = supply(ask(asked_for(), day(4)), day(6))

    # Wednesday to Friday: two working days stood still.
    assert it.answer_by == end_of(day(18).date())
    assert it.state is OfferState.ACKNOWLEDGED


def test_two_pauses_add_both_their_lengths() -> None:
    it = supply(ask(asked_for(), day(4)), day(6))
    it = supply(ask(it, day(9)), day(10))

    assert it.answer_by == end_of(day(19).date())


def test_an_answer_within_the_day_pauses_nothing() -> None:
    assert supply(ask(asked_for(), day(4)), day(4, hour=9)).answer_by == asked_for().answer_by


def test_nobody_asks_a_third_time() -> None:
    it = supply(ask(supply(ask(asked_for(), day(4)), day(5)), day(6)), day(9))

    with pytest.raises(AskedOften):
        ask(it, day(10))


def test_nobody_asks_again_before_the_answer_or_the_end_of_the_pause() -> None:
    it = ask(asked_for(), day(4))

    with pytest.raises(WaitsForClarification):
        ask(it, day(5))
    assert ask(it, day(12)).state is OfferState.CLARIFYING


def test_without_an_answer_the_pause_ends_when_the_rule_says() -> None:
    it = ask(asked_for(), day(4))

    assert it.supply_by == end_of(day(11).date())
    assert it.answer_by == end_of(day(23).date())
    assert supply(it, day(20)).answer_by == it.answer_by


def test_who_asks_has_it_in_hand() -> None:
    said = answering.ask(asked_for(), by=LUXIAN, about=(), question=None, law=LAW, at=day(3))

    assert [type(event) for event in said] == [OfferAcknowledged, OfferClarificationRequested]


def test_a_clarification_after_the_answer_changes_nothing() -> None:
    it = ask(asked_for(), day(4))
    for event in answering.accept(it, by=LUXIAN, at=day(5)):
        it = it.after(event)

    assert receiving.clarify(it, a(TransferClarificationSupplied), ANSWER, LAW, at=day(6)) == []


def test_an_offer_of_before_this_release_says_no_length_and_its_clock_runs_through() -> None:
    it = Offer.begin(a(OfferReceived))

    assert ask(it, a(OfferReceived).at + timedelta(hours=1)).answer_by == it.answer_by


# --- At the owner -------------------------------------------------------------------------------------------


def custody(*events: CustodyEvent) -> Custody:
    found = Custody.begin(a(CustodyBegun, facts=CALM))
    for event in (a(CustodyAmended), a(TransferOffered), *events):
        found = found.after(event)
    return found


ASKED = custody(a(TransferDelivered), a(TransferClarificationRequested))
T = a(TransferOffered).transfer_id


def test_the_owner_takes_the_deadline_as_the_addressee_counted_it() -> None:
    question = a(OfferClarificationRequested)
    [noted] = clarifying.note_question(custody(a(TransferDelivered)), question, None, LAW, at=question.at)

    case = custody(a(TransferDelivered), noted)
    assert case.due[f"answer_by/{T}"] == question.answer_by
    assert case.known(T).state is TransferState.CLARIFYING


def test_what_is_supplied_goes_with_the_case_from_then_on() -> None:
    said = clarifying.supply(ASKED, T, ANSWER, ANSWER, by=ASKED.owner, at=day(5))

    assert [type(event) for event in said] == [CustodyAmended, TransferClarificationSupplied]
    case = ASKED
    for event in said:
        case = case.after(event)
    assert [item.kind for item in case.items] == ["contact", "member", "clarification"]
    receipt = a(OfferClarificationReceived)
    [delivered] = clarifying.run_on(case, receipt, LAW, at=receipt.at)
    assert case.after(delivered).due[f"answer_by/{T}"] == receipt.answer_by


@pytest.mark.parametrize(
    ("case", "by", "error"),
    [(custody(), ASKED.owner, NothingAsked), (ASKED, LUXIAN, NotTheOwner), (ASKED, None, NotTheOwner)],
)
def test_nobody_supplies_what_was_not_asked(case: Custody, by: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        clarifying.supply(case, T, ANSWER, ANSWER, by=by, at=day(5))


# --- Reminders ----------------------------------------------------------------------------------------------


def delivered() -> Custody:
    receipt = receiving.received(a(TransferOffered, facts=CALM, answer_within=TEN_DAYS), LAW, at=MONDAY)
    [event] = awaiting.deliver(custody(), receipt, LAW, at=MONDAY)
    return custody(event)


def test_the_ladder_of_the_rule_is_climbed_rung_by_rung() -> None:
    case, rungs = delivered(), []
    while f"remind/{T}" in case.due:
        at = case.due[f"remind/{T}"]
        for event in awaiting.remind(case, T, here=a(TransferOffered).sender, at=at):
            assert isinstance(event, TransferReminded)
            rungs.append((at.date().isoformat(), event.to))
            case = case.after(event)

    # Half of the time, two working days before the last, one working day before it.
    assert rungs == [("2026-03-09", "addressee"), ("2026-03-12", "addressee"), ("2026-03-13", "director")]
    assert case.due == {f"answer_by/{T}": end_of(day(16).date())}


def test_while_the_clock_stands_still_we_are_reminded_ourselves() -> None:
    question = a(OfferClarificationRequested, at=day(4), supply_by=end_of(day(11).date()))
    [noted] = clarifying.note_question(delivered(), question, None, LAW, at=day(4))
    case = delivered().after(noted)

    [reminded] = awaiting.remind(case, T, here=a(TransferOffered).sender, at=case.due[f"remind/{T}"])

    assert isinstance(reminded, TransferReminded)
    assert (reminded.agency, reminded.to_province, reminded.due_at) == (case.owner, "44", question.supply_by)


def test_nobody_is_reminded_of_an_offer_that_is_answered() -> None:
    it = asked_for()
    letter = a(TransferReminded, agency=LUXIAN)

    assert receiving.remind(it, letter, at=day(9))
    for event in answering.accept(it, by=LUXIAN, at=day(9)):
        it = it.after(event)
    assert receiving.remind(it, letter, at=day(10)) == []


# --- Refusals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proposed", "code"), [(None, None), (AgencyId("442000-legal-aid"), NoProposalCode("none-known"))]
)
def test_a_refusal_names_an_agency_or_says_why_none(proposed: Any, code: Any) -> None:
    with pytest.raises(ProposesTwoThings):
        refuse(asked_for(), proposed, code)


def test_that_nobody_is_known_is_an_explicit_code() -> None:
    [said] = refuse(asked_for(), None, NoProposalCode("none-known"))

    assert isinstance(said, OfferRejected)
    assert (said.proposed, said.no_proposal) == (None, "none-known")


def refuse(it: Offer, proposed: Any, code: Any) -> list[OfferEvent]:
    return answering.reject(
        it,
        by=LUXIAN,
        code=RejectionCode("not-competent"),
        legal_basis=LegalBasis("LAL-38"),
        proposed=proposed,
        no_proposal=code,
        at=day(4),
    )

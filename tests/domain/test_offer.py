"""Offer: who may answer, once, in time; and what the origin says meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.book import load_law
from schemas.codes import LegalBasis, OfferEnd, RejectionCode
from schemas.facts import Period
from schemas.ids import AgencyId, Province, RuleVersion, SiteId
from schemas.samples import a
from schemas.transfers import (
    OfferAccepted,
    OfferClosed,
    OfferEnclosed,
    OfferEvent,
    OfferReceived,
    OfferRejected,
    TransferCompleted,
    TransferEnclosed,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferVoided,
)
from services.routing.domain import answering, receiving
from services.routing.domain.errors import (
    AnswerTooLate,
    NotTheAddressee,
    OfferAlreadyAnswered,
    OfferNotOpen,
    ProposesItself,
)
from services.routing.domain.offer import COMPLETED, Offer, OfferState

LAW = load_law()
LUXIAN = AgencyId("510521-legal-aid")
NOW = a(OfferAccepted).at


def test_the_work_list_says_which_of_its_sites_an_agency_is_asked_for() -> None:
    letter = a(TransferOffered, site=SiteId("510521-window"))
    asked = Offer.begin(receiving.received(letter, LAW, at=letter.at))

    assert asked.site == letter.site


def offer(*events: OfferEvent, **received: Any) -> Offer:
    found = Offer.begin(a(OfferReceived, **received))
    for event in events:
        found = found.after(event)
    return found


def rejected(it: Offer, by: AgencyId = LUXIAN, proposed: str = "442000-legal-aid") -> list[OfferEvent]:
    return answering.reject(
        it,
        by=by,
        code=RejectionCode("not-competent"),
        legal_basis=LegalBasis("LAL-38"),
        proposed=AgencyId(proposed),
        at=NOW,
    )


def test_the_addressee_accepts() -> None:
    assert answering.accept(offer(), by=LUXIAN, at=NOW) == [a(OfferAccepted)]


def test_the_addressee_rejects_with_code_basis_and_proposal() -> None:
    assert rejected(offer()) == [a(OfferRejected)]


@pytest.mark.parametrize("by", [None, AgencyId("510500-legal-aid")])
def test_only_the_addressee_answers(by: AgencyId | None) -> None:
    with pytest.raises(NotTheAddressee, match="asks 510521-legal-aid"):
        answering.accept(offer(), by=by, at=NOW)


def test_a_second_acceptance_is_refused() -> None:
    with pytest.raises(OfferAlreadyAnswered):
        answering.accept(offer(a(OfferAccepted)), by=LUXIAN, at=NOW)


def test_a_rejection_after_an_acceptance_is_refused() -> None:
    with pytest.raises(OfferAlreadyAnswered):
        rejected(offer(a(OfferAccepted)))


def test_a_rejection_after_a_recall_is_refused() -> None:
    with pytest.raises(OfferNotOpen, match="recalled"):
        rejected(offer(a(OfferClosed, because="recalled")))


def test_an_acceptance_after_a_recall_is_refused() -> None:
    with pytest.raises(OfferNotOpen):
        answering.accept(offer(a(OfferClosed, because="recalled")), by=LUXIAN, at=NOW)


def test_an_acceptance_after_the_deadline_is_refused() -> None:
    late = a(OfferReceived).answer_by + timedelta(seconds=1)

    with pytest.raises(AnswerTooLate):
        answering.accept(offer(), by=LUXIAN, at=late)


def test_who_rejects_cannot_propose_itself() -> None:
    with pytest.raises(ProposesItself):
        rejected(offer(), proposed=LUXIAN)


def test_a_recall_that_crossed_an_acceptance_closes_the_offer() -> None:
    assert receiving.close(offer(a(OfferAccepted)), OfferEnd("recalled"), at=NOW) == [
        a(OfferClosed, at=NOW, because="recalled", agency=LUXIAN)
    ]


def test_the_voiding_that_follows_a_recall_says_once_whose_acceptance_is_void() -> None:
    recalled = offer(a(OfferAccepted), a(OfferClosed, because="recalled"))

    [voided] = receiving.close(recalled, OfferEnd("voided"), at=NOW)

    assert voided == a(OfferClosed, at=NOW, because="voided", agency=LUXIAN)
    assert receiving.close(recalled.after(voided), OfferEnd("voided"), at=NOW) == []
    assert receiving.close(recalled.after(voided), OfferEnd("lapsed"), at=NOW) == []


def test_a_case_that_came_after_all_is_not_void() -> None:
    came = offer(a(OfferAccepted), a(OfferClosed, because="completed"))

    assert receiving.close(came, OfferEnd("voided"), at=NOW) == []


def test_a_recall_of_an_offer_that_we_rejected_changes_nothing() -> None:
    assert receiving.close(offer(a(OfferRejected)), OfferEnd("recalled"), at=NOW) == []


@pytest.mark.parametrize(
    ("letter", "end"),
    [(TransferRecalled, "recalled"), (TransferLapsed, "lapsed"), (TransferVoided, "voided")],
)
def test_each_letter_of_the_origin_ends_the_offer_in_its_way(letter: Any, end: str) -> None:
    assert receiving.end_of(a(letter)) == end


def test_the_clock_of_the_answer_runs_from_the_receipt_in_working_days() -> None:
    monday = datetime(2026, 3, 2, 1, 12, tzinfo=UTC)

    receipt = receiving.received(a(TransferOffered), LAW, at=monday)

    # Ten working days, the first not counted, to the end of the day in China.
    assert receipt.answer_by == datetime(2026, 3, 16, 15, 59, 59, tzinfo=UTC)
    assert receipt.to_province == a(TransferOffered).sender
    assert receipt.provisional is None


def test_the_clock_of_the_answer_knows_the_holidays() -> None:
    before_spring_festival = datetime(2026, 2, 10, 1, 12, tzinfo=UTC)

    receipt = receiving.received(a(TransferOffered), LAW, at=before_spring_festival)

    # 11 12 13 14 · 24 25 26 27 28 February, and Monday, 2 March.
    assert receipt.answer_by == datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)


def test_an_offer_names_the_rule_that_its_time_is_taken_from() -> None:
    version = RuleVersion("answer-offer:cn:2024-01-01")
    letter = a(TransferOffered, answer_within=Period(days=10, working=True, rule=version))

    receipt = receiving.received(letter, LAW, at=datetime(2026, 3, 2, 1, 12, tzinfo=UTC))

    assert receipt.answer_rule == Offer.begin(receipt).answer_rule == version


def test_a_deadline_in_a_year_without_published_holidays_is_marked() -> None:
    receipt = receiving.received(a(TransferOffered), LAW, at=datetime(2027, 3, 1, 1, 12, tzinfo=UTC))

    assert receipt.provisional
    assert Offer.begin(receipt).provisional


def test_what_arrives_is_noted_without_its_content() -> None:
    kept = offer(a(OfferAccepted), a(OfferEnclosed))

    assert [item.name for item in kept.arrived] == [f"member/{a(OfferEnclosed).enclosure.id}"]


def test_an_enclosure_that_comes_again_is_one_item() -> None:
    assert len(offer(a(OfferEnclosed), a(OfferEnclosed)).arrived) == 1


def test_nothing_is_kept_of_an_offer_that_is_over() -> None:
    assert receiving.keep(offer(a(OfferClosed)), a(TransferEnclosed).enclosure, at=NOW) == []


def test_the_case_that_is_taken_over_brings_its_followers_but_not_ourselves() -> None:
    letter = a(TransferCompleted, followers=("33", "51", "44"))

    [begun] = receiving.take_over(offer(a(OfferAccepted)), letter, None, here=Province("51"), at=NOW)

    assert (begun.epoch, begun.followers, begun.from_province) == (2, ("33", "44"), "44")
    assert begun.asked == letter.asked


def test_a_completed_offer_is_closed_as_completed() -> None:
    [closed] = receiving.close(offer(a(OfferAccepted)), COMPLETED, at=NOW)

    assert offer(a(OfferAccepted), closed).state is OfferState.CLOSED


EVENTS = st.sampled_from(
    [a(OfferReceived), a(OfferAccepted), a(OfferRejected), a(OfferEnclosed), a(OfferClosed)]
)


@given(st.lists(EVENTS, max_size=8))
def test_any_order_of_its_own_events_folds(events: list[OfferEvent]) -> None:
    assert offer(*events).due == {}

"""Claim: what a member is due and has received, to the fen."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cases import MemberJoined
from schemas.codes import ClaimEnd, Determination, Payer, PaymentForm
from schemas.ids import AgencyId, MemberId
from schemas.matters import ClaimClosed, ClaimDetermined, ClaimEvent, ClaimRegistered, RecoveryRecorded
from schemas.samples import a
from services.mediation.domain.claim import Claim, Payment, register, sums_of
from services.mediation.domain.errors import ClaimOver, MoreThanDue, NotReceivedYet

NOW = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
OWNER = AgencyId("510521-legal-aid")
AGREEMENT = Determination("agreement")
JUDGMENT = Determination("judgment")

EVENTS: list[ClaimEvent] = [
    a(ClaimRegistered),
    a(ClaimDetermined),
    a(ClaimDetermined, due_fen=0),
    a(RecoveryRecorded),
    a(ClaimClosed),
    a(ClaimClosed, because=ClaimEnd("moved")),
]


def claim(*events: ClaimEvent) -> Claim:
    """A claim to which this happened after it was registered."""
    found = Claim.begun(a(ClaimRegistered))
    for event in events:
        found = found.after(event)
    return found


def due(amount_fen: int) -> ClaimDetermined:
    return a(ClaimDetermined, due_fen=amount_fen)


def paid(amount_fen: int, at: datetime = NOW) -> Payment:
    return Payment(
        amount_fen=amount_fen, payer=Payer("employer"), form=PaymentForm("transfer"), received_at=at
    )


def received(found: Claim, amount_fen: int, others_fen: int = 0) -> list[ClaimEvent]:
    return found.receive(paid(amount_fen), others_fen, by=OWNER, epoch=2, at=NOW)


def test_what_a_member_claims_becomes_his_claim() -> None:
    joined = a(MemberJoined)

    registered = register(joined, at=NOW)

    assert Claim.begun(registered).id == joined.member_id
    assert registered.claim_fen == joined.claim_fen


def test_money_in_parts_adds_up_and_the_last_fen_ends_the_claim() -> None:
    half = received(claim(due(100)), 40, others_fen=7)
    whole = received(claim(due(100), *half), 60, others_fen=7)

    assert [type(event) for event in half] == [RecoveryRecorded]
    assert [type(event) for event in whole] == [RecoveryRecorded, ClaimClosed]
    assert isinstance(whole[0], RecoveryRecorded)
    assert whole[0].total_fen == 107
    assert whole[1] == a(ClaimClosed, at=NOW, because="paid", recovered_fen=100)


def test_a_fen_more_than_due_is_refused() -> None:
    with pytest.raises(MoreThanDue):
        received(claim(due(100)), 101)


def test_money_may_come_before_it_is_fixed_what_is_due() -> None:
    early = claim(*received(claim(), 30))

    assert early.recovered_fen == 30
    settled = early.determine(30, AGREEMENT, epoch=2, at=NOW)
    assert [type(event) for event in settled] == [ClaimDetermined, ClaimClosed]


def test_money_that_has_not_come_yet_is_refused() -> None:
    with pytest.raises(NotReceivedYet):
        claim().receive(paid(1, NOW + timedelta(seconds=1)), 0, by=OWNER, epoch=2, at=NOW)


def test_a_claim_that_is_over_takes_no_money() -> None:
    with pytest.raises(ClaimOver):
        received(claim(a(ClaimClosed)), 1)


def test_a_later_determination_replaces_the_earlier_and_opens_the_claim_again() -> None:
    judged = claim(due(10), *received(claim(due(10)), 10), due(25))

    assert judged.ended is None
    assert judged.recovered_fen == 10
    assert [type(e) for e in received(judged, 15)] == [RecoveryRecorded, ClaimClosed]


def test_a_final_dismissal_ends_a_claim_and_another_one_does_not() -> None:
    final = claim().determine(0, JUDGMENT, epoch=2, at=NOW, final=True)

    assert final[-1] == a(ClaimClosed, at=NOW, because="dismissed", recovered_fen=0)
    assert len(claim().determine(0, JUDGMENT, epoch=2, at=NOW)) == 1


def test_a_claim_closes_once() -> None:
    closed = claim(*claim().close(ClaimEnd("moved"), at=NOW))

    assert closed.close(ClaimEnd("withdrawn"), at=NOW) == []
    assert not closed.registered


def test_a_member_who_comes_back_has_his_claim_back() -> None:
    moved = claim(a(ClaimClosed, because=ClaimEnd("moved")))
    joined = a(MemberJoined)

    back = claim(*moved.register_again(joined, at=NOW))

    assert back.registered
    assert back.register_again(joined, at=NOW) == []


def test_a_claim_that_was_paid_here_stays_paid_when_the_case_comes_back() -> None:
    again = claim(a(ClaimClosed, because=ClaimEnd("paid")), a(ClaimRegistered, claim_fen=5))

    assert again.ended == "paid"


def test_claims_that_moved_do_not_count() -> None:
    assert sums_of([claim(a(ClaimClosed, because=ClaimEnd("moved"))), claim(due(5))]).due_fen == 5


@given(st.lists(st.sampled_from(EVENTS)))
def test_any_events_fold(events: list[ClaimEvent]) -> None:
    folded = claim(*events)

    assert folded.member_id == a(ClaimRegistered).member_id
    assert folded.recovered_fen == sum(e.amount_fen for e in events if isinstance(e, RecoveryRecorded))


@given(st.lists(st.sampled_from(EVENTS)))
def test_reactions_never_raise(events: list[ClaimEvent]) -> None:
    found = claim(*events)

    found.close(ClaimEnd("moved"), at=NOW)
    found.register_again(a(MemberJoined), at=NOW)


@given(
    dues=st.lists(st.integers(1, 10**9), min_size=1, max_size=30),
    cuts=st.lists(st.integers(0, 100), min_size=30, max_size=30),
)
def test_what_is_paid_in_any_parts_sums_to_what_is_due(dues: list[int], cuts: list[int]) -> None:
    claims = [
        Claim.begun(a(ClaimRegistered, member_id=MemberId(f"m{number}"))).after(due(amount))
        for number, amount in enumerate(dues)
    ]
    total_fen = 0
    for place, amount in enumerate(dues):
        first = amount * cuts[place] // 100
        for part in (first, amount - first):
            if part:
                events = received(claims[place], part, others_fen=sums_of(claims).recovered_fen)
                for event in events:
                    claims[place] = claims[place].after(event)
        total_fen += amount

    sums = sums_of(claims)
    assert sums.recovered_fen == sums.due_fen == total_fen
    assert all(one.ended == "paid" for one in claims)

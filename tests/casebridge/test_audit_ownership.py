"""From the logs of transfers of all provinces: one owner at every instant, and every transfer ends."""

from datetime import timedelta

import pytest

from casebridge.audit.ownership import Act, CustodyFact, Fact, Ownership, check_ownership
from casebridge.audit.report import Report, Rule
from schemas.ids import AgencyId, Province, TransferId
from schemas.matters import MatterAccepted, MatterClosed
from schemas.samples import a
from schemas.transfers import (
    CustodyBegun,
    CustodyEnded,
    CustodyPlaced,
    DirectionGiven,
    EscalationReceived,
    OfferAccepted,
    OfferClosed,
    OfferReceived,
    TransferClarificationRequested,
    TransferCompleted,
    TransferDelivered,
    TransferDirected,
    TransferEnclosed,
    TransferEscalated,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferReminded,
)

CASE = "case-1"
ORIGIN, HOME = AgencyId("442000-lac"), AgencyId("510500-lac")
GUANGDONG, SICHUAN = Province("44"), Province("51")
TRANSFER = TransferId("t-1")
OFFERED = a(
    TransferOffered, transfer_id=TRANSFER, to=HOME, to_province=SICHUAN, sender=GUANGDONG, offered_by=ORIGIN
)
EARLIER = a(TransferOffered, transfer_id=TransferId("t-0"), to=HOME, to_province=SICHUAN, sender=GUANGDONG)
LAPSED = a(TransferLapsed, transfer_id=TransferId("t-0"), to=HOME, to_province=SICHUAN)
NOW = OFFERED.at

BEGUN = a(CustodyBegun, owner=ORIGIN, epoch=1, transfer_id=None, from_province=None)
ENDED = a(CustodyEnded, epoch=1, agency=HOME, province=SICHUAN, transfer_id=TRANSFER)
COMPLETED = a(TransferCompleted, transfer_id=TRANSFER, owner=HOME, epoch=2, to_province=SICHUAN)
RECEIVED = a(OfferReceived, transfer_id=TRANSFER, agency=HOME, to_province=GUANGDONG)
ACCEPTED = a(OfferAccepted, transfer_id=TRANSFER, agency=HOME, to_province=GUANGDONG)
CLOSED = a(OfferClosed, transfer_id=TRANSFER)
BEGUN_THERE = a(CustodyBegun, owner=HOME, epoch=2, transfer_id=TRANSFER, from_province=GUANGDONG)
PLACED_THERE = a(CustodyPlaced, owner=HOME, epoch=2)

AT_ORIGIN: tuple[CustodyFact, ...] = (BEGUN, OFFERED, COMPLETED, ENDED)
AT_HOME: tuple[CustodyFact, ...] = (RECEIVED, ACCEPTED, CLOSED, BEGUN_THERE, PLACED_THERE)


def audited(
    origin: tuple[CustodyFact, ...],
    home: tuple[CustodyFact, ...],
    acts: tuple[Act, ...] = (),
    *,
    days_later: int = 0,
) -> set[Rule]:
    facts = [Fact("44", number, event) for number, event in enumerate(origin, 1)]
    facts += [Fact("51", number, event) for number, event in enumerate(home, 1)]
    report = Report()
    now = NOW + timedelta(days=days_later)
    check_ownership(Ownership({CASE: facts}, {CASE: list(acts)}), frozenset({"44", "51"}), now, report)
    return set(report.broken)


def without(facts: tuple[CustodyFact, ...], *gone: CustodyFact) -> tuple[CustodyFact, ...]:
    return tuple(fact for fact in facts if fact not in gone)


def test_a_completed_transfer_breaks_nothing() -> None:
    assert audited(AT_ORIGIN, AT_HOME, days_later=90) == set()


@pytest.mark.parametrize(
    ("origin", "home", "rule"),
    [
        ((*AT_ORIGIN, a(CustodyBegun, owner=ORIGIN, epoch=2)), AT_HOME, Rule.OWNERS),
        (without(AT_ORIGIN, ENDED), AT_HOME, Rule.OWNERS),
        (without(AT_ORIGIN, COMPLETED), AT_HOME, Rule.OWNERS),
        (AT_ORIGIN, (*AT_HOME[:3], a(CustodyBegun, owner=ORIGIN, epoch=2)), Rule.OWNERS),
        (AT_ORIGIN, without(AT_HOME, BEGUN_THERE, PLACED_THERE), Rule.STUCK),
        (AT_ORIGIN, without(AT_HOME, BEGUN_THERE), Rule.OWNERS),
        ((*AT_ORIGIN, a(CustodyPlaced, owner=ORIGIN, epoch=1)), AT_HOME, Rule.OWNERS),
        ((BEGUN, EARLIER, LAPSED, OFFERED, COMPLETED, ENDED), AT_HOME, Rule.ASKED_AGAIN),
        ((BEGUN, OFFERED), (), Rule.STUCK),
        ((BEGUN, OFFERED), (RECEIVED, ACCEPTED), Rule.STUCK),
        (AT_ORIGIN, without(AT_HOME, CLOSED), Rule.STUCK),
    ],
    ids=[
        "an epoch begins twice",
        "the origin keeps it",
        "nobody completed it",
        "somebody else begins",
        "given away and never begun",
        "placed and never begun",
        "placed after the end",
        "asked twice",
        "the offer did not arrive",
        "accepted and not answered",
        "closed at the origin alone",
    ],
)
def test_it_finds_that(origin: tuple[CustodyFact, ...], home: tuple[CustodyFact, ...], rule: Rule) -> None:
    assert rule in audited(origin, home)


def test_an_open_offer_is_no_violation_before_its_deadline_and_one_after() -> None:
    assert audited((BEGUN, OFFERED), (RECEIVED,)) == set()
    assert audited((BEGUN, OFFERED), (RECEIVED,), days_later=90) == {Rule.STUCK}


def accepted(agency: AgencyId, epoch: int) -> MatterAccepted:
    return a(MatterAccepted, agency=agency, epoch=epoch)


@pytest.mark.parametrize(
    ("act", "rules"),
    [
        (Act("51", 5, accepted(HOME, 2)), set()),
        (Act("51", 4, accepted(HOME, 2)), {Rule.TRESPASS}),
        (Act("51", 5, accepted(ORIGIN, 2)), {Rule.TRESPASS}),
        (Act("51", 5, accepted(HOME, 1)), {Rule.TRESPASS}),
        (Act("44", 4, accepted(ORIGIN, 1)), {Rule.TRESPASS}),
        (Act("44", 4, a(MatterClosed, agency=ORIGIN, epoch=1)), set()),
    ],
    ids=["placed", "not placed yet", "another agency", "another epoch", "after the end", "closing"],
)
def test_an_owner_acts_only_while_the_case_is_placed_with_it(act: Act, rules: set[Rule]) -> None:
    assert audited(AT_ORIGIN, AT_HOME, (act,)) == rules


# --- Clocks that stand still, and what waits for members ---------------------------------------------------


def test_a_clock_that_stands_still_moves_the_deadline() -> None:
    delivered = a(TransferDelivered, transfer_id=TRANSFER)
    late = delivered.answer_by + timedelta(days=2)
    asked = a(TransferClarificationRequested, transfer_id=TRANSFER, answer_by=late + timedelta(days=1))
    days = (late - NOW).days

    assert audited((BEGUN, OFFERED, delivered), (RECEIVED,), days_later=days) == {Rule.STUCK}
    assert audited((BEGUN, OFFERED, delivered, asked), (RECEIVED,), days_later=days) == set()


def test_an_acceptance_waits_for_members_until_its_deadline() -> None:
    enclosed = a(TransferEnclosed, transfer_id=TRANSFER, enclose_by=NOW + timedelta(days=3))
    there = (RECEIVED, ACCEPTED)

    assert audited((BEGUN, OFFERED, enclosed), there, days_later=2) == set()
    assert audited((BEGUN, OFFERED, enclosed), there, days_later=4) == {Rule.STUCK}


# --- Escalations -------------------------------------------------------------------------------------------

DISPUTE = TransferId("d-1")
ESCALATED = a(TransferEscalated, transfer_id=DISPUTE, to_province=SICHUAN, escalated_by=ORIGIN)
ARRIVED = a(EscalationReceived, transfer_id=DISPUTE)
GIVEN = a(DirectionGiven, transfer_id=DISPUTE, agency=HOME, province=SICHUAN, owner=ORIGIN)
FOLLOWED = a(TransferDirected, transfer_id=DISPUTE, agency=HOME, province=SICHUAN)
AGAIN = a(
    TransferOffered,
    transfer_id=TRANSFER,
    to=HOME,
    to_province=SICHUAN,
    offered_by=ORIGIN,
    mode="directed",
    direction=DISPUTE,
)
DIRECTED: tuple[CustodyFact, ...] = (BEGUN, EARLIER, LAPSED, ESCALATED, FOLLOWED, AGAIN, COMPLETED, ENDED)


def test_who_is_directed_may_have_been_asked_before() -> None:
    assert audited(DIRECTED, (ARRIVED, GIVEN, *AT_HOME), days_later=90) == set()


@pytest.mark.parametrize(
    ("origin", "home", "rule"),
    [
        ((BEGUN, ESCALATED), (), Rule.STUCK),
        ((BEGUN, ESCALATED), (ARRIVED, GIVEN), Rule.STUCK),
        (DIRECTED, (ARRIVED, *AT_HOME), Rule.OWNERS),
        (
            DIRECTED,
            (ARRIVED, GIVEN, a(DirectionGiven, transfer_id=DISPUTE, agency=ORIGIN), *AT_HOME),
            Rule.OWNERS,
        ),
        ((*DIRECTED[:5], FOLLOWED, *DIRECTED[5:]), (ARRIVED, GIVEN, *AT_HOME), Rule.OWNERS),
        (without(DIRECTED, FOLLOWED), (ARRIVED, GIVEN, *AT_HOME), Rule.OWNERS),
    ],
    ids=[
        "it did not arrive",
        "it was directed and not followed",
        "nobody directed it",
        "two were directed",
        "it was followed twice",
        "it was offered as directed and was not",
    ],
)
def test_of_an_escalation_it_finds_that(
    origin: tuple[CustodyFact, ...], home: tuple[CustodyFact, ...], rule: Rule
) -> None:
    assert rule in audited(origin, home)


def test_an_escalation_is_pressed_for_when_its_time_has_passed() -> None:
    days = (ESCALATED.decide_by - NOW).days + 2
    pressed = a(
        TransferReminded, transfer_id=DISPUTE, due_at=ESCALATED.decide_by + timedelta(days=9), overdue=True
    )
    recalled = a(TransferRecalled, transfer_id=DISPUTE)

    assert audited((BEGUN, ESCALATED), (ARRIVED,), days_later=days) == {Rule.STUCK}
    assert audited((BEGUN, ESCALATED, pressed), (ARRIVED,), days_later=days) == set()
    assert audited((BEGUN, ESCALATED, recalled), (ARRIVED,), days_later=days) == set()

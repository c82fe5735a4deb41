"""What a case is now follows from its steps, in whatever order two provinces' logs come together."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.texts import agency_names, load_texts
from law.book import load_law
from schemas.cases import ApplicationDeemedWithdrawn, ApplicationSubmitted, ApplicationWithdrawn
from schemas.envelope import Event, topic_of
from schemas.facts import Period
from schemas.ids import AgencyId, EventId, Province, RuleVersion
from schemas.matters import (
    LimitationCounted,
    LitigationFiled,
    MatterAccepted,
    MediationAgreed,
    ObjectionFiled,
    RecoveryRecorded,
    ReviewPaused,
    ReviewStarted,
    SettingAsideApplied,
)
from schemas.ops import OpsHeld, OpsReleased
from schemas.samples import a
from schemas.transfers import (
    CustodyBegun,
    CustodyPlaced,
    OfferAccepted,
    OfferClosed,
    OfferReceived,
    ProgressReceived,
    TransferCompleted,
    TransferDelivered,
    TransferOffered,
    TransferRejected,
)
from schemas.words import Language
from services.trace.app import TEXTS
from services.trace.handlers import shown
from services.trace.standing import Now, Stage
from services.trace.steps import Step
from services.trace.timeline import hops_of
from services.trace.views import Viewer

START = a(ApplicationSubmitted).at
OFFERED = a(TransferOffered)


def steps(*said: tuple[str, Event], every: timedelta = timedelta(seconds=1)) -> list[Step]:
    """What provinces said, one after another."""
    return [
        step(province, event, place, START + place * every) for place, (province, event) in enumerate(said)
    ]


def step(province: str, event: Event, place: int, at: Any) -> Step:
    log = topic_of(type(event))
    return Step(
        province=Province(province),
        case_id=event.case_id,
        log=log,
        service="anybody",
        sequence=place + 1,
        event_id=EventId(f"e{place}"),
        type=event.type,
        at=at,
        recorded_at=at,
        applied_at=at + timedelta(milliseconds=40),
        caused_by=EventId(f"e{place - 1}") if place else None,
        actor=None,
        agency=None,
        legal_basis=None,
        said=shown(event, log),
    )


def now(*said: tuple[str, Event]) -> Now:
    return Now.of(steps(*said), {})


BEGUN = (
    ("44", a(ApplicationSubmitted)),
    ("44", a(CustodyBegun, owner=a(ApplicationSubmitted).agency, epoch=1)),
)
SENT = (*BEGUN, ("44", OFFERED))
RECEIVED = (*SENT, ("51", a(OfferReceived, transfer_id=OFFERED.transfer_id, agency=OFFERED.to)))
MOVED = (
    *RECEIVED,
    ("51", a(OfferAccepted, transfer_id=OFFERED.transfer_id)),
    ("44", a(TransferCompleted, owner=OFFERED.to, epoch=2, to_province=Province("51"))),
    ("51", a(CustodyBegun, owner=OFFERED.to, epoch=2)),
    ("51", a(CustodyPlaced, owner=OFFERED.to, epoch=2)),
)


def test_the_agency_that_takes_a_case_in_owns_it() -> None:
    found = now(*BEGUN)

    assert (found.owner, found.owner_province, found.epoch) == (a(ApplicationSubmitted).agency, "44", 1)
    assert found.stage is Stage.RECEIVED


def test_a_case_that_was_withdrawn_when_its_owner_is_placed_has_ended() -> None:
    """So it is where it came with an import: the withdrawal is of that past, the owner is placed now."""
    owner = a(ApplicationSubmitted).agency
    withdrawn = ("44", a(ApplicationWithdrawn, epoch=1))
    found = now(BEGUN[0], withdrawn, BEGUN[1], ("44", a(CustodyPlaced, owner=owner, epoch=1)))

    assert (found.stage, found.owner) == (Stage.ENDED, owner)


def test_an_offered_case_stays_with_its_owner() -> None:
    found = now(*RECEIVED)

    assert (found.stage, found.offered_to) == (Stage.OFFERED, OFFERED.to)
    assert found.owner == a(ApplicationSubmitted).agency


def test_a_rejected_case_is_asked_of_nobody() -> None:
    found = now(*RECEIVED, ("44", a(TransferRejected, transfer_id=OFFERED.transfer_id)))

    assert (found.stage, found.offered_to) == (Stage.RECEIVED, None)


def test_the_end_of_an_offer_before_does_not_end_the_one_that_is_open() -> None:
    late = a(OfferClosed, transfer_id=a(OfferReceived).transfer_id + "-before", because="recalled")

    assert now(*RECEIVED, ("43", late)).stage is Stage.OFFERED


def test_a_case_that_moved_belongs_to_the_agency_that_took_it() -> None:
    found = now(*MOVED)

    assert (found.owner, found.owner_province, found.epoch) == (OFFERED.to, "51", 2)
    assert found.stage is Stage.PLACED


def test_what_an_earlier_owner_still_says_does_not_bring_the_case_back() -> None:
    late = a(CustodyPlaced, owner=AgencyId("earlier"), epoch=1)

    assert now(*MOVED, ("44", late)).owner == OFFERED.to


def test_a_province_that_only_follows_sees_owner_and_milestone() -> None:
    heard = a(ProgressReceived, owner=OFFERED.to, from_province=Province("51"), epoch=2, milestone="agreed")

    found = now(("00", heard))

    assert (found.owner, found.owner_province, found.milestone) == (OFFERED.to, "51", "agreed")


def test_a_milestone_heard_of_late_does_not_hide_a_later_one() -> None:
    heard = a(ProgressReceived, milestone="accepted", reached_at=START)

    assert now(*MOVED, ("51", a(MediationAgreed)), ("44", heard)).milestone == "agreed"


def test_money_is_what_all_members_received() -> None:
    paid = a(RecoveryRecorded, total_fen=700)

    assert now(*MOVED, ("51", a(MatterAccepted)), ("51", paid)).recovered_fen == 700


def test_a_withdrawn_case_is_ended() -> None:
    assert now(*BEGUN, ("44", a(ApplicationWithdrawn))).stage is Stage.ENDED
    assert now(*BEGUN, ("44", a(ApplicationDeemedWithdrawn))).stage is Stage.ENDED


def test_a_case_is_held_by_a_service_until_that_service_releases_it() -> None:
    held = now(*BEGUN, ("44", a(OpsHeld)))
    [(key, hold)] = held.holds.items()

    assert key == ("44", a(OpsHeld).service)
    assert hold.cause == a(OpsHeld).cause
    assert not now(*BEGUN, ("44", a(OpsHeld)), ("44", a(OpsReleased, service=a(OpsHeld).service))).holds
    assert now(*BEGUN, ("44", a(OpsHeld)), ("51", a(OpsReleased, service=a(OpsHeld).service))).holds


def test_what_trace_itself_holds_is_shown_too() -> None:
    own = {"cause": "poison", "since": START.isoformat(), "fingerprint": "KeyError:timeline.py:1"}

    found = Now.of(steps(*BEGUN), {Province("44"): own})

    assert [hold.service for hold in found.holds.values()] == ["trace"]


def test_a_hop_knows_its_cause_and_the_time_that_it_took() -> None:
    first, second, *_ = hops_of(steps(*BEGUN, ("44", OFFERED)))

    assert (first.cause, first.since_previous_ms, first.since_cause_ms) == (None, None, None)
    assert (second.cause, second.since_previous_ms, second.since_cause_ms) == (0, 1000.0, 1000.0)
    assert second.latency_ms == 40.0


def test_every_sample_folds() -> None:
    from tests.services.test_trace_texts import KINDS

    assert now(*[("44", a(kind)) for kind in KINDS]).epoch


def test_of_several_awards_it_says_which_one_is_meant() -> None:
    viewer = Viewer(load_texts(TEXTS, agency_names(None)), load_law())
    first = a(SettingAsideApplied, part=1)
    over = a(LitigationFiled, against="award")

    said = [viewer.text(step("44", each, 0, START), "en") for each in (first, over, a(ObjectionFiled))]

    assert said[0].endswith(" (partial award no. 1)")
    assert said[1].endswith(" (over an award alone)")
    assert "alone" not in said[2]
    assert "no. " not in viewer.text(step("44", a(SettingAsideApplied, part=None), 0, START), "en")
    assert viewer.text(step("44", a(LitigationFiled, suit=2), 0, START), "en").endswith(" (suit no. 2)")


@pytest.mark.parametrize(("language", "mark"), [("zh", "暂定"), ("en", "provisional")])
def test_a_deadline_that_may_move_is_marked(language: Language, mark: str) -> None:
    viewer = Viewer(load_texts(TEXTS, agency_names(None)), load_law())
    sure, moving = (
        viewer.text(step("44", a(TransferDelivered, provisional=provisional), 0, START), language)
        for provisional in (None, True)
    )

    assert mark not in sure
    assert moving.startswith(sure)
    assert mark in moving


@pytest.mark.parametrize(("language", "mark"), [("zh", "待确认"), ("en", "to be confirmed")])
def test_a_deadline_by_a_rule_that_is_not_sure_is_marked(language: Language, mark: str) -> None:
    viewer = Viewer(load_texts(TEXTS, agency_names(None)), load_law())
    review, papers, year = (
        viewer.text(step("44", a(kind), 0, START), language)
        for kind in (ReviewStarted, ReviewPaused, LimitationCounted)
    )

    rule = RuleVersion("answer-offer:cn:2024-01-01")
    within = Period(days=10, working=True, rule=rule)
    offered, received = (
        viewer.text(step("44", event, 0, START), language)
        for event in (a(TransferOffered, answer_within=within), a(OfferReceived, answer_rule=rule))
    )
    assert mark in review
    assert mark in papers
    assert mark in offered
    assert mark in received
    assert mark not in year

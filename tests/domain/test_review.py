"""Review: it stands still while papers are missing, as often as the rule lets it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.cases import ApplicationInfoRequested, ApplicationSupplied
from schemas.codes import MeansBasis, MissingCode, PaperCode, SupplementCode, SupplementResult
from schemas.matters import (
    AidGranted,
    MatterAccepted,
    MatterActivated,
    MatterClosed,
    MatterEvent,
    ReviewPaused,
    ReviewResumed,
    ReviewStarted,
)
from schemas.samples import a
from services.mediation.domain import granting, reviewing, supplementing
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.errors import (
    AskedOftenEnough,
    NothingMissing,
    NotTheOwner,
    OutOfTurn,
    ReviewDecided,
    ReviewGoesOn,
    ReviewStandsStill,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.review import ReviewState
from tests.domain.test_matter import ART_43, FIRM, HERE, LAW, MEDIATION, NOW, matter

REVIEWED = (
    a(MatterActivated),
    a(ReviewStarted, review_by=datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)),
    a(MatterAccepted),
)
IDENTITY = (PaperCode("identity"),)


def pause(found: Matter, at: datetime = NOW, missing: tuple[PaperCode, ...] = IDENTITY) -> ReviewPaused:
    act = replace(HERE, at=at)
    (paused,) = reviewing.pause(found, act, SupplementCode("papers"), missing, details=None, law=LAW)
    assert isinstance(paused, ReviewPaused)
    return paused


def resume(found: Matter, at: datetime, result: str = "supplied") -> ReviewResumed:
    (resumed,) = reviewing.resume(found, replace(HERE, at=at), SupplementResult(result), LAW)
    assert isinstance(resumed, ReviewResumed)
    return resumed


def states(found: Matter) -> dict[str, ClockState]:
    return {clock.name: clock.state for clock in found.clocks}


def test_while_papers_are_missing_the_applicants_clock_runs_and_the_review_stands_still() -> None:
    paused = pause(matter(*REVIEWED))
    found = matter(*REVIEWED, paused)

    assert paused.limit
    assert paused.limit.due_at == datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)  # the 21st is a Saturday
    assert found.due == {"supply_by": paused.limit.due_at}
    assert states(found) == {"review_by": ClockState.PAUSED, "supply_by": ClockState.RUNNING}


def test_the_pause_moves_the_end_of_the_review_by_its_days() -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))

    resumed = resume(asked, NOW + timedelta(days=4))

    # Received on 2 March, seven days are the 9th; from the 6th to the 10th it stood still.
    assert resumed.limit
    assert resumed.limit.due_at == datetime(2026, 3, 13, 15, 59, 59, tzinfo=UTC)
    assert asked.after(resumed).due == {"review_by": resumed.limit.due_at}
    assert states(asked.after(resumed))["supply_by"] is ClockState.MET


def test_a_pause_after_the_end_of_the_review_moves_nothing_and_the_breach_stays() -> None:
    found = matter(*REVIEWED)
    late = NOW + timedelta(days=5)
    (breached,) = found.breach("review_by", at=late)
    asked = found.after(breached)
    asked = asked.after(pause(asked, late))

    resumed = resume(asked, late + timedelta(days=3))

    assert resumed.limit
    assert resumed.limit.due_at == datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)
    assert states(asked.after(resumed))["review_by"] is ClockState.BREACHED


def test_what_the_owner_asked_for_is_kept_with_what_came_of_it() -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))
    came = asked.after(resume(asked, NOW + timedelta(days=4), "partly-supplied"))

    waiting, answered = asked.aid.review.supplement, came.aid.review.supplement
    assert waiting
    assert (waiting.missing, waiting.noted, waiting.result) == (IDENTITY, False, None)
    assert answered == replace(waiting, result=SupplementResult("partly-supplied"))


def test_what_intake_asked_for_takes_the_place_of_nothing_that_the_owner_asked_for() -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))
    came = asked.after(resume(asked, NOW + timedelta(days=1)))
    elsewhere = came.after(a(ReviewPaused, limit=None))

    assert matter(*REVIEWED, a(ReviewPaused, limit=None)).aid.review.supplement is None
    assert elsewhere.aid.review.supplement == came.aid.review.supplement
    again = resume(elsewhere, NOW + timedelta(days=2), "not-supplied")
    assert elsewhere.after(again).aid.review.supplement == came.aid.review.supplement


@pytest.mark.parametrize("result", ["not-supplied", "not-needed"])
def test_what_never_came_stops_the_applicants_clock(result: str) -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))

    resumed = asked.after(resume(asked, NOW + timedelta(days=1), result))

    assert states(resumed)["supply_by"] is ClockState.STOPPED


def test_papers_that_do_not_come_are_a_breach_and_the_review_can_still_go_on() -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))

    (breached,) = asked.breach("supply_by", at=NOW + timedelta(days=17))
    resumed = asked.after(breached).after(resume(asked, NOW + timedelta(days=18), "not-supplied"))

    assert states(resumed)["supply_by"] is ClockState.BREACHED
    assert resumed.aid.review.state is ReviewState.OPEN


def test_all_that_is_missing_is_asked_for_at_once() -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))
    supplied = asked.after(resume(asked, NOW))

    with pytest.raises(AskedOftenEnough):
        pause(supplied)
    with pytest.raises(NothingMissing):
        pause(matter(*REVIEWED), missing=())


def test_a_review_is_paused_once_at_a_time_and_goes_on_once() -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))

    with pytest.raises(ReviewStandsStill):
        pause(asked)
    with pytest.raises(ReviewGoesOn):
        resume(asked.after(resume(asked, NOW)), NOW)


def test_nothing_is_granted_while_papers_are_missing() -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))

    with pytest.raises(ReviewStandsStill):
        granting.grant(asked, HERE, MEDIATION, MeansBasis("checked"), ART_43, LAW)


def test_a_review_that_is_decided_is_neither_paused_nor_resumed() -> None:
    granted = matter(*REVIEWED, a(AidGranted))

    with pytest.raises(ReviewDecided):
        pause(granted)
    with pytest.raises(ReviewDecided):
        resume(granted, NOW)


def test_the_owner_alone_reviews_and_only_what_it_accepted() -> None:
    with pytest.raises(OutOfTurn):
        pause(matter(a(MatterActivated)))
    with pytest.raises(NotTheOwner):
        reviewing.resume(matter(*REVIEWED), replace(HERE, by=FIRM), SupplementResult("supplied"), LAW)


def test_a_case_that_moves_while_its_review_stands_still_leaves_no_clock_open() -> None:
    asked = matter(*REVIEWED, pause(matter(*REVIEWED)))

    assert not any(clock.open for clock in asked.after(a(MatterClosed)).clocks)


# --- What intake asks for ----------------------------------------------------------------------------------


def ask(found: Matter, at: datetime = NOW, *missing: str) -> list[MatterEvent]:
    codes = tuple(MissingCode(code) for code in missing or ("identity-paper", "signature", "kinship-proof"))
    asked = a(ApplicationInfoRequested, at=at, epoch=found.epoch, missing=codes)
    return supplementing.note_request(found, asked, LAW)


def reply(found: Matter, at: datetime, *outstanding: str) -> list[MatterEvent]:
    left = tuple(MissingCode(code) for code in outstanding)
    came = a(ApplicationSupplied, at=at, epoch=found.epoch, outstanding=left)
    return supplementing.note_reply(found, came, LAW)


def test_what_intake_asks_for_lets_the_review_stand_still_and_a_reply_lets_it_go_on() -> None:
    accepted = matter(*REVIEWED)
    (asked,) = ask(accepted)
    waiting = accepted.after(asked)
    (came,) = reply(waiting, NOW + timedelta(days=4), "kinship-proof")
    own = matter(*REVIEWED, pause(accepted))

    assert isinstance(asked, ReviewPaused)
    assert asked.missing == ("identity", "application-form", "case-papers")
    assert waiting.due == {}, "intake watches the time that the applicants have"
    assert isinstance(came, ReviewResumed)
    assert came.result == "partly-supplied"
    assert came.limit == resume(own, NOW + timedelta(days=4)).limit
    assert waiting.after(came).due == {"review_by": came.limit.due_at if came.limit else None}


def test_papers_may_be_missing_before_anybody_has_accepted_the_application() -> None:
    to_accept = matter(*REVIEWED[:2])

    (asked,) = ask(to_accept, NOW, "explanation")

    assert isinstance(asked, ReviewPaused)
    assert (asked.code, asked.missing) == ("statement", ())
    assert to_accept.after(asked).after(a(MatterAccepted)).due == {}


def test_a_review_that_is_decided_stands_still_already_or_is_of_another_epoch_is_left_alone() -> None:
    accepted = matter(*REVIEWED)
    granted, asked = matter(*REVIEWED, a(AidGranted)), matter(*REVIEWED, pause(accepted))

    assert ask(granted) == ask(asked) == ask(accepted.after(a(MatterClosed))) == []
    assert reply(accepted, NOW) == reply(granted, NOW) == []
    assert supplementing.note_request(accepted, a(ApplicationInfoRequested, epoch=9), LAW) == []
    again = asked.after(resume(asked, NOW))
    assert ask(again) == [], "all that is missing is told at once"

"""Clocks: started, paused, resumed, met, breached, stopped, and never reset by anything else."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import TimeLimit
from schemas.ids import RuleId, RuleVersion
from schemas.matters import AidGranted, MatterAccepted, MatterConcluded, MediationProposed, ReviewStarted
from schemas.samples import a
from services.mediation.domain.clocks import NO_CLOCKS, Clocks, ClockState
from services.mediation.domain.matter import Matter
from tests.domain.test_matter import matter

NOW = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
REVIEW = RuleId("review")


def limit(days: int = 7) -> TimeLimit:
    return TimeLimit(rule=RuleVersion("review:cn:2022-01-01"), due_at=NOW + timedelta(days=days))


def running() -> Clocks:
    return NO_CLOCKS.start("review_by", limit(), NOW)


def test_a_clock_that_is_met_in_time_is_met() -> None:
    (clock,) = running().meet("review_by", NOW + timedelta(days=1))

    assert (clock.state, clock.ended_at) == (ClockState.MET, NOW + timedelta(days=1))


def test_a_breach_stays_one_when_what_was_due_is_done_late() -> None:
    passed = running().breach(REVIEW, limit().due_at, limit().due_at)
    (clock,) = passed.meet("review_by", NOW + timedelta(days=9))

    assert passed.due == {}
    assert clock.state is ClockState.BREACHED
    assert (clock.breached_at, clock.ended_at) == (limit().due_at, NOW + timedelta(days=9))


def test_a_breach_of_another_end_is_not_its_own() -> None:
    assert running().breach(REVIEW, limit(8).due_at, NOW) == running()


def test_a_paused_clock_is_not_due_and_runs_on_to_the_end_that_the_pause_moved() -> None:
    paused = running().pause("review_by", NOW)

    assert paused.due == {}
    assert paused.resume("review_by", limit(12)).due == {"review_by": limit(12).due_at}


def test_a_clock_that_does_not_stand_still_cannot_run_on() -> None:
    assert running().resume("review_by", limit(12)) == running()


def test_a_new_clock_of_a_name_takes_the_place_of_the_open_one_and_both_are_seen() -> None:
    states = [clock.state for clock in running().start("review_by", limit(12), NOW)]

    assert states == [ClockState.STOPPED, ClockState.RUNNING]


def test_a_matter_shows_what_became_of_each_clock() -> None:
    found = matter(a(ReviewStarted), a(MatterAccepted), a(AidGranted), a(MediationProposed))

    assert {clock.name: clock.state for clock in found.clocks} == {
        "review_by": ClockState.MET,
        "assign_by/mediation": ClockState.RUNNING,
        "mediate_by": ClockState.RUNNING,
    }
    assert not any(clock.open for clock in found.after(a(MatterConcluded)).clocks)


def test_the_review_runs_from_the_receipt() -> None:
    found: Matter = matter(a(ReviewStarted))
    (review,) = found.clocks

    assert review.started_at == found.facts.received_at
    assert (review.limit.rule_id, review.limit.due_at) == ("review", a(ReviewStarted).review_by)


names = st.sampled_from(["review_by", "mediate_by"])
steps = st.lists(st.tuples(st.sampled_from(["start", "pause", "resume", "meet", "stop", "breach"]), names))


@given(steps)
def test_of_each_name_at_most_one_clock_is_open_and_what_ended_never_runs_again(
    told: list[tuple[str, str]],
) -> None:
    clocks, ended = NO_CLOCKS, 0
    for step, name in told:
        match step:
            case "start":
                clocks = clocks.start(name, limit(), NOW)
            case "pause":
                clocks = clocks.pause(name, NOW)
            case "resume":
                clocks = clocks.resume(name, limit(12))
            case "meet":
                clocks = clocks.meet(name, NOW)
            case "stop":
                clocks = clocks.stop(name, NOW)
            case _:
                clocks = clocks.breach(REVIEW, limit().due_at, NOW)
        over = sum(not clock.open for clock in clocks)
        open_now = [clock.name for clock in clocks if clock.open]
        assert over >= ended
        assert len(open_now) == len(set(open_now))
        ended = over

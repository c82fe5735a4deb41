"""An enforcement stands still while a court decides whether its award is set aside; then goes on, or ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import EnforcementTitle, RoundEnd
from schemas.matters import (
    ClockBreached,
    EnforcementEnded,
    EnforcementResumed,
    EnforcementSuspended,
    MatterEvent,
)
from services.mediation.domain import enforcing, setting_aside, suspending
from services.mediation.domain.acts import Act
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.errors import AwardChallenged, OutOfCourse
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from tests.domain.test_arbitration import accepted, after, award
from tests.domain.test_beside_the_award import (
    ABOVE,
    PROCEDURE,
    RULING,
    award_part,
    by_part,
    challenged,
    enforcing_it,
    state,
)
from tests.domain.test_matter import HERE, LAW, NOW, claims

AWARD, PART = EnforcementTitle("award"), EnforcementTitle("partial-award")
NO_ASSETS = RoundEnd("no-assets")
EXECUTION = "execute_by/award"


def later(days: int) -> Act:
    return replace(HERE, at=NOW + timedelta(days=days))


def enforced() -> Matter:
    return enforcing_it(after(accepted(), award(accepted(), final=True)), AWARD)


def asked(found: Matter) -> Matter:
    return after(found, setting_aside.apply(found, HERE, ABOVE, PROCEDURE))


def suspended() -> Matter:
    found = asked(enforced())
    return after(found, setting_aside.accept(found, later(10), RULING))


def of_award(found: Matter) -> ProceedingState:
    return found.proceedings.state(ProceedingKind.ENFORCEMENT, AWARD)


def test_a_court_has_six_months_to_execute_and_is_late_afterwards() -> None:
    found = enforced()
    # From the 6th of March to the 6th of September, a Sunday.
    assert found.due[EXECUTION] == datetime(2026, 9, 7, 15, 59, 59, tzinfo=UTC)

    (late,) = suspending.pass_time(found, EXECUTION, claims(due_fen=100), at=NOW)
    (over,) = suspending.pass_time(found, EXECUTION, claims(due_fen=100, recovered_fen=100), at=NOW)

    assert isinstance(late, ClockBreached)
    assert [(each.way, each.legal_basis) for each in late.remedies or ()] == [("higher-court", "CPL-237")]
    assert "higher-court" in [each.way for each in open_ways(found.after(late))]
    assert "higher-court" not in [each.way for each in open_ways(found)]
    assert isinstance(over, EnforcementEnded)
    assert over.because == "paid"
    assert EXECUTION not in found.after(over).due


def test_it_is_over_with_the_last_fen_that_is_owed_and_not_before() -> None:
    found = enforced()

    assert suspending.note_payments(found, claims(due_fen=100, recovered_fen=99), at=NOW) == []
    (over,) = suspending.note_payments(found, claims(due_fen=100, recovered_fen=100), at=NOW)

    assert isinstance(over, EnforcementEnded)
    now = found.after(over)
    assert of_award(now) is ProceedingState.ENDED
    assert next(clock.state for clock in now.clocks if clock.name == EXECUTION) is ClockState.MET
    assert suspending.note_payments(now, claims(due_fen=100, recovered_fen=100), at=NOW) == []


def test_an_application_alone_suspends_nothing_but_its_acceptance_does() -> None:
    found = asked(enforced())
    assert of_award(found) is ProceedingState.APPLIED

    accepted_then, stands = setting_aside.accept(found, later(10), RULING)

    assert isinstance(stands, EnforcementSuspended)
    assert (stands.title, stands.because) == (AWARD, "setting-aside")
    now = after(found, [accepted_then, stands])
    assert of_award(now) is ProceedingState.SUSPENDED
    assert EXECUTION not in now.due
    assert next(clock.state for clock in now.clocks if clock.name == EXECUTION) is ClockState.PAUSED


@pytest.mark.parametrize(
    ("said", "because"),
    [
        (setting_aside.dismiss(suspended(), later(40), RULING, LAW), "not-set-aside"),
        (setting_aside.withdraw(suspended(), later(40), LAW), "application-withdrawn"),
    ],
    ids=["dismissed", "withdrawn"],
)
def test_it_goes_on_with_the_time_that_was_left_when_the_award_stands(
    said: list[MatterEvent], because: str
) -> None:
    goes_on = said[-1]

    assert isinstance(goes_on, EnforcementResumed)
    assert (goes_on.title, goes_on.because) == (AWARD, because)
    now = after(suspended(), said)
    assert of_award(now) is ProceedingState.APPLIED
    # Thirty days more than the 6th of September: the 6th of October, in the holiday, rolls to the 8th.
    assert now.due[EXECUTION] == datetime(2026, 10, 8, 15, 59, 59, tzinfo=UTC)


def test_it_ends_for_good_with_the_award() -> None:
    found = suspended()

    said = setting_aside.grant(found, later(40), RULING, served_at=later(40).at, law=LAW)

    ended = said[-1]
    assert isinstance(ended, EnforcementEnded)
    assert ended.because == "set-aside"
    now = after(found, said)
    assert of_award(now) is ProceedingState.ENDED
    assert now.clocks.ends.keys() == {"sue_anew_by"}
    with pytest.raises(OutOfCourse):
        enforcing.resume(now, later(41), LAW)


def test_an_award_that_is_challenged_is_applied_for_in_time_and_stands_still_at_once() -> None:
    found = after(challenged(), setting_aside.accept(challenged(), HERE, RULING))

    now = enforcing_it(found, AWARD)

    assert of_award(now) is ProceedingState.SUSPENDED
    assert EXECUTION not in now.due


def test_nobody_resumes_it_while_the_court_decides() -> None:
    ended = after(enforced(), enforcing.end_round(enforced(), HERE, NO_ASSETS, claims()))
    found = after(asked(ended), setting_aside.accept(asked(ended), later(10), RULING))

    assert of_award(found) is ProceedingState.ENDED_THIS_ROUND
    for each in (found, suspended()):
        with pytest.raises(AwardChallenged):
            enforcing.resume(each, later(11), LAW)
    stands = after(found, setting_aside.dismiss(found, later(40), RULING, LAW))
    assert of_award(stands) is ProceedingState.ENDED_THIS_ROUND
    assert enforcing.resume(stands, later(41), LAW)


def test_a_part_that_was_decided_before_is_executed_all_the_same() -> None:
    found = after(accepted(), award_part(accepted(), final=True))
    found = enforcing_it(found, PART)
    found = enforcing_it(after(found, award(found, final=True)), AWARD)
    found = asked(found)

    now = after(found, setting_aside.accept(found, later(10), RULING))

    assert of_award(now) is ProceedingState.SUSPENDED
    assert now.proceedings.state(ProceedingKind.ENFORCEMENT, PART) is ProceedingState.APPLIED
    assert "execute_by/partial-award" in now.due
    over = after(now, enforcing.end_round(now, later(20), NO_ASSETS, by_part(), PART))
    assert over.proceedings.state(ProceedingKind.ENFORCEMENT, PART) is ProceedingState.ENDED_THIS_ROUND
    assert state(over, ProceedingKind.SETTING_ASIDE) is ProceedingState.ACCEPTED


def test_a_court_that_was_late_before_is_late_when_it_goes_on() -> None:
    found = asked(enforced())
    late = after(found, found.breach(EXECUTION, at=later(200).at))
    now = after(late, setting_aside.accept(late, later(201), RULING))

    goes_on = setting_aside.dismiss(now, later(230), RULING, LAW)[-1]

    assert isinstance(goes_on, EnforcementResumed)
    assert goes_on.limit is None
    assert EXECUTION not in now.after(goes_on).due

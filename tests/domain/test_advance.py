"""Aid in advance: when it may be given, what may be done on it, and how it ends; and aid stage by stage."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from law.book import Law
from schemas.codes import AID_STAGES, AdvanceCode, AidStage, LegalBasis, MeansBasis, Outcome, RefusalCode
from schemas.matters import (
    AidAdvanced,
    AidGranted,
    AidStep,
    AssignmentMade,
    EvaluationCompleted,
    MatterAccepted,
    MatterActivated,
    MatterConcluded,
    MatterEvent,
    ReviewStarted,
)
from schemas.samples import a, facts
from services.mediation.domain import advancing, concluding, granting, reviewing, terminating
from services.mediation.domain.acts import MatterState
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.errors import (
    AlreadyGranted,
    DayPassed,
    NoAdvance,
    NotDueYet,
    NotGranted,
    NotInvolved,
    NotUrgent,
    OnlyAdvanced,
    OutOfTurn,
)
from services.mediation.domain.matter import Matter
from tests.domain.test_matter import ART_43, FIRM, HERE, IN_HAND, LAW, LAWYER, NOW, assign, claims, matter
from tests.domain.test_objection import REASONS, REFUSED, TERMINATED

ARBITRATION = AidStage("arbitration")
TODAY = date(2026, 3, 6)
REVIEWED = (
    a(MatterActivated),
    a(ReviewStarted, review_by=datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)),
    a(MatterAccepted),
)
ADVANCED = (*REVIEWED, a(AidAdvanced))
ON_ADVANCE = (*ADVANCED, a(AssignmentMade, stage=ARBITRATION))
AFTER = NOW + timedelta(days=7)


def advance(
    found: Matter,
    code: str = "property-preservation",
    *,
    expires_on: date | None = None,
    papers_on: date | None = None,
    law: Law = LAW,
) -> AidAdvanced:
    (advanced,) = advancing.advance(
        found, HERE, ARBITRATION, AdvanceCode(code), expires_on=expires_on, papers_on=papers_on, law=law
    )
    assert isinstance(advanced, AidAdvanced)
    return advanced


def grant(found: Matter, stage: AidStage) -> AidGranted:
    (granted,) = granting.grant(found, HERE, stage, MeansBasis("checked"), ART_43, LAW)
    assert isinstance(granted, AidGranted)
    return granted


# --- Giving it ---------------------------------------------------------------------------------------------


def test_an_advance_asks_for_papers_and_for_somebody_to_do_the_work() -> None:
    advanced = advance(matter(*REVIEWED))

    assert advanced.limit
    assert advanced.assign_limit
    assert advanced.limit.due_at == datetime(2026, 3, 16, 15, 59, 59, tzinfo=UTC)
    found = matter(*REVIEWED, advanced)
    assert found.state is MatterState.TO_ASSIGN
    assert set(found.due) == {"review_by", "regularise_by/arbitration", "assign_by/arbitration"}


@pytest.mark.parametrize(("days", "urgent"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_time_limit_is_near_when_fewer_than_seven_days_are_left(days: int, urgent: bool) -> None:
    expires_on = TODAY + timedelta(days=days)

    if urgent:
        assert advance(matter(*REVIEWED), "time-limit", expires_on=expires_on).expires_on == expires_on
    else:
        with pytest.raises(NotUrgent):
            advance(matter(*REVIEWED), "time-limit", expires_on=expires_on)


def test_the_day_of_the_facts_counts_when_none_is_said_and_without_any_nothing_is_near() -> None:
    near = replace(matter(*REVIEWED), facts=facts(limitation_on=TODAY))
    unknown = replace(matter(*REVIEWED), facts=facts(limitation_on=None))

    assert advance(near, "time-limit").expires_on == TODAY
    with pytest.raises(NotUrgent):
        advance(unknown, "time-limit")
    assert advance(unknown).expires_on is None


def test_the_centre_sets_a_day_for_the_papers_that_has_not_passed() -> None:
    advanced = advance(matter(*REVIEWED), papers_on=TODAY)

    assert advanced.limit
    assert advanced.limit.due_at == datetime(2026, 3, 6, 15, 59, 59, tzinfo=UTC)
    with pytest.raises(DayPassed):
        advance(matter(*REVIEWED), papers_on=TODAY - timedelta(days=1))


def test_what_is_advanced_or_granted_is_not_advanced_again() -> None:
    for events in (ADVANCED, (*REVIEWED, a(AidGranted, stage=ARBITRATION))):
        with pytest.raises(AlreadyGranted):
            advance(matter(*events))


@pytest.mark.parametrize("events", [REFUSED, TERMINATED])
def test_nothing_is_advanced_after_a_refusal_or_a_termination(events: tuple[MatterEvent, ...]) -> None:
    with pytest.raises(OutOfTurn):
        advance(matter(*events))


# --- Working on it -----------------------------------------------------------------------------------------


def test_work_is_assigned_and_done_on_an_advance_and_on_that_stage_alone() -> None:
    found = matter(*ADVANCED)

    (made,) = assign(found, "somebody", LAWYER, ARBITRATION)

    assert found.after(made).state is MatterState.IN_HAND
    found.after(made).check_involved(replace(HERE, by=FIRM), MatterState.IN_HAND)
    with pytest.raises(NotGranted):
        assign(found, "somebody", LAWYER, AidStage("mediation"))


def test_a_grant_takes_the_place_of_the_advance_and_who_works_on_it_stays() -> None:
    found = matter(*ON_ADVANCE)

    granted = grant(found, ARBITRATION)

    after = found.after(granted)
    assert granted.assign_by is None
    assert (after.state, after.aid.advances, after.aid.stages) == (MatterState.IN_HAND, (), (ARBITRATION,))
    assert after.due == {}


def test_an_advance_alone_is_neither_concluded_nor_terminated() -> None:
    with pytest.raises(OnlyAdvanced):
        concluding.conclude(matter(*ON_ADVANCE), HERE, Outcome("no-result"), claims(), LAW)
    with pytest.raises(OnlyAdvanced):
        terminating.terminate(matter(*ON_ADVANCE), HERE, "other", LegalBasis("LAL-48"), REASONS)  # type: ignore[arg-type]


# --- Ending it ---------------------------------------------------------------------------------------------


def test_papers_that_come_end_the_wait_and_the_review_goes_on() -> None:
    found = matter(*ON_ADVANCE)

    (regular,) = advancing.regularise(found, HERE, ARBITRATION)

    after = found.after(regular)
    assert set(after.due) == {"review_by"}
    with pytest.raises(NoAdvance):
        advancing.regularise(after, HERE, ARBITRATION)
    with pytest.raises(NoAdvance):
        advancing.lapse(after, replace(HERE, at=AFTER), ARBITRATION)
    assert after.after(grant(after, ARBITRATION)).state is MatterState.IN_HAND


def test_an_advance_lapses_when_its_day_has_passed_and_not_before() -> None:
    found = matter(*ON_ADVANCE)
    with pytest.raises(NotDueYet):
        advancing.lapse(found, HERE, ARBITRATION)

    (breached,) = found.breach("regularise_by/arbitration", at=AFTER)
    (lapsed,) = advancing.lapse(found.after(breached), replace(HERE, at=AFTER), ARBITRATION)

    after = found.after(breached).after(lapsed)
    assert (after.state, after.aid.covered) == (MatterState.IN_REVIEW, ())
    (clock,) = [each for each in after.clocks if each.name == "regularise_by/arbitration"]
    assert (clock.state, clock.open) == (ClockState.BREACHED, False)
    with pytest.raises(NotInvolved):
        after.check_involved(replace(HERE, by=FIRM), MatterState.IN_REVIEW)


def test_the_lapse_of_one_stage_leaves_the_others_in_hand() -> None:
    found = matter(*IN_HAND, a(AidAdvanced))

    (lapsed,) = advancing.lapse(found, replace(HERE, at=AFTER), ARBITRATION)

    assert found.after(lapsed).state is MatterState.IN_HAND


def test_late_papers_count_while_the_aid_has_not_lapsed() -> None:
    (breached,) = matter(*ON_ADVANCE).breach("regularise_by/arbitration", at=AFTER)

    assert advancing.regularise(matter(*ON_ADVANCE, breached), replace(HERE, at=AFTER), ARBITRATION)


def test_a_refusal_ends_what_was_given_in_advance() -> None:
    (refused,) = reviewing.refuse(
        matter(*ON_ADVANCE), HERE, RefusalCode("means"), LegalBasis("LAL-34"), REASONS
    )

    after = matter(*ON_ADVANCE, refused)
    assert (after.state, after.aid.covered, after.due) == (MatterState.REFUSED, (), {})


# --- Stage by stage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", AID_STAGES)
def test_each_stage_is_a_grant_of_its_own(stage: str) -> None:
    found = matter(*REVIEWED)
    one, others = AidStage(stage), [AidStage(each) for each in AID_STAGES if each != stage]

    granted = found.after(grant(found, one))

    with pytest.raises(AlreadyGranted):
        grant(granted, one)
    assert assign(granted, "somebody", LAWYER, one)
    for other in others:
        with pytest.raises(NotGranted):
            assign(granted, "somebody", LAWYER, other)
        assert grant(granted, other).stage == other


@pytest.mark.parametrize("ends", [(a(MatterConcluded),), (a(MatterConcluded), a(EvaluationCompleted))])
def test_a_later_stage_is_granted_after_the_first_was_concluded(ends: tuple[MatterEvent, ...]) -> None:
    done = matter(*IN_HAND, *ends)

    granted = grant(done, AidStage("enforcement"))

    again = done.after(granted)
    assert again.state is MatterState.TO_ASSIGN
    assert set(again.due) == {"assign_by/enforcement"}
    (made,) = assign(again, "somebody", LAWYER, AidStage("enforcement"))
    (concluded,) = concluding.conclude(again.after(made), HERE, Outcome("no-result"), claims(), LAW)
    assert again.after(made).after(concluded).state is MatterState.CONCLUDED


def test_every_step_of_aid_folds_from_any_other() -> None:
    steps = [a(kind) for kind in get_args(AidStep)]

    for first in steps:
        for second in steps:
            assert matter(*IN_HAND, first, second).case_id

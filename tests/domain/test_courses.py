"""The tables of what may follow what: complete, without dead names, each clock with an end and a rule."""

from typing import get_args

import pytest

from law.book import load_law
from schemas.codes import LEGAL_BASES, REMEDIES
from schemas.matters import ClockBreached, ProceedingAct
from services.mediation.domain.agreement_courses import PAY_BY
from services.mediation.domain.authority_courses import OBEY_BY
from services.mediation.domain.course import Course, ProceedingState, Step
from services.mediation.domain.courses import COURSES, PASSED, STEPS
from services.mediation.domain.court_courses import JUDGE_BY
from services.mediation.domain.remedies import OPENINGS, Opener
from services.mediation.domain.suing import TRIALS

LAW = load_law()
EVERY_STEP = [step for course in COURSES for step in course.steps]


def test_whatever_is_said_of_a_proceeding_is_a_step_of_one() -> None:
    assert set(get_args(ProceedingAct)) <= STEPS.keys()
    assert len(STEPS) + len(PASSED) == len(EVERY_STEP)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: str(course.kind))
def test_every_state_can_be_reached_from_nothing(course: Course) -> None:
    reached = {ProceedingState.NOTHING}
    for _ in course.steps:
        reached |= {step.then for step in course.steps if step.then and reached & set(step.at)}

    assert {state for step in course.steps for state in (*step.at, step.then) if state} <= reached


@pytest.mark.parametrize("step", [step for step in EVERY_STEP if step.starts], ids=lambda step: step.starts)
def test_a_clock_that_is_started_has_a_rule_and_an_end(step: Step) -> None:
    ends = {name for each in EVERY_STEP for name in (*each.meets, each.when_passed)}

    assert step.starts in ends
    if step.starts == JUDGE_BY:
        assert set(TRIALS.values()) <= LAW.rules.keys()
    elif step.starts not in (PAY_BY, OBEY_BY):  # what the parties agreed on, or an order says
        assert step.rule in LAW.rules


def test_a_clock_that_moves_a_proceeding_by_passing_stops_running_by_it() -> None:
    for step in EVERY_STEP:
        if step.says is ClockBreached:
            assert step.when_passed
            assert step.then
            assert step.then not in step.at


def test_every_way_has_a_known_name_and_article_and_everything_that_opens_opens_something() -> None:
    assert {opening.way for opening in OPENINGS} <= REMEDIES.keys()
    assert {opening.legal_basis for opening in OPENINGS} <= LEGAL_BASES.keys()
    assert {opening.by for opening in OPENINGS} == set(Opener)

"""Courses: what may follow what in each proceeding, and which clocks that moves. Decisions and folds read it.

`docs/proceedings.md` is drawn from these tables.
"""

from typing import Final

from schemas.ids import RuleId
from schemas.matters import ClockBreached, OwnersAct, RightLapsed
from services.mediation.domain.agreement_courses import AGREEMENT_COURSES
from services.mediation.domain.authority_courses import AUTHORITY_COURSES
from services.mediation.domain.award_courses import AWARD_COURSES
from services.mediation.domain.court_courses import COURT_COURSES

COURSES: Final = (*AGREEMENT_COURSES, *AUTHORITY_COURSES, *AWARD_COURSES, *COURT_COURSES)

BY_PASSING: Final = (ClockBreached, RightLapsed)
"""What is said when a clock passes: what was due was not done, or a right was not used."""

STEPS: Final = {
    step.says: (course, step) for course in COURSES for step in course.steps if step.says not in BY_PASSING
}
"""Every kind of event says one step of one course."""

PASSED: Final = {
    step.when_passed: (course, step)
    for course in COURSES
    for step in course.steps
    if step.says in BY_PASSING and step.when_passed
}
"""What a clock says by passing: its proceeding moves, and other ways are open."""

CLOCKS: Final = frozenset(
    name.partition("/")[0]
    for _, step in (*STEPS.values(), *PASSED.values())
    for name in (*step.meets, step.starts, step.also and step.also.clock, step.pauses, step.when_passed)
    if name
)
"""The clocks of proceedings, without keys: they run beside the aid, and go on after its conclusion."""


def rule_of(says: type[OwnersAct]) -> RuleId:
    """The time limit that the step starts."""
    _, step = STEPS[says]
    assert step.rule is not None, f"{says.__name__} starts no clock of the law"
    return step.rule

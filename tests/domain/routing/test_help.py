"""Help has a life of its own: taken note of, extended, overdue, given, or impossible with a reason."""

from datetime import timedelta

import pytest

from schemas.codes import ExtensionCode
from schemas.ids import AgencyId
from schemas.samples import a
from schemas.transfers import (
    ErrandAcknowledged,
    ErrandDone,
    ErrandExtended,
    ErrandImpossible,
    ErrandReceived,
    TaskAcknowledged,
    TaskDone,
    TaskEvent,
    TaskExtended,
    TaskImpossible,
    TaskOverdue,
    TaskRequested,
)
from services.routing.domain.errand import Errand, ErrandState
from services.routing.domain.errors import ErrandNotOpen, NotLater, NotTheOwner, TaskNotOpen
from services.routing.domain.task import Task, TaskState

REQUESTED = a(TaskRequested)
MORE = ExtensionCode("helper-asked")


def task(*events: TaskEvent) -> Task:
    found = Task.begin(REQUESTED)
    for event in events:
        found = found.after(event)
    return found


def test_help_is_overdue_when_its_time_has_passed_and_is_told_once() -> None:
    assert task().due == {"due_by": REQUESTED.due_by}
    [overdue] = task().pass_deadline(at=REQUESTED.due_by)

    late = task(overdue)
    assert (late.state, late.due) == (TaskState.OVERDUE, {})
    assert late.pass_deadline(at=REQUESTED.due_by) == []


def test_help_that_comes_after_its_time_counts() -> None:
    [done] = task(a(TaskOverdue)).finish(a(ErrandDone), None, at=a(ErrandDone).at)

    assert isinstance(done, TaskDone)


def test_the_helper_says_that_the_time_does_not_suffice_and_gets_more() -> None:
    wanted = REQUESTED.due_by + timedelta(days=14)
    letter = a(ErrandAcknowledged, wants_until=wanted)
    [noted] = task().note_acknowledged(letter, at=letter.at)
    known = task(noted)
    assert (known.state, known.wants_until) == (TaskState.ACKNOWLEDGED, wanted)

    [extended] = known.extend(wanted, MORE, by=REQUESTED.asked_by, at=letter.at)

    assert isinstance(extended, TaskExtended)
    assert known.after(extended).due == {"due_by": wanted}
    errand = Errand.begin(a(ErrandReceived))
    [heard] = errand.extend(extended, at=extended.at)
    assert isinstance(heard, ErrandExtended)
    assert errand.after(heard).due_by == wanted
    assert errand.after(heard).extend(extended, at=extended.at) == []


def test_what_is_overdue_gets_more_time_and_runs_again() -> None:
    late = task(a(TaskOverdue))
    later = REQUESTED.due_by + timedelta(days=30)

    for event in late.extend(later, MORE, by=REQUESTED.asked_by, at=REQUESTED.due_by + timedelta(days=1)):
        late = late.after(event)

    assert (late.state, late.due) == (TaskState.REQUESTED, {"due_by": later})


def test_more_time_is_later_of_what_is_open_and_given_by_who_asked() -> None:
    asker, later = REQUESTED.asked_by, REQUESTED.due_by + timedelta(days=1)

    with pytest.raises(NotLater):
        task().extend(REQUESTED.due_by, MORE, by=asker, at=REQUESTED.at)
    with pytest.raises(NotLater):
        task().extend(later, MORE, by=asker, at=later)
    with pytest.raises(NotTheOwner):
        task().extend(later, MORE, by=AgencyId("another"), at=REQUESTED.at)
    with pytest.raises(TaskNotOpen):
        task(a(TaskDone)).extend(later, MORE, by=asker, at=REQUESTED.at)


def test_help_that_is_impossible_ends_the_task_with_the_written_reason() -> None:
    said = a(ErrandImpossible)
    errand = Errand.begin(a(ErrandReceived))
    [letter] = errand.give_up(by=said.agency, because=said.because, reason=said.reason, at=said.at)
    assert letter == said
    assert errand.after(letter).state is ErrandState.IMPOSSIBLE

    reason = a(TaskImpossible).reason
    [ended] = task().give_up(said, reason, at=a(TaskImpossible).at)

    assert ended == a(TaskImpossible)
    assert (task(ended).state, task(ended).due) == (TaskState.IMPOSSIBLE, {})
    assert task(ended).finish(a(ErrandDone), None, at=said.at) == []


def test_what_was_answered_is_not_answered_again() -> None:
    given_up = Errand.begin(a(ErrandReceived)).after(a(ErrandImpossible))

    with pytest.raises(ErrandNotOpen):
        given_up.acknowledge(by=given_up.agency, at=a(ErrandDone).at)
    known = Errand.begin(a(ErrandReceived)).after(a(ErrandAcknowledged))
    with pytest.raises(ErrandNotOpen):
        known.acknowledge(by=known.agency, at=a(ErrandDone).at)


def test_a_note_that_comes_twice_or_late_changes_nothing() -> None:
    letter = a(ErrandAcknowledged)

    assert task(a(TaskAcknowledged)).note_acknowledged(letter, at=letter.at) == []
    assert task(a(TaskDone)).note_acknowledged(letter, at=letter.at) == []
    assert task(a(TaskOverdue), a(TaskAcknowledged)).state is TaskState.OVERDUE

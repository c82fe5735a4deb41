"""Help has a life of its own: taken note of, extended, overdue, given, or impossible with a reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from law.book import load_law
from schemas.codes import ExtensionCode, Reminded, RouteMode
from schemas.facts import Candidate, Rung
from schemas.ids import AgencyId, Province, TaskId
from schemas.samples import a
from schemas.transfers import (
    CustodyBegun,
    CustodyPlaced,
    ErrandAcknowledged,
    ErrandClosed,
    ErrandDone,
    ErrandExtended,
    ErrandImpossible,
    ErrandReceived,
    ErrandReminded,
    TaskAcknowledged,
    TaskDone,
    TaskEvent,
    TaskExtended,
    TaskImpossible,
    TaskOverdue,
    TaskRecalled,
    TaskReminded,
    TaskRequested,
)
from services.routing.domain import acting
from services.routing.domain.custody import Custody
from services.routing.domain.errand import Errand, ErrandState
from services.routing.domain.errors import ErrandNotOpen, NotLater, NotTheOwner, TaskNotOpen
from services.routing.domain.route import SITE_REPORT
from services.routing.domain.task import Task, TaskState

REQUESTED = a(TaskRequested)
MORE = ExtensionCode("helper-asked")
LAW = load_law()
MONDAY = datetime(2026, 3, 2, 1, 12, tzinfo=UTC)
LATER = REQUESTED.due_by + timedelta(days=30)
NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)


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

    [extended] = known.extend(wanted, MORE, by=REQUESTED.asked_by, law=LAW, at=letter.at)

    assert isinstance(extended, TaskExtended)
    assert known.after(extended).due["due_by"] == wanted
    errand = Errand.begin(a(ErrandReceived))
    [heard] = errand.extend(extended, at=extended.at)
    assert isinstance(heard, ErrandExtended)
    assert errand.after(heard).due_by == wanted
    assert errand.after(heard).extend(extended, at=extended.at) == []


def test_what_is_overdue_gets_more_time_and_runs_again() -> None:
    late = task(a(TaskOverdue))
    later = REQUESTED.due_by + timedelta(days=30)

    for event in late.extend(
        later, MORE, by=REQUESTED.asked_by, law=LAW, at=REQUESTED.due_by + timedelta(days=1)
    ):
        late = late.after(event)

    assert (late.state, late.due["due_by"]) == (TaskState.REQUESTED, later)


def test_more_time_is_later_of_what_is_open_and_given_by_who_asked() -> None:
    asker, later = REQUESTED.asked_by, REQUESTED.due_by + timedelta(days=1)

    with pytest.raises(NotLater):
        task().extend(REQUESTED.due_by, MORE, by=asker, law=LAW, at=REQUESTED.at)
    with pytest.raises(NotLater):
        task().extend(later, MORE, by=asker, law=LAW, at=later)
    with pytest.raises(NotTheOwner):
        task().extend(later, MORE, by=AgencyId("another"), law=LAW, at=REQUESTED.at)
    with pytest.raises(TaskNotOpen):
        task(a(TaskDone)).extend(later, MORE, by=asker, law=LAW, at=REQUESTED.at)


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


def test_of_a_case_that_is_over_nobody_helps_any_more() -> None:
    [letter] = task(a(TaskOverdue)).recall(a(TaskRecalled).because, at=a(TaskRecalled).at)
    assert letter == a(TaskRecalled)
    over = task(letter)
    assert (over.state, over.due) == (TaskState.RECALLED, {})
    assert over.recall(letter.because, at=letter.at) == []
    # What was on its way is not needed any more, and nobody is asked to extend it.
    assert over.finish(a(ErrandDone), None, at=letter.at) == []
    with pytest.raises(TaskNotOpen):
        over.extend(LATER, MORE, by=REQUESTED.asked_by, law=LAW, at=letter.at)

    errand = Errand.begin(a(ErrandReceived))
    [closed] = errand.close(letter, at=a(ErrandClosed).at)
    assert closed == a(ErrandClosed)
    done = errand.after(closed)
    assert (done.state, done.closed_because) == (ErrandState.CLOSED, letter.because)
    assert done.close(letter, at=letter.at) == []
    assert done.extend(a(TaskExtended, due_by=LATER), at=letter.at) == []
    with pytest.raises(ErrandNotOpen):
        done.acknowledge(by=done.agency, at=letter.at)


def test_what_was_answered_is_not_recalled() -> None:
    assert task(a(TaskDone)).recall(a(TaskRecalled).because, at=a(TaskRecalled).at) == []
    answered = Errand.begin(a(ErrandReceived)).after(a(ErrandDone))
    assert answered.close(a(TaskRecalled), at=a(TaskRecalled).at) == []


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


# --- Reminders: the same ladder as of an offer --------------------------------------------------------------


def asked_on(at: datetime) -> Task:
    """Ten working days from that moment, as no agreement says otherwise."""
    custody = Custody.begin(a(CustodyBegun)).after(a(CustodyPlaced))
    helper = Candidate(agency=REQUESTED.to, province=REQUESTED.to_province, mode=RouteMode("collaborate"))
    id, here = TaskId("task"), Province("44")
    return Task.begin(acting.ask_help(custody, helper, SITE_REPORT, id, None, LAW, here=here, at=at))


def rungs(task: Task) -> list[tuple[str, str]]:
    """Day and recipient; every one at nine in Beijing."""
    assert all(rung.at.astimezone(UTC).hour == 1 for rung in task.remind)
    return [(f"{rung.at:%m-%d}", rung.to) for rung in task.remind]


def test_a_request_for_help_has_the_ladder_of_its_rule() -> None:
    it = asked_on(MONDAY)

    # Due on Monday, 16 March: at half the time, two working days before, and one.
    assert rungs(it) == [("03-09", "addressee"), ("03-12", "addressee"), ("03-13", "director")]
    assert it.due == {"due_by": it.due_by, "remind": it.remind[0].at}


def test_the_helper_is_reminded_at_each_rung_and_its_people_are_told() -> None:
    it, errand = asked_on(MONDAY), Errand.begin(a(ErrandReceived, task_id=TaskId("task")))
    told: list[Any] = []
    while "remind" in it.due:
        at = it.due["remind"]
        for letter in it.reminded(at=at):
            it = it.after(letter)
            told += errand.remind(letter, at=at)

    assert [each.to for each in told] == ["addressee", "addressee", "director"]
    assert all(isinstance(each, ErrandReminded) and each.agency == REQUESTED.to for each in told)
    assert it.due == {"due_by": it.due_by}


def test_of_help_that_came_nobody_is_reminded() -> None:
    it = asked_on(MONDAY).after(a(TaskDone, task_id=TaskId("task")))
    helped = Errand.begin(a(ErrandReceived)).after(a(ErrandDone))

    assert it.due == {}
    assert it.reminded(at=it.due_by) == []
    assert helped.remind(a(TaskReminded), at=NOON) == []


def test_more_time_has_a_ladder_of_its_own() -> None:
    it = asked_on(MONDAY)
    until = it.due_by + timedelta(days=14)

    [extended] = it.extend(until, MORE, by=it.asked_by, law=LAW, at=NOON)

    # From Wednesday, 4 March, to Monday, 30 March.
    assert rungs(it.after(extended)) == [
        ("03-17", "addressee"),
        ("03-26", "addressee"),
        ("03-27", "director"),
    ]


def test_a_request_that_says_no_reminders_has_none() -> None:
    assert task().remind == ()
    assert (
        task().after(a(TaskExtended, remind=(Rung(at=NOON, to=Reminded("addressee")),))).due["remind"] == NOON
    )

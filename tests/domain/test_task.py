"""Task and Errand: help asked on one side, given on the other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import TaskKind, TaskResult
from schemas.ids import AgencyId
from schemas.samples import a
from schemas.transfers import (
    ErrandDone,
    ErrandEvent,
    ErrandReceived,
    TaskDone,
    TaskEvent,
    TaskRequested,
)
from services.routing.domain import errand as errands
from services.routing.domain.errand import Errand, ErrandState
from services.routing.domain.errors import ErrandAlreadyDone, NotTheAddressee, NotTheOwner
from services.routing.domain.task import Task, TaskState, details_for


def task(*events: TaskEvent) -> Task:
    found = Task.begin(a(TaskRequested))
    for event in events:
        found = found.after(event)
    return found


def errand(*events: ErrandEvent) -> Errand:
    found = Errand.begin(a(ErrandReceived))
    for event in events:
        found = found.after(event)
    return found


def finish(it: Errand, by: AgencyId | None) -> list[ErrandEvent]:
    done = a(ErrandDone)
    return it.finish(by=by, result=TaskResult("done"), papers=done.papers, at=done.at)


def test_a_request_for_help_becomes_an_errand_there() -> None:
    received = a(ErrandReceived)

    assert errands.received(a(TaskRequested), received.details, at=received.at) == received


def test_the_agency_that_was_asked_gives_the_help() -> None:
    events = finish(errand(), a(ErrandReceived).agency)

    assert events == [a(ErrandDone)]
    assert errand(*events).state is ErrandState.DONE


@pytest.mark.parametrize("by", [None, AgencyId("442000-legal-aid")])
def test_only_the_agency_that_was_asked_gives_it(by: AgencyId | None) -> None:
    with pytest.raises(NotTheAddressee):
        finish(errand(), by)


def test_help_is_given_once() -> None:
    with pytest.raises(ErrandAlreadyDone):
        finish(errand(a(ErrandDone)), a(ErrandReceived).agency)


def test_the_answer_ends_the_task_with_the_time_at_which_it_was_done_there() -> None:
    done = a(TaskDone, asked_by=a(TaskRequested).asked_by)

    events = task().finish(a(ErrandDone), done.papers, at=done.at)

    assert events == [done]
    assert task(*events).done_at == a(ErrandDone).at


def test_a_second_answer_changes_nothing() -> None:
    assert task(a(TaskDone)).finish(a(ErrandDone), None, at=a(TaskDone).at) == []


def test_only_who_asked_sees_the_papers() -> None:
    task().check_asker(a(TaskRequested).asked_by)

    with pytest.raises(NotTheOwner):
        task().check_asker(AgencyId("330900-legal-aid"))


def test_a_helper_learns_no_more_than_the_task_needs() -> None:
    contact = {"name": "n", "phone": "p", "narrative": "what happened", "employer_name": "e"}

    assert details_for(TaskKind("means-papers"), contact) == {"name": "n", "phone": "p"}
    assert details_for(TaskKind("site-report"), contact) == {
        "narrative": "what happened",
        "employer_name": "e",
    }
    assert details_for(TaskKind("new-kind"), contact) == {"name": "n", "phone": "p"}


@given(st.lists(st.sampled_from([TaskRequested, TaskDone]), max_size=5))
def test_any_order_of_a_tasks_events_folds(kinds: list[Any]) -> None:
    assert (task(*map(a, kinds)).state is TaskState.DONE) == (TaskDone in kinds)


@given(st.lists(st.sampled_from([ErrandReceived, ErrandDone]), max_size=5))
def test_any_order_of_an_errands_events_folds(kinds: list[Any]) -> None:
    assert (errand(*map(a, kinds)).state is ErrandState.DONE) == (ErrandDone in kinds)

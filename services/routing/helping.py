"""What routing does about help that is asked and given, and about progress that others tell of."""

from chassis.unit_of_work import Due, UnitOfWork
from schemas.transfers import (
    ErrandAcknowledged,
    ErrandDone,
    ErrandImpossible,
    ProgressReported,
    TaskExtended,
    TaskRecalled,
    TaskReminded,
    TaskRequested,
)
from services.routing.domain import ending, errand, following
from services.routing.domain.errand import Errand
from services.routing.domain.following import Following
from services.routing.domain.task import Task
from services.routing.enclosing import reseal

# --- At the agency that asks --------------------------------------------------------------------------------


def note_helper(event: ErrandAcknowledged, uow: UnitOfWork) -> None:
    """Somebody there has it in hand."""
    task = uow.get(Task, event.task_id)
    uow.emit(task, task.note_acknowledged(event, at=uow.now))


def finish_task(event: ErrandDone, uow: UnitOfWork) -> None:
    """Keep what was found out, under our key of the case."""
    papers = reseal(event.papers, uow) if event.papers else None
    task = uow.get(Task, event.task_id)
    finished = task.finish(event, papers, at=uow.now)
    if finished and papers:
        uow.vault.keep(f"task/{event.task_id}", papers)
    uow.emit(task, finished)


def give_task_up(event: ErrandImpossible, uow: UnitOfWork) -> None:
    """Keep the written reason, under our key of the case."""
    reason = reseal(event.reason, uow)
    task = uow.get(Task, event.task_id)
    given_up = task.give_up(event, reason, at=uow.now)
    if given_up:
        uow.vault.keep(f"task/{event.task_id}", reason)
    uow.emit(task, given_up)


def remind_helper(due: Due, uow: UnitOfWork) -> None:
    """A rung of the ladder is reached."""
    task = uow.get(Task, due.id)
    uow.emit(task, task.reminded(at=uow.now))


def pass_task_deadline(due: Due, uow: UnitOfWork) -> None:
    """No help came in time."""
    task = uow.get(Task, due.id)
    uow.emit(task, task.pass_deadline(at=uow.now))


# --- At the agency that is asked ----------------------------------------------------------------------------


def receive_errand(event: TaskRequested, uow: UnitOfWork) -> None:
    """Put it on the work list of the agency that is asked to help."""
    if uow.find(Errand, event.task_id) is not None:
        return
    details = reseal(event.details, uow) if event.details else None
    if details:
        uow.vault.keep(f"errand/{event.task_id}", details)
    uow.begin(Errand.begin, errand.received(event, details, at=uow.now))


def extend_errand(event: TaskExtended, uow: UnitOfWork) -> None:
    """There is more time."""
    asked = uow.get(Errand, event.task_id)
    uow.emit(asked, asked.extend(event, at=uow.now))


def close_errand(event: TaskRecalled, uow: UnitOfWork) -> None:
    """Take it off the work list: the case is over."""
    asked = uow.get(Errand, event.task_id)
    uow.emit(asked, asked.close(event, at=uow.now))


def pass_task_reminder_on(event: TaskReminded, uow: UnitOfWork) -> None:
    """Tell our people that the time for help is running out."""
    asked = uow.get(Errand, event.task_id)
    uow.emit(asked, asked.remind(event, at=uow.now))


# --- At those who follow ------------------------------------------------------------------------------------


def note_progress(event: ProgressReported, uow: UnitOfWork) -> None:
    """Keep how a case goes that others have; what help we asked for it is over when it is."""
    received = following.received(event, at=uow.now)
    known = uow.find(Following, event.case_id)
    if known is None:
        uow.begin(Following.begin, received)
    else:
        uow.emit(known, [received])
    for task in uow.all(Task):
        uow.emit(task, ending.recall_after(event, task, at=uow.now))

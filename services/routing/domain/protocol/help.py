"""A task at the agency that asks, and the errand at the agency that helps, in every state."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from law.book import Law
from schemas.codes import ExtensionCode, TaskResult
from schemas.facts import Rung
from schemas.ids import AgencyId
from schemas.messages import Event
from schemas.samples import a
from schemas.transfers import (
    ErrandAcknowledged,
    ErrandClosed,
    ErrandDone,
    ErrandEvent,
    ErrandImpossible,
    ErrandReceived,
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
from services.routing.domain.errand import Errand
from services.routing.domain.protocol.kind import Kind, Source, Stimulus
from services.routing.domain.task import Task

RUNG: Final = Rung(at=a(TaskReminded).at, to=a(TaskReminded).to)
REQUESTED: Final = a(TaskRequested, remind=(RUNG,))
RECEIVED: Final = a(ErrandReceived)
IMPOSSIBLE: Final = a(ErrandImpossible)
RECALLED: Final = a(TaskRecalled)
AT: Final = a(ErrandDone).at
LATER: Final = REQUESTED.due_by + timedelta(days=10)
ANOTHER: Final = AgencyId("another")


def task(*events: TaskEvent) -> Task:
    found = Task.begin(REQUESTED)
    for event in events:
        found = found.after(event)
    return found


def errand(*events: ErrandEvent) -> Errand:
    found = Errand.begin(RECEIVED)
    for event in events:
        found = found.after(event)
    return found


def extend(it: Task, by: AgencyId, law: Law) -> Sequence[Event]:
    return it.extend(LATER, ExtensionCode("helper-asked"), by=by, law=law, at=AT)


def tasks(law: Law) -> Kind:
    heard: dict[str, Callable[[Task], Sequence[Event]]] = {
        "errand.acknowledged": lambda t: t.note_acknowledged(a(ErrandAcknowledged), at=AT),
        "errand.done": lambda t: t.finish(a(ErrandDone), None, at=AT),
        "errand.impossible": lambda t: t.give_up(IMPOSSIBLE, None, at=AT),
    }
    return Kind(
        name="Task",
        title="Help that is asked, at the agency that asks",
        states={
            "requested": task(),
            "acknowledged": task(a(TaskAcknowledged)),
            "overdue": task(a(TaskOverdue)),
            "done": task(a(TaskDone)),
            "impossible": task(a(TaskImpossible)),
            "recalled": task(a(TaskRecalled)),
        },
        stimuli=[
            *(Stimulus(Source.LETTER, name, give) for name, give in heard.items()),
            Stimulus(Source.FACT, "the case is over", lambda t: t.recall(RECALLED.because, at=AT)),
            Stimulus(Source.COMMAND, "extend", lambda t: extend(t, REQUESTED.asked_by, law)),
            Stimulus(Source.COMMAND, "extend as another agency", lambda t: extend(t, ANOTHER, law)),
            Stimulus(Source.TIMER, "remind", lambda t: t.reminded(at=RUNG.at)),
            Stimulus(Source.TIMER, "due_by", lambda t: t.pass_deadline(at=REQUESTED.due_by)),
        ],
        state_of=lambda t: str(t.state),
    )


def errands() -> Kind:
    by, reason = RECEIVED.agency, IMPOSSIBLE.reason
    extended, done = a(TaskExtended, due_by=LATER), TaskResult("done")
    given: dict[str, Callable[[Errand], Sequence[Event]]] = {
        "acknowledge": lambda e: e.acknowledge(by=by, at=AT),
        "finish": lambda e: e.finish(by=by, result=done, papers=None, at=AT),
        "finish as another agency": lambda e: e.finish(by=ANOTHER, result=done, papers=None, at=AT),
        "say that it is impossible": lambda e: e.give_up(
            by=by, because=IMPOSSIBLE.because, reason=reason, at=AT
        ),
    }
    return Kind(
        name="Errand",
        title="Help that is asked of us",
        states={
            "waiting": errand(),
            "acknowledged": errand(a(ErrandAcknowledged)),
            "done": errand(a(ErrandDone)),
            "impossible": errand(IMPOSSIBLE),
            "closed": errand(a(ErrandClosed)),
        },
        stimuli=[
            Stimulus(Source.LETTER, "task.extended", lambda e: e.extend(extended, at=AT)),
            Stimulus(Source.LETTER, "task.reminded", lambda e: e.remind(a(TaskReminded), at=AT)),
            Stimulus(Source.LETTER, "task.recalled", lambda e: e.close(RECALLED, at=AT)),
            *(Stimulus(Source.COMMAND, name, give) for name, give in given.items()),
        ],
        state_of=lambda e: str(e.state),
    )

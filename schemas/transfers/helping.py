"""Task and errand: help asked and given."""

from typing import TypeAlias

from schemas.codes import (
    ExtensionCode,
    ImpossibleCode,
    LegalBasis,
    RecallCode,
    Reminded,
    TaskKind,
    TaskResult,
)
from schemas.facts import CaseFacts, Rung
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import (
    AgencyId,
    Epoch,
    Province,
    RuleVersion,
    TaskId,
)
from schemas.messages import Event, Letter, OpeningLetter

# --- Custody: who has the case. The aggregate of a case in every jurisdiction that has or had it -----------


class TaskRequested(OpeningLetter, type="casebridge.task.requested.v1"):
    """Another agency is asked for help; ownership stays (2012 Regulation Art. 28: facts, task, limit)."""

    task_id: Public[TaskId]
    """The task."""
    to: Public[AgencyId]
    """Who is asked."""
    asked_by: Public[AgencyId]
    """Who asks; the owner."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    kind: Public[TaskKind]
    """What is asked for."""
    facts: Public[CaseFacts]
    """What is known of the case."""
    due_by: Public[UtcTime]
    """When the answer is expected."""
    due_rule: Public[RuleVersion | None] = None
    """The version of the rule that sets it."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    legal_basis: Public[LegalBasis | None] = None
    """The article or agreement that it rests on."""
    remind: Few[Rung] | None = None
    """Who is reminded when, before the answer is due."""
    details: Sealed | None = None
    """A JSON object: whom and what it is about; sealed for the addressee province."""


class TaskDone(Event, type="casebridge.task.done.v1"):
    """The help that was asked for is given."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helped."""
    result: Public[TaskResult]
    """How it ended."""
    done_at: Public[UtcTime]
    """When it was done there."""
    asked_by: Public[AgencyId | None] = None
    """Who asked."""
    papers: Sealed | None = None
    """What was found out, under this province's key of the case."""


class TaskAcknowledged(Event, type="casebridge.task.acknowledged.v1"):
    """The agency that was asked for help has taken note."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helps."""
    acknowledged_at: Public[UtcTime]
    """When."""
    wants_until: Public[UtcTime | None] = None
    """How long it would need, if the time that it has does not suffice."""


class TaskImpossible(Event, type="casebridge.task.impossible.v1"):
    """The help cannot be given (2012 Regulation Art. 28: a written reason)."""

    task_id: Public[TaskId]
    """The task."""
    asked_by: Public[AgencyId]
    """Who asked."""
    agency: Public[AgencyId]
    """Who was asked."""
    because: Public[ImpossibleCode]
    """Why."""
    said_at: Public[UtcTime]
    """When it was found there."""
    reason: Sealed | None = None
    """The written reason, a JSON object, under this province's key of the case."""


class TaskExtended(Letter, type="casebridge.task.extended.v1"):
    """The agency that asked gives more time."""

    task_id: Public[TaskId]
    """The task."""
    to: Public[AgencyId]
    """Who helps."""
    because: Public[ExtensionCode]
    """Why."""
    due_by: Public[UtcTime]
    """When the answer is expected now: later than before."""
    remind: Few[Rung] = ()
    """Who is reminded when, before that."""


class TaskReminded(Letter, type="casebridge.task.reminded.v1"):
    """Somebody is told that the time for help is running out."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Whose help is awaited; `to_province` is its jurisdiction."""
    to: Public[Reminded]
    """Whom it goes to."""
    due_at: Public[UtcTime]
    """When the time is over."""


class TaskOverdue(Event, type="casebridge.task.overdue.v1"):
    """The time for the help has passed. It may still come, and counts."""

    task_id: Public[TaskId]
    """The task."""
    to: Public[AgencyId]
    """Who was asked."""
    asked_by: Public[AgencyId]
    """Who waits."""
    due_at: Public[UtcTime]
    """When the time was over."""


class TaskRecalled(Letter, type="casebridge.task.recalled.v1"):
    """The help is not needed any more; who helps need not go on."""

    task_id: Public[TaskId]
    """The task."""
    to: Public[AgencyId]
    """Who was asked; `to_province` is its jurisdiction."""
    because: Public[RecallCode]
    """Why."""


TaskEvent: TypeAlias = (
    TaskRequested
    | TaskAcknowledged
    | TaskDone
    | TaskImpossible
    | TaskExtended
    | TaskReminded
    | TaskOverdue
    | TaskRecalled
)


class ErrandReceived(Event, type="casebridge.errand.received.v1"):
    """An agency elsewhere asks for our help."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who is asked."""
    asked_by: Public[AgencyId]
    """Who asks."""
    from_province: Public[Province]
    """The jurisdiction of the agency that asks; the answer goes there."""
    epoch: Public[Epoch]
    """Ownership epoch at the agency that asks."""
    kind: Public[TaskKind]
    """What is asked for."""
    facts: Public[CaseFacts]
    """What is known of the case."""
    due_by: Public[UtcTime]
    """When the answer is expected."""
    due_rule: Public[RuleVersion | None] = None
    """The version of the rule that sets it."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    legal_basis: Public[LegalBasis | None] = None
    """The article or agreement that it rests on."""
    details: Sealed | None = None
    """Whom and what it is about, sealed again under this province's key of the case."""


class ErrandDone(Letter, type="casebridge.errand.done.v1"):
    """We gave the help that was asked for."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helped."""
    result: Public[TaskResult]
    """How it ended."""
    papers: Sealed | None = None
    """What was found out, sealed for the addressee province."""


class ErrandAcknowledged(Letter, type="casebridge.errand.acknowledged.v1"):
    """Somebody of ours has taken note that help is asked."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helps."""
    wants_until: Public[UtcTime | None] = None
    """How long it would need, if the time that it has does not suffice."""


class ErrandImpossible(Letter, type="casebridge.errand.impossible.v1"):
    """We cannot give the help (2012 Regulation Art. 28: a written reason)."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who was asked."""
    because: Public[ImpossibleCode]
    """Why."""
    reason: Sealed
    """The written reason, a JSON object, sealed for the addressee province."""


class ErrandExtended(Event, type="casebridge.errand.extended.v1"):
    """The agency that asks gives us more time."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helps."""
    due_by: Public[UtcTime]
    """When the answer is expected now."""


class ErrandReminded(Event, type="casebridge.errand.reminded.v1"):
    """The agency that asks has reminded us of the time for our help."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helps."""
    to: Public[Reminded]
    """Whom it goes to."""
    due_at: Public[UtcTime]
    """When the time is over."""


class ErrandClosed(Event, type="casebridge.errand.closed.v1"):
    """Our help is not needed any more."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who was asked."""
    because: Public[RecallCode]
    """Why."""


ErrandEvent: TypeAlias = (
    ErrandReceived
    | ErrandAcknowledged
    | ErrandDone
    | ErrandImpossible
    | ErrandExtended
    | ErrandReminded
    | ErrandClosed
)

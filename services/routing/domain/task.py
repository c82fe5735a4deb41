"""Task: help that we asked of another agency; ownership stays (2012 Regulation Art. 28)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Self

from law.book import Law
from schemas.codes import ExtensionCode, ImpossibleCode, RecallCode, TaskKind, TaskResult
from schemas.facts import Rung
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, TaskId
from schemas.transfers import (
    ErrandAcknowledged,
    ErrandDone,
    ErrandImpossible,
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
from services.routing.domain.errors import NotLater, NotTheOwner, TaskNotOpen
from services.routing.domain.route import MEANS_PAPERS, SITE_REPORT
from services.routing.domain.times import ladder_of_help, remaining, rung_by

NEEDED: Final = MappingProxyType(
    {
        MEANS_PAPERS: ("name", "phone", "address", "worker"),
        SITE_REPORT: ("worker", "employer_name", "employer_place", "narrative"),
    }
)
"""What of the contact a helper must know (Personal Information Protection Law Art. 6: the minimum)."""


def details_for(kind: TaskKind, contact: Mapping[str, Any]) -> dict[str, Any]:
    """Whom and what a task is about; of a kind that is not known here, whom to call."""
    return {name: contact[name] for name in NEEDED.get(kind, ("name", "phone")) if name in contact}


class TaskState(StrEnum):
    """Where a task stands."""

    REQUESTED = "requested"
    ACKNOWLEDGED = "acknowledged"
    """Somebody there has it in hand."""
    OVERDUE = "overdue"
    """The time has passed; help that still comes counts."""
    DONE = "done"
    IMPOSSIBLE = "impossible"
    RECALLED = "recalled"
    """The case was over before help came."""


ENDED: Final = frozenset({TaskState.DONE, TaskState.IMPOSSIBLE, TaskState.RECALLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Whom we asked for what, and what came of it. The papers lie in the vault."""

    case_id: CaseId
    task_id: TaskId
    to: AgencyId
    to_province: Province
    asked_by: AgencyId
    kind: TaskKind
    due_by: datetime
    due_rule: RuleVersion | None = None
    provisional: bool = False
    """`due_by` may move: it reaches into a year whose holidays are not published yet."""
    state: TaskState = TaskState.REQUESTED
    acknowledged_at: datetime | None = None
    wants_until: datetime | None = None
    """How long the helper would need, if it said so."""
    extensions: int = 0
    remind: tuple[Rung, ...] = ()
    """Reminders that are still to come."""
    result: TaskResult | None = None
    impossible_because: ImpossibleCode | None = None
    done_at: datetime | None = None

    @classmethod
    def begin(cls, event: TaskRequested) -> Self:
        return cls(
            case_id=event.case_id,
            task_id=event.task_id,
            to=event.to,
            to_province=event.to_province,
            asked_by=event.asked_by,
            kind=event.kind,
            due_by=event.due_by,
            due_rule=event.due_rule,
            provisional=bool(event.provisional),
            remind=event.remind or (),
        )

    @property
    def id(self) -> str:
        return self.task_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """When help is overdue, until it is; and the next reminder before."""
        if self.state not in (TaskState.REQUESTED, TaskState.ACKNOWLEDGED):
            return MappingProxyType({})
        return {"due_by": self.due_by, **({"remind": self.remind[0].at} if self.remind else {})}

    # --- What a person of the agency that asked does -------------------------------------------------------

    def extend(
        self, until: datetime, because: ExtensionCode, *, by: AgencyId | None, law: Law, at: datetime
    ) -> list[TaskEvent]:
        """Give more time, also when it has passed. Raises NotTheOwner, TaskNotOpen or NotLater.

        Args:
            law: as it holds for the helper.
        """
        self.check_asker(by)
        if self.state in ENDED:
            raise TaskNotOpen(task=self.task_id, found=self.state)
        if until <= max(self.due_by, at):
            raise NotLater(task=self.task_id, expected=max(self.due_by, at), found=until)
        return [
            TaskExtended(
                case_id=self.case_id,
                at=at,
                to_province=self.to_province,
                task_id=self.task_id,
                to=self.to,
                because=because,
                due_by=until,
                remind=ladder_of_help(self.due_rule, at, until, law),
            )
        ]

    # --- What becomes of the case --------------------------------------------------------------------------

    def recall(self, because: RecallCode, *, at: datetime) -> list[TaskEvent]:
        """The case is over: whoever helps need not go on. What is answered stays answered."""
        if self.state in ENDED:
            return []
        return [
            TaskRecalled(
                case_id=self.case_id,
                at=at,
                to_province=self.to_province,
                task_id=self.task_id,
                to=self.to,
                because=because,
            )
        ]

    # --- What the helper, and the clock, say ---------------------------------------------------------------

    def note_acknowledged(self, letter: ErrandAcknowledged, *, at: datetime) -> list[TaskEvent]:
        """Somebody there has it in hand; once, and not after the end."""
        if self.acknowledged_at or self.state in ENDED:
            return []
        return [
            TaskAcknowledged(
                case_id=self.case_id,
                at=at,
                task_id=self.task_id,
                agency=letter.agency,
                acknowledged_at=letter.at,
                wants_until=letter.wants_until,
            )
        ]

    def reminded(self, *, at: datetime) -> list[TaskReminded]:
        """The rungs that are reached; of help that came, nobody is reminded."""
        if "remind" not in self.due:
            return []
        return [
            TaskReminded(
                case_id=self.case_id,
                at=at,
                to_province=self.to_province,
                task_id=self.task_id,
                agency=self.to,
                to=to,
                due_at=self.due_by,
            )
            for to in rung_by(self.remind, at)
        ]

    def pass_deadline(self, *, at: datetime) -> list[TaskEvent]:
        """The time has passed without help."""
        if "due_by" not in self.due:
            return []
        return [
            TaskOverdue(
                case_id=self.case_id,
                at=at,
                task_id=self.task_id,
                to=self.to,
                asked_by=self.asked_by,
                due_at=self.due_by,
            )
        ]

    def give_up(self, letter: ErrandImpossible, reason: Sealed | None, *, at: datetime) -> list[TaskEvent]:
        """Note that the help cannot be given. `reason` is sealed again under this province's key."""
        if self.state in ENDED:
            return []
        return [
            TaskImpossible(
                case_id=self.case_id,
                at=at,
                task_id=self.task_id,
                asked_by=self.asked_by,
                agency=letter.agency,
                because=letter.because,
                said_at=letter.at,
                reason=reason,
            )
        ]

    def finish(self, letter: ErrandDone, papers: Sealed | None, *, at: datetime) -> list[TaskEvent]:
        """Note that the help was given. `papers` are sealed again under this province's key of the case."""
        if self.state in ENDED:
            return []
        return [
            TaskDone(
                case_id=self.case_id,
                at=at,
                task_id=self.task_id,
                agency=letter.agency,
                result=letter.result,
                done_at=letter.at,
                asked_by=self.asked_by,
                papers=papers,
            )
        ]

    def check_asker(self, found: AgencyId | None) -> None:
        """Raises NotTheOwner."""
        if found != self.asked_by:
            raise NotTheOwner(case=self.case_id, expected=self.asked_by, found=found)

    def after(self, event: TaskEvent) -> Self:
        """This task once the event has happened."""
        match event:
            case TaskRequested():
                return replace(self, due_by=event.due_by, provisional=bool(event.provisional))
            case TaskAcknowledged():
                # What is overdue stays so, whoever takes note of it.
                overdue = self.state is TaskState.OVERDUE
                return replace(
                    self,
                    state=self.state if overdue else TaskState.ACKNOWLEDGED,
                    acknowledged_at=event.acknowledged_at,
                    wants_until=event.wants_until,
                )
            case TaskExtended():
                state = TaskState.ACKNOWLEDGED if self.acknowledged_at else TaskState.REQUESTED
                return replace(
                    self,
                    state=state,
                    due_by=event.due_by,
                    provisional=False,
                    extensions=self.extensions + 1,
                    remind=event.remind,
                )
            case TaskReminded():
                return replace(self, remind=remaining(self.remind, event.at))
            case TaskOverdue():
                return replace(self, state=TaskState.OVERDUE)
            case TaskImpossible():
                return replace(
                    self,
                    state=TaskState.IMPOSSIBLE,
                    impossible_because=event.because,
                    done_at=event.said_at,
                )
            case TaskDone():
                return replace(self, state=TaskState.DONE, result=event.result, done_at=event.done_at)
            case TaskRecalled():
                return replace(self, state=TaskState.RECALLED)

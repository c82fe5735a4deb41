"""Task: help that we asked of another agency; ownership stays (2012 Regulation Art. 28)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Self

from schemas.codes import TaskKind, TaskResult
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, TaskId
from schemas.transfers import ErrandDone, TaskDone, TaskEvent, TaskRequested
from services.routing.domain.errors import NotTheOwner
from services.routing.domain.route import MEANS_PAPERS, SITE_REPORT

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
    DONE = "done"


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
    result: TaskResult | None = None
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
        )

    @property
    def id(self) -> str:
        return self.task_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return MappingProxyType({})

    def finish(self, letter: ErrandDone, papers: Sealed | None, *, at: datetime) -> list[TaskEvent]:
        """Note that the help was given. `papers` are sealed again under this province's key of the case."""
        if self.state is TaskState.DONE:
            return []
        return [
            TaskDone(
                case_id=self.case_id,
                at=at,
                task_id=self.task_id,
                agency=letter.agency,
                result=letter.result,
                done_at=letter.at,
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
            case TaskDone():
                return replace(self, state=TaskState.DONE, result=event.result, done_at=event.done_at)

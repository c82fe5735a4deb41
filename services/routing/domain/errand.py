"""Errand: help that another agency asks of us."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from schemas.codes import ImpossibleCode, LegalBasis, RecallCode, TaskKind, TaskResult
from schemas.facts import CaseFacts
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, TaskId
from schemas.transfers import (
    ErrandAcknowledged,
    ErrandClosed,
    ErrandDone,
    ErrandEvent,
    ErrandExtended,
    ErrandImpossible,
    ErrandReceived,
    ErrandReminded,
    TaskExtended,
    TaskRecalled,
    TaskReminded,
    TaskRequested,
)
from services.routing.domain.errors import ErrandAlreadyDone, ErrandNotOpen, NotTheAddressee


class ErrandState(StrEnum):
    """Where an errand stands."""

    WAITING = "waiting"
    """Nobody here has taken note yet."""
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    IMPOSSIBLE = "impossible"
    CLOSED = "closed"
    """The case was over before we helped."""


ENDED: Final = frozenset({ErrandState.DONE, ErrandState.IMPOSSIBLE, ErrandState.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What we are asked to do. Whom it is about lies in the vault."""

    case_id: CaseId
    task_id: TaskId
    agency: AgencyId
    asked_by: AgencyId
    from_province: Province
    epoch: int
    kind: TaskKind
    facts: CaseFacts
    due_by: datetime
    due_rule: RuleVersion | None = None
    provisional: bool = False
    """`due_by` may move: it reaches into a year whose holidays are not published yet."""
    legal_basis: LegalBasis | None = None
    state: ErrandState = ErrandState.WAITING
    wants_until: datetime | None = None
    """How long we would need, if we said so."""
    result: TaskResult | None = None
    impossible_because: ImpossibleCode | None = None
    closed_because: RecallCode | None = None
    done_at: datetime | None = None

    @classmethod
    def begin(cls, event: ErrandReceived) -> Self:
        return cls(
            case_id=event.case_id,
            task_id=event.task_id,
            agency=event.agency,
            asked_by=event.asked_by,
            from_province=event.from_province,
            epoch=event.epoch,
            kind=event.kind,
            facts=event.facts,
            due_by=event.due_by,
            due_rule=event.due_rule,
            provisional=bool(event.provisional),
            legal_basis=event.legal_basis,
        )

    @property
    def id(self) -> str:
        return self.task_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return MappingProxyType({})

    def acknowledge(
        self, *, by: AgencyId | None, wants_until: datetime | None = None, at: datetime
    ) -> list[ErrandEvent]:
        """Take note, and say if the time does not suffice. Raises what `check_open` raises."""
        self.check_open(by)
        if self.state is ErrandState.ACKNOWLEDGED:
            raise ErrandNotOpen(task=self.task_id, found=self.state)
        return [
            ErrandAcknowledged(
                case_id=self.case_id,
                at=at,
                to_province=self.from_province,
                task_id=self.task_id,
                agency=self.agency,
                wants_until=wants_until,
            )
        ]

    def give_up(
        self, *, by: AgencyId | None, because: ImpossibleCode, reason: Sealed, at: datetime
    ) -> list[ErrandEvent]:
        """Say why it cannot be done; `reason` is for `from_province`. Raises what `check_open` raises."""
        self.check_open(by)
        return [
            ErrandImpossible(
                case_id=self.case_id,
                at=at,
                to_province=self.from_province,
                task_id=self.task_id,
                agency=self.agency,
                because=because,
                reason=reason,
            )
        ]

    def finish(
        self,
        *,
        by: AgencyId | None,
        result: TaskResult,
        papers: Sealed | None,
        at: datetime,
    ) -> list[ErrandEvent]:
        """Give the help; `papers` are for `from_province`. Raises what `check_open` raises."""
        self.check_open(by)
        return [
            ErrandDone(
                case_id=self.case_id,
                at=at,
                to_province=self.from_province,
                task_id=self.task_id,
                agency=self.agency,
                result=result,
                papers=papers,
            )
        ]

    def extend(self, letter: TaskExtended, *, at: datetime) -> list[ErrandEvent]:
        """There is more time. What is answered stays answered."""
        if self.state in ENDED or letter.due_by <= self.due_by:
            return []
        return [
            ErrandExtended(
                case_id=self.case_id,
                at=at,
                task_id=self.task_id,
                agency=self.agency,
                due_by=letter.due_by,
            )
        ]

    def remind(self, letter: TaskReminded, *, at: datetime) -> list[ErrandEvent]:
        """Pass a reminder on to our people; not of what is answered."""
        if self.state in ENDED:
            return []
        return [
            ErrandReminded(
                case_id=self.case_id,
                at=at,
                task_id=self.task_id,
                agency=self.agency,
                to=letter.to,
                due_at=letter.due_at,
            )
        ]

    def close(self, letter: TaskRecalled, *, at: datetime) -> list[ErrandEvent]:
        """Our help is not needed any more. What is answered stays answered."""
        if self.state in ENDED:
            return []
        return [
            ErrandClosed(
                case_id=self.case_id,
                at=at,
                task_id=self.task_id,
                agency=self.agency,
                because=letter.because,
            )
        ]

    def check_open(self, by: AgencyId | None) -> None:
        """Raises NotTheAddressee, ErrandAlreadyDone or ErrandNotOpen."""
        self.check_addressee(by)
        if self.state in (ErrandState.IMPOSSIBLE, ErrandState.CLOSED):
            raise ErrandNotOpen(task=self.task_id, found=self.state)
        if self.done_at is not None:
            raise ErrandAlreadyDone(task=self.task_id, done_at=self.done_at)

    def check_addressee(self, found: AgencyId | None) -> None:
        """Raises NotTheAddressee."""
        if found != self.agency:
            raise NotTheAddressee(asked=self.task_id, expected=self.agency, found=found)

    def after(self, event: ErrandEvent) -> Self:
        """This errand once the event has happened."""
        match event:
            case ErrandReceived():
                return replace(self, due_by=event.due_by, provisional=bool(event.provisional))
            case ErrandAcknowledged():
                return replace(self, state=ErrandState.ACKNOWLEDGED, wants_until=event.wants_until)
            case ErrandExtended():
                return replace(self, due_by=event.due_by, provisional=False)
            case ErrandReminded():
                return self
            case ErrandImpossible():
                return replace(
                    self, state=ErrandState.IMPOSSIBLE, impossible_because=event.because, done_at=event.at
                )
            case ErrandDone():
                return replace(self, state=ErrandState.DONE, result=event.result, done_at=event.at)
            case ErrandClosed():
                return replace(self, state=ErrandState.CLOSED, closed_because=event.because)


def received(letter: TaskRequested, details: Sealed | None, *, at: datetime) -> ErrandReceived:
    """What we say of a letter that asks for help. `details` are sealed again under our key of the case."""
    return ErrandReceived(
        case_id=letter.case_id,
        at=at,
        task_id=letter.task_id,
        agency=letter.to,
        asked_by=letter.asked_by,
        from_province=letter.sender,
        epoch=letter.epoch,
        kind=letter.kind,
        facts=letter.facts,
        due_by=letter.due_by,
        due_rule=letter.due_rule,
        provisional=letter.provisional,
        legal_basis=letter.legal_basis,
        details=details,
    )

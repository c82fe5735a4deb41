"""Escalation: a case that no agency took, at the common superior, who directs one of them (Henan Art. 28)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from law.deadlines import day_of
from schemas.codes import EscalationCause, LegalBasis, RecallCode
from schemas.facts import Asked, CaseFacts
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, TransferId
from schemas.transfers import (
    DirectionGiven,
    EscalationClosed,
    EscalationEvent,
    EscalationReceived,
    EscalationReminded,
    TransferEscalated,
    TransferReminded,
)
from services.routing.domain.directory import Agency
from services.routing.domain.errors import CannotBeDirected, EscalationNotOpen, NotTheSuperior


class EscalationState(StrEnum):
    """Where an escalation stands."""

    WAITING = "waiting"
    """For our decision."""
    DIRECTED = "directed"
    CLOSED = "closed"
    """There is nothing to decide any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """What we are asked to decide, by when, and what we decided."""

    case_id: CaseId
    transfer_id: TransferId
    superior: AgencyId
    escalated_by: AgencyId
    from_province: Province
    epoch: int
    because: EscalationCause
    facts: CaseFacts
    asked: tuple[Asked, ...]
    legal_basis: tuple[LegalBasis, ...]
    received_at: datetime
    decide_by: datetime
    decide_rule: RuleVersion | None = None
    overdue: bool = False
    state: EscalationState = EscalationState.WAITING
    agency: AgencyId | None = None
    """Who was directed to take the case."""
    closed_because: RecallCode | None = None

    @classmethod
    def begin(cls, event: EscalationReceived) -> Self:
        return cls(
            case_id=event.case_id,
            transfer_id=event.transfer_id,
            superior=event.superior,
            escalated_by=event.escalated_by,
            from_province=event.from_province,
            epoch=event.epoch,
            because=event.because,
            facts=event.facts,
            asked=event.asked,
            legal_basis=event.legal_basis,
            received_at=event.at,
            decide_by=event.decide_by,
            decide_rule=event.decide_rule,
        )

    @property
    def id(self) -> str:
        return self.transfer_id

    def comes_from(self, province: Province) -> bool:
        """Whether an agency of that province asks: nobody else can take it back, or press us."""
        return province == self.from_province

    @property
    def due(self) -> Mapping[str, datetime]:
        """None: the owner reminds, and says so in letters."""
        return MappingProxyType({})

    def direct(
        self, to: Agency, *, by: AgencyId | None, legal_basis: LegalBasis, here: Province, at: datetime
    ) -> list[EscalationEvent]:
        """Say who takes the case: once, to its owner and to who is directed.

        Raises NotTheSuperior, EscalationNotOpen or CannotBeDirected.
        """
        if by != self.superior:
            raise NotTheSuperior(escalation=self.transfer_id, expected=self.superior, found=by)
        if self.state is not EscalationState.WAITING:
            found = self.closed_because or self.state
            raise EscalationNotOpen(escalation=self.transfer_id, found=found)
        if to.id == self.superior or not to.open_on(day_of(at)):
            raise CannotBeDirected(escalation=self.transfer_id, found=to.id)
        return [
            DirectionGiven(
                case_id=self.case_id,
                at=at,
                to_province=addressee,
                sender=here,
                transfer_id=self.transfer_id,
                superior=self.superior,
                owner=self.escalated_by,
                owner_province=self.from_province,
                epoch=self.epoch,
                agency=to.id,
                province=to.province,
                legal_basis=legal_basis,
            )
            # Where both belong to one province, one letter tells both.
            for addressee in dict.fromkeys((self.from_province, to.province))
        ]

    def remind(self, letter: TransferReminded, *, at: datetime) -> list[EscalationEvent]:
        """Pass a reminder on to our people; of what is decided, nobody is reminded."""
        if self.state is not EscalationState.WAITING:
            return []
        return [
            EscalationReminded(
                case_id=self.case_id,
                at=at,
                transfer_id=self.transfer_id,
                superior=self.superior,
                due_at=letter.due_at,
                overdue=letter.overdue,
            )
        ]

    def close(self, because: RecallCode, *, at: datetime) -> list[EscalationEvent]:
        """The owner no longer asks; it says so after a direction too, if that came too late."""
        if self.state is EscalationState.CLOSED:
            return []
        return [EscalationClosed(case_id=self.case_id, at=at, transfer_id=self.transfer_id, because=because)]

    def after(self, event: EscalationEvent) -> Self:
        """This escalation once the event has happened."""
        match event:
            case EscalationReceived():
                return self
            case EscalationReminded():
                return replace(self, decide_by=event.due_at, overdue=self.overdue or event.overdue)
            case DirectionGiven():
                return replace(self, state=EscalationState.DIRECTED, agency=event.agency)
            case EscalationClosed():
                return replace(self, state=EscalationState.CLOSED, closed_because=event.because)


def received(letter: TransferEscalated, *, at: datetime) -> EscalationReceived:
    """What we say of a case that we are asked to decide on."""
    return EscalationReceived(
        case_id=letter.case_id,
        at=at,
        transfer_id=letter.transfer_id,
        superior=letter.superior,
        escalated_by=letter.escalated_by,
        from_province=letter.sender,
        epoch=letter.epoch,
        because=letter.because,
        facts=letter.facts,
        asked=letter.asked,
        legal_basis=letter.legal_basis,
        decide_by=letter.decide_by,
        decide_rule=letter.decide_rule,
    )

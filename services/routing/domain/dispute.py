"""Dispute: what the common superior is asked to decide, as the owner of the case keeps it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self, TypeAlias

from law.book import Law
from schemas.codes import LegalBasis, RecallCode, Reminded, RouteReason
from schemas.facts import Candidate, Rung
from schemas.ids import AgencyId, CaseId, Province, RuleVersion, TransferId
from schemas.transfers import (
    DirectionGiven,
    TransferDirected,
    TransferEscalated,
    TransferRecalled,
    TransferReminded,
)
from services.routing.domain.directory import Agency, Directory
from services.routing.domain.question import Question
from services.routing.domain.route import ESCALATE, TRANSFER, Route
from services.routing.domain.succession import agency_after
from services.routing.domain.superior import common_superior
from services.routing.domain.times import TO_DECIDE, remaining, rung_by

COMMON_SUPERIOR_DECIDES: Final = LegalBasis("LOCAL-ACCEPTANCE-DISPUTE")

DisputeStep: TypeAlias = TransferDirected | TransferReminded | TransferRecalled
"""What happens to a dispute after it was escalated."""


class DisputeState(StrEnum):
    """Where a dispute stands."""

    WAITING = "waiting"
    """For the superior."""
    DIRECTED = "directed"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Who is asked to decide, by when, and what came of it."""

    case_id: CaseId
    id: TransferId
    superior: AgencyId
    province: Province
    """The jurisdiction of the superior."""
    epoch: int
    decide_by: datetime
    decide_rule: RuleVersion | None = None
    remind: tuple[Rung, ...] = ()
    state: DisputeState = DisputeState.WAITING
    agency: AgencyId | None = None
    """Who was directed to take the case."""

    @classmethod
    def begin(cls, event: TransferEscalated) -> Self:
        return cls(
            case_id=event.case_id,
            id=event.transfer_id,
            superior=event.superior,
            province=event.to_province,
            epoch=event.epoch,
            decide_by=event.decide_by,
            decide_rule=event.decide_rule,
            remind=event.remind,
        )

    @property
    def waiting(self) -> bool:
        return self.state is DisputeState.WAITING

    @property
    def due(self) -> Iterator[tuple[str, datetime]]:
        """When the superior is reminded, and when its time is over."""
        if self.waiting:
            yield f"decide_by/{self.id}", self.decide_by
            if self.remind:
                yield f"remind/{self.id}", self.remind[0].at

    # --- What can be said of it ----------------------------------------------------------------------------

    def reminded(self, *, at: datetime) -> list[TransferReminded]:
        """The rungs that are reached."""
        return [
            TransferReminded(
                case_id=self.case_id,
                at=at,
                to_province=self.province,
                transfer_id=self.id,
                agency=self.superior,
                to=to,
                due_at=self.decide_by,
            )
            for to in rung_by(self.remind, at)
        ]

    def overdue(self, law: Law, *, at: datetime) -> TransferReminded:
        """The superior let its time pass: it gets the same length again, and everybody sees that."""
        return TransferReminded(
            case_id=self.case_id,
            at=at,
            to_province=self.province,
            transfer_id=self.id,
            agency=self.superior,
            to=Reminded("superior"),
            due_at=law.due(TO_DECIDE, at),
            overdue=True,
        )

    def recalled(self, because: RecallCode, *, at: datetime) -> TransferRecalled:
        return TransferRecalled(
            case_id=self.case_id,
            at=at,
            to_province=self.province,
            transfer_id=self.id,
            to=self.superior,
            epoch=self.epoch,
            because=because,
        )

    def directed(self, letter: DirectionGiven, *, at: datetime) -> TransferDirected:
        return TransferDirected(
            case_id=self.case_id,
            at=at,
            transfer_id=self.id,
            superior=letter.superior,
            agency=letter.agency,
            province=letter.province,
            directed_at=letter.at,
            legal_basis=letter.legal_basis,
        )

    # --- Folding -------------------------------------------------------------------------------------------

    def after(self, step: DisputeStep) -> Self:
        """This dispute once the step has happened."""
        match step:
            case TransferDirected():
                return replace(self, state=DisputeState.DIRECTED, agency=step.agency)
            case TransferReminded():
                return replace(self, decide_by=step.due_at, remind=remaining(self.remind, step.at))
            case TransferRecalled():
                return replace(self, state=DisputeState.RECALLED)


def candidate_after(closed: Agency, on: date, directory: Directory) -> Candidate | None:
    """Who goes on with the work of an agency that has closed, as it would be asked."""
    id = agency_after(closed, on, directory)
    return Candidate(agency=id, province=directory.agencies[id].province, mode=TRANSFER) if id else None


def escalating(route: Route, asking: Question, on: date, directory: Directory) -> Route:
    """The route to the common superior instead, of the owner and of all that were asked.

    Where the directory knows none, the route stays as it is.
    """
    superior = common_superior({asking.intake, *asking.asked}, on, directory)
    if superior is None or route.mode == ESCALATE:
        return route
    first = Candidate(
        agency=superior.id,
        province=superior.province,
        mode=ESCALATE,
        reasons_for=(RouteReason("common-superior"),),
    )
    return replace(
        route,
        mode=ESCALATE,
        candidates=(first, *route.candidates),
        legal_basis=(COMMON_SUPERIOR_DECIDES,),
    )

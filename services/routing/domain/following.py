"""Following: a case that was ours, or that the national desk watches, as its owner reports it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Self

from schemas.ids import AgencyId, CaseId, CaseNumber, Province
from schemas.transfers import FollowingEvent, ProgressReceived, ProgressReported
from services.routing.domain.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What is known of a case that another jurisdiction has."""

    case_id: CaseId
    number: CaseNumber
    owner: AgencyId
    province: Province
    epoch: int
    reached: tuple[Progress, ...] = ()
    """Each milestone of each epoch, as it was last reported."""

    @classmethod
    def begin(cls, event: ProgressReceived) -> Self:
        return cls(
            case_id=event.case_id,
            number=event.number,
            owner=event.owner,
            province=event.from_province,
            epoch=event.epoch,
        ).after(event)

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return MappingProxyType({})

    def after(self, event: FollowingEvent) -> Self:
        """Letters of two owners come in any order: the owner of the highest epoch is the owner."""
        new = Progress(
            milestone=event.milestone,
            epoch=event.epoch,
            at=event.reached_at,
            amount_fen=event.amount_fen,
            outcome=event.outcome,
        )
        others = (r for r in self.reached if (r.milestone, r.epoch) != (new.milestone, new.epoch))
        reached = tuple(sorted((*others, new), key=lambda r: (r.at, r.milestone, r.epoch)))
        if event.epoch < self.epoch:
            return replace(self, reached=reached)
        return replace(
            self, owner=event.owner, province=event.from_province, epoch=event.epoch, reached=reached
        )


def received(letter: ProgressReported, *, at: datetime) -> ProgressReceived:
    """What we say of a letter that tells of progress."""
    return ProgressReceived(
        case_id=letter.case_id,
        at=at,
        from_province=letter.sender,
        milestone=letter.milestone,
        reached_at=letter.at,
        number=letter.number,
        owner=letter.owner,
        epoch=letter.epoch,
        amount_fen=letter.amount_fen,
        outcome=letter.outcome,
    )

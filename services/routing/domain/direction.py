"""Direction: what the common superior directed one of our agencies to take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Self

from schemas.ids import AgencyId, CaseId, Province, TransferId
from schemas.transfers import DirectionEvent, DirectionGiven, DirectionReceived


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Which agency must take which case, of whom, in which epoch; and who says so."""

    case_id: CaseId
    transfer_id: TransferId
    """The escalation that it answers."""
    superior: AgencyId
    from_province: Province
    owner: AgencyId
    owner_province: Province
    epoch: int
    agency: AgencyId

    @classmethod
    def begin(cls, event: DirectionReceived) -> Self:
        return cls(
            case_id=event.case_id,
            transfer_id=event.transfer_id,
            superior=event.superior,
            from_province=event.from_province,
            owner=event.owner,
            owner_province=event.owner_province,
            epoch=event.epoch,
            agency=event.agency,
        )

    @property
    def id(self) -> TransferId:
        return self.transfer_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return MappingProxyType({})

    def after(self, event: DirectionEvent) -> Self:
        """The first direction stands: a superior says one for each escalation."""
        return self


def received(letter: DirectionGiven, *, at: datetime) -> DirectionReceived:
    """What we say of a direction to one of our agencies."""
    return DirectionReceived(
        case_id=letter.case_id,
        at=at,
        transfer_id=letter.transfer_id,
        superior=letter.superior,
        from_province=letter.sender,
        owner=letter.owner,
        owner_province=letter.owner_province,
        epoch=letter.epoch,
        agency=letter.agency,
        legal_basis=letter.legal_basis,
    )

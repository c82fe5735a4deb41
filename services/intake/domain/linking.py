"""Links an application to an earlier one of the same workers in the same matter."""

from dataclasses import dataclass
from datetime import datetime

from schemas.cases import ApplicationLinked
from schemas.codes import LinkCause
from schemas.ids import CaseId, CaseNumber
from services.intake.domain.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An application that ended without a decision."""

    case_id: CaseId
    number: CaseNumber
    received_at: datetime
    because: LinkCause


def link(case: Case, earlier: Earlier, *, at: datetime) -> list[ApplicationLinked]:
    """Say when relief was first sought: the receipt may have interrupted the limitation (LDMAL 27)."""
    return [
        ApplicationLinked(
            case_id=case.case_id,
            at=at,
            agency=case.agency,
            earlier=earlier.case_id,
            earlier_number=earlier.number,
            earlier_received_at=earlier.received_at,
            because=earlier.because,
        )
    ]

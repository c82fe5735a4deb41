"""Who acts on a matter, and where it stands when he does."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from schemas.ids import AgencyId, CaseId


class MatterState(StrEnum):
    """Where the owner's work stands; what the work list of the next person shows."""

    DORMANT = "dormant"
    """The jurisdiction has the case, and somebody else is asked to take it."""
    TO_ACCEPT = "to-accept"
    IN_REVIEW = "in-review"
    TO_ASSIGN = "to-assign"
    IN_HAND = "in-hand"
    CONCLUDED = "concluded"
    EVALUATED = "evaluated"
    REFUSED = "refused"
    """No aid is given; the applicants may object."""
    TERMINATED = "terminated"
    """The aid ended before the work was done; the applicants may object, and money owed is still followed."""
    ARCHIVED = "archived"
    NOT_COMPETENT = "not-competent"
    CLOSED = "closed"


GRANTED = (MatterState.TO_ASSIGN, MatterState.IN_HAND)
ACCEPTED = (MatterState.IN_REVIEW, *GRANTED)
# Aid ends with the agreement or the judgment; money that follows is still seen to (2012 Regulation Art. 34).
RECOVERING = (*ACCEPTED, MatterState.TERMINATED, MatterState.CONCLUDED, MatterState.EVALUATED)
GRANTABLE = (*ACCEPTED, MatterState.CONCLUDED, MatterState.EVALUATED)
"""A later stage is a grant of its own, also when an earlier one is done."""
MEDIATED_AGAIN = (*ACCEPTED, MatterState.CONCLUDED, MatterState.EVALUATED)
"""An agreement is often breached when the aid is concluded."""
OBJECTIONABLE = (MatterState.REFUSED, MatterState.TERMINATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who acts, in which epoch he believes the case to be, and when."""

    by: AgencyId | None
    epoch: int
    at: datetime


class Said(TypedDict):
    """What every act of the owner says."""

    case_id: CaseId
    at: datetime
    agency: AgencyId
    epoch: int

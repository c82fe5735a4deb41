"""What an earlier owner, and the national desk, hear of a case."""

from typing import TypeAlias

from schemas.codes import (
    Milestone,
    Outcome,
)
from schemas.fields import Public, UtcTime
from schemas.ids import (
    AgencyId,
    CaseNumber,
    Epoch,
    Fen,
    Province,
)
from schemas.messages import Event

# --- Custody: who has the case. The aggregate of a case in every jurisdiction that has or had it -----------


class ProgressReceived(Event, type="casebridge.progress.received.v1"):
    """The owner of a case told us of a milestone."""

    from_province: Public[Province]
    """The jurisdiction of the owner."""
    milestone: Public[Milestone]
    """What was reached."""
    reached_at: Public[UtcTime]
    """When."""
    number: Public[CaseNumber]
    """The case number."""
    owner: Public[AgencyId]
    """Who owns the case."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    amount_fen: Public[Fen | None] = None
    """Agreed, judged or recovered in total so far, in fen, where the milestone is about money."""
    outcome: Public[Outcome | None] = None
    """What the aid led to, when it is concluded."""


FollowingEvent: TypeAlias = ProgressReceived

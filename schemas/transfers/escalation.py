"""What agencies could not agree on, at their common superior; and what it directs."""

from typing import TypeAlias

from schemas.codes import (
    EscalationCause,
    LegalBasis,
    RecallCode,
)
from schemas.facts import Asked, CaseFacts
from schemas.fields import Few, Public, UtcTime
from schemas.ids import (
    AgencyId,
    Epoch,
    Province,
    RuleVersion,
    TransferId,
)
from schemas.messages import Event, OpeningLetter

# --- Custody: who has the case. The aggregate of a case in every jurisdiction that has or had it -----------


class EscalationReceived(Event, type="casebridge.escalation.received.v1"):
    """A case that no agency took is ours to decide on."""

    transfer_id: Public[TransferId]
    """The escalation."""
    superior: Public[AgencyId]
    """Who is to decide."""
    escalated_by: Public[AgencyId]
    """The owner of the case."""
    from_province: Public[Province]
    """Its jurisdiction; the direction goes there."""
    epoch: Public[Epoch]
    """Ownership epoch at the owner."""
    because: Public[EscalationCause]
    """Why."""
    facts: Public[CaseFacts]
    """What is known of the case."""
    asked: Public[Few[Asked]] = ()
    """Everybody who was asked, in order."""
    legal_basis: Public[Few[LegalBasis]] = ()
    """The articles that it rests on."""
    decide_by: Public[UtcTime]
    """When the decision is expected, as the owner counted it."""
    decide_rule: Public[RuleVersion | None] = None
    """The version of the rule that sets it."""


class EscalationReminded(Event, type="casebridge.escalation.reminded.v1"):
    """The owner waits for the decision."""

    transfer_id: Public[TransferId]
    """The escalation."""
    superior: Public[AgencyId]
    """Who is to decide."""
    due_at: Public[UtcTime]
    """When the decision is expected."""
    overdue: Public[bool] = False
    """Whether a time has run out already."""


class EscalationClosed(Event, type="casebridge.escalation.closed.v1"):
    """There is nothing to decide any more."""

    transfer_id: Public[TransferId]
    """The escalation."""
    because: Public[RecallCode]
    """Why."""


class DirectionGiven(OpeningLetter, type="casebridge.direction.given.v1"):
    """The common superior directs who takes the case. It goes to the owner, and to who is directed."""

    transfer_id: Public[TransferId]
    """The escalation that it answers."""
    superior: Public[AgencyId]
    """Who directs."""
    owner: Public[AgencyId]
    """Who has the case."""
    owner_province: Public[Province]
    """The jurisdiction of the owner."""
    epoch: Public[Epoch]
    """Ownership epoch that it is good for."""
    agency: Public[AgencyId]
    """Who takes the case; it cannot refuse."""
    province: Public[Province]
    """The jurisdiction of that agency."""
    legal_basis: Public[LegalBasis]
    """What the direction rests on."""


EscalationEvent: TypeAlias = EscalationReceived | EscalationReminded | EscalationClosed | DirectionGiven


class DirectionReceived(Event, type="casebridge.direction.received.v1"):
    """One of our agencies must take a case; its owner offers it, and the offer counts as accepted."""

    transfer_id: Public[TransferId]
    """The escalation that it answers."""
    superior: Public[AgencyId]
    """Who directs."""
    from_province: Public[Province]
    """The jurisdiction of the superior, whose signature the letter bears."""
    owner: Public[AgencyId]
    """Who has the case."""
    owner_province: Public[Province]
    """The jurisdiction of the owner."""
    epoch: Public[Epoch]
    """Ownership epoch that it is good for."""
    agency: Public[AgencyId]
    """Who takes the case."""
    legal_basis: Public[LegalBasis]
    """What the direction rests on."""


DirectionEvent: TypeAlias = DirectionReceived

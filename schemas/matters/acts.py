"""What all acts of an owner say; the clocks that they start, and the ways that they open."""

from typing import Annotated

from pydantic import Field

from schemas.codes import (
    LegalBasis,
    RemedyCode,
)
from schemas.fields import Few, Public, UtcTime, Value
from schemas.ids import AgencyId, Epoch, RuleId
from schemas.messages import Event

AssignmentNumber = Annotated[int, Field(ge=1, le=1000)]
"""Which assignment of an owner it is, from 1."""


PartNumber = Annotated[int, Field(ge=1, le=64)]
"""Which partial award of a case it is, from 1."""


SuitNumber = Annotated[int, Field(ge=2, le=10_000)]
"""Which suit of a case it is; the first bears no number."""


class OwnersAct(Event):
    """What the owner of an epoch does, or what happens to the case in its hands."""

    agency: Public[AgencyId]
    """The owner."""
    epoch: Public[Epoch]
    """Ownership epoch; an act of an earlier one does not count."""


class Remedy(Value):
    """A way that is open to the workers, and why."""

    way: Public[RemedyCode]
    """Which way."""
    legal_basis: Public[LegalBasis]
    """The article that opens it."""


class ClockBreached(OwnersAct, type="casebridge.clock.breached.v1"):
    """A deadline passed and nothing had been done."""

    rule: Public[RuleId]
    """The rule that set the deadline."""
    due_at: Public[UtcTime]
    """When it passed."""
    remedies: Public[Few[Remedy] | None] = None
    """The ways that are open to the workers now because it passed; absent if it opens none."""

"""What a course of proceedings is made of: kinds, states, steps. The tables stand in `courses`."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.ids import RuleId
from schemas.matters import OwnersAct
from services.mediation.domain.acts import MatterState
from services.mediation.domain.remedies import Opener


class ProceedingKind(StrEnum):
    """What a proceeding is."""

    AGREEMENT = "agreement"
    CONFIRMATION = "confirmation"
    ARBITRATION_REVIEW = "arbitration-review"
    ARBITRATION = "arbitration"
    PAYMENT_ORDER = "payment-order"
    LITIGATION = "litigation"
    ENFORCEMENT = "enforcement"
    FILE = "file"


class ProceedingState(StrEnum):
    """Where a proceeding stands."""

    NOTHING = "nothing"
    """It has not begun."""
    AGREED = "agreed"
    BREACHED = "breached"
    PERFORMED = "performed"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    FILED = "filed"
    SILENT = "silent"
    """The commission did not say in time whether it accepts."""
    REFUSED = "refused"
    OVERDUE = "overdue"
    """The commission made no award in time."""
    AWARDED = "awarded"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    ISSUED = "issued"
    OBJECTED = "objected"
    UNOPPOSED = "unopposed"
    """The debtor did not object in time."""
    LAPSED = "lapsed"
    DOCKETED = "docketed"
    JUDGED = "judged"
    APPEALED = "appealed"
    FINAL = "final"
    ENDED_THIS_ROUND = "ended-this-round"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that may happen in a proceeding."""

    says: type[OwnersAct]
    """The event that says it."""
    at: tuple[ProceedingState, ...]
    """Where the proceeding stands when it may happen."""
    then: ProceedingState | None = None
    """Where it stands thereafter; None: where it stood."""
    meets: tuple[str, ...] = ()
    """Clocks that are met by it."""
    starts: str | None = None
    """The clock that it starts."""
    rule: RuleId | None = None
    """The time limit of that clock; None: what the parties agreed on."""
    starting: str = "at"
    """The field of the event that the clock runs from."""
    anew: bool = False
    """Whether it begins another proceeding of its kind."""
    when_passed: str | None = None
    """The clock that says it, by passing; None: a person does."""
    opens: Opener | None = None
    """What it opens to the workers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What may happen in a proceeding of one kind, in the order of a life without trouble."""

    kind: ProceedingKind
    title: str
    during: tuple[MatterState, ...]
    """Where the matter stands when people may act in it."""
    steps: tuple[Step, ...]

"""What a course of proceedings is made of: kinds, states, steps. The tables stand in `courses`."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.ids import RuleId
from schemas.matters import OwnersAct
from schemas.messages import Event
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
    HEARING = "hearing"
    PARTIAL_AWARD = "partial-award"
    ADVANCE_EXECUTION = "advance-execution"
    SETTING_ASIDE = "setting-aside"
    INSPECTION = "inspection"
    NOTARISATION = "notarisation"
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
    SUSPENDED = "suspended"
    """A court decides whether what is enforced is set aside."""
    ENDED = "ended"
    """For good: nothing is left to enforce."""
    SET = "set"
    """The day of a hearing is known."""
    POSTPONEMENT_ASKED = "postponement-asked"
    POSTPONED = "postponed"
    HELD = "held"
    ORDERED = "ordered"
    SET_ASIDE = "set-aside"
    REPORTED = "reported"
    DECIDED = "decided"
    OBEYED = "obeyed"
    DISOBEYED = "disobeyed"
    """The employer did not pay by the day that the order set."""
    NOTARISED = "notarised"
    CERTIFIED = "certified"
    """The notary certified what is to be enforced."""
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Other:
    """Where a proceeding of another kind stands."""

    kind: ProceedingKind
    at: tuple[ProceedingState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Starting:
    """A second clock that a step starts."""

    clock: str
    rule: RuleId
    limit: str
    """The field of the event that says its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that may happen in a proceeding."""

    says: type[OwnersAct]
    """The event that says it."""
    at: tuple[ProceedingState, ...]
    """Where the proceeding stands when it may happen."""
    beside: tuple[Other, ...] = ()
    """Where others must stand when it may happen: a hearing is one of an arbitration that was accepted."""
    either: tuple[Other, ...] = ()
    """Of which one must stand there: an award is made, or a part of it."""
    apart: tuple[Other, ...] = ()
    """Where others must not stand: the same dispute is before another authority."""
    then: ProceedingState | None = None
    """Where it stands thereafter; None: where it stood."""
    meets: tuple[str, ...] = ()
    """Clocks that are met by it."""
    stops: tuple[str, ...] = ()
    """Clocks that nobody has to keep any more."""
    starts: str | None = None
    """The clock that it starts."""
    rule: RuleId | None = None
    """The time limit of that clock; None: what the parties agreed on."""
    starting: str = "at"
    """The field of the event that the clock runs from."""
    also: Starting | None = None
    """Another clock that it starts, from the same moment."""
    extends: bool = False
    """Whether that clock takes the place of one with less time, and runs from where that one did."""
    anew: bool = False
    """Whether it begins another proceeding of its kind."""
    keyed: bool = False
    """Whether its clocks bear the key of their proceeding, as several may run: `execute_by/award`."""
    pauses: str | None = None
    """The clock that stands still from then on; the step that starts it lets it go on."""
    follows: tuple[type[Event], ...] = ()
    """What brings it with it, as nobody says it alone."""
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

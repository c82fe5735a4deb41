"""Rules that a person's command can break. The docstring is the message."""

from dataclasses import dataclass
from datetime import datetime

from schemas.ids import AgencyId, CaseId, TaskId, TransferId
from schemas.refusals import Refusal


class RoutingError(Refusal):
    """Routing refuses."""


@dataclass(eq=False)
class NotTheAddressee(RoutingError):
    """Transfer or task {asked} asks {expected}, found {found}."""

    asked: TransferId | TaskId
    expected: AgencyId
    found: AgencyId | None


@dataclass(eq=False)
class NotTheOwner(RoutingError):
    """Case {case} is owned by {expected}, found {found}."""

    case: CaseId
    expected: AgencyId
    found: AgencyId | None


@dataclass(eq=False)
class TransferNotKnown(RoutingError):
    """Case {case} has no transfer {transfer}."""

    case: CaseId
    transfer: TransferId


@dataclass(eq=False)
class TransferNotOpen(RoutingError):
    """Transfer {transfer} is {found}; only one that is not answered yet can be recalled."""

    transfer: TransferId
    found: str


@dataclass(eq=False)
class DirectedByLaw(RoutingError):
    """Transfer {transfer} was directed by the common superior: it can be neither rejected nor recalled."""

    transfer: TransferId


@dataclass(eq=False)
class NotHere(RoutingError):
    """Case {case} is not here any more: nobody is asked to help with it."""

    case: CaseId


@dataclass(eq=False)
class NothingAsked(RoutingError):
    """Transfer {transfer} is {found}; nobody there waits for a clarification."""

    transfer: TransferId
    found: str


@dataclass(eq=False)
class AskedOften(RoutingError):
    """Offer {transfer} was clarified {found} times; more than {expected} are not allowed."""

    transfer: TransferId
    expected: int
    found: int


@dataclass(eq=False)
class WaitsForClarification(RoutingError):
    """Offer {transfer} waits for a clarification already, at the latest until {until}."""

    transfer: TransferId
    until: datetime


@dataclass(eq=False)
class OfferAlreadyAcknowledged(RoutingError):
    """Offer {transfer} was acknowledged already, at {found}."""

    transfer: TransferId
    found: datetime


@dataclass(eq=False)
class OfferAlreadyAnswered(RoutingError):
    """Offer {transfer} was {found} already."""

    transfer: TransferId
    found: str


@dataclass(eq=False)
class OfferNotOpen(RoutingError):
    """Offer {transfer} is over: {found}."""

    transfer: TransferId
    found: str


@dataclass(eq=False)
class AnswerTooLate(RoutingError):
    """Offer {transfer} had to be answered by {expected}, found {found}."""

    transfer: TransferId
    expected: datetime
    found: datetime


@dataclass(eq=False)
class ProposesItself(RoutingError):
    """Who rejects transfer {transfer} names another agency that is competent, found itself, {found}."""

    transfer: TransferId
    found: AgencyId


@dataclass(eq=False)
class ProposesTwoThings(RoutingError):
    """Who rejects transfer {transfer} names another agency, or says why it knows of none: one of both."""

    transfer: TransferId


@dataclass(eq=False)
class ErrandAlreadyDone(RoutingError):
    """Task {task} was done at {done_at}."""

    task: TaskId
    done_at: datetime


@dataclass(eq=False)
class ErrandNotOpen(RoutingError):
    """Task {task} is {found} already."""

    task: TaskId
    found: str


@dataclass(eq=False)
class TaskNotOpen(RoutingError):
    """Task {task} is {found}: there is nothing left to extend."""

    task: TaskId
    found: str


@dataclass(eq=False)
class NotLater(RoutingError):
    """Task {task} is due by {expected}; more time ends later, found {found}."""

    task: TaskId
    expected: datetime
    found: datetime


@dataclass(eq=False)
class NotTheSuperior(RoutingError):
    """Escalation {escalation} is for {expected} to decide, found {found}."""

    escalation: TransferId
    expected: AgencyId
    found: AgencyId | None


@dataclass(eq=False)
class EscalationNotOpen(RoutingError):
    """Escalation {escalation} is {found}: a case is directed once."""

    escalation: TransferId
    found: str


@dataclass(eq=False)
class CannotBeDirected(RoutingError):
    """Escalation {escalation}: {found} is no agency that can take the case on that day."""

    escalation: TransferId
    found: AgencyId


@dataclass(eq=False)
class AgencyNotKnown(RoutingError):
    """The directory {version} has no agency {found}."""

    version: str
    found: AgencyId

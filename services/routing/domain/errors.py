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
    """Transfer {transfer} is {found}; only an offered or delivered one can be recalled."""

    transfer: TransferId
    found: str


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
class ErrandAlreadyDone(RoutingError):
    """Task {task} was done at {done_at}."""

    task: TaskId
    done_at: datetime


@dataclass(eq=False)
class AgencyNotKnown(RoutingError):
    """The directory {version} has no agency {found}."""

    version: str
    found: AgencyId

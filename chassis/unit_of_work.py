"""What a handler may do: look at aggregates of one case, let them decide, and emit what they said.

Nothing here touches the network or the database. A unit of work lies over the state of its case, which was
loaded under the case's lock; if the handler fails it is dropped, and the case is as if nothing had happened.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.case_state import Applied, CaseState, Kept, RowKey, row_key
from chassis.errors import CauseAwaited, NotFound, NotStored, StaleVersion, VersionNotStated, WrongLog
from chassis.ids import uuid7
from chassis.stored import Aggregate, Stored
from chassis.vault import Vault
from schemas.envelope import Event, Message, topic_of
from schemas.ids import AgencyId, CaseId, EventId, ExternalRef, Province

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")

SHARED_LOGS = frozenset({"keys", "ops"})
"""Logs that every service writes, beside its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person behind a request: a role and a pseudonym, never a name."""

    role: str
    pseudonym: str
    agency: AgencyId
    province: Province


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A timer that fired. `answer_by/<transfer>` has the name `answer_by` and the key `<transfer>`."""

    kind: type[Aggregate]
    id: str
    name: str
    key: str
    at: datetime


class Stimulus(NamedTuple):
    """What a unit of work answers to: an event, a timer or a request."""

    case_id: CaseId
    causation: EventId | None = None
    actor: Actor | None = None
    traceparent: str | None = None
    testmode: bool = False
    if_match: str | None = None
    """The entity tag that a person's change was made for."""
    applied: Applied | None = None
    sender: Province | None = None
    """Of a letter: the province that signed it."""


class Said(NamedTuple):
    """An event that was emitted: what goes where once the unit of work merges."""

    event: Event
    legal_basis: str | None
    partner: AgencyId | None = None
    external_ref: ExternalRef | None = None


class Announced(NamedTuple):
    """What a partner agency is told that is about no case."""

    agency: AgencyId
    message: Message
    id: EventId


class UnitOfWork:
    """One stimulus, one case. All that it changes is merged together, or not at all."""

    def __init__(
        self,
        case: CaseState,
        stimulus: Stimulus,
        *,
        now: datetime,
        log: str,
        stores: Mapping[type, Stored[Any]],
        vault: Vault,
        reference: Mapping[type, Any],
    ) -> None:
        self.case = case
        self.stimulus = stimulus
        self.province = case.province
        self.case_id = case.case_id
        self.now = now
        self.vault = vault
        self.said: list[Said] = []
        self.announced: list[Announced] = []
        self.rows: list[tuple[Table, Mapping[str, Any]]] = []
        self.overwritten: dict[RowKey, Mapping[str, Any]] = {}
        self.overlay: dict[tuple[type, str], Kept] = {}
        self.looked_at: tuple[type[Aggregate], str] | None = None
        """The first aggregate that was asked for: what a request is about."""
        self.connection: AsyncConnection | None = None
        """Of a request alone, for the look-ups of its own service that go across cases."""
        self._log = log
        self._stores = stores
        self._reference = reference

    @property
    def actor(self) -> Actor | None:
        """The person who asked; None where an event or a timer is the cause."""
        return self.stimulus.actor

    @property
    def event_id(self) -> EventId | None:
        """The event that is being handled; None for a request or a timer."""
        return self.stimulus.causation

    @property
    def sender(self) -> Province | None:
        """The province whose letter is being handled, as its signature proves; None for everything else."""
        return self.stimulus.sender

    def new_id(self) -> str:
        """A fresh UUIDv7."""
        return uuid7(self.now)

    def use(self, kind: type[T]) -> T:
        """The current snapshot of reference data: the directory, the law."""
        return cast(T, self._reference[kind])

    def find(self, kind: type[A], id: str) -> A | None:
        """An aggregate of this case, or None."""
        kept = self.overlay.get((kind, id)) or self.case.aggregates.get((kind, id))
        return cast(A, kept.aggregate) if kept else None

    def get(self, kind: type[A], id: str) -> A:
        """An aggregate of this case. Raises NotFound."""
        found = self.find(kind, id)
        if found is None:
            raise NotFound(kind=kind.__name__, id=id)
        self.looked_at = self.looked_at or (kind, id)
        return found

    def await_begun(self, kind: type[A], id: str) -> A:
        """An aggregate that an event of another log begins. Raises CauseAwaited: until then the event waits.

        Of logs that are not written after one another neither says that it came after the other.
        """
        found = self.find(kind, id)
        if found is None:
            raise CauseAwaited(kind=kind.__name__, id=id)
        return found

    def expect(self, kind: type[A], id: str) -> A:
        """An aggregate that a person changes as he saw it. Raises VersionNotStated, StaleVersion."""
        found = self.get(kind, id)
        version, stated = f'"{self.version(kind, id)}"', self.stimulus.if_match
        if stated is None:
            raise VersionNotStated(kind=kind.__name__, id=id)
        if stated not in (version, "*"):
            raise StaleVersion(kind=kind.__name__, id=id, expected=stated, found=version)
        return found

    def all(self, kind: type[A]) -> tuple[A, ...]:
        """Every aggregate of that kind of this case, by id."""
        keys = sorted(key for key in {**self.case.aggregates, **self.overlay} if key[0] is kind)
        return tuple(self.get(kind, id) for _, id in keys)

    def version(self, kind: type[Aggregate], id: str) -> int:
        """How many events the aggregate has said: its entity tag. 0 where there is none."""
        kept = self.overlay.get((kind, id)) or self.case.aggregates.get((kind, id))
        return kept.version if kept else 0

    def begin(self, start: Callable[[Any], A], event: Event, *, legal_basis: str | None = None) -> A:
        """A new aggregate from its first event, which is sent."""
        aggregate = start(event)
        self._keep(aggregate, version=1)
        self._say(event, legal_basis)
        return aggregate

    def emit(self, aggregate: A, events: Sequence[Event], *, legal_basis: str | None = None) -> A:
        """Fold the events into the aggregate and send them. Returns what the aggregate is now."""
        version = self.version(type(aggregate), aggregate.id)
        for event in events:
            aggregate = aggregate.after(event)
            version += 1
            self._say(event, legal_basis)
        if events:
            self._keep(aggregate, version=version)
        return aggregate

    def tell(self, agency: AgencyId, event: Event, *, external_ref: ExternalRef | None = None) -> None:
        """Write the public view of an event to a partner agency's own log, under that log's numbering.

        `external_ref` is the number that the agency itself gave the case.
        """
        self.said.append(Said(event, None, agency, external_ref))

    def announce(self, agency: AgencyId, message: Message, *, id: EventId) -> None:
        """Write what is about no case to a partner agency's own log: nothing of this case goes with it.

        It has no number. `id` is the same whenever it is said again, and so it counts once.
        """
        self.announced.append(Announced(agency, message, id))

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """A row of a projection. Written once: a row with the same key stays as it is."""
        self.rows.append((table, row))

    def overwrite(self, table: Table, row: Mapping[str, Any]) -> None:
        """A row of a projection as it is from now on, whatever was there under its key."""
        self.overwritten[row_key(table, row)] = row

    def say(self, event: Event) -> None:
        """Send an event that no aggregate folds: for the chassis itself."""
        self.said.append(Said(event, None))

    def say_first(self, event: Event) -> None:
        """Send an event before all others of this unit of work: a key goes before what it seals."""
        self.said.insert(0, Said(event, None))

    def _keep(self, aggregate: Aggregate, *, version: int) -> None:
        kind = type(aggregate)
        if kind not in self._stores:
            raise NotStored(kind=kind.__name__)
        self.looked_at = self.looked_at or (kind, aggregate.id)
        self.overlay[kind, aggregate.id] = Kept(aggregate, version, self._stores[kind])

    def _say(self, event: Event, legal_basis: str | None) -> None:
        topic = topic_of(type(event))
        if topic != self._log and topic not in SHARED_LOGS:
            raise WrongLog(type=event.type, expected=self._log, found=topic)
        self.said.append(Said(event, legal_basis))

"""A service is a value: what it owns, what it handles, what it offers. `app.py` of each service is one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.stored import Aggregate, Stored
from chassis.unit_of_work import Due, UnitOfWork
from schemas.envelope import Event, Letter, Message, Received, topic_of

if TYPE_CHECKING:
    from chassis.cases import Cases
    from chassis.runtime import Runtime

E = TypeVar("E", bound=Event)
L = TypeVar("L", bound=Letter)


@dataclass(frozen=True, slots=True)
class OnEvent:
    """An event of this province, and the handler that answers it."""

    type: type[Event]
    handler: Callable[[Any, UnitOfWork], None]
    log: str


@dataclass(frozen=True, slots=True)
class OnDue:
    """A timer of an aggregate, and the handler that answers it."""

    kind: type[Aggregate]
    name: str
    handler: Callable[[Due, UnitOfWork], None]


@dataclass(frozen=True, slots=True)
class OnAny:
    """Every event of every log that is listed."""

    handler: Callable[[Received, UnitOfWork], None]
    logs: frozenset[str]


Handle = OnEvent | OnDue | OnAny


def on(type: type[E], handler: Callable[[E, UnitOfWork], None]) -> OnEvent:
    """Answer an event of the own province. The log follows from the module of the event."""
    return OnEvent(type, handler, topic_of(type))


def on_letter(type: type[L], handler: Callable[[L, UnitOfWork], None]) -> OnEvent:
    """Answer a letter from a province's mailbox, its signature verified."""
    return OnEvent(type, handler, "mailbox")


def on_due(kind: type[Aggregate], name: str, handler: Callable[[Due, UnitOfWork], None]) -> OnDue:
    """Answer the timers `name` and `name/…` of an aggregate."""
    return OnDue(kind, name, handler)


def on_any(handler: Callable[[Received, UnitOfWork], None], logs: Sequence[str]) -> OnAny:
    """Answer every event of these logs, with its envelope."""
    return OnAny(handler, frozenset(logs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a service is. `python -m services.<name>` runs it."""

    name: str
    owns: str
    log: str
    handles: Sequence[Handle]
    stores: Sequence[Stored[Any]] = ()
    errors: Mapping[type[Exception], int] = field(default_factory=dict)
    routes: APIRouter | None = None
    """The API, mounted under /v1."""
    pages: APIRouter | None = None
    """What is mounted at the root: pages for people, who are known by a cookie, and what a ticket opens."""
    permissions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Endpoint function -> roles that may call it; the one table of who may do what."""
    migrations: str = ""
    """Package of the service's Alembic versions."""
    opens_seals: bool = False
    """Keeps a vault: waits for the case's keys before it applies an event with sealed fields."""
    makes_keys: bool = False
    """May make the first key of a case; the others wait for it."""
    recalls: Callable[[Event, UnitOfWork], None] | None = None
    """Puts back what an own event left beside its aggregate, in the vault and in rows of other tables.

    For restored databases. It says nothing, and finds what it needs in the event, or in the vault."""
    settles: Callable[[AsyncConnection], Awaitable[None]] | None = None
    """Puts right what no event tells, once a restored database has all of them: sequences."""
    adds_up: Callable[[AsyncConnection, "Cases"], Awaitable[None]] | None = None
    """Keeps sums over many cases, after the rows that they are of, in the transaction that writes these."""
    load_reference: Callable[["Runtime"], Awaitable[Mapping[type, Any]]] | None = None
    """Snapshots for `uow.use`, loaded at start."""
    jobs: Sequence[Callable[["Runtime"], Awaitable[None]]] = ()
    """Work beside the handlers that may touch the network: senders."""

    @property
    def logs(self) -> frozenset[str]:
        """The logs that this service reads."""
        read = {handle.log for handle in self.handles if isinstance(handle, OnEvent)}
        read |= {log for handle in self.handles if isinstance(handle, OnAny) for log in handle.logs}
        return frozenset(read | ({"keys"} if self.opens_seals else set()))

    @property
    def corresponds(self) -> bool:
        """Whether it has to do with other provinces: who reads letters may write some, and nobody else."""
        return "mailbox" in self.logs

    def handlers_of(self, log: str, type: type[Message]) -> Sequence[Callable[[Any, UnitOfWork], None]]:
        return [
            handle.handler
            for handle in self.handles
            if isinstance(handle, OnEvent) and handle.type is type and handle.log == log
        ]

    def watchers_of(self, log: str) -> Sequence[Callable[[Received, UnitOfWork], None]]:
        return [h.handler for h in self.handles if isinstance(h, OnAny) and log in h.logs]

    def due_handler(self, kind: str, name: str) -> OnDue | None:
        for handle in self.handles:
            if isinstance(handle, OnDue) and handle.kind.__name__ == kind and handle.name == name:
                return handle
        return None

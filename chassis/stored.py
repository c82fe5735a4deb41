"""How an aggregate lies in its table: the state as JSON, and beside it the columns that worklists ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, Self, TypeVar, get_args

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Column, Index, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB


class Aggregate(Protocol):
    """What the chassis knows of an aggregate. `after` takes the closed union of its own events."""

    @property
    def id(self) -> str: ...

    @property
    def due(self) -> Mapping[str, datetime]:
        """The running timers: `name` or `name/key` -> moment. Set and cancelled by difference."""
        ...

    def after(self, event: Any, /) -> Self:
        """This aggregate once the event has happened. Total, and without any effect."""
        ...


A = TypeVar("A", bound=Aggregate)


def no_columns(_: Any) -> Mapping[str, Any]:
    """For an aggregate whose table has no columns beside the state."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folds(Generic[A]):
    """How the own log rebuilds aggregates of one kind: for the audit, and to restore a database."""

    events: frozenset[type]
    """The closed union of the aggregate's events."""
    id_of: Callable[[Any], str]
    """Which aggregate an event belongs to."""
    start: Callable[[Any], A]
    """The aggregate from its first event."""


def folds(events: Any, *, id_of: Callable[[Any], str], start: Callable[[Any], A]) -> Folds[A]:
    """`events` is the union alias of the contract (`CustodyEvent`), or the one class where there is one."""
    return Folds(events=frozenset(get_args(events) or (events,)), id_of=id_of, start=start)


@dataclass(frozen=True, slots=True)
class Stored(Generic[A]):
    """An aggregate's kind, its table, and the values of the table's extra columns."""

    kind: type[A]
    table: Table
    columns: Callable[[A], Mapping[str, Any]]
    codec: TypeAdapter[A]
    folds: Folds[A] | None = None
    """None: nothing but its table knows it, so neither the audit nor a restore can rebuild it."""

    def dump(self, aggregate: A) -> str:
        return self.codec.serializer.to_json(aggregate).decode()

    def load(self, state: str) -> A:
        loaded: A = self.codec.validator.validate_json(state)
        return loaded


def stored(
    kind: type[A],
    table: Table,
    columns: Callable[[A], Mapping[str, Any]] = no_columns,
    folds: Folds[A] | None = None,
) -> Stored[A]:
    """Say how `kind` lies in `table`, made by `aggregate_table`, and how its events make it."""
    return Stored(kind, table, columns, TypeAdapter(kind), folds)


def aggregate_table(name: str, metadata: MetaData, *columns: Column[Any]) -> Table:
    """A table for one kind of aggregate. Province and id are its key; `columns` are the service's own.

    `version` is the number of events that the aggregate has said: the entity tag of the HTTP API.
    """
    table = Table(
        name,
        metadata,
        Column("province", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("case_id", Text, nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("state", JSONB, nullable=False),
        *columns,
    )
    Index(f"{name}_by_case", table.c.province, table.c.case_id)
    return table

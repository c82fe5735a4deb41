"""One case inside one transaction: what was loaded under its lock, and what has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Self

from sqlalchemy import Table

from chassis.stored import Aggregate, Stored
from schemas.envelope import Follows, Sealed
from schemas.ids import CaseId, Province

NOT_TOLD = -1
"""A mark lower than any: that nothing has arrived is worth telling too."""

RowKey = tuple[Table, tuple[Any, ...]]
"""A row, by its table and its key."""


def row_key(table: Table, row: Mapping[str, Any]) -> RowKey:
    return table, tuple(row[column.name] for column in table.primary_key)


class Kept(NamedTuple):
    """An aggregate as it is now, and the number of events that made it."""

    aggregate: Aggregate
    version: int
    stored: Stored[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why a case is held, and by which event. Grouped by `fingerprint` for operators."""

    cause: str
    fingerprint: str
    stream: str | None
    sequence: int | None
    timer: str | None
    since: str


class Arrived(NamedTuple):
    """A record as it came from the log, or waits in the queue: exact bytes, nothing interpreted."""

    cluster: str
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]


@dataclass(slots=True, kw_only=True)
class Queued:
    """An arrived event of this case that is not applied yet."""

    stream: str
    sequence: int
    cause: str
    awaits: str
    record: Arrived
    queued_at: datetime
    new: bool = False


class Outgoing(NamedTuple):
    """A row for the outbox: exactly the record that the relay will send."""

    cluster: str
    topic: str
    key: bytes
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter as it stands in the addressee's mailbox, kept until his mark covers it."""

    to_province: Province
    sequence: int
    record: Outgoing
    recorded_at: datetime


class ReceivedLetter(NamedTuple):
    """A letter as it came from the mailbox: the other side's half of every proof."""

    from_province: Province
    sequence: int
    record: Arrived
    recorded_at: datetime
    """When it was written, by the writer's clock: both sides count it to that day."""


class Applied(NamedTuple):
    """One effect, for the ledger that tests count."""

    stream: str
    sequence: int
    event_id: str


@dataclass(slots=True, kw_only=True)
class CaseState:
    """What a unit of work may see and change of one case. Saved as a whole, set-based, at the end."""

    province: Province
    case_id: CaseId
    number: str | None = None
    sent: dict[str, int] = field(default_factory=dict)
    inbox: dict[str, list[int]] = field(default_factory=dict)
    """Stream -> received, applied, and in mailboxes how far the sender was told that it arrived."""
    after: dict[str, int] = field(default_factory=dict)
    chain: dict[Province, Follows] = field(default_factory=dict)
    """By the other province: the last letter sent to it, and the last one of it that was applied."""
    hold: Hold | None = None
    queue: dict[tuple[str, int], Queued] = field(default_factory=dict)
    queue_size: int = 0
    """Rows in the queue when the case was locked; they are loaded only if there are any."""
    aggregates: dict[tuple[type, str], Kept] = field(default_factory=dict)
    vault: dict[str, Sealed] = field(default_factory=dict)
    keys: dict[str, str | None] = field(default_factory=dict)

    changed: dict[tuple[type, str], Kept | None] = field(default_factory=dict)
    """Changed aggregates, with what they were when loaded (None: new)."""
    kept_sealed: dict[str, Sealed] = field(default_factory=dict)
    new_keys: dict[str, str | None] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    """Names in the vault whose rows go, since their key is erased."""
    unqueued: set[tuple[str, int]] = field(default_factory=set)
    outbox: list[Outgoing] = field(default_factory=list)
    letters: list[SentLetter] = field(default_factory=list)
    received: list[ReceivedLetter] = field(default_factory=list)
    covered: dict[Province, int] = field(default_factory=dict)
    rows: list[tuple[Any, Mapping[str, Any]]] = field(default_factory=list)
    overwritten: dict[RowKey, Mapping[str, Any]] = field(default_factory=dict)
    applied: list[Applied] = field(default_factory=list)
    touched: bool = False
    released: bool = False
    """Whether it was held when it was loaded, and is not any more."""
    """Something of the case row itself changed."""
    made: bool = False
    """Its row was made as it was locked: nothing was ever kept about it, not even an answer."""
    locked_at: datetime | None = None
    """All that is said about it under one lock is said in one moment; None where nothing is locked."""

    @property
    def name(self) -> tuple[Province, CaseId]:
        return self.province, self.case_id

    @property
    def is_new(self) -> bool:
        """Nothing was ever received or said: there is nothing to load but the row itself."""
        return not self.inbox and not self.sent and not self.queue_size

    def applied_of(self, log: str) -> int:
        """How far the log (`cases`, `transfers`, …) of this province is applied. One service writes each."""
        prefix = f"{log} /cn{self.province}/"
        return max((at[1] for stream, at in self.inbox.items() if stream.startswith(prefix)), default=0)

    def next_sequence(self, stream: str) -> int:
        """Number the next event of an own stream."""
        self.sent[stream] = self.sent.get(stream, 0) + 1
        self.touched = True
        return self.sent[stream]

    def advance(self, stream: str, sequence: int, *, applied: bool) -> None:
        """Note that an event was received, and applied if so."""
        received, reached, *marked = self.inbox.get(stream, (0, 0))
        # A new list: a checkpoint holds the old one.
        self.inbox[stream] = [max(received, sequence), sequence if applied else reached, *marked]
        self.touched = True

    def mark(self, stream: str) -> None:
        """Note that the sender is told how far this stream has arrived."""
        at = self.inbox[stream]
        self.inbox[stream] = [at[0], at[1], at[0]]
        self.touched = True

    def unmark(self, stream: str) -> None:
        """Have the sender told again how far this stream has arrived: he believes something else."""
        received, applied = self.inbox.get(stream, (0, 0))[:2]
        self.inbox[stream] = [received, applied, NOT_TOLD]
        self.touched = True

    def put(self, key: tuple[type, str], kept: Kept) -> None:
        """Replace an aggregate, remembering what it was when the transaction began."""
        self.changed.setdefault(key, self.aggregates.get(key))
        self.aggregates[key] = kept

    def enqueue(self, item: Queued) -> None:
        self.queue[item.stream, item.sequence] = item
        self.unqueued.discard((item.stream, item.sequence))
        self.touched = True

    def unqueue(self, item: Queued) -> None:
        """Take an event out of the queue: it is applied, or discarded."""
        del self.queue[item.stream, item.sequence]
        self.unqueued.add((item.stream, item.sequence))
        self.touched = True

    @classmethod
    def empty(cls, province: Province, case_id: CaseId) -> Self:
        return cls(province=province, case_id=case_id)

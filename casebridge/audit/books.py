"""What a service's database says about one slice of cases."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, cast, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from casebridge.audit.logs import Place, Quarantine
from casebridge.audit.reading import slice_of
from chassis.bulk import unpack_headers
from chassis.service import Service
from chassis.settings import Settings
from chassis.stored import Stored

Name = tuple[str, str]
"""Province and case id."""


@dataclass(slots=True)
class Waiting:
    """An event in the queue of its case."""

    stream: str
    sequence: int
    cause: str


@dataclass(slots=True)
class CaseBook:
    """One case in one service's database."""

    sent: dict[str, int]
    inbox: dict[str, list[int]]
    held: str | None
    waiting: list[Waiting] = field(default_factory=list)
    unsent: dict[str, int] = field(default_factory=dict)
    """Topic -> highest sequence in the outbox."""
    aggregates: dict[tuple[type, str], tuple[Any, int, dict[str, Any]]] = field(default_factory=dict)
    """Kind and id -> state, version, further columns."""
    timers: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    effects: list[tuple[str, int]] = field(default_factory=list)
    """The ledger: stream and sequence of each effect, in the order in which they happened."""
    boxes: dict[str, str] = field(default_factory=dict)
    """The vault: name -> sealed box."""


@dataclass(slots=True)
class Book:
    """One service's database, inside one transaction that sees one moment."""

    service: Service
    settings: Settings
    connection: AsyncConnection
    positions: dict[tuple[str, str, int], int] = field(default_factory=dict)
    arrived: dict[str, datetime] = field(default_factory=dict)
    """Provinces that came from another deployment, and when."""
    aside: set[Place] = field(default_factory=set)
    """Records in its quarantine."""
    ledger: bool = False
    """Whether effects were written down from the first one on."""

    async def look(self) -> None:
        """See the database as it is now, from here on."""
        await self.connection.rollback()
        async for row in self.rows("SELECT topic, partition, cluster, next FROM position"):
            self.positions[row.cluster, row.topic, row.partition] = row.next
        async for row in self.rows("SELECT province, moved_at FROM moved_province WHERE here"):
            self.arrived[row.province] = row.moved_at
        effects = await self.connection.execute(text("SELECT EXISTS (SELECT FROM ledger)"))
        self.ledger = effects.scalar_one()

    async def cases(self, number: int, slices: int) -> dict[Name, CaseBook]:
        """The cases of a slice, with all that is theirs."""
        found: dict[Name, CaseBook] = {}
        query = "SELECT province, case_id, sent::text, inbox::text, hold ->> 'cause' AS held FROM case_row"
        async for row in self.rows(query):
            if slice_of(row.case_id.encode(), slices) == number:
                found[row.province, row.case_id] = CaseBook(
                    json.loads(row.sent), json.loads(row.inbox), row.held
                )
        await self.add_queues(found)
        await self.add_outbox(found)
        for store in self.service.stores:
            await self.add_aggregates(found, store)
        await self.add_timers(found)
        if self.service.opens_seals:
            await self.add_vault(found)
        if self.ledger:
            await self.add_effects(found)
        return found

    async def rows(self, query: str | Select[Any]) -> AsyncIterator[Any]:
        """A thousand at a time: to wait for each of them costs more than to read it."""
        asked = text(query) if isinstance(query, str) else query
        result = await self.connection.stream(asked)
        async for several in result.partitions(1000):
            for row in several:
                yield row

    async def add_queues(self, found: dict[Name, CaseBook]) -> None:
        async for row in self.rows("SELECT province, case_id, stream, sequence, cause FROM queued"):
            if case := found.get((row.province, row.case_id)):
                case.waiting.append(Waiting(row.stream, row.sequence, row.cause))

    async def add_outbox(self, found: dict[Name, CaseBook]) -> None:
        async for row in self.rows("SELECT topic, headers FROM outbox"):
            headers = {name: (value or b"").decode() for name, value in unpack_headers(row.headers)}
            name = (headers["ce_source"][3:5], headers["ce_subject"])
            if (case := found.get(name)) and "ce_sequence" in headers:
                sequence = int(headers["ce_sequence"])
                case.unsent[row.topic] = max(sequence, case.unsent.get(row.topic, 0))

    async def add_aggregates(self, found: dict[Name, CaseBook], store: Stored[Any]) -> None:
        table = store.table
        fixed = ("province", "id", "case_id", "version", "state")
        more = [c for c in table.c if c.name not in fixed and not isinstance(c.type, JSONB)]
        query = select(*(table.c[name] for name in fixed[:4]), cast(table.c.state, Text).label("text"), *more)
        async for row in self.rows(query):
            if case := found.get((row.province, row.case_id)):
                columns = {c.name: row._mapping[c.name] for c in more}
                case.aggregates[store.kind, row.id] = store.load(row.text), row.version, columns

    async def add_timers(self, found: dict[Name, CaseBook]) -> None:
        async for row in self.rows("SELECT province, case_id, kind, id, name, due_at FROM timer"):
            if case := found.get((row.province, row.case_id)):
                case.timers[row.kind, row.id, row.name] = row.due_at

    async def add_vault(self, found: dict[Name, CaseBook]) -> None:
        async for row in self.rows("SELECT province, case_id, name, box FROM vault"):
            if case := found.get((row.province, row.case_id)):
                case.boxes[row.name] = row.box

    async def add_effects(self, found: dict[Name, CaseBook]) -> None:
        async for row in self.rows("SELECT province, case_id, stream, sequence FROM ledger ORDER BY id"):
            if case := found.get((row.province, row.case_id)):
                case.effects.append((row.stream, row.sequence))


@asynccontextmanager
async def open_book(service: Service, settings: Settings) -> AsyncIterator[Book]:
    """The database as it is at one moment; nothing is locked, nothing is written."""
    engine = create_async_engine(settings.database_url, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ")
            book = Book(service, settings, connection)
            await book.look()
            yield book
    finally:
        await engine.dispose()


async def quarantine_of(books: Sequence[Book], ids: Mapping[str, str]) -> Quarantine:
    """Every record that some service could not read, and keeps; and whether some other one has read it."""
    for book in books:
        rows = book.rows('SELECT cluster, topic, partition, "offset" AS place FROM quarantine')
        book.aside = {(row.cluster, row.topic, row.partition, row.place) async for row in rows}
    kept = {place for book in books for place in book.aside}
    return {place: any(has_read(book, place, ids) for book in books) for place in kept}


def has_read(book: Book, place: Place, ids: Mapping[str, str]) -> bool:
    """Whether a service is past a record and has not put it aside: it took it in, then or later."""
    cluster, topic, partition, offset = place
    return place not in book.aside and book.positions.get((ids[cluster], topic, partition), 0) > offset

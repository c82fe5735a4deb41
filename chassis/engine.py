"""Runs stimuli against cases: one transaction for many, one unit of work for each, every effect once."""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.arrivals import Arrivals, Name, Read, record_of
from chassis.case_state import Applied, Arrived, CaseState, Hold, Outgoing, Queued
from chassis.cases import Cases, load_cases, lock_cases, save_cases, save_outbox
from chassis.chain import keep_received, note_heard
from chassis.checkpoint import checkpoint
from chassis.clock import Clock
from chassis.errors import CauseAwaited, TimerStillDue
from chassis.holding import hold, say_released
from chassis.inbox import (
    BEHIND,
    GAP,
    KEY,
    POISON,
    WAITING,
    Fate,
    Reader,
    judge,
    next_in_queue,
    note_causes,
    stream_of,
)
from chassis.keyring import Distrusted, Keyring
from chassis.service import Service
from chassis.settings import Settings
from chassis.stored import Stored
from chassis.strays import fresh_sources
from chassis.telemetry import Metrics, Traces, bound, child_traceparent
from chassis.unit_of_work import Due, Stimulus, UnitOfWork
from chassis.vault import KeyAwaited, Vault, learn_key, sealed_key_ids
from chassis.writing import Writer, write
from schemas.codes import ReleaseWay
from schemas.envelope import (
    Message,
    Received,
    Refused,
    Unknown,
    decode,
)
from schemas.keys import KeysErased, KeysIssued

log = logging.getLogger(__name__)

Answering = tuple[
    Sequence[Callable[[Any, UnitOfWork], None]], Sequence[Callable[[Received, UnitOfWork], None]]
]
"""Who answers an event: its handlers, and those who watch the whole log."""

KEY_EVENTS = (KeysIssued, KeysErased)


@dataclass(slots=True)
class Written:
    """What a transaction wrote that somebody acts on."""

    rows: Counter[str] = field(default_factory=Counter)
    """Of the outbox, by cluster."""
    soonest: datetime | None = None
    """When the first of the timers is due that were set, or let go."""


class Engine:
    """Everything between a transaction's begin and its commit."""

    def __init__(
        self,
        service: Service,
        settings: Settings,
        *,
        database: AsyncEngine,
        clock: Clock,
        keyring: Keyring,
        writer: Writer,
        metrics: Metrics,
        traces: Traces,
        reference: Mapping[type, Any],
        reader: Reader,
    ) -> None:
        self.service = service
        self.settings = settings
        self.database = database
        self.clock = clock
        self.keyring = keyring
        self.writer = writer
        self.metrics = metrics
        self.traces = traces
        self.reference = reference
        self.reader = reader
        self.recent_holds: list[tuple[datetime, str]] = []
        self.wake: Callable[[Written], None] = lambda written: None
        """Tells those who act on it that something was committed: relays, timers and jobs."""
        self.writing: dict[AsyncConnection, Written] = {}
        """What the transactions write that are open."""
        self.stores: Mapping[type, Stored[Any]] = {store.kind: store for store in service.stores}
        self._answering: dict[tuple[str, type[Message]], Answering] = {}

    # --- Transactions --------------------------------------------------------------------------------------

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """All or nothing. Once it is durable, those are told who act on what it wrote."""
        async with self.database.begin() as connection:
            self.writing[connection] = written = Written()
            try:
                yield connection
            finally:
                del self.writing[connection]
        self.wake(written)

    async def lock(
        self, connection: AsyncConnection, names: Iterable[Name], *, unseen: Collection[Name] = ()
    ) -> Cases:
        """The cases, locked and loaded. `unseen` are those whose aggregates and vault nobody will look at."""
        cases = await lock_cases(connection, names)
        now = self.clock.now()
        for case in cases.values():
            case.locked_at = now
        # What waits may be applied too, and then its handlers look.
        seen = {name: case for name, case in cases.items() if name not in unseen or case.queue_size}
        await load_cases(connection, seen, self.service.stores, vault=self.service.opens_seals)
        return cases

    def unseen(self, reads: Sequence[Read]) -> set[Name]:
        """The cases of a poll of which no handler needs anything: only that an event arrived is noted."""
        seen: set[Name] = set()
        for read in reads:
            if read.name not in seen and self.looks(read):
                seen.add(read.name)
        return {read.name for read in reads} - seen

    def looks(self, read: Read) -> bool:
        """Whether anything about its case must be known to apply an event."""
        if isinstance(read.message, Unknown):
            return False
        event = read.message.event
        answered = any(self.answering(read.log, type(event))) or self.teaches(read)
        return answered or (self.service.opens_seals and any(sealed_key_ids(event)))

    def teaches(self, read: Read) -> bool:
        """Whether it brings or takes a key. One that this service made itself is there since it was made.

        By mail no key comes or goes: whatever another province says of keys, it says of its own.
        """
        message = read.message
        if not self.service.opens_seals or read.log != "keys" or isinstance(message, Unknown):
            return False
        own = message.envelope.source == self.writer.source(message.envelope.province)
        return isinstance(message.event, KeysErased) or (isinstance(message.event, KeysIssued) and not own)

    async def save(self, connection: AsyncConnection, cases: Cases) -> None:
        soonest = await save_cases(connection, cases, now=self.clock.now(), ledger=self.settings.ledger)
        if self.service.adds_up:
            await self.service.adds_up(connection, cases)
        written = self.writing[connection]
        written.rows.update(row.cluster for case in cases.values() for row in case.outbox)
        if any(case.released for case in cases.values()):
            soonest = self.clock.now()  # their timers waited as well
        if soonest:
            written.soonest = min(soonest, written.soonest or soonest)

    async def send(self, connection: AsyncConnection, rows: Sequence[Outgoing]) -> None:
        """Write records that belong to no case."""
        await save_outbox(connection, rows, self.clock.now())
        self.writing[connection].rows.update(row.cluster for row in rows)

    def committed(self, arrivals: Arrivals) -> None:
        """The transaction of these arrivals is durable."""
        for source, incarnation in fresh_sources(self, arrivals):
            self.reader.incarnations[source] = frozenset({incarnation})

    def letter_refused(self, record: Arrived) -> str | None:
        """Why a record in a mailbox is not believed; None when its signature is good."""
        verdict = self.keyring.verify_letter(record_of(record), record.topic)
        return f"{verdict.reason}: {verdict.detail}" if isinstance(verdict, Distrusted) else None

    # --- Events --------------------------------------------------------------------------------------------

    def take(self, case: CaseState, read: Read) -> None:
        """Do with an arrived event what its case says: apply, queue, or see that it is a duplicate."""
        envelope = read.message.envelope
        stream, sequence = stream_of(read.log, envelope), envelope.sequence or 0
        verdict = judge(case, read.log, stream, read.message, self.reader)
        if verdict.fate is Fate.DUPLICATE:
            self.metrics.duplicate(stream)
            if read.log == "mailbox":
                case.unmark(stream)  # he sent it again, so he does not know that it is here
            return
        if read.log == "mailbox":
            keep_received(case, envelope, read.record)
        if verdict.fate is Fate.QUEUE:
            self.metrics.queued(verdict.cause)
            self.enqueue(case, read.record, stream, sequence, verdict.cause, verdict.awaits)
            if read.log == "mailbox" and verdict.cause == GAP:
                case.unmark(stream)  # he may believe that what is missing is here: before a restore it was
            if case.hold and case.hold.cause in WAITING:
                self.release_if_arrived(case, case.hold)
            return
        self.apply(case, read, stream)
        self.drain(case)

    def enqueue(
        self,
        case: CaseState,
        record: Arrived,
        stream: str,
        sequence: int,
        cause: str,
        awaits: str,
        since: datetime | None = None,
    ) -> Queued:
        """Let an event wait, from now on or, if it waited before, `since` then."""
        item = Queued(
            stream=stream,
            sequence=sequence,
            cause=cause,
            awaits=awaits,
            record=record,
            queued_at=since or self.clock.now(),
            new=True,
        )
        case.enqueue(item)
        if sequence == case.inbox.get(stream, [0, 0])[0] + 1:
            case.advance(stream, sequence, applied=False)
        return item

    def decode(self, record: Arrived) -> Received | Unknown:
        """Read a record that was read before, when it was queued."""
        message = decode(record.key, record.value, record.headers)
        assert not isinstance(message, Refused), "only what was understood is queued"
        return message

    def release_if_arrived(self, case: CaseState, hold: Hold) -> None:
        """A case that was held for waiting too long goes on by itself when what it waited for has come."""
        item = case.queue.get((hold.stream or "", hold.sequence or 0))
        waiting = len(case.queue)
        case.hold = None
        self.drain(case)
        if item and (item.stream, item.sequence) in case.queue:
            case.hold = case.hold or hold
            return
        self.wait_again(case)
        say_released(self, case, hold, item, ReleaseWay("arrived"), waiting)

    def pass_over(self, case: CaseState, item: Queued) -> None:
        """Count a queued event as applied without its effect: an operator decided so."""
        case.unqueue(item)
        case.advance(item.stream, item.sequence, applied=True)
        log_name, envelope = item.stream.partition(" ")[0], self.decode(item.record).envelope
        note_causes(case, log_name, envelope)
        if log_name == "mailbox":
            note_heard(case, envelope, item.record)

    def wait_again(self, case: CaseState) -> None:
        """What is left in the queue of a case that is free again waits for a cause of its own."""
        if case.hold:
            return
        for item in list(case.queue.values()):
            log_name = item.stream.partition(" ")[0]
            del case.queue[item.stream, item.sequence]
            message = self.decode(item.record)
            verdict = judge(case, log_name, item.stream, message, self.reader, again=True)
            # What could be applied now was tried, and waits for the key that its handler asked for.
            cause, awaits = (
                (verdict.cause, verdict.awaits) if verdict.fate is Fate.QUEUE else (item.cause, item.awaits)
            )
            case.enqueue(replace(item, cause=cause, awaits=awaits, queued_at=self.clock.now(), new=True))

    def drain(self, case: CaseState) -> None:
        """Apply what waited, now that something has changed: causes first, each stream in order."""
        tried: set[tuple[str, int]] = set()
        while case.queue and (
            item := next_in_queue(case, self.reader, lambda q: self.decode(q.record), without=tried)
        ):
            place = (item.stream, item.sequence)
            case.unqueue(item)
            log = item.stream.partition(" ")[0]
            read = Read(case.name, log, item.record, self.decode(item.record))
            self.apply(case, read, item.stream, since=item.queued_at)
            # One whose handler still awaits a key is back in the queue: again after the next success.
            tried = tried | {place} if place in case.queue else set()

    def apply(self, case: CaseState, read: Read, stream: str, *, since: datetime | None = None) -> None:
        """Have one event answered. A failure holds the case; the event waits first in its queue.

        `since`: when it was queued, if it was.
        """
        envelope = read.message.envelope
        ids = {"case_id": case.case_id, "event_id": envelope.id}
        traceparent = child_traceparent(envelope.traceparent)
        stimulus = self.stimulus_of(read, stream, traceparent)
        try:
            with (
                bound(**ids),
                self.traces.event(envelope.type, traceparent, after=envelope.traceparent, **ids),
            ):
                uow = self.unit(case, stimulus)
                self.answer(read, uow)
                self.settle(uow, lambda: self.note_applied(case, read, stream))
        except KeyAwaited:
            self.enqueue(case, read.record, stream, envelope.sequence or 0, KEY, "key of the case", since)
        except CauseAwaited as awaited:
            awaits = f"what begins the {awaited.kind}"
            self.enqueue(case, read.record, stream, envelope.sequence or 0, BEHIND, awaits, since)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is poison, and held with its reason
            awaits = "repair of what the event meets"
            item = self.enqueue(case, read.record, stream, envelope.sequence or 0, POISON, awaits)
            hold(self, case, cause=POISON, error=error, item=item)

    def note_applied(self, case: CaseState, read: Read, stream: str) -> None:
        """What the next events of the case come after."""
        envelope = read.message.envelope
        case.advance(stream, envelope.sequence or 0, applied=True)
        note_causes(case, read.log, envelope)
        if read.log == "mailbox":
            note_heard(case, envelope, read.record)
            if envelope.marks is not None:
                case.covered[envelope.province] = envelope.marks

    def take_up(self, case: CaseState, read: Read) -> None:
        """Run the handlers of an event that was kept aside. A failure stops the start: fix the release."""
        envelope = read.message.envelope
        traceparent = child_traceparent(envelope.traceparent)
        uow = self.unit(case, self.stimulus_of(read, stream_of(read.log, envelope), traceparent))
        self.answer(read, uow)
        self.merge(uow)
        self.drain(case)

    def answer(self, read: Read, uow: UnitOfWork) -> None:
        """Run the handlers of an event, and those who watch the whole log."""
        message = read.message
        if isinstance(message, Unknown):
            return
        event = message.event
        handlers, watchers = self.answering(read.log, type(event))
        if isinstance(event, KEY_EVENTS) and self.teaches(read):
            learn_key(uow.case, event)
        for handler in handlers:
            handler(event, uow)
        for watcher in watchers:
            watcher(message, uow)

    def answering(self, log: str, type: type[Message]) -> Answering:
        """The handlers and the watchers of a type on a log; looked up once."""
        if (log, type) not in self._answering:
            self._answering[log, type] = self.service.handlers_of(log, type), self.service.watchers_of(log)
        return self._answering[log, type]

    def stimulus_of(self, read: Read, stream: str, traceparent: str) -> Stimulus:
        envelope = read.message.envelope
        counted = self.settings.ledger and not isinstance(read.message, Unknown)
        return Stimulus(
            case_id=read.name[1],
            causation=envelope.id,
            traceparent=traceparent,
            testmode=envelope.testmode,
            applied=Applied(stream, envelope.sequence or 0, envelope.id) if counted else None,
            sender=envelope.province if read.log == "mailbox" else None,
        )

    # --- Units of work -------------------------------------------------------------------------------------

    def unit(self, case: CaseState, stimulus: Stimulus) -> UnitOfWork:
        return UnitOfWork(
            case,
            stimulus,
            now=case.locked_at or self.clock.now(),
            log=self.service.log,
            stores=self.stores,
            vault=Vault(case, self.keyring, makes_keys=self.service.makes_keys),
            reference=self.reference,
        )

    def settle(self, uow: UnitOfWork, note: Callable[[], None] = lambda: None) -> None:
        """Note what was applied and merge what came of it: both, or the case is as it was.

        Handlers touch nothing but their unit of work, so this alone can leave something half done.
        """
        before = checkpoint(uow.case)
        try:
            note()
            self.merge(uow)
        except Exception:
            before.restore(uow.case)
            raise

    def merge(self, uow: UnitOfWork) -> None:
        """Let the case have what the unit of work changed and said. Only what is written may fail."""
        case = uow.case
        for event in uow.vault.issued(uow.now):
            uow.say_first(event)
        write(uow, self.writer)
        for key, kept in uow.overlay.items():
            case.put(key, kept)
        uow.vault.merge()
        case.rows += uow.rows
        case.overwritten |= uow.overwritten
        if uow.stimulus.applied:
            case.applied.append(uow.stimulus.applied)

    # --- Timers --------------------------------------------------------------------------------------------

    def fire(self, case: CaseState, due: Due, handler: Callable[[Due, UnitOfWork], None]) -> None:
        """Fire a timer if it is still running. One that its handler leaves running is poison."""
        name = f"{due.name}/{due.key}" if due.key else due.name
        kept = case.aggregates.get((due.kind, due.id))
        if case.hold or kept is None or kept.aggregate.due.get(name) != due.at:
            return
        try:
            uow = self.unit(case, Stimulus(case_id=case.case_id))
            handler(due, uow)
            left = uow.find(due.kind, due.id)
            if left and left.due.get(name) == due.at:
                raise TimerStillDue(kind=due.kind.__name__, id=due.id, name=name, at=due.at.isoformat())
            self.settle(uow)
        except Exception as error:  # noqa: BLE001 - as above
            hold(self, case, cause=POISON, error=error, timer=f"{due.kind.__name__}/{due.id}/{name}"[:160])
        else:
            self.drain(case)

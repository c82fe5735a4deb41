"""One province's routing service at work on one case: the product's engine, inbox, handlers and domain.

Left out are bytes, signatures and the database, which the engine has at its edges: a record is its message,
and what is saved is a value. So one stimulus costs a fraction of a millisecond, and equal cases are equal.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, Self, cast

from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.arrivals import Read
from chassis.case_state import Arrived, CaseState, Kept, Queued
from chassis.engine import Engine
from chassis.inbox import Reader
from chassis.service import Service
from chassis.settings import Settings
from chassis.telemetry import Metrics, Traces
from chassis.unit_of_work import Actor, Due, Stimulus, UnitOfWork
from chassis.vault import Vault
from chassis.writing import Writer
from schemas.envelope import Envelope, Event, Letter, Received, Sealed, Unknown, dataschema_of
from schemas.ids import CaseId, EventId, Province
from schemas.refusals import Refusal
from services.routing.believing import known_of
from services.routing.domain.believing import RULE_OF, believed
from services.routing.domain.custody import Custody
from services.routing.domain.task import Task
from tests.protocol.evidence import letter_without, without
from tests.protocol.stubs import GlassKeyring, Standing

CASE: Final = CaseId("case")
GLASS: Final = GlassKeyring(own={}, trusted={})
WRAPPED: Final = Sealed(key_id="glass", box="AAAA").model_dump_json()
"""The key of the case, which every province has from the beginning: keys have an order of their own."""

BASE: Final = 100
"""What a place has applied of each stream, whenever it is asked: letters are numbered from there."""


LONG_AGO: Final = datetime(2026, 3, 1, tzinfo=UTC)
"""Stands for every moment that decides nothing."""


class Post(NamedTuple):
    """A letter, or a message of another service of the province, on its way to routing of `to`."""

    to: Province
    log: str
    source: str
    event: Event

    @property
    def stream(self) -> str:
        return f"{self.log} {self.source}"


class Waiting(NamedTuple):
    """A letter that is queued, and how far it is ahead of what was applied."""

    ahead: int
    post: Post
    cause: str


class Place(NamedTuple):
    """A province's part of the case, as its database would hold it; without what no decision looks at."""

    province: Province
    aggregates: frozenset[tuple[str, str, Any]]
    """Kind, id, aggregate."""
    received: frozenset[tuple[str, int]]
    """Stream, and how far it is received beyond what is applied."""
    queue: frozenset[Waiting]
    vault: frozenset[str]
    """The names of what is kept; their content follows from the story's only member and contact."""
    held: str | None = None
    """What failed, if a handler did."""


class Answer(NamedTuple):
    """What a stimulus led to."""

    place: Place
    letters: tuple[Post, ...]
    said: tuple[Event, ...]
    applied: tuple[tuple[str, int], ...]
    """Streams and sequences, in the order in which their effects came about."""
    disbelieved: tuple[Event, ...]
    """Letters that were applied, and not believed."""


class Unit(UnitOfWork):
    """A unit of work whose ids are the next free ones, so that equal stories have equal ids."""

    made = 0

    def new_id(self) -> str:
        known = {task.id for task in self.all(Task)}
        if custody := self.find(Custody, self.case_id):
            known |= {each.id for each in custody.transfers} | {each.id for each in custody.disputes}
        free = (f"{self.province}-{n}" for n in range(1, len(known) + self.made + 2))
        new = [id for id in free if id not in known][self.made]
        self.made += 1
        return new


class Clerk(Engine):
    """The engine of one province for one case. Its methods take a place and give what becomes of it."""

    def __init__(
        self, service: Service, province: Province, reference: Mapping[type, Any], *, exact: bool = False
    ) -> None:
        """`exact`: keep every moment, also those that decide nothing."""
        self.standing = Standing(LONG_AGO)
        super().__init__(
            service,
            cast(Settings, Ledger()),
            database=cast(AsyncEngine, None),
            clock=self.standing,
            keyring=GLASS,
            writer=Writer(service=service.name, incarnation="first", keyring=GLASS),
            metrics=Metrics(f"explored-{service.name}"),
            traces=Traces(service.name),
            reference=reference,
            reader=Reader(logs=service.logs, incarnations={}, opens_seals=service.opens_seals),
        )
        self.province, self.exact = province, exact
        self.kinds = {store.kind.__name__: store for store in service.stores}
        self.vaults: dict[frozenset[str], dict[str, Any]] = {}
        self.said: list[Event] = []
        self.letters: list[Post] = []
        self.disbelieved: list[Event] = []

    def empty(self) -> Place:
        nothing: frozenset[Any] = frozenset()
        return Place(self.province, nothing, nothing, nothing, nothing)

    # --- Stimuli -------------------------------------------------------------------------------------------

    def read(self, place: Place, post: Post, ahead: int, now: datetime) -> Answer:
        """A letter arrives; the next one of its stream is one ahead of what was applied."""

        def arrive(case: CaseState) -> None:
            case.inbox.setdefault(post.stream, [BASE, BASE])
            self.take(case, self.opened(post, ahead))

        return self.on(place, now, arrive)

    def when_due(self, place: Place, due: Due, now: datetime) -> Answer:
        """A timer fires that has been due at some time before now."""
        handle = self.service.due_handler(due.kind.__name__, due.name)
        assert handle is not None, f"{due.kind.__name__} {due.name}: no handler"
        return self.on(place, now, lambda case: self.fire(case, due, handle.handler))

    def asked(
        self, place: Place, who: Actor, wish: Callable[[UnitOfWork], None], now: datetime
    ) -> Answer | None:
        """A person asks for something; None if it is refused."""

        def decide(case: CaseState) -> None:
            uow = self.unit(case, Stimulus(case_id=CASE, actor=who, if_match="*"))
            wish(uow)
            self.merge(uow)
            self.drain(case)

        try:
            return self.on(place, now, decide)
        except Refusal:
            return None

    # --- What the engine does at its edges -----------------------------------------------------------------

    def on(self, place: Place, now: datetime, act: Callable[[CaseState], None]) -> Answer:
        self.standing.moment = now
        self.said, self.letters, self.disbelieved = [], [], []
        case = self.loaded(place)
        act(case)
        applied = tuple((each.stream, each.sequence) for each in case.applied)
        said = tuple(self.letters), tuple(self.said)
        return Answer(self.saved(case), *said, applied, tuple(self.disbelieved))

    def opened(self, post: Post, ahead: int) -> Read:
        event = post.event
        envelope = Envelope(
            id=EventId(f"{post.to}-{ahead}"),
            source=post.source,
            type=event.type,
            subject=CASE,
            time=event.at,
            recordedtime=event.at,
            dataschema=dataschema_of(type(event)),
            incarnation="first",
            sequence=BASE + ahead,
        )
        message = Received(envelope, event)
        return Read((post.to, CASE), post.log, Paper.of(post, message), message)

    def decode(self, record: Arrived) -> Received | Unknown:
        return cast(Paper, record).message

    def unit(self, case: CaseState, stimulus: Stimulus) -> UnitOfWork:
        return Unit(
            case,
            stimulus,
            now=self.clock.now(),
            log=self.service.log,
            stores=self.stores,
            vault=Vault(case, self.keyring, makes_keys=True),
            reference=self.reference,
        )

    def answer(self, read: Read, uow: UnitOfWork) -> None:
        """Who is believed is believed again: after a restore letters come whose effect is there already."""
        letter = read.message.event if isinstance(read.message, Received) else None
        for last in (False, True):
            if isinstance(letter, Letter) and uow.sender and not RULE_OF[type(letter)].others_write:
                known = known_of(letter, uow)
                self.disbelieved += [] if believed(letter, uow.sender, known) else [letter]
            if not last:
                super().answer(read, uow)

    def merge(self, uow: UnitOfWork) -> None:
        case, source = uow.case, self.writer.source(self.province)
        for said in uow.said:
            self.said.append(said.event)
            if isinstance(said.event, Letter):
                letter = said.event if self.exact else letter_without(said.event, LONG_AGO)
                self.letters.append(Post(letter.to_province, "mailbox", source, letter))
        for key, kept in uow.overlay.items():
            case.put(key, kept)
        uow.vault.merge()
        if uow.stimulus.applied:
            case.applied.append(uow.stimulus.applied)

    # --- Places and cases ----------------------------------------------------------------------------------

    def loaded(self, place: Place) -> CaseState:
        streams = {waiting.post.stream: [BASE, BASE] for waiting in place.queue}
        streams |= {stream: [BASE + beyond, BASE] for stream, beyond in place.received}
        case = CaseState(
            province=self.province,
            case_id=CASE,
            inbox=streams,
            aggregates={
                (self.kinds[kind].kind, id): Kept(aggregate, 1, self.kinds[kind])
                for kind, id, aggregate in place.aggregates
            },
            queue_size=len(place.queue),
            vault=dict(self.vaults.get(place.vault, {})),
            keys={f"{self.province}-c-glass": WRAPPED},
        )
        for waiting in place.queue:
            case.queue[waiting.post.stream, BASE + waiting.ahead] = self.waiting(waiting)
        return case

    def waiting(self, waiting: Waiting) -> Queued:
        return Queued(
            stream=waiting.post.stream,
            sequence=BASE + waiting.ahead,
            cause=waiting.cause,
            awaits="",
            record=self.opened(waiting.post, waiting.ahead).record,
            queued_at=self.clock.now(),
        )

    def saved(self, case: CaseState) -> Place:
        names = frozenset(case.vault)
        self.vaults.setdefault(names, case.vault)
        applied = {stream: at[1] for stream, at in case.inbox.items()}
        return Place(
            self.province,
            frozenset(
                (kind.__name__, id, kept.aggregate if self.exact else without(kept.aggregate, LONG_AGO))
                for (kind, id), kept in case.aggregates.items()
            ),
            frozenset((stream, at[0] - at[1]) for stream, at in case.inbox.items() if at[0] > at[1]),
            frozenset(
                Waiting(item.sequence - applied[item.stream], cast(Paper, item.record).post, item.cause)
                for item in case.queue.values()
            ),
            names,
            case.hold.fingerprint if case.hold else None,
        )


class Paper(Arrived):
    """A record whose bytes nobody reads, with the message that they would be."""

    post: Post
    message: Received

    @classmethod
    def of(cls, post: Post, message: Received) -> Self:
        paper = cls("", f"cn{post.to}.{post.log}", 0, 0, b"", b"", ())
        paper.post, paper.message = post, message
        return paper


class Ledger:
    """The settings that the engine's core looks at."""

    ledger = True
    holds_per_minute = 1_000_000

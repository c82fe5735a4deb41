"""Sends trial letters to other provinces' mailboxes, and waits in the own ones for the answers."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError

from chassis.clock import Clock
from chassis.drills import drill_letter
from chassis.ids import uuid7
from chassis.kafka_access import KafkaAccess
from chassis.keyring import Distrusted, Keyring
from chassis.log_reading import places_of
from schemas.envelope import Received, Record, decode
from schemas.ids import EventId, Province
from schemas.mailbox import DrillAnswered, DrillSent

Way = tuple[Province, Province]
"""Who asks, and who is asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A trial letter was answered."""

    sent_at: datetime
    answered_at: datetime
    """By the clock of the one who answered."""
    heard_at: datetime

    @property
    def round_trip(self) -> timedelta:
        return self.heard_at - self.sent_at

    @property
    def clocks_differ(self) -> timedelta:
        """At least so much: he answered before he was asked, or after the answer was here."""
        return max(self.sent_at - self.answered_at, self.answered_at - self.heard_at, timedelta())


@dataclass(slots=True)
class Drills:
    """What came of the trial letters that were sent."""

    answers: dict[Way, Answer] = field(default_factory=dict)
    not_sent: dict[Way, str] = field(default_factory=dict)
    """Why a letter could not be put into a mailbox: the broker's word for it."""
    not_believed: dict[Province, str] = field(default_factory=dict)
    """Why something that came into an own mailbox meanwhile was not believed."""


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Own mailboxes on the exchange, and who may read and write there."""

    servers: str
    access: KafkaAccess
    keyring: Keyring
    clock: Clock


async def drill(mailboxes: Mailboxes, ways: Sequence[Way], *, within_s: float) -> Drills:
    """A trial letter each way, and what was answered within the time. Raises KafkaError, OSError.

    Nobody is in a group, and nothing is committed: the services read their mailboxes as if this were not.
    """
    drills = Drills()
    own = sorted({sender for sender, _ in ways})
    async with open_consumer(mailboxes) as consumer:
        await begin_at_ends(consumer, [f"cn{province}.mailbox" for province in own])
        sent = await send_all(mailboxes, ways, drills)
        try:
            async with asyncio.timeout(within_s):
                await hear(mailboxes, consumer, sent, drills)
        except TimeoutError:
            pass
    return drills


async def send_all(
    mailboxes: Mailboxes, ways: Sequence[Way], drills: Drills
) -> Mapping[EventId, tuple[Way, datetime]]:
    """Put a letter into each mailbox; which drill is which way, and when it began."""
    sent: dict[EventId, tuple[Way, datetime]] = {}
    async with open_producer(mailboxes) as producer:
        for by, to in ways:
            now = mailboxes.clock.now()
            said = DrillSent(at=now, sender=by, to_province=to, drill=EventId(uuid7(now)))
            letter = drill_letter(said, mailboxes.keyring, source=f"/cn{by}/exchange", incarnation=said.drill)
            try:
                await producer.send_and_wait(
                    f"cn{to}.mailbox", letter.value, key=letter.key, headers=list(letter.headers)
                )
            except KafkaError as error:
                drills.not_sent[by, to] = type(error).__name__
            else:
                sent[said.drill] = ((by, to), now)
    return sent


@asynccontextmanager
async def open_consumer(mailboxes: Mailboxes) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=mailboxes.servers, enable_auto_commit=False, **mailboxes.access.for_client
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()


async def begin_at_ends(consumer: AIOKafkaConsumer, topics: Sequence[str]) -> None:
    """Read what comes from now on."""
    places = await places_of(consumer, topics)
    consumer.assign(places)
    for place, end in (await consumer.end_offsets(places)).items():
        consumer.seek(place, end)


@asynccontextmanager
async def open_producer(mailboxes: Mailboxes) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(
        bootstrap_servers=mailboxes.servers,
        acks="all",
        request_timeout_ms=10_000,
        **mailboxes.access.for_client,
    )
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def hear(
    mailboxes: Mailboxes,
    consumer: AIOKafkaConsumer,
    sent: Mapping[EventId, tuple[Way, datetime]],
    drills: Drills,
) -> None:
    """Until every letter that was sent is answered."""
    waiting = dict(sent)
    while waiting:
        for place, records in (await consumer.getmany(timeout_ms=200)).items():
            for each in records:
                record = Record(each.key or b"", each.value or b"", tuple(each.headers))
                heard_at = mailboxes.clock.now()
                verdict = mailboxes.keyring.verify_letter(record, place.topic)
                if isinstance(verdict, Distrusted):
                    drills.not_believed[Province(place.topic[2:4])] = f"{verdict.reason}: {verdict.detail}"
                    continue
                message = decode(*record)
                if not isinstance(message, Received) or not isinstance(message.event, DrillAnswered):
                    continue
                way, sent_at = sent.get(message.event.drill, (None, heard_at))
                if way and way[1] == verdict.province and waiting.pop(message.event.drill, None):
                    drills.answers[way] = Answer(sent_at, message.event.at, heard_at)

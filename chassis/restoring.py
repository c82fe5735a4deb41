"""Brings a restored database up to its own log: what was published is folded, and nothing is done twice.

The order matters, so that a restore that breaks off can be run again: what was heard is noted before what was
said, because only what was said tells how far it had got, and that is looked up at the beginning.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis import tables
from chassis.arrivals import Name, Read, place_of
from chassis.bulk import fetch, upsert
from chassis.case_state import Arrived
from chassis.cases import Cases, arrays, load_kept, load_queues, lock_cases
from chassis.engine import Engine
from chassis.errors import RefusesToStart
from chassis.ids import uuid7
from chassis.inbox import stream_of
from chassis.log_reading import BATCH, Cluster, open_logs, places_of, read_place
from chassis.refolding import Refolding, tidy
from chassis.relay import LEASE_S
from chassis.vault import learn_key
from schemas.envelope import Received, Refused, decode
from schemas.ids import CaseId
from schemas.keys import KeysErased, KeysIssued

KEYS: Final = "keys"


@dataclass(slots=True)
class Survey:
    """What the own log has and the database has not."""

    events: int = 0
    cases: set[Name] = field(default_factory=set)
    causes: set[str] = field(default_factory=set)
    """The events that these were answers to: so they were applied."""
    incarnations: set[tuple[str, str]] = field(default_factory=set)
    """Own sources, with every incarnation that they wrote under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was done."""

    incarnation: str
    sources: tuple[tuple[str, str], ...]
    """Own sources, with every incarnation that their log has, and the one of now; the oldest first."""
    events: int
    cases: int
    letters: int
    """Letters of others that had been applied."""


class Restoring:
    """The restore of one service. The service does not run meanwhile."""

    def __init__(self, engine: Engine, local: Cluster, exchange: Cluster, writers: Mapping[str, str]) -> None:
        self.engine = engine
        self.service = engine.service
        self.provinces = engine.settings.provinces
        self.local = local
        self.exchange = exchange
        self.refolding = Refolding(engine, writers)
        self.letters = 0
        own = engine.writer
        self.known = {(own.source(province), own.incarnation) for province in self.provinces}
        """Own sources, with the incarnations that this database wrote under."""

    @property
    def database(self) -> AsyncEngine:
        return self.engine.database

    @property
    def shared_topics(self) -> list[str]:
        """Topics beside the own log where own events are numbered, or keys are."""
        partners = self.engine.settings.partners
        return [
            f"cn{province}.{log}"
            for province in self.provinces
            for log in (
                KEYS,
                "ops",
                *(
                    f"partner.{a}"
                    for a in sorted(partners.get(province, ()))
                    if self.service.name == "notify"
                ),
            )
        ]

    async def restore(self, survey: Survey) -> Restored:
        """Everything, in its order. Raises NotKnownHere, and whatever the parts raise; run it again then."""
        await self.take_numbers_and_keys(survey)
        if "mailbox" in self.service.logs:
            await self.take_letters(survey)
        await self.take_events()
        incarnation = await self.finish(survey)
        return Restored(
            incarnation=incarnation,
            sources=tuple(sorted(self.known, key=lambda known: known[::-1])),
            events=survey.events,
            cases=len(survey.cases),
            letters=self.letters,
        )

    # --- Looking -------------------------------------------------------------------------------------------

    async def wait_until_stopped(self) -> None:
        """Raises RefusesToStart while another process writes into this database."""
        for _ in range(int(LEASE_S) + 2):
            async with self.database.connect() as connection:
                held = await connection.execute(
                    text("SELECT count(*) FROM lease WHERE expires_at > clock_timestamp()")
                )
                if not held.scalar_one():
                    return
            await asyncio.sleep(1)
        raise RefusesToStart(
            service=self.service.name,
            reason="a process of it still runs on this database.",
            remedy="Stop every replica, then restore.",
        )

    async def survey(self) -> Survey:
        """Look at the own log; change nothing."""
        survey = Survey()
        async with open_logs(self.local) as consumer:
            for place in await places_of(consumer, self.own_topics()):
                async for records in read_place(consumer, place):
                    await self.survey_some(survey, self.own(records))
        return survey

    async def survey_some(self, survey: Survey, reads: Sequence[Read]) -> None:
        known = await self.sent_of({read.name for read in reads})
        for read in reads:
            envelope = read.message.envelope
            survey.incarnations.add((envelope.source, envelope.incarnation))
            if (envelope.sequence or 0) > known.get(read.name, 0):
                survey.events += 1
                survey.cases.add(read.name)
                if envelope.causationid:
                    survey.causes.add(envelope.causationid)

    async def sent_of(self, names: Iterable[Name]) -> Mapping[Name, int]:
        """How far the database knows that the own log goes, by case."""
        query = "SELECT province, case_id, (sent ->> $3)::bigint AS sent FROM case_row"
        wanted = arrays(list(names))
        where = " WHERE (province, case_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))"
        async with self.database.connect() as connection:
            rows = await fetch(connection, query + where, *wanted, self.service.log)
            return {(row["province"], row["case_id"]): row["sent"] or 0 for row in rows}

    def own_topics(self) -> list[str]:
        return [f"cn{province}.{self.service.log}" for province in self.provinces]

    def own(self, records: Sequence[Arrived]) -> list[Read]:
        """The events among them that this service said about cases."""
        return [
            read
            for read in read_all(records)
            if read.message.envelope.source == self.engine.writer.source(read.name[0])
        ]

    # --- Numbers and keys ----------------------------------------------------------------------------------

    async def take_numbers_and_keys(self, survey: Survey) -> None:
        """Own numbers on shared logs go on; keys are learnt before anything that they sealed."""
        async with open_logs(self.local) as consumer:
            for place in await places_of(consumer, self.shared_topics):
                async for records in read_place(consumer, place):
                    await self.take_shared(read_all(records), survey)

    async def take_shared(self, reads: Sequence[Read], survey: Survey) -> None:
        own = {r.name for r in reads if r.message.envelope.source == self.engine.writer.source(r.name[0])}
        async with self.engine.transaction() as connection:
            known = await known_cases(connection, {read.name for read in reads})
            wanted = own | known | (survey.cases & {read.name for read in reads})
            cases = await lock_cases(connection, wanted)
            await load_kept(connection, cases, (), arrays(cases), vault=True)
            for read in reads:
                if (case := cases.get(read.name)) is None:
                    continue
                envelope = read.message.envelope
                event = read.message.event if isinstance(read.message, Received) else None
                if self.service.opens_seals and isinstance(event, KeysIssued | KeysErased):
                    learn_key(case, event)
                sequence = envelope.sequence or 0
                is_own = envelope.source == self.engine.writer.source(read.name[0])
                if is_own and sequence > case.sent.get(read.log, 0):
                    case.sent[read.log] = sequence
                    case.touched = True
            await self.engine.save(connection, cases)

    # --- Letters -------------------------------------------------------------------------------------------

    async def take_letters(self, survey: Survey) -> None:
        """Letters that own events answered are applied, and so is what came before them."""
        for cluster in {self.local.id: self.local, self.exchange.id: self.exchange}.values():
            async with open_logs(cluster) as consumer:
                topics = [f"cn{province}.mailbox" for province in self.provinces]
                for place in await places_of(consumer, topics):
                    await self.take_mailbox(consumer, cluster, place, survey)

    async def take_mailbox(
        self, consumer: AIOKafkaConsumer, cluster: Cluster, place: TopicPartition, survey: Survey
    ) -> None:
        letters: dict[Name, list[Read]] = {}
        answered: dict[tuple[Name, str], int] = {}
        start = await self.position_of(consumer, cluster, place)
        async for records in read_place(consumer, place, start):
            for read in read_all([r for r in records if self.engine.letter_refused(r) is None]):
                envelope = read.message.envelope
                letters.setdefault(read.name, []).append(read)
                if envelope.id in survey.causes:
                    stream = (read.name, stream_of(read.log, envelope))
                    answered[stream] = max(envelope.sequence or 0, answered.get(stream, 0))
        for names in in_parts(sorted({name for name, _ in answered})):
            async with self.engine.transaction() as connection:
                cases = await self.lock(connection, names)
                for name in names:
                    for read in sorted(letters[name], key=lambda read: read.message.envelope.sequence or 0):
                        envelope = read.message.envelope
                        if (envelope.sequence or 0) <= answered.get((name, stream_of(read.log, envelope)), 0):
                            self.refolding.receive_again(cases[name], read)
                            self.letters += 1
                    tidy(cases[name])
                await self.engine.save(connection, cases)

    async def position_of(self, consumer: AIOKafkaConsumer, cluster: Cluster, place: TopicPartition) -> int:
        """Where the database had come to. What has expired since, its writers send again."""
        named = {"cluster": cluster.id, "topic": place.topic, "partition": place.partition}
        where = " WHERE cluster = :cluster AND topic = :topic AND partition = :partition"
        begin = (await consumer.beginning_offsets([place]))[place]
        async with self.database.begin() as connection:
            moved = text(f"UPDATE position SET next = greatest(next, :begin){where} RETURNING next")
            found = (await connection.execute(moved, {**named, "begin": begin})).scalar_one_or_none()
        return int(max(begin, found or 0))

    # --- The own log ---------------------------------------------------------------------------------------

    async def take_events(self) -> None:
        async with open_logs(self.local) as consumer:
            for place in await places_of(consumer, self.own_topics()):
                async for records in read_place(consumer, place):
                    await self.take_some(self.own(records))

    async def take_some(self, reads: Sequence[Read]) -> None:
        known = await self.sent_of({read.name for read in reads})
        fresh = [r for r in reads if (r.message.envelope.sequence or 0) > known.get(r.name, 0)]
        if not fresh:
            return
        async with self.engine.transaction() as connection:
            cases = await self.lock(connection, {read.name for read in fresh})
            for read in fresh:
                if self.refolding.forgotten(cases[read.name], read):
                    self.refolding.fold(cases[read.name], read)
            for case in cases.values():
                tidy(case)
            await self.engine.save(connection, cases)

    async def lock(self, connection: AsyncConnection, names: Iterable[Name]) -> Cases:
        """With all that they have: a case that is only known by its keys or its queue counts as new."""
        cases = await lock_cases(connection, names)
        wanted, service = arrays(cases), self.service
        await load_kept(connection, cases, tuple(service.stores), wanted, vault=service.opens_seals)
        await load_queues(connection, cases, wanted)
        return cases

    # --- The end -------------------------------------------------------------------------------------------

    async def finish(self, survey: Survey) -> str:
        """A new life of the database: its readers notice, and a person says that it is right."""
        now = self.engine.clock.now()
        incarnation = uuid7(now)
        sources = {self.engine.writer.source(province) for province in self.provinces}
        self.known |= survey.incarnations | {(source, incarnation) for source in sources}
        async with self.database.begin() as connection:
            if self.service.settles:
                await self.service.settles(connection)
            await connection.execute(
                text("UPDATE deployment SET incarnation = :incarnation, made_at = :now"),
                {"incarnation": incarnation, "now": now},
            )
            rows = [{"source": s, "incarnation": i, "known_since": now} for s, i in sorted(self.known)]
            await upsert(connection, tables.known_source, rows, overwrite=False)
            await upsert(connection, tables.acknowledged, await self.ends())
        return incarnation

    async def ends(self) -> list[dict[str, object]]:
        """Nothing that lies on the own logs now is looked at again when the service starts."""
        async with open_logs(self.local) as consumer:
            places = await places_of(consumer, self.own_topics())
            ends = await consumer.end_offsets(places)
        return [
            {"cluster": self.local.id, "topic": p.topic, "partition": p.partition, "offset": end - 1}
            for p, end in ends.items()
            if end
        ]


def in_parts(names: Sequence[Name]) -> list[Sequence[Name]]:
    """So many as one transaction takes."""
    return [names[first : first + BATCH] for first in range(0, len(names), BATCH)]


async def known_cases(connection: AsyncConnection, names: Iterable[Name]) -> set[Name]:
    query = "SELECT province, case_id FROM case_row"
    where = " WHERE (province, case_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))"
    rows = await fetch(connection, query + where, *arrays(list(names)))
    return {(row["province"], row["case_id"]) for row in rows}


def read_all(records: Iterable[Arrived]) -> list[Read]:
    """The records that are about cases; whatever else lies there is not ours to restore."""
    reads: list[Read] = []
    for record in records:
        province, log = place_of(record.topic)
        message = decode(record.key, record.value, headers_of(record, log))
        if isinstance(message, Refused) or message.envelope.sequence is None:
            continue
        reads.append(Read((province, CaseId(message.envelope.subject)), log, record, message))
    return reads


def headers_of(record: Arrived, log: str) -> tuple[tuple[str, bytes | None], ...]:
    """On a partner's topic the value has the public fields alone: of such an event only the place counts."""
    if not log.startswith("partner."):
        return record.headers
    return tuple((n, b"casebridge.partner.view.v1" if n == "ce_type" else v) for n, v in record.headers)

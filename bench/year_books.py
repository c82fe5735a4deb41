"""Two sets of books about one year: what the generator wrote down, and what the logs say. They must agree."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from casebridge.services import load_service
from chassis.folding import Aggregates, Folding
from law.deadlines import day_of
from schemas.cases import ApplicationSubmitted
from schemas.envelope import Message, Received, decode
from schemas.ids import CaseId, Province
from schemas.matters import RecoveryRecorded
from services.mediation.domain.matter import Matter

LOGS = ("cases", "transfers", "matters", "notices")


@dataclass(frozen=True, slots=True, order=True)
class Heading:
    """What the ministry's figures are split by."""

    province: Province
    case_type: str
    channel: str
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Counted by heading; money in fen."""

    cases: Counter[Heading] = field(default_factory=Counter)
    workers: Counter[Heading] = field(default_factory=Counter)
    claimed: Counter[Heading] = field(default_factory=Counter)
    recovered: Counter[Heading] = field(default_factory=Counter)

    def apply(self, heading: Heading, *, workers: int, fen: int) -> None:
        self.cases[heading] += 1
        self.workers[heading] += workers
        self.claimed[heading] += fen

    def pay(self, heading: Heading, fen: int) -> None:
        self.recovered[heading] += fen

    def differences(self, other: "Books") -> Iterator[str]:
        """Where two books do not say the same, to the last fen."""
        for name in ("cases", "workers", "claimed", "recovered"):
            mine, others = getattr(self, name), getattr(other, name)
            for heading in sorted(mine.keys() | others.keys()):
                if mine[heading] != others[heading]:
                    yield f"{name} of {heading}: found {others[heading]}, expected {mine[heading]}"


def month_of(at: datetime) -> str:
    """In China."""
    return f"{day_of(at):%Y-%m}"


@dataclass(kw_only=True)
class Logs:
    """All that the services said in the year."""

    books: Books = field(default_factory=Books)
    events: int = 0
    matters: dict[tuple[Province, CaseId], Aggregates] = field(default_factory=dict)
    facts: dict[CaseId, tuple[str, str]] = field(default_factory=dict)
    """The type and channel of each case."""
    folding: Folding = field(default_factory=lambda: Folding(load_service("mediation").stores))

    def hear(self, province: Province, event: Message) -> None:
        self.events += 1
        match event:
            case ApplicationSubmitted(case_id=case, facts=facts, at=at):
                self.facts[case] = (facts.case_type, facts.channel)
                heading = Heading(province, facts.case_type, facts.channel, month_of(at))
                self.books.apply(heading, workers=facts.members, fen=facts.claim_fen)
            case RecoveryRecorded(case_id=case, amount_fen=fen, at=at):
                self.books.pay(Heading(province, *self.facts[case], month_of(at)), fen)
        if self.folding.folds(type(event)):
            case_id: CaseId = getattr(event, "case_id")  # noqa: B009 - every event that folds is about a case
            self.folding.fold(self.matters.setdefault((province, case_id), {}), event)

    def clocks(self) -> tuple[Counter[str], Sequence[str]]:
        """How many ended how; and those of which nothing says how they end."""
        ends: Counter[str] = Counter()
        lost = []
        for (province, case), aggregates in self.matters.items():
            for kept in aggregates.values():
                if not isinstance(kept.aggregate, Matter):
                    continue
                for clock in kept.aggregate.clocks:
                    ends[clock.state.value] += 1
                    if clock.ended_at is None:
                        lost.append(f"{province} {case}: {clock.name} {clock.state}")
        return ends, lost


async def read_logs(kafka: str, provinces: Sequence[Province]) -> Logs:
    """Log by log, those of applications first: what comes later is about their cases."""
    logs = Logs()
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False)
    await consumer.start()
    try:
        for log in LOGS:
            for province in provinces:
                async for record in records(consumer, f"cn{province}.{log}"):
                    message = decode(record.key, record.value, record.headers)
                    if isinstance(message, Received):
                        logs.hear(province, message.event)
    finally:
        await consumer.stop()
    return logs


async def records(consumer: AIOKafkaConsumer, topic: str) -> Any:
    """Everything on a topic, from its beginning to its end now."""
    await consumer._client._wait_on_metadata(topic)
    places = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]
    ends: Mapping[TopicPartition, int] = await consumer.end_offsets(places)
    consumer.assign(places)
    await consumer.seek_to_beginning(*places)
    while any([await consumer.position(place) < ends[place] for place in places]):
        for several in (await consumer.getmany(timeout_ms=200)).values():
            for record in several:
                yield record

"""What lies on the logs of one slice of cases: each stream without a gap, each number once, in order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebridge.audit.reading import COMPACTED, Logs, Topic
from casebridge.audit.report import Report, Rule
from schemas.envelope import Envelope, Received, Refused, Unknown, decode

StreamKey = tuple[str, str, str]
"""Province of the topic, `<log> <source>`, case id."""


@dataclass(slots=True)
class Stream:
    """One stream as the log shows it."""

    topic: Topic
    whole: bool
    """Whether nothing of it can have expired: then it begins with 1."""
    ids: dict[int, str] = field(default_factory=dict)
    offsets: dict[int, int] = field(default_factory=dict)
    partition: int = 0
    first_inverted: int | None = None

    @property
    def last(self) -> int:
        return max(self.ids, default=0)

    @property
    def missing(self) -> list[int]:
        first = 1 if self.whole else min(self.ids)
        return [number for number in range(first, self.last) if number not in self.ids]


@dataclass(frozen=True, slots=True)
class Said:
    """One event on a log, once, however often it lies there; and what a partner is told about no case."""

    topic: Topic
    case_id: str
    """Of what is about no case: who is told."""
    envelope: Envelope
    message: Received | Unknown


@dataclass(slots=True)
class Seen:
    """All that the logs say about one slice of cases."""

    number: int
    streams: dict[StreamKey, Stream] = field(default_factory=dict)
    whole: dict[Topic, bool] = field(default_factory=dict)
    """Whether the partition of this slice still has its first record."""

    def last(self, province: str, stream: str, case_id: str) -> int:
        found = self.streams.get((province, stream, case_id))
        return found.last if found else 0


Place = tuple[str, str, int, int]
"""Cluster, topic, partition and offset of a record."""

Quarantine = Mapping[Place, bool]
"""Records that a service has put aside; true where another one has taken it in."""


async def read_slice(
    logs: Logs, number: int, report: Report, aside: Quarantine, each: Callable[[Said], None]
) -> Seen:
    """Read one slice of all topics; `each` is called once for every event, in the order of its stream."""
    seen = Seen(number)
    for topic in logs.extents:
        seen.whole[topic] = logs.whole(topic, number)
        async for record in logs.read(topic, number):
            look_at(seen, topic, record, report, aside, each, logs)
    for key, stream in seen.streams.items():
        check_stream(key, stream, report)
    return seen


def look_at(
    seen: Seen,
    topic: Topic,
    record: Any,
    report: Report,
    aside: Quarantine,
    each: Callable[[Said], None],
    logs: Logs,
) -> None:
    where = f"{topic.name}[{record.partition}]@{record.offset}"
    taken_in = aside.get((topic.cluster, topic.name, record.partition, record.offset))
    first_visit = seen.number < len(logs.extents[topic])
    if taken_in is not None:
        report.counts["records in quarantine"] += first_visit
    if taken_in is False:
        return
    message = decode(record.key, record.value, record.headers)
    if topic.log.startswith("partner."):
        message = partner_view(record.key, record.headers, message)
    if isinstance(message, Refused):
        if first_visit:
            report.add(Rule.UNREADABLE, where, f"{message.reason}: {message.detail}")
        return
    envelope = message.envelope
    if envelope.sequence is None:
        report.counts["messages about no case"] += first_visit
        if first_visit and topic.log.startswith("partner."):
            each(Said(topic, envelope.subject, envelope, message))
        return
    if not logs.of_slice(topic, record.key, seen.number):
        misplaced(logs, topic, record, report, where)
        return
    report.counts[f"records on {topic.log.partition('.')[0]}"] += 1
    key = (topic.province, f"{topic.log} {envelope.source}", envelope.subject)
    stream = seen.streams.setdefault(key, Stream(topic, seen.whole[topic]))
    if note(stream, envelope, record, report, where):
        each(Said(topic, envelope.subject, envelope, message))


def misplaced(logs: Logs, topic: Topic, record: Any, report: Report, where: str) -> None:
    """A topic with fewer partitions holds other slices in the same one; but another partition is wrong."""
    parts = len(logs.extents[topic])
    for number in range(logs.slices):
        if logs.of_slice(topic, record.key, number) and number % parts != record.partition:
            report.add(
                Rule.REORDERED, where, f"its key belongs to partition {number % parts}: order is not kept"
            )


def note(stream: Stream, envelope: Envelope, record: Any, report: Report, where: str) -> bool:
    """Put the record into its stream; False when it lay there before."""
    sequence = envelope.sequence or 0
    known = stream.ids.get(sequence)
    if known is not None:
        report.counts["records sent again"] += 1
        if known != envelope.id:
            told = f"{where} {envelope.source} case {envelope.subject}"
            report.add(Rule.DOUBLED, told, f"there are two events {sequence}")
        return False
    if stream.ids and sequence < stream.last and stream.first_inverted is None:
        stream.first_inverted = sequence
    stream.partition = record.partition
    stream.ids[sequence], stream.offsets[sequence] = envelope.id, record.offset
    return True


def check_stream(key: StreamKey, stream: Stream, report: Report) -> None:
    _, name, case_id = key
    where = f"cn{key[0]} {name} case {case_id}"
    report.counts["streams"] += 1
    missing = stream.missing if stream.topic.log != COMPACTED else []
    if missing:
        report.add(
            Rule.LOST, where, f"the log has {len(stream.ids)} of {stream.last}, first not: {missing[0]}"
        )
    if stream.first_inverted is not None:
        report.add(Rule.REORDERED, where, f"{stream.first_inverted} lies behind what follows it")


def partner_view(key: Any, headers: Any, message: Any) -> Any:
    """A partner's log has the public view of an event; its envelope is all that is looked at here."""
    if not isinstance(message, Refused):
        return message
    strange = [(n, b"casebridge.partner.view.v1" if n == "ce_type" else v) for n, v in headers]
    return decode(key, b"{}", strange)


def in_order(said: Iterable[Said]) -> list[Said]:
    """Of several logs of a case: each stream in its own order."""
    return sorted(said, key=lambda one: (one.topic.name, one.envelope.source, one.envelope.sequence or 0))

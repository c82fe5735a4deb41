"""Puts an own event back into a case whose database has forgotten it: its effect, its number, its letter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from chassis.arrivals import Read
from chassis.case_state import NOT_TOLD, CaseState
from chassis.chain import keep_received, note_heard, note_sent
from chassis.engine import Engine
from chassis.errors import ChassisError
from chassis.folding import Folding
from chassis.inbox import GAP, stream_of
from chassis.unit_of_work import Stimulus
from chassis.writing import letter_from
from schemas.envelope import Envelope, Event, Letter, Unknown


@dataclass(eq=False)
class NotKnownHere(ChassisError):
    """{topic} has events of type {type}, which this release does not know: use the one that wrote them."""

    zh: ClassVar[str] = "{topic}中有本版本不认识的事件类型{type}：请使用写入它的版本。"
    topic: str
    type: str


@dataclass(eq=False)
class RecallSpoke(ChassisError):
    """{service} said something when it was to recall {type}: nothing new may be said of the past."""

    zh: ClassVar[str] = "{service}在恢复{type}时发出了新事件：对过去不得有新的陈述。"
    service: str
    type: str


class Refolding:
    """One service's events, folded again. `writers` says which service writes each log."""

    def __init__(self, engine: Engine, writers: Mapping[str, str]) -> None:
        self.engine = engine
        self.service = engine.service
        self.writers = writers
        self.folding = Folding(engine.service.stores)

    def forgotten(self, case: CaseState, read: Read) -> bool:
        """Whether the database has not said it yet, as far as it knows."""
        return (read.message.envelope.sequence or 0) > case.sent.get(read.log, 0)

    def fold(self, case: CaseState, read: Read) -> None:
        """Take one event of the own log back. Raises NotKnownHere."""
        envelope = read.message.envelope
        if isinstance(read.message, Unknown):
            raise NotKnownHere(topic=read.record.topic, type=envelope.type)
        event = read.message.event
        if self.folding.folds(type(event)):
            case.put(*self.folding.folded(case.aggregates, event))
        if self.service.recalls and isinstance(event, Event):
            self.recall(case, event)
        if isinstance(event, Letter) and envelope.mailboxsequence:
            self.write_again(case, event, envelope, read.record.value or b"")
        self.note_causes(case, envelope)
        case.sent[read.log] = envelope.sequence or 0
        case.touched = True

    def recall(self, case: CaseState, event: Event) -> None:
        """What lies beside the aggregates: the vault, and rows of other tables."""
        assert self.service.recalls
        uow = self.engine.unit(case, Stimulus(case_id=case.case_id))
        self.service.recalls(event, uow)
        if uow.said or uow.overlay:
            raise RecallSpoke(service=self.service.name, type=event.type)
        uow.vault.merge()
        case.rows += uow.rows

    def write_again(self, case: CaseState, event: Letter, envelope: Envelope, value: bytes) -> None:
        """Keep the letter as it lies in the mailbox, or should: if no mark covers it, it is sent again."""
        letter = letter_from(envelope, event, value, self.engine.keyring)
        case.letters.append(letter)
        case.sent[f"mailbox:{letter.to_province}"] = letter.sequence
        note_sent(case, letter.to_province, letter.record)

    def note_causes(self, case: CaseState, envelope: Envelope) -> None:
        """What the event came after was applied then, and must not be applied once more."""
        for log, sequence in envelope.after.items():
            case.after[log] = max(sequence, case.after.get(log, 0))
            if log in self.service.logs and log in self.writers:
                raise_to(case, f"{log} /cn{case.province}/{self.writers[log]}", sequence)

    # --- Letters that were answered ------------------------------------------------------------------------

    def receive_again(self, case: CaseState, read: Read) -> None:
        """Count a letter as applied without its effect, which the own log has brought already."""
        envelope = read.message.envelope
        stream, sequence = stream_of(read.log, envelope), envelope.sequence or 0
        if sequence <= case.inbox.get(stream, (0, 0))[1]:
            return
        keep_received(case, envelope, read.record)
        note_heard(case, envelope, read.record)
        if envelope.marks is not None:
            case.covered[envelope.province] = envelope.marks
        raise_to(case, stream, sequence, told=NOT_TOLD)


def raise_to(case: CaseState, stream: str, sequence: int, *, told: int | None = None) -> None:
    """Everything of the stream up to the sequence is applied."""
    received, applied, *marked = case.inbox.get(stream, (0, 0))
    if sequence > applied:
        marked = marked if told is None else [told]
        case.inbox[stream] = [max(received, sequence), sequence, *marked]
        case.touched = True


def tidy(case: CaseState) -> None:
    """Take out of the queue what is applied by now, and let the case go if that held it."""
    for (stream, sequence), item in list(case.queue.items()):
        if sequence <= case.inbox.get(stream, (0, 0))[1]:
            case.unqueue(item)
    hold = case.hold
    if hold and hold.stream and (hold.stream, hold.sequence) not in case.queue:
        case.hold = None
        case.touched = True
        for item in list(case.queue.values()):
            # What waits for a cause is tried again when the service runs; what waits for a release is not.
            case.enqueue(replace(item, cause=GAP, awaits="the start after a restore", new=True))

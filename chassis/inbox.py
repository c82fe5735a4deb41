"""Decides what becomes of an arrived event: applied once, in order, after its causes; or queued, visibly."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from chassis.case_state import CaseState, Queued
from chassis.vault import sealed_key_ids
from schemas.envelope import Envelope, Letter, Received, Unknown

GAP, BEHIND, KEY, INCARNATION, HELD, POISON = "gap", "behind", "key", "incarnation", "held", "poison"

WAITING = frozenset({GAP, BEHIND, KEY, INCARNATION})
"""Causes that go away by themselves when the awaited event arrives."""


class Fate(StrEnum):
    """What becomes of an arrived event."""

    DUPLICATE = "duplicate"
    APPLY = "apply"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Verdict:
    fate: Fate
    cause: str = ""
    awaits: str = ""


APPLY = Verdict(Fate.APPLY)
DUPLICATE = Verdict(Fate.DUPLICATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What this service reads: the logs of its provinces, and which incarnation of each source it accepts."""

    logs: frozenset[str]
    incarnations: dict[str, frozenset[str]]
    opens_seals: bool

    def knows(self, source: str, incarnation: str) -> bool:
        """A source that was never seen is accepted with the incarnation that it shows first."""
        known = self.incarnations.get(source)
        return known is None or incarnation in known


def stream_of(log: str, envelope: Envelope) -> str:
    """A stream is a log, a source and a case; within a case the first two name it."""
    return f"{log} {envelope.source}"


def judge(
    case: CaseState,
    log: str,
    stream: str,
    read: Received | Unknown,
    reader: Reader,
    *,
    again: bool = False,
) -> Verdict:
    """What to do with an event that arrived on `log`, given what this case has received and applied.

    `again` judges one that was received before and taken out of the queue.
    """
    sequence = read.envelope.sequence or 0
    received, applied = case.inbox.get(stream, (0, 0))[:2]
    if sequence <= (applied if again else received) or (stream, sequence) in case.queue:
        return DUPLICATE
    if case.hold is not None:
        return Verdict(Fate.QUEUE, HELD, f"release of the case, held because of {case.hold.cause}")
    if sequence > applied + 1 and log not in COMPACTED:
        return Verdict(Fate.QUEUE, GAP, f"{stream} {applied + 1}")
    return wait_for_causes(case, log, read, reader)


def wait_for_causes(case: CaseState, log: str, read: Received | Unknown, reader: Reader) -> Verdict:
    """Apply the next event of a stream, unless something that came before it is not here yet."""
    envelope = read.envelope
    if not reader.knows(envelope.source, envelope.incarnation):
        return Verdict(Fate.QUEUE, INCARNATION, f"adoption of {envelope.source} {envelope.incarnation}")
    if log == "mailbox":
        return APPLY  # what a letter came after lies in logs of another province
    if envelope.province == case.province:
        for other, sequence in envelope.after.items():
            if other in reader.logs and case.applied_of(other) < sequence:
                return Verdict(Fate.QUEUE, BEHIND, f"{other} {sequence}")
        # What a letter seals is for its addressee: the copy on the own log has nothing for us to open.
        if reader.opens_seals and isinstance(read, Received) and not isinstance(read.event, Letter):
            for key_id in sealed_key_ids(read.event):
                if key_id not in case.keys:
                    return Verdict(Fate.QUEUE, KEY, f"key {key_id}")
    return APPLY


def next_in_queue(
    case: CaseState,
    reader: Reader,
    read: Callable[[Queued], Received | Unknown],
    *,
    without: Collection[tuple[str, int]] = (),
) -> Queued | None:
    """The first queued event that can be applied now, or None. Order within each stream is kept.

    `without` names streams and sequences that were tried in vain.
    """
    if case.hold is not None:
        return None
    for item in sorted(case.queue.values(), key=lambda item: (item.stream, item.sequence)):
        if (item.stream, item.sequence) in without:
            continue
        applied = case.inbox.get(item.stream, (0, 0))[1]
        log = item.stream.partition(" ")[0]
        is_next = item.sequence == applied + 1 or log in COMPACTED
        if is_next and wait_for_causes(case, log, read(item), reader) is APPLY:
            return item
    return None


def note_causes(case: CaseState, log: str, envelope: Envelope) -> None:
    """What this case's next events come after: the applied event, and what that came after itself.

    It was counted as applied before, so that the case is saved.
    """
    if log == "mailbox" or envelope.province != case.province:
        return
    for name, sequence in envelope.after.items():
        if sequence > case.after.get(name, 0):
            case.after[name] = sequence
    if log in CAUSAL_LOGS and (reached := envelope.sequence or 0) > case.after.get(log, 0):
        case.after[log] = reached


COMPACTED = frozenset({"keys"})
"""Logs that keep the last record of a case alone: what is missing before it was replaced by it."""

CAUSAL_LOGS = frozenset({"cases", "transfers", "matters", "notices"})
"""Logs with one writing service each: a position says what was applied. `keys` and `ops` have many."""

"""Sorts a poll: events of cases, messages about no case, and bytes that are nothing of ours."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from chassis.case_state import Arrived
from schemas.envelope import Received, Record, Refused, Unknown, decode
from schemas.ids import CaseId, Province
from schemas.mailbox import DrillAnswered, DrillSent, LettersCounted, LettersMarked

if TYPE_CHECKING:
    from chassis.engine import Engine

Name = tuple[Province, CaseId]

ABOUT_LETTERS = (LettersMarked, LettersCounted)

AT_ONCE = 25
"""Records: some 300 µs."""


class StrayReason(StrEnum):
    """Why a record is applied to no case although its bytes, or some of them, can be read."""

    LETTER_REFUSED = "letter-refused"
    """The keyring's `Distrust` is the first word of the detail."""
    WRONG_LOG = "wrong-log"
    NOT_THE_SENDER = "not-the-sender"
    NO_SEQUENCE = "no-sequence"


class Read(NamedTuple):
    """An arrived record that was understood, with the log and the case that it belongs to."""

    name: Name
    log: str
    record: Arrived
    message: Received | Unknown


@dataclass(frozen=True, slots=True)
class Stray:
    """A record that cannot be applied to any case, and why."""

    province: Province
    record: Arrived
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """A poll, sorted. `records` are all of them, in the order of their partitions."""

    records: Sequence[Arrived]
    reads: list[Read] = field(default_factory=list)
    marks: list[tuple[Province, LettersMarked]] = field(default_factory=list)
    statements: list[tuple[LettersCounted, Arrived]] = field(default_factory=list)
    drills: list[tuple[Province, Province, DrillSent]] = field(default_factory=list)
    """Trial letters: whose mailbox they lay in, and who signed them."""
    strays: list[Stray] = field(default_factory=list)


@lru_cache(maxsize=1024)
def place_of(topic: str) -> tuple[Province, str]:
    """`cn44.transfers` -> `44`, `transfers`."""
    province, _, log = topic.partition(".")
    return Province(province.removeprefix("cn")), log


def sort_arrivals(records: Sequence[Arrived], engine: "Engine") -> Arrivals:
    """Read every record. Total: whatever the bytes are, each record ends in one of the lists."""
    arrivals = Arrivals(records)
    for record in records:
        sort_one(arrivals, record, engine)
    in_time(arrivals.reads)
    return arrivals


async def sort_between(records: Sequence[Arrived], engine: "Engine") -> Arrivals:
    """The same, a few at a time: what others wait for is taken up in between."""
    arrivals = Arrivals(records)
    for begin in range(0, len(records), AT_ONCE):
        for record in records[begin : begin + AT_ONCE]:
            sort_one(arrivals, record, engine)
        await asyncio.sleep(0)
    in_time(arrivals.reads)
    return arrivals


def in_time(reads: list[Read]) -> None:
    """Causes mostly come first then, across logs too; what does not waits for the rest of the batch."""
    reads.sort(key=lambda read: read.message.envelope.recordedtime)


def sort_one(arrivals: Arrivals, record: Arrived, engine: "Engine") -> None:
    province, log = place_of(record.topic)
    # The signature comes before anything else: what nobody trusted has signed is not even read.
    if log == "mailbox" and (refusal := engine.letter_refused(record)):
        arrivals.strays.append(Stray(province, record, StrayReason.LETTER_REFUSED, refusal))
        return
    message = decode(record.key, record.value, record.headers)
    if isinstance(message, Refused):
        arrivals.strays.append(Stray(province, record, message.reason, message.detail))
        return
    if log != "mailbox" and message.envelope.province != province:
        detail = f"found a source of {message.envelope.province} on a log of {province}"
        arrivals.strays.append(Stray(province, record, StrayReason.WRONG_LOG, detail))
        return
    event = message.event if isinstance(message, Received) else None
    if isinstance(event, ABOUT_LETTERS) and event.sender != message.envelope.province:
        detail = f"found a letter of {message.envelope.province} that speaks for {event.sender}"
        arrivals.strays.append(Stray(province, record, StrayReason.NOT_THE_SENDER, detail))
    elif isinstance(event, LettersMarked):
        arrivals.marks.append((province, event))
    elif isinstance(event, LettersCounted):
        arrivals.statements.append((event, record))
    elif log == "mailbox" and isinstance(message, Received) and isinstance(message.event, DrillSent):
        arrivals.drills.append((province, message.envelope.province, message.event))
    elif log == "mailbox" and isinstance(message, Received) and isinstance(message.event, DrillAnswered):
        pass  # who asked reads it in the mailbox himself
    elif message.envelope.sequence is None:
        if log != "ops":  # what is said to operators about no case needs no order
            detail = "an event of a case has a sequence"
            arrivals.strays.append(Stray(province, record, StrayReason.NO_SEQUENCE, detail))
    else:
        name = (province, CaseId(message.envelope.subject))
        arrivals.reads.append(Read(name, log, record, message))


def record_of(record: Arrived) -> Record:
    """The record as the contract sees it; only for one that was decoded."""
    headers = tuple([(name, raw if raw is not None else b"") for name, raw in record.headers])
    return Record(key=record.key or b"", value=record.value or b"", headers=headers)

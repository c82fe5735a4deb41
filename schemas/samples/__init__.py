"""Frozen samples: one record of every message type, as it was written once and must be readable for ever.

They tell one story: a family from Sichuan calls the hotline in Guangdong, and their case goes to the
workstation of their home province. Each aggregate's samples fold in the order of their times; those of
different aggregates do not always belong together, as an offer cannot be both accepted and rejected.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from schemas.envelope import Message, Received, Record, decode
from schemas.facts import CaseFacts
from schemas.transfers import CustodyBegun

M = TypeVar("M", bound=Message)

FOLDER = Path(__file__).parent


class NoSample(LookupError):
    """A message type has no frozen sample, or one that cannot be read."""


def record_of(type: str) -> Record:
    """The sample of a message type as a Kafka record.

    Raises:
        NoSample: if there is no file for it.
    """
    path = FOLDER / f"{type}.json"
    if not path.exists():
        raise NoSample(f"found no schemas/samples/{path.name}, expected one for every message type")
    return read_record(path.read_text(encoding="utf-8"))


def read_record(text: str) -> Record:
    """A record from the text of a sample: `{"key": …, "headers": {…}, "value": {…}}`, all in order."""
    said = json.loads(text)
    return Record(
        key=said["key"].encode(),
        headers=tuple((name, value.encode()) for name, value in said["headers"].items()),
        value=json.dumps(said["value"], ensure_ascii=False, separators=(",", ":")).encode(),
    )


@cache
def received(type: str) -> Received:
    """The sample of a message type with its envelope."""
    record = record_of(type)
    found = decode(record.key, record.value, record.headers)
    if not isinstance(found, Received):
        raise NoSample(f"{type}: found {found}, expected a readable sample")
    return found


def a(kind: type[M], /, **said: Any) -> M:
    """The frozen sample of that kind, with what is said otherwise: `a(OfferAccepted, epoch=2)`."""
    sample = received(kind.type).event
    return kind(**{name: getattr(sample, name) for name in kind.model_fields} | said)


def facts(**said: Any) -> CaseFacts:
    """The facts that all samples share, with what is said otherwise: `facts(members=24)`."""
    shared = a(CustodyBegun).facts
    return CaseFacts(**{name: getattr(shared, name) for name in CaseFacts.model_fields} | said)

"""The file of receipts: a line for what it is about, one for each letter, one that closes it, signed.

Each line is JSON as `line_of` writes it and in no other way, so that no byte can change without being seen.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from schemas.envelope import Record
from schemas.ids import CaseId, Province, TransferId

L = TypeVar("L", bound="Line")

FORMAT = "casebridge receipts 1"


class NotALine(ValueError):
    """A line is not what `line_of` writes; the sentence says what it should be."""


class Line(BaseModel):
    """What a line says."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Head(Line):
    """What the file is about."""

    format: str = FORMAT
    transfer: TransferId
    case: CaseId
    provinces: tuple[Province, Province]
    """Who writes the file, and the other side."""


class Kept(Line):
    """A letter, byte for byte, with the mailbox that it lay in."""

    topic: str
    key: str
    headers: tuple[tuple[str, str], ...]
    value: str

    @classmethod
    def of(cls, topic: str, record: Record) -> "Kept":
        """Raises UnicodeDecodeError; what was verified as a letter has UTF-8 alone."""
        headers = tuple((name, raw.decode()) for name, raw in record.headers)
        return cls(topic=topic, key=record.key.decode(), headers=headers, value=record.value.decode())

    @property
    def record(self) -> Record:
        headers = tuple((name, text.encode()) for name, text in self.headers)
        return Record(key=self.key.encode(), value=self.value.encode(), headers=headers)


class Closing(Line):
    """Who wrote the file and when. Its signature covers every line, so that none can be dropped or moved."""

    province: Province
    at: AwareDatetime
    lines: tuple[str, ...]
    """The digest of each line before this one."""
    key_id: str
    signature: str
    """Base64, over `closed_bytes`."""


def closed_bytes(province: Province, at: datetime, lines: Sequence[str], key_id: str) -> bytes:
    """What the signature of the closing line covers."""
    return "\n".join((FORMAT, province, at.isoformat(), key_id, *lines)).encode()


def line_of(said: Line) -> bytes:
    """A line without its end."""
    return json.dumps(said.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")).encode()


def read_line(kind: type[L], line: bytes) -> L:
    """Raises NotALine."""
    try:
        said = kind.model_validate_json(line)
    except ValidationError as error:
        where = ", ".join(".".join(map(str, each["loc"])) or "the line" for each in error.errors()[:3])
        raise NotALine(f"expected what `receipts export` writes; it differs at {where}") from None
    if line_of(said) != line:
        raise NotALine("expected the bytes that `receipts export` writes; they say the same otherwise")
    return said

"""What a province takes along, in a folder: the rows of each database, its logs, and what they must fit."""

import hashlib
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from chassis.errors import ChassisError
from schemas.ids import Province

MANIFEST: Final = "manifest.json"


@dataclass(eq=False)
class FolderUnfit(ChassisError):
    """{place}: found {found}, expected {expected}."""

    place: str
    found: str
    expected: str


class Written(BaseModel):
    """A file of the folder, as it was when it was written."""

    model_config = ConfigDict(frozen=True)
    name: str
    sha256: str
    records: int
    """Rows, or records of a log."""


class Place(BaseModel):
    """How far something was in a partition."""

    model_config = ConfigDict(frozen=True)
    topic: str
    partition: int
    offset: int


class Database(BaseModel):
    """What the database of one service gave out."""

    model_config = ConfigDict(frozen=True)
    revisions: tuple[str, ...]
    incarnation: str
    made_at: str
    tables: Mapping[str, Written]
    known_sources: tuple[tuple[str, str, str], ...]
    """Source, incarnation, since when."""
    local_positions: tuple[Place, ...]
    exchange_positions: tuple[Place, ...]
    acknowledged: tuple[Place, ...]
    """Of own logs, on the local cluster."""


class Manifest(BaseModel):
    """The folder's table of contents. It is written last: a folder without one is not whole."""

    model_config = ConfigDict(frozen=True)
    province: Province
    local_cluster: str
    exchange_cluster: str
    keys: tuple[str, ...]
    """Ids of the province's own keys, which do not travel in the folder."""
    databases: Mapping[str, Database]
    logs: Mapping[str, Written]
    """By `topic/partition`."""


def write_json(path: Path, value: BaseModel) -> None:
    """Whole or not at all, and on the disk when it returns."""
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(value.model_dump_json(indent=1).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_json(path: Path, kind: type[BaseModel]) -> Any:
    """Raises FolderUnfit."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FolderUnfit(str(path), type(error).__name__, "a file of `casebridge move export`") from None
    except ValidationError:
        raise FolderUnfit(str(path), "something else", "a file of `casebridge move export`") from None


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def noted(folder: Path, name: str, records: int) -> Written:
    """A file that was written: on the disk, and what it was."""
    with (folder / name).open("rb") as file:
        os.fsync(file.fileno())
    return Written(name=name, sha256=digest_of(folder / name), records=records)


def check_files(folder: Path, files: Iterable[Written]) -> None:
    """Raises FolderUnfit where one is not what was written."""
    for file in files:
        path = folder / file.name
        if not path.exists() or digest_of(path) != file.sha256:
            raise FolderUnfit(str(path), "another file or none", "the one that was written")


# --- Records of a log, a line each -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Logged:
    """A record as it lay in the log, with where and since when."""

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]

    @property
    def bytes_of_it(self) -> tuple[bytes | None, bytes | None, tuple[tuple[str, bytes | None], ...]]:
        return self.key, self.value, self.headers


def line_of(record: Logged) -> str:
    def text(raw: bytes | None) -> str | None:
        return None if raw is None else b64encode(raw).decode()

    headers = [[name, text(raw)] for name, raw in record.headers]
    return json.dumps([record.offset, record.timestamp, text(record.key), text(record.value), headers])


def read_records(path: Path) -> Iterator[Logged]:
    """The records of a partition in their order."""

    def raw(text: str | None) -> bytes | None:
        return None if text is None else b64decode(text)

    with path.open(encoding="ascii") as lines:
        for line in lines:
            offset, timestamp, key, value, headers = json.loads(line)
            named = tuple((name, raw(each)) for name, each in headers)
            yield Logged(offset, timestamp, raw(key), raw(value), named)


def offsets_of(path: Path) -> Sequence[int]:
    """Where the records lay: a log that expired or was compacted does not begin at 0, or has gaps."""
    return [record.offset for record in read_records(path)]

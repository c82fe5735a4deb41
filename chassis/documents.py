"""Where the bytes of documents lie: a small interface, and a local folder behind it.

A store sees ciphertext alone. Names are ids that mean nothing: who reads the folder cannot even tell whether
a case holds a document that he knows, and after an erasure nothing there says what it was.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, ClassVar, NamedTuple, Protocol

from chassis.errors import ChassisError
from schemas.ids import CaseId, DocumentId, Province

READ_BYTES = 65_536


class DocumentName(NamedTuple):
    """Under what a document is kept."""

    province: Province
    case_id: CaseId
    id: DocumentId


@dataclass(eq=False)
class DocumentNotHere(ChassisError):
    """The bytes of document {id} are not here."""

    zh: ClassVar[str] = "材料 {id} 的内容不在本处。"
    id: str
    status: ClassVar[int] = 404


class DocumentStore(Protocol):
    """What a store of documents offers. Writing is whole or not at all, and durable on return."""

    async def write(self, name: DocumentName, parts: AsyncIterator[bytes]) -> None: ...

    def read(self, name: DocumentName) -> AsyncIterator[bytes]:
        """In pieces of any size. Raises DocumentNotHere."""
        ...

    async def remove(self, name: DocumentName) -> None:
        """What is not there is removed already."""
        ...

    async def remove_case(self, province: Province, case_id: CaseId) -> None:
        """All documents of a case."""
        ...

    async def older_than(self, age: timedelta, province: Province) -> Sequence[DocumentName]:
        """What was last written longer ago, whole or not, by the clock that says when it was: the store's.

        What is not whole has a name of no document.
        """
        ...


@dataclass(frozen=True, slots=True)
class FolderStore:
    """Documents in a folder, which several replicas of a service may share."""

    folder: Path

    async def write(self, name: DocumentName, parts: AsyncIterator[bytes]) -> None:
        """Beside its place first, so that half a document is never found."""
        path = self._path(name)
        beside = path.with_suffix(".part")
        file = await asyncio.to_thread(_opened, beside)
        try:
            async for part in parts:
                await asyncio.to_thread(file.write, part)
            await asyncio.to_thread(_put_in_place, file, beside, path)
        except BaseException:
            file.close()
            beside.unlink(missing_ok=True)
            raise

    async def read(self, name: DocumentName) -> AsyncIterator[bytes]:
        try:
            file = await asyncio.to_thread(self._path(name).open, "rb")
        except FileNotFoundError:
            raise DocumentNotHere(name.id) from None
        try:
            while piece := await asyncio.to_thread(file.read, READ_BYTES):
                yield piece
        finally:
            file.close()

    async def remove(self, name: DocumentName) -> None:
        await asyncio.to_thread(self._path(name).unlink, missing_ok=True)

    async def remove_case(self, province: Province, case_id: CaseId) -> None:
        await asyncio.to_thread(shutil.rmtree, self.folder / province / case_id, ignore_errors=True)

    async def older_than(self, age: timedelta, province: Province) -> Sequence[DocumentName]:
        return await asyncio.to_thread(_older, self.folder / province, age.total_seconds(), province)

    def _path(self, name: DocumentName) -> Path:
        # Ids begin with a letter or digit and have no slash, by their type: they stay in the folder.
        return self.folder / name.province / name.case_id / name.id


def _older(folder: Path, age_s: float, province: Province) -> list[DocumentName]:
    found: list[DocumentName] = []
    if not folder.exists():
        return found
    moment_s = _stamped_now(folder) - age_s
    for path in sorted(folder.glob("*/*")):
        with suppress(FileNotFoundError):  # removed meanwhile
            if path.stat().st_mtime < moment_s:
                found.append(DocumentName(province, CaseId(path.parent.name), DocumentId(path.name)))
    return found


def _stamped_now(folder: Path) -> float:
    """Now, as files are stamped there: a service's clock may run ahead, another machine may hold them."""
    with TemporaryFile(dir=folder) as nameless:
        return os.fstat(nameless.fileno()).st_mtime


def _opened(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _put_in_place(file: IO[bytes], beside: Path, path: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

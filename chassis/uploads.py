"""Takes a document in as it comes over HTTP: looked at, counted, encrypted, and never whole in memory."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import ClassVar

from chassis.crypto import Suite
from chassis.document_parts import sealed_parts
from chassis.documents import DocumentName, DocumentStore
from chassis.errors import ChassisError
from chassis.media_types import LOOKED_AT, media_type_of

LARGEST_DOCUMENT = 50_000_000
"""Bytes. A scan of some hundred pages, a recording of an hour."""


@dataclass(eq=False)
class DocumentTooLarge(ChassisError):
    """The document is larger than {expected} bytes."""

    zh: ClassVar[str] = "材料超过 {expected} 字节。"
    expected: int
    status: ClassVar[int] = 413


@dataclass(eq=False)
class DocumentEmpty(ChassisError):
    """The document is empty: send its bytes as the body of the request."""

    zh: ClassVar[str] = "材料为空：请在请求正文中发送材料内容。"
    status: ClassVar[int] = 422


@dataclass(slots=True, kw_only=True)
class Staged:
    """A document that lies in the store, and that no event speaks of yet."""

    name: DocumentName
    key: bytes = field(repr=False)
    media_type: str
    sha256: str
    size_bytes: int
    kept: bool = False
    """Whether an event speaks of it now; what is not kept is removed again."""


@dataclass(slots=True)
class Counting:
    """What passes by: its digest and its length, which must not be too much."""

    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    size_bytes: int = 0

    async def through(self, beginning: bytes, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Raises DocumentTooLarge at the first byte too many."""
        self.take(beginning)
        yield beginning
        async for piece in pieces:
            self.take(piece)
            yield piece

    def take(self, piece: bytes) -> None:
        self.size_bytes += len(piece)
        if self.size_bytes > LARGEST_DOCUMENT:
            raise DocumentTooLarge(expected=LARGEST_DOCUMENT)
        self.digest.update(piece)


async def stage(
    name: DocumentName, pieces: AsyncIterator[bytes], stated: str | None, store: DocumentStore, suite: Suite
) -> Staged:
    """Put a document into the store under a key of its own.

    Raises:
        TypeRefused: if it is of no type that is taken, or of another than was stated.
        DocumentTooLarge, DocumentEmpty: if so; nothing stays then.
    """
    beginning = await beginning_of(pieces)
    if not beginning:
        raise DocumentEmpty
    media_type, key, counting = media_type_of(beginning, stated), suite.new_secret(), Counting()
    await store.write(name, sealed_parts(counting.through(beginning, pieces), name, key, suite))
    return Staged(
        name=name,
        key=key,
        media_type=media_type,
        sha256=counting.digest.hexdigest(),
        size_bytes=counting.size_bytes,
    )


async def beginning_of(pieces: AsyncIterator[bytes]) -> bytes:
    """Enough bytes to say what it is, or all that there are."""
    beginning = b""
    async for piece in pieces:
        beginning += piece
        if len(beginning) >= LOOKED_AT:
            break
    return beginning

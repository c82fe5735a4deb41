"""A document encrypted part by part, so that none need be whole in memory.

Each document has a key of its own, which lies sealed under the key of its case: whoever erases that one
erases the document. Every part is bound to its document, its place and whether it is the last: parts cannot
be exchanged, left out or cut off.
"""

from collections.abc import AsyncIterator

from chassis.crypto import CannotOpen, Suite
from chassis.documents import DocumentName

PART_BYTES = 65_536
LENGTH_BYTES = 4
LARGEST_BOX = PART_BYTES + 1024
"""More than any suite adds to a part."""


async def sealed_parts(
    pieces: AsyncIterator[bytes], name: DocumentName, key: bytes, suite: Suite
) -> AsyncIterator[bytes]:
    """The document as it is stored: of each part its length and its box."""
    place, waiting = 0, b""
    async for piece in pieces:
        waiting += piece
        while len(waiting) > PART_BYTES:  # the last part is never empty, unless the document is
            part, waiting = waiting[:PART_BYTES], waiting[PART_BYTES:]
            yield framed(suite.encrypt(key, part, context_of(name, place, last=False)))
            place += 1
    yield framed(suite.encrypt(key, waiting, context_of(name, place, last=True)))


async def opened_parts(
    pieces: AsyncIterator[bytes], name: DocumentName, key: bytes, suite: Suite
) -> AsyncIterator[bytes]:
    """The document again. Raises CannotOpen at the part that was changed, or where the rest is missing."""
    place, before = 0, None
    async for box in boxes(pieces):
        if before is not None:
            yield suite.decrypt(key, before, context_of(name, place, last=False))
            place += 1
        before = box
    if before is None:
        raise CannotOpen("an empty document")
    yield suite.decrypt(key, before, context_of(name, place, last=True))


async def boxes(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The boxes, however the pieces are cut."""
    waiting = b""
    async for piece in pieces:
        waiting += piece
        while len(waiting) >= LENGTH_BYTES:
            size = int.from_bytes(waiting[:LENGTH_BYTES], "big")
            if size > LARGEST_BOX:
                raise CannotOpen("a document of another form")
            end = LENGTH_BYTES + size
            if len(waiting) < end:
                break
            box, waiting = waiting[LENGTH_BYTES:end], waiting[end:]
            yield box
    if waiting:
        raise CannotOpen("a document that was cut off")


def framed(box: bytes) -> bytes:
    return len(box).to_bytes(LENGTH_BYTES, "big") + box


def context_of(name: DocumentName, place: int, *, last: bool) -> bytes:
    """The case and the document are the same in every province that the case comes to."""
    return f"casebridge document\0{name.case_id}\0{name.id}\0{place}\0{int(last)}".encode()

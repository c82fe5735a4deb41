"""Documents at rest: whole or not there, unreadable without their key, refused when something else."""

from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.crypto import CannotOpen, StandardSuite
from chassis.document_parts import PART_BYTES, boxes, framed, opened_parts, sealed_parts
from chassis.documents import DocumentName, DocumentNotHere, FolderStore
from chassis.media_types import TypeRefused, media_type_of
from chassis.uploads import LARGEST_DOCUMENT, DocumentEmpty, DocumentTooLarge, stage
from schemas.ids import CaseId, DocumentId, Province

SUITE = StandardSuite()
NAME = DocumentName(Province("44"), CaseId("case-1"), DocumentId("document-1"))
OTHER = NAME._replace(id=DocumentId("document-2"))
PDF = b"%PDF-1.7\n"


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def whole(parts: AsyncIterator[bytes]) -> bytes:
    return b"".join([part async for part in parts])


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def sealed(plain: bytes, key: bytes, name: DocumentName = NAME) -> list[bytes]:
    stored = await whole(sealed_parts(pieces(plain), name, key, SUITE))
    return [box async for box in boxes(pieces(stored))]


async def opened(found: Sequence[bytes], key: bytes, name: DocumentName = NAME) -> bytes:
    return await whole(opened_parts(pieces(*map(framed, found)), name, key, SUITE))


@pytest.mark.parametrize(
    "size", [0, 1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES, 3 * PART_BYTES + 7]
)
async def test_a_document_is_read_as_it_was_written_whatever_its_length(size: int) -> None:
    key, plain = SUITE.new_secret(), bytes(n % 251 for n in range(size))

    found = await sealed(plain, key)

    assert await opened(found, key) == plain
    assert len(found) == max(1, -(-size // PART_BYTES))


async def test_parts_cannot_be_left_out_cut_off_exchanged_or_moved_to_another_document() -> None:
    key = SUITE.new_secret()
    first, second, third = await sealed(b"x" * (2 * PART_BYTES + 1), key)

    for changed in ([first, second], [second, third], [second, first, third], [first, third], []):
        with pytest.raises(CannotOpen):
            await opened(changed, key)
    with pytest.raises(CannotOpen):
        await opened([first, second, third], key, OTHER)
    with pytest.raises(CannotOpen):
        await opened([first, second, third], SUITE.new_secret())
    with pytest.raises(CannotOpen):
        await whole(opened_parts(pieces(framed(first)[:-1]), NAME, key, SUITE))


@given(cuts=st.lists(st.integers(1, 9000), max_size=30))
@settings(suppress_health_check=[HealthCheck.differing_executors], max_examples=20)
async def test_it_does_not_matter_how_the_bytes_are_cut(cuts: list[int]) -> None:
    key, plain = SUITE.new_secret(), b"y" * (PART_BYTES + 5)
    stored = await whole(sealed_parts(pieces(plain), NAME, key, SUITE))
    ends = [0, *sorted({cut * 7 % len(stored) for cut in cuts}), len(stored)]
    cut = [stored[begin:end] for begin, end in pairwise(ends)]

    assert await whole(opened_parts(pieces(*cut), NAME, key, SUITE)) == plain


async def test_a_store_has_all_of_a_document_or_nothing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)

    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await store.write(NAME, broken())
    with pytest.raises(DocumentNotHere):
        await whole(store.read(NAME))
    assert files(tmp_path) == []

    await store.write(NAME, pieces(b"whole"))
    await store.write(OTHER, pieces(b"other"))
    assert await whole(store.read(NAME)) == b"whole"
    await store.remove(NAME)
    await store.remove(NAME)
    with pytest.raises(DocumentNotHere):
        await whole(store.read(NAME))
    await store.remove_case(NAME.province, NAME.case_id)
    assert not (tmp_path / "44" / "case-1").exists()


async def test_the_folder_tells_neither_the_content_nor_its_digest(tmp_path: Path) -> None:
    staged = await stage(NAME, pieces(PDF, b"a secret of some length"), None, FolderStore(tmp_path), SUITE)

    (path,) = files(tmp_path)
    raw = path.read_bytes() + str(path).encode()
    assert b"secret" not in raw
    assert staged.sha256.encode() not in raw
    assert staged.sha256[:16].encode() not in raw
    assert (staged.media_type, staged.size_bytes) == ("application/pdf", 32)


async def test_what_is_too_large_empty_or_of_another_type_leaves_nothing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    million = b"0" * 1_000_000
    too_much = pieces(PDF, *[million] * (LARGEST_DOCUMENT // len(million)))

    with pytest.raises(DocumentTooLarge):
        await stage(NAME, too_much, None, store, SUITE)
    with pytest.raises(DocumentEmpty):
        await stage(NAME, pieces(), None, store, SUITE)
    with pytest.raises(TypeRefused):
        await stage(NAME, pieces(b"MZ\x90\0 a program"), None, store, SUITE)
    with pytest.raises(TypeRefused):
        await stage(NAME, pieces(PDF), "image/png", store, SUITE)
    assert files(tmp_path) == []


OFFICE = "application/vnd.openxmlformats-officedocument"
SHEET = f"{OFFICE}.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("beginning", "stated", "found"),
    [
        (PDF, "application/pdf", "application/pdf"),
        (b"\xff\xd8\xff\xe0", None, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n...", "application/octet-stream", "image/png"),
        (b"PK\x03\x04....OFD.xml", None, "application/ofd"),
        (b"PK\x03\x04...word/document.xml", None, f"{OFFICE}.wordprocessingml.document"),
        (
            b"PK\x03\x04..[Content_Types].xml",
            f"{OFFICE}.spreadsheetml.sheet",
            f"{OFFICE}.spreadsheetml.sheet",
        ),
        (b"\0\0\0\x18ftypM4A ", None, "audio/mp4"),
        (b"\0\0\0\x18ftypisom", None, "video/mp4"),
        (b"RIFF....WAVEfmt ", None, "audio/wav"),
        (b"#!AMR\n", None, "audio/amr"),
    ],
)
def test_a_document_is_what_its_first_bytes_say(beginning: bytes, stated: str | None, found: str) -> None:
    assert media_type_of(beginning, stated) == found


@pytest.mark.parametrize(
    ("beginning", "stated"),
    [
        (b"<html><script>", "text/html"),
        (b"\x7fELF", "application/pdf"),
        (b"PK\x03\x04..[Content_Types].xml", None),
        (b"PK\x03\x04..evil.exe", "application/zip"),
        (PDF, "image/jpeg"),
    ],
)
def test_whatever_a_name_says_other_bytes_are_refused(beginning: bytes, stated: str | None) -> None:
    with pytest.raises(TypeRefused):
        media_type_of(beginning, stated)

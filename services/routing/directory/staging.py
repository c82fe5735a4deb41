"""Puts a folder of files into temporary tables of the database, checked, as fast as COPY takes them."""

from collections.abc import AsyncIterator, Iterable
from typing import Final

import asyncpg

from services.routing.directory.files import FILES, File
from services.routing.directory.reading import Folder, Progress, Reading
from services.routing.directory.tables import TABLES, is_null, type_of

LINES: Final = 2_000
"""Lines that go to the database together."""


async def stage(connection: asyncpg.Connection, folder: Folder, progress: Progress) -> Reading:
    """Fill a temporary table for each file; what is wrong with the files is in the reading's mistakes.

    Within a transaction, at whose end the tables are gone.
    """
    reading = Reading(folder, progress=progress)
    for file in FILES:
        columns = ", ".join(f"{name} {type_of(name)().compile()}" for name in file.header)
        await connection.execute(
            f"CREATE TEMPORARY TABLE {staged(file)} ({columns}, digest bytea) ON COMMIT DROP"
        )
        await connection.copy_to_table(
            staged(file),
            source=packed(copy_lines(file, reading)),
            columns=[*file.header, "digest"],
            format="text",
        )
        await connection.execute(f"ANALYZE {staged(file)}")
    return reading


def staged(file: File) -> str:
    return f"staged_{TABLES[file.name].name}"


def copy_lines(file: File, reading: Reading) -> Iterable[str]:
    """The rows of a file as lines of COPY's text format. No cell has a control character in it."""
    nulls = [is_null(name) for name in file.header]
    known = reading.digests
    for cells in reading.rows(file):
        written = [
            "\\N" if null and not cell else cell.replace("\\", "\\\\")
            for cell, null in zip(cells, nulls, strict=True)
        ]
        yield "\t".join((*written, f"\\\\x{known[file.name][cells[0]].hex()}\n"))


async def packed(lines: Iterable[str]) -> AsyncIterator[bytes]:
    """Many lines in one piece."""
    piece: list[str] = []
    for line in lines:
        piece.append(line)
        if len(piece) == LINES:
            yield "".join(piece).encode()
            piece = []
    yield "".join(piece).encode()

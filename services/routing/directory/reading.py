"""Streams the rows of a directory's files, checked: every wrong row is reported, none stops the others."""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, Final, NamedTuple

from chassis.cells import Read
from schemas.refusals import Refusal
from services.routing.directory.files import DIVISIONS, FILES, File

Folder = Path | Traversable
Progress = Callable[[str, int], None]
"""Is told the file and how many of its lines were read."""

EVERY: Final = 20_000
"""Rows between two reports of progress."""

SHOWN: Final = 50
"""So many mistakes are kept; all are counted."""

REMEMBERED: Final = 50_000
"""Of the cells of a column so many are remembered with how they read."""


@dataclass(eq=False)
class DirectoryRefused(Refusal):
    """{file} line {line}, column {column}: found {found}, expected {expected}."""

    file: str
    line: int
    column: str
    found: str
    expected: str


@dataclass(eq=False)
class DirectoryNotWhole(Refusal):
    """The directory has {count} mistakes, the first: {first}"""

    count: int
    first: DirectoryRefused
    shown: tuple[DirectoryRefused, ...]


@dataclass
class Mistakes:
    """What is wrong in a directory: the first ones, and how many there are."""

    shown: list[DirectoryRefused] = field(default_factory=list)
    count: int = 0

    def note(self, file: str, line: int, column: str, found: str, expected: str) -> None:
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(DirectoryRefused(file, line, column, found[:80] or "nothing", expected))

    def check(self) -> None:
        """Raises DirectoryRefused if there was one mistake, DirectoryNotWhole if there were several."""
        if self.count == 1:
            raise self.shown[0]
        if self.count:
            raise DirectoryNotWhole(self.count, self.shown[0], tuple(self.shown))


class Row(NamedTuple):
    """A row in the order of the file's columns, each cell in its canonical text; a wrong one is empty."""

    line: int
    cells: tuple[str, ...]
    right: bool


@dataclass
class Reading:
    """One reading of all files, in the order of `FILES`, each once: later ones refer to earlier ones."""

    folder: Folder
    mistakes: Mistakes = field(default_factory=Mistakes)
    digests: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """By file, key -> digest of the row."""
    unread: set[str] = field(default_factory=set)
    """Files of which nothing could be read: what refers to them is not looked at."""
    progress: Progress = lambda _, __: None

    def rows(self, file: File) -> Iterator[tuple[str, ...]]:
        """The right rows; what is wrong goes to `mistakes`."""
        known = self.digests[file.name] = {}
        successors: list[tuple[int, str]] = []
        place = file.header.index(file.successor) if file.successor else None
        for row in read_rows(self.folder, file, self):
            key = row.cells[0]
            if not key:
                continue
            if key in known:
                self.mistakes.note(file.name, row.line, file.header[0], key, "each one once")
                continue
            # A row with a mistake is there all the same: who refers to it makes no mistake.
            known[key] = digest_of(row.cells)
            if place is not None and row.cells[place]:
                successors.append((row.line, row.cells[place]))
            if row.right:
                yield row.cells
        for line, successor in successors:
            if successor not in known:
                self.mistakes.note(
                    file.name, line, file.successor, successor, f"the id of another row of {file.name}"
                )

    @property
    def version(self) -> str:
        """Names the content that was read: whatever the order of rows, the encoding, the way of typing."""
        whole = hashlib.sha256()
        for file in FILES:
            rows = self.digests[file.name]
            whole.update(f"{file.name} {len(rows)}\n".encode())
            for key in sorted(rows):
                whole.update(rows[key])
        return f"sha256-{whole.hexdigest()[:32]}"


def digest_of(cells: tuple[str, ...]) -> bytes:
    """Names one row. No cell has a line break in it."""
    return hashlib.sha256("\n".join(cells).encode()).digest()[:16]


def shipped_folder() -> Traversable:
    """Real divisions; agencies, sites and agreements of the example stories."""
    return files("services.routing") / "directory"


def read_rows(folder: Folder, file: File, reading: Reading) -> Iterator[Row]:
    """The rows of a file. Its text must be UTF-8, with or without byte order mark, or GB 18030.

    Who brings no divisions of his own gets those of this release.
    """
    path, mistakes = folder / file.name, reading.mistakes
    if not path.is_file() and file is DIVISIONS:
        path = shipped_folder() / file.name
    if not path.is_file():
        if not file.optional:
            reading.unread.add(file.name)
            mistakes.note(file.name, 1, "all", "no such file", "a file of that name")
        return
    encoding = encoding_of(path)
    if encoding is None:
        reading.unread.add(file.name)
        mistakes.note(file.name, 1, "all", "other bytes", "UTF-8 or GB 18030")
        return
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, newline="")
        lines = csv.reader(text, strict=True)
        try:
            layout = Layout.of(file, next(lines, []), reading)
            if layout is None:
                reading.unread.add(file.name)
                return
            for count, cells in enumerate(lines, 1):
                if count % EVERY == 0:
                    reading.progress(file.name, count)
                if row := layout.row(lines.line_num, cells):
                    yield row
            reading.progress(file.name, max(0, lines.line_num - 1))
        except csv.Error as error:
            mistakes.note(file.name, lines.line_num, "all", str(error), "comma-separated values")


def encoding_of(path: Traversable) -> str | None:
    """The one of the two in which all its bytes make sense. Spreadsheets in China still save GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        if makes_sense(path, encoding):
            return encoding
    return None


def makes_sense(path: Traversable, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as raw:
            while chunk := read_chunk(raw):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def read_chunk(raw: IO[bytes]) -> bytes:
    return raw.read(1 << 20)


@dataclass
class Layout:
    """Which cell of a line is which column, and how each is read."""

    file: File
    width: int
    columns: list[tuple[str, int | None, Read, dict[str, str] | None]]
    """Name, place in the line (None: not there), how to read, and how earlier cells read."""
    mistakes: Mistakes

    @classmethod
    def of(cls, file: File, header: list[str], reading: Reading) -> "Layout | None":
        """Columns may come in any order, and those that need not be filled may be missing."""
        named = [name.strip() for name in header]
        missing = [column.name for column in file.columns if column.required and column.name not in named]
        strange = [name for name in named if name not in file.header]
        twice = [name for name in file.header if named.count(name) > 1]
        if missing or strange or twice:
            found = ", ".join(strange + twice) or f"no {', '.join(missing)}"
            reading.mistakes.note(file.name, 1, "all", found, f"the columns {','.join(file.header)}")
            return None
        return cls(
            file,
            len(named),
            [
                (
                    column.name,
                    named.index(column.name) if column.name in named else None,
                    str if column.refers_to in reading.unread else column.reader(reading.digests),
                    {} if column.repeats else None,
                )
                for column in file.columns
            ],
            reading.mistakes,
        )

    def row(self, line: int, cells: list[str]) -> Row | None:
        """The line; an empty one, or one of another width, is none."""
        if len(cells) != self.width:
            if cells:
                self.mistakes.note(self.file.name, line, "all", f"{len(cells)} cells", f"{self.width} cells")
            return None
        before = self.mistakes.count
        read = [
            ""
            if place is None
            else known[cells[place]]
            if known is not None and cells[place] in known
            else self.cell(line, name, cells[place], how, known)
            for name, place, how, known in self.columns
        ]
        if self.mistakes.count == before and (expected := self.contradiction(read)):
            self.mistakes.note(self.file.name, line, *expected)
        return Row(line, tuple(read), right=self.mistakes.count == before)

    def cell(self, line: int, name: str, cell: str, how: Read, known: dict[str, str] | None) -> str:
        try:
            read = how(cell.strip())
        except ValueError as error:
            self.mistakes.note(self.file.name, line, name, cell, str(error))
            return ""
        if known is not None and len(known) < REMEMBERED:
            known[cell] = read
        return read

    def contradiction(self, read: list[str]) -> tuple[str, str, str] | None:
        """Cells that are right one by one and not together: column, found, expected."""
        at = self.file.header.index
        if "longitude" in self.file.header and bool(read[at("latitude")]) != bool(read[at("longitude")]):
            return ("longitude", read[at("longitude")], "both latitude and longitude, or neither")
        if "valid_to" in self.file.header:
            last = read[at("valid_to")]
            if last and last < read[at("valid_from")]:
                return ("valid_to", last, "a day that is not before valid_from")
        if self.file.successor and read[at(self.file.successor)] == read[0] != "":
            return (self.file.successor, read[0], "another one than itself")
        return None

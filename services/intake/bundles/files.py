"""The files of a bundle, unpacked, and their rows: what is wrong in one is named by file, line and column."""

import hashlib
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, ClassVar, Final, NamedTuple

from schemas.ids import BundleId
from services.intake.domain.errors import IntakeError
from services.intake.lists.columns import Column
from services.intake.lists.reading import Mistake, Mistakes
from services.intake.lists.sheets import NotAList, lines_of

LARGEST: Final = 50_000_000
"""Bytes that a bundle may have when it is packed: more is split, case by case if need be."""

LARGEST_UNPACKED: Final = 100_000_000

DOCUMENTS: Final = "documents"
"""The folder of the documents, beside the tables."""

UTF_8: Final = 0x800
"""The flag of a name in UTF-8."""

REQUIRED: Final = ("cases.csv", "members.csv")


@dataclass(eq=False)
class BundleRefused(IntakeError):
    """The bundle has {count} mistakes, first in {file}, line {line}, column {column}. Nothing is imported."""

    zh: ClassVar[str] = (
        "导入包有 {count} 处错误，第一处在 {file} 第 {line} 行 {column} 列。没有导入任何案件。"
    )
    count: int
    file: str
    line: int
    column: str
    mistakes: tuple[tuple[str, Mistake], ...] = field(repr=False)
    status: ClassVar[int] = 422

    @property
    def errors(self) -> list[dict[str, Any]]:
        """For the answer to who sent it."""
        return [{"file": file, **each._asdict()} for file, each in self.mistakes]


class Wrong:
    """What is wrong in a bundle, by file."""

    def __init__(self, files: Iterable[str]) -> None:
        self.by_file: Mapping[str, Mistakes] = {name: Mistakes() for name in files}

    @property
    def count(self) -> int:
        return sum(each.count for each in self.by_file.values())

    def note(self, file: str, line: int, column: str, found: str, expected: str) -> None:
        self.by_file[file].note(line, column, found, expected)

    def check(self) -> None:
        """Raises BundleRefused if there was anything."""
        shown = [(file, each) for file, wrong in self.by_file.items() for each in sorted(wrong.shown)]
        if shown:
            file, first = shown[0]
            raise BundleRefused(self.count, file, first.line, first.column, tuple(shown))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a file, with what its filled cells say."""

    line: int
    said: Mapping[str, str]
    cells: Mapping[Column, str]
    sound: bool
    """Whether nothing is wrong in it; what is, was noted."""


class Unpacked(NamedTuple):
    """What lay in a bundle."""

    tables: dict[str, bytes]
    """By their names, wherever in it they lay."""
    documents: dict[str, bytes]
    """By their paths below the folder of the documents."""


NOTHING: Final = Unpacked({}, {})


def unpack(raw: bytes, wrong: Wrong) -> Unpacked:
    expected = f"a zip of {', '.join(wrong.by_file)}"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(info.file_size for info in packed.infolist()) > LARGEST_UNPACKED:
                most = f"at most {LARGEST_UNPACKED:,} bytes unpacked"
                wrong.note("cases.csv", 1, "all", "a larger bundle", most)
                return NOTHING
            found = unpacked(packed, wrong.by_file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        wrong.note("cases.csv", 1, "all", "no zip", expected)
        return NOTHING
    for name in REQUIRED:
        if name not in found.tables:
            wrong.note(name, 1, "all", "no such file", expected)
    return found


def unpacked(packed: zipfile.ZipFile, tables: Collection[str]) -> Unpacked:
    """What is neither a table nor a document is passed over."""
    found = Unpacked({}, {})
    for info in packed.infolist():
        *folders, name = PurePosixPath(name_of(info)).parts
        if info.is_dir():
            continue
        if DOCUMENTS in folders:
            below = [*folders[folders.index(DOCUMENTS) + 1 :], name]
            found.documents["/".join(below)] = packed.read(info)
        elif name in tables:
            found.tables[name] = packed.read(info)
    return found


def name_of(info: zipfile.ZipInfo) -> str:
    """A name that is not marked as UTF-8 was written by a Windows in China, as GB 18030."""
    if info.flag_bits & UTF_8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def bundle_of(files: Mapping[str, bytes]) -> BundleId:
    """What the files say, however they are packed."""
    digest = hashlib.sha256()
    for name, raw in sorted(files.items()):
        digest.update(f"{name} {len(raw)} ".encode() + raw)
    return BundleId(digest.hexdigest()[:16])


def rows_of(raw: bytes, known: Sequence[Column], mistakes: Mistakes) -> Iterator[Row]:
    """The rows below the first line."""
    try:
        lines = lines_of(raw)
        _, header = next(lines, (1, []))
        columns = columns_of([cell.strip() for cell in header], known, mistakes) if header else []
        for line, cells in lines if columns else ():
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns or ()):
                mistakes.note(line, "all", f"{len(cells)} cells", f"{len(columns or ())} cells")
                continue
            yield row_of(line, dict(zip(columns or (), cells, strict=True)), mistakes)
    except NotAList as error:
        mistakes.note(error.line, "all", error.found, error.expected)


def columns_of(header: Sequence[str], known: Sequence[Column], mistakes: Mistakes) -> Sequence[Column] | None:
    """Which cell of a line is which column; None if one is not known, or one that is needed is not there."""
    by_heading = {heading: column for column in known for heading in (column.name, *column.called)}
    named = [by_heading.get(heading) for heading in header]
    strange = [heading for heading, column in zip(header, named, strict=True) if column is None]
    twice = {column.name for column in named if column and named.count(column) > 1}
    missing = [column.name for column in known if column.required and column not in named]
    if not (strange or twice or missing):
        return [column for column in named if column]
    found = ", ".join([*strange, *sorted(twice)]) or f"no {', '.join(missing)}"
    called = ", ".join(f"{column.name} ({column.called[0]})" for column in known)
    mistakes.note(1, "all", found, f"each once, of the columns {called}")
    return None


def row_of(line: int, cells: Mapping[Column, str], mistakes: Mistakes) -> Row:
    before, said = mistakes.count, dict[str, str]()
    for column, cell in cells.items():
        try:
            said[column.name] = column.read(cell.strip())
        except ValueError as error:
            mistakes.note(line, column.name, cell.strip(), str(error))
    filled = {name: value for name, value in said.items() if value}
    return Row(line, filled, cells, sound=mistakes.count == before)

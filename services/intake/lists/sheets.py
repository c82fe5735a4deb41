"""The lines of a file as cells of text: comma-separated values, or the first sheet of an .xlsx workbook."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

ZIP: Final = b"PK\x03\x04"
OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"

LARGEST: Final = 50_000_000
"""Bytes that a workbook may unpack to: a small file can hold an enormous one."""

EXACT: Final = 10**15
"""A spreadsheet keeps fifteen digits of a number; of what is longer it has lost the last ones."""

Line = tuple[int, list[str]]
"""Its number in the file, as a person counts, and its cells."""


class NotAList(ValueError):
    """The file as a whole cannot be read; says what was found and what was expected."""

    def __init__(self, found: str, expected: str, line: int = 1) -> None:
        super().__init__(f"found {found}, expected {expected}")
        self.found, self.expected, self.line = found, expected, line


class Rounded(str):
    """A number of which the spreadsheet has lost digits."""


def lines_of(raw: bytes) -> Iterator[Line]:
    """What the file is, its first bytes say. Raises NotAList."""
    if raw.startswith(ZIP):
        return workbook_lines(raw)
    if raw.startswith(OLD_WORKBOOK):
        raise NotAList("a workbook of the old form (.xls)", "one saved as .xlsx, or as CSV")
    return text_lines(raw)


def text_lines(raw: bytes) -> Iterator[Line]:
    """UTF-8 with or without byte order mark, or GB 18030, which spreadsheets in China still save."""
    lines = csv.reader(io.StringIO(decoded(raw), newline=""), strict=True)
    try:
        for cells in lines:
            yield lines.line_num, cells
    except csv.Error as error:
        raise NotAList(str(error), "comma-separated values", lines.line_num) from None


def decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAList("other bytes", "text in UTF-8 or GB 18030, or an .xlsx workbook")


def workbook_lines(raw: bytes) -> Iterator[Line]:
    """The first sheet that is shown."""
    check_size(raw)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
            if not shown:
                raise NotAList("no sheet that is shown", "the list on the first sheet")
            rows = book.get_sheet_by_name(shown[0]).to_python(skip_empty_area=False)
    except CalamineError:
        raise NotAList("a workbook that cannot be read", "an .xlsx workbook, or CSV") from None
    for number, row in enumerate(rows, start=1):
        yield number, [text_of(cell) for cell in row]


def check_size(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            size = sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile:
        raise NotAList("a damaged file", "an .xlsx workbook, or CSV") from None
    if "xl/workbook.xml" not in names:
        raise NotAList("a packed file of another kind", "an .xlsx workbook, or CSV")
    if size > LARGEST:
        raise NotAList(f"a workbook of {size} bytes", f"at most {LARGEST}")


def text_of(cell: Any) -> str:
    """What a person reads in the cell."""
    if isinstance(cell, float) and cell.is_integer():
        return Rounded(int(cell)) if abs(cell) >= EXACT else str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)

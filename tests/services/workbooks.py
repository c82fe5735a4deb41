"""The least that is an .xlsx workbook, written by hand: what is read must not depend on who wrote it."""

import io
import zipfile
from collections.abc import Sequence

OFFICE = "http://schemas.openxmlformats.org"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LINKS = "application/vnd.openxmlformats-package.relationships+xml"
DOCUMENT = f"{OFFICE}/officeDocument/2006/relationships"

Row = Sequence[str | int | float]


def a_workbook(*rows: Row, hidden_first: bool = False) -> bytes:
    """One sheet with its texts in the cells, perhaps behind a hidden one."""
    names = ["notes", "list"] if hidden_first else ["list"]
    parts = {
        "[Content_Types].xml": in_element(
            "Types",
            f"{OFFICE}/package/2006/content-types",
            f'<Default Extension="rels" ContentType="{LINKS}"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/>',
        ),
        "_rels/.rels": links("officeDocument", ["xl/workbook.xml"]),
        "xl/workbook.xml": in_element(
            f'workbook xmlns:r="{DOCUMENT}"', f"{OFFICE}/spreadsheetml/2006/main", sheets(names)
        ),
        "xl/_rels/workbook.xml.rels": links("worksheet", [f"worksheets/{name}.xml" for name in names]),
        "xl/worksheets/notes.xml": worksheet([]),
        "xl/worksheets/list.xml": worksheet(rows),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return packed.getvalue()


def in_element(name: str, space: str, inner: str) -> str:
    return f'<{name} xmlns="{space}">{inner}</{name.split()[0]}>'


def links(kind: str, targets: Sequence[str]) -> str:
    each = [
        f'<Relationship Id="r{number}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets, start=1)
    ]
    return in_element("Relationships", f"{OFFICE}/package/2006/relationships", "".join(each))


def sheets(names: Sequence[str]) -> str:
    each = [
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"'
        + (' state="hidden"/>' if name == "notes" else "/>")
        for number, name in enumerate(names, start=1)
    ]
    return f"<sheets>{''.join(each)}</sheets>"


def worksheet(rows: Sequence[Row]) -> str:
    each = [
        f'<row r="{place}">{"".join(cell_at(place, *cell) for cell in enumerate(cells))}</row>'
        for place, cells in enumerate(rows, start=1)
    ]
    inner = f"<sheetData>{''.join(each)}</sheetData>"
    return in_element("worksheet", f"{OFFICE}/spreadsheetml/2006/main", inner)


def cell_at(row: int, column: int, cell: str | float) -> str:
    at = f'r="{chr(65 + column)}{row}"'
    if isinstance(cell, str):
        return f'<c {at} t="inlineStr"><is><t>{cell}</t></is></c>'
    return f"<c {at}><v>{cell!r}</v></c>"

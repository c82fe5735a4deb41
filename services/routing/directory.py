"""Reads the directory of divisions, agencies and sites from CSV, or says exactly what is wrong there."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from law.book import Law, load_law
from schemas.codes import AGENCY_KINDS, CASE_TYPES, CHANNELS, AgencyKind, CaseType, Channel
from schemas.ids import PROVINCES, AgencyId, Division, Province, SiteId, Wording
from schemas.refusals import Refusal
from services.routing.domain.directory import Agency, Directory, Site

if TYPE_CHECKING:
    from chassis.runtime import Runtime

T = TypeVar("T")

DIVISIONS = ("code", "name_zh", "name_en")
AGENCIES = (
    "id",
    "kind",
    "name_zh",
    "name_en",
    "province",
    "division",
    "case_types",
    "phone",
    "serves_home_division",
    "valid_from",
    "valid_to",
    "successor",
)
SITES = ("id", "agency", "kind", "division", "name_zh", "name_en")


@dataclass(eq=False)
class DirectoryRefused(Refusal):
    """{file} line {line}, column {column}: found {found}, expected {expected}."""

    file: str
    line: int
    column: str
    found: str
    expected: str


async def load_reference(runtime: "Runtime") -> Mapping[type, Any]:
    """The snapshots that handlers use: of the folders that the settings name, or those shipped."""
    directory = read_directory(runtime.settings.directory_folder or shipped_folder())
    return {Directory: directory, Law: load_law(runtime.settings.law_folder)}


def shipped_folder() -> Traversable:
    """Real divisions; agencies and sites of the example stories."""
    return files("services.routing") / "directory"


def read_directory(folder: Path | Traversable) -> Directory:
    """Read `divisions.csv`, `agencies.csv` and `sites.csv`. Raises DirectoryRefused."""
    content = {name: (folder / name).read_bytes() for name in ("divisions.csv", "agencies.csv", "sites.csv")}
    # Names and lengths are hashed too, so that a row that moves from one file to another makes a difference.
    digest = hashlib.sha256()
    for name, raw in content.items():
        digest.update(f"{name} {len(raw)}\n".encode() + raw)
    divisions = read_divisions(content["divisions.csv"])
    agencies = read_agencies(content["agencies.csv"], divisions)
    return Directory.of(
        f"sha256-{digest.hexdigest()[:32]}",
        divisions=divisions,
        agencies=agencies.values(),
        sites=read_sites(content["sites.csv"], divisions, agencies).values(),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file, with where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def read(self, column: str, convert: Callable[[str], T]) -> T:
        """The cell as `convert` takes it; its ValueError says what was expected. Raises DirectoryRefused."""
        try:
            return convert(self.cells[column])
        except ValueError as error:
            raise self.refused(column, str(error)) from None

    def read_optional(self, column: str, convert: Callable[[str], T]) -> T | None:
        return self.read(column, convert) if self.cells[column] else None

    def refused(self, column: str, expected: str) -> DirectoryRefused:
        found = self.cells.get(column) or "nothing"
        return DirectoryRefused(self.file, self.line, column, found, expected)


def read_divisions(raw: bytes) -> dict[Division, Wording]:
    found: dict[Division, Wording] = {}
    for row in rows("divisions.csv", raw, DIVISIONS):
        code = Division(row.read("code", matching(r"\d{6}", "six digits of GB/T 2260")))
        once(row, "code", code, found)
        found[code] = wording(row)
    return found


def read_agencies(raw: bytes, divisions: Collection[Division]) -> dict[AgencyId, Agency]:
    found: dict[AgencyId, Agency] = {}
    successors: list[tuple[Row, AgencyId]] = []
    for row in rows("agencies.csv", raw, AGENCIES):
        agency = agency_of(row, divisions)
        once(row, "id", agency.id, found)
        found[agency.id] = agency
        if agency.successor:
            successors.append((row, agency.successor))
    for row, successor in successors:
        if successor not in found:
            raise row.refused("successor", "the id of an agency of this file")
    return found


def agency_of(row: Row, divisions: Collection[Division]) -> Agency:
    return Agency(
        id=AgencyId(row.read("id", token)),
        kind=AgencyKind(row.read("kind", one_of(AGENCY_KINDS))),
        name=wording(row),
        province=Province(row.read("province", one_of(PROVINCES))),
        division=Division(row.read("division", one_of(divisions, "a code of divisions.csv"))),
        case_types=frozenset(map(CaseType, row.read("case_types", each_one_of(CASE_TYPES)))),
        phone=row.read("phone", matching(r"[0-9 -]*", "digits, spaces and dashes")),
        serves_home=row.read_optional(
            "serves_home_division", lambda text: Division(one_of(divisions, "a code of divisions.csv")(text))
        ),
        valid_from=row.read("valid_from", day),
        valid_to=row.read_optional("valid_to", day),
        successor=row.read_optional("successor", lambda text: AgencyId(token(text))),
    )


def read_sites(
    raw: bytes, divisions: Collection[Division], agencies: Collection[AgencyId]
) -> dict[SiteId, Site]:
    found: dict[SiteId, Site] = {}
    for row in rows("sites.csv", raw, SITES):
        site = Site(
            id=SiteId(row.read("id", token)),
            agency=AgencyId(row.read("agency", one_of(agencies, "an id of agencies.csv"))),
            kind=Channel(row.read("kind", one_of(CHANNELS))),
            division=Division(row.read("division", one_of(divisions, "a code of divisions.csv"))),
            name=wording(row),
        )
        once(row, "id", site.id, found)
        found[site.id] = site
    return found


def rows(file: str, raw: bytes, columns: tuple[str, ...]) -> Iterator[Row]:
    """The lines of a file below its header; spreadsheets may put a byte order mark before it."""
    try:
        lines = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        header = tuple(next(lines, ()))
        if header != columns:
            raise DirectoryRefused(file, 1, "all", ",".join(header) or "nothing", ",".join(columns))
        for cells in lines:
            if len(cells) != len(columns):
                raise DirectoryRefused(
                    file, lines.line_num, "all", f"{len(cells)} cells", f"{len(columns)} cells"
                )
            yield Row(file, lines.line_num, dict(zip(columns, map(str.strip, cells), strict=True)))
    except UnicodeDecodeError:
        raise DirectoryRefused(file, 1, "all", "other bytes", "UTF-8") from None
    except csv.Error as error:
        raise DirectoryRefused(file, 1, "all", str(error), "comma-separated values") from None


def once(row: Row, column: str, key: str, known: Collection[str]) -> None:
    if key in known:
        raise row.refused(column, "each one once")


def wording(row: Row) -> Wording:
    return Wording(row.read("name_zh", filled), row.read("name_en", filled))


def filled(text: str) -> str:
    if not text:
        raise ValueError("a name")
    return text


def token(text: str) -> str:
    return matching(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}", "an id of letters, digits, dots and dashes")(text)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("a day such as 2026-03-01") from None


def matching(pattern: str, expected: str) -> Callable[[str], str]:
    def convert(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(expected)
        return text

    return convert


def one_of(known: Collection[str], expected: str = "") -> Callable[[str], str]:
    def convert(text: str) -> str:
        if text not in known:
            raise ValueError(expected or f"one of {', '.join(sorted(known))}")
        return text

    return convert


def each_one_of(known: Collection[str]) -> Callable[[str], list[str]]:
    """Several, separated by spaces; none stands for all."""
    return lambda text: [one_of(known)(word) for word in text.split()]

"""Reads rules and holidays from TOML, the shipped and a deployment's own, or says what is wrong there."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from law.calendar import SATURDAY, Holiday
from law.rule import NATION, Region, Rule
from schemas.ids import PROVINCES, Wording
from schemas.refusals import Refusal

Kind = TypeVar("Kind", bound=BaseModel)

NATIONAL_FILE: Final = "cn.toml"
"""In a deployment's folder: rules of the nation, said otherwise than the release says them."""


@dataclass(eq=False)
class LawRefused(Refusal):
    """{file}, {rule}, {field}: found {found}, expected {expected}."""

    file: str
    rule: str
    field: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Written:
    """A rule, and the file that it stands in."""

    rule: Rule
    file: str


class HolidayRow(BaseModel):
    """A paragraph of a notice."""

    model_config = ConfigDict(extra="forbid")

    zh: str
    en: str
    first: date
    last: date
    work: tuple[date, ...] = ()


class HolidayTable(BaseModel):
    """The notice for a year; of a region, its own holidays beside it."""

    model_config = ConfigDict(extra="forbid")

    year: int
    region: Region = NATION
    notice: str
    """Its number."""
    source: str
    holiday: tuple[HolidayRow, ...]


@dataclass(slots=True)
class Found:
    """What was read so far."""

    rules: list[Written] = field(default_factory=list)
    tables: list[HolidayTable] = field(default_factory=list)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)


def read_shipped(found: Found) -> None:
    """What this release brings: rules of the nation, and notices. Raises LawRefused."""
    package = files("law")
    for name, table in tables(package / "rules", "", found):
        found.rules += read_rules(name, table, NATION)
    for name, table in tables(package / "holidays", "", found):
        found.tables.append(read_holidays(name, table))


def read_own(folder: Path, found: Found) -> None:
    """What a deployment adds: `44.toml` for a province, `cn.toml`, and `holidays/`. Raises LawRefused."""
    if not folder.is_dir():
        raise LawRefused(str(folder), "all rules", "folder", "nothing", "a folder of TOML files")
    for name, table in tables(folder, "", found):
        found.rules += read_rules(name, table, region_of(name))
    if (folder / "holidays").is_dir():
        for name, table in tables(folder / "holidays", "holidays/", found):
            found.tables.append(read_holidays(name, table))


def tables(folder: Traversable, prefix: str, found: Found) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The TOML files of a folder by name, with their content, noted in the digest. Raises LawRefused."""
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".toml"):
            continue
        name, raw = prefix + file.name, file.read_bytes()
        found.digest.update(f"{name} {len(raw)}\n".encode() + raw)
        try:
            yield name, tomllib.loads(raw.decode("utf-8"))
        except UnicodeDecodeError:
            raise LawRefused(name, "all rules", "bytes", "other bytes", "UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            raise LawRefused(name, "all rules", "TOML", str(error), "what TOML allows") from None


def region_of(name: str) -> Region:
    """The region that a file of a deployment is about, by its name. Raises LawRefused."""
    if name == NATIONAL_FILE:
        return NATION
    code = name.removesuffix(".toml")
    if code not in PROVINCES or code == "00":
        expected = f"{NATIONAL_FILE}, or the code of a province such as 44.toml"
        raise LawRefused(name, "all rules", "file name", name, expected)
    return Region(code)


def read_rules(file: str, table: Mapping[str, Any], region: Region) -> list[Written]:
    """The rules of a file, each at least of its region. Raises LawRefused."""
    strange = set(table) - {"rule"}
    if strange or not isinstance(table.get("rule"), list):
        raise LawRefused(file, "all rules", "tables", ", ".join(sorted(strange)) or "none", "[[rule]]")
    return [Written(read_rule(file, row, region), file) for row in table["rule"]]


def read_rule(file: str, row: Mapping[str, Any], region: Region) -> Rule:
    name = f"rule {row['id']}" if "id" in row else "a rule without an id"
    rule = parsed(Rule, file, name, {"region": region, **row})
    if not rule.region.startswith(region) or (region == NATION and rule.region != NATION):
        expected = f"{region} or a division of it" if region else "none, for a rule of the nation"
        raise LawRefused(file, name, "region", rule.region, expected)
    return rule


def read_holidays(file: str, table: Mapping[str, Any]) -> HolidayTable:
    """A notice, checked for what is easily mistyped. Raises LawRefused."""
    read = parsed(HolidayTable, file, "holidays", table)
    if read.region and read.region[:2] not in PROVINCES:
        raise LawRefused(file, "holidays", "region", read.region, "digits of GB/T 2260")
    for row in read.holiday:
        check_holiday(file, read.year, row)
    return read


def check_holiday(file: str, year: int, row: HolidayRow) -> None:
    """A slip of the pen in a date moves deadlines. Raises LawRefused."""
    # New Year's Day may have its rest in the last days of the year before.
    if not row.first <= row.last or row.last.year != year or (row.last - row.first).days > 20:
        found = f"{row.first} to {row.last}"
        raise LawRefused(file, row.en, "first, last", found, f"a few days in a row of {year}")
    for day in row.work:
        if day.weekday() < SATURDAY or row.first <= day <= row.last:
            raise LawRefused(file, row.en, "work", str(day), "a day of a weekend beside the holiday")


def holidays_of(tables: list[HolidayTable]) -> dict[tuple[Region, int], list[Holiday]]:
    """By region and year; of two tables for the same, the later one read counts."""
    return {
        (table.region, table.year): [
            Holiday(
                name=Wording(row.zh, row.en),
                first=row.first,
                last=row.last,
                work=row.work,
                region=table.region,
            )
            for row in table.holiday
        ]
        for table in tables
    }


# --- What pydantic finds, in our words ----------------------------------------------------------------------


def expected_in(error: Any) -> str:
    """What pydantic expected, without its preamble."""
    match error["type"]:
        case "missing":
            return "a value"
        case "extra_forbidden":
            return "no such field"
        case "value_error":
            return str(error["ctx"]["error"])
        case "string_pattern_mismatch":
            return f"a text like {error['ctx']['pattern']}"
        case _:
            return re.sub(r"^Input should be ", "", error["msg"])


def parsed(kind: type[Kind], file: str, name: str, row: Any) -> Kind:
    """Raises LawRefused."""
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        raise refusal_of(file, name, error) from None


def refusal_of(file: str, name: str, error: ValidationError) -> LawRefused:
    """The first thing that is wrong."""
    first = error.errors(include_url=False)[0]
    missing = first["type"] == "missing"
    return LawRefused(
        file=file,
        rule=name,
        field=".".join(map(str, first["loc"])) or "the whole",
        found="nothing" if missing else repr(first["input"])[:80],
        expected=expected_in(first),
    )

"""Reads what is stated by region and day beside the rules: this release's files, and a deployment's own."""

from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from law.files import Found, LawRefused, parsed, region_of, tables
from law.rule import NATION, Region


class Dated(Protocol):
    """What holds in a region from a day on."""

    @property
    def region(self) -> Region: ...
    @property
    def valid_from(self) -> date: ...
    def in_force(self, on: date) -> bool: ...


D = TypeVar("D", bound=Dated)
Kind = TypeVar("Kind", bound=BaseModel)


def smallest(all: Iterable[D], region: str, on: date) -> D:
    """That of the smallest region that has one on the day; before the first of the nation, the first."""
    known = list(all)
    local = [each for each in known if region.startswith(each.region) and each.in_force(on)]
    if local:
        return max(local, key=lambda each: (len(each.region), each.valid_from))
    return next(each for each in known if each.region == NATION)


def read_shipped_and_own(kind: type[Kind], row: str, below: str, folder: Path | None) -> list[Kind]:
    """The `[[row]]`s of the files below `law/`, then those of the deployment's folder. Raises LawRefused."""
    found: list[Kind] = []
    for name, table in tables(files("law") / below, f"{below}/", Found()):
        found += read_rows(kind, row, name, table, NATION)
    if folder is not None and (own := folder / below).is_dir():
        for name, table in tables(own, f"{below}/", Found()):
            found += read_rows(kind, row, name, table, region_of(name.removeprefix(f"{below}/")))
    return found


def read_rows(kind: type[Kind], row: str, file: str, table: Mapping[str, Any], region: Region) -> list[Kind]:
    """The rows of a file, each at least of its region. Raises LawRefused."""
    if set(table) != {row} or not isinstance(table[row], list):
        raise LawRefused(file, f"all {row}s", "tables", ", ".join(sorted(table)) or "none", f"[[{row}]]")
    return [read_row(kind, row, file, each, region) for each in table[row]]


def read_row(kind: type[Kind], row: str, file: str, said: Mapping[str, Any], region: Region) -> Kind:
    stated = {"region": region, **said}
    found = parsed(kind, file, row, stated)
    if not str(stated["region"]).startswith(region):
        raise LawRefused(file, row, "region", str(stated["region"]), f"{region} or a division of it")
    return found

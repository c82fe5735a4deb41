"""When a household is poor enough for legal aid: the provinces' standards, as of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from law.files import Found, LawRefused, parsed, region_of, tables
from law.rule import NATION, Confidence, Region, Stated, Text
from schemas.codes import LegalBasis, MeansMeasure
from schemas.ids import Fen

FOLDER: Final = "means"
"""Below `law/`, and below the folder of a deployment's own law."""


class Standard(Stated):
    """One version of the standard of a region (Legal Aid Law Art. 34)."""

    region: Region = NATION
    measure: MeansMeasure
    """What income is measured by."""
    times: Annotated[float, Field(gt=0, le=100)]
    """How many times that."""
    monthly_fen: Fen | None = None
    """The most that a household may have a head and month, in fen; absent where only the measure is known."""
    article: LegalBasis
    source: Text
    zh: Text
    en: Text
    valid_from: date
    valid_to: date | None = None
    confidence: Confidence

    @property
    def version(self) -> str:
        """The name of exactly this version: `means:44:2025-03-01`."""
        return f"means:{self.region or 'cn'}:{self.valid_from}"

    @property
    def confirmed(self) -> bool:
        return self.confidence is Confidence.HIGH

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Hardship:
    """The standards that a deployment goes by. The nation's is there on every day."""

    all: tuple[Standard, ...]

    def standard(self, region: str, on: date) -> Standard:
        """That of the smallest region that has one on the day; before the first of the nation, the first."""
        local = [each for each in self.all if region.startswith(each.region) and each.in_force(on)]
        if local:
            return max(local, key=lambda each: (len(each.region), each.valid_from))
        return next(each for each in self.all if each.region == NATION)


def load_hardship(folder: Path | None = None) -> Hardship:
    """What this release brings, with the files of the deployment's folder over it. Raises LawRefused."""
    found: dict[str, Standard] = {}
    for name, table in tables(files("law") / FOLDER, f"{FOLDER}/", Found()):
        found |= by_version(read_standards(name, table, NATION))
    if folder is not None and (own := folder / FOLDER).is_dir():
        for name, table in tables(own, f"{FOLDER}/", Found()):
            region = region_of(name.removeprefix(f"{FOLDER}/"))
            found |= by_version(read_standards(name, table, region))
    return Hardship(tuple(sorted(found.values(), key=lambda each: (each.region, each.valid_from))))


def by_version(standards: Iterable[Standard]) -> dict[str, Standard]:
    return {each.version: each for each in standards}


def read_standards(file: str, table: Mapping[str, Any], region: Region) -> list[Standard]:
    """The standards of a file, each at least of its region. Raises LawRefused."""
    if set(table) != {"standard"} or not isinstance(table["standard"], list):
        raise LawRefused(file, "all standards", "tables", ", ".join(sorted(table)) or "none", "[[standard]]")
    return [read_standard(file, row, region) for row in table["standard"]]


def read_standard(file: str, row: Mapping[str, Any], region: Region) -> Standard:
    found = parsed(Standard, file, "standard", {"region": region, **row})
    if not found.region.startswith(region):
        raise LawRefused(file, "standard", "region", found.region, f"{region} or a division of it")
    return found

"""When a household is poor enough for legal aid: the provinces' standards, as of a day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from law.regional import read_shipped_and_own, smallest
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
        return smallest(self.all, region, on)


def load_hardship(folder: Path | None = None) -> Hardship:
    """What this release brings, with the files of the deployment's folder over it. Raises LawRefused."""
    # Of two with the same name the later one read counts: a deployment may say a shipped one otherwise.
    found = {each.version: each for each in read_shipped_and_own(Standard, "standard", FOLDER, folder)}
    return Hardship(tuple(sorted(found.values(), key=lambda each: (each.region, each.valid_from))))

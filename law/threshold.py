"""How many applications against one employer raise an alert: our figures, or a province's, as of a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from law.regional import read_shipped_and_own, smallest
from law.rule import NATION, Confidence, Region, Stated, Text
from schemas.ids import RuleVersion

FOLDER: Final = "alerts"
"""Below `law/`, and below the folder of a deployment's own law."""

SEVERAL: Final = 2
"""One application is none of several, however many workers are in it: a group goes first by its size."""


class Threshold(Stated):
    """One version of the figures of a region. No law sets them."""

    region: Region = NATION
    cases: Annotated[int, Field(ge=SEVERAL, le=10_000)]
    """So many applications raise an alert,"""
    workers: Annotated[int, Field(ge=SEVERAL, le=100_000)]
    """or so many workers of several applications,"""
    within_days: Annotated[int, Field(ge=1, le=366)]
    """if all were received within so many days; so long an alert lasts as well."""
    quiet_days: Annotated[int, Field(ge=0, le=366)]
    """After an alert there is no other for so many days, however many apply."""
    source: Text
    zh: Text
    en: Text
    valid_from: date
    valid_to: date | None = None
    confidence: Confidence

    @property
    def version(self) -> RuleVersion:
        """The name of exactly this version: `alerts:cn:2022-01-01`."""
        return RuleVersion(f"alerts:{self.region or 'cn'}:{self.valid_from}")

    @property
    def within(self) -> timedelta:
        return timedelta(days=self.within_days)

    @property
    def quiet(self) -> timedelta:
        return timedelta(days=self.quiet_days)

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The figures that a deployment goes by. The nation's are there on every day."""

    all: tuple[Threshold, ...]

    def of(self, region: str, on: date) -> Threshold:
        """Those of the smallest region that has some on the day."""
        return smallest(self.all, region, on)


def load_thresholds(folder: Path | None = None) -> Thresholds:
    """What this release brings, with the files of the deployment's folder over it. Raises LawRefused."""
    found = {each.version: each for each in read_shipped_and_own(Threshold, "threshold", FOLDER, folder)}
    return Thresholds(tuple(sorted(found.values(), key=lambda each: (each.region, each.valid_from))))

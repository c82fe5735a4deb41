"""All rules and the calendar as one immutable snapshot, read from the package's own files."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from law.calendar import Calendar
from law.deadlines import Confidence, Rule, Unit, day_of, due
from schemas.codes import LegalBasis
from schemas.ids import RuleId


class NoSuchRule(LookupError):
    """No rule has that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The time limits that a deployment goes by."""

    rules: tuple[Rule, ...]
    """By id, and the versions of one by the day from which they are in force."""
    calendar: Calendar

    def rule(self, id: RuleId, on: date) -> Rule:
        """The version in force on a day; before all of them, the first. Raises NoSuchRule."""
        versions = [rule for rule in self.rules if rule.id == id]
        if not versions:
            raise NoSuchRule(f"found no rule {id}, expected one of {len(self.rules)} known ones")
        in_force = [rule for rule in versions if rule.valid_from <= on]
        return in_force[-1] if in_force else versions[0]

    def due(self, id: RuleId, start: datetime) -> datetime:
        """The last moment of a time limit, by the version in force when it starts. Raises NoSuchRule."""
        return due(self.rule(id, day_of(start)), start, self.calendar)


def load_law() -> Law:
    """The rules and holidays that this release brings."""
    rules = [rule_from(row) for book in tables("rules") for row in book["rule"]]
    years = list(tables("holidays"))
    return Law(
        rules=tuple(sorted(rules, key=lambda rule: (rule.id, rule.valid_from))),
        calendar=Calendar(
            rest=frozenset(day for year in years for day in year["rest"]),
            work=frozenset(day for year in years for day in year["work"]),
            years=frozenset(year["year"] for year in years),
        ),
    )


def tables(folder: str) -> Iterator[Mapping[str, Any]]:
    """The TOML files of a folder of this package."""
    for file in files("law").joinpath(folder).iterdir():
        if file.name.endswith(".toml"):
            yield tomllib.loads(file.read_text(encoding="utf-8"))


def rule_from(row: Mapping[str, Any]) -> Rule:
    """A rule from its table."""
    typed = {
        "id": RuleId(row["id"]),
        "article": LegalBasis(row["article"]),
        "unit": Unit(row["unit"]),
        "confidence": Confidence(row["confidence"]),
    }
    return Rule(**{**row, **typed})

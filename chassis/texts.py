"""Texts for people: templates in every language of a service, filled from the fields of a message."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import BaseModel

from schemas.ids import AgencyId, Wording
from schemas.words import Language, in_words

FILES: Mapping[Language, str] = {"zh": "zh-CN.toml", "en": "en.toml"}


@dataclass(frozen=True, slots=True)
class Texts:
    """The templates of one service: language -> section -> key -> text with `{field}`s."""

    templates: Mapping[Language, Mapping[str, Mapping[str, str]]]
    agencies: Mapping[AgencyId, Wording]
    """What agencies are called; one that is not in it keeps its id."""

    def has(self, section: str, key: str) -> bool:
        return all(key in sections[section] for sections in self.templates.values())

    def plain(self, section: str, key: str, language: Language) -> str:
        """The text as it stands."""
        return self.templates[language][section][key]

    def fill(
        self,
        section: str,
        key: str,
        language: Language,
        kind: type[BaseModel],
        said: Mapping[str, Any],
        **more: str,
    ) -> str:
        """The text with its fields: those of `more` as they are, the others as a `kind` words them."""
        template = self.plain(section, key, language)
        return template.format_map(
            {
                name: more[name]
                if name in more
                else in_words(kind, name, said.get(name), language, self.agencies)
                for name in fields_of(template)
            }
        )


def fields_of(template: str) -> frozenset[str]:
    """The names between the braces of a template."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def load_texts(folder: Path, agencies: Mapping[AgencyId, Wording] | None = None) -> Texts:
    """Read `zh-CN.toml` and `en.toml`."""
    return Texts(
        {language: tomllib.loads((folder / file).read_text("utf-8")) for language, file in FILES.items()},
        agencies or {},
    )


def agency_names(folder: Path | None) -> Mapping[AgencyId, Wording]:
    """What the agencies of a directory are called; without a folder, those of the one that is shipped."""
    return {AgencyId(row["id"]): Wording(row["name_zh"], row["name_en"]) for row in agency_rows(folder)}


def agency_rows(folder: Path | None) -> Iterator[Mapping[str, str]]:
    """The rows of a directory's agencies; without a folder, of the one that is shipped."""
    found: Path | Traversable = folder or files("services") / "routing" / "directory"
    raw = (found / "agencies.csv").read_bytes()
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = raw.decode("gb18030").splitlines()  # as spreadsheets in China save it
    return csv.DictReader(lines)

"""The four files of a directory: their columns, what each says, and how its cells are read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from chassis.cells import Read, day, each_one_of, matching, one_of, optional, token, whole, words
from schemas.codes import AGENCY_KINDS, CASE_TYPES, LANGUAGES, LEVELS, SITE_KINDS
from schemas.ids import PROVINCES
from services.routing.directory.cells import degrees, hours

References = Mapping[str, Collection[str]]
"""What other files have: column of keys by file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file."""

    name: str
    says: str
    """For the manual."""
    read: Read | None = None
    """None: it refers to a row of another file."""
    refers_to: str = ""
    """The file whose key it names."""
    required: bool = True
    """Whether the column must be there. One that is missing counts as empty."""
    filled: bool = True
    """Whether its cells must be."""
    repeats: bool = True
    """Whether the same cells come again and again, so that it pays to remember how they read."""

    def reader(self, references: References) -> Read:
        read = self.read or one_of(references[self.refers_to], f"{KEYS[self.refers_to]} of {self.refers_to}")
        return read if self.filled else optional(read)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a directory: its first column is its key."""

    name: str
    columns: tuple[Column, ...]
    successor: str = ""
    """The column that names another row of the same file."""
    optional: bool = False
    """Whether it may be missing; it counts as empty then."""

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def a(
    name: str,
    says: str,
    read: Read | None = None,
    *,
    refers_to: str = "",
    extra: bool = False,
    filled: bool = True,
    repeats: bool = True,
) -> Column:
    """A column. An extra one need not be there."""
    return Column(
        name=name,
        says=says,
        read=read,
        refers_to=refers_to,
        required=not extra,
        filled=filled and not extra,
        repeats=repeats,
    )


def a_key(says: str, read: Read = token) -> Column:
    return a("id", says, read, repeats=False)


KEYS: Final = {"divisions.csv": "a code", "agencies.csv": "an id"}

NAMES: Final = (
    a("name_zh", "Its name.", words(200, "a name"), repeats=False),
    a("name_en", "The same in English or pinyin.", words(200, "a name"), repeats=False),
)

SERVED: Final = (
    a(
        "case_types",
        "What it serves, separated by spaces; empty for every type.",
        each_one_of(CASE_TYPES),
        extra=True,
    ),
    a(
        "levels",
        "Matters of which level: `county`, `city`, `province`; empty for every one.",
        each_one_of(LEVELS),
        extra=True,
    ),
    a(
        "hours",
        "`1-5 09:00-12:00,14:00-17:30; 6 09:00-12:00`: 1 is Monday, `H` a public holiday; `24h`. "
        "Empty: office hours of working days. A shifted workday counts as a Monday.",
        hours,
        extra=True,
    ),
    a(
        "languages",
        "What is spoken there beside Chinese, as codes, separated by spaces.",
        each_one_of(LANGUAGES),
        extra=True,
    ),
    a(
        "capacity",
        "How many open offers and matters it can have at a time; empty if nobody counts.",
        whole(0, 1_000_000),
        extra=True,
    ),
)

VALID: Final = (
    a("valid_from", "The first day on which it can be asked.", day),
    a("valid_to", "The last one; empty as long as none is known.", day, filled=False),
)

PHONE: Final = matching(r"[0-9 -]{1,40}", "digits, spaces and dashes")

DAYS: Final = one_of(("working-days", "days"))

DIVISIONS: Final = File(
    "divisions.csv",
    (
        a("code", "Six digits of GB/T 2260.", matching(r"\d{6}", "six digits of GB/T 2260"), repeats=False),
        *NAMES,
        a("latitude", "Of its seat, in degrees.", degrees(-90, 90), extra=True, repeats=False),
        a("longitude", "The same.", degrees(-180, 180), extra=True, repeats=False),
    ),
    optional=True,
)

AGENCIES: Final = File(
    "agencies.csv",
    (
        a_key(
            "Any letters, digits, dots and dashes. It never changes and means nothing, since places merge."
        ),
        a("kind", "What it is.", one_of(AGENCY_KINDS)),
        *NAMES,
        a("province", "The jurisdiction that it acts for, wherever it stands.", one_of(PROVINCES)),
        a("division", "Where it stands.", refers_to="divisions.csv"),
        *SERVED,
        a("phone", "For everybody.", PHONE, filled=False),
        a(
            "serves_home_division",
            "Of a workstation of the home province: whose people it serves.",
            refers_to="divisions.csv",
            filled=False,
        ),
        *VALID,
        a("successor", "Who goes on with its work afterwards: an id of this file.", token, filled=False),
    ),
    successor="successor",
)

AGREEMENTS: Final = File(
    "agreements.csv",
    (
        a_key("As for agencies."),
        *NAMES,
        a("sender", "The province where the matter arose, or that asks for help.", one_of(PROVINCES)),
        a("receiver", "The province that takes the case on, or helps.", one_of(PROVINCES)),
        a(
            "mode",
            "`transfer` to the home province, `forward` to the competent one, or `collaborate`.",
            one_of(("transfer", "forward", "collaborate")),
        ),
        a(
            "case_types",
            "What it covers, separated by spaces; empty for every type.",
            each_one_of(CASE_TYPES),
            filled=False,
        ),
        a(
            "answer_days",
            "How long the receiver has for its answer, from delivery; empty where the usual rules hold.",
            whole(1, 365),
            filled=False,
        ),
        a("answer_unit", "`working-days`, which empty stands for, or `days`.", DAYS, filled=False),
        *VALID,
    ),
    optional=True,
)

SITES: Final = File(
    "sites.csv",
    (
        a_key("As for agencies."),
        a("agency", "Whose site it is. Its province is the owner province.", refers_to="agencies.csv"),
        a(
            "kind",
            "What it is. Windows and workstations take cases on; the others take them in and pass them on.",
            one_of(SITE_KINDS),
        ),
        a(
            "division",
            "Where it stands. Its first two digits are the host province.",
            refers_to="divisions.csv",
        ),
        *NAMES,
        a("latitude", "In degrees.", degrees(-90, 90), extra=True, repeats=False),
        a("longitude", "In degrees.", degrees(-180, 180), extra=True, repeats=False),
        *SERVED,
        a("duty_lawyers", "How many lawyers are on duty there.", whole(0, 10_000), extra=True),
        a(
            "serves_home_division",
            "Of a workstation of the home province: whose people it serves; empty: its whole owner province.",
            refers_to="divisions.csv",
            extra=True,
        ),
        a("phone", "For everybody.", PHONE, extra=True, repeats=False),
        a("address", "For everybody.", words(300, "an address"), extra=True, repeats=False),
        a("valid_from", "The first day on which it stands; empty: always.", day, extra=True),
        a("valid_to", "The last one; empty as long as none is known.", day, extra=True),
        a(
            "successor",
            "Who goes on with its work afterwards: an id of this file. Its open offers move there.",
            token,
            extra=True,
            repeats=False,
        ),
    ),
    successor="successor",
)

FILES: Final = (DIVISIONS, AGENCIES, AGREEMENTS, SITES)
"""In the order in which they are read: each refers to earlier ones."""

"""A directory from a folder of CSV files, whole in memory: the example that is shipped, and small ones."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from schemas.codes import AgencyKind, CaseType, Language, Level, RouteMode
from schemas.facts import Period
from schemas.ids import AgencyId, AgreementId, Division, Province, SiteId, Wording
from services.routing.directory.files import AGENCIES, AGREEMENTS, DIVISIONS, SITES
from services.routing.directory.reading import Folder, Reading
from services.routing.domain.agreement import Agreement
from services.routing.domain.directory import Agency, Directory
from services.routing.domain.distance import Point
from services.routing.domain.opening import Hours
from services.routing.domain.sites import COLUMNS, SiteCard, Sites

T = TypeVar("T")

ALWAYS = date(1, 1, 1)
"""The first day of what does not say when it began."""


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a directory that is whole in memory."""

    sites: Mapping[SiteId, SiteCard]


def read_directory(folder: Folder) -> Directory:
    """Read all files. Raises DirectoryRefused or DirectoryNotWhole."""
    return read_folder(folder)[0]


def read_folder(folder: Folder) -> tuple[Directory, Cards]:
    """The directory, and what is shown of its sites. Raises DirectoryRefused or DirectoryNotWhole."""
    reading = Reading(folder)
    divisions = [named(DIVISIONS.header, cells) for cells in reading.rows(DIVISIONS)]
    agencies = [agency_of(named(AGENCIES.header, cells)) for cells in reading.rows(AGENCIES)]
    agreements = [agreement_of(named(AGREEMENTS.header, cells)) for cells in reading.rows(AGREEMENTS)]
    sites = [named(SITES.header, cells) for cells in reading.rows(SITES)]
    reading.mistakes.check()
    owner_of = {agency.id: agency.province for agency in agencies}
    directory = Directory.of(
        reading.version,
        divisions={Division(row["code"]): wording(row) for row in divisions},
        points=points_of(divisions),
        agencies=agencies,
        agreements=agreements,
        sites=Sites.of(map(columns_of, sorted(sites, key=lambda row: row["id"].encode())), owner_of),
    )
    cards = {SiteId(row["id"]): SiteCard(wording(row), row["phone"], row["address"]) for row in sites}
    return directory, Cards(cards)


def named(header: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(header, cells, strict=True))


def points_of(divisions: Iterable[Mapping[str, str]]) -> dict[Division, Point]:
    return {
        Division(row["code"]): Point(int(row["latitude"]), int(row["longitude"]))
        for row in divisions
        if row["latitude"]
    }


def agency_of(row: Mapping[str, str]) -> Agency:
    """From the cells of `agencies.csv`."""
    return Agency(
        id=AgencyId(row["id"]),
        kind=AgencyKind(row["kind"]),
        name=wording(row),
        province=Province(row["province"]),
        division=Division(row["division"]),
        case_types=frozenset(map(CaseType, row["case_types"].split())),
        levels=frozenset(map(Level, row["levels"].split())),
        hours=Hours.read(row["hours"]),
        languages=frozenset(map(Language, row["languages"].split())),
        capacity=perhaps(row["capacity"], int),
        phone=row["phone"],
        serves_home=perhaps(row["serves_home_division"], Division),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=perhaps(row["valid_to"], date.fromisoformat),
        successor=perhaps(row["successor"], AgencyId),
    )


def agreement_of(row: Mapping[str, str]) -> Agreement:
    """From the cells of `agreements.csv`."""
    return Agreement(
        id=AgreementId(row["id"]),
        name=wording(row),
        sender=Province(row["sender"]),
        receiver=Province(row["receiver"]),
        mode=RouteMode(row["mode"]),
        case_types=frozenset(map(CaseType, row["case_types"].split())),
        answer_within=perhaps(
            row["answer_days"], lambda days: Period(days=int(days), working=row["answer_unit"] != "days")
        ),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=perhaps(row["valid_to"], date.fromisoformat),
    )


def columns_of(row: Mapping[str, str]) -> tuple[object, ...]:
    """The cells of `sites.csv` that a decision needs, as `Sites` takes them."""
    typed: dict[str, object] = {
        **row,
        "latitude": perhaps(row["latitude"], int),
        "longitude": perhaps(row["longitude"], int),
        "duty_lawyers": perhaps(row["duty_lawyers"], int),
        "capacity": perhaps(row["capacity"], int),
        "valid_from": (perhaps(row["valid_from"], date.fromisoformat) or ALWAYS).toordinal(),
        "valid_to": perhaps(row["valid_to"], lambda day: date.fromisoformat(day).toordinal()),
    }
    return tuple(typed[name] for name in COLUMNS)


def perhaps(cell: str, convert: Callable[[str], T]) -> T | None:
    return convert(cell) if cell else None


def wording(row: Mapping[str, str]) -> Wording:
    return Wording(row["name_zh"], row["name_en"])

"""A million sites in columns: what a decision and a look for the nearest one need, a hundred bytes each.

Names and contacts are not here; they are read from the database when they are shown.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from schemas.codes import CaseType, Language, Level, SiteKind
from schemas.ids import AgencyId, Division, Province, SiteId, Wording
from services.routing.domain.distance import Point
from services.routing.domain.grid import Grid
from services.routing.domain.opening import Hours

T = TypeVar("T", bound=Hashable)

HOME_STATION: Final = SiteKind("workstation-home-province")
WINDOW: Final = SiteKind("window")

NO_DAY: Final = 0
"""Stands for no last day; the days of the calendar begin at 1."""

NOWHERE: Final = -(2**31)
"""The latitude of a site without coordinates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where an agency is met."""

    id: SiteId
    agency: AgencyId
    kind: SiteKind
    division: Division
    """Where it stands."""
    point: Point | None
    case_types: frozenset[CaseType]
    """What it serves; empty for everything."""
    levels: frozenset[Level]
    """Matters of which level it serves; empty for every one."""
    hours: Hours
    languages: frozenset[Language]
    duty_lawyers: int
    capacity: int | None
    """How many offers and matters it can have at a time."""
    serves_home: Division | None
    """Of a home-province workstation: whose people it serves; none stands for those of its province."""
    valid_from: date
    valid_to: date | None
    successor: SiteId | None
    """Who goes on with its work when it has closed."""

    @property
    def takes_cases_on(self) -> bool:
        return takes_cases_on(self.kind)

    def serves(self, case_type: CaseType) -> bool:
        return not self.case_types or case_type in self.case_types

    def stands_on(self, day: date) -> bool:
        """Whether it exists on that day, open or not."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class SiteCard:
    """What is shown of a site and never decides anything."""

    name: Wording
    phone: str
    address: str


def takes_cases_on(kind: SiteKind) -> bool:
    """Windows and workstations do; the other sites take cases in and pass them on."""
    return kind == WINDOW or kind.startswith("workstation-")


class Interned(Generic[T]):
    """A column with few different values: numbers, and what they stand for."""

    def __init__(self, code: str, read: Callable[[str], T]) -> None:
        self.numbers = array(code)
        self.values: list[T] = []
        self._read = read
        self._known: dict[str, int] = {}
        self._where: dict[Hashable, frozenset[int]] = {}

    def append(self, text: str) -> None:
        number = self._known.get(text)
        if number is None:
            number = self._known[text] = len(self.values)
            self.values.append(self._read(text))
        self.numbers.append(number)

    def __getitem__(self, row: int) -> T:
        return self.values[self.numbers[row]]

    def where(self, name: Hashable, true: Callable[[T], bool]) -> frozenset[int]:
        """The numbers of the values for which something is true; remembered under its name.

        Most questions ask the same few things, and a number in a set is found faster than a value is asked.
        """
        found = self._where.get(name)
        if found is None:
            found = frozenset(number for number, value in enumerate(self.values) if true(value))
            self._where[name] = found
        return found

    def having(self, text: str, rows: Iterable[int]) -> list[int]:
        """Those of the rows that have this value."""
        number, numbers = self._known.get(text), self.numbers
        return [] if number is None else [row for row in rows if numbers[row] == number]


class Sites:
    """All sites of a version of the directory, in the order of their ids. Filled once, then only read."""

    def __init__(self) -> None:
        self._ids = bytearray()
        self._ends = array("I")
        self.agency = Interned("I", AgencyId)
        self.kind = Interned("B", SiteKind)
        self.division = Interned("H", Division)
        self.case_types = Interned("I", words_of(CaseType))
        self.levels = Interned("B", words_of(Level))
        self.hours = Interned("I", Hours.read)
        self.languages = Interned("I", words_of(Language))
        self.serves_home = Interned("H", Division)
        self.latitude = array("i")
        self.longitude = array("i")
        self.duty_lawyers = array("H")
        self.capacity = array("I")
        self.valid_from = array("I")
        self.valid_to = array("I")
        self.successor: dict[int, SiteId] = {}
        self.taking_on: dict[AgencyId, array[int]] = {}
        """The sites of an agency that take cases on."""
        self.stations: dict[tuple[Province, Province], array[int]] = {}
        """Home-province workstations by the province that they act for and the one that they stand in."""
        self._owner_of: dict[AgencyId, Province] = {}
        self._grid: Grid | None = None

    @classmethod
    def of(cls, rows: Iterable[Iterable[Any]], owner_of: Mapping[AgencyId, Province]) -> "Sites":
        """From rows in the order of `COLUMNS`, sorted by the bytes of their ids."""
        sites = cls()
        sites.extend(rows, owner_of)
        return sites

    def extend(self, rows: Iterable[Iterable[Any]], owner_of: Mapping[AgencyId, Province]) -> None:
        """Add rows in the order of `COLUMNS`, sorted by the bytes of their ids, all after those before."""
        add = self._add
        for row in rows:
            add(owner_of, *row)

    def _add(
        self,
        owner_of: Mapping[AgencyId, Province],
        id: str,
        agency: str,
        kind: str,
        division: str,
        latitude: int | None,
        longitude: int | None,
        case_types: str,
        levels: str,
        hours: str,
        languages: str,
        duty_lawyers: int | None,
        capacity: int | None,
        serves_home: str,
        valid_from: int,
        valid_to: int | None,
        successor: str,
    ) -> None:
        row = len(self._ends)
        self._ids += id.encode()
        self._ends.append(len(self._ids))
        self.agency.append(agency)
        self.kind.append(kind)
        self.division.append(division)
        self.case_types.append(case_types)
        self.levels.append(levels)
        self.hours.append(hours)
        self.languages.append(languages)
        self.serves_home.append(serves_home)
        self.latitude.append(NOWHERE if latitude is None else latitude)
        self.longitude.append(longitude or 0)
        self.duty_lawyers.append(min(duty_lawyers or 0, 65_535))
        self.capacity.append(0 if capacity is None else capacity + 1)
        self.valid_from.append(valid_from)
        self.valid_to.append(valid_to or NO_DAY)
        if successor:
            self.successor[row] = SiteId(successor)
        if kind == HOME_STATION:
            between = (owner_of[AgencyId(agency)], Province(division[:2]))
            self.stations.setdefault(between, array("I")).append(row)
        if takes_cases_on(SiteKind(kind)):
            self.taking_on.setdefault(AgencyId(agency), array("I")).append(row)

    def lay_grid(self) -> Grid:
        """Once nothing is added any more. Takes a second for a million sites; a few never need it."""
        self._grid = self._grid or Grid.of(self.latitude, self.longitude, missing=NOWHERE)
        return self._grid

    # --- Looking ------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[Site]:
        return map(self.site, range(len(self)))

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.row_of(SiteId(id)) is not None

    def id(self, row: int) -> SiteId:
        return SiteId(self._id(row).decode())

    def _id(self, row: int) -> bytes:
        return bytes(self._ids[self._ends[row - 1] if row else 0 : self._ends[row]])

    def row_of(self, id: SiteId) -> int | None:
        """Where the site is; None if the directory does not have it."""
        wanted = id.encode()
        row = bisect_left(range(len(self)), wanted, key=self._id)
        return row if row < len(self) and self._id(row) == wanted else None

    def missing_in(self, other: "Sites") -> Iterator[int]:
        """Rows of sites that the other directory does not have. Both are in the order of ids: one pass."""
        there = 0
        for row in range(len(self)):
            id = self._id(row)
            while there < len(other) and other._id(there) < id:
                there += 1
            if there == len(other) or other._id(there) != id:
                yield row

    def get(self, id: SiteId) -> Site | None:
        row = self.row_of(id)
        return None if row is None else self.site(row)

    def point(self, row: int) -> Point | None:
        latitude = self.latitude[row]
        return None if latitude == NOWHERE else Point(latitude, self.longitude[row])

    def serving(self, case_type: CaseType) -> frozenset[int]:
        """The numbers of `case_types` that include it."""
        return self.case_types.where(("serves", case_type), lambda types: not types or case_type in types)

    def stands_on(self, row: int, day: int) -> bool:
        """Whether it exists on that day, an ordinal of the calendar."""
        last = self.valid_to[row]
        return self.valid_from[row] <= day and (last == NO_DAY or day <= last)

    def capacity_of(self, row: int) -> int | None:
        return self.capacity[row] - 1 if self.capacity[row] else None

    def site(self, row: int) -> Site:
        """All that is known of it here."""
        last = self.valid_to[row]
        return Site(
            id=self.id(row),
            agency=self.agency[row],
            kind=self.kind[row],
            division=self.division[row],
            point=self.point(row),
            case_types=self.case_types[row],
            levels=self.levels[row],
            hours=self.hours[row],
            languages=self.languages[row],
            duty_lawyers=self.duty_lawyers[row],
            capacity=self.capacity_of(row),
            serves_home=self.serves_home[row] or None,
            valid_from=date.fromordinal(self.valid_from[row]),
            valid_to=None if last == NO_DAY else date.fromordinal(last),
            successor=self.successor.get(row),
        )

    def near(self, place: Point, within_m: int) -> Iterator[tuple[int, int]]:
        """Distance and row of the sites within so many metres, the nearest first; ties by id."""
        return self.lay_grid().near(place, within_m)


def words_of(kind: Callable[[str], T]) -> Callable[[str], frozenset[T]]:
    """Reads several, separated by spaces."""
    return lambda text: frozenset(map(kind, text.split()))


COLUMNS: Final = (
    "id",
    "agency",
    "kind",
    "division",
    "latitude",
    "longitude",
    "case_types",
    "levels",
    "hours",
    "languages",
    "duty_lawyers",
    "capacity",
    "serves_home_division",
    "valid_from",
    "valid_to",
    "successor",
)
"""The order of a row's values: coordinates in micro-degrees, days as ordinals, lists as words with spaces."""

"""The directory as a decision sees it: one immutable snapshot of divisions, agencies, agreements, sites."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Self

from schemas.codes import AgencyKind, CaseType, Language, Level
from schemas.ids import AgencyId, Division, Province, Wording
from services.routing.domain.agreement import Agreement, Agreements
from services.routing.domain.distance import Point
from services.routing.domain.opening import Hours
from services.routing.domain.sites import Sites

LEGAL_AID_CENTRE: Final = AgencyKind("legal-aid-centre")
JUSTICE_BUREAU: Final = AgencyKind("justice-bureau")

COUNTY, CITY, PROVINCE = Level("county"), Level("city"), Level("province")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency as it is told to everybody: nothing in it is personal."""

    id: AgencyId
    kind: AgencyKind
    name: Wording
    province: Province
    """The jurisdiction that it acts for, wherever it stands."""
    division: Division
    """Where it stands."""
    case_types: frozenset[CaseType]
    """What it serves; empty for everything."""
    levels: frozenset[Level] = frozenset()
    """Matters of which level it serves; empty for every one."""
    hours: Hours
    languages: frozenset[Language] = frozenset()
    capacity: int | None = None
    """How many offers and matters it can have at a time."""
    phone: str
    serves_home: Division | None
    """Of a home-province workstation: whose people it serves."""
    valid_from: date
    valid_to: date | None
    """The last day on which it can be asked."""
    successor: AgencyId | None
    """Who is asked instead afterwards."""

    def serves(self, case_type: CaseType) -> bool:
        return not self.case_types or case_type in self.case_types

    def serves_level(self, level: Level) -> bool:
        return not self.levels or level in self.levels

    def open_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_centre(self) -> bool:
        """Whether it grants aid for the place where it stands."""
        return self.kind == LEGAL_AID_CENTRE and self.serves_home is None

    @property
    def seat(self) -> Division:
        """The division that it belongs to: where it stands, or its province if it stands in another one."""
        return self.division if province_of(self.division) == self.province else whole(self.province)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Who there is. `version` names the exact content, so that a decision can be made again."""

    version: str
    divisions: Mapping[Division, Wording]
    points: Mapping[Division, Point]
    """Where the seats of divisions are, as far as that is known."""
    agencies: Mapping[AgencyId, Agency]
    agreements: Agreements
    sites: Sites
    _centres: Mapping[Division, tuple[Agency, ...]]
    _bureaus: Mapping[Division, tuple[Agency, ...]]
    _stations: Mapping[tuple[Province, Province], tuple[Agency, ...]]

    @classmethod
    def of(
        cls,
        version: str,
        *,
        divisions: Mapping[Division, Wording],
        agencies: Iterable[Agency],
        points: Mapping[Division, Point] = MappingProxyType({}),
        agreements: Iterable[Agreement] = (),
        sites: Sites | None = None,
    ) -> Self:
        """Put the rows together, with the indexes that a decision needs."""
        centres: dict[Division, list[Agency]] = {}
        bureaus: dict[Division, list[Agency]] = {}
        stations: dict[tuple[Province, Province], list[Agency]] = {}
        known = sorted(agencies, key=lambda agency: agency.id)
        for agency in known:
            if agency.is_centre:
                centres.setdefault(agency.division, []).append(agency)
            elif agency.serves_home is not None:
                stations.setdefault((agency.province, province_of(agency.division)), []).append(agency)
            elif agency.kind == JUSTICE_BUREAU:
                # The national desk stands in the capital, and is no bureau of that city.
                bureaus.setdefault(agency.seat, []).append(agency)
        return cls(
            version=version,
            divisions=MappingProxyType(dict(divisions)),
            points=MappingProxyType(dict(points)),
            agencies=MappingProxyType({agency.id: agency for agency in known}),
            agreements=Agreements.of(agreements),
            sites=Sites() if sites is None else sites,
            _centres={division: tuple(found) for division, found in centres.items()},
            _bureaus={division: tuple(found) for division, found in bureaus.items()},
            _stations={pair: tuple(found) for pair, found in stations.items()},
        )

    def centres_for(self, division: Division) -> Iterator[Agency]:
        """The legal-aid centres whose place it is: of the county, of the city, of the province."""
        for level in levels(division):
            yield from self._centres.get(level, ())

    def station_agencies(self, home: Province, work: Province) -> tuple[Agency, ...]:
        """Agencies that are workstations of the home province in the work province, by id."""
        return self._stations.get((home, work), ())

    def directing(self, division: Division) -> tuple[Agency, ...]:
        """Who directs the centres of a division: its justice bureaus, where there is none its centres."""
        return self._bureaus.get(division) or self._centres.get(division, ())

    def point_of(self, division: Division) -> Point | None:
        """The seat of the division, or of the next larger one that has a known one."""
        return next((self.points[each] for each in levels(division) if each in self.points), None)

    def successor_of(self, agency: Agency) -> Agency | None:
        return self.agencies.get(agency.successor) if agency.successor else None


def province_of(division: Division) -> Province:
    return Province(division[:2])


def whole(province: Province) -> Division:
    """The division that is the whole province."""
    return Division(f"{province}0000")


def level_of(division: Division) -> Level:
    if division.endswith("0000"):
        return PROVINCE
    return CITY if division.endswith("00") else COUNTY


def levels(division: Division) -> tuple[Division, ...]:
    """The division, its city and its province, each once."""
    return tuple(dict.fromkeys((division, Division(division[:4] + "00"), Division(division[:2] + "0000"))))


def covers(wider: Division, division: Division) -> bool:
    """Whether `division` is `wider`, or a part of it."""
    return wider == division or wider == division[:4] + "00" or wider == division[:2] + "0000"

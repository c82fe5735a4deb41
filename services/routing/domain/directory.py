"""The directory as a decision sees it: one immutable snapshot of divisions, agencies and sites."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Self

from schemas.codes import AgencyKind, CaseType, Channel
from schemas.ids import AgencyId, Division, Province, SiteId, Wording

LEGAL_AID_CENTRE = AgencyKind("legal-aid-centre")


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

    def open_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_centre(self) -> bool:
        """Whether it grants aid for the place where it stands."""
        return self.kind == LEGAL_AID_CENTRE and self.serves_home is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where an agency is met."""

    id: SiteId
    agency: AgencyId
    kind: Channel
    division: Division
    name: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Who there is. `version` names the exact content, so that a decision can be made again."""

    version: str
    divisions: Mapping[Division, Wording]
    agencies: Mapping[AgencyId, Agency]
    sites: Mapping[SiteId, Site]
    _centres: Mapping[Division, tuple[Agency, ...]]
    _stations: Mapping[tuple[Province, Province], tuple[Agency, ...]]
    _sites: Mapping[AgencyId, tuple[Site, ...]]

    @classmethod
    def of(
        cls,
        version: str,
        *,
        divisions: Mapping[Division, Wording],
        agencies: Iterable[Agency],
        sites: Iterable[Site] = (),
    ) -> Self:
        """Put the rows together, with the indexes that a decision needs."""
        centres: dict[Division, list[Agency]] = {}
        stations: dict[tuple[Province, Province], list[Agency]] = {}
        places: dict[AgencyId, list[Site]] = {}
        for site in sites:
            places.setdefault(site.agency, []).append(site)
        known = sorted(agencies, key=lambda agency: agency.id)
        for agency in known:
            if agency.is_centre:
                centres.setdefault(agency.division, []).append(agency)
            elif agency.serves_home is not None:
                stations.setdefault((agency.province, province_of(agency.division)), []).append(agency)
        return cls(
            version=version,
            divisions=MappingProxyType(dict(divisions)),
            agencies=MappingProxyType({agency.id: agency for agency in known}),
            sites=MappingProxyType({site.id: site for each in places.values() for site in each}),
            _centres={division: tuple(found) for division, found in centres.items()},
            _stations={pair: tuple(found) for pair, found in stations.items()},
            _sites={agency: tuple(found) for agency, found in places.items()},
        )

    def centres_for(self, division: Division) -> Iterator[Agency]:
        """The legal-aid centres whose place it is: of the county, of the city, of the province."""
        for level in levels(division):
            yield from self._centres.get(level, ())

    def stations_for(self, home: Division, work: Division) -> list[Agency]:
        """Workstations of the home province in the work province; those that stand nearest come first."""
        found = self._stations.get((province_of(home), province_of(work)), ())
        serving = [station for station in found if station.serves_home and covers(station.serves_home, home)]
        return sorted(serving, key=lambda station: not covers(station.division, work))

    def sites_of(self, agency: AgencyId) -> tuple[Site, ...]:
        return self._sites.get(agency, ())

    def site_in(self, agency: AgencyId, division: Division) -> SiteId | None:
        """The first site of the agency that stands where the division is."""
        standing = (site.id for site in self.sites_of(agency) if covers(site.division, division))
        return next(standing, None)

    def successor_of(self, agency: Agency) -> Agency | None:
        return self.agencies.get(agency.successor) if agency.successor else None


def province_of(division: Division) -> Province:
    return Province(division[:2])


def levels(division: Division) -> tuple[Division, ...]:
    """The division, its city and its province, each once."""
    return tuple(dict.fromkeys((division, Division(division[:4] + "00"), Division(division[:2] + "0000"))))


def covers(wider: Division, division: Division) -> bool:
    """Whether `division` is `wider`, or a part of it."""
    return wider in levels(division)

"""Who goes on with the work of agencies and sites that have closed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from schemas.ids import AgencyId, SiteId
from services.routing.domain.directory import Agency, Directory
from services.routing.domain.sites import NO_DAY


@dataclass(frozen=True, slots=True)
class Moves:
    """Who has closed, and who goes on; None where nobody is named, or those named have closed as well."""

    agencies: Mapping[AgencyId, AgencyId | None]
    sites: Mapping[SiteId, SiteId | None]


def moved(old: Directory, new: Directory, on: date) -> Moves:
    """What is closed on that day in `new`, or was in `old` and is no longer listed.

    With the same directory twice it says who has closed by date alone. Runs through all sites once.
    """
    agencies = {
        agency.id: agency
        for agency in (
            *new.agencies.values(),
            *(a for a in old.agencies.values() if a.id not in new.agencies),
        )
        if agency.id not in new.agencies or has_ended(agency, on)
    }
    return Moves(
        agencies={id: agency_after(agency, on, new) for id, agency in agencies.items()},
        sites={id: site_after(successor, on, new) for id, successor in ended_sites(old, new, on)},
    )


def has_ended(agency: Agency, on: date) -> bool:
    """Whether its last day is over; one that is still to open has not ended."""
    return agency.valid_to is not None and agency.valid_to < on


def successors(agency: Agency, directory: Directory) -> Iterator[Agency]:
    """Who took over, and from them, as often as it happened; a circle ends where it closes."""
    seen = {agency.id}
    following = directory.successor_of(agency)
    while following and following.id not in seen:
        yield following
        seen.add(following.id)
        following = directory.successor_of(following)


def agency_after(agency: Agency, on: date, directory: Directory) -> AgencyId | None:
    return next((each.id for each in successors(agency, directory) if each.open_on(on)), None)


def ended_sites(old: Directory, new: Directory, on: date) -> Iterator[tuple[SiteId, SiteId | None]]:
    """Sites that have closed, with the successor that they name."""
    day, sites = on.toordinal(), new.sites
    for row, last in enumerate(sites.valid_to):
        if last != NO_DAY and last < day:
            yield sites.id(row), sites.successor.get(row)
    if old is not new:
        for row in old.sites.missing_in(sites):
            yield old.sites.id(row), old.sites.successor.get(row)


def site_has_ended(id: SiteId, on: date, directory: Directory) -> bool:
    """Whether its last day is over, or it is not listed any more; one that is still to open has not ended."""
    row = directory.sites.row_of(id)
    if row is None:
        return True
    last = directory.sites.valid_to[row]
    return last != NO_DAY and last < on.toordinal()


def site_after(successor: SiteId | None, on: date, directory: Directory) -> SiteId | None:
    """The first in the line of successors that stands on that day."""
    seen: set[SiteId] = set()
    while successor and successor not in seen:
        seen.add(successor)
        row = directory.sites.row_of(successor)
        if row is None:
            return None
        if directory.sites.stands_on(row, on.toordinal()):
            return successor
        successor = directory.sites.successor.get(row)
    return None

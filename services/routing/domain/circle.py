"""The half-hour service circle: the nearest open site of a place, and the places that have none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from law.calendar import Calendar
from schemas.codes import CaseType, SiteKind
from schemas.ids import Division, Province
from services.routing.domain.directory import Directory, province_of
from services.routing.domain.distance import Point
from services.routing.domain.opening import kind_of
from services.routing.domain.sites import Sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for near a place."""

    within_m: int
    on: date
    at: datetime | None = None
    """Open at that moment; without it, at some time of the day."""
    kind: SiteKind | None = None
    case_type: CaseType | None = None


def nearest(place: Point, wish: Wish, directory: Directory, calendar: Calendar) -> Iterator[tuple[int, int]]:
    """Metres and row of the sites that fit, the nearest first; those as near as one another by id."""
    sites, day = directory.sites, kind_of(wish.on, calendar)
    for distance, row in sites.near(place, wish.within_m):
        if sites.stands_on(row, wish.on.toordinal()) and fits(row, wish, day, sites, calendar):
            yield distance, row


def fits(row: int, wish: Wish, kind_of_day: int, sites: Sites, calendar: Calendar) -> bool:
    hours, case_types = sites.hours[row], sites.case_types[row]
    return (
        (wish.kind is None or sites.kind[row] == wish.kind)
        and (wish.case_type is None or not case_types or wish.case_type in case_types)
        and (hours.open_at(wish.at, calendar) if wish.at else hours.open_on(kind_of_day))
    )


def gaps(
    directory: Directory, within_m: int, on: date, calendar: Calendar, province: Province | None = None
) -> Iterator[Division]:
    """Counties, and cities without counties, from whose seat no site that is open that day is near enough."""
    wish = Wish(within_m=within_m, on=on)
    for division in smallest(directory):
        place = directory.points.get(division)
        if place is None or province not in (None, province_of(division)):
            continue
        if next(nearest(place, wish, directory, calendar), None) is None:
            yield division


def smallest(directory: Directory) -> Iterator[Division]:
    """The divisions that no other one lies in, by code."""
    known = sorted(directory.divisions)
    with_parts = {division[:4] for division in known if not division.endswith("00")}
    with_parts |= {division[:2] for division in known if not division.endswith("0000")}
    for division in known:
        own = division[:2] if division.endswith("0000") else division[:4]
        if not division.endswith("00") or own not in with_parts:
            yield division

"""The order among agencies and sites of the same rank: opening, load, distance, language, specialty."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from schemas.codes import RouteReason, SiteKind, WorkerClass
from schemas.ids import AgencyId, SiteId
from services.routing.domain.directory import Agency, Directory
from services.routing.domain.distance import Point, metres
from services.routing.domain.load import Load
from services.routing.domain.question import Question
from services.routing.domain.reasons import (
    NEARBY,
    OPEN_THAT_DAY,
    SPARE_CAPACITY,
    SPEAKS_LANGUAGE,
    SPECIAL_DESK,
)
from services.routing.domain.sites import NOWHERE

HALF_HOUR_M: Final = 15_000
"""The half-hour service circle: what a bus makes of half an hour, on the map."""

STEPS_M: Final = (HALF_HOUR_M // 3, HALF_HOUR_M, 30_000, 60_000, 120_000, 300_000)
"""Within a step a shorter way does not count for more than a language that is spoken."""

STEPS_LOAD: Final = (0.5, 0.8, 1.0)
"""Of the capacity; below a step a lower load does not count for more than a shorter way."""

NEW_FORM: Final = frozenset(
    map(WorkerClass, ("rider", "courier", "ride-hailing-driver", "livestream-host", "other-new-form"))
)

DESKS: Final[Mapping[SiteKind, frozenset[WorkerClass]]] = {
    SiteKind("workstation-new-form"): NEW_FORM,
    SiteKind("workstation-gig-market"): NEW_FORM,
    SiteKind("workstation-union"): frozenset({WorkerClass("confinement-nanny")}),
}
"""Desks for a class of worker."""

Place = tuple[int, int, int, bool, bool, int, int, str]
"""What candidates are sorted by; the id at its end breaks every tie."""


class Weight(NamedTuple):
    """What decides the order among agencies of the same rank. `schemas.facts.Weighed` tells it to others."""

    open: bool
    load: int
    capacity: int | None
    distance_m: int | None
    language: bool
    special: bool
    """A desk for this class of worker, one that names this type of case, or a lawyer for haste."""


class Weighing:
    """Weighs sites for one question, and remembers which loads it looked at."""

    def __init__(self, asking: Question, directory: Directory, kind_of_day: int, load: Load) -> None:
        self.asking = asking
        self.directory = directory
        self.load = load
        self.kind_of_day = kind_of_day
        self.work = directory.point_of(asking.work)
        self.loads: set[tuple[AgencyId, SiteId | None, int]] = set()
        """Those that were looked at and were not zero."""
        self.sites = sites = directory.sites
        self.open = sites.hours.where(kind_of_day, lambda hours: hours.open_on(kind_of_day))
        self.named = sites.case_types.where(("names", asking.case_type), lambda t: asking.case_type in t)
        self.desks = sites.kind.where(
            asking.worker_class, lambda kind: asking.worker_class in DESKS.get(kind, ())
        )
        self.speaking = sites.languages.where(asking.language, lambda spoken: asking.language in spoken)

    def weigh(self, agency: Agency) -> Weight:
        """The agency itself, where it is not known which of its sites would take the case on."""
        if load := self.load.agencies.get(agency.id, 0):
            self.loads.add((agency.id, None, load))
        return Weight(
            open=agency.hours.open_on(self.kind_of_day),
            load=load,
            capacity=agency.capacity,
            distance_m=self.distance(self.directory.point_of(agency.division)),
            language=self.asking.language in agency.languages,
            special=self.asking.case_type in agency.case_types,
        )

    def weigh_site(self, agency: AgencyId, row: int, id: SiteId) -> Weight:
        """One of its sites. Some twenty are weighed in a decision: it is written out to be quick."""
        sites = self.sites
        load, capacity, latitude = self.load.sites.get(id, 0), sites.capacity[row], sites.latitude[row]
        if load:
            self.loads.add((agency, id, load))
        there = (latitude, sites.longitude[row])
        case_types = sites.case_types.numbers[row]
        return Weight(
            sites.hours.numbers[row] in self.open,
            load,
            capacity - 1 if capacity else None,
            metres(self.work, there) if self.work and latitude != NOWHERE else None,
            sites.languages.numbers[row] in self.speaking,
            case_types in self.named
            or sites.kind.numbers[row] in self.desks
            or (self.asking.urgent and sites.duty_lawyers[row] > 0),
        )

    def distance(self, there: Point | None) -> int | None:
        return metres(self.work, there) if self.work and there else None

    def best_site(self, agency: AgencyId, rows: Iterable[int]) -> tuple[SiteId, Weight] | None:
        """The one of these sites that would take the case on; None if there are none."""
        ids = ((row, self.sites.id(row)) for row in rows)
        weighed = [(id, self.weigh_site(agency, row, id)) for row, id in ids]
        return min(weighed, key=lambda each: place_of(each[1], each[0]), default=None)


def place_of(weighed: Weight, id: str) -> Place:
    """Opening, load, distance, language, specialty; then the exact figures; then the id."""
    distance = weighed.distance_m
    return (
        not weighed.open,
        load_step(weighed),
        len(STEPS_M) + 1 if distance is None else bisect_left(STEPS_M, distance),
        not weighed.language,
        not weighed.special,
        2**31 if distance is None else distance,
        weighed.load,
        id,
    )


def load_step(weighed: Weight) -> int:
    """Where no capacity is stated, nobody can say that it is full."""
    if not weighed.capacity:
        return 0 if weighed.capacity is None else len(STEPS_LOAD)
    return bisect_right(STEPS_LOAD, weighed.load / weighed.capacity)


def is_full(weighed: Weight) -> bool:
    return weighed.capacity is not None and weighed.load >= weighed.capacity


def merits(weighed: Weight) -> tuple[RouteReason, ...]:
    """What of it speaks for the agency, as reasons."""
    said = (
        (weighed.open, OPEN_THAT_DAY),
        (weighed.capacity is not None and load_step(weighed) == 0, SPARE_CAPACITY),
        (weighed.distance_m is not None and weighed.distance_m <= HALF_HOUR_M, NEARBY),
        (weighed.language, SPEAKS_LANGUAGE),
        (weighed.special, SPECIAL_DESK),
    )
    return tuple(reason for true, reason in said if true)

"""Who comes into question for a case, best first, with what speaks for and against each.

Legal Aid Law Art. 38: aid is applied for where the dispute authority sits or the matter arose, usually the
work province. A workstation of the home province in the work province takes cases on by agreement.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import itemgetter
from typing import Final

from schemas.codes import RouteMode, RouteReason
from schemas.ids import AgencyId, Division, SiteId
from services.routing.domain.agreement import Agreement
from services.routing.domain.directory import Agency, Directory, covers, level_of, province_of
from services.routing.domain.question import Question
from services.routing.domain.reasons import (
    AGREEMENT,
    ALREADY_ASKED,
    CASE_TYPE_NOT_SERVED,
    CLOSED,
    DISPUTE_SEAT,
    HOME_PROVINCE,
    HOME_STATION,
    LEVEL_NOT_SERVED,
    MATTER_AROSE,
    NO_AGREEMENT,
    NO_CAPACITY,
    NOT_COMPETENT,
    PROPOSED,
    RECEIVED_FIRST,
)
from services.routing.domain.succession import successors
from services.routing.domain.weighing import Place, Weighing, Weight, is_full, merits, place_of

STAY: Final = RouteMode("stay")
TRANSFER: Final = RouteMode("transfer")
FORWARD: Final = RouteMode("forward")

MOST_STATIONS: Final = 4
"""Of a home province in one work province: so many that were not asked yet are candidates."""

MOST_WEIGHED: Final = 256
"""Of them so many are weighed, those of the county or city first. It bounds what a decision records."""

MOST_SITES: Final = 64
"""Of one agency: so many are weighed, those of the county, then of the city, then the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """An agency on the way to being a candidate."""

    agency: Agency
    mode: RouteMode
    reasons: tuple[RouteReason, ...]
    against: tuple[RouteReason, ...] = ()
    agreement: Agreement | None = None
    site: SiteId | None = None
    """The one that would take the case on, where that is known."""
    weighed: Weight | None = None


def consider(asking: Question, directory: Directory, weighing: Weighing) -> Iterator[Considered]:
    """Everybody who comes into question, best first: competence and agreements, then the order of the plan.

    The workstation of the home province that stands in the work province; the centre of the home province;
    the centre of where the matter arose.
    """
    intake = directory.agencies.get(asking.intake)
    for each in stations(asking, directory, weighing):
        if each.agency.id == asking.intake:
            kept = staying(each, asking)
            yield kept
            if not against(kept, asking):
                return
        else:
            yield from with_successors(each, asking, directory)
    yield from home_centre(asking, directory, weighing)
    if intake and competent_by_place(intake, asking):
        kept = staying(Considered(agency=intake, mode=STAY, reasons=(MATTER_AROSE,)), asking)
        yield kept
        if not against(kept, asking):
            return
    elif intake:
        yield Considered(agency=intake, mode=STAY, reasons=(RECEIVED_FIRST,), against=(NOT_COMPETENT,))
    for centre in directory.centres_for(asking.work):
        reasons = (MATTER_AROSE, DISPUTE_SEAT)
        agreement = agreed(centre, FORWARD, asking, directory)
        considered = Considered(agency=centre, mode=FORWARD, reasons=reasons, agreement=agreement)
        yield from with_successors(considered, asking, directory)


def against(considered: Considered, asking: Question) -> tuple[RouteReason, ...]:
    """All that speaks against it. Nobody is asked against whom anything speaks."""
    agency, found = considered.agency, list(considered.against)
    if not agency.serves(asking.case_type):
        found.append(CASE_TYPE_NOT_SERVED)
    if not agency.serves_level(level_of(asking.work)):
        found.append(LEVEL_NOT_SERVED)
    if not agency.open_on(asking.on):
        found.append(CLOSED)
    if agency.id in asking.asked and considered.mode != STAY:
        found.append(ALREADY_ASKED)
    # Only who takes cases on by agreement may be too full: competence by law does not end with capacity.
    if considered.mode == TRANSFER and considered.weighed and is_full(considered.weighed):
        found.append(NO_CAPACITY)
    return tuple(found)


def staying(considered: Considered, asking: Question) -> Considered:
    """The agency that has the case may keep it: of two competent ones, the first to receive it does."""
    refusing = (NOT_COMPETENT,) if asking.declined else ()
    reasons = (*considered.reasons, RECEIVED_FIRST)
    return replace(considered, mode=STAY, reasons=reasons, against=(*considered.against, *refusing))


def agreed(agency: Agency, mode: RouteMode, asking: Question, directory: Directory) -> Agreement | None:
    """The agreement under which the agency's province takes such cases of the work province."""
    sender, receiver = province_of(asking.work), agency.province
    return directory.agreements.between(sender, receiver, mode, asking.case_type, asking.on)


# --- Workstations of the home province in the work province ------------------------------------------------


def stations(asking: Question, directory: Directory, weighing: Weighing) -> Iterator[Considered]:
    """One for each agency, with its best site: first those in the county or city where the matter arose."""
    if province_of(asking.home) == province_of(asking.work):
        return
    known = sorted(standing(asking, directory), key=itemgetter(0, 1))
    seen: set[str] = set()
    for _, near in groupby(known[:MOST_WEIGHED], key=itemgetter(0)):
        if len(seen - asking.asked) >= MOST_STATIONS:
            return
        weighed = [weighing_of(*each, weighing) for each in near]
        for _, weight, agency, site in sorted(weighed, key=itemgetter(0)):
            if agency.id not in seen and len(seen - asking.asked) < MOST_STATIONS:
                seen.add(agency.id)
                yield station(agency, site, weight, asking, directory)


def weighing_of(
    _: int, id: str, agency: Agency, row: int | None, weighing: Weighing
) -> tuple[Place, Weight, Agency, SiteId | None]:
    site = None if row is None else SiteId(id)
    weight = weighing.weigh_site(agency.id, row, site) if site and row is not None else weighing.weigh(agency)
    return place_of(weight, id), weight, agency, site


def station(
    agency: Agency, site: SiteId | None, weight: Weight, asking: Question, directory: Directory
) -> Considered:
    agreement = agreed(agency, TRANSFER, asking, directory)
    return Considered(
        agency=agency,
        mode=TRANSFER,
        reasons=(HOME_STATION, *((AGREEMENT,) if agreement else ()), *merits(weight)),
        against=() if agreement else (NO_AGREEMENT,),
        agreement=agreement,
        site=site,
        weighed=weight,
    )


Standing = tuple[int, str, Agency, int | None]
"""How near it stands, its id for breaking ties, whose it is, and the row of the site."""


def standing(asking: Question, directory: Directory) -> Iterator[Standing]:
    """Agencies that are workstations, and sites of agencies of the home province that are."""
    home, work = province_of(asking.home), province_of(asking.work)
    sites, day = directory.sites, asking.on.toordinal()
    serving, case_types = sites.serving(asking.case_type), sites.case_types.numbers
    with_site: set[str] = set()
    for row in sites.stations.get((home, work), ()):
        if case_types[row] not in serving or not sites.stands_on(row, day):
            continue
        agency = directory.agencies[sites.agency[row]]
        serves_home = sites.serves_home[row] or agency.serves_home
        # Who says nothing else serves all of the province that it acts for.
        if not serves_home or covers(serves_home, asking.home):
            with_site.add(agency.id)
            yield ring(sites.division[row], asking.work), sites.id(row), agency, row
    for agency in directory.station_agencies(home, work):
        if agency.id not in with_site and agency.serves_home and covers(agency.serves_home, asking.home):
            yield ring(agency.division, asking.work), agency.id, agency, None


def ring(division: Division, work: Division) -> int:
    """How near by the map of divisions: the same county, the same city, the same province."""
    if division == work:
        return 0
    if division[:4] != work[:4]:
        return 2
    return 0 if division.endswith("00") else 1


# --- Centres -----------------------------------------------------------------------------------------------


def home_centre(asking: Question, directory: Directory, weighing: Weighing) -> Iterator[Considered]:
    """The nearest centre of the home, if an agreement lets it take cases of the work province on."""
    if province_of(asking.home) == province_of(asking.work):
        return
    for centre in nearest_centre(asking.home, asking, directory):
        agreement = agreed(centre, TRANSFER, asking, directory)
        yield Considered(
            agency=centre,
            mode=STAY if centre.id == asking.intake else TRANSFER,
            reasons=(HOME_PROVINCE, *((AGREEMENT,) if agreement else ())),
            against=() if agreement else (NO_AGREEMENT,),
            agreement=agreement,
            weighed=weighing.weigh(centre),
        )


def competent_by_place(agency: Agency, asking: Question) -> bool:
    """A centre of the county or the city; that of the province is asked only when there is no other."""
    provincial = agency.division.endswith("0000")
    return agency.is_centre and not provincial and covers(agency.division, asking.work)


def nearest_centre(place: Division, asking: Question, directory: Directory) -> list[Agency]:
    """The first centre of the place that is open and serves the case; none if there is none."""
    serving = (
        centre
        for centre in directory.centres_for(place)
        if centre.open_on(asking.on) and centre.serves(asking.case_type)
    )
    return list(islice(serving, 1))


def with_successors(considered: Considered, asking: Question, directory: Directory) -> Iterator[Considered]:
    """An agency that is closed stays visible, and the one that took over its work is considered after it."""
    yield considered
    if not considered.agency.open_on(asking.on):
        after = (each for each in successors(considered.agency, directory) if each.open_on(asking.on))
        for successor in islice(after, 1):
            yield replace(considered, agency=successor, site=None, weighed=None)


def proposal_first(found: list[Considered], asking: Question, directory: Directory) -> list[Considered]:
    """Put the agency that was proposed by one that refused before all others."""
    proposed = directory.agencies.get(asking.proposed) if asking.proposed else None
    if proposed is None:
        return found
    known = [each for each in found if each.agency.id == proposed.id]
    if known:
        first = replace(known[0], reasons=(PROPOSED, *known[0].reasons))
    elif proposed.is_centre or proposed.serves_home:
        first = Considered(agency=proposed, mode=FORWARD, reasons=(PROPOSED,))
    else:
        return found
    # No agreement is needed where one agency names another; whether it takes the case on is for it to say.
    remaining = tuple(reason for reason in first.against if reason != NO_AGREEMENT)
    return [replace(first, against=remaining), *(each for each in found if each.agency.id != proposed.id)]


# --- Sites -------------------------------------------------------------------------------------------------


def site_for(
    agency: AgencyId, asking: Question, directory: Directory, weighing: Weighing
) -> tuple[SiteId, Weight] | None:
    """Where the agency would take the case on: its best site that is there on that day and serves it."""
    sites, day, work = directory.sites, asking.on.toordinal(), asking.work
    rows = sites.taking_on.get(agency, ())
    near = (
        sites.division.having(work, rows)
        or [row for row in rows if sites.division[row][:4] == work[:4]]
        or list(rows)
    )
    serving, case_types = sites.serving(asking.case_type), sites.case_types.numbers
    there = (row for row in near[:MOST_SITES] if case_types[row] in serving and sites.stands_on(row, day))
    return weighing.best_site(agency, there)

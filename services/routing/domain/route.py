"""Decides who is to have a case: competence first, then agreements; there the home-province workstation.

Legal Aid Law Art. 38: aid is applied for where the dispute authority sits or the matter arose, usually the
work province. A workstation of the home province in the work province takes cases on by agreement.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from law.book import Law
from schemas.codes import CaseType, LegalBasis, RouteMode, RouteReason, TaskKind
from schemas.facts import Candidate
from schemas.ids import AgencyId, Division, SiteId
from services.routing.domain.directory import Agency, Directory, covers, province_of
from services.routing.domain.times import time_to_answer, time_to_help

STAY: Final = RouteMode("stay")
TRANSFER: Final = RouteMode("transfer")
FORWARD: Final = RouteMode("forward")
COLLABORATE: Final = RouteMode("collaborate")

MATTER_AROSE: Final = RouteReason("matter-arose")
DISPUTE_SEAT: Final = RouteReason("dispute-seat")
RECEIVED_FIRST: Final = RouteReason("received-first")
HOME_PROVINCE: Final = RouteReason("home-province")
HOME_STATION: Final = RouteReason("home-province-station")
AGREEMENT: Final = RouteReason("agreement")
PROPOSED: Final = RouteReason("proposed")
NOT_COMPETENT: Final = RouteReason("not-competent")
NO_AGREEMENT: Final = RouteReason("no-agreement")

EXEMPT_FROM_MEANS: Final = frozenset(map(CaseType, ("wage-arrears", "service-pay", "work-injury")))
"""Claims for pay and for work injury: no check of means (Legal Aid Law Art. 42(3))."""

ACCIDENTS_AT_WORK: Final = frozenset(map(CaseType, ("work-injury", "death-compensation")))
"""Claims that need papers on site, employer and accident from where it happened."""

MEANS_PAPERS: Final = TaskKind("means-papers")
SITE_REPORT: Final = TaskKind("site-report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a route is decided from."""

    intake: AgencyId
    """Who has the case."""
    home: Division
    work: Division
    case_type: CaseType
    on: date
    urgent: bool = False
    asked: frozenset[AgencyId] = frozenset()
    """Nobody is asked twice."""
    proposed: AgencyId | None = None
    """Who is competent in the view of an agency that refused."""
    declined: bool = False
    """The agency that has the case finds itself not competent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who is asked, in order, with reasons; then who is not, and why; then who is asked for help."""

    mode: RouteMode
    candidates: tuple[Candidate, ...]
    directory_version: str
    legal_basis: tuple[LegalBasis, ...]
    site: SiteId | None = None
    """Where the first candidate would take the case on, if it has a place where the matter arose."""

    @property
    def chosen(self) -> Candidate | None:
        """Who is to have the case. None: nobody can be asked, so that it stays where it is."""
        first = self.candidates[0] if self.candidates else None
        return first if first and may_be_asked(first) else None

    @property
    def helpers(self) -> tuple[Candidate, ...]:
        return tuple(candidate for candidate in self.candidates if candidate.task)


@dataclass(frozen=True, slots=True)
class Considered:
    """An agency on the way to being a candidate."""

    agency: Agency
    mode: RouteMode
    reasons: tuple[RouteReason, ...]
    against: tuple[RouteReason, ...] = ()


def decide(asking: Question, directory: Directory, law: Law) -> Route:
    """Answer from this directory and law alone, so that the same question gets the same answer for ever."""
    found: dict[AgencyId, Candidate] = {}
    for considered in proposal_first(list(consider(asking, directory)), asking, directory):
        found.setdefault(considered.agency.id, timed(considered, asking, directory, law))
    # Stable: within each half the order of consideration stays.
    ordered = sorted(found.values(), key=lambda each: not may_be_asked(each))
    mode = ordered[0].mode if ordered and may_be_asked(ordered[0]) else STAY
    helpers = helpers_of(asking, directory, law) if mode == STAY else ()
    return Route(
        mode=mode,
        candidates=(*ordered, *helpers),
        directory_version=directory.version,
        legal_basis=(LegalBasis("AGREEMENT" if mode == TRANSFER else "LAL-38"),),
        site=directory.site_in(ordered[0].agency, asking.work) if ordered else None,
    )


def consider(asking: Question, directory: Directory) -> Iterator[Considered]:
    """Everybody who comes into question, best first, for or against."""
    intake = directory.agencies.get(asking.intake)
    stations = directory.stations_for(asking.home, asking.work)
    if intake in stations:
        kept = staying(intake, asking, HOME_STATION, AGREEMENT)
        yield kept
        if may_be_asked(candidate(kept, asking)):
            return
    for station in stations:
        yield from with_successor(Considered(station, TRANSFER, (HOME_STATION, AGREEMENT)), asking, directory)
    if province_of(asking.home) != province_of(asking.work):
        against = () if stations else (NO_AGREEMENT,)
        reasons = (HOME_PROVINCE, AGREEMENT) if stations else (HOME_PROVINCE,)
        for centre in nearest_centre(asking.home, asking, directory):
            mode = STAY if centre == intake else TRANSFER
            yield Considered(centre, mode, reasons, against)
    if intake and competent_by_place(intake, asking):
        kept = staying(intake, asking, MATTER_AROSE)
        yield kept
        if may_be_asked(candidate(kept, asking)):
            return
    elif intake:
        yield Considered(intake, STAY, (RECEIVED_FIRST,), (NOT_COMPETENT,))
    for centre in directory.centres_for(asking.work):
        considered = Considered(centre, FORWARD, (MATTER_AROSE, DISPUTE_SEAT))
        yield from with_successor(considered, asking, directory)


def staying(intake: Agency, asking: Question, *reasons: RouteReason) -> Considered:
    """The agency that has the case may keep it: of two competent ones, the first to receive it does."""
    against = (NOT_COMPETENT,) if asking.declined else ()
    return Considered(intake, STAY, (*reasons, RECEIVED_FIRST), against)


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
    return list(serving)[:1]


def with_successor(considered: Considered, asking: Question, directory: Directory) -> Iterator[Considered]:
    """An agency that is closed stays visible, and the one that took over its work is considered after it."""
    yield considered
    if not considered.agency.open_on(asking.on) and (successor := directory.successor_of(considered.agency)):
        yield replace(considered, agency=successor)


def proposal_first(found: list[Considered], asking: Question, directory: Directory) -> list[Considered]:
    """Put the agency that was proposed by one that refused before all others."""
    proposed = directory.agencies.get(asking.proposed) if asking.proposed else None
    if proposed is None:
        return found
    known = [each for each in found if each.agency.id == proposed.id]
    if known:
        first = replace(known[0], reasons=(PROPOSED, *known[0].reasons))
    elif proposed.is_centre or proposed.serves_home:
        first = Considered(proposed, FORWARD, (PROPOSED,))
    else:
        return found
    # No agreement is needed where one agency names another; whether it takes the case on is for it to say.
    against = tuple(reason for reason in first.against if reason != NO_AGREEMENT)
    return [replace(first, against=against), *(each for each in found if each.agency.id != proposed.id)]


def candidate(considered: Considered, asking: Question) -> Candidate:
    """The public form of a consideration, with what speaks against it whoever it is."""
    agency, against = considered.agency, list(considered.against)
    if not agency.serves(asking.case_type):
        against.append(RouteReason("case-type-not-served"))
    if not agency.open_on(asking.on):
        against.append(RouteReason("closed"))
    if agency.id in asking.asked and considered.mode != STAY:
        against.append(RouteReason("already-asked"))
    return Candidate(
        agency=agency.id,
        province=agency.province,
        mode=considered.mode,
        reasons_for=considered.reasons,
        reasons_against=tuple(against),
    )


def timed(considered: Considered, asking: Question, directory: Directory, law: Law) -> Candidate:
    """The same with the time that the agency has for its answer."""
    found = candidate(considered, asking)
    if considered.mode == STAY:
        return found
    asker = directory.agencies.get(asking.intake)
    within = time_to_answer(considered.agency, asker, law, urgent=asking.urgent, on=asking.on)
    return found.model_copy(update={"answer_within": within})


def may_be_asked(each: Candidate) -> bool:
    """Whether nothing speaks against it."""
    return not each.reasons_against


def helpers_of(asking: Question, directory: Directory, law: Law) -> tuple[Candidate, ...]:
    """Whom the agency that keeps the case asks for help in the other province, and for what."""
    intake = directory.agencies.get(asking.intake)
    home, work = province_of(asking.home), province_of(asking.work)
    if intake is None or home == work:
        return ()
    if intake.province == home and asking.case_type in ACCIDENTS_AT_WORK:
        return help_from(asking.work, SITE_REPORT, MATTER_AROSE, asking, directory, law)
    if intake.province == work and asking.case_type not in EXEMPT_FROM_MEANS:
        return help_from(asking.home, MEANS_PAPERS, HOME_PROVINCE, asking, directory, law)
    return ()


def help_from(
    place: Division, task: TaskKind, reason: RouteReason, asking: Question, directory: Directory, law: Law
) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            agency=centre.id,
            province=centre.province,
            mode=COLLABORATE,
            reasons_for=(reason,),
            answer_within=time_to_help(centre, law, on=asking.on),
            task=task,
        )
        for centre in nearest_centre(place, asking, directory)
    )


def legal_basis_of(task: TaskKind) -> LegalBasis:
    """What asking for that help rests on."""
    return LegalBasis("LAL-41" if task == MEANS_PAPERS else "AGREEMENT")

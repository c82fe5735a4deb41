"""Decides who is to have a case, and says why: from the facts, a directory, the law and loads alone."""

from dataclasses import dataclass
from typing import Final

from law.book import Law
from law.rule import NATION
from schemas.codes import CaseType, LegalBasis, RouteMode, TaskKind
from schemas.facts import Candidate, KnownLoad, Period, RouteInputs, Weighed
from schemas.ids import Division, Province, SiteId
from services.routing.domain.considering import (
    FORWARD,
    STAY,
    TRANSFER,
    Considered,
    against,
    consider,
    nearest_centre,
    proposal_first,
    site_for,
)
from services.routing.domain.directory import Agency, Directory, province_of
from services.routing.domain.load import Load
from services.routing.domain.opening import kind_of
from services.routing.domain.question import Question
from services.routing.domain.reasons import COMMON_SUPERIOR, HOME_PROVINCE, MATTER_AROSE
from services.routing.domain.superior import common_superior
from services.routing.domain.times import (
    TO_ANSWER,
    TO_ANSWER_LOCAL,
    TO_ANSWER_URGENT,
    region_of,
    time_to_answer,
    time_to_help,
)
from services.routing.domain.weighing import Weighing

__all__ = ["FORWARD", "STAY", "TRANSFER", "Question", "Route", "decide", "legal_basis_of"]

RULES: Final = "routing-2"
"""This module's rules of order: raised when the same question could get another answer."""

COLLABORATE: Final = RouteMode("collaborate")
ESCALATE: Final = RouteMode("escalate")

EXEMPT_FROM_MEANS: Final = frozenset(map(CaseType, ("wage-arrears", "service-pay", "work-injury")))
"""Claims for pay and for work injury: no check of means (Legal Aid Law Art. 42(3))."""

ACCIDENTS_AT_WORK: Final = frozenset(map(CaseType, ("work-injury", "death-compensation")))
"""Claims that need papers on site, employer and accident from where it happened."""

ANSWERS: Final = (TO_ANSWER, TO_ANSWER_LOCAL, TO_ANSWER_URGENT)

MEANS_PAPERS: Final = TaskKind("means-papers")
SITE_REPORT: Final = TaskKind("site-report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who is asked, in order, with reasons; then who is not, and why; then who is asked to help or direct."""

    mode: RouteMode
    candidates: tuple[Candidate, ...]
    directory_version: str
    legal_basis: tuple[LegalBasis, ...]
    inputs: RouteInputs | None = None
    """What it was decided from, beside the facts and the directory."""
    rules_version: str = RULES

    @property
    def chosen(self) -> Candidate | None:
        """Who is to have the case. None: nobody can be asked, so that it stays where it is."""
        first = self.candidates[0] if self.candidates else None
        return first if first and first.mode in (STAY, TRANSFER, FORWARD) and may_be_asked(first) else None

    @property
    def site(self) -> SiteId | None:
        """Where the chosen agency would take the case on."""
        return self.chosen.site if self.chosen else None

    @property
    def helpers(self) -> tuple[Candidate, ...]:
        return tuple(candidate for candidate in self.candidates if candidate.task)

    @property
    def superior(self) -> Candidate | None:
        """Who is asked to direct, where nobody is left to ask."""
        return next((candidate for candidate in self.candidates if candidate.mode == ESCALATE), None)


class Times:
    """How long agencies have for their answers. The law of each place is asked once in a decision."""

    def __init__(self, asking: Question, directory: Directory, law: Law) -> None:
        self.asking = asking
        self.asker = directory.agencies.get(asking.intake)
        self.law = law
        self.known: dict[tuple[str, Province, bool], Period] = {}
        self.regional = any(rule.region for id in ANSWERS for rule in law.rules.get(id, ()))
        """Whether places have times of their own."""

    def to_answer(self, considered: Considered) -> Period:
        """What the provinces agreed on, else the law; for an urgent case never longer than haste allows."""
        agreed_on = considered.agreement.answer_within if considered.agreement else None
        usual = agreed_on or self.by_law(considered.agency, urgent=False)
        if not self.asking.urgent:
            return usual
        urgent = self.by_law(considered.agency, urgent=True)
        return urgent if usual.days > urgent.days else usual

    def by_law(self, to: Agency, *, urgent: bool) -> Period:
        place = (region_of(to) if self.regional else NATION, to.province, urgent)
        if place not in self.known:
            self.known[place] = time_to_answer(to, self.asker, self.law, urgent=urgent, on=self.asking.on)
        return self.known[place]


def decide(asking: Question, directory: Directory, law: Law, load: Load | None = None) -> Route:
    """Answer from these alone, so that the same question gets the same answer for ever."""
    weighing = Weighing(asking, directory, kind_of(asking.on, law.calendar), load or Load())
    times = Times(asking, directory, law)
    found: dict[str, Candidate] = {}
    for considered in proposal_first(list(consider(asking, directory, weighing)), asking, directory):
        if considered.agency.id not in found:
            found[considered.agency.id] = candidate(considered, asking, times)
    # Stable: within each half the order of consideration stays.
    candidates = sorted(found.values(), key=lambda each: not may_be_asked(each))
    if candidates and may_be_asked(candidates[0]):
        mode = candidates[0].mode
        if mode != STAY:
            candidates[0] = with_site(candidates[0], asking, directory, weighing)
        following = helpers_of(asking, directory, law) if mode == STAY else ()
    else:
        mode, following = ESCALATE, superior_of(asking, directory)
    return Route(
        mode=mode,
        candidates=(*candidates, *following),
        directory_version=directory.version,
        legal_basis=(basis_of(mode),),
        inputs=inputs_of(asking, weighing, law),
    )


def basis_of(mode: RouteMode) -> LegalBasis:
    return LegalBasis({TRANSFER: "AGREEMENT", ESCALATE: "LOCAL-ACCEPTANCE-DISPUTE"}.get(mode, "LAL-38"))


def candidate(considered: Considered, asking: Question, times: Times) -> Candidate:
    """The public form of a consideration, with what speaks against it whoever it is."""
    agreement, refused = considered.agreement, against(considered, asking)
    return Candidate(
        agency=considered.agency.id,
        province=considered.agency.province,
        mode=considered.mode,
        reasons_for=considered.reasons,
        reasons_against=refused,
        answer_within=None if refused or considered.mode == STAY else times.to_answer(considered),
        site=considered.site,
        agreement=agreement.id if agreement else None,
        weighed=Weighed(**considered.weighed._asdict()) if considered.weighed else None,
    )


def with_site(first: Candidate, asking: Question, directory: Directory, weighing: Weighing) -> Candidate:
    """Name the site of the agency that is asked first, if it is not known yet."""
    found = None if first.site else site_for(first.agency, asking, directory, weighing)
    if found is None:
        return first
    site, weight = found
    return first.model_copy(update={"site": site, "weighed": Weighed(**weight._asdict())})


def may_be_asked(each: Candidate) -> bool:
    """Whether nothing speaks against it."""
    return not each.reasons_against


def inputs_of(asking: Question, weighing: Weighing, law: Law) -> RouteInputs:
    return RouteInputs(
        on=asking.on,
        asked_by=asking.intake,
        asked=tuple(sorted(asking.asked)),
        proposed=asking.proposed,
        declined=asking.declined,
        loads=tuple(
            KnownLoad(agency=agency, site=site, open=found)
            for agency, site, found in sorted(weighing.loads, key=lambda each: (each[0], each[1] or ""))
        ),
        law_version=law.version,
    )


def superior_of(asking: Question, directory: Directory) -> tuple[Candidate, ...]:
    """Nobody is left: the common superior of the agency that has the case and those that did not take it."""
    superior = common_superior({asking.intake, *asking.asked}, asking.on, directory)
    if superior is None:
        return ()
    asked = Candidate(
        agency=superior.id, province=superior.province, mode=ESCALATE, reasons_for=(COMMON_SUPERIOR,)
    )
    return (asked,)


# --- Help --------------------------------------------------------------------------------------------------


def helpers_of(asking: Question, directory: Directory, law: Law) -> tuple[Candidate, ...]:
    """Whom the agency that keeps the case asks for help in the other province, and for what."""
    intake = directory.agencies.get(asking.intake)
    home, work = province_of(asking.home), province_of(asking.work)
    if intake is None or home == work:
        return ()
    if intake.province == home and asking.case_type in ACCIDENTS_AT_WORK:
        return help_from(asking.work, SITE_REPORT, intake, asking, directory, law)
    if intake.province == work and asking.case_type not in EXEMPT_FROM_MEANS:
        return help_from(asking.home, MEANS_PAPERS, intake, asking, directory, law)
    return ()


def help_from(
    place: Division, task: TaskKind, asker: Agency, asking: Question, directory: Directory, law: Law
) -> tuple[Candidate, ...]:
    """The centre of that place, within the time that the two provinces agreed on for help, if they did."""
    reason = MATTER_AROSE if task == SITE_REPORT else HOME_PROVINCE
    return tuple(
        Candidate(
            agency=centre.id,
            province=centre.province,
            mode=COLLABORATE,
            reasons_for=(reason,),
            answer_within=(agreement.answer_within if agreement else None)
            or time_to_help(centre, law, on=asking.on),
            task=task,
            agreement=agreement.id if agreement else None,
        )
        for centre in nearest_centre(place, asking, directory)
        for agreement in (
            directory.agreements.between(
                asker.province, centre.province, COLLABORATE, asking.case_type, asking.on
            ),
        )
    )


def legal_basis_of(task: TaskKind) -> LegalBasis:
    """What asking for that help rests on."""
    return LegalBasis("LAL-41" if task == MEANS_PAPERS else "AGREEMENT")

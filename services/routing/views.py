"""A route as people read it: codes with their words in both languages, and what each reason rests on."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel

from schemas.codes import (
    LEGAL_BASES,
    ROUTE_MODES,
    ROUTE_REASONS,
    AgencyKind,
    CaseType,
    Language,
    LegalBasis,
    Level,
    RouteMode,
    RouteReason,
    SiteKind,
    TaskKind,
)
from schemas.facts import Candidate, Period, RouteInputs, Weighed
from schemas.ids import AgencyId, AgreementId, Division, Province, SiteId, Wording
from schemas.transfers import RouteDecided
from services.routing.domain.directory import Agency, Directory
from services.routing.domain.reasons import BASIS
from services.routing.domain.route import Route
from services.routing.domain.sites import Site, SiteCard


class Text(BaseModel):
    """A name or a sentence, in both languages."""

    zh: str
    en: str


class ReasonView(BaseModel):
    """Why an agency is asked, or not."""

    code: RouteReason
    text: Text
    legal_basis: LegalBasis | None
    """The article that it rests on; null for a fact of the directory or our own rule of order."""
    legal_basis_text: Text | None


class CandidateView(BaseModel):
    """An agency that was considered."""

    agency: AgencyId
    name: Text
    province: Province
    mode: RouteMode
    mode_text: Text
    asked: bool
    """Whether it may be asked: nothing speaks against it."""
    reasons_for: list[ReasonView]
    reasons_against: list[ReasonView]
    answer_within: Period | None
    task: TaskKind | None
    site: SiteId | None
    agreement: AgreementId | None
    weighed: Weighed | None


class RouteView(BaseModel):
    """Who is to have a case, and why."""

    mode: RouteMode
    mode_text: Text
    candidates: list[CandidateView]
    """In the order in which they are asked; then those who are not, those who help, who directs."""
    directory_version: str
    rules_version: str | None
    legal_basis: list[LegalBasis]
    inputs: RouteInputs | None


class AgencyView(BaseModel):
    """An agency."""

    id: AgencyId
    kind: AgencyKind
    name: Text
    province: Province
    division: Division
    case_types: list[CaseType]
    levels: list[Level]
    languages: list[Language]
    capacity: int | None
    phone: str
    serves_home: Division | None
    valid_from: date
    valid_to: date | None
    successor: AgencyId | None


class SiteView(BaseModel):
    """A site."""

    id: SiteId
    name: Text | None
    """Null where only ids are listed."""
    phone: str
    address: str
    agency: AgencyId
    kind: SiteKind
    division: Division
    latitude: float | None
    longitude: float | None
    valid_to: date | None
    successor: SiteId | None


def text_of(wording: Wording | None, otherwise: str) -> Text:
    return Text(zh=wording.zh, en=wording.en) if wording else Text(zh=otherwise, en=otherwise)


def agency_view(agency: Agency) -> AgencyView:
    return AgencyView(
        id=agency.id,
        kind=agency.kind,
        name=text_of(agency.name, agency.id),
        province=agency.province,
        division=agency.division,
        case_types=sorted(agency.case_types),
        levels=sorted(agency.levels),
        languages=sorted(agency.languages),
        capacity=agency.capacity,
        phone=agency.phone,
        serves_home=agency.serves_home,
        valid_from=agency.valid_from,
        valid_to=agency.valid_to,
        successor=agency.successor,
    )


def site_view(site: Site, card: SiteCard | None = None) -> SiteView:
    return SiteView(
        id=site.id,
        name=text_of(card.name, site.id) if card else None,
        phone=card.phone if card else "",
        address=card.address if card else "",
        agency=site.agency,
        kind=site.kind,
        division=site.division,
        latitude=site.point.latitude / 1_000_000 if site.point else None,
        longitude=site.point.longitude / 1_000_000 if site.point else None,
        valid_to=site.valid_to,
        successor=site.successor,
    )


def route_view(route: Route | RouteDecided, directory: Directory) -> RouteView:
    return RouteView(
        mode=route.mode,
        mode_text=text_of(ROUTE_MODES.get(route.mode), route.mode),
        candidates=[candidate_view(each, directory.agencies) for each in route.candidates],
        directory_version=route.directory_version,
        rules_version=route.rules_version,
        legal_basis=list(route.legal_basis),
        inputs=route.inputs,
    )


def candidate_view(candidate: Candidate, agencies: Mapping[AgencyId, Agency]) -> CandidateView:
    agency = agencies.get(candidate.agency)
    return CandidateView(
        agency=candidate.agency,
        name=text_of(agency.name if agency else None, candidate.agency),
        province=candidate.province,
        mode=candidate.mode,
        mode_text=text_of(ROUTE_MODES.get(candidate.mode), candidate.mode),
        asked=not candidate.reasons_against,
        reasons_for=[reason_view(each) for each in candidate.reasons_for],
        reasons_against=[reason_view(each) for each in candidate.reasons_against],
        answer_within=candidate.answer_within,
        task=candidate.task,
        site=candidate.site,
        agreement=candidate.agreement,
        weighed=candidate.weighed,
    )


def reason_view(code: RouteReason) -> ReasonView:
    basis = BASIS.get(code)
    return ReasonView(
        code=code,
        text=text_of(ROUTE_REASONS.get(code), code),
        legal_basis=basis,
        legal_basis_text=text_of(LEGAL_BASES.get(basis), basis) if basis else None,
    )

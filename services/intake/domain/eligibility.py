"""Whether somebody can get legal aid, and by which article. It decides nothing: the centre does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from law.hardship import Hardship, Standard
from schemas.codes import (
    CaseType,
    EligibilityReason,
    EvidenceCode,
    ExemptionCode,
    LegalBasis,
    MeansResult,
    Relation,
    WorkerClass,
)
from schemas.ids import Division, Fen
from services.intake.domain.forums import OpenForum, forums
from services.intake.domain.priority import NOT_MIGRANT


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, and by which article."""

    code: EligibilityReason
    article: LegalBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of who applies, and for what."""

    case_type: CaseType
    worker_class: WorkerClass
    relation: Relation
    work: Division
    evidence: Collection[EvidenceCode] = ()
    exemptions: Collection[ExemptionCode] = ()
    """What else exempts, as far as there is proof."""
    income_fen: Fen | None = None
    """What the household has a head and month; None if it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """What the law says of these circumstances."""

    in_scope: bool
    scope: Reason
    means: MeansResult
    means_reasons: tuple[Reason, ...]
    standard: Standard | None
    """What means are compared with; None where they are not looked at."""
    forums: tuple[OpenForum, ...]


def _reason(code: str, article: str) -> Reason:
    return Reason(code=EligibilityReason(code), article=LegalBasis(article))


SCOPE: Final[Mapping[CaseType, Reason]] = MappingProxyType(
    {
        CaseType("wage-arrears"): _reason("scope-pay", "LAL-31-5"),
        CaseType("labour-relation"): _reason("scope-labour-relation", "LAL-31-5"),
        CaseType("service-pay"): _reason("scope-pay", "LAL-31-5"),
        CaseType("work-injury"): _reason("scope-injury", "LAL-31-7"),
        CaseType("traffic-accident"): _reason("scope-injury", "LAL-31-7"),
        CaseType("death-compensation"): _reason("scope-injury", "LAL-31-7"),
        CaseType("social-insurance"): _reason("scope-social-insurance", "LAL-31-2"),
    }
)
BEYOND: Final = _reason("scope-local", "LAL-31-9")
"""Another matter is in scope where a law or the province says so."""

MIGRANTS: Final[Mapping[CaseType, Reason]] = MappingProxyType(
    {
        CaseType("wage-arrears"): _reason("migrant-claims-pay", "LAL-42-3"),
        CaseType("work-injury"): _reason("migrant-claims-injury", "LAL-42-3"),
    }
)
EXEMPT: Final[Mapping[ExemptionCode, Reason]] = MappingProxyType(
    {
        ExemptionCode(code): _reason(code, article)
        for code, article in (
            ("hero-kin", "LAL-32"),
            ("brave-conduct", "LAL-32"),
            ("retrial-acquitted", "LAL-32"),
            ("abuse-victim", "LAL-32"),
            ("no-fixed-income", "LAL-42-1"),
            ("on-relief", "LAL-42-2"),
        )
    }
)


def eligibility(of: Circumstances, hardship: Hardship, *, on: date) -> Eligibility:
    """What the law says, as of the day. Means are compared by the standard of where the matter arose."""
    exempt = tuple(_exemptions(of))
    standard = None if exempt else hardship.standard(of.work, on)
    means, compared = (MeansResult("exempt"), exempt) if standard is None else _compared(of, standard)
    return Eligibility(
        in_scope=of.case_type in SCOPE,
        scope=SCOPE.get(of.case_type, BEYOND),
        means=means,
        means_reasons=compared,
        standard=standard,
        forums=forums(of.case_type, of.relation, of.evidence),
    )


def _exemptions(of: Circumstances) -> list[Reason]:
    claims = MIGRANTS.get(of.case_type) if of.worker_class != NOT_MIGRANT else None
    others = [EXEMPT[code] for code in of.exemptions if code in EXEMPT]
    return [claims, *others] if claims else others


def _compared(of: Circumstances, standard: Standard) -> tuple[MeansResult, tuple[Reason, ...]]:
    if of.income_fen is None or standard.monthly_fen is None:
        code = "income-not-known" if of.income_fen is None else "standard-not-known"
        return MeansResult("to-be-checked"), (_reason(code, "LAL-41"),)
    poor = of.income_fen <= standard.monthly_fen
    code = "within-standard" if poor else "above-standard"
    result = MeansResult("within" if poor else "above")
    return result, (Reason(code=EligibilityReason(code), article=standard.article),)

"""Whether somebody can get legal aid, told before he applies and beside his application."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from fastapi import Request
from pydantic import AfterValidator, BaseModel, Field

from chassis.http import Uow, case_router, runtime_of
from law.deadlines import day_of
from law.explain import basis_in_words
from law.hardship import Hardship, Standard
from schemas.codes import (
    CASE_TYPES,
    ELIGIBILITY_REASONS,
    EVIDENCE,
    EXEMPTIONS,
    FORUMS,
    MEANS_MEASURES,
    MEANS_RESULTS,
    RELATIONS,
    WORKER_CLASSES,
    CaseType,
    EvidenceCode,
    ExemptionCode,
    LegalBasis,
    Relation,
    WorkerClass,
)
from schemas.entered import entered
from schemas.ids import CaseId, Division, Fen, Wording
from services.intake.api import STAFF
from services.intake.applications import place_of_work
from services.intake.domain.case import Case
from services.intake.domain.eligibility import Circumstances, Eligibility, eligibility
from services.intake.domain.forums import OpenForum
from services.intake.persons import AmountFen, Body

router = case_router()

PERMISSIONS = {
    "preview_eligibility": STAFF | {"applicant", "partner"},
    "read_eligibility": STAFF,
}


class Question(Body):
    """What somebody says who has not applied yet. It names nobody."""

    work: Annotated[Division, AfterValidator(place_of_work)]
    case_type: Annotated[CaseType, entered(CASE_TYPES)]
    worker_class: Annotated[WorkerClass, entered(WORKER_CLASSES)] = WorkerClass("migrant-worker")
    relation: Annotated[Relation, entered(RELATIONS)] = Relation("unknown")
    evidence: Annotated[tuple[Annotated[EvidenceCode, entered(EVIDENCE)], ...], Field(max_length=64)] = ()
    exemptions: Annotated[
        tuple[Annotated[ExemptionCode, entered(EXEMPTIONS)], ...], Field(max_length=len(EXEMPTIONS))
    ] = ()
    income_fen: AmountFen | None = None
    """What the household has a head and month."""


class Words(BaseModel):
    """A code or an article, as it is called in both languages."""

    code: str
    zh: str
    en: str


class ReasonView(BaseModel):
    """Why, and by which article."""

    reason: Words
    article: Words


class ForumView(ReasonView):
    """A way that is open, and why."""

    forum: Words


class StandardView(BaseModel):
    """The standard of hardship that means are compared with."""

    version: str
    zh: str
    en: str
    measure: Words
    monthly_fen: Fen | None
    article: Words
    source: str
    confirmed: bool
    """False: to be confirmed by the deploying province's legal office."""


class EligibilityView(BaseModel):
    """What the law says. The centre decides, and may know more."""

    on: date
    in_scope: bool
    scope: ReasonView
    means: Words
    means_reasons: Sequence[ReasonView]
    standard: StandardView | None
    forums: Sequence[ForumView]


@router.post("/eligibility/preview")
async def preview_eligibility(body: Question, request: Request) -> EligibilityView:
    """What the law says of somebody who might apply. Nothing is kept."""
    runtime = runtime_of(request)
    of = Circumstances(
        case_type=body.case_type,
        worker_class=body.worker_class,
        relation=body.relation,
        work=body.work,
        evidence=body.evidence,
        exemptions=body.exemptions,
        income_fen=body.income_fen,
    )
    return judged(of, runtime.engine.reference[Hardship], day_of(runtime.clock.now()))


@router.get("/cases/{case_id}/eligibility")
async def read_eligibility(case_id: CaseId, uow: Uow) -> EligibilityView:
    """What the law says of an application, as of the day on which it was received."""
    facts = uow.get(Case, case_id).facts
    of = Circumstances(
        case_type=facts.case_type,
        worker_class=facts.worker_class,
        relation=facts.relation,
        work=facts.work,
        evidence=facts.evidence,
    )
    return judged(of, uow.use(Hardship), day_of(facts.received_at))


# --- In words ----------------------------------------------------------------------------------------------

REASONS: Mapping[str, Wording] = {**ELIGIBILITY_REASONS, **EXEMPTIONS}


def judged(of: Circumstances, hardship: Hardship, on: date) -> EligibilityView:
    found: Eligibility = eligibility(of, hardship, on=on)
    return EligibilityView(
        on=on,
        in_scope=found.in_scope,
        scope=reason_view(found.scope.code, found.scope.article),
        means=words(found.means, MEANS_RESULTS),
        means_reasons=[reason_view(each.code, each.article) for each in found.means_reasons],
        standard=standard_view(found.standard) if found.standard else None,
        forums=[forum_view(each) for each in found.forums],
    )


def words(code: str, called: Mapping[str, Wording]) -> Words:
    known = called.get(code, Wording(code, code))
    return Words(code=code, zh=known.zh, en=known.en)


def article_view(article: LegalBasis) -> Words:
    return Words(code=article, zh=basis_in_words(article, "zh"), en=basis_in_words(article, "en"))


def reason_view(code: str, article: LegalBasis) -> ReasonView:
    return ReasonView(reason=words(code, REASONS), article=article_view(article))


def forum_view(open: OpenForum) -> ForumView:
    return ForumView(
        forum=words(open.forum, FORUMS),
        reason=words(open.reason, REASONS),
        article=article_view(open.article),
    )


def standard_view(standard: Standard) -> StandardView:
    return StandardView(
        version=standard.version,
        zh=standard.zh,
        en=standard.en,
        measure=words(standard.measure, MEANS_MEASURES),
        monthly_fen=standard.monthly_fen,
        article=article_view(standard.article),
        source=standard.source,
        confirmed=standard.confirmed,
    )

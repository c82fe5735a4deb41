"""How an application is reviewed: what is missing is asked for, the review goes on, aid is refused."""

from typing import Annotated

from pydantic import Field

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import (
    PAPERS,
    REFUSALS,
    SUPPLEMENT_RESULTS,
    SUPPLEMENTS,
    LegalBasis,
    PaperCode,
    RefusalCode,
    SupplementCode,
    SupplementResult,
)
from schemas.entered import entered
from schemas.ids import CaseId
from services.mediation.api import OFFICE, Command, Prose, act, keep, seal
from services.mediation.domain import reviewing
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "pause_review": OFFICE,
    "resume_review": OFFICE,
    "refuse_aid": OFFICE,
}


class SupplementBody(Command):
    """All that is missing, at once: in codes, and where they do not suffice in words."""

    code: Annotated[SupplementCode, entered(SUPPLEMENTS)] = SupplementCode("papers")
    missing: Annotated[tuple[Annotated[PaperCode, entered(PAPERS)], ...], Field(max_length=64)] = ()
    details: Prose | None = None


class ResumptionBody(Command):
    """What came of it."""

    result: Annotated[SupplementResult, entered(SUPPLEMENT_RESULTS)]


class RefusalBody(Command):
    """Why no aid is given. The reasons go to the applicants, with the way to object."""

    code: Annotated[RefusalCode, entered(REFUSALS)]
    legal_basis: LegalBasis
    reasons: Prose


@router.post("/cases/{case_id}/review/pause", status_code=201)
async def pause_review(case_id: CaseId, body: SupplementBody, who: Who, uow: Uow) -> Matter:
    """Ask the applicants for all that is missing; the review stands still meanwhile."""
    matter = uow.expect(Matter, case_id)
    paused = reviewing.pause(
        matter,
        act(body, who, uow),
        body.code,
        body.missing,
        details=keep("supplement", body.details, uow),
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    return uow.emit(matter, paused, legal_basis="LAL-43")


@router.post("/cases/{case_id}/review/resumption", status_code=201)
async def resume_review(case_id: CaseId, body: ResumptionBody, who: Who, uow: Uow) -> Matter:
    """Go on with the review, with what was supplied or without."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    return uow.emit(
        matter, reviewing.resume(matter, act(body, who, uow), body.result, law), legal_basis="LAL-43"
    )


@router.post("/cases/{case_id}/refusal", status_code=201)
async def refuse_aid(case_id: CaseId, body: RefusalBody, who: Who, uow: Uow) -> Matter:
    """Refuse aid; the applicants may object."""
    matter = uow.expect(Matter, case_id)
    reasons = seal("refusal", body.reasons, uow)
    refused = reviewing.refuse(matter, act(body, who, uow), body.code, body.legal_basis, reasons)
    return uow.emit(matter, refused, legal_basis=body.legal_basis)

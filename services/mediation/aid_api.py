"""What the owner of a case does first: it accepts the application and grants aid."""

from typing import Annotated

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import (
    AID_STAGES,
    MEANS_BASES,
    REJECTIONS,
    AidStage,
    LegalBasis,
    MeansBasis,
    RejectionCode,
)
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId
from services.mediation.api import OFFICE, Command, act
from services.mediation.domain import granting
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "accept_case": OFFICE,
    "find_not_competent": OFFICE,
    "grant_aid": OFFICE,
}


class NotCompetentBody(Command):
    """Why the owner is not competent, and who is in its view."""

    code: Annotated[RejectionCode, entered(REJECTIONS)] = RejectionCode("not-competent")
    legal_basis: LegalBasis
    proposed: AgencyId | None = None


class GrantBody(Command):
    """What aid is granted for, and how means were dealt with."""

    stage: Annotated[AidStage, entered(AID_STAGES)]
    means: Annotated[MeansBasis, entered(MEANS_BASES)]
    legal_basis: LegalBasis = LegalBasis("LAL-43")


@router.post("/cases/{case_id}/acceptance", status_code=201)
async def accept_case(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Accept the application."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, granting.accept(matter, act(body, who, uow)), legal_basis="LAL-43")


@router.post("/cases/{case_id}/incompetence", status_code=201)
async def find_not_competent(case_id: CaseId, body: NotCompetentBody, who: Who, uow: Uow) -> Matter:
    """Find that another agency is competent: the case is routed again."""
    matter = uow.expect(Matter, case_id)
    found = granting.find_not_competent(
        matter, act(body, who, uow), body.code, body.legal_basis, body.proposed
    )
    return uow.emit(matter, found, legal_basis=body.legal_basis)


@router.post("/cases/{case_id}/grants", status_code=201)
async def grant_aid(case_id: CaseId, body: GrantBody, who: Who, uow: Uow) -> Matter:
    """Grant aid for one stage; the review ends with the first grant."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    granted = granting.grant(matter, act(body, who, uow), body.stage, body.means, body.legal_basis, law)
    return uow.emit(matter, granted, legal_basis=body.legal_basis)

"""How aid is given before its review is decided, and what becomes of it."""

from datetime import date
from typing import Annotated

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import ADVANCES, AID_STAGES, AdvanceCode, AidStage
from schemas.entered import entered
from schemas.ids import CaseId
from services.mediation.api import OFFICE, Command, act
from services.mediation.domain import advancing
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "advance_aid": OFFICE,
    "regularise_aid": OFFICE,
    "lapse_aid": OFFICE,
}


class StageBody(Command):
    """Which advance is meant."""

    stage: Annotated[AidStage, entered(AID_STAGES)]


class AdvanceBody(StageBody):
    """Why it cannot wait, and by when the papers must be there."""

    code: Annotated[AdvanceCode, entered(ADVANCES)]
    expires_on: date | None = None
    """The last day of the time limit; that of the facts if it is not said."""
    papers_on: date | None = None
    """The day that the centre sets for the papers; that of the rule if it is not said."""


@router.post("/cases/{case_id}/advance", status_code=201)
async def advance_aid(case_id: CaseId, body: AdvanceBody, who: Who, uow: Uow) -> Matter:
    """Give aid for a stage at once; its papers follow."""
    matter = uow.expect(Matter, case_id)
    advanced = advancing.advance(
        matter,
        act(body, who, uow),
        body.stage,
        body.code,
        expires_on=body.expires_on,
        papers_on=body.papers_on,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    return uow.emit(matter, advanced, legal_basis="LAL-44")


@router.post("/cases/{case_id}/advance/regularisation", status_code=201)
async def regularise_aid(case_id: CaseId, body: StageBody, who: Who, uow: Uow) -> Matter:
    """Record that the papers for aid in advance are in."""
    matter = uow.expect(Matter, case_id)
    regular = advancing.regularise(matter, act(body, who, uow), body.stage)
    return uow.emit(matter, regular, legal_basis="LAL-44")


@router.post("/cases/{case_id}/advance/lapse", status_code=201)
async def lapse_aid(case_id: CaseId, body: StageBody, who: Who, uow: Uow) -> Matter:
    """End aid in advance whose papers never came."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, advancing.lapse(matter, act(body, who, uow), body.stage), legal_basis="LAL-44")

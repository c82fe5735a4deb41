"""What a court does with an agreement that both parties ask it to confirm."""

from typing import Annotated

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import REFUSAL_GROUNDS, RefusalGround
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, ExternalRef
from services.mediation.api import HELPERS, Command, act
from services.mediation.domain import confirming
from services.mediation.domain.matter import Matter
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "apply_for_confirmation": HELPERS,
    "record_confirmation_acceptance": HELPERS,
    "record_confirmation": HELPERS,
    "record_confirmation_dismissal": HELPERS,
}


class ConfirmationBody(Command):
    """Which court is asked, and whether both parties ask."""

    court: AgencyId
    jointly: bool


class RulingBody(Command):
    """The court's number."""

    docket: ExternalRef


class RefusalBody(Command):
    """Why it is turned down."""

    because: Annotated[RefusalGround, entered(REFUSAL_GROUNDS)]


@router.post("/cases/{case_id}/confirmation", status_code=201)
async def apply_for_confirmation(case_id: CaseId, body: ConfirmationBody, who: Who, uow: Uow) -> Matter:
    """Record that both parties ask a court to confirm their agreement."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    applied = confirming.apply(matter, act(body, who, uow), body.court, law, jointly=body.jointly)
    return uow.emit(matter, applied, legal_basis="PML-33")


@router.post("/cases/{case_id}/confirmation/acceptance", status_code=201)
async def record_confirmation_acceptance(case_id: CaseId, body: RulingBody, who: Who, uow: Uow) -> Matter:
    """Record that the court accepted the application."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    return uow.emit(matter, confirming.accept(matter, act(body, who, uow), body.docket, law))


@router.post("/cases/{case_id}/confirmation/ruling", status_code=201)
async def record_confirmation(case_id: CaseId, body: RulingBody, who: Who, uow: Uow) -> Matter:
    """Record that the court confirmed the agreement: it can be enforced."""
    matter = uow.expect(Matter, case_id)
    confirmed = confirming.confirm(matter, act(body, who, uow), body.docket)
    return say(matter, confirmed, uow, legal_basis="PML-33")


@router.post("/cases/{case_id}/confirmation/dismissal", status_code=201)
async def record_confirmation_dismissal(case_id: CaseId, body: RefusalBody, who: Who, uow: Uow) -> Matter:
    """Record that the court did not take the application on, or dismissed it."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, confirming.dismiss(matter, act(body, who, uow), body.because))

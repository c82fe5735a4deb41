"""How a repayment agreement is notarised, so that it can be enforced once it is breached."""

from typing import Annotated

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import REFUSAL_GROUNDS, RefusalGround
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, ExternalRef
from services.mediation.api import HELPERS, Command, act
from services.mediation.domain import notarising
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "apply_for_notarisation": HELPERS,
    "record_notarisation": HELPERS,
    "record_notarisation_refusal": HELPERS,
    "record_execution_certificate": HELPERS,
}


class NotarisationBody(Command):
    """Which notary is asked, and whether both parties ask."""

    notary: AgencyId
    jointly: bool


class NotaryNumberBody(Command):
    """The notary's number."""

    docket: ExternalRef


class NotarisationRefusalBody(Command):
    """Why the notary does not notarise it."""

    because: Annotated[RefusalGround, entered(REFUSAL_GROUNDS)]


@router.post("/cases/{case_id}/notarisation", status_code=201)
async def apply_for_notarisation(case_id: CaseId, body: NotarisationBody, who: Who, uow: Uow) -> Matter:
    """Ask a notary, both parties together, to give the agreement the effect of enforcement."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    applied = notarising.apply(matter, act(body, who, uow), body.notary, law, jointly=body.jointly)
    return uow.emit(matter, applied, legal_basis="NOTARY-37")


@router.post("/cases/{case_id}/notarisation/certificate", status_code=201)
async def record_notarisation(case_id: CaseId, body: NotaryNumberBody, who: Who, uow: Uow) -> Matter:
    """Record that the agreement is notarised."""
    matter = uow.expect(Matter, case_id)
    issued = notarising.issue(matter, act(body, who, uow), body.docket)
    return uow.emit(matter, issued, legal_basis="NOTARY-37")


@router.post("/cases/{case_id}/notarisation/refusal", status_code=201)
async def record_notarisation_refusal(
    case_id: CaseId, body: NotarisationRefusalBody, who: Who, uow: Uow
) -> Matter:
    """Record that the notary does not notarise it."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, notarising.refuse(matter, act(body, who, uow), body.because))


@router.post("/cases/{case_id}/notarisation/execution-certificate", status_code=201)
async def record_execution_certificate(case_id: CaseId, body: NotaryNumberBody, who: Who, uow: Uow) -> Matter:
    """Record that the notary certified what is owed of a breached agreement: it can be enforced."""
    matter = uow.expect(Matter, case_id)
    certified = notarising.certify(matter, act(body, who, uow), uow.all(Claim), body.docket)
    return say(matter, certified, uow, legal_basis="NOTARY-37")

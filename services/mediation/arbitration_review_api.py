"""What an arbitration commission does with an agreement that both parties ask it to review."""

from typing import Annotated

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import REFUSAL_GROUNDS, RefusalGround
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, ExternalRef
from services.mediation.api import HELPERS, Command, act
from services.mediation.domain import having_reviewed
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "apply_for_arbitration_review": HELPERS,
    "record_arbitration_review": HELPERS,
    "record_review_dismissal": HELPERS,
}


class ArbitrationReviewBody(Command):
    """Which commission is asked, and whether both parties ask."""

    commission: AgencyId
    jointly: bool


class ReviewedBody(Command):
    """The commission's number."""

    docket: ExternalRef


class ReviewDismissalBody(Command):
    """Why it is turned down."""

    because: Annotated[RefusalGround, entered(REFUSAL_GROUNDS)]


@router.post("/cases/{case_id}/arbitration-review", status_code=201)
async def apply_for_arbitration_review(
    case_id: CaseId, body: ArbitrationReviewBody, who: Who, uow: Uow
) -> Matter:
    """Record that both parties ask a commission to review their agreement."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    applied = having_reviewed.apply(matter, act(body, who, uow), body.commission, law, jointly=body.jointly)
    return uow.emit(matter, applied, legal_basis="LABOUR-ARBITRATION-RULES-74")


@router.post("/cases/{case_id}/arbitration-review/ruling", status_code=201)
async def record_arbitration_review(case_id: CaseId, body: ReviewedBody, who: Who, uow: Uow) -> Matter:
    """Record that the commission issued the agreement as its own: it can be enforced."""
    matter = uow.expect(Matter, case_id)
    confirmed = having_reviewed.confirm(matter, act(body, who, uow), body.docket)
    return uow.emit(matter, confirmed, legal_basis="LABOUR-ARBITRATION-RULES-74")


@router.post("/cases/{case_id}/arbitration-review/dismissal", status_code=201)
async def record_review_dismissal(case_id: CaseId, body: ReviewDismissalBody, who: Who, uow: Uow) -> Matter:
    """Record that the commission did not take the review on, or did not confirm."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, having_reviewed.dismiss(matter, act(body, who, uow), body.because))

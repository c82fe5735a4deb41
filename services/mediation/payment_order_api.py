"""How the payment of a mediated sum is ordered by a court."""

from typing import Annotated

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import ORDER_ENDS, LegalBasis, OrderEnd
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId, ExternalRef
from services.mediation.api import HELPERS, Command, act
from services.mediation.domain import ordering
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "apply_for_payment_order": HELPERS,
    "record_payment_order_acceptance": HELPERS,
    "record_payment_order": HELPERS,
    "record_payment_order_objection": HELPERS,
    "record_payment_order_end": HELPERS,
}


class PaymentOrderBody(Command):
    """Which court is asked, by which article."""

    court: AgencyId
    legal_basis: LegalBasis


class PaymentOrderNumberBody(Command):
    """The court's number."""

    docket: ExternalRef


class ServedBody(Command):
    """When the debtor received the order."""

    served_at: UtcTime


class PaymentOrderEndBody(Command):
    """Why the order has no effect."""

    because: Annotated[OrderEnd, entered(ORDER_ENDS)]


@router.post("/cases/{case_id}/payment-order", status_code=201)
async def apply_for_payment_order(case_id: CaseId, body: PaymentOrderBody, who: Who, uow: Uow) -> Matter:
    """Ask a court to order the payment of what is still owed of the agreement."""
    matter = uow.expect(Matter, case_id)
    applied = ordering.apply(matter, act(body, who, uow), uow.all(Claim), body.court, body.legal_basis)
    return say(matter, applied, uow, legal_basis=body.legal_basis)


@router.post("/cases/{case_id}/payment-order/acceptance", status_code=201)
async def record_payment_order_acceptance(
    case_id: CaseId, body: PaymentOrderNumberBody, who: Who, uow: Uow
) -> Matter:
    """Record that the court accepted the application."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    return uow.emit(matter, ordering.accept(matter, act(body, who, uow), body.docket, law))


@router.post("/cases/{case_id}/payment-order/service", status_code=201)
async def record_payment_order(case_id: CaseId, body: ServedBody, who: Who, uow: Uow) -> Matter:
    """Record that the order was issued and served."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    issued = ordering.issue(matter, act(body, who, uow), body.served_at, law)
    return uow.emit(matter, issued, legal_basis="CPL-227")


@router.post("/cases/{case_id}/payment-order/objection", status_code=201)
async def record_payment_order_objection(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Record that the debtor objected: a suit or arbitration is open."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, ordering.object_to(matter, act(body, who, uow)), legal_basis="CPL-227")


@router.post("/cases/{case_id}/payment-order/end", status_code=201)
async def record_payment_order_end(case_id: CaseId, body: PaymentOrderEndBody, who: Who, uow: Uow) -> Matter:
    """Record that the order has no effect any more, or that there will be none."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, ordering.lapse(matter, act(body, who, uow), body.because), legal_basis="CPL-228")

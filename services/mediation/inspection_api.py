"""What labour inspection is asked for, and what it does."""

from typing import Annotated

from pydantic import Field

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import (
    INSPECTION_APPROACHES,
    INSPECTION_RESULTS,
    REFUSAL_GROUNDS,
    InspectionApproach,
    InspectionResult,
    RefusalGround,
)
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId, ExternalRef, MemberId
from services.mediation.api import HELPERS, AmountFen, Command, Prose, act, determine, keep
from services.mediation.domain import inspecting, obeying
from services.mediation.domain.claim import ORDER, Claim
from services.mediation.domain.matter import Matter
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "report_to_inspection": HELPERS,
    "record_inspection_acceptance": HELPERS,
    "record_inspection_refusal": HELPERS,
    "record_inspection_extension": HELPERS,
    "record_inspection_decision": HELPERS,
    "withdraw_from_inspection": HELPERS,
}


class InspectionBody(Command):
    """Which inspectorate is asked, how, over how much, and the complaint."""

    inspectorate: AgencyId
    approach: Annotated[InspectionApproach, entered(INSPECTION_APPROACHES)]
    claim_fen: AmountFen
    paper: Prose | None = None


class InspectionNumberBody(Command):
    """The inspectorate's number."""

    docket: ExternalRef


class InspectionRefusalBody(Command):
    """Why it does not take it on."""

    because: Annotated[RefusalGround, entered(REFUSAL_GROUNDS)]


class InspectionDecisionBody(Command):
    """What it did: what is to be paid, to whom and by when, if it ordered that; to whom it was referred."""

    result: Annotated[InspectionResult, entered(INSPECTION_RESULTS)]
    ordered_fen: AmountFen = 0
    amounts: dict[MemberId, AmountFen] = Field(default_factory=dict)
    """What each member is to get whom the order names; empty if it states a sum alone."""
    pay_by: UtcTime | None = None
    """The day that the order sets."""
    referred_to: AgencyId | None = None


@router.post("/cases/{case_id}/inspection", status_code=201)
async def report_to_inspection(case_id: CaseId, body: InspectionBody, who: Who, uow: Uow) -> Matter:
    """Ask labour inspection to act. That interrupts the limitation of the claim."""
    matter = uow.expect(Matter, case_id)
    paper = keep("inspection-complaint", body.paper, uow)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    reported = inspecting.report(
        matter, act(body, who, uow), body.inspectorate, body.approach, body.claim_fen, paper, law
    )
    return say(matter, reported, uow, legal_basis="LABOUR-INSPECTION-11")


@router.post("/cases/{case_id}/inspection/acceptance", status_code=201)
async def record_inspection_acceptance(
    case_id: CaseId, body: InspectionNumberBody, who: Who, uow: Uow
) -> Matter:
    """Record that it opened a case."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    accepted = inspecting.accept(matter, act(body, who, uow), body.docket, law)
    return uow.emit(matter, accepted, legal_basis="LABOUR-INSPECTION-RULES-18")


@router.post("/cases/{case_id}/inspection/refusal", status_code=201)
async def record_inspection_refusal(
    case_id: CaseId, body: InspectionRefusalBody, who: Who, uow: Uow
) -> Matter:
    """Record that it does not take it on."""
    matter = uow.expect(Matter, case_id)
    refused = inspecting.refuse(matter, act(body, who, uow), body.because)
    return uow.emit(matter, refused, legal_basis="LABOUR-INSPECTION-RULES-18")


@router.post("/cases/{case_id}/inspection/extension", status_code=201)
async def record_inspection_extension(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Record that it takes more time."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    extended = inspecting.extend(matter, act(body, who, uow), law)
    return uow.emit(matter, extended, legal_basis="LABOUR-INSPECTION-17")


@router.post("/cases/{case_id}/inspection/decision", status_code=201)
async def record_inspection_decision(
    case_id: CaseId, body: InspectionDecisionBody, who: Who, uow: Uow
) -> Matter:
    """Record what it did in the end: the sum on the matter, each amount on the claim of whom it names."""
    matter = uow.expect(Matter, case_id)
    decided = inspecting.decide(
        matter,
        act(body, who, uow),
        body.result,
        ordered_fen=body.ordered_fen,
        referred_to=body.referred_to,
        claims=uow.all(Claim),
        amounts=body.amounts,
        pay_by=body.pay_by,
    )
    now = uow.emit(matter, decided, legal_basis="LABOUR-INSPECTION-18")
    determine(body.amounts, ORDER, body.epoch, uow)
    return uow.emit(now, obeying.note_payments(now, uow.all(Claim), at=uow.now))


@router.post("/cases/{case_id}/inspection/withdrawal", status_code=201)
async def withdraw_from_inspection(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Record that the complaint was withdrawn."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, inspecting.withdraw(matter, act(body, who, uow)))

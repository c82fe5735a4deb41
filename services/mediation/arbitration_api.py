"""What is done before an arbitration commission: filed, accepted or refused, awarded or settled."""

from typing import Annotated

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import REFUSAL_GROUNDS, Determination, RefusalGround
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId, ExternalRef, MemberId
from services.mediation.api import HELPERS, AmountFen, Command, Prose, act, determine, keep
from services.mediation.domain import arbitrating
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "file_arbitration": HELPERS,
    "record_arbitration_acceptance": HELPERS,
    "record_arbitration_extension": HELPERS,
    "record_arbitration_refusal": HELPERS,
    "record_award": HELPERS,
    "record_arbitration_settlement": HELPERS,
    "withdraw_arbitration": HELPERS,
}


class ArbitrationBody(Command):
    """Which commission is asked, for how much, and what proves it."""

    commission: AgencyId
    claim_fen: AmountFen
    proof: Prose | None = None
    """The receipt of filing: if the commission stays silent, the court asks for it."""
    unaided: bool = False
    """Whether the workers apply for themselves, without aid for the arbitration."""


class ArbitrationNumberBody(Command):
    """The commission's number."""

    docket: ExternalRef


class ArbitrationRefusalBody(Command):
    """Why the commission does not accept."""

    because: Annotated[RefusalGround, entered(REFUSAL_GROUNDS)]


class AwardBody(Command):
    """The award, with what every member is to get; after a partial award, of the rest."""

    amounts: dict[MemberId, AmountFen]
    awarded_fen: AmountFen
    final: bool
    """Whether it is one of Arbitration Law Art. 47."""
    received_at: UtcTime | None = None
    """When the workers received it; now if it is not said."""


class ArbitrationSettlementBody(Command):
    """What the parties settled on, with what every member is to get."""

    amounts: dict[MemberId, AmountFen]
    settled_fen: AmountFen


@router.post("/cases/{case_id}/arbitration", status_code=201)
async def file_arbitration(case_id: CaseId, body: ArbitrationBody, who: Who, uow: Uow) -> Matter:
    """Apply for labour arbitration."""
    matter = uow.expect(Matter, case_id)
    proof = keep("arbitration-proof", body.proof, uow)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    filed = arbitrating.file(
        matter, act(body, who, uow), body.commission, body.claim_fen, proof, law, unaided=body.unaided
    )
    return say(matter, filed, uow)


@router.post("/cases/{case_id}/arbitration/acceptance", status_code=201)
async def record_arbitration_acceptance(
    case_id: CaseId, body: ArbitrationNumberBody, who: Who, uow: Uow
) -> Matter:
    """Record that the commission accepted the application."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    accepted = arbitrating.accept(matter, act(body, who, uow), body.docket, law)
    return uow.emit(matter, accepted, legal_basis="LDMAL-29")


@router.post("/cases/{case_id}/arbitration/extension", status_code=201)
async def record_arbitration_extension(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Record that the commission takes more time for the award."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    return uow.emit(matter, arbitrating.extend(matter, act(body, who, uow), law), legal_basis="LDMAL-43")


@router.post("/cases/{case_id}/arbitration/refusal", status_code=201)
async def record_arbitration_refusal(
    case_id: CaseId, body: ArbitrationRefusalBody, who: Who, uow: Uow
) -> Matter:
    """Record that the commission does not accept the application."""
    matter = uow.expect(Matter, case_id)
    refused = arbitrating.refuse(matter, act(body, who, uow), body.because)
    return uow.emit(matter, refused, legal_basis="LDMAL-29")


@router.post("/cases/{case_id}/arbitration/award", status_code=201)
async def record_award(case_id: CaseId, body: AwardBody, who: Who, uow: Uow) -> Matter:
    """Record the award: the sum on the matter, each member's amount on his claim."""
    matter = uow.expect(Matter, case_id)
    awarded = arbitrating.award(
        matter,
        act(body, who, uow),
        uow.all(Claim),
        body.amounts,
        body.awarded_fen,
        final=body.final,
        received_at=body.received_at or uow.now,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    decided = say(matter, awarded, uow, legal_basis="LDMAL-47" if body.final else "LDMAL-50")
    determine(arbitrating.in_all(body.amounts, uow.all(Claim)), Determination("award"), body.epoch, uow)
    return decided


@router.post("/cases/{case_id}/arbitration/settlement", status_code=201)
async def record_arbitration_settlement(
    case_id: CaseId, body: ArbitrationSettlementBody, who: Who, uow: Uow
) -> Matter:
    """Record that the parties settled before the commission."""
    matter = uow.expect(Matter, case_id)
    settled = arbitrating.settle(matter, act(body, who, uow), uow.all(Claim), body.amounts, body.settled_fen)
    decided = say(matter, settled, uow)
    due = arbitrating.in_all(body.amounts, uow.all(Claim))
    determine(due, Determination("arbitration-settlement"), body.epoch, uow)
    return decided


@router.post("/cases/{case_id}/arbitration/withdrawal", status_code=201)
async def withdraw_arbitration(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Record that the application for arbitration was withdrawn."""
    matter = uow.expect(Matter, case_id)
    return say(matter, arbitrating.withdraw(matter, act(body, who, uow)), uow)

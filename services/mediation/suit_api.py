"""What is done at court: a suit, its docket number, the judgment."""

from typing import Annotated

from pydantic import Field

from chassis.http import Uow, Who, case_router
from schemas.codes import JUDGMENT_RESULTS, Determination, JudgmentResult, LegalBasis
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, ExternalRef, MemberId
from services.mediation.api import HELPERS, AmountFen, Command, act, determine
from services.mediation.domain import suing
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import SUIT_WITHDRAWN

router = case_router()

PERMISSIONS = {
    "file_suit": HELPERS,
    "docket_suit": HELPERS,
    "judge_suit": HELPERS,
}


class SuitBody(Command):
    """A suit, and why arbitration need not come first."""

    court: AgencyId
    claim_fen: AmountFen
    without_arbitration: LegalBasis | None = None


class DocketBody(Command):
    """The court's number."""

    docket: ExternalRef


class JudgmentBody(Command):
    """How the court decided, with what every member is to get; nothing if the suit was withdrawn."""

    result: Annotated[JudgmentResult, entered(JUDGMENT_RESULTS)]
    amounts: dict[MemberId, AmountFen] = Field(default={})
    awarded_fen: AmountFen
    final: bool = False


@router.post("/cases/{case_id}/suit", status_code=201)
async def file_suit(case_id: CaseId, body: SuitBody, who: Who, uow: Uow) -> Matter:
    """File a suit."""
    matter = uow.expect(Matter, case_id)
    filed = suing.file(matter, act(body, who, uow), body.court, body.claim_fen, body.without_arbitration)
    return uow.emit(matter, filed, legal_basis=body.without_arbitration)


@router.post("/cases/{case_id}/suit/docket", status_code=201)
async def docket_suit(case_id: CaseId, body: DocketBody, who: Who, uow: Uow) -> Matter:
    """Record that the court registered the suit."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, suing.docket(matter, act(body, who, uow), body.docket), legal_basis="CPL-126")


@router.post("/cases/{case_id}/suit/judgment", status_code=201)
async def judge_suit(case_id: CaseId, body: JudgmentBody, who: Who, uow: Uow) -> Matter:
    """Record the judgment: the sum on the matter, each member's amount on his claim."""
    matter = uow.expect(Matter, case_id)
    judged = suing.judge(
        matter,
        act(body, who, uow),
        uow.all(Claim),
        body.amounts,
        body.awarded_fen,
        result=body.result,
        final=body.final,
    )
    decided = uow.emit(matter, judged)
    if body.result != SUIT_WITHDRAWN:
        determine(body.amounts, Determination("judgment"), body.epoch, uow, final=body.final)
    return decided

"""What is done at court: a suit, its docket number, the judgment."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from chassis.http import Uow, Who, case_router
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.limits import law_for
from schemas.codes import (
    ENFORCEMENT_TITLES,
    FINAL_CAUSES,
    JUDGMENT_RESULTS,
    TRIAL_PROCEDURES,
    EnforcementTitle,
    FinalCause,
    JudgmentResult,
    LegalBasis,
    TrialProcedure,
)
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId, ExternalRef, MemberId
from schemas.matters import LitigationFinal, LitigationJudged
from services.mediation.api import HELPERS, AmountFen, Command, act, determine
from services.mediation.domain import suing
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.part_due import JUDGMENT
from services.mediation.domain.proceedings import SUIT_WITHDRAWN, Amounts
from services.mediation.domain.suing import ON_APPEAL
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "file_suit": HELPERS,
    "docket_suit": HELPERS,
    "judge_suit": HELPERS,
    "appeal_judgment": HELPERS,
    "decide_appeal": HELPERS,
}

AWARDS = {code: ENFORCEMENT_TITLES[code] for code in ("award", "partial-award")}
APPEAL_ENDS = {code: FINAL_CAUSES[code] for code in (*ON_APPEAL, "appeal-withdrawn")}


class SuitBody(Command):
    """A suit, and why arbitration need not come first."""

    court: AgencyId
    claim_fen: AmountFen
    without_arbitration: LegalBasis | None = None
    members: Annotated[tuple[MemberId, ...], Field(min_length=1, max_length=10_000)] | None = None
    """Who sues; all if it is not said."""
    unaided: bool = False
    """Whether they sue for themselves, without aid for the first instance."""
    against: Annotated[EnforcementTitle, entered(AWARDS)] | None = None
    """Over which award, and the others stand; over all that were made if it is not said."""
    part: Annotated[int, Field(ge=1, le=64)] | None = None
    """Of a partial award, which, from 1; the first if it is not said."""


class WhichSuit(BaseModel):
    """Of which suit it is said, where several run beside one another."""

    suit: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """By its place among the suits of the case, from 1; the only one that waits for it if it is not said."""


class DocketBody(Command, WhichSuit):
    """The court's number, and the procedure by which it tries the suit."""

    docket: ExternalRef
    procedure: Annotated[TrialProcedure, entered(TRIAL_PROCEDURES)] | None = None


class JudgmentBody(Command, WhichSuit):
    """How the court decided, with what every member is to get; nothing if the suit was withdrawn."""

    result: Annotated[JudgmentResult, entered(JUDGMENT_RESULTS)]
    amounts: dict[MemberId, AmountFen] = Field(default={})
    awarded_fen: AmountFen
    final: bool = False
    served_at: UtcTime | None = None
    """When it was served; now if it is not said."""


class AppealBody(Command, WhichSuit):
    """The court of second instance."""

    court: AgencyId


class AppealDecisionBody(Command, WhichSuit):
    """How the appeal ended, with what every member is to get; nothing if it was withdrawn."""

    because: Annotated[FinalCause, entered(APPEAL_ENDS)]
    amounts: dict[MemberId, AmountFen] = Field(default={})
    awarded_fen: AmountFen = 0


@router.post("/cases/{case_id}/suit", status_code=201)
async def file_suit(case_id: CaseId, body: SuitBody, who: Who, uow: Uow) -> Matter:
    """File a suit."""
    matter = uow.expect(Matter, case_id)
    filed = suing.file(
        matter,
        act(body, who, uow),
        body.court,
        body.claim_fen,
        body.without_arbitration,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
        members=body.members,
        claims=uow.all(Claim),
        unaided=body.unaided,
        against=body.against,
        part=body.part,
    )
    return say(matter, filed, uow, legal_basis=body.without_arbitration)


@router.post("/cases/{case_id}/suit/docket", status_code=201)
async def docket_suit(case_id: CaseId, body: DocketBody, who: Who, uow: Uow) -> Matter:
    """Record that the court registered the suit."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    docketed = suing.docket(
        matter, act(body, who, uow), body.docket, law=law, procedure=body.procedure, which=body.suit
    )
    return uow.emit(matter, docketed, legal_basis="CPL-126")


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
        law=law_for(matter.facts, uow.province, uow.use(Law)),
        served_at=body.served_at,
        which=body.suit,
    )
    decided = say(matter, judged, uow)
    if body.result != SUIT_WITHDRAWN:
        fix(decided, judged, body.amounts, body.epoch, uow, final=body.final)
    return decided


@router.post("/cases/{case_id}/suit/appeal", status_code=201)
async def appeal_judgment(case_id: CaseId, body: AppealBody, who: Who, uow: Uow) -> Matter:
    """Record that the judgment was appealed."""
    matter = uow.expect(Matter, case_id)
    appealed = suing.appeal(matter, act(body, who, uow), body.court, body.suit)
    return uow.emit(matter, appealed, legal_basis="CPL-171")


@router.post("/cases/{case_id}/suit/appeal/decision", status_code=201)
async def decide_appeal(case_id: CaseId, body: AppealDecisionBody, who: Who, uow: Uow) -> Matter:
    """Record how the appeal ended: the judgment is final."""
    matter = uow.expect(Matter, case_id)
    decided = suing.decide_appeal(
        matter, act(body, who, uow), uow.all(Claim), body.amounts, body.awarded_fen, body.because, body.suit
    )
    final = say(matter, decided, uow)
    fix(final, decided, body.amounts, body.epoch, uow, final=True)
    return final


def fix(
    matter: Matter,
    judged: Sequence[LitigationJudged | LitigationFinal],
    amounts: Amounts,
    epoch: int,
    uow: UnitOfWork,
    *,
    final: bool,
) -> None:
    """Fix on each claim what its member is due: over one award alone, beside what the others give."""
    suit = matter.suit(judged[0].suit)
    assert suit is not None, "it was judged"
    if suit.against is None:
        return determine(amounts, JUDGMENT, epoch, uow, final=final)
    for claim in registered_of(uow.all(Claim)):
        if claim.member_id in amounts:
            amount_fen = amounts[claim.member_id]
            uow.emit(
                claim,
                claim.judge_over(suit.against, suit.part, amount_fen, epoch=epoch, at=uow.now, final=final),
            )
    return None

"""Beside an award and after it: a part that is awarded first, execution in advance, and setting aside."""

from typing import Annotated

from pydantic import Field

from chassis.http import Uow, Who, case_router
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.limits import law_for
from schemas.codes import (
    ADVANCE_CLAIMS,
    ADVANCE_REFUSALS,
    SETTING_ASIDE_GROUNDS,
    AdvanceClaim,
    AdvanceRefusal,
    Determination,
    SettingAsideGround,
)
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId, ExternalRef, MemberId
from schemas.matters import PartNumber
from services.mediation.api import HELPERS, AmountFen, Command, act
from services.mediation.arbitration_api import ArbitrationNumberBody, AwardBody
from services.mediation.domain import awarding_part, executing_in_advance, setting_aside
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.matter import Matter
from services.mediation.domain.part_due import PARTLY
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "record_partial_award": HELPERS,
    "apply_for_advance_execution": HELPERS,
    "record_advance_execution": HELPERS,
    "record_advance_execution_refusal": HELPERS,
    "record_setting_aside": HELPERS,
    "record_setting_aside_acceptance": HELPERS,
    "record_setting_aside_withdrawal": HELPERS,
    "record_setting_aside_dismissal": HELPERS,
    "record_setting_aside_grant": HELPERS,
}

AWARD = Determination("award")

WhichPart = Annotated[int, Field(ge=1, le=64)] | None
"""Which partial award, from 1; the award itself if it is not said."""


class AdvanceBody(Command):
    """For what, and for whom how much."""

    claims: Annotated[
        tuple[Annotated[AdvanceClaim, entered(ADVANCE_CLAIMS)], ...], Field(min_length=1, max_length=4)
    ]
    amounts: Annotated[dict[MemberId, AmountFen], Field(min_length=1)]


class AdvanceOrderBody(Command):
    """What each is to get, and which court executes it."""

    amounts: Annotated[dict[MemberId, AmountFen], Field(min_length=1)]
    court: AgencyId
    docket: ExternalRef


class AdvanceRefusalBody(Command):
    """Why it is not ordered."""

    because: Annotated[AdvanceRefusal, entered(ADVANCE_REFUSALS)]


class SettingAsideBody(Command):
    """Which court the employer asked, on what ground, and which award it is to set aside."""

    court: AgencyId
    because: Annotated[SettingAsideGround, entered(SETTING_ASIDE_GROUNDS)]
    part: WhichPart = None


class ChallengeBody(Command):
    """Which award it is that a court was asked to set aside."""

    part: WhichPart = None


class ChallengeNumberBody(ArbitrationNumberBody):
    """The court's number, and which award it is."""

    part: WhichPart = None


class SettingAsideGrantBody(Command):
    """The ruling, and when the workers received it."""

    docket: ExternalRef
    served_at: UtcTime
    part: WhichPart = None


@router.post("/cases/{case_id}/arbitration/partial-award", status_code=201)
async def record_partial_award(case_id: CaseId, body: AwardBody, who: Who, uow: Uow) -> Matter:
    """Record what was decided first, or next: the sum on the matter, each member's part on his claim."""
    matter = uow.expect(Matter, case_id)
    awarded = awarding_part.award(
        matter,
        act(body, who, uow),
        uow.all(Claim),
        body.amounts,
        body.awarded_fen,
        final=body.final,
        received_at=body.received_at or uow.now,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    decided = say(matter, awarded, uow, legal_basis="LDMAL-43")
    part = len(decided.proceedings.of(ProceedingKind.PARTIAL_AWARD))
    for member, amount_fen in body.amounts.items():
        claim = uow.get(Claim, member)
        uow.emit(claim, claim.determine_part(amount_fen, epoch=body.epoch, at=uow.now, part=part))
    return decided


@router.post("/cases/{case_id}/arbitration/advance-execution", status_code=201)
async def apply_for_advance_execution(case_id: CaseId, body: AdvanceBody, who: Who, uow: Uow) -> Matter:
    """Ask for execution in advance of the award."""
    matter = uow.expect(Matter, case_id)
    asked = executing_in_advance.apply(matter, act(body, who, uow), uow.all(Claim), body.amounts, body.claims)
    return uow.emit(matter, asked, legal_basis="LDMAL-44")


@router.post("/cases/{case_id}/arbitration/advance-execution/order", status_code=201)
async def record_advance_execution(case_id: CaseId, body: AdvanceOrderBody, who: Who, uow: Uow) -> Matter:
    """Record that it was ordered and moved to the court: the sum on the matter, each amount on its claim."""
    matter = uow.expect(Matter, case_id)
    ordered = executing_in_advance.order(
        matter, act(body, who, uow), uow.all(Claim), body.amounts, court=body.court, docket=body.docket
    )
    decided = uow.emit(matter, ordered, legal_basis="LDMAL-44")
    for member, amount_fen in body.amounts.items():
        claim = uow.get(Claim, member)
        uow.emit(claim, claim.advance(amount_fen, epoch=body.epoch, at=uow.now))
    return decided


@router.post("/cases/{case_id}/arbitration/advance-execution/refusal", status_code=201)
async def record_advance_execution_refusal(
    case_id: CaseId, body: AdvanceRefusalBody, who: Who, uow: Uow
) -> Matter:
    """Record that it was not ordered."""
    matter = uow.expect(Matter, case_id)
    refused = executing_in_advance.refuse(matter, act(body, who, uow), body.because)
    return uow.emit(matter, refused, legal_basis="LDMAL-44")


@router.post("/cases/{case_id}/arbitration/setting-aside", status_code=201)
async def record_setting_aside(case_id: CaseId, body: SettingAsideBody, who: Who, uow: Uow) -> Matter:
    """Record that the employer asks a court to set the award aside."""
    matter = uow.expect(Matter, case_id)
    asked = setting_aside.apply(matter, act(body, who, uow), body.court, body.because, body.part)
    return uow.emit(matter, asked, legal_basis="LDMAL-49")


@router.post("/cases/{case_id}/arbitration/setting-aside/acceptance", status_code=201)
async def record_setting_aside_acceptance(
    case_id: CaseId, body: ChallengeNumberBody, who: Who, uow: Uow
) -> Matter:
    """Record that the court took it on: an enforcement of the award stands still from now on."""
    matter = uow.expect(Matter, case_id)
    accepted = setting_aside.accept(matter, act(body, who, uow), body.docket, body.part)
    return uow.emit(matter, accepted, legal_basis="SPC-LABOUR-1-25")


@router.post("/cases/{case_id}/arbitration/setting-aside/withdrawal", status_code=201)
async def record_setting_aside_withdrawal(case_id: CaseId, body: ChallengeBody, who: Who, uow: Uow) -> Matter:
    """Record that the employer withdrew it: the enforcement goes on."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    withdrawn = setting_aside.withdraw(matter, act(body, who, uow), law, body.part)
    return uow.emit(matter, withdrawn, legal_basis="SPC-LABOUR-1-25")


@router.post("/cases/{case_id}/arbitration/setting-aside/dismissal", status_code=201)
async def record_setting_aside_dismissal(
    case_id: CaseId, body: ChallengeNumberBody, who: Who, uow: Uow
) -> Matter:
    """Record that the court does not set it aside: the enforcement goes on."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    dismissed = setting_aside.dismiss(matter, act(body, who, uow), body.docket, law, body.part)
    return uow.emit(matter, dismissed, legal_basis="LDMAL-49")


@router.post("/cases/{case_id}/arbitration/setting-aside/grant", status_code=201)
async def record_setting_aside_grant(
    case_id: CaseId, body: SettingAsideGrantBody, who: Who, uow: Uow
) -> Matter:
    """Record that the award fell: nobody is due anything by it, and the parties may sue."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    granted = setting_aside.grant(
        matter, act(body, who, uow), body.docket, served_at=body.served_at, law=law, part=body.part
    )
    decided = say(matter, granted, uow, legal_basis="LDMAL-49")
    reopen(body.part, body.epoch, uow)
    return decided


def reopen(part: PartNumber | None, epoch: int, uow: UnitOfWork) -> None:
    """Open each claim again that the award had fixed, or of which the part had fixed something."""
    by = PARTLY if part else AWARD
    for claim in uow.all(Claim):
        uow.emit(claim, claim.reopen(by=by, part=part, epoch=epoch, at=uow.now))

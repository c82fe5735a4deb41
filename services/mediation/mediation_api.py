"""How the parties are brought together: a mediation, its sessions, the agreement, its performance."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import MEDIATION_KINDS, SESSION_RESULTS, MediationKind, SessionResult
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId, MemberId, Pseudonym
from schemas.matters import Instalment
from services.mediation.agreement_api import Consenting, bind, note_payments
from services.mediation.api import (
    HELPERS,
    OFFICE,
    AmountFen,
    Command,
    HelperName,
    Prose,
    act,
    determine,
    keep,
    named,
    seal,
)
from services.mediation.domain import mediating
from services.mediation.domain.agreement import BY_AGREEMENT, needs_consent
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.matter import Matter
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "propose_mediation": OFFICE,
    "hold_session": HELPERS,
    "agree": HELPERS,
    "perform_agreement": HELPERS,
}


class MediationBody(Command):
    """Who is to mediate."""

    kind: Annotated[MediationKind, entered(MEDIATION_KINDS)]
    committee: AgencyId
    mediator: Pseudonym | None = None
    mediator_name: HelperName | None = None
    partners: Annotated[tuple[AgencyId, ...], Field(max_length=64)] = ()


class SessionBody(Command):
    """How a meeting of the parties ended."""

    result: Annotated[SessionResult, entered(SESSION_RESULTS)]
    next_at: UtcTime | None = None
    minutes: Prose | None = None


class InstalmentBody(BaseModel):
    """One payment that was agreed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    due_at: UtcTime
    amount_fen: AmountFen


class AgreementBody(Command):
    """What every member is to get, and the sum, which must agree with it.

    Of a group, each member is bound once he consents: those who have, and later ones at `…/consents`.
    """

    amounts: dict[MemberId, AmountFen]
    agreed_fen: AmountFen
    instalments: Annotated[tuple[InstalmentBody, ...], Field(max_length=64)] = ()
    terms: Prose
    consented: Consenting = ()


@router.post("/cases/{case_id}/mediation", status_code=201)
async def propose_mediation(case_id: CaseId, body: MediationBody, who: Who, uow: Uow) -> Matter:
    """Ask the parties to mediate."""
    matter = uow.expect(Matter, case_id)
    proposed = mediating.propose(
        matter,
        act(body, who, uow),
        kind=body.kind,
        committee=body.committee,
        mediator=body.mediator,
        mediator_name=named(body.mediator, body.mediator_name, uow),
        partners=body.partners,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    return say(matter, proposed, uow)


@router.post("/cases/{case_id}/sessions", status_code=201)
async def hold_session(case_id: CaseId, body: SessionBody, who: Who, uow: Uow) -> Matter:
    """Record a meeting of the parties."""
    matter = uow.expect(Matter, case_id)
    minutes = keep("session", body.minutes, uow)
    held = mediating.hold_session(
        matter, act(body, who, uow), body.result, next_at=body.next_at, minutes=minutes
    )
    return say(matter, held, uow)


@router.post("/cases/{case_id}/agreement", status_code=201)
async def agree(case_id: CaseId, body: AgreementBody, who: Who, uow: Uow) -> Matter:
    """Record an agreement: the sum on the matter, each member's amount on his claim."""
    matter = uow.expect(Matter, case_id)
    agreed = mediating.agree(
        matter,
        act(body, who, uow),
        uow.all(Claim),
        body.amounts,
        body.agreed_fen,
        instalments=tuple(Instalment(due_at=i.due_at, amount_fen=i.amount_fen) for i in body.instalments),
        terms=seal("agreement", body.terms, uow),
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    settled = say(matter, agreed, uow, legal_basis="PML-31")
    if needs_consent(settled.facts):
        for claim in registered_of(uow.all(Claim)):
            uow.emit(claim, claim.offer(body.amounts[claim.member_id], epoch=body.epoch, at=uow.now))
    else:
        determine(body.amounts, BY_AGREEMENT, body.epoch, uow)
    if body.consented:
        settled = bind(settled, act(body, who, uow), body.consented, uow)
    return note_payments(settled, uow)


@router.post("/cases/{case_id}/performance", status_code=201)
async def perform_agreement(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """State that all that was agreed is paid."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, mediating.perform(matter, act(body, who, uow), uow.all(Claim)))

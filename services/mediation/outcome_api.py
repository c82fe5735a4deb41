"""What comes of the aid: referrals, money received, the conclusion, the evaluation."""

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import Field

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import (
    AGENCY_KINDS,
    EVALUATION_GRADES,
    OUTCOMES,
    PAYERS,
    PAYMENT_FORMS,
    REFERRAL_RESULTS,
    REFERRALS,
    AgencyKind,
    EvaluationGrade,
    LegalBasis,
    Outcome,
    Payer,
    PaymentForm,
    ReferralCode,
    ReferralResult,
)
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId, ExternalRef, MemberId
from services.mediation.agreement_api import note_payments
from services.mediation.api import HELPERS, OFFICE, AmountFen, Command, Prose, act, keep
from services.mediation.domain import concluding, obeying, referring, suspending
from services.mediation.domain.acts import RECOVERING
from services.mediation.domain.claim import Claim, Payment, sums_of
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "refer_matter": OFFICE,
    "answer_referral": HELPERS,
    "record_recovery": HELPERS,
    "conclude_matter": OFFICE,
    "evaluate_matter": OFFICE,
}


class ReferralBody(Command):
    """What goes to which authority."""

    to: AgencyId
    kind: Annotated[AgencyKind, entered(AGENCY_KINDS)]
    subject_matter: Annotated[ReferralCode, entered(REFERRALS)]
    legal_basis: LegalBasis
    details: Prose | None = None


class AnswerBody(Command):
    """What the authority answered."""

    result: Annotated[ReferralResult, entered(REFERRAL_RESULTS)]
    on: date
    number: ExternalRef | None = None
    """Under which the authority keeps it."""
    note: Prose | None = None


class RecoveryBody(Command):
    """Money that a member received."""

    amount_fen: Annotated[AmountFen, Field(gt=0)]
    payer: Annotated[Payer, entered(PAYERS)] = Payer("employer")
    form: Annotated[PaymentForm, entered(PAYMENT_FORMS)] = PaymentForm("transfer")
    received_at: UtcTime | None = None
    """When; now if it is not said."""
    receipt: Prose | None = None


class ConclusionBody(Command):
    """What the aid led to."""

    outcome: Annotated[Outcome, entered(OUTCOMES)]


class EvaluationBody(Command):
    """How the work was found."""

    grade: Annotated[EvaluationGrade, entered(EVALUATION_GRADES)]
    satisfaction: Annotated[int, Field(ge=1, le=5)] | None = None


@router.post("/cases/{case_id}/referrals", status_code=201)
async def refer_matter(case_id: CaseId, body: ReferralBody, who: Who, uow: Uow) -> Matter:
    """Refer a part of the matter to the authority that is competent for it."""
    matter = uow.expect(Matter, case_id)
    made = concluding.refer(
        matter,
        act(body, who, uow),
        to=body.to,
        kind=body.kind,
        subject_matter=body.subject_matter,
        legal_basis=body.legal_basis,
        details=keep("referral", body.details, uow),
    )
    return uow.emit(matter, made, legal_basis=body.legal_basis)


@router.post("/cases/{case_id}/referrals/{number}/answers", status_code=201)
async def answer_referral(
    case_id: CaseId, number: Annotated[int, Path(ge=1, le=1000)], body: AnswerBody, who: Who, uow: Uow
) -> Matter:
    """Record what an authority answered; it may answer again."""
    matter = uow.expect(Matter, case_id)
    note = keep("referral-answer", body.note, uow)
    answered = referring.answer(
        matter, act(body, who, uow), number, body.result, body.on, number=body.number, note=note
    )
    return uow.emit(matter, answered)


@router.post("/cases/{case_id}/claims/{member_id}/recoveries", status_code=201)
async def record_recovery(
    case_id: CaseId, member_id: MemberId, body: RecoveryBody, who: Who, uow: Uow
) -> Claim:
    """Record money that a member received. `If-Match` is the claim's: no payment is counted twice."""
    claim = uow.expect(Claim, member_id)
    matter = uow.get(Matter, case_id)
    matter.check_involved(act(body, who, uow), *RECOVERING)
    payment = Payment(
        amount_fen=body.amount_fen,
        payer=body.payer,
        form=body.form,
        received_at=body.received_at or uow.now,
        receipt=keep(f"receipt-{member_id}", body.receipt, uow),
    )
    others_fen = sums_of([other for other in uow.all(Claim) if other.id != member_id]).recovered_fen
    received = claim.receive(payment, others_fen, by=matter.agency, epoch=matter.epoch, at=uow.now)
    paid = uow.emit(claim, received)
    noted = note_payments(matter, uow)
    noted = uow.emit(noted, obeying.note_payments(noted, uow.all(Claim), at=uow.now))
    uow.emit(noted, suspending.note_payments(noted, uow.all(Claim), at=uow.now))
    return paid


@router.post("/cases/{case_id}/conclusion", status_code=201)
async def conclude_matter(case_id: CaseId, body: ConclusionBody, who: Who, uow: Uow) -> Matter:
    """Conclude the aid, by agreement or judgment; recovery goes on beside it."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    concluded = concluding.conclude(matter, act(body, who, uow), body.outcome, uow.all(Claim), law)
    return uow.emit(matter, concluded)


@router.post("/cases/{case_id}/evaluation", status_code=201)
async def evaluate_matter(case_id: CaseId, body: EvaluationBody, who: Who, uow: Uow) -> Matter:
    """Evaluate the work on a concluded case."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, concluding.evaluate(matter, act(body, who, uow), body.grade, body.satisfaction))

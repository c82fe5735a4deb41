"""Mediation's HTTP API: what the owner of a case does with it, and what its members receive."""

import logging
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from chassis.auth import Caller
from chassis.errors import NotFound
from chassis.http import Database, Uow, Who, case_router
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from schemas.codes import (
    AGENCY_KINDS,
    AID_STAGES,
    ASSIGNEE_ROLES,
    EVALUATION_GRADES,
    JUDGMENT_RESULTS,
    MEANS_BASES,
    MEDIATION_KINDS,
    OUTCOMES,
    PAYERS,
    PAYMENT_FORMS,
    REFERRALS,
    REJECTIONS,
    SESSION_RESULTS,
    AgencyKind,
    AidStage,
    AssigneeRole,
    Determination,
    EvaluationGrade,
    JudgmentResult,
    LegalBasis,
    MeansBasis,
    MediationKind,
    Outcome,
    Payer,
    PaymentForm,
    ReferralCode,
    RejectionCode,
    SessionResult,
)
from schemas.entered import entered
from schemas.fields import Sealed, UtcTime
from schemas.ids import AgencyId, CaseId, CaseNumber, Epoch, ExternalRef, MemberId, Pseudonym
from schemas.matters import Instalment
from services.mediation import repository
from services.mediation.domain.acts import RECOVERING, Act, MatterState
from services.mediation.domain.claim import Claim, Payment, registered_of, sums_of
from services.mediation.domain.locality import law_for
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import SUIT_WITHDRAWN, Amounts
from services.mediation.repository import Listed

log = logging.getLogger(__name__)
router = case_router()

OFFICE = frozenset({"caseworker", "director"})
HELPERS = OFFICE | {"lawyer", "mediator"}
STAFF = HELPERS | {"intake_clerk", "hotline_clerk", "receiver", "sender", "operator"}

PERMISSIONS = {
    "read_matter": STAFF,
    "list_matters": STAFF,
    "list_claims": STAFF,
    "read_claim": STAFF,
    "list_papers": HELPERS,
    "open_paper": HELPERS,
    "accept_case": OFFICE,
    "find_not_competent": OFFICE,
    "grant_aid": OFFICE,
    "assign_helper": OFFICE,
    "propose_mediation": OFFICE,
    "hold_session": HELPERS,
    "agree": HELPERS,
    "perform_agreement": HELPERS,
    "file_suit": HELPERS,
    "docket_suit": HELPERS,
    "judge_suit": HELPERS,
    "refer_matter": OFFICE,
    "record_recovery": HELPERS,
    "conclude_matter": OFFICE,
    "evaluate_matter": OFFICE,
}


# --- What is entered ---------------------------------------------------------------------------------------


class Command(BaseModel):
    """A request body. It states the ownership epoch, so that nobody acts on a case that moved meanwhile."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    epoch: Epoch


AmountFen = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000_000_000)]
Prose = Annotated[str, Field(min_length=1, max_length=20_000)]


class NotCompetentBody(Command):
    """Why the owner is not competent, and who is in its view."""

    code: Annotated[RejectionCode, entered(REJECTIONS)] = RejectionCode("not-competent")
    legal_basis: LegalBasis
    proposed: AgencyId | None = None


class GrantBody(Command):
    """What aid is granted for, and how means were dealt with."""

    stage: Annotated[AidStage, entered(AID_STAGES)]
    means: Annotated[MeansBasis, entered(MEANS_BASES)]
    legal_basis: LegalBasis = LegalBasis("LAL-43")


class AssignmentBody(Command):
    """Who is to work on the case."""

    assignee: Pseudonym
    role: Annotated[AssigneeRole, entered(ASSIGNEE_ROLES)]
    organisation: AgencyId
    stage: Annotated[AidStage, entered(AID_STAGES)]


class MediationBody(Command):
    """Who is to mediate."""

    kind: Annotated[MediationKind, entered(MEDIATION_KINDS)]
    committee: AgencyId
    mediator: Pseudonym | None = None
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
    """What every member is to get, and the sum, which must agree with it."""

    amounts: dict[MemberId, AmountFen]
    agreed_fen: AmountFen
    instalments: Annotated[tuple[InstalmentBody, ...], Field(max_length=64)] = ()
    terms: Prose


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
    amounts: dict[MemberId, AmountFen] = {}
    awarded_fen: AmountFen
    final: bool = False


class ReferralBody(Command):
    """What goes to which authority."""

    to: AgencyId
    kind: Annotated[AgencyKind, entered(AGENCY_KINDS)]
    subject_matter: Annotated[ReferralCode, entered(REFERRALS)]
    legal_basis: LegalBasis
    details: Prose | None = None


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


# --- What is answered --------------------------------------------------------------------------------------


class Claims(BaseModel):
    """The claims of a case, and their sums."""

    items: Sequence[Claim]
    registered: int
    announced: int | None
    """Members that the facts announce; null while no matter is open."""
    claimed_fen: int
    due_fen: int
    recovered_fen: int


class Page(BaseModel):
    """A page of a work list."""

    items: Sequence[Listed]
    next: CaseNumber | None
    """`after` of the next page; null on the last."""


# --- Acceptance, grant, assignment -------------------------------------------------------------------------


@router.post("/cases/{case_id}/acceptance", status_code=201)
async def accept_case(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Accept the application."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, matter.accept(act(body, who, uow)), legal_basis="LAL-43")


@router.post("/cases/{case_id}/incompetence", status_code=201)
async def find_not_competent(case_id: CaseId, body: NotCompetentBody, who: Who, uow: Uow) -> Matter:
    """Find that another agency is competent: the case is routed again."""
    matter = uow.expect(Matter, case_id)
    found = matter.find_not_competent(act(body, who, uow), body.code, body.legal_basis, body.proposed)
    return uow.emit(matter, found, legal_basis=body.legal_basis)


@router.post("/cases/{case_id}/grants", status_code=201)
async def grant_aid(case_id: CaseId, body: GrantBody, who: Who, uow: Uow) -> Matter:
    """Grant aid for one stage; the review ends with the first grant."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    granted = matter.grant(act(body, who, uow), body.stage, body.means, body.legal_basis, law)
    return uow.emit(matter, granted, legal_basis=body.legal_basis)


@router.post("/cases/{case_id}/assignments", status_code=201)
async def assign_helper(case_id: CaseId, body: AssignmentBody, who: Who, uow: Uow) -> Matter:
    """Assign somebody to a stage."""
    matter = uow.expect(Matter, case_id)
    made = matter.assign(
        act(body, who, uow),
        assignee=body.assignee,
        role=body.role,
        organisation=body.organisation,
        stage=body.stage,
    )
    return uow.emit(matter, made, legal_basis="LAL-43")


# --- Mediation ---------------------------------------------------------------------------------------------


@router.post("/cases/{case_id}/mediation", status_code=201)
async def propose_mediation(case_id: CaseId, body: MediationBody, who: Who, uow: Uow) -> Matter:
    """Ask the parties to mediate."""
    matter = uow.expect(Matter, case_id)
    proposed = matter.propose_mediation(
        act(body, who, uow),
        kind=body.kind,
        committee=body.committee,
        mediator=body.mediator,
        partners=body.partners,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    return uow.emit(matter, proposed)


@router.post("/cases/{case_id}/sessions", status_code=201)
async def hold_session(case_id: CaseId, body: SessionBody, who: Who, uow: Uow) -> Matter:
    """Record a meeting of the parties."""
    matter = uow.expect(Matter, case_id)
    minutes = keep("session", body.minutes, uow)
    held = matter.hold_session(act(body, who, uow), body.result, next_at=body.next_at, minutes=minutes)
    return uow.emit(matter, held)


@router.post("/cases/{case_id}/agreement", status_code=201)
async def agree(case_id: CaseId, body: AgreementBody, who: Who, uow: Uow) -> Matter:
    """Record an agreement: the sum on the matter, each member's amount on his claim."""
    matter = uow.expect(Matter, case_id)
    agreed = matter.agree(
        act(body, who, uow),
        uow.all(Claim),
        body.amounts,
        body.agreed_fen,
        instalments=tuple(Instalment(due_at=i.due_at, amount_fen=i.amount_fen) for i in body.instalments),
        terms=seal("agreement", body.terms, uow),
    )
    settled = uow.emit(matter, agreed, legal_basis="PML-31")
    determine(body.amounts, Determination("agreement"), body.epoch, uow)
    return settled


@router.post("/cases/{case_id}/performance", status_code=201)
async def perform_agreement(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """State that all that was agreed is paid."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, matter.perform(act(body, who, uow), uow.all(Claim)))


# --- Suit --------------------------------------------------------------------------------------------------


@router.post("/cases/{case_id}/suit", status_code=201)
async def file_suit(case_id: CaseId, body: SuitBody, who: Who, uow: Uow) -> Matter:
    """File a suit."""
    matter = uow.expect(Matter, case_id)
    filed = matter.file_suit(act(body, who, uow), body.court, body.claim_fen, body.without_arbitration)
    return uow.emit(matter, filed, legal_basis=body.without_arbitration)


@router.post("/cases/{case_id}/suit/docket", status_code=201)
async def docket_suit(case_id: CaseId, body: DocketBody, who: Who, uow: Uow) -> Matter:
    """Record that the court registered the suit."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, matter.docket_suit(act(body, who, uow), body.docket), legal_basis="CPL-126")


@router.post("/cases/{case_id}/suit/judgment", status_code=201)
async def judge_suit(case_id: CaseId, body: JudgmentBody, who: Who, uow: Uow) -> Matter:
    """Record the judgment: the sum on the matter, each member's amount on his claim."""
    matter = uow.expect(Matter, case_id)
    judged = matter.judge_suit(
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


# --- Referral, money, conclusion, evaluation ---------------------------------------------------------------


@router.post("/cases/{case_id}/referrals", status_code=201)
async def refer_matter(case_id: CaseId, body: ReferralBody, who: Who, uow: Uow) -> Matter:
    """Refer a part of the matter to the authority that is competent for it."""
    matter = uow.expect(Matter, case_id)
    made = matter.refer(
        act(body, who, uow),
        to=body.to,
        kind=body.kind,
        subject_matter=body.subject_matter,
        legal_basis=body.legal_basis,
        details=keep("referral", body.details, uow),
    )
    return uow.emit(matter, made, legal_basis=body.legal_basis)


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
    return uow.emit(claim, received)


@router.post("/cases/{case_id}/conclusion", status_code=201)
async def conclude_matter(case_id: CaseId, body: ConclusionBody, who: Who, uow: Uow) -> Matter:
    """Conclude the aid, by agreement or judgment; recovery goes on beside it."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, matter.conclude(act(body, who, uow), body.outcome, uow.all(Claim)))


@router.post("/cases/{case_id}/evaluation", status_code=201)
async def evaluate_matter(case_id: CaseId, body: EvaluationBody, who: Who, uow: Uow) -> Matter:
    """Evaluate the work on a concluded case."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, matter.evaluate(act(body, who, uow), body.grade, body.satisfaction))


# --- Looking -----------------------------------------------------------------------------------------------


@router.get("/cases/{case_id}/matter")
async def read_matter(case_id: CaseId, uow: Uow) -> Matter:
    """The owner's work on a case."""
    return uow.get(Matter, case_id)


@router.get("/cases/{case_id}/claims")
async def list_claims(case_id: CaseId, uow: Uow) -> Claims:
    """Every member's money, and the sums."""
    claims = uow.all(Claim)
    matter, sums = uow.find(Matter, case_id), sums_of(claims)
    return Claims(
        items=claims,
        registered=len(registered_of(claims)),
        announced=matter.facts.members if matter else None,
        claimed_fen=sums.claimed_fen,
        due_fen=sums.due_fen,
        recovered_fen=sums.recovered_fen,
    )


@router.get("/cases/{case_id}/claims/{member_id}")
async def read_claim(case_id: CaseId, member_id: MemberId, uow: Uow) -> Claim:
    """One member's money."""
    return uow.get(Claim, member_id)


@router.get("/cases/{case_id}/papers")
async def list_papers(case_id: CaseId, uow: Uow) -> Sequence[str]:
    """The names of agreements, minutes, receipts and letters of referral of a case."""
    uow.get(Matter, case_id)
    return uow.vault.names("")


@router.get("/cases/{case_id}/papers/{name}")
async def open_paper(case_id: CaseId, name: str, legal_basis: LegalBasis, who: Who, uow: Uow) -> Any:
    """One paper. Who looked, and on which legal basis, is logged; what he saw is not."""
    sealed = uow.vault.get(name)
    if sealed is None:
        raise NotFound(kind="Paper", id=name)
    opened = uow.vault.unseal(sealed)
    said = {"case_id": case_id, "paper": name, "legal_basis": legal_basis}
    log.info("paper_opened", extra={**said, "actor": who.sub, "agency": who.agency})
    return opened


@router.get("/matters")
async def list_matters(
    who: Who,
    database: Database,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    status: MatterState | None = None,
    agency: AgencyId | None = None,
) -> Page:
    """The work list of the caller's province by case number: all, or those in one state, or of one agency."""
    items = await repository.list_matters(
        database, who.province, after=after, limit=limit, status=status, agency=agency
    )
    return Page(items=items, next=items[-1].number if len(items) == limit else None)


# --- From a request to a decision --------------------------------------------------------------------------


def act(body: Command, who: Caller, uow: UnitOfWork) -> Act:
    """Who acts, for which epoch, when."""
    return Act(by=who.agency, epoch=body.epoch, at=uow.now)


def seal(name: str, paper: str, uow: UnitOfWork) -> Sealed:
    """Seal a paper and keep it; the second of a name is `name-2`."""
    sealed = uow.vault.seal(paper)
    repository.keep_paper(name, sealed, uow)
    return sealed


def keep(name: str, paper: str | None, uow: UnitOfWork) -> Sealed | None:
    """The same for a paper that need not be there."""
    return seal(name, paper, uow) if paper else None


def determine(
    amounts: Amounts, by: Determination, epoch: int, uow: UnitOfWork, *, final: bool = False
) -> None:
    """Fix on each claim what its member is due."""
    for claim in registered_of(uow.all(Claim)):
        fixed = claim.determine(amounts[claim.member_id], by, epoch=epoch, at=uow.now, final=final)
        uow.emit(claim, fixed)

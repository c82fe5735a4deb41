"""What mediation says: what the owner does with a case, to the money and the evaluation. Topic `matters`."""

from typing import Annotated, TypeAlias

from pydantic import Field

from schemas.codes import (
    AgencyKind,
    AidStage,
    AssigneeRole,
    ClaimEnd,
    Determination,
    EvaluationGrade,
    JudgmentResult,
    LegalBasis,
    MatterEnd,
    MeansBasis,
    MediationKind,
    MemberRole,
    Outcome,
    Payer,
    PaymentForm,
    ReferralCode,
    RejectionCode,
    SessionResult,
)
from schemas.facts import CaseFacts
from schemas.fields import Few, Public, Sealed, UtcTime, Value
from schemas.ids import AgencyId, Count, Epoch, ExternalRef, Fen, MemberId, Pseudonym, RuleId, RuleVersion
from schemas.messages import Event


class OwnersAct(Event):
    """What the owner of an epoch does, or what happens to the case in its hands."""

    agency: Public[AgencyId]
    """The owner."""
    epoch: Public[Epoch]
    """Ownership epoch; an act of an earlier one does not count."""


# --- Matter: the aggregate of a case at its owner -----------------------------------------------------------


class MatterOpened(OwnersAct, type="casebridge.matter.opened.v1"):
    """The jurisdiction has the case: its clocks run, and it waits to be placed."""

    facts: Public[CaseFacts]
    """What is known of the case; the claims registered must equal its members before an agreement."""


class MatterActivated(OwnersAct, type="casebridge.matter.activated.v1"):
    """The owner shall act now."""


class MatterAccepted(OwnersAct, type="casebridge.matter.accepted.v1"):
    """The owner accepts the application (Legal Aid Law Art. 43)."""


class MatterNotCompetent(OwnersAct, type="casebridge.matter.not_competent.v1"):
    """The owner finds that it is not competent (Legal Aid Law Art. 38)."""

    code: Public[RejectionCode]
    """Why."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    proposed: Public[AgencyId | None] = None
    """Who is competent in its view."""


class ReviewStarted(OwnersAct, type="casebridge.review.started.v1"):
    """The review runs (Legal Aid Law Art. 43: seven days; local rules differ)."""

    rule: Public[RuleId]
    """The rule that sets the deadline."""
    review_by: Public[UtcTime]
    """When it must be decided."""
    version: Public[RuleVersion | None] = None
    """The version of that rule."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""


class ClockBreached(OwnersAct, type="casebridge.clock.breached.v1"):
    """A deadline passed and nothing had been done."""

    rule: Public[RuleId]
    """The rule that set the deadline."""
    due_at: Public[UtcTime]
    """When it passed."""


class AidGranted(OwnersAct, type="casebridge.aid.granted.v1"):
    """Aid is granted for one stage (Legal Aid Law Art. 43)."""

    stage: Public[AidStage]
    """What for; each stage is a grant of its own."""
    means: MeansBasis
    """How the applicants' means were dealt with."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    assign_by: Public[UtcTime | None] = None
    """When somebody must be assigned (Art. 43: three days)."""
    assign_rule: Public[RuleId | None] = None
    """The rule that sets it."""
    version: Public[RuleVersion | None] = None
    """The version of that rule."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""


class AssignmentMade(OwnersAct, type="casebridge.assignment.made.v1"):
    """Somebody was assigned to the case."""

    assignee: Pseudonym
    """Who; a member of staff or a lawyer, never a name."""
    role: Public[AssigneeRole]
    """As what."""
    organisation: Public[AgencyId]
    """The centre, firm or committee that the assignee belongs to."""
    stage: Public[AidStage]
    """The grant that it serves."""


class MediationProposed(OwnersAct, type="casebridge.mediation.proposed.v1"):
    """The parties are asked to mediate."""

    kind: Public[MediationKind]
    """Which mediation it is."""
    committee: Public[AgencyId]
    """Who mediates."""
    mediator: Pseudonym | None = None
    """The mediator, if one is named; nobody who represents the workers."""
    partners: Public[Few[AgencyId]] = ()
    """Who mediates with it."""
    end_by: Public[UtcTime | None] = None
    """When it ends without an agreement (labour dispute: 15 days, LDMAL Art. 14; else a month)."""
    end_rule: Public[RuleId | None] = None
    """The rule that sets it."""
    version: Public[RuleVersion | None] = None
    """The version of that rule."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""


class MediationSessionHeld(OwnersAct, type="casebridge.mediation.session_held.v1"):
    """The parties met."""

    session: Public[Annotated[int, Field(ge=1, le=1000)]]
    """Which session, from 1."""
    result: Public[SessionResult]
    """How it ended."""
    next_at: Public[UtcTime | None] = None
    """When they meet again."""
    minutes: Sealed | None = None
    """The record of the session."""


class Instalment(Value):
    """One payment that was agreed."""

    due_at: Public[UtcTime]
    """By when."""
    amount_fen: Public[Fen]
    """How much, in fen."""


class MediationAgreed(OwnersAct, type="casebridge.mediation.agreed.v1"):
    """The parties agreed. What each member gets is said by one `claim.determined` a member."""

    agreed_fen: Public[Fen]
    """The sum for all members, in fen."""
    members: Public[Count]
    """How many members it covers: all that the facts announce."""
    instalments: Public[Few[Instalment]] = ()
    """When it is paid; the two years for enforcement run from the last (Civil Procedure Law Art. 250)."""
    terms: Sealed
    """The agreement."""


class AgreementPerformed(OwnersAct, type="casebridge.agreement.performed.v1"):
    """The employer did all that was agreed."""

    recovered_fen: Public[Fen]
    """What was paid in all, in fen."""


class LitigationFiled(OwnersAct, type="casebridge.litigation.filed.v1"):
    """A suit was filed."""

    court: Public[AgencyId]
    """The court."""
    claim_fen: Public[Fen]
    """What is sued for, in fen."""
    without_arbitration: Public[LegalBasis | None] = None
    """Why arbitration need not come first: a wage IOU, or a breached agreement on pay."""


class LitigationDocketed(OwnersAct, type="casebridge.litigation.docketed.v1"):
    """The court registered the suit (Civil Procedure Law Art. 126: seven days)."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The court's number."""


class LitigationJudged(OwnersAct, type="casebridge.litigation.judged.v1"):
    """The court decided. What each member gets is said by one `claim.determined` a member."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The court's number."""
    result: Public[JudgmentResult]
    """How it decided."""
    awarded_fen: Public[Fen]
    """The sum for all members, in fen."""
    final: Public[bool] = False
    """Whether no appeal is open."""


class ReferralMade(OwnersAct, type="casebridge.referral.made.v1"):
    """A part of the matter goes to the authority that is competent for it."""

    to: Public[AgencyId]
    """Which authority."""
    kind: Public[AgencyKind]
    """What it is."""
    subject_matter: Public[ReferralCode]
    """What is referred."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    details: Sealed | None = None
    """What it is about, under the case's key."""


class MatterConcluded(OwnersAct, type="casebridge.matter.concluded.v1"):
    """The aid is done: by agreement, award or judgment, not by payment (2012 Regulation Art. 34)."""

    outcome: Public[Outcome]
    """What it led to."""
    claimed_fen: Public[Fen]
    """What all members claimed, in fen."""
    determined_fen: Public[Fen]
    """What all members are due, in fen."""
    recovered_fen: Public[Fen]
    """What they have received so far, in fen; recovery goes on beside it."""


class EvaluationCompleted(OwnersAct, type="casebridge.evaluation.completed.v1"):
    """The work was evaluated, as every migrant worker's case is."""

    grade: Public[EvaluationGrade]
    """The result."""
    satisfaction: Public[Annotated[int, Field(ge=1, le=5)] | None] = None
    """What the workers said, from 1 to 5, if they were reached."""


class MatterClosed(OwnersAct, type="casebridge.matter.closed.v1"):
    """The owner stops working on the case."""

    because: Public[MatterEnd]
    """Why."""


MatterEvent: TypeAlias = (
    MatterOpened
    | MatterActivated
    | MatterAccepted
    | MatterNotCompetent
    | ReviewStarted
    | ClockBreached
    | AidGranted
    | AssignmentMade
    | MediationProposed
    | MediationSessionHeld
    | MediationAgreed
    | AgreementPerformed
    | LitigationFiled
    | LitigationDocketed
    | LitigationJudged
    | ReferralMade
    | MatterConcluded
    | EvaluationCompleted
    | MatterClosed
)


# --- Claim: the aggregate of one member's money ------------------------------------------------------------


class ClaimRegistered(Event, type="casebridge.claim.registered.v1"):
    """A member's claim is part of the matter."""

    member_id: Public[MemberId]
    """The member; the claim's id too."""
    role: Public[MemberRole]
    """In what capacity he claims."""
    worker: Pseudonym
    """The person, as this province knows him."""
    claim_fen: Public[Fen]
    """What he claims, in fen."""


class ClaimDetermined(Event, type="casebridge.claim.determined.v1"):
    """It is fixed what a member is due."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    by: Public[Determination]
    """What fixed it; a later one replaces it."""
    due_fen: Public[Fen]
    """How much, in fen."""


class RecoveryRecorded(Event, type="casebridge.recovery.recorded.v1"):
    """A member received money: the only place where that is said."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    agency: Public[AgencyId]
    """Who recorded it."""
    amount_fen: Public[Annotated[Fen, Field(gt=0)]]
    """How much, in fen; in kind: what it is worth."""
    payer: Public[Payer]
    """Who paid."""
    form: Public[PaymentForm]
    """In what form."""
    received_at: Public[UtcTime]
    """When it was received."""
    total_fen: Public[Fen]
    """What all members of the case have received with it, in fen."""
    receipt: Sealed | None = None
    """The proof of payment."""


class ClaimClosed(Event, type="casebridge.claim.closed.v1"):
    """A claim is over."""

    member_id: Public[MemberId]
    """The member."""
    because: Public[ClaimEnd]
    """Why."""
    recovered_fen: Public[Fen]
    """What he received in all, in fen."""


ClaimEvent: TypeAlias = ClaimRegistered | ClaimDetermined | RecoveryRecorded | ClaimClosed

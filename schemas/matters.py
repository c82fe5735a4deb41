"""What mediation says: what the owner does with a case, to the money and the evaluation. Topic `matters`."""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints

from schemas.codes import (
    AdvanceClaim,
    AdvanceCode,
    AdvanceRefusal,
    AgencyKind,
    AidStage,
    AssigneeRole,
    ClaimEnd,
    ConflictCode,
    Determination,
    Disputant,
    EffectiveCause,
    EnforcementEnd,
    EnforcementTitle,
    EvaluationGrade,
    FileDefect,
    FinalCause,
    FollowUpMeans,
    FollowUpOutcome,
    FollowUpQuestion,
    FollowUpReply,
    InspectionApproach,
    InspectionResult,
    JudgmentResult,
    LegalBasis,
    LimitationActCode,
    MatterEnd,
    MeansBasis,
    MediationKind,
    MemberRole,
    ObjectedCode,
    ObjectionResult,
    OrderEnd,
    Outcome,
    PaperCode,
    Payer,
    PaymentForm,
    PostponementGround,
    ReferralCode,
    ReferralResult,
    RefusalCode,
    RefusalGround,
    RejectionCode,
    RemedyCode,
    ReplacementCode,
    ResumptionCause,
    RoundEnd,
    SessionResult,
    SettingAsideGround,
    SupplementCode,
    SupplementResult,
    SuspensionCause,
    TerminationCode,
    TrialProcedure,
)
from schemas.facts import CaseFacts, KeyDates, TimeLimit
from schemas.fields import Few, Public, Sealed, UtcTime, Value
from schemas.ids import AgencyId, Count, Epoch, ExternalRef, Fen, MemberId, Pseudonym, RuleId, RuleVersion
from schemas.messages import Event
from schemas.past import PastMoney

AssignmentNumber = Annotated[int, Field(ge=1, le=1000)]
"""Which assignment of an owner it is, from 1."""


PartNumber = Annotated[int, Field(ge=1, le=64)]
"""Which partial award of a case it is, from 1."""


SuitNumber = Annotated[int, Field(ge=2, le=10_000)]
"""Which suit of a case it is; the first bears no number."""


class OwnersAct(Event):
    """What the owner of an epoch does, or what happens to the case in its hands."""

    agency: Public[AgencyId]
    """The owner."""
    epoch: Public[Epoch]
    """Ownership epoch; an act of an earlier one does not count."""


# --- Matter: the aggregate of a case at its owner ----------------------------------------------------------


class MatterOpened(OwnersAct, type="casebridge.matter.opened.v1"):
    """The jurisdiction has the case: its clocks run, and it waits to be placed."""

    facts: Public[CaseFacts]
    """What is known of the case; the claims registered must equal its members before an agreement."""
    contact: Sealed | None = None
    """A JSON object: the employer's name and place, what happened; for the papers that name him."""


class MatterAmended(OwnersAct, type="casebridge.matter.amended.v1"):
    """What is known of the case has changed: members joined or left."""

    facts: Public[CaseFacts]
    """What is known of the case from now on; its members are those that an agreement must cover."""


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


class Remedy(Value):
    """A way that is open to the workers, and why."""

    way: Public[RemedyCode]
    """Which way."""
    legal_basis: Public[LegalBasis]
    """The article that opens it."""


class ClockBreached(OwnersAct, type="casebridge.clock.breached.v1"):
    """A deadline passed and nothing had been done."""

    rule: Public[RuleId]
    """The rule that set the deadline."""
    due_at: Public[UtcTime]
    """When it passed."""
    remedies: Public[Few[Remedy] | None] = None
    """The ways that are open to the workers now because it passed; absent if it opens none."""


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
    assignment: Public[AssignmentNumber | None] = None
    """Which one it is."""
    limit: Public[TimeLimit | None] = None
    """By when the engagement must be signed; absent of a mediator, whom nobody engages."""
    name: Sealed | None = None
    """The name of the assignee, as papers show it, under the case's key."""


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
    mediator_name: Sealed | None = None
    """The name of the mediator, as papers show it, under the case's key."""


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
    by_consent: Public[bool | None] = None
    """True of a group: it binds a member once he consents (Civil Procedure Law Art. 56)."""
    limit: Public[TimeLimit | None] = None
    """Until when both parties may ask a court to confirm it (Mediation Law Art. 33)."""
    terms: Sealed
    """The agreement."""


class AgreementReduced(OwnersAct, type="casebridge.agreement.reduced.v1"):
    """A member whom the agreement binds left the case: what he was still to get is no longer watched here."""

    member_id: Public[MemberId]
    """The member."""
    consents: Public[Count]
    """How many have consented and are still there; 0 where nobody need consent."""
    bound_fen: Public[Fen]
    """What those get in all whom it binds, with what he had received."""


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
    members: Public[Annotated[tuple[MemberId, ...], Field(max_length=10_000)] | None] = None
    """Whom it is about; absent: all. An award becomes effective for those who do not sue."""
    limit: Public[TimeLimit | None] = None
    """Until when the court registers it."""
    unaided: Public[bool | None] = None
    """Whether the workers do it for themselves, without aid for this stage; absent if they are aided."""
    against: Public[EnforcementTitle | None] = None
    """Which award it is over, `award` or `partial-award`; the others stand. Absent: all, if there are any."""
    part: Public[PartNumber | None] = None
    """Of a partial award, which, from 1; absent: the first, or another."""
    suit: Public[SuitNumber | None] = None
    """Which suit of the case, in their order, from 2; absent: the first, or before this release the last."""


class LitigationDocketed(OwnersAct, type="casebridge.litigation.docketed.v1"):
    """The court registered the suit (Civil Procedure Law Art. 126: seven days)."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The court's number."""
    procedure: Public[TrialProcedure | None] = None
    """By which procedure it is tried."""
    limit: Public[TimeLimit | None] = None
    """Until when the court decides."""
    suit: Public[SuitNumber | None] = None
    """Which suit of the case, in their order, from 2; absent: the first, or before this release the last."""


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
    served_at: Public[UtcTime | None] = None
    """When the judgment was served; the time for an appeal runs from it."""
    limit: Public[TimeLimit | None] = None
    """Until when it may be appealed; absent if it is final."""
    suit: Public[SuitNumber | None] = None
    """Which suit of the case, in their order, from 2; absent: the first, or before this release the last."""


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


class FollowUpReplied(Value):
    """One question, and what was replied."""

    question: Public[FollowUpQuestion]
    """What was asked."""
    reply: Public[FollowUpReply]
    """What they said."""


class FollowUpRecorded(OwnersAct, type="casebridge.follow_up.recorded.v1"):
    """After money came, the applicants were asked how it went and what is still open."""

    means: Public[FollowUpMeans]
    """How they were asked."""
    on: Public[date]
    """When."""
    member_id: Public[MemberId | None] = None
    """Who was asked, where it was one member."""
    replies: Public[Few[FollowUpReplied]] = ()
    """What they were asked, and replied."""
    outcome: Public[FollowUpOutcome]
    """What it led to."""
    note: Sealed | None = None
    """What they said, under the case's key."""


class ReferralAnswered(OwnersAct, type="casebridge.referral.answered.v1"):
    """The authority that something was referred to answered; it may answer again, such as with a result."""

    referral: Public[Annotated[int, Field(ge=1, le=1000)]]
    """Which referral of the owner, from 1."""
    subject_matter: Public[ReferralCode]
    """What was referred."""
    result: Public[ReferralResult]
    """What it answered."""
    on: Public[date]
    """The day of the answer."""
    number: Public[ExternalRef | None] = None
    """The number under which the authority keeps it."""
    note: Sealed | None = None
    """The answer itself, under the case's key."""


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
    hand_in: Public[TimeLimit | None] = None
    """Until when the file is to be handed in."""


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


# --- Matter: aid in depth, from a pause of the review to its end -------------------------------------------


class ReviewPaused(OwnersAct, type="casebridge.review.paused.v1"):
    """The applicants are told at once all that is missing; the review stands still until they supply it."""

    code: Public[SupplementCode]
    """Why."""
    missing: Public[Few[PaperCode]]
    """What is missing."""
    limit: Public[TimeLimit | None] = None
    """By when they must supply it; else the application is deemed withdrawn (Legal Aid Law Art. 43)."""
    details: Sealed | None = None
    """What exactly, in words."""


class ReviewResumed(OwnersAct, type="casebridge.review.resumed.v1"):
    """The review goes on."""

    result: Public[SupplementResult]
    """What came of the request."""
    limit: Public[TimeLimit | None] = None
    """When the review must be decided: the pause moved its end as the rule allows."""


class AidRefused(OwnersAct, type="casebridge.aid.refused.v1"):
    """Aid is refused: in writing, with reasons, and open to objection (Legal Aid Law Art. 43, 49)."""

    code: Public[RefusalCode]
    """Why."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    reasons: Sealed
    """The reasons, as they were written."""


class AidTerminated(OwnersAct, type="casebridge.aid.terminated.v1"):
    """Aid ends before the work is done (Legal Aid Law Art. 48). Money that is owed is still followed."""

    code: Public[TerminationCode]
    """Why."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    reasons: Sealed
    """The reasons, as they were written."""


class AidAdvanced(OwnersAct, type="casebridge.aid.advanced.v1"):
    """Aid is given for a stage before its review is decided (Legal Aid Law Art. 44); papers follow."""

    stage: Public[AidStage]
    """What for."""
    code: Public[AdvanceCode]
    """Why it cannot wait."""
    expires_on: Public[date | None] = None
    """The last day of the time limit that expires, if that is why."""
    limit: Public[TimeLimit | None] = None
    """By when the papers must be handed in."""
    assign_limit: Public[TimeLimit | None] = None
    """By when somebody must be assigned; absent if somebody is."""


class AidRegularised(OwnersAct, type="casebridge.aid.regularised.v1"):
    """The papers for aid that was given in advance are in; the review decides with them."""

    stage: Public[AidStage]
    """What for."""


class AidLapsed(OwnersAct, type="casebridge.aid.lapsed.v1"):
    """The papers for aid in advance were not handed in by the day that was set; the aid ends."""

    stage: Public[AidStage]
    """What for."""


class AssignmentAccepted(OwnersAct, type="casebridge.assignment.accepted.v1"):
    """Who was assigned takes it on."""

    assignment: Public[AssignmentNumber]
    """Which one."""
    stage: Public[AidStage]
    """What for."""
    declared: Public[ConflictCode]
    """What interest in the employer he declared."""


class AssignmentReplaced(OwnersAct, type="casebridge.assignment.replaced.v1"):
    """Somebody else is assigned to a stage; the earlier one stops."""

    ended: Public[AssignmentNumber]
    """Which assignment ends."""
    code: Public[ReplacementCode]
    """Why."""
    assignment: Public[AssignmentNumber]
    """Which one takes its place."""
    assignee: Pseudonym
    """Who is assigned now; never a name."""
    role: Public[AssigneeRole]
    """As what."""
    organisation: Public[AgencyId]
    """The centre, firm or committee that the assignee belongs to."""
    stage: Public[AidStage]
    """What for."""
    limit: Public[TimeLimit | None] = None
    """By when the engagement must be signed; absent of a mediator."""
    name: Sealed | None = None
    """The name of the assignee, as papers show it, under the case's key."""


class EngagementSigned(OwnersAct, type="casebridge.engagement.signed.v1"):
    """The workers engaged who was assigned, and gave him power of attorney (2023 Regulation Art. 27)."""

    assignment: Public[AssignmentNumber]
    """Which one."""
    stage: Public[AidStage]
    """What for."""
    power: Sealed | None = None
    """The power of attorney."""


class ObjectionFiled(OwnersAct, type="casebridge.objection.filed.v1"):
    """The applicants object to a decision of the owner (Legal Aid Law Art. 49)."""

    against: Public[ObjectedCode]
    """Which decision."""
    bureau: Public[AgencyId]
    """The justice bureau that decides."""
    received_at: Public[UtcTime]
    """When the bureau received it; its time runs from there."""
    limit: Public[TimeLimit | None] = None
    """By when it must decide."""
    grounds: Sealed | None = None
    """What the applicants say."""
    undecided: Public[bool | None] = None
    """Of an imported case: true if the bureau has not decided yet. Absent: it has, or it was filed here."""


class ObjectionDecided(OwnersAct, type="casebridge.objection.decided.v1"):
    """The justice bureau decided on an objection; what it corrects is open again."""

    against: Public[ObjectedCode]
    """Which decision."""
    bureau: Public[AgencyId]
    """The justice bureau."""
    result: Public[ObjectionResult]
    """How it decided."""
    reasons: Sealed
    """The reasons, as they were written."""


AidStep: TypeAlias = (
    ReviewPaused
    | ReviewResumed
    | AidAdvanced
    | AidRegularised
    | AidLapsed
    | AidRefused
    | AidTerminated
    | AssignmentAccepted
    | AssignmentReplaced
    | EngagementSigned
    | ObjectionFiled
    | ObjectionDecided
)
# --- Proceedings: what follows an agreement, and what stands beside and behind it --------------------------


class AgreementConsented(OwnersAct, type="casebridge.agreement.consented.v1"):
    """A member of a group consents to its agreement, which binds him from now on (CPL Art. 56)."""

    member_id: Public[MemberId]
    """Who consents."""
    amount_fen: Public[Fen]
    """What he gets by it, in fen."""
    consents: Public[Count]
    """How many members it binds with him."""
    bound_fen: Public[Fen]
    """What they get in all, in fen."""


class AgreementInstalmentPaid(OwnersAct, type="casebridge.agreement.instalment_paid.v1"):
    """What has come in covers all that was to be paid up to an instalment."""

    instalment: Public[Annotated[int, Field(ge=1, le=64)]]
    """Which one, from 1."""
    due_fen: Public[Fen]
    """What was to be paid up to it, in fen, to those whom the agreement binds."""
    paid_fen: Public[Fen]
    """What they have received, in fen."""


class AgreementBreached(OwnersAct, type="casebridge.agreement.breached.v1"):
    """The day of an instalment passed, and what has come in does not cover what was to be paid by then."""

    instalment: Public[Annotated[int, Field(ge=1, le=64)]]
    """Which one, from 1."""
    due_at: Public[UtcTime]
    """By when it was to be paid."""
    due_fen: Public[Fen]
    """What was to be paid up to it, in fen, to those whom the agreement binds."""
    paid_fen: Public[Fen]
    """What they have received, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ConfirmationApplied(OwnersAct, type="casebridge.confirmation.applied.v1"):
    """Both parties ask a court to confirm their agreement (Mediation Law Art. 33: within thirty days)."""

    court: Public[AgencyId]
    """The court."""
    limit: Public[TimeLimit | None] = None
    """Until when it decides whether it accepts the application."""


class ConfirmationAccepted(OwnersAct, type="casebridge.confirmation.accepted.v1"):
    """The court accepts the application to confirm the agreement."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The court's number."""
    limit: Public[TimeLimit | None] = None
    """Until when it decides."""


class ConfirmationConfirmed(OwnersAct, type="casebridge.confirmation.confirmed.v1"):
    """The court confirms the agreement: it can be enforced."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The number of its ruling."""


class ConfirmationDismissed(OwnersAct, type="casebridge.confirmation.dismissed.v1"):
    """The court does not take the application on, or dismisses it; the agreement stands as it stood."""

    court: Public[AgencyId]
    """The court."""
    because: Public[RefusalGround]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ArbitrationReviewApplied(OwnersAct, type="casebridge.arbitration_review.applied.v1"):
    """Both parties ask a commission to review their agreement (2017 Rules Art. 74: within fifteen days)."""

    commission: Public[AgencyId]
    """The commission."""


class ArbitrationReviewConfirmed(OwnersAct, type="casebridge.arbitration_review.confirmed.v1"):
    """The commission found the agreement lawful and issued it as its own: it can be enforced."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ArbitrationReviewDismissed(OwnersAct, type="casebridge.arbitration_review.dismissed.v1"):
    """The commission does not take the review on, or does not confirm the agreement, which stands."""

    commission: Public[AgencyId]
    """The commission."""
    because: Public[RefusalGround]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class FileSubmitted(OwnersAct, type="casebridge.file.submitted.v1"):
    """The file of the concluded case was handed in."""

    by: Public[AgencyId]
    """Who handed it in."""
    submission: Public[Annotated[int, Field(ge=1, le=1000)]]
    """The how-manieth time, from 1."""
    limit: Public[TimeLimit | None] = None
    """Until when it is reviewed."""


class FileReturned(OwnersAct, type="casebridge.file.returned.v1"):
    """The file was returned, to be completed."""

    defects: Public[Few[FileDefect]]
    """What is wrong with it."""
    limit: Public[TimeLimit | None] = None
    """Until when it is handed in again."""
    remarks: Sealed | None = None
    """What exactly is to be done."""


class FileApproved(OwnersAct, type="casebridge.file.approved.v1"):
    """The file is complete and in order."""


class MatterArchived(OwnersAct, type="casebridge.matter.archived.v1"):
    """The case rests: its file is approved, its recovery ended, the work evaluated."""

    claimed_fen: Public[Fen]
    """What all members claimed, in fen."""
    determined_fen: Public[Fen]
    """What all members were due, in fen."""
    recovered_fen: Public[Fen]
    """What they received, in fen."""
    given_up: Public[Count]
    """How many members gave the rest up."""


class ArbitrationFiled(OwnersAct, type="casebridge.arbitration.filed.v1"):
    """Labour arbitration was applied for (Arbitration Law Art. 28)."""

    commission: Public[AgencyId]
    """The commission."""
    claim_fen: Public[Fen]
    """What is claimed there, in fen."""
    limit: Public[TimeLimit | None] = None
    """Until when the commission decides whether it accepts; if it is silent, a suit is open (Art. 29)."""
    proof: Sealed | None = None
    """The proof of filing, which the court will ask for."""
    unaided: Public[bool | None] = None
    """Whether the workers do it for themselves, without aid for this stage; absent if they are aided."""


class ArbitrationAccepted(OwnersAct, type="casebridge.arbitration.accepted.v1"):
    """The commission accepts the application."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    limit: Public[TimeLimit | None] = None
    """Until when it ends with an award (Art. 43)."""


class ArbitrationExtended(OwnersAct, type="casebridge.arbitration.extended.v1"):
    """A complex case has more time for its award, up to sixty days from the acceptance (Art. 43)."""

    commission: Public[AgencyId]
    """The commission."""
    limit: Public[TimeLimit | None] = None
    """Until when it ends with an award now."""


class ArbitrationRefused(OwnersAct, type="casebridge.arbitration.refused.v1"):
    """The commission does not accept the application: a suit is open (Art. 29)."""

    commission: Public[AgencyId]
    """The commission."""
    because: Public[RefusalGround]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ArbitrationAwarded(OwnersAct, type="casebridge.arbitration.awarded.v1"):
    """The commission decided. What each member gets is said by one `claim.determined` a member."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    awarded_fen: Public[Fen]
    """The sum for all members, in fen."""
    final: Public[bool]
    """Whether it is effective when it is made (Art. 47); a worker may sue all the same (Art. 48)."""
    received_at: Public[UtcTime]
    """When the workers received it; the time for a suit runs from it."""
    limit: Public[TimeLimit | None] = None
    """Until when they may sue (Art. 48, 50)."""
    set_aside: Public[TimeLimit | None] = None
    """Until when the employer may ask that a final award be set aside (Art. 49); absent of any other."""
    with_parts_fen: Public[Fen | None] = None
    """That sum with all that partial awards gave before, in fen; absent if there were none."""


class ArbitrationSettled(OwnersAct, type="casebridge.arbitration.settled.v1"):
    """The parties settled before the commission. What each member gets is said by `claim.determined`."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    settled_fen: Public[Fen]
    """The sum for all members, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ArbitrationWithdrawn(OwnersAct, type="casebridge.arbitration.withdrawn.v1"):
    """The application for arbitration was withdrawn."""

    commission: Public[AgencyId]
    """The commission."""


class ArbitrationEffective(OwnersAct, type="casebridge.arbitration.effective.v1"):
    """An award is effective for one member, whatever others do (SPC Interpretation I Art. 17)."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    member_id: Public[MemberId]
    """For whom."""
    because: Public[EffectiveCause]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to him now."""
    effective: Public[Count | None] = None
    """For how many members it is effective with him; earlier releases did not say."""


class PaymentOrderApplied(OwnersAct, type="casebridge.payment_order.applied.v1"):
    """A court is asked to order the payment of a mediated sum."""

    court: Public[AgencyId]
    """The court."""
    amount_fen: Public[Fen]
    """What is still owed of the sum, in fen."""
    legal_basis: Public[LegalBasis]
    """The article that opens it."""


class PaymentOrderAccepted(OwnersAct, type="casebridge.payment_order.accepted.v1"):
    """The court accepts the application for a payment order."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The court's number."""
    limit: Public[TimeLimit | None] = None
    """Until when it issues the order (Civil Procedure Law Art. 227)."""


class PaymentOrderIssued(OwnersAct, type="casebridge.payment_order.issued.v1"):
    """The court ordered the payment, and the order was served."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The court's number."""
    served_at: Public[UtcTime]
    """When the debtor received it."""
    limit: Public[TimeLimit | None] = None
    """Until when he pays or objects; then it can be enforced (Civil Procedure Law Art. 227)."""


class PaymentOrderObjected(OwnersAct, type="casebridge.payment_order.objected.v1"):
    """The debtor objected to the order. The law names two ways that are open then; both are told."""

    court: Public[AgencyId]
    """The court."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now: suit (LDMAL Art. 16) and arbitration (LCL Art. 30)."""


class PaymentOrderLapsed(OwnersAct, type="casebridge.payment_order.lapsed.v1"):
    """The order has no effect any more, or there will be none."""

    court: Public[AgencyId]
    """The court."""
    because: Public[OrderEnd]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class LitigationAppealed(OwnersAct, type="casebridge.litigation.appealed.v1"):
    """A judgment was appealed (Civil Procedure Law Art. 171: within fifteen days from its service)."""

    court: Public[AgencyId]
    """The court of second instance."""
    suit: Public[SuitNumber | None] = None
    """Which suit of the case, in their order, from 2; absent: the first, or before this release the last."""


class LitigationFinal(OwnersAct, type="casebridge.litigation.final.v1"):
    """A judgment is final. If it was changed on appeal, `claim.determined` says what each member gets."""

    court: Public[AgencyId]
    """The court that decided last."""
    because: Public[FinalCause]
    """Why."""
    awarded_fen: Public[Fen]
    """The sum for all members, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""
    suit: Public[SuitNumber | None] = None
    """Which suit of the case, in their order, from 2; absent: the first, or before this release the last."""


class EnforcementApplied(OwnersAct, type="casebridge.enforcement.applied.v1"):
    """Enforcement was applied for (Civil Procedure Law Art. 250: within two years)."""

    court: Public[AgencyId]
    """The court."""
    title: Public[EnforcementTitle]
    """What is enforced."""
    amount_fen: Public[Fen]
    """What is still owed by it, in fen: no more than the title gives, and no fen by two titles."""
    last_day: Public[UtcTime]
    """The last day of performance; of a title that fixes none, the day on which it took effect."""
    unaided: Public[bool | None] = None
    """Whether the workers do it for themselves, without aid for this stage; absent if they are aided."""
    limit: Public[TimeLimit | None] = None
    """Until when the court executes it; later, its superior can be asked (CPL Art. 237)."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the first, or another title."""
    suit: Public[SuitNumber | None] = None
    """Of a judgment, by which suit it was given, from 2; absent: the first, or another title."""


class EnforcementEndedThisRound(OwnersAct, type="casebridge.enforcement.ended_this_round.v1"):
    """The court ends this round; it goes on when assets are found, without a new time limit."""

    court: Public[AgencyId]
    """The court."""
    because: Public[RoundEnd]
    """Why."""
    recovered_fen: Public[Fen]
    """What all members have received so far, in fen, enforced or paid."""
    title: Public[EnforcementTitle | None] = None
    """What is enforced; absent: the title that was applied for last."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the first, or another title."""
    suit: Public[SuitNumber | None] = None
    """Of a judgment, by which suit it was given, from 2; absent: the first, or another title."""


class EnforcementSuspended(OwnersAct, type="casebridge.enforcement.suspended.v1"):
    """The enforcement of a title stands still, and its time with it (SPC Interpretation I Art. 25)."""

    court: Public[AgencyId]
    """The court."""
    title: Public[EnforcementTitle]
    """What is enforced."""
    because: Public[SuspensionCause]
    """Why."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the first, or another title."""


class EnforcementResumed(OwnersAct, type="casebridge.enforcement.resumed.v1"):
    """The enforcement goes on: assets were found, or what had suspended it is over."""

    court: Public[AgencyId]
    """The court."""
    title: Public[EnforcementTitle | None] = None
    """What is enforced; absent: the title that was applied for last."""
    because: Public[ResumptionCause | None] = None
    """Why; absent: assets were found."""
    limit: Public[TimeLimit | None] = None
    """Until when the court executes it now."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the first, or another title."""
    suit: Public[SuitNumber | None] = None
    """Of a judgment, by which suit it was given, from 2; absent: the first, or another title."""


class EnforcementEnded(OwnersAct, type="casebridge.enforcement.ended.v1"):
    """The enforcement of a title is over for good: nothing is left of it to be enforced."""

    court: Public[AgencyId]
    """The court."""
    title: Public[EnforcementTitle]
    """What was enforced."""
    because: Public[EnforcementEnd]
    """Why."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the first, or another title."""
    suit: Public[SuitNumber | None] = None
    """Of a judgment, by which suit it was given, from 2; absent: the first, or another title."""


# --- Before the award: hearing, partial award, advance execution; and after it: setting it aside -----------


class HearingSet(OwnersAct, type="casebridge.hearing.set.v1"):
    """The commission set a day for the hearing, or another one (Arbitration Law Art. 35)."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When it is."""
    noticed_at: Public[UtcTime]
    """When the workers were told."""
    short_notice: Public[bool]
    """Whether that was later than the law allows; a good reason to ask that it be postponed."""
    limit: Public[TimeLimit | None] = None
    """Until when a party may ask that it be postponed; absent if that is over when the hearing is set."""
    place: Sealed | None = None
    """Where, in words: the room, the address, how to join from afar. Under the case's key."""


class HearingPostponementAsked(OwnersAct, type="casebridge.hearing.postponement_asked.v1"):
    """A party asks, with a reason, that the hearing be postponed; the commission decides."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When the hearing is."""
    by: Public[Disputant]
    """Which side asks."""
    because: Public[PostponementGround]
    """Why."""


class HearingPostponed(OwnersAct, type="casebridge.hearing.postponed.v1"):
    """The hearing is postponed; its new day is set by another `hearing.set`."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When the hearing would have been."""


class HearingPostponementRefused(OwnersAct, type="casebridge.hearing.postponement_refused.v1"):
    """The hearing is not postponed."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When it is."""


class HearingHeld(OwnersAct, type="casebridge.hearing.held.v1"):
    """The hearing took place. Whoever applied and did not come may be taken to withdraw (Art. 36)."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When it was set for."""
    absent: Public[Disputant | None] = None
    """Which side did not come, if one did not."""


class ArbitrationPartlyAwarded(OwnersAct, type="casebridge.arbitration.partly_awarded.v1"):
    """The commission decided what is clear already, and the rest goes on (Arbitration Law Art. 43)."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    awarded_fen: Public[Fen]
    """The sum of this part for all members, in fen; what each gets is said by `claim.determined`."""
    final: Public[bool]
    """Whether it is effective when it is made (Art. 47); a worker may sue all the same (Art. 48)."""
    received_at: Public[UtcTime]
    """When the workers received it; the time for a suit runs from it."""
    limit: Public[TimeLimit | None] = None
    """Until when they may sue over this part (Art. 48, 50)."""
    part: Public[PartNumber | None] = None
    """Which part, from 1; absent: the first."""
    so_far_fen: Public[Fen | None] = None
    """The sum of all parts up to this one that stand, in fen."""
    set_aside: Public[TimeLimit | None] = None
    """Until when the employer may ask that a final part be set aside (Art. 49); absent of any other."""


class ArbitrationPartEffective(OwnersAct, type="casebridge.arbitration.part_effective.v1"):
    """A partial award is effective for one member, whatever others do."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    member_id: Public[MemberId]
    """For whom."""
    because: Public[EffectiveCause]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to him now."""
    effective: Public[Count]
    """For how many members it is effective with him."""
    part: Public[PartNumber | None] = None
    """Which part, from 1; absent: the first."""


class AdvanceExecutionApplied(OwnersAct, type="casebridge.advance_execution.applied.v1"):
    """The workers ask for execution in advance of the award (Arbitration Law Art. 44), without security."""

    commission: Public[AgencyId]
    """The commission."""
    claims: Public[Few[AdvanceClaim]]
    """For what."""
    amount_fen: Public[Fen]
    """How much for all of them, in fen."""
    members: Public[Count]
    """For how many members."""


class AdvanceExecutionOrdered(OwnersAct, type="casebridge.advance_execution.ordered.v1"):
    """The commission orders it, and moves it to the court, which executes it of itself.

    What each member is to get is said by one `claim.advanced` a member.
    """

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    court: Public[AgencyId]
    """The court that it was moved to."""
    amount_fen: Public[Fen]
    """The sum for all members, in fen."""


class AdvanceExecutionRefused(OwnersAct, type="casebridge.advance_execution.refused.v1"):
    """The commission does not order it; the arbitration goes on."""

    commission: Public[AgencyId]
    """The commission."""
    because: Public[AdvanceRefusal]
    """Why."""


class SettingAsideApplied(OwnersAct, type="casebridge.setting_aside.applied.v1"):
    """The employer asks the intermediate court to set a final award aside, or a part (LDMAL Art. 49)."""

    court: Public[AgencyId]
    """The court."""
    because: Public[SettingAsideGround]
    """Why, as the employer says."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


class SettingAsideAccepted(OwnersAct, type="casebridge.setting_aside.accepted.v1"):
    """The court took the employer's application on: while it decides, the award is not executed."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """Its number there."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


class SettingAsideWithdrawn(OwnersAct, type="casebridge.setting_aside.withdrawn.v1"):
    """The employer withdrew the application: the award stands."""

    court: Public[AgencyId]
    """The court."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


class SettingAsideDismissed(OwnersAct, type="casebridge.setting_aside.dismissed.v1"):
    """The court does not set the award aside: it stands."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """Its number there."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


class SettingAsideGranted(OwnersAct, type="casebridge.setting_aside.granted.v1"):
    """The court set the award aside. Nobody is due anything by it: one `claim.reopened` a member says so."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """Its number there."""
    served_at: Public[UtcTime]
    """When the workers received the ruling; the time for a suit runs from it."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""
    limit: Public[TimeLimit | None] = None
    """Until when the parties may sue over the dispute (Art. 49)."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


# --- Labour inspection -------------------------------------------------------------------------------------


class InspectionReported(OwnersAct, type="casebridge.inspection.reported.v1"):
    """Labour inspection was asked to act, by a complaint or a report."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    approach: Public[InspectionApproach]
    """By a complaint of one's own rights, or a report."""
    claim_fen: Public[Fen]
    """What the workers say that they are owed, in fen."""
    limit: Public[TimeLimit | None] = None
    """Until when it decides whether it takes it on."""
    paper: Sealed | None = None
    """The complaint."""


class InspectionAccepted(OwnersAct, type="casebridge.inspection.accepted.v1"):
    """It took it on, and opened a case."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    docket: Public[ExternalRef]
    """Its number there."""
    limit: Public[TimeLimit | None] = None
    """Until when the investigation is completed (Regulation on Labour Inspection Art. 17)."""


class InspectionRefused(OwnersAct, type="casebridge.inspection.refused.v1"):
    """It does not take it on."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    because: Public[RefusalGround]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class InspectionExtended(OwnersAct, type="casebridge.inspection.extended.v1"):
    """A complex case has thirty working days more (Regulation on Labour Inspection Art. 17)."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    limit: Public[TimeLimit | None] = None
    """Until when the investigation is completed now."""


class InspectionDecided(OwnersAct, type="casebridge.inspection.decided.v1"):
    """The investigation is over, and this is what the inspectorate did."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    docket: Public[ExternalRef]
    """Its number there."""
    result: Public[InspectionResult]
    """What it did."""
    ordered_fen: Public[Fen]
    """What the employer is ordered to pay the workers, in fen; 0 if nothing."""
    referred_to: Public[AgencyId | None] = None
    """To whom it was referred, if it was."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""
    members: Public[Count | None] = None
    """How many members it names with an amount each, which `claim.determined` says; absent if none."""
    limit: Public[TimeLimit | None] = None
    """Until when the employer is to pay; absent if the order sets no day."""


class InspectionObeyed(OwnersAct, type="casebridge.inspection.obeyed.v1"):
    """All that inspection ordered is paid, in time or late."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    docket: Public[ExternalRef]
    """Its number there."""
    ordered_fen: Public[Fen]
    """What was ordered, in fen."""


class InspectionDisobeyed(OwnersAct, type="casebridge.inspection.disobeyed.v1"):
    """The day that the order set passed, and what has come in does not cover what was ordered."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    docket: Public[ExternalRef]
    """Its number there."""
    due_at: Public[UtcTime]
    """By when it was to be paid."""
    ordered_fen: Public[Fen]
    """What was ordered, in fen."""
    paid_fen: Public[Fen]
    """What has come in for it, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class InspectionWithdrawn(OwnersAct, type="casebridge.inspection.withdrawn.v1"):
    """The complaint was withdrawn."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""


# --- A notarised agreement ---------------------------------------------------------------------------------


class NotarisationApplied(OwnersAct, type="casebridge.notarisation.applied.v1"):
    """Both parties ask a notary to give their repayment agreement the effect of enforcement."""

    notary: Public[AgencyId]
    """The notary's office."""
    limit: Public[TimeLimit | None] = None
    """Until when it issues its certificate (Notarisation Law Art. 30)."""


class NotarisationIssued(OwnersAct, type="casebridge.notarisation.issued.v1"):
    """The agreement is notarised, with the debtor's promise to be enforced against (Art. 37)."""

    notary: Public[AgencyId]
    """The notary's office."""
    docket: Public[ExternalRef]
    """Its number there."""


class NotarisationRefused(OwnersAct, type="casebridge.notarisation.refused.v1"):
    """The notary does not notarise it: the agreement stands as it was made."""

    notary: Public[AgencyId]
    """The notary's office."""
    because: Public[RefusalGround]
    """Why."""


class NotarisationExecutionCertified(OwnersAct, type="casebridge.notarisation.execution_certified.v1"):
    """The agreement was breached, and the notary certified what is to be enforced of it."""

    notary: Public[AgencyId]
    """The notary's office."""
    docket: Public[ExternalRef]
    """The number of the certificate."""
    amount_fen: Public[Fen]
    """What is owed by it, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


ProceedingAct: TypeAlias = (
    AgreementConsented
    | AgreementInstalmentPaid
    | AgreementBreached
    | ConfirmationApplied
    | ConfirmationAccepted
    | ConfirmationConfirmed
    | ConfirmationDismissed
    | ArbitrationReviewApplied
    | ArbitrationReviewConfirmed
    | ArbitrationReviewDismissed
    | FileSubmitted
    | FileReturned
    | FileApproved
    | MatterArchived
    | ArbitrationFiled
    | ArbitrationAccepted
    | ArbitrationExtended
    | ArbitrationRefused
    | ArbitrationAwarded
    | ArbitrationSettled
    | ArbitrationWithdrawn
    | ArbitrationEffective
    | PaymentOrderApplied
    | PaymentOrderAccepted
    | PaymentOrderIssued
    | PaymentOrderObjected
    | PaymentOrderLapsed
    | LitigationAppealed
    | LitigationFinal
    | EnforcementApplied
    | EnforcementEndedThisRound
    | EnforcementSuspended
    | EnforcementResumed
    | EnforcementEnded
    | HearingSet
    | HearingPostponementAsked
    | HearingPostponed
    | HearingPostponementRefused
    | HearingHeld
    | ArbitrationPartlyAwarded
    | ArbitrationPartEffective
    | AdvanceExecutionApplied
    | AdvanceExecutionOrdered
    | AdvanceExecutionRefused
    | SettingAsideApplied
    | SettingAsideAccepted
    | SettingAsideWithdrawn
    | SettingAsideDismissed
    | SettingAsideGranted
    | InspectionReported
    | InspectionAccepted
    | InspectionRefused
    | InspectionExtended
    | InspectionDecided
    | InspectionObeyed
    | InspectionDisobeyed
    | InspectionWithdrawn
    | NotarisationApplied
    | NotarisationIssued
    | NotarisationRefused
    | NotarisationExecutionCertified
)
"""What happens to a matter in its proceedings."""


# --- Rights of the applicants that run out -----------------------------------------------------------------


ClockName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}(/[a-z0-9.-]{1,40})?$")]
"""A clock as `GET /v1/cases/{case_id}/clocks` names it: `limitation_by/arbitration-limitation`."""


class RunningLimit(Value):
    """A time limit for the applicants, as it is counted now."""

    clock: Public[ClockName]
    """Its clock."""
    since: Public[UtcTime]
    """What the present time runs from."""
    limit: Public[TimeLimit]
    """When it ends; of what is suspended, when it would if it went on at once."""
    suspended: Public[bool | None] = None
    """True while something suspends it: it does not run, and nobody can say when it ends."""


class LimitationCounted(OwnersAct, type="casebridge.limitation.counted.v1"):
    """Time limits of the claim were counted from the facts (LDMAL Art. 27, Civil Code Art. 188)."""

    dates: KeyDates
    """The days that are known."""
    limits: Public[Few[RunningLimit]]
    """What runs from them, through all that interrupted or suspended it."""


class LimitationInterrupted(OwnersAct, type="casebridge.limitation.interrupted.v1"):
    """A claim, relief that was sought, or a promise let time limits begin anew (LDMAL Art. 27)."""

    code: Public[LimitationActCode]
    """What it was."""
    on: Public[date]
    """When."""
    limits: Public[Few[RunningLimit]]
    """What it let begin anew."""
    paper: Sealed | None = None
    """What proves it."""


class LimitationSuspended(OwnersAct, type="casebridge.limitation.suspended.v1"):
    """Something keeps the applicants from using their rights: time limits stand still while it lasts."""

    code: Public[LimitationActCode]
    """What it is."""
    on: Public[date]
    """Since when."""
    until: Public[date | None] = None
    """The day on which it was over, if it is."""
    limits: Public[Few[RunningLimit]]
    """What it suspends."""
    paper: Sealed | None = None
    """What proves it."""


class LimitationResumed(OwnersAct, type="casebridge.limitation.resumed.v1"):
    """What suspended time limits is over: they run on."""

    code: Public[LimitationActCode]
    """What it was."""
    on: Public[date]
    """Since when it had lasted."""
    until: Public[date]
    """The day on which it was over."""
    limits: Public[Few[RunningLimit]]
    """What runs on."""


class LimitationAtRisk(OwnersAct, type="casebridge.limitation.at_risk.v1"):
    """A right of the applicants runs out soon; said once a step of the ladder of its rule."""

    clock: Public[ClockName]
    """Which clock."""
    rule: Public[RuleId]
    """The rule that sets the time limit."""
    due_at: Public[UtcTime]
    """When it ends."""
    days: Public[Count]
    """How many days are left; 0 on the last one, and when it can be said only afterwards."""
    advance: Public[bool | None] = None
    """True if aid may be given in advance: fewer than seven days are left (Legal Aid Law Art. 44)."""


class RightOpened(OwnersAct, type="casebridge.right.opened.v1"):
    """What happened gives the applicants a right that runs out: to confirmation, to enforcement."""

    clock: Public[ClockName]
    """Its clock."""
    since: Public[UtcTime]
    """What it runs from."""
    limit: Public[TimeLimit]
    """Until when it can be used."""


class RightUsed(OwnersAct, type="casebridge.right.used.v1"):
    """The applicants used a right elsewhere: recognition of an injury was applied for, a suit was filed."""

    clock: Public[ClockName]
    """Its clock."""
    on: Public[date]
    """When."""
    paper: Sealed | None = None
    """What proves it."""


class RightLapsed(OwnersAct, type="casebridge.right.lapsed.v1"):
    """A right was not used in time. Nobody is in breach; the law says what follows."""

    clock: Public[ClockName]
    """Its clock."""
    rule: Public[RuleId]
    """The rule that set the time limit."""
    due_at: Public[UtcTime]
    """When it ended."""
    remedies: Public[Few[Remedy] | None] = None
    """The ways that are open to the workers now because it lapsed; absent if it opens none."""


LimitationStep: TypeAlias = (
    LimitationCounted
    | LimitationInterrupted
    | LimitationSuspended
    | LimitationResumed
    | LimitationAtRisk
    | RightOpened
    | RightUsed
    | RightLapsed
)
"""What happens to rights that run out."""


MatterEvent: TypeAlias = (
    MatterOpened
    | MatterAmended
    | AgreementReduced
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
    | ReferralAnswered
    | FollowUpRecorded
    | MatterConcluded
    | EvaluationCompleted
    | MatterClosed
    | AidStep
    | ProceedingAct
    | LimitationStep
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
    person: Sealed | None = None
    """Who he is, as he joined, under the case's key: for the papers that name him."""
    past: Public[PastMoney | None] = None
    """What he was due and had received before the case was imported; absent if it was not."""


class ClaimOffered(Event, type="casebridge.claim.offered.v1"):
    """The agreement of a group offers a member an amount; he is due it once he consents."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    offered_fen: Public[Fen]
    """How much, in fen."""


class ClaimDetermined(Event, type="casebridge.claim.determined.v1"):
    """It is fixed what a member is due."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    by: Public[Determination]
    """What fixed it; a later one replaces it."""
    due_fen: Public[Fen]
    """How much, in fen; by a partial award, with all parts that were decided before."""
    more_to_decide: Public[bool | None] = None
    """True if only a part of the claim is decided: the rest is open, and the claim with it."""
    part: Public[PartNumber | None] = None
    """Which partial award fixed it, or was judged over, from 1; absent: the first, or something else."""
    against: Public[EnforcementTitle | None] = None
    """Of a judgment over one award alone, which; `due_fen` is with what the others give him."""


class ClaimAdvanced(Event, type="casebridge.claim.advanced.v1"):
    """A member is to get an amount in advance of the award; it counts towards what he is due in the end."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    advanced_fen: Public[Fen]
    """How much, in fen."""


class ClaimReopened(Event, type="casebridge.claim.reopened.v1"):
    """What fixed the amount that is due to a member fell: it is open again."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    by: Public[Determination]
    """What had fixed it."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1, if one fell."""
    due_fen: Public[Fen | None] = None
    """What he is due by what still stands, in fen; absent: nothing, or an earlier release did not say."""


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


ClaimEvent: TypeAlias = (
    ClaimRegistered
    | ClaimOffered
    | ClaimDetermined
    | ClaimAdvanced
    | ClaimReopened
    | RecoveryRecorded
    | ClaimClosed
)

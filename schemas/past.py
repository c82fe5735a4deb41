"""What happened to an imported case in the system that had it before, as that system recorded it."""

from typing import Annotated

from pydantic import Field

from schemas.codes import (
    AdvanceClaim,
    AdvanceRefusal,
    AidStage,
    AssigneeRole,
    EnforcementTitle,
    FinalCause,
    InspectionApproach,
    InspectionResult,
    JudgmentResult,
    LegalBasis,
    MeansBasis,
    MediationKind,
    ObjectionResult,
    OrderEnd,
    Outcome,
    PastActCode,
    Payer,
    PaymentForm,
    RefusalCode,
    RefusalGround,
    RoundEnd,
    SessionResult,
    SettingAsideGround,
    TerminationCode,
    TrialProcedure,
    WithdrawalCode,
)
from schemas.fields import Few, Public, Sealed, UtcTime, Value
from schemas.ids import AgencyId, ExternalRef, Fen, MemberId, Pseudonym, RuleId


class PastInstalment(Value):
    """One payment that was agreed."""

    due_at: Public[UtcTime]
    """By when."""
    amount_fen: Public[Annotated[Fen, Field(gt=0)]]
    """How much, in fen."""


class PastAct(Value):
    """One step of a case, with what that kind of step says; all else is absent."""

    code: Public[PastActCode]
    """What was done."""
    at: Public[UtcTime]
    """When."""
    stage: Public[AidStage | None] = None
    """Of a grant, and of who works on it: what the aid is for."""
    means: MeansBasis | None = None
    """Of a grant: how the applicants' means were dealt with."""
    role: Public[AssigneeRole | None] = None
    """Of an assignment: as what somebody works on the case."""
    person: Pseudonym | None = None
    """Of an assignment, and of who mediates: who, as tokens call him."""
    name: Sealed | None = None
    """The name of that person, as papers show it, under the case's key."""
    body: Public[AgencyId | None] = None
    """The committee, commission, court, notary, inspectorate, justice bureau; of who is assigned, his own."""
    kind: Public[MediationKind | None] = None
    """Of a mediation: which one it is."""
    result: Public[SessionResult | None] = None
    """Of a session: how it ended."""
    instalments: Public[Few[PastInstalment]] = ()
    """Of an agreement: when it is paid."""
    agreement: Public[Annotated[int, Field(ge=1, le=64)] | None] = None
    """Of an agreement: which of several, as they were made; absent: the only one."""
    by_consent: Public[bool | None] = None
    """Of an agreement: true of a group's, which binds a member once he consents; absent: all signed it."""
    docket: Public[ExternalRef | None] = None
    """The number that the commission, court, notary or inspectorate gave it, or its ruling or certificate."""
    final: Public[bool | None] = None
    """Of an award or a judgment: whether it was effective when it was made."""
    outcome: Public[Outcome | None] = None
    """Of a conclusion: what the aid led to."""
    basis: Public[LegalBasis | None] = None
    """The article: that spared arbitration, that opens a payment order, that a decision on aid rests on."""
    members: Public[Annotated[tuple[MemberId, ...], Field(max_length=10_000)] | None] = None
    """Of a suit that was filed: whom it is about; of execution in advance: who asks for it. Absent: all."""
    suit: Public[Annotated[int, Field(ge=1, le=64)] | None] = None
    """Of a suit, and of the enforcement of a judgment: which suit, as they were filed; absent: the last."""
    part: Public[Annotated[int, Field(ge=1, le=64)] | None] = None
    """Of a partial award, and of its enforcement: which of them, as they were made; absent: the first.

    Of an application to set an award aside: which partial one; absent: the award itself. Of a suit over one
    award: the same."""
    against: Public[EnforcementTitle | None] = None
    """Of a suit that was filed: over which award, and the others stand; absent: over all that were made."""
    challenge: Public[SettingAsideGround | None] = None
    """Of an application to set an award aside: why."""
    procedure: Public[TrialProcedure | None] = None
    """Of a suit that was docketed: by which procedure it is tried."""
    judgment: Public[JudgmentResult | None] = None
    """How the court decided."""
    served_at: Public[UtcTime | None] = None
    """Of a judgment, a payment order, or a ruling that sets an award aside: when it was served.

    Absent: when it was made."""
    cause: Public[FinalCause | None] = None
    """Of an appeal: how it ended."""
    title: Public[EnforcementTitle | None] = None
    """Of enforcement: what is enforced."""
    last_day: Public[UtcTime | None] = None
    """Of an application for enforcement: the last day of performance, if the title fixes one."""
    round_end: Public[RoundEnd | None] = None
    """Of a round of enforcement: why it ended."""
    order_end: Public[OrderEnd | None] = None
    """Of a payment order: why it has no effect any more, or there was none."""
    ground: Public[RefusalGround | None] = None
    """Of a confirmation, review, notarisation, arbitration or complaint: why it was not taken on, or
    dismissed."""
    approach: Public[InspectionApproach | None] = None
    """Of what labour inspection was asked for: by a complaint, or a report."""
    claim_fen: Public[Fen | None] = None
    """Of the same: how much the workers said that they are owed; absent: what they claim in the case.

    Of execution in advance that was asked for: how much in all."""
    inspection: Public[Annotated[int, Field(ge=1, le=64)] | None] = None
    """Of a decision of labour inspection: of which asking, as they were; absent: the first."""
    inspected: Public[InspectionResult | None] = None
    """Of the same: what it did."""
    ordered_fen: Public[Fen | None] = None
    """Of the same: what it ordered the employer to pay in all."""
    pay_by: Public[UtcTime | None] = None
    """Of such an order: by when, if it set a day."""
    referred_to: Public[AgencyId | None] = None
    """Of what labour inspection referred: to whom."""
    advance_claims: Public[Few[AdvanceClaim] | None] = None
    """Of execution in advance that was asked for: for what."""
    advance: Public[Annotated[int, Field(ge=1, le=64)] | None] = None
    """Of an order of it: of which asking, as they were; absent: the first."""
    advance_refusal: Public[AdvanceRefusal | None] = None
    """Of a refusal of it: why."""
    refusal: Public[RefusalCode | None] = None
    """Of a refusal: why."""
    objection: Public[ObjectionResult | None] = None
    """Of an objection to it, or to a termination: how the justice bureau decided."""
    termination: Public[TerminationCode | None] = None
    """Of a termination of aid: why."""
    withdrawal: Public[WithdrawalCode | None] = None
    """Of a withdrawal of the application: why. The case ended by it."""


class PastClock(Value):
    """A time limit as the earlier system kept it, where it kept one."""

    rule: Public[RuleId]
    """The rule that sets it."""
    started_at: Public[UtcTime]
    """When it began: with the act that starts it."""
    due_at: Public[UtcTime]
    """When it ends; it stays so, whatever this release would count."""
    paused_at: Public[UtcTime | None] = None
    """Of a review: since when it stands still, or stood."""
    resumed_at: Public[UtcTime | None] = None
    """Of a review that stood still: since when it goes on."""


class Past(Value):
    """The steps of a case, in order, and its time limits."""

    acts: Public[Few[PastAct]] = ()
    """What was done since the application was received."""
    clocks: Public[Few[PastClock]] = ()
    """The time limits that the earlier system kept; all others are counted from the acts."""


class PastPayment(Value):
    """Money that a member had received."""

    amount_fen: Public[Annotated[Fen, Field(gt=0)]]
    """How much, in fen."""
    payer: Public[Payer]
    """Who paid."""
    form: Public[PaymentForm]
    """In what form."""
    received_at: Public[UtcTime]
    """When."""


class PastJudgment(Value):
    """What a member was due by a judgment beside others of his."""

    suit: Public[Annotated[int, Field(ge=1, le=64)]]
    """In which suit, as they were filed."""
    judged_fen: Public[Fen | None] = None
    """What the judgment gives him."""
    judged_on_appeal_fen: Public[Fen | None] = None
    """What the judgment on appeal gives him."""


class PastOrder(Value):
    """What labour inspection ordered that a member be paid."""

    inspection: Public[Annotated[int, Field(ge=1, le=64)]]
    """Of which asking of it, as they were."""
    ordered_fen: Public[Fen]
    """How much."""


class PastAdvance(Value):
    """What a member was to get in advance of an award."""

    advance: Public[Annotated[int, Field(ge=1, le=64)]]
    """Of which asking for it, as they were."""
    advanced_fen: Public[Fen]
    """How much."""


class PastMoney(Value):
    """What a member was due, and had received."""

    agreed_fen: Public[Fen | None] = None
    """What the agreement gives him; one of a group, if he consents."""
    agreements_fen: Public[Few[Fen]] = ()
    """Of several agreements: what each gives him, in their order; the amount above is absent then."""
    parts_fen: Public[Few[Fen]] = ()
    """What each partial award gives him, in their order."""
    awarded_fen: Public[Fen | None] = None
    """What the award gives him; beside the partial awards, if there are any."""
    settled_fen: Public[Fen | None] = None
    """What the settlement before the commission gives him; beside the partial awards likewise."""
    judged_fen: Public[Fen | None] = None
    """What the judgment gives him."""
    judged_on_appeal_fen: Public[Fen | None] = None
    """What the judgment on appeal gives him."""
    judgments: Public[Few[PastJudgment]] = ()
    """Of who had several judgments: what each gives him, in their order; the two above are absent then."""
    orders: Public[Few[PastOrder]] = ()
    """What each order of labour inspection gives him that names him, in their order."""
    advances: Public[Few[PastAdvance]] = ()
    """What he is to get in advance of an award by each order of it, in their order."""
    payments: Public[Few[PastPayment]] = ()
    """What he received, in order."""
    left_at: Public[UtcTime | None] = None
    """When he left the case; absent: he did not."""
    consented_at: Public[Few[UtcTime]] = ()
    """When he consented to the agreement of his group, or to each of several."""

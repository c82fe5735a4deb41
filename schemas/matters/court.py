"""What is done at court: payment orders, suits, enforcement."""

from typing import Annotated

from pydantic import Field

from schemas.codes import (
    EnforcementEnd,
    EnforcementTitle,
    FinalCause,
    JudgmentResult,
    LegalBasis,
    OrderEnd,
    ResumptionCause,
    RoundEnd,
    SuspensionCause,
    TrialProcedure,
)
from schemas.facts import TimeLimit
from schemas.fields import Few, Public, UtcTime
from schemas.ids import AgencyId, ExternalRef, Fen, MemberId
from schemas.matters.acts import OwnersAct, PartNumber, Remedy, SuitNumber


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

"""Matter: the work of the agency that owns a case, in one epoch of ownership."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from law.book import Law
from law.deadlines import day_of
from schemas.cases import ApplicationWithdrawn
from schemas.codes import (
    AgencyKind,
    AidStage,
    AssigneeRole,
    EvaluationGrade,
    JudgmentResult,
    LegalBasis,
    MatterEnd,
    MeansBasis,
    MediationKind,
    Outcome,
    ReferralCode,
    RejectionCode,
    SessionResult,
)
from schemas.facts import CaseFacts
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, ExternalRef, Fen, Pseudonym, RuleId
from schemas.matters import (
    AgreementPerformed,
    AidGranted,
    AssignmentMade,
    ClockBreached,
    EvaluationCompleted,
    Instalment,
    LitigationDocketed,
    LitigationFiled,
    LitigationJudged,
    MatterAccepted,
    MatterActivated,
    MatterClosed,
    MatterConcluded,
    MatterEvent,
    MatterNotCompetent,
    MatterOpened,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    ReferralMade,
    ReviewStarted,
)
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.mediation.domain.acts import ACCEPTED, GRANTED, RECOVERING, Act, MatterState, Said
from services.mediation.domain.aid import ASSIGNMENT, MEDIATOR, NOTHING_YET, REVIEW, Aid, check_means
from services.mediation.domain.claim import Claim, sums_of
from services.mediation.domain.errors import (
    AlreadyGranted,
    BothSides,
    MediationRuns,
    NoAgreement,
    NoMediation,
    NoSuit,
    NotGranted,
    NotInvolved,
    NotPaidYet,
    NotPlaced,
    NotTheOwner,
    OutcomeNotReached,
    OutOfTurn,
    StaleEpoch,
    SuitRuns,
    SumDisagrees,
)
from services.mediation.domain.proceedings import (
    SUIT_WITHDRAWN,
    Amounts,
    Mediation,
    Suit,
    check_amounts,
    proposed,
    rule_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case in the hands of its owner."""

    case_id: CaseId
    agency: AgencyId
    epoch: int
    facts: CaseFacts
    state: MatterState = MatterState.DORMANT
    aid: Aid = NOTHING_YET
    mediation: Mediation | None = None
    suits: tuple[Suit, ...] = ()
    referrals: tuple[ReferralCode, ...] = ()
    breaches: frozenset[tuple[RuleId, datetime]] = frozenset()
    outcome: Outcome | None = None
    grade: EvaluationGrade | None = None

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """Time limits that run and have not been breached yet."""
        return {name: at for name, rule, at in self._timers() if (rule, at) not in self.breaches}

    def _timers(self) -> Iterator[tuple[str, RuleId, datetime]]:
        if self.state in (MatterState.DORMANT, MatterState.TO_ACCEPT, *ACCEPTED):
            yield from self.aid.timers
            if self.mediation:
                yield from self.mediation.timers

    # --- Who may act ---------------------------------------------------------------------------------------

    def check_owner(self, act: Act, *states: MatterState) -> None:
        """The owner acts, now. Raises NotPlaced, StaleEpoch, NotTheOwner, OutOfTurn."""
        self._check_turn(act, states)
        if act.by != self.agency:
            raise NotTheOwner(case_id=self.case_id, expected=self.agency, found=act.by or "nobody")

    def check_involved(self, act: Act, *states: MatterState) -> None:
        """The owner acts, or somebody who works on the case with it. Raises NotInvolved, and as above."""
        self._check_turn(act, states)
        involved = {self.agency, *(assignment.organisation for assignment in self.aid.assignments)}
        if self.mediation:
            involved |= {self.mediation.committee, *self.mediation.partners}
        if act.by not in involved:
            raise NotInvolved(
                case_id=self.case_id, expected=", ".join(sorted(involved)), found=act.by or "nobody"
            )

    def _check_turn(self, act: Act, states: Sequence[MatterState]) -> None:
        if act.epoch != self.epoch:
            raise StaleEpoch(case_id=self.case_id, expected=self.epoch, found=act.epoch)
        if self.state is MatterState.DORMANT:
            raise NotPlaced(case_id=self.case_id)
        if self.state not in states:
            raise OutOfTurn(case_id=self.case_id, found=self.state, expected=", ".join(states))

    def _said(self, at: datetime) -> Said:
        return {"case_id": self.case_id, "at": at, "agency": self.agency, "epoch": self.epoch}

    # --- Acceptance, review, grant, assignment -------------------------------------------------------------

    def accept(self, act: Act) -> list[MatterEvent]:
        """The owner accepts the application."""
        self.check_owner(act, MatterState.TO_ACCEPT)
        return [MatterAccepted(**self._said(act.at))]

    def find_not_competent(
        self, act: Act, code: RejectionCode, legal_basis: LegalBasis, proposed: AgencyId | None
    ) -> list[MatterEvent]:
        """The owner finds that another agency is competent."""
        self.check_owner(act, MatterState.TO_ACCEPT, MatterState.IN_REVIEW)
        return [
            MatterNotCompetent(**self._said(act.at), code=code, legal_basis=legal_basis, proposed=proposed)
        ]

    def grant(
        self, act: Act, stage: AidStage, means: MeansBasis, legal_basis: LegalBasis, law: Law
    ) -> list[MatterEvent]:
        """Aid is granted for one stage. Raises AlreadyGranted, NotExempt."""
        self.check_owner(act, *ACCEPTED)
        if stage in self.aid.stages:
            raise AlreadyGranted(stage=stage)
        check_means(means, self.facts)
        return [
            AidGranted(
                **self._said(act.at),
                stage=stage,
                means=means,
                legal_basis=legal_basis,
                assign_by=law.due(ASSIGNMENT, act.at),
            )
        ]

    def assign(
        self,
        act: Act,
        *,
        assignee: Pseudonym,
        role: AssigneeRole,
        organisation: AgencyId,
        stage: AidStage,
    ) -> list[MatterEvent]:
        """Somebody is to work on the case. Raises NotGranted, BothSides."""
        self.check_owner(act, *GRANTED)
        if stage not in self.aid.stages:
            raise NotGranted(found=stage, expected=", ".join(self.aid.stages))
        mediating = {self.mediation.mediator if self.mediation else None, *self.aid.mediators}
        if assignee in (self.aid.representatives if role == MEDIATOR else mediating):
            raise BothSides(found=assignee)
        return [
            AssignmentMade(
                **self._said(act.at), assignee=assignee, role=role, organisation=organisation, stage=stage
            )
        ]

    # --- Mediation -----------------------------------------------------------------------------------------

    def propose_mediation(
        self,
        act: Act,
        *,
        kind: MediationKind,
        committee: AgencyId,
        mediator: Pseudonym | None,
        partners: tuple[AgencyId, ...],
        law: Law,
    ) -> list[MatterEvent]:
        """The parties are asked to mediate. Raises MediationRuns, BothSides."""
        self.check_owner(act, *ACCEPTED)
        if self.mediation and not self.mediation.broken_off:
            raise MediationRuns(case_id=self.case_id, committee=self.mediation.committee)
        if mediator in self.aid.representatives:
            raise BothSides(found=mediator or "nobody")
        return [
            MediationProposed(
                **self._said(act.at),
                kind=kind,
                committee=committee,
                mediator=mediator,
                partners=partners,
                end_by=law.due(rule_of(kind, self.facts), act.at),
            )
        ]

    def hold_session(
        self, act: Act, result: SessionResult, *, next_at: datetime | None, minutes: Sealed | None
    ) -> list[MatterEvent]:
        """The parties met. Raises NoMediation."""
        self.check_involved(act, *ACCEPTED)
        mediation = self._running_mediation()
        return [
            MediationSessionHeld(
                **self._said(act.at),
                session=mediation.sessions + 1,
                result=result,
                next_at=next_at,
                minutes=minutes,
            )
        ]

    def agree(
        self,
        act: Act,
        claims: Sequence[Claim],
        amounts: Amounts,
        agreed_fen: Fen,
        *,
        instalments: tuple[Instalment, ...],
        terms: Sealed,
    ) -> list[MatterEvent]:
        """The parties agreed, on an amount for every member.

        Raises:
            NoMediation: if none runs.
            ClaimsIncomplete, AmountsDoNotFit, SumDisagrees: as `check_amounts` does; the latter also if the
                instalments come to another sum.
        """
        self.check_involved(act, *ACCEPTED)
        self._running_mediation()
        counted = check_amounts(amounts, agreed_fen, claims, self.facts.members)
        in_parts_fen = sum(instalment.amount_fen for instalment in instalments)
        if instalments and in_parts_fen != agreed_fen:
            raise SumDisagrees(found=in_parts_fen, expected=agreed_fen)
        return [
            MediationAgreed(
                **self._said(act.at),
                agreed_fen=agreed_fen,
                members=len(counted),
                instalments=instalments,
                terms=terms,
            )
        ]

    def perform(self, act: Act, claims: Sequence[Claim]) -> list[MatterEvent]:
        """The employer did all that was agreed. Raises NoAgreement, NotPaidYet."""
        self.check_involved(act, *RECOVERING)
        agreed = self.mediation
        if agreed is None or agreed.agreed_fen is None or agreed.performed:
            raise NoAgreement(case_id=self.case_id)
        recovered_fen = sums_of(claims).recovered_fen
        if recovered_fen < agreed.agreed_fen:
            raise NotPaidYet(found=recovered_fen, expected=agreed.agreed_fen)
        return [AgreementPerformed(**self._said(act.at), recovered_fen=recovered_fen)]

    def _running_mediation(self) -> Mediation:
        if self.mediation is None or not self.mediation.runs:
            raise NoMediation(case_id=self.case_id)
        return self.mediation

    # --- Suit ----------------------------------------------------------------------------------------------

    def file_suit(
        self, act: Act, court: AgencyId, claim_fen: Fen, without_arbitration: LegalBasis | None
    ) -> list[MatterEvent]:
        """A suit is filed; one after the other. Raises SuitRuns."""
        self.check_involved(act, *GRANTED)
        if self.suits and self.suits[-1].result is None:
            raise SuitRuns(case_id=self.case_id, court=self.suits[-1].court)
        return [
            LitigationFiled(
                **self._said(act.at),
                court=court,
                claim_fen=claim_fen,
                without_arbitration=without_arbitration,
            )
        ]

    def docket_suit(self, act: Act, docket: ExternalRef) -> list[MatterEvent]:
        """The court registered the suit. Raises NoSuit."""
        self.check_involved(act, *GRANTED)
        if not self.suits or self.suits[-1].docket is not None:
            raise NoSuit(case_id=self.case_id, expected="filed and not docketed")
        return [LitigationDocketed(**self._said(act.at), court=self.suits[-1].court, docket=docket)]

    def judge_suit(
        self,
        act: Act,
        claims: Sequence[Claim],
        amounts: Amounts,
        awarded_fen: Fen,
        *,
        result: JudgmentResult,
        final: bool,
    ) -> list[MatterEvent]:
        """The court decided, with an amount for every member. Raises NoSuit, and as `check_amounts` does."""
        self.check_involved(act, *GRANTED)
        suit = self.suits[-1] if self.suits else None
        if suit is None or suit.docket is None or suit.result is not None:
            raise NoSuit(case_id=self.case_id, expected="docketed and not decided")
        if result != SUIT_WITHDRAWN:
            check_amounts(amounts, awarded_fen, claims, self.facts.members)
        elif amounts or awarded_fen:
            raise SumDisagrees(found=awarded_fen, expected=0)
        return [
            LitigationJudged(
                **self._said(act.at),
                court=suit.court,
                docket=suit.docket,
                result=result,
                awarded_fen=awarded_fen,
                final=final,
            )
        ]

    # --- Referral, conclusion, evaluation ------------------------------------------------------------------

    def refer(
        self,
        act: Act,
        *,
        to: AgencyId,
        kind: AgencyKind,
        subject_matter: ReferralCode,
        legal_basis: LegalBasis,
        details: Sealed | None,
    ) -> list[MatterEvent]:
        """A part of the matter goes to the authority that is competent for it."""
        self.check_owner(act, *RECOVERING)
        return [
            ReferralMade(
                **self._said(act.at),
                to=to,
                kind=kind,
                subject_matter=subject_matter,
                legal_basis=legal_basis,
                details=details,
            )
        ]

    def conclude(self, act: Act, outcome: Outcome, claims: Sequence[Claim]) -> list[MatterEvent]:
        """The aid is done, by what was reached. Raises OutcomeNotReached."""
        self.check_owner(act, *GRANTED)
        if not self._reached(outcome):
            raise OutcomeNotReached(case_id=self.case_id, found=outcome)
        sums = sums_of(claims)
        return [
            MatterConcluded(
                **self._said(act.at),
                outcome=outcome,
                claimed_fen=sums.claimed_fen,
                determined_fen=sums.due_fen,
                recovered_fen=sums.recovered_fen,
            )
        ]

    def _reached(self, outcome: Outcome) -> bool:
        results = {suit.result for suit in self.suits}
        mediated = JudgmentResult("mediated")
        match outcome:
            case "agreement":
                return self.mediation is not None and self.mediation.agreed_fen is not None
            case "judgment":
                return bool(results - {None, mediated, SUIT_WITHDRAWN})
            case "court-mediation":
                return mediated in results
            case _:  # an open list: others leave no trace in a matter yet
                return True

    def evaluate(self, act: Act, grade: EvaluationGrade, satisfaction: int | None) -> list[MatterEvent]:
        """The work is evaluated, once it is concluded."""
        self.check_owner(act, MatterState.CONCLUDED)
        return [EvaluationCompleted(**self._said(act.at), grade=grade, satisfaction=satisfaction)]

    # --- Reactions: they never raise -----------------------------------------------------------------------

    def open_again(self, begun: CustodyBegun, law: Law, *, at: datetime) -> list[MatterEvent]:
        """The case came back, with a later epoch: the work begins anew."""
        return open_matter(begun, law, at=at) if begun.epoch > self.epoch else []

    def activate(self, placed: CustodyPlaced, *, at: datetime) -> list[MatterEvent]:
        """The owner shall act now."""
        waiting = self.state in (MatterState.DORMANT, MatterState.NOT_COMPETENT)
        if placed.epoch != self.epoch or not waiting:
            return []
        return [MatterActivated(case_id=self.case_id, at=at, agency=placed.owner, epoch=self.epoch)]

    def close(self, ended: CustodyEnded | ApplicationWithdrawn, *, at: datetime) -> list[MatterClosed]:
        """The case moved or was withdrawn: the owner stops working on it."""
        if self.state is MatterState.CLOSED or ended.epoch < self.epoch:
            return []
        moved = isinstance(ended, CustodyEnded) and ended.because == "transferred"
        return [MatterClosed(**self._said(at), because=MatterEnd("moved" if moved else "withdrawn"))]

    def breach(self, name: str, *, at: datetime) -> list[MatterEvent]:
        """A time limit passed: that is said, and the work goes on."""
        return [
            ClockBreached(**self._said(at), rule=rule, due_at=due_at)
            for running, rule, due_at in self._timers()
            if running == name and (rule, due_at) not in self.breaches
        ]

    # --- Folding -------------------------------------------------------------------------------------------

    @classmethod
    def opened(cls, event: MatterOpened) -> Self:
        return cls(case_id=event.case_id, agency=event.agency, epoch=event.epoch, facts=event.facts)

    def after(self, event: MatterEvent) -> Self:
        """This matter once the event has happened."""
        match event:
            case MatterOpened():
                return self.opened(event)
            case MatterActivated(agency=agency):
                return replace(self, agency=agency, state=MatterState.TO_ACCEPT)
            case MatterAccepted():
                return replace(self, state=MatterState.IN_REVIEW)
            case MatterNotCompetent():
                return replace(self, state=MatterState.NOT_COMPETENT)
            case ReviewStarted():
                return replace(self, aid=self.aid.after(event))
            case AidGranted():
                return replace(self, aid=self.aid.after(event), state=MatterState.TO_ASSIGN)
            case AssignmentMade():
                return replace(self, aid=self.aid.after(event), state=MatterState.IN_HAND)
            case ClockBreached(rule=rule, due_at=due_at):
                return replace(self, breaches=self.breaches | {(rule, due_at)})
            case MediationProposed():
                return replace(self, mediation=proposed(event, self.facts))
            case MediationSessionHeld() | MediationAgreed() | AgreementPerformed():
                return replace(self, mediation=self.mediation and self.mediation.after(event))
            case LitigationFiled(court=court):
                return replace(self, suits=(*self.suits, Suit(court=court)))
            case LitigationDocketed() | LitigationJudged():
                return replace(self, suits=(*self.suits[:-1], *(s.after(event) for s in self.suits[-1:])))
            case ReferralMade(subject_matter=subject_matter):
                return replace(self, referrals=(*self.referrals, subject_matter))
            case MatterConcluded(outcome=outcome):
                return replace(self, outcome=outcome, state=MatterState.CONCLUDED)
            case EvaluationCompleted(grade=grade):
                return replace(self, grade=grade, state=MatterState.EVALUATED)
            case MatterClosed():
                return replace(self, state=MatterState.CLOSED)


def open_matter(begun: CustodyBegun, law: Law, *, at: datetime) -> list[MatterEvent]:
    """The jurisdiction has the case. Its review runs from the receipt, whoever looks at it."""
    said: Said = {"case_id": begun.case_id, "at": at, "agency": begun.owner, "epoch": begun.epoch}
    received_at = begun.facts.received_at
    review = law.count(REVIEW, received_at)
    return [
        MatterOpened(**said, facts=begun.facts),
        ReviewStarted(
            **said,
            rule=REVIEW,
            review_by=review.due,
            version=law.rule(REVIEW, day_of(received_at)).version,
            provisional=review.provisional or None,
        ),
    ]

"""Matter: the work of the agency that owns a case, in one epoch of ownership."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from schemas.codes import EvaluationGrade, Outcome, ReferralCode
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, CaseId
from schemas.matters import (
    AgreementPerformed,
    AidGranted,
    AssignmentMade,
    ClockBreached,
    EvaluationCompleted,
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
from services.mediation.domain.acts import ACCEPTED, Act, MatterState, Said
from services.mediation.domain.aid import NOTHING_YET, Aid, AidEvent, clocked_aid
from services.mediation.domain.clocks import NO_CLOCKS, Clocks
from services.mediation.domain.errors import NotInvolved, NotPlaced, NotTheOwner, OutOfTurn, StaleEpoch
from services.mediation.domain.proceedings import (
    Mediation,
    MediationEvent,
    Suit,
    clocked_mediation,
    proposed,
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
    clocks: Clocks = NO_CLOCKS
    outcome: Outcome | None = None
    grade: EvaluationGrade | None = None

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """Time limits that run and have not been breached yet."""
        ticking = self.state in (MatterState.DORMANT, MatterState.TO_ACCEPT, *ACCEPTED)
        return self.clocks.due if ticking else {}

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

    def said(self, at: datetime) -> Said:
        return {"case_id": self.case_id, "at": at, "agency": self.agency, "epoch": self.epoch}

    def breach(self, name: str, *, at: datetime) -> list[MatterEvent]:
        """A time limit passed: that is said, and the work goes on."""
        clock = self.clocks.running(name)
        if clock is None or name not in self.due:
            return []
        return [ClockBreached(**self.said(at), rule=clock.limit.rule_id, due_at=clock.limit.due_at)]

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
            case ReviewStarted() | AidGranted() | AssignmentMade():
                return self._after_aid(event)
            case ClockBreached(rule=rule, due_at=due_at, at=at):
                return replace(self, clocks=self.clocks.breach(rule, due_at, at))
            case MediationProposed() | MediationSessionHeld() | MediationAgreed() | AgreementPerformed():
                return self._after_mediation(event)
            case LitigationFiled(court=court):
                return replace(self, suits=(*self.suits, Suit(court=court)))
            case LitigationDocketed() | LitigationJudged():
                return replace(self, suits=(*self.suits[:-1], *(s.after(event) for s in self.suits[-1:])))
            case ReferralMade(subject_matter=subject_matter):
                return replace(self, referrals=(*self.referrals, subject_matter))
            case MatterConcluded(outcome=outcome, at=at):
                stopped = self.clocks.stop_all(at)
                return replace(self, outcome=outcome, state=MatterState.CONCLUDED, clocks=stopped)
            case EvaluationCompleted(grade=grade):
                return replace(self, grade=grade, state=MatterState.EVALUATED)
            case MatterClosed(at=at):
                return replace(self, state=MatterState.CLOSED, clocks=self.clocks.stop_all(at))

    def _after_aid(self, event: AidEvent) -> Self:
        moved = replace(self, aid=self.aid.after(event), clocks=clocked_aid(self.clocks, event, self.facts))
        match event:
            case ReviewStarted():
                return moved
            case AidGranted():
                return replace(moved, state=MatterState.TO_ASSIGN)
            case AssignmentMade():
                return replace(moved, state=MatterState.IN_HAND)

    def _after_mediation(self, event: MediationEvent) -> Self:
        clocks = clocked_mediation(self.clocks, event, self.facts)
        if isinstance(event, MediationProposed):
            return replace(self, mediation=proposed(event), clocks=clocks)
        return replace(self, mediation=self.mediation and self.mediation.after(event), clocks=clocks)

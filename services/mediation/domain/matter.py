"""Matter: the work of the agency that owns a case, in one epoch of ownership."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Self

from law.deadlines import day_of
from law.limitation import Learned, facts_after
from schemas.codes import EffectiveCause, EvaluationGrade, Outcome, ReferralCode
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, CaseId, RuleId
from schemas.matters import (
    AgreementBreached,
    AgreementConsented,
    AgreementInstalmentPaid,
    AgreementPerformed,
    AgreementReduced,
    ArbitrationEffective,
    ArbitrationPartEffective,
    ClockBreached,
    EnforcementApplied,
    EvaluationCompleted,
    FollowUpRecorded,
    InspectionDisobeyed,
    LimitationStep,
    LitigationDocketed,
    LitigationFiled,
    LitigationFinal,
    LitigationJudged,
    MatterAccepted,
    MatterActivated,
    MatterAmended,
    MatterArchived,
    MatterClosed,
    MatterConcluded,
    MatterEvent,
    MatterNotCompetent,
    MatterOpened,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    OwnersAct,
    ProceedingAct,
    ReferralAnswered,
    ReferralMade,
    Remedy,
    RightLapsed,
    SettingAsideGranted,
    SuitNumber,
)
from services.mediation.domain.acts import OBJECTIONABLE, RECOVERING, Act, MatterState, Said
from services.mediation.domain.agreement import Agreement, clock_of, performed, scheduled, settles
from services.mediation.domain.agreement_courses import HAND_IN_BY
from services.mediation.domain.aid import NOTHING_YET, Aid, AidEvent, state_after
from services.mediation.domain.aid_clocks import clocked_aid
from services.mediation.domain.authority_courses import OBEY_BY
from services.mediation.domain.award_courses import PART_SUE_BY
from services.mediation.domain.clocks import NO_CLOCKS, Clocks
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.courses import CLOCKS, PASSED, STEPS
from services.mediation.domain.court_courses import APPEAL_BY, EXECUTE_BY, SUE_BY
from services.mediation.domain.errors import NotInvolved, NotPlaced, NotTheOwner, OutOfTurn, StaleEpoch
from services.mediation.domain.follow_up import FollowUp, follow_up_of
from services.mediation.domain.keys import clock_of as clock_named
from services.mediation.domain.keys import key_by_title, key_of, part_of
from services.mediation.domain.limitation import (
    KEPT,
    clocked_limitation,
    enforcement_clock,
    first_end,
    is_right,
    paid,
)
from services.mediation.domain.limitation import clock_of as clock_of_rule
from services.mediation.domain.proceeding import NO_PROCEEDINGS, Proceedings, clocked, met
from services.mediation.domain.proceedings import (
    SUIT_WITHDRAWN,
    Mediation,
    MediationEvent,
    Suit,
    SuitEvent,
    clocked_mediation,
    proposed,
)
from services.mediation.domain.referral import ReferralAnswer, answer_of
from services.mediation.domain.remedies import Opener, conditions_of, remedies
from services.mediation.domain.suit_clocks import ended_with, met_by_suit

NOT_SUED: Final = EffectiveCause("not-sued")
ENFORCEABLE: Final = (ProceedingState.NOTARISED, ProceedingState.CERTIFIED)


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
    answers: tuple[ReferralAnswer, ...] = ()
    """What the authorities answered."""
    follow_ups: tuple[FollowUp, ...] = ()
    """What the applicants said when they were asked afterwards."""
    proceedings: Proceedings = NO_PROCEEDINGS
    clocks: Clocks = NO_CLOCKS
    outcome: Outcome | None = None
    concluded_at: datetime | None = None
    grade: EvaluationGrade | None = None
    satisfaction: int | None = None
    """What the workers said of it, from 1 to 5, if they were reached."""

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """Time limits that run and have not been breached yet."""
        return {name: at for name, at in self.clocks.due.items() if self.ticks(name)}

    def ticks(self, name: str) -> bool:
        """Whether a clock runs where it stands; a right does as long as the case is here."""
        working = (MatterState.DORMANT, MatterState.TO_ACCEPT, *RECOVERING, *OBJECTIONABLE)
        return self.state in working or (self.state is MatterState.NOT_COMPETENT and is_right(name))

    @property
    def next_end(self) -> datetime | None:
        """When the time limit ends that ends first."""
        return min((at for name, at in self.clocks.ends.items() if self.ticks(name)), default=None)

    @property
    def agreement(self) -> Agreement | None:
        """What the parties agreed on, if they did."""
        return self.mediation.agreement if self.mediation else None

    def suit(self, number: SuitNumber | None) -> Suit | None:
        """The suit of that number; of the first and those of earlier releases, which bear none, the last."""
        return next((each for each in reversed(self.suits) if each.number == number), None)

    def stands(self, suit: Suit) -> ProceedingState:
        """Where its proceeding stands."""
        return self.proceedings.state(ProceedingKind.LITIGATION, suit.key)

    @property
    def runs_out_on(self) -> date | None:
        """The last day of the right of the applicants that runs out first."""
        first = first_end(self.clocks)
        return day_of(first.limit.due_at) if first else None

    @property
    def performed(self) -> bool:
        """Whether all of it is paid."""
        return self.mediation is not None and self.mediation.performed

    @property
    def silent(self) -> bool:
        """Whether the other side did not come to the last session, or did not pay what fell due."""
        breached = self.proceedings.state(ProceedingKind.AGREEMENT) is ProceedingState.BREACHED
        missed = self.mediation is not None and self.mediation.runs and self.mediation.party_absent
        return breached or missed

    @property
    def settled(self) -> bool:
        """Whether nobody has anything left to ask for."""
        return self.performed and self.agreement is not None and settles(self.agreement, self.facts)

    # --- Who may act ---------------------------------------------------------------------------------------

    def check_owner(self, act: Act, *states: MatterState) -> None:
        """The owner acts, now. Raises NotPlaced, StaleEpoch, NotTheOwner, OutOfTurn."""
        self.check_turn(act, states)
        if act.by != self.agency:
            raise NotTheOwner(case_id=self.case_id, expected=self.agency, found=act.by or "nobody")

    def check_involved(self, act: Act, *states: MatterState) -> None:
        """The owner acts, or somebody who works on the case with it. Raises NotInvolved, and as above."""
        self.check_turn(act, states)
        involved = {self.agency, *(assignment.organisation for assignment in self.aid.at_work)}
        if self.mediation:
            involved |= {self.mediation.committee, *self.mediation.partners}
        if act.by not in involved:
            raise NotInvolved(
                case_id=self.case_id, expected=", ".join(sorted(involved)), found=act.by or "nobody"
            )

    def check_present(self, act: Act) -> None:
        """Somebody who works on the case, wherever it stands, says what happened. Raises as above."""
        states = [each for each in MatterState if each not in (MatterState.CLOSED, MatterState.ARCHIVED)]
        if self.state is MatterState.DORMANT and (act.by, act.epoch) == (self.agency, self.epoch):
            return
        self.check_involved(act, *states)

    def check_step(self, act: Act, says: type[OwnersAct], key: str | None = None) -> None:
        """Somebody who works on the case takes a step in a proceeding. Raises OutOfCourse, and as above."""
        course, _ = STEPS[says]
        self.check_involved(act, *course.during)
        self.proceedings.check(says, key)

    def check_turn(self, act: Act, states: Sequence[MatterState]) -> None:
        """Whoever acts, the case is here and it is time. Raises NotPlaced, StaleEpoch, OutOfTurn."""
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
        return [
            ClockBreached(
                **self.said(at),
                rule=clock.limit.rule_id,
                due_at=clock.limit.due_at,
                remedies=self.opened_by(name) or None,
            )
        ]

    def opened_by(self, clock: str) -> tuple[Remedy, ...]:
        """The ways that are open to the workers once that clock has passed."""
        if clock.partition("/")[0] == EXECUTE_BY:
            return self.remedies(Opener.UNEXECUTED)
        _, step = PASSED.get(clock, (None, None))
        return self.remedies(step.opens) if step and step.opens else ()

    def remedies(self, by: Opener) -> tuple[Remedy, ...]:
        """The ways that something opens in this case."""
        confirmed, reviewed = (
            self.proceedings.state(kind) is ProceedingState.CONFIRMED
            for kind in (ProceedingKind.CONFIRMATION, ProceedingKind.ARBITRATION_REVIEW)
        )
        notarised = self.proceedings.state(ProceedingKind.NOTARISATION) in ENFORCEABLE
        holds = conditions_of(self.facts, confirmed=confirmed, reviewed=reviewed, notarised=notarised)
        return remedies(by, holds)

    # --- Folding -------------------------------------------------------------------------------------------

    @classmethod
    def opened(cls, event: MatterOpened) -> Self:
        return cls(case_id=event.case_id, agency=event.agency, epoch=event.epoch, facts=event.facts)

    def after(self, event: MatterEvent) -> Self:
        """This matter once the event has happened."""
        if isinstance(event, AidEvent):
            return self._after_aid(event)
        if isinstance(event, ProceedingAct):
            return self._after_proceeding(event)
        if isinstance(event, LimitationStep):
            return self._after_limitation(event)
        match event:
            case MatterOpened():
                return self.opened(event)
            case MatterAmended(facts=facts):
                return replace(self, facts=facts)
            case AgreementReduced():
                return replace(self, mediation=self.mediation and self.mediation.after(event))
            case MatterActivated(agency=agency):
                return replace(self, agency=agency, state=MatterState.TO_ACCEPT)
            case MatterAccepted():
                return replace(self, state=MatterState.IN_REVIEW)
            case MatterNotCompetent():
                return replace(self, state=MatterState.NOT_COMPETENT)
            case ClockBreached():
                return self._after_breach(event)
            case MediationProposed() | MediationSessionHeld() | MediationAgreed() | AgreementPerformed():
                return self._after_mediation(event)
            case LitigationFiled() | LitigationDocketed() | LitigationJudged():
                return self._after_suit(event)
            case ReferralMade(subject_matter=subject_matter):
                return replace(self, referrals=(*self.referrals, subject_matter))
            case ReferralAnswered():
                return replace(self, answers=(*self.answers, answer_of(event)))
            case FollowUpRecorded():
                return replace(self, follow_ups=(*self.follow_ups, follow_up_of(event)))
            case MatterConcluded(outcome=outcome, at=at, hand_in=hand_in):
                clocks = self.clocks.stop_all(at, but={*CLOCKS, *KEPT})
                clocks = clocks.start(HAND_IN_BY, hand_in, at) if hand_in else clocks
                concluded = replace(self, outcome=outcome, concluded_at=at, clocks=clocks)
                return replace(concluded, state=MatterState.CONCLUDED)
            case EvaluationCompleted(grade=grade, satisfaction=said):
                return replace(self, grade=grade, satisfaction=said, state=MatterState.EVALUATED)
            case MatterClosed(at=at):
                return replace(self, state=MatterState.CLOSED, clocks=self.clocks.stop_all(at))

    def _after_aid(self, event: AidEvent) -> Self:
        aid = self.aid.after(event)
        return replace(
            self,
            state=state_after(event, self.state, aid),
            aid=aid,
            clocks=clocked_aid(self.clocks, event, self.facts),
        )

    def _after_breach(self, event: ClockBreached) -> Self:
        passed = self.clocks.breach(event.rule, event.due_at, event.at)
        proceedings = self.proceedings
        for before, now in zip(self.clocks, passed, strict=True):
            proceedings = (
                proceedings.passed(now.name, event.at) if before.runs and not now.runs else proceedings
            )
        return replace(self, clocks=passed, proceedings=proceedings)

    def _after_suit(self, event: SuitEvent) -> Self:
        clocks = clocked(self.clocks, event)
        if isinstance(event, LitigationFiled):
            filed = Suit(
                court=event.court,
                filed_at=event.at,
                members=event.members,
                against=event.against,
                part=event.part,
                number=event.suit,
            )
            suits = (*self.suits, filed)
            # Who is not in a suit may still sue.
            clocks = (
                clocks
                if event.members
                else met(clocks, met_by_suit(clocks, event.against, event.part), event.at)
            )
        else:
            suits = self._suits_with(event.suit, lambda suit: suit.after(event))
        moved = replace(self, suits=suits, clocks=clocks, proceedings=self.proceedings.after(event))
        return moved._judged_instead(event.suit, event.at)

    def _suits_with(self, number: SuitNumber | None, change: Callable[[Suit], Suit]) -> tuple[Suit, ...]:
        changed = self.suit(number)
        return tuple(change(each) if each is changed else each for each in self.suits)

    def _judged_instead(self, number: SuitNumber | None, at: datetime) -> Self:
        """A final judgment over one award takes its place for those who sued; the other awards stand."""
        suit = self.suit(number)
        if suit is None or not suit.final or suit.against is None or suit.result == SUIT_WITHDRAWN:
            return self
        part = part_of(suit.against, suit.part)
        judged = replace(self, proceedings=self.proceedings.replaced_for(part, suit.members))
        award = judged.proceedings.award(part)
        if award and award.effective:
            return judged
        return replace(judged, clocks=judged.clocks.stop(enforcement_clock(key_by_title(part)), at))

    def _after_mediation(self, event: MediationEvent) -> Self:
        clocks = clocked_mediation(self.clocks, event, self.facts)
        if isinstance(event, MediationProposed):
            return replace(self, mediation=proposed(event, self.agreement), clocks=clocks)
        moved = self.mediation and self.mediation.after(event)
        agreement = moved.agreement if moved else None
        if agreement and isinstance(event, MediationAgreed):
            clocks = scheduled(clocks, agreement, event)
        if agreement and isinstance(event, AgreementPerformed):
            clocks = performed(clocks, agreement, event)
            clocks = paid(clocks, event.at, settled=settles(agreement, self.facts))
        return replace(self, mediation=moved, clocks=clocks, proceedings=self.proceedings.after(event))

    def _after_proceeding(self, event: ProceedingAct) -> Self:
        moved = replace(self, proceedings=self.proceedings.after(event), clocks=clocked(self.clocks, event))
        match event:
            case AgreementConsented():
                return moved._after_consent(event)
            case AgreementInstalmentPaid(instalment=number, at=at):
                return replace(moved, clocks=moved.clocks.meet(clock_of(number), at))
            case AgreementBreached(instalment=number, at=at):
                return replace(moved, clocks=moved.clocks.passed(clock_of(number), at))
            case InspectionDisobeyed(at=at):
                return replace(moved, clocks=moved.clocks.passed(OBEY_BY, at))
            case ArbitrationEffective(because=because, at=at) if because == NOT_SUED:
                return replace(moved, clocks=moved.clocks.lapse(SUE_BY, at))
            case ArbitrationPartEffective(because=because, at=at) if because == NOT_SUED:
                name = clock_named(PART_SUE_BY, key_of(event))
                return replace(moved, clocks=moved.clocks.lapse(name, at))
            case SettingAsideGranted(at=at, part=part):
                clocks = moved.clocks
                for name in ended_with(part):
                    clocks = clocks.stop(name, at)
                return replace(moved, clocks=clocks, proceedings=moved.proceedings.without_effect(part))
            case LitigationFinal(at=at, suit=number):
                suits = self._suits_with(number, lambda suit: suit.ended(event))
                clocks = moved.clocks.lapse(clock_named(APPEAL_BY, key_of(event)), at)
                return replace(moved, suits=suits, clocks=clocks)._judged_instead(number, at)
            case EnforcementApplied(at=at):
                return replace(moved, clocks=moved.clocks.meet(clock_of_rule(RuleId("enforcement")), at))
            case MatterArchived(at=at):
                return replace(moved, state=MatterState.ARCHIVED, clocks=moved.clocks.stop_all(at))
            case _:
                return moved

    def _after_limitation(self, event: LimitationStep) -> Self:
        facts = facts_after(self.facts, event) if isinstance(event, Learned) else self.facts
        moved = replace(self, clocks=clocked_limitation(self.clocks, event), facts=facts)
        if isinstance(event, RightLapsed):
            return replace(moved, proceedings=self.proceedings.passed(event.clock, event.at))
        return moved

    def _after_consent(self, event: AgreementConsented) -> Self:
        mediation = self.mediation and self.mediation.after(event)
        agreement = mediation.agreement if mediation else None
        clocks = scheduled(self.clocks, agreement, event) if agreement else self.clocks
        return replace(self, mediation=mediation, clocks=clocks)

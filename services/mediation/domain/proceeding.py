"""Each proceeding that was begun in a matter, and where it stands, as the courses say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from schemas.codes import EnforcementTitle, OrderEnd
from schemas.ids import AgencyId, ExternalRef, Fen, MemberId
from schemas.matters import (
    AdvanceExecutionApplied,
    ArbitrationAccepted,
    ArbitrationAwarded,
    ArbitrationEffective,
    ArbitrationExtended,
    ArbitrationFiled,
    ArbitrationPartEffective,
    ArbitrationPartlyAwarded,
    ArbitrationReviewApplied,
    ArbitrationReviewConfirmed,
    ConfirmationAccepted,
    ConfirmationApplied,
    ConfirmationConfirmed,
    EnforcementApplied,
    EnforcementSuspended,
    FileSubmitted,
    HearingSet,
    InspectionAccepted,
    InspectionDecided,
    InspectionExtended,
    InspectionReported,
    LitigationAppealed,
    LitigationDocketed,
    LitigationFiled,
    NotarisationApplied,
    NotarisationIssued,
    OwnersAct,
    PartNumber,
    PaymentOrderAccepted,
    PaymentOrderApplied,
    PaymentOrderLapsed,
    SettingAsideApplied,
    SuitNumber,
)
from services.mediation.domain.clocks import Clocks, ClockState
from services.mediation.domain.course import ProceedingKind, ProceedingState, Step
from services.mediation.domain.courses import PASSED, STEPS
from services.mediation.domain.errors import DisputeElsewhere, OutOfCourse
from services.mediation.domain.keys import FIRST, challenged_key, key_of, named, parted, suit_key, title_key

BY_CREDITOR: Final = frozenset({OrderEnd("withdrawn"), OrderEnd("sued")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding:
    """One proceeding."""

    kind: ProceedingKind
    begun_at: datetime
    state: ProceedingState = ProceedingState.NOTHING
    before: AgencyId | None = None
    """The court or commission that has it."""
    number: ExternalRef | None = None
    """Its number there."""
    since: datetime | None = None
    """Since when it stands where it stands."""
    accepted_at: datetime | None = None
    times: int = 0
    """How often the file was handed in."""
    proved: bool = False
    """Whether the proof of filing is kept."""
    extended: bool = False
    by_creditor: bool = False
    """Whether the creditor himself ended it."""
    final_award: bool = False
    effective: int = 0
    """For how many members the award is effective."""
    title: EnforcementTitle | None = None
    """What is enforced."""
    part: PartNumber | None = None
    """Which partial award it is, or is enforced."""
    suit: SuitNumber | None = None
    """Which suit it is, or whose judgment is enforced; None of the first."""
    ordered_fen: Fen = 0
    """What labour inspection ordered the employer to pay."""
    awarded_fen: Fen = 0
    """What an award gives all members, without the parts before it."""
    hearing_at: datetime | None = None
    """The day that is set for its hearing."""

    @property
    def key(self) -> str | None:
        """Which it is, where several of a kind run beside one another: what is enforced, or its number."""
        if self.title:
            return title_key(self.title, self.part, self.suit)
        if self.kind is ProceedingKind.LITIGATION:
            return suit_key(self.suit)
        if self.kind is ProceedingKind.SETTING_ASIDE:
            return challenged_key(self.part)
        return str(self.part or FIRST) if self.kind is ProceedingKind.PARTIAL_AWARD else None

    def after(self, event: OwnersAct, then: ProceedingState | None) -> Self:
        """This proceeding once the event has happened, which leads to a state or leaves it."""
        moved = replace(self, state=then, since=event.at) if then and then is not self.state else self
        match event:
            case FileSubmitted(submission=submission):
                return replace(moved, times=submission)
            case ArbitrationFiled(commission=commission, proof=proof):
                return replace(moved, before=commission, proved=proof is not None)
            case ArbitrationExtended() | InspectionExtended():
                return replace(moved, extended=True)
            case ArbitrationAwarded(docket=docket, final=final, awarded_fen=fen):
                return replace(moved, number=docket, final_award=final, awarded_fen=fen)
            case ArbitrationPartlyAwarded(docket=docket, final=final, awarded_fen=fen, part=part):
                return replace(moved, number=docket, final_award=final, awarded_fen=fen, part=part)
            case HearingSet(hearing_at=hearing_at):
                return replace(moved, hearing_at=hearing_at)
            case PaymentOrderLapsed(because=because):
                return replace(moved, by_creditor=because in BY_CREDITOR)
            case ArbitrationEffective() | ArbitrationPartEffective():
                return replace(moved, effective=moved.effective + 1)
            case _:
                return moved._heard(event)

    def _heard(self, event: OwnersAct) -> Self:
        """What a court or commission says of itself."""
        match event:
            case ConfirmationApplied(court=court) | PaymentOrderApplied(court=court):
                return replace(self, before=court)
            case LitigationFiled(court=court, suit=suit) | LitigationAppealed(court=court, suit=suit):
                return replace(self, before=court, suit=suit)
            case EnforcementApplied(court=court, title=title, part=part, suit=suit):
                return replace(self, before=court, title=title, part=part, suit=suit)
            case EnforcementSuspended(court=court, title=title, part=part):
                return replace(self, before=court, title=title, part=part)
            case ConfirmationAccepted(docket=docket) | PaymentOrderAccepted(docket=docket):
                return replace(self, number=docket, accepted_at=event.at)
            case ArbitrationAccepted(docket=docket) | LitigationDocketed(docket=docket):
                return replace(self, number=docket, accepted_at=event.at)
            case InspectionReported(inspectorate=body) | NotarisationApplied(notary=body):
                return replace(self, before=body)
            case SettingAsideApplied(court=body, part=part):
                return replace(self, before=body, part=part)
            case AdvanceExecutionApplied(commission=body):
                return replace(self, before=body)
            case InspectionDecided(ordered_fen=ordered_fen):
                return replace(self, ordered_fen=ordered_fen)
            case InspectionAccepted(docket=docket):
                return replace(self, number=docket, accepted_at=event.at)
            case NotarisationIssued(docket=docket):
                return replace(self, number=docket)
            case ArbitrationReviewApplied(commission=commission):
                return replace(self, before=commission)
            case ConfirmationConfirmed(docket=docket) | ArbitrationReviewConfirmed(docket=docket):
                return replace(self, number=docket)
            case _:
                return self


@dataclass(frozen=True, slots=True)
class Proceedings:
    """All proceedings of a matter, in the order in which they began."""

    all: tuple[Proceeding, ...] = ()

    def last(self, kind: ProceedingKind, key: str | None = None) -> Proceeding | None:
        """The one that counts: of each kind, or of that key, the last."""
        return next(
            (each for each in reversed(self.all) if each.kind is kind and key in (None, each.key)), None
        )

    def state(self, kind: ProceedingKind, key: str | None = None) -> ProceedingState:
        found = self.last(kind, key)
        return found.state if found else ProceedingState.NOTHING

    def number(self, kind: ProceedingKind) -> ExternalRef:
        """The number that the one has which was accepted."""
        found = self.last(kind)
        assert found is not None, f"no {kind} has begun"
        assert found.number is not None, f"the {kind} has no number"
        return found.number

    def body(self, kind: ProceedingKind, key: str | None = None) -> AgencyId:
        """The court or commission that has the one that is under way."""
        found = self.last(kind, key)
        assert found is not None, f"no {kind} has begun"
        assert found.before is not None, f"nobody has the {kind}"
        return found.before

    def of(self, kind: ProceedingKind) -> tuple[Proceeding, ...]:
        """All of a kind."""
        return tuple(each for each in self.all if each.kind is kind)

    def check(self, says: type[OwnersAct], key: str | None = None) -> None:
        """Whether that may happen now, to the one of that key. Raises OutOfCourse, DisputeElsewhere."""
        course, step = STEPS[says]
        here = (course.kind, step.at, key)
        for kind, at, which in (here, *((other.kind, other.at, None) for other in step.beside)):
            found = self.state(kind, which)
            if found not in at:
                raise OutOfCourse(proceeding=kind, found=found, expected=", ".join(at))
        if step.either and not any(self.state(other.kind) in other.at for other in step.either):
            first = step.either[0]
            raise OutOfCourse(
                proceeding=first.kind, found=self.state(first.kind), expected=", ".join(first.at)
            )
        for other in step.apart:
            found = self.state(other.kind)
            if found in other.at:
                raise DisputeElsewhere(proceeding=other.kind, found=found)

    def after(self, event: OwnersAct) -> Self:
        """The proceedings once the event has happened. Total: what is no step of any leaves them."""
        if type(event) not in STEPS:
            return self
        course, step = STEPS[type(event)]
        last = self.last(course.kind, key_of(event))
        if step.then is None and last is None:
            return self
        if step.anew or last is None:
            begun = Proceeding(kind=course.kind, begun_at=event.at)
            return replace(self, all=(*self.all, begun.after(event, step.then)))
        return self._with(last, last.after(event, step.then))

    def passed(self, clock: str, at: datetime) -> Self:
        """The proceedings once a clock has passed that moves one of them."""
        name, key = parted(clock)
        if name not in PASSED:
            return self
        course, step = PASSED[name]
        last = self.last(course.kind, key)
        if last is None or last.state not in step.at or step.then is None:
            return self
        return self._with(last, replace(last, state=step.then, since=at))

    def without_effect(self, part: PartNumber | None) -> Self:
        """The proceedings once an award is set aside: it is effective for nobody, and gives nothing."""
        last = self.award(part)
        return self._with(last, replace(last, effective=0, awarded_fen=0)) if last else self

    def replaced_for(self, part: PartNumber | None, members: Sequence[MemberId] | None) -> Self:
        """The proceedings once a judgment took the place of an award for some, or for all.

        Only a final award was effective for those who sued.
        """
        last = self.award(part)
        if last is None or not last.final_award:
            return self
        left = 0 if members is None else max(0, last.effective - len(members))
        return self._with(last, replace(last, effective=left))

    def award(self, part: PartNumber | None) -> Proceeding | None:
        """The arbitration that led to the award, or a partial award."""
        kind = ProceedingKind.PARTIAL_AWARD if part else ProceedingKind.ARBITRATION
        return self.last(kind, str(part) if part else None)

    def _with(self, last: Proceeding, now: Proceeding) -> Self:
        return replace(self, all=tuple(now if each is last else each for each in self.all))


NO_PROCEEDINGS: Final = Proceedings()


def clocked(clocks: Clocks, event: OwnersAct) -> Clocks:
    """What becomes of the clocks: the step says which are met and which is started, the event its end."""
    if type(event) not in STEPS:
        return clocks
    _, step = STEPS[type(event)]
    moved = met(clocks, (named(name, step, event) for name in step.meets), event.at)
    for name in step.stops:
        moved = moved.stop(named(name, step, event), event.at)
    moved = moved.pause(named(step.pauses, step, event), event.at) if step.pauses else moved
    return started(moved, step, event)


def met(clocks: Clocks, names: Iterable[str], at: datetime) -> Clocks:
    for name in names:
        clocks = clocks.meet(name, at)
    return clocks


def started(clocks: Clocks, step: Step, event: OwnersAct) -> Clocks:
    limit, since = getattr(event, "limit", None), getattr(event, step.starting) or event.at
    if step.starts and limit and step.extends:
        clocks = clocks.extend(named(step.starts, step, event), limit, event.at)
    elif step.starts and limit:
        name = named(step.starts, step, event)
        stands = clocks.open(name)
        paused = stands is not None and stands.state is ClockState.PAUSED
        clocks = clocks.resume(name, limit) if paused else clocks.start(name, limit, since)
    also = getattr(event, step.also.limit) if step.also else None
    return clocks.start(named(step.also.clock, step, event), also, since) if step.also and also else clocks

"""Each proceeding that was begun in a matter, and where it stands, as the courses say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    ConfirmationAccepted,
    ConfirmationApplied,
    ConfirmationConfirmed,
    FileSubmitted,
    OwnersAct,
)
from services.mediation.domain.clocks import Clocks
from services.mediation.domain.courses import STEPS, ProceedingKind, ProceedingState, Step
from services.mediation.domain.errors import OutOfCourse


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
    times: int = 0
    """How often the file was handed in."""

    def after(self, event: OwnersAct, then: ProceedingState | None) -> Self:
        """This proceeding once the event has happened, which leads to a state or leaves it."""
        moved = replace(self, state=then or self.state)
        match event:
            case ConfirmationApplied(court=court):
                return replace(moved, before=court)
            case ConfirmationAccepted(docket=docket) | ConfirmationConfirmed(docket=docket):
                return replace(moved, number=docket)
            case FileSubmitted(submission=submission):
                return replace(moved, times=submission)
            case _:
                return moved


@dataclass(frozen=True, slots=True)
class Proceedings:
    """All proceedings of a matter, in the order in which they began."""

    all: tuple[Proceeding, ...] = ()

    def last(self, kind: ProceedingKind) -> Proceeding | None:
        """The one that counts: of each kind the last."""
        return next((each for each in reversed(self.all) if each.kind is kind), None)

    def state(self, kind: ProceedingKind) -> ProceedingState:
        found = self.last(kind)
        return found.state if found else ProceedingState.NOTHING

    def body(self, kind: ProceedingKind) -> AgencyId:
        """The court or commission that has the one that is under way."""
        found = self.last(kind)
        assert found is not None, f"no {kind} has begun"
        assert found.before is not None, f"nobody has the {kind}"
        return found.before

    def check(self, says: type[OwnersAct]) -> None:
        """Whether that may happen now. Raises OutOfCourse."""
        course, step = STEPS[says]
        found = self.state(course.kind)
        if found not in step.at:
            raise OutOfCourse(proceeding=course.kind, found=found, expected=", ".join(step.at))

    def after(self, event: OwnersAct) -> Self:
        """The proceedings once the event has happened. Total: what is no step of any leaves them."""
        if type(event) not in STEPS:
            return self
        course, step = STEPS[type(event)]
        last = self.last(course.kind)
        if step.then is None and last is None:
            return self
        if step.anew or last is None:
            begun = Proceeding(kind=course.kind, begun_at=event.at)
            return replace(self, all=(*self.all, begun.after(event, step.then)))
        return replace(
            self, all=tuple(each.after(event, step.then) if each is last else each for each in self.all)
        )


NO_PROCEEDINGS: Final = Proceedings()


def clocked(clocks: Clocks, event: OwnersAct) -> Clocks:
    """What becomes of the clocks: the step says which are met and which is started, the event its end."""
    if type(event) not in STEPS:
        return clocks
    _, step = STEPS[type(event)]
    return started(met(clocks, step.meets, event.at), step, event)


def met(clocks: Clocks, names: Iterable[str], at: datetime) -> Clocks:
    for name in names:
        clocks = clocks.meet(name, at)
    return clocks


def started(clocks: Clocks, step: Step, event: OwnersAct) -> Clocks:
    limit = getattr(event, "limit", None)
    return clocks.start(step.starts, limit, event.at) if step.starts and limit else clocks

"""Aid as a part of a matter: its grants, and who is assigned."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self, TypeAlias

from schemas.codes import AidStage, AssigneeRole, CaseType, LegalBasis, MeansBasis, WorkerClass
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, Pseudonym, RuleId
from schemas.matters import (
    AidAdvanced,
    AidGranted,
    AidLapsed,
    AidRefused,
    AidRegularised,
    AidStep,
    AidTerminated,
    AssignmentAccepted,
    AssignmentMade,
    AssignmentReplaced,
    EngagementSigned,
    ObjectionDecided,
    ObjectionFiled,
    ReviewPaused,
    ReviewResumed,
    ReviewStarted,
)
from services.mediation.domain.acts import MatterState
from services.mediation.domain.errors import NotExempt
from services.mediation.domain.objection import CORRECTED, REFUSAL, Objection, filed
from services.mediation.domain.review import UNDECIDED, Review, ReviewState

REVIEW: Final = RuleId("review")
ASSIGNMENT: Final = RuleId("assignment")
MEDIATOR: Final = AssigneeRole("mediator")

# Legal Aid Law Art. 42(3). A death at work is a work injury; for any other death, means are checked.
EXEMPT: Final = {
    MeansBasis("exempt-pay"): frozenset({CaseType("wage-arrears")}),
    MeansBasis("exempt-work-injury"): frozenset({CaseType("work-injury"), CaseType("death-compensation")}),
}
NOT_MIGRANT: Final = WorkerClass("other")

AidEvent: TypeAlias = ReviewStarted | AidGranted | AssignmentMade | AidStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Aid for one stage."""

    stage: AidStage
    means: MeansBasis
    legal_basis: LegalBasis | None = None
    granted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """Aid for one stage before its review is decided."""

    stage: AidStage
    regularised: bool = False
    """Whether the papers are in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Somebody who works on the case."""

    assignee: Pseudonym
    role: AssigneeRole
    organisation: AgencyId
    stage: AidStage
    made_at: datetime | None = None
    engage_by: datetime | None = None
    """By when the workers are to sign; None of a mediator, whom nobody engages."""
    accepted: bool = False
    engaged: bool = False
    """Whether the workers signed."""
    ended: bool = False
    """He does not work on it any more; whose side he stood on does not change by that."""


def assignment_of(event: AssignmentMade | AssignmentReplaced) -> Assignment:
    """The assignment that an event makes."""
    return Assignment(
        assignee=event.assignee,
        role=event.role,
        organisation=event.organisation,
        stage=event.stage,
        made_at=event.at,
        engage_by=event.limit.due_at if event.limit else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """What was decided, and who does it."""

    review: Review = UNDECIDED
    grants: tuple[Grant, ...] = ()
    advances: tuple[Advance, ...] = ()
    """Those that stand, and are not granted yet."""
    assignments: tuple[Assignment, ...] = ()
    objection: Objection | None = None
    """To the latest refusal or termination."""

    @property
    def stages(self) -> tuple[AidStage, ...]:
        """What aid is granted for."""
        return tuple(grant.stage for grant in self.grants)

    @property
    def covered(self) -> tuple[AidStage, ...]:
        """What may be worked on: by a grant, or in advance."""
        return (*self.stages, *(advance.stage for advance in self.advances))

    @property
    def at_work(self) -> tuple[Assignment, ...]:
        """Who works on the case now."""
        return tuple(assignment for assignment in self.assignments if not assignment.ended)

    def advance(self, stage: AidStage) -> Advance | None:
        """The advance for a stage that stands."""
        return next((each for each in self.advances if each.stage == stage), None)

    def assigned_to(self, stage: AidStage) -> bool:
        """Whether somebody works on a stage."""
        return any(assignment.stage == stage for assignment in self.at_work)

    @property
    def representatives(self) -> frozenset[Pseudonym]:
        """Who stands for the workers."""
        return frozenset(a.assignee for a in self.assignments if a.role != MEDIATOR)

    @property
    def mediators(self) -> frozenset[Pseudonym]:
        """Who was assigned to mediate."""
        return frozenset(a.assignee for a in self.assignments if a.role == MEDIATOR)

    def after(self, event: AidEvent) -> Self:
        """This aid once the event has happened."""
        match event:
            case ReviewStarted():
                return self
            case AidGranted(stage=stage, means=means, legal_basis=basis, at=at):
                review = replace(self.review, state=ReviewState.GRANTED)
                granted = replace(self, review=review, advances=self._advances_but(stage))
                grant = Grant(stage=stage, means=means, legal_basis=basis, granted_at=at)
                return replace(granted, grants=(*self.grants, grant))
            case AssignmentMade():
                return replace(self, assignments=(*self.assignments, assignment_of(event)))
            case AssignmentAccepted(assignment=number):
                return self._with(number, lambda found: replace(found, accepted=True))
            case EngagementSigned(assignment=number):
                return self._with(number, lambda found: replace(found, engaged=True))
            case AssignmentReplaced(ended=number):
                stopped = self._with(number, lambda found: replace(found, ended=True))
                return replace(stopped, assignments=(*stopped.assignments, assignment_of(event)))
            case ReviewPaused() | ReviewResumed():
                return replace(self, review=self.review.after(event))
            case AidAdvanced(stage=stage):
                return replace(self, advances=(*self._advances_but(stage), Advance(stage=stage)))
            case AidRegularised(stage=stage):
                regular = Advance(stage=stage, regularised=True)
                return replace(self, advances=(*self._advances_but(stage), regular))
            case AidLapsed(stage=stage):
                left = tuple(replace(a, ended=True) if a.stage == stage else a for a in self.assignments)
                return replace(self, advances=self._advances_but(stage), assignments=left)
            case AidRefused():
                return replace(self, review=self.review.refused(event), advances=(), objection=None)
            case AidTerminated():
                return replace(self, advances=(), objection=None)
            case ObjectionFiled():
                return replace(self, objection=filed(event))
            case ObjectionDecided():
                return self._after_objection(event)

    def _with(self, number: int, change: Callable[[Assignment], Assignment]) -> Self:
        numbered = enumerate(self.assignments, start=1)
        return replace(self, assignments=tuple(change(a) if n == number else a for n, a in numbered))

    def _advances_but(self, stage: AidStage) -> tuple[Advance, ...]:
        return tuple(each for each in self.advances if each.stage != stage)

    def _after_objection(self, event: ObjectionDecided) -> Self:
        """What is corrected is open again: a refusal is to be reviewed anew."""
        reopened = event.result == CORRECTED and event.against == REFUSAL
        review = replace(self.review, state=ReviewState.OPEN) if reopened else self.review
        return replace(self, review=review, objection=self.objection and self.objection.after(event))


NOTHING_YET: Final = Aid()


def state_after(event: AidEvent, state: MatterState, aid: Aid) -> MatterState:
    """Where a matter stands then; `aid` is what the event made of it."""
    match event:
        case (
            ReviewStarted()
            | ReviewPaused()
            | ReviewResumed()
            | AidRegularised()
            | AssignmentAccepted()
            | EngagementSigned()
            | ObjectionFiled()
        ):
            return state
        case AidGranted(stage=stage) | AidAdvanced(stage=stage):
            return MatterState.IN_HAND if aid.assigned_to(stage) else MatterState.TO_ASSIGN
        case AidLapsed():
            return working(aid) if aid.covered else MatterState.IN_REVIEW
        case AssignmentMade() | AssignmentReplaced():
            return MatterState.IN_HAND
        case AidRefused():
            return MatterState.REFUSED
        case AidTerminated():
            return MatterState.TERMINATED
        case ObjectionDecided(result=result, against=against):
            if result != CORRECTED:
                return state
            return MatterState.IN_REVIEW if against == REFUSAL else working(aid)


def working(aid: Aid) -> MatterState:
    """Where a matter stands whose aid goes on."""
    return MatterState.IN_HAND if aid.at_work else MatterState.TO_ASSIGN


def check_means(means: MeansBasis, facts: CaseFacts) -> None:
    """Claims for pay and work injury of migrant workers alone skip the check of means. Raises NotExempt."""
    exempt = EXEMPT.get(means)
    if exempt is not None and (facts.case_type not in exempt or facts.worker_class == NOT_MIGRANT):
        raise NotExempt(
            found=facts.case_type,
            worker_class=facts.worker_class,
            means=means,
            expected=", ".join(sorted(exempt)),
        )

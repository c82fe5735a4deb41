"""Aid as a part of a matter: its grants, and who is assigned."""

from dataclasses import dataclass, replace
from typing import Final, Self, TypeAlias

from schemas.codes import AidStage, AssigneeRole, CaseType, MeansBasis, WorkerClass
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, Pseudonym, RuleId
from schemas.matters import (
    AidGranted,
    AidRefused,
    AidStep,
    AidTerminated,
    AssignmentMade,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Somebody who works on the case."""

    assignee: Pseudonym
    role: AssigneeRole
    organisation: AgencyId
    stage: AidStage


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """What was decided, and who does it."""

    review: Review = UNDECIDED
    grants: tuple[Grant, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    objection: Objection | None = None
    """To the latest refusal or termination."""

    @property
    def stages(self) -> tuple[AidStage, ...]:
        """What aid is granted for."""
        return tuple(grant.stage for grant in self.grants)

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
            case AidGranted(stage=stage, means=means):
                review = replace(self.review, state=ReviewState.GRANTED)
                return replace(self, review=review, grants=(*self.grants, Grant(stage=stage, means=means)))
            case AssignmentMade(assignee=assignee, role=role, organisation=organisation, stage=stage):
                made = Assignment(assignee=assignee, role=role, organisation=organisation, stage=stage)
                return replace(self, assignments=(*self.assignments, made))
            case ReviewPaused() | ReviewResumed():
                return replace(self, review=self.review.after(event))
            case AidRefused():
                return replace(self, review=replace(self.review, state=ReviewState.REFUSED), objection=None)
            case AidTerminated():
                return replace(self, objection=None)
            case ObjectionFiled():
                return replace(self, objection=filed(event))
            case ObjectionDecided():
                return self._after_objection(event)

    def _after_objection(self, event: ObjectionDecided) -> Self:
        """What is corrected is open again: a refusal is to be reviewed anew."""
        reopened = event.result == CORRECTED and event.against == REFUSAL
        review = replace(self.review, state=ReviewState.OPEN) if reopened else self.review
        return replace(self, review=review, objection=self.objection and self.objection.after(event))


NOTHING_YET: Final = Aid()


def state_after(event: AidEvent, state: MatterState, aid: Aid) -> MatterState:
    """Where a matter with this aid stands then."""
    match event:
        case ReviewStarted() | ReviewPaused() | ReviewResumed() | ObjectionFiled():
            return state
        case AidGranted():
            return MatterState.TO_ASSIGN
        case AssignmentMade():
            return MatterState.IN_HAND
        case AidRefused():
            return MatterState.REFUSED
        case AidTerminated():
            return MatterState.TERMINATED
        case ObjectionDecided(result=result, against=against):
            if result != CORRECTED:
                return state
            at_work = MatterState.IN_HAND if aid.assignments else MatterState.TO_ASSIGN
            return MatterState.IN_REVIEW if against == REFUSAL else at_work


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

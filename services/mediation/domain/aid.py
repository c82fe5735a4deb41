"""Aid as a part of a matter: its grants, and who is assigned."""

from dataclasses import dataclass, replace
from typing import Final, Self, TypeAlias

from schemas.codes import AidStage, AssigneeRole, CaseType, MeansBasis, WorkerClass
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, Pseudonym, RuleId
from schemas.matters import AidGranted, AidStep, AssignmentMade, ReviewPaused, ReviewResumed, ReviewStarted
from services.mediation.domain.acts import MatterState
from services.mediation.domain.errors import NotExempt
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


NOTHING_YET: Final = Aid()


def state_after(event: AidEvent, state: MatterState) -> MatterState:
    """Where the matter stands then."""
    match event:
        case ReviewStarted() | ReviewPaused() | ReviewResumed():
            return state
        case AidGranted():
            return MatterState.TO_ASSIGN
        case AssignmentMade():
            return MatterState.IN_HAND


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

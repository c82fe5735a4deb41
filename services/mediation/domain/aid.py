"""Aid as a part of a matter: its grants, and who is assigned."""

from dataclasses import dataclass, replace
from typing import Final, Self, TypeAlias

from schemas.codes import AidStage, AssigneeRole, CaseType, MeansBasis, WorkerClass
from schemas.facts import CaseFacts, TimeLimit
from schemas.ids import AgencyId, Pseudonym, RuleId, RuleVersion
from schemas.matters import AidGranted, AssignmentMade, ReviewStarted
from services.mediation.domain.clocks import Clocks
from services.mediation.domain.errors import NotExempt

REVIEW: Final = RuleId("review")
ASSIGNMENT: Final = RuleId("assignment")
REVIEW_BY: Final = "review_by"
MEDIATOR: Final = AssigneeRole("mediator")

# Legal Aid Law Art. 42(3). A death at work is a work injury; for any other death, means are checked.
EXEMPT: Final = {
    MeansBasis("exempt-pay"): frozenset({CaseType("wage-arrears")}),
    MeansBasis("exempt-work-injury"): frozenset({CaseType("work-injury"), CaseType("death-compensation")}),
}
NOT_MIGRANT: Final = WorkerClass("other")

AidEvent: TypeAlias = ReviewStarted | AidGranted | AssignmentMade


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
                return replace(self, grants=(*self.grants, Grant(stage=stage, means=means)))
            case AssignmentMade(assignee=assignee, role=role, organisation=organisation, stage=stage):
                made = Assignment(assignee=assignee, role=role, organisation=organisation, stage=stage)
                return replace(self, assignments=(*self.assignments, made))


NOTHING_YET: Final = Aid()


def clocked_aid(clocks: Clocks, event: AidEvent, facts: CaseFacts) -> Clocks:
    """What becomes of the clocks of review and assignment."""
    match event:
        case ReviewStarted(rule=rule, version=version, review_by=by, provisional=provisional):
            # From the receipt, whoever reviews, and however often the case has moved since.
            limit = TimeLimit(rule=version or RuleVersion(rule), due_at=by, provisional=provisional)
            return clocks.start(REVIEW_BY, limit, facts.received_at)
        case AidGranted(stage=stage, at=at):
            decided = clocks.meet(REVIEW_BY, at)
            if event.assign_by is None:
                return decided
            counted_by = event.version or RuleVersion(event.assign_rule or ASSIGNMENT)
            limit = TimeLimit(rule=counted_by, due_at=event.assign_by, provisional=event.provisional)
            return decided.start(f"assign_by/{stage}", limit, at)
        case AssignmentMade(stage=stage, at=at):
            return clocks.meet(f"assign_by/{stage}", at)


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

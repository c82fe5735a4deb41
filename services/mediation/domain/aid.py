"""Aid as a part of a matter: its review, its grants, and who is assigned."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self, TypeAlias

from schemas.codes import AidStage, AssigneeRole, CaseType, MeansBasis, WorkerClass
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, Pseudonym, RuleId, RuleVersion
from schemas.matters import AidGranted, AssignmentMade, ReviewStarted
from services.mediation.domain.errors import NotExempt

REVIEW: Final = RuleId("review")
ASSIGNMENT: Final = RuleId("assignment")
MEDIATOR: Final = AssigneeRole("mediator")

# Legal Aid Law Art. 42(3). A death at work is a work injury; for any other death, means are checked.
EXEMPT: Final = {
    MeansBasis("exempt-pay"): frozenset({CaseType("wage-arrears")}),
    MeansBasis("exempt-work-injury"): frozenset({CaseType("work-injury"), CaseType("death-compensation")}),
}
NOT_MIGRANT: Final = WorkerClass("other")

AidEvent: TypeAlias = ReviewStarted | AidGranted | AssignmentMade


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review that runs, or has run."""

    rule: RuleId
    review_by: datetime
    version: RuleVersion | None = None
    provisional: bool = False
    """`review_by` may move: it reaches into a year whose holidays are not published yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Aid for one stage."""

    stage: AidStage
    means: MeansBasis
    assign_by: datetime | None
    assigned: bool = False


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

    review: Review | None = None
    grants: tuple[Grant, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    @property
    def timers(self) -> Iterator[tuple[str, RuleId, datetime]]:
        """Name, rule and end of each time limit that runs."""
        if self.review and not self.grants:
            yield "review_by", self.review.rule, self.review.review_by
        for grant in self.grants:
            if grant.assign_by and not grant.assigned:
                yield f"assign_by/{grant.stage}", ASSIGNMENT, grant.assign_by

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
                review = Review(
                    rule=event.rule,
                    review_by=event.review_by,
                    version=event.version,
                    provisional=bool(event.provisional),
                )
                return replace(self, review=review)
            case AidGranted(stage=stage, means=means, assign_by=assign_by):
                grant = Grant(stage=stage, means=means, assign_by=assign_by)
                return replace(self, grants=(*self.grants, grant))
            case AssignmentMade(assignee=assignee, role=role, organisation=organisation, stage=stage):
                made = Assignment(assignee=assignee, role=role, organisation=organisation, stage=stage)
                grants = tuple(replace(g, assigned=g.assigned or g.stage == stage) for g in self.grants)
                return replace(self, grants=grants, assignments=(*self.assignments, made))


NOTHING_YET: Final = Aid()


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

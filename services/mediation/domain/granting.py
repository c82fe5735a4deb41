"""Accepts an application, finds another agency competent, grants aid."""

from law.book import Law
from law.limits import limit_of
from schemas.codes import AidStage, LegalBasis, MeansBasis, RejectionCode
from schemas.ids import AgencyId
from schemas.matters import AidGranted, MatterAccepted, MatterEvent, MatterNotCompetent
from services.mediation.domain.acts import GRANTABLE, Act, MatterState
from services.mediation.domain.aid import ASSIGNMENT, check_means
from services.mediation.domain.errors import AlreadyGranted
from services.mediation.domain.matter import Matter
from services.mediation.domain.reviewing import running


def accept(matter: Matter, act: Act) -> list[MatterEvent]:
    """The owner accepts the application."""
    matter.check_owner(act, MatterState.TO_ACCEPT)
    return [MatterAccepted(**matter.said(act.at))]


def find_not_competent(
    matter: Matter, act: Act, code: RejectionCode, legal_basis: LegalBasis, proposed: AgencyId | None
) -> list[MatterEvent]:
    """The owner finds that another agency is competent."""
    matter.check_owner(act, MatterState.TO_ACCEPT, MatterState.IN_REVIEW)
    return [MatterNotCompetent(**matter.said(act.at), code=code, legal_basis=legal_basis, proposed=proposed)]


def grant(
    matter: Matter, act: Act, stage: AidStage, means: MeansBasis, legal_basis: LegalBasis, law: Law
) -> list[MatterEvent]:
    """Aid is granted for one stage. Raises AlreadyGranted, NotExempt, ReviewStandsStill."""
    matter.check_owner(act, *GRANTABLE)
    if not matter.aid.review.decided:
        running(matter)
    if stage in matter.aid.stages:
        raise AlreadyGranted(stage=stage)
    check_means(means, matter.facts)
    limit = None if matter.aid.assigned_to(stage) else limit_of(ASSIGNMENT, act.at, law)
    return [
        AidGranted(
            **matter.said(act.at),
            stage=stage,
            means=means,
            legal_basis=legal_basis,
            assign_by=limit.due_at if limit else None,
            assign_rule=limit.rule_id if limit else None,
            version=limit.rule if limit else None,
            provisional=limit.provisional if limit else None,
        )
    ]

"""Accepts an application, finds another agency competent, grants aid and assigns who gives it."""

from law.book import Law
from schemas.codes import AidStage, AssigneeRole, LegalBasis, MeansBasis, RejectionCode
from schemas.ids import AgencyId, Pseudonym
from schemas.matters import AidGranted, AssignmentMade, MatterAccepted, MatterEvent, MatterNotCompetent
from services.mediation.domain.acts import ACCEPTED, GRANTED, Act, MatterState
from services.mediation.domain.aid import ASSIGNMENT, MEDIATOR, check_means
from services.mediation.domain.clocks import limit_of
from services.mediation.domain.errors import AlreadyGranted, BothSides, NotGranted
from services.mediation.domain.matter import Matter


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
    """Aid is granted for one stage. Raises AlreadyGranted, NotExempt."""
    matter.check_owner(act, *ACCEPTED)
    if stage in matter.aid.stages:
        raise AlreadyGranted(stage=stage)
    check_means(means, matter.facts)
    limit = limit_of(ASSIGNMENT, act.at, law)
    return [
        AidGranted(
            **matter.said(act.at),
            stage=stage,
            means=means,
            legal_basis=legal_basis,
            assign_by=limit.due_at,
            assign_rule=limit.rule_id,
            version=limit.rule,
            provisional=limit.provisional,
        )
    ]


def assign(
    matter: Matter,
    act: Act,
    *,
    assignee: Pseudonym,
    role: AssigneeRole,
    organisation: AgencyId,
    stage: AidStage,
) -> list[MatterEvent]:
    """Somebody is to work on the case. Raises NotGranted, BothSides."""
    matter.check_owner(act, *GRANTED)
    if stage not in matter.aid.stages:
        raise NotGranted(found=stage, expected=", ".join(matter.aid.stages))
    mediating = {matter.mediation.mediator if matter.mediation else None, *matter.aid.mediators}
    if assignee in (matter.aid.representatives if role == MEDIATOR else mediating):
        raise BothSides(found=assignee)
    return [
        AssignmentMade(
            **matter.said(act.at), assignee=assignee, role=role, organisation=organisation, stage=stage
        )
    ]

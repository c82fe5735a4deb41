"""Who works on a case: assigned by the owner, taking it on, engaged by the workers, replaced."""

from typing import Annotated

from fastapi import Path

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import (
    AID_STAGES,
    ASSIGNEE_ROLES,
    CONFLICTS,
    REPLACEMENTS,
    AidStage,
    AssigneeRole,
    ConflictCode,
    ReplacementCode,
)
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, Pseudonym
from services.mediation.api import HELPERS, OFFICE, Command, HelperName, Prose, act, keep, named
from services.mediation.domain import assigning
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "assign_helper": OFFICE,
    "accept_assignment": HELPERS,
    "sign_engagement": HELPERS,
    "replace_helper": OFFICE,
}

Number = Annotated[int, Path(ge=1, le=1000)]
"""Which assignment of the owner, from 1."""


class HelperBody(Command):
    """Who is to work on the case."""

    assignee: Pseudonym
    name: HelperName | None = None
    role: Annotated[AssigneeRole, entered(ASSIGNEE_ROLES)]
    organisation: AgencyId


class AssignmentBody(HelperBody):
    """And on which stage."""

    stage: Annotated[AidStage, entered(AID_STAGES)]


class AcceptedBody(Command):
    """What interest in the employer he declares; whoever has one does not take the case on."""

    declared: Annotated[ConflictCode, entered(CONFLICTS)]


class EngagementBody(Command):
    """The power of attorney."""

    power: Prose | None = None


class ReplacementBody(HelperBody):
    """Who takes his place, and why."""

    code: Annotated[ReplacementCode, entered(REPLACEMENTS)]


@router.post("/cases/{case_id}/assignments", status_code=201)
async def assign_helper(case_id: CaseId, body: AssignmentBody, who: Who, uow: Uow) -> Matter:
    """Assign somebody to a stage."""
    matter = uow.expect(Matter, case_id)
    made = assigning.assign(
        matter,
        act(body, who, uow),
        assignee=body.assignee,
        name=named(body.assignee, body.name, uow),
        role=body.role,
        organisation=body.organisation,
        stage=body.stage,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    return uow.emit(matter, made, legal_basis="LAL-43")


@router.post("/cases/{case_id}/assignments/{number}/acceptance", status_code=201)
async def accept_assignment(
    case_id: CaseId, number: Number, body: AcceptedBody, who: Who, uow: Uow
) -> Matter:
    """Take an assignment on, declaring that no interest stands against it."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, assigning.accept(matter, act(body, who, uow), number, body.declared))


@router.post("/cases/{case_id}/assignments/{number}/engagement", status_code=201)
async def sign_engagement(
    case_id: CaseId, number: Number, body: EngagementBody, who: Who, uow: Uow
) -> Matter:
    """Record that the workers signed the engagement."""
    matter = uow.expect(Matter, case_id)
    power = keep(f"power-of-attorney-{number}", body.power, uow)
    signed = assigning.sign(matter, act(body, who, uow), number, power)
    return uow.emit(matter, signed, legal_basis="LA-PROCEDURE-2023-27")


@router.post("/cases/{case_id}/assignments/{number}/replacement", status_code=201)
async def replace_helper(
    case_id: CaseId, number: Number, body: ReplacementBody, who: Who, uow: Uow
) -> Matter:
    """Assign somebody else; the earlier one stops."""
    matter = uow.expect(Matter, case_id)
    replaced = assigning.reassign(
        matter,
        act(body, who, uow),
        number,
        body.code,
        assignee=body.assignee,
        name=named(body.assignee, body.name, uow),
        role=body.role,
        organisation=body.organisation,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    return uow.emit(matter, replaced, legal_basis="LAL-43")

"""Assigns who works on a case: he takes it on, is engaged, or is replaced. Nobody stands on two sides."""

from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import AidStage, AssigneeRole, ConflictCode, ReplacementCode
from schemas.facts import TimeLimit
from schemas.fields import Sealed
from schemas.ids import AgencyId, Pseudonym, RuleId
from schemas.matters import (
    AssignmentAccepted,
    AssignmentMade,
    AssignmentReplaced,
    EngagementSigned,
    MatterEvent,
)
from services.mediation.domain.acts import GRANTED, Act
from services.mediation.domain.aid import MEDIATOR, Assignment
from services.mediation.domain.errors import (
    BothSides,
    ConflictDeclared,
    NoAssignment,
    NotEngaged,
    NotGranted,
    NotInvolved,
    SameAssignee,
)
from services.mediation.domain.matter import Matter

ENGAGEMENT: Final = RuleId("engagement")
NO_CONFLICT: Final = ConflictCode("none")


def assign(
    matter: Matter,
    act: Act,
    *,
    assignee: Pseudonym,
    role: AssigneeRole,
    organisation: AgencyId,
    stage: AidStage,
    law: Law,
    name: Sealed | None = None,
) -> list[MatterEvent]:
    """Somebody is to work on the case. Raises NotGranted, BothSides."""
    matter.check_owner(act, *GRANTED)
    if stage not in matter.aid.covered:
        raise NotGranted(found=stage, expected=", ".join(matter.aid.covered))
    check_sides(matter, assignee, role)
    return [
        AssignmentMade(
            **matter.said(act.at),
            assignee=assignee,
            role=role,
            organisation=organisation,
            stage=stage,
            assignment=next_number(matter),
            limit=engagement_limit(role, act, law),
            name=name,
        )
    ]


def accept(matter: Matter, act: Act, number: int, declared: ConflictCode) -> list[MatterEvent]:
    """He takes it on. Raises NoAssignment, NotInvolved, ConflictDeclared."""
    matter.check_turn(act, GRANTED)
    found = current(matter, number)
    check_his(matter, act, found)
    if found.accepted:
        raise NoAssignment(found=number, expected="not taken on yet")
    if declared != NO_CONFLICT:
        raise ConflictDeclared(found=declared, number=number)
    return [
        AssignmentAccepted(**matter.said(act.at), assignment=number, stage=found.stage, declared=declared)
    ]


def sign(matter: Matter, act: Act, number: int, power: Sealed | None) -> list[MatterEvent]:
    """The workers engaged him. Raises NoAssignment, NotInvolved, NotEngaged."""
    matter.check_turn(act, GRANTED)
    found = current(matter, number)
    check_his(matter, act, found)
    if found.role == MEDIATOR:
        raise NotEngaged(number=number)
    if found.engaged:
        raise NoAssignment(found=number, expected="not engaged yet")
    return [EngagementSigned(**matter.said(act.at), assignment=number, stage=found.stage, power=power)]


def reassign(
    matter: Matter,
    act: Act,
    number: int,
    code: ReplacementCode,
    *,
    assignee: Pseudonym,
    role: AssigneeRole,
    organisation: AgencyId,
    law: Law,
    name: Sealed | None = None,
) -> list[MatterEvent]:
    """Somebody else takes his place. Raises NoAssignment, SameAssignee, BothSides."""
    matter.check_owner(act, *GRANTED)
    found = current(matter, number)
    if assignee == found.assignee:
        raise SameAssignee(found=assignee)
    check_sides(matter, assignee, role)
    return [
        AssignmentReplaced(
            **matter.said(act.at),
            ended=number,
            code=code,
            assignment=next_number(matter),
            assignee=assignee,
            role=role,
            organisation=organisation,
            stage=found.stage,
            limit=engagement_limit(role, act, law),
            name=name,
        )
    ]


def check_sides(matter: Matter, assignee: Pseudonym, role: AssigneeRole) -> None:
    """Who ever stood for the workers never mediates, and the other way round. Raises BothSides."""
    mediating = {matter.mediation.mediator if matter.mediation else None, *matter.aid.mediators}
    if assignee in (matter.aid.representatives if role == MEDIATOR else mediating):
        raise BothSides(found=assignee)


def check_his(matter: Matter, act: Act, assignment: Assignment) -> None:
    """His organisation says it, or the owner for it. Raises NotInvolved."""
    his = (matter.agency, assignment.organisation)
    if act.by not in his:
        raise NotInvolved(case_id=matter.case_id, expected=", ".join(his), found=act.by or "nobody")


def current(matter: Matter, number: int) -> Assignment:
    """The assignment of that number, which has not ended. Raises NoAssignment."""
    made = matter.aid.assignments
    if not 1 <= number <= len(made) or made[number - 1].ended:
        raise NoAssignment(found=number, expected="made and not ended")
    return made[number - 1]


def next_number(matter: Matter) -> int:
    return len(matter.aid.assignments) + 1


def engagement_limit(role: AssigneeRole, act: Act, law: Law) -> TimeLimit | None:
    """Nobody engages a mediator."""
    return None if role == MEDIATOR else limit_of(ENGAGEMENT, act.at, law)

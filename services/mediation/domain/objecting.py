"""Objects to a refusal or a termination: the applicants do, and the justice bureau decides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import ObjectedCode, ObjectionResult
from schemas.fields import Sealed
from schemas.ids import AgencyId, RuleId, Seat
from schemas.matters import MatterEvent, ObjectionDecided, ObjectionFiled
from services.mediation.domain.acts import OBJECTIONABLE, Act, MatterState
from services.mediation.domain.bureaus import check_bureau, check_theirs
from services.mediation.domain.errors import (
    AlreadyObjected,
    NoObjection,
    NotReceivedYet,
    NotTheOwner,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.objection import REFUSAL, TERMINATION

OBJECTION_DECISION: Final = RuleId("objection-decision")


def file(
    matter: Matter,
    act: Act,
    bureau: AgencyId,
    *,
    received_at: datetime,
    grounds: Sealed | None,
    seats: Mapping[AgencyId, Seat],
    law: Law,
) -> list[MatterEvent]:
    """The applicants object; the owner or the bureau enters it.

    Raises:
        NotTheBureau: if somebody else would decide.
        NotTheOwner: if a stranger enters it.
        AlreadyObjected: after the bureau's decision, review or a suit is open and no second objection.
        NotReceivedYet: if the time of receipt lies ahead.
    """
    matter.check_turn(act, OBJECTIONABLE)
    if act.by not in (matter.agency, bureau):
        raise NotTheOwner(case_id=matter.case_id, expected=matter.agency, found=act.by or "nobody")
    if matter.aid.objection:
        raise AlreadyObjected(case_id=matter.case_id, found=matter.aid.objection.against)
    if received_at > act.at:
        raise NotReceivedYet(found=received_at, expected=act.at)
    return [
        ObjectionFiled(
            **matter.said(act.at),
            against=objected(matter),
            bureau=check_bureau(bureau, matter.agency, seats),
            received_at=received_at,
            limit=limit_of(OBJECTION_DECISION, received_at, law),
            grounds=grounds,
        )
    ]


def decide(
    matter: Matter, act: Act, result: ObjectionResult, reasons: Sealed, seats: Mapping[AgencyId, Seat]
) -> list[MatterEvent]:
    """The justice bureau decides. Raises NoObjection, NotTheBureau, NotTheirBureau."""
    matter.check_turn(act, OBJECTIONABLE)
    objection = matter.aid.objection
    if objection is None or not objection.open:
        raise NoObjection(case_id=matter.case_id)
    bureau = check_bureau(act.by, matter.agency, seats)
    check_theirs(bureau, objection.bureau, seats)
    said = matter.said(act.at)
    return [
        ObjectionDecided(**said, against=objection.against, bureau=bureau, result=result, reasons=reasons)
    ]


def objected(matter: Matter) -> ObjectedCode:
    """What there is to object to."""
    return REFUSAL if matter.state is MatterState.REFUSED else TERMINATION

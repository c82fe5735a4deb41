"""Judicial confirmation of an agreement: applied for, accepted, confirmed or dismissed."""

from schemas.matters import (
    ConfirmationAccepted,
    ConfirmationApplied,
    ConfirmationConfirmed,
    ConfirmationDismissed,
    MatterEvent,
)
from schemas.past import PastAct
from services.mediation.domain.confirming import court_of
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.remedies import Opener


def confirmed(matter: Matter, done: PastAct, kept: Kept) -> list[MatterEvent]:
    """What was done to have the agreement confirmed."""
    said = matter.said(done.at)
    if done.code == "confirmation-applied" and done.body:
        limit = kept.limit(rule_of(ConfirmationApplied), done.at)
        return [ConfirmationApplied(**said, court=done.body, limit=limit)]
    if matter.proceedings.last(ProceedingKind.CONFIRMATION) is None:
        return []
    court = court_of(matter)
    match done.code:
        case "confirmation-accepted" if done.docket:
            limit = kept.limit(rule_of(ConfirmationAccepted), done.at)
            return [ConfirmationAccepted(**said, court=court, docket=done.docket, limit=limit)]
        case "confirmation-confirmed" if done.docket:
            return [ConfirmationConfirmed(**said, court=court, docket=done.docket)]
        case "confirmation-dismissed" if done.ground:
            open_now = matter.remedies(Opener.DISMISSAL)
            return [ConfirmationDismissed(**said, court=court, because=done.ground, remedies=open_now)]
        case _:
            return []

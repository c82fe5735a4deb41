"""Review of an agreement by an arbitration commission: applied for, confirmed or dismissed."""

from schemas.matters import (
    ArbitrationReviewApplied,
    ArbitrationReviewConfirmed,
    ArbitrationReviewDismissed,
    MatterEvent,
)
from schemas.past import PastAct
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.having_reviewed import commission_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.remedies import Opener


def reviewed(matter: Matter, done: PastAct) -> list[MatterEvent]:
    """What was done to have a commission issue the agreement as its own."""
    said = matter.said(done.at)
    if done.code == "arbitration-review-applied" and done.body:
        return [ArbitrationReviewApplied(**said, commission=done.body)]
    if matter.proceedings.last(ProceedingKind.ARBITRATION_REVIEW) is None:
        return []
    commission = commission_of(matter)
    match done.code:
        case "arbitration-review-confirmed" if done.docket:
            ways = matter.remedies(Opener.REVIEWED)
            return [
                ArbitrationReviewConfirmed(**said, commission=commission, docket=done.docket, remedies=ways)
            ]
        case "arbitration-review-dismissed" if done.ground:
            ways = matter.remedies(Opener.DISMISSAL)
            return [
                ArbitrationReviewDismissed(**said, commission=commission, because=done.ground, remedies=ways)
            ]
        case _:
            return []

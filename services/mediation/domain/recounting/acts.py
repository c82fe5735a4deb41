"""One act of the past, as the events that it would have been here."""

from collections.abc import Sequence

from schemas.matters import MatterAccepted, MatterEvent
from schemas.past import PastAct
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.advance_execution import executed
from services.mediation.domain.recounting.arbitration import arbitrated
from services.mediation.domain.recounting.arbitration_review import reviewed
from services.mediation.domain.recounting.confirmation import confirmed
from services.mediation.domain.recounting.enforcement import enforced
from services.mediation.domain.recounting.inspection import inspected
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.mediation import mediated
from services.mediation.domain.recounting.money import concerned, total_fen
from services.mediation.domain.recounting.notarisation import notarised
from services.mediation.domain.recounting.objection import refused
from services.mediation.domain.recounting.office import aided, closed, concluded
from services.mediation.domain.recounting.orders import ordered
from services.mediation.domain.recounting.setting_aside import challenged
from services.mediation.domain.recounting.suits import sued


def recounted(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    """The events of one done, at its own time."""
    match done.code:
        case "accepted":
            return [MatterAccepted(**matter.said(done.at))]
        case "refused" | "terminated" | "objection-filed" | "objection-decided":
            return refused(matter, done, kept)
        case "granted" | "assigned" | "engaged":
            return aided(matter, done, kept)
        case "mediation-proposed" | "session" | "agreed" | "performed":
            return mediated(matter, done, claims, kept)
        case (
            "arbitration-filed"
            | "arbitration-accepted"
            | "arbitration-refused"
            | "arbitration-extended"
            | "arbitration-withdrawn"
            | "arbitration-settled"
            | "partly-awarded"
            | "awarded"
        ):
            return arbitrated(matter, done, claims, kept)
        case (
            "set-aside-applied"
            | "set-aside-accepted"
            | "set-aside-withdrawn"
            | "set-aside-dismissed"
            | "set-aside-granted"
        ):
            return challenged(matter, done, kept)
        case "suit-filed" | "suit-docketed" | "judged" | "appealed" | "appeal-decided":
            return sued(matter, done, claims, total_fen(done, concerned(matter, done, claims)), kept)
        case (
            "confirmation-applied"
            | "confirmation-accepted"
            | "confirmation-confirmed"
            | "confirmation-dismissed"
        ):
            return confirmed(matter, done, kept)
        case "arbitration-review-applied" | "arbitration-review-confirmed" | "arbitration-review-dismissed":
            return reviewed(matter, done)
        case (
            "notarisation-applied" | "notarisation-issued" | "notarisation-refused" | "notarisation-certified"
        ):
            return notarised(matter, done, claims, kept)
        case (
            "inspection-reported"
            | "inspection-accepted"
            | "inspection-refused"
            | "inspection-extended"
            | "inspection-decided"
            | "inspection-withdrawn"
        ):
            return inspected(matter, done, claims, kept)
        case "advance-execution-applied" | "advance-execution-ordered" | "advance-execution-refused":
            return executed(matter, done, claims)
        case "order-applied" | "order-accepted" | "order-issued" | "order-objected" | "order-lapsed":
            return ordered(matter, done, claims, kept)
        case "enforcement-applied" | "enforcement-ended" | "enforcement-resumed":
            return enforced(matter, done, claims, kept)
        case "withdrawn" if done.withdrawal:
            return [closed(matter, done)]
        case "concluded" if done.outcome:
            return [concluded(matter, done, claims, kept)]
        case _:
            return []

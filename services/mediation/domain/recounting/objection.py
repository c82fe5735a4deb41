"""A refusal of aid, and the objection to it."""

from schemas.matters import AidRefused, MatterEvent, ObjectionDecided, ObjectionFiled
from schemas.past import PastAct
from services.mediation.domain.matter import Matter
from services.mediation.domain.objecting import OBJECTION_DECISION
from services.mediation.domain.objection import REFUSAL
from services.mediation.domain.recounting.kept import Kept


def refused(matter: Matter, done: PastAct, kept: Kept) -> list[MatterEvent]:
    """A refusal, what the applicants and the justice bureau said of it."""
    said, reasons, objection = matter.said(done.at), kept.elsewhere, matter.aid.objection
    match done.code:
        case "refused" if done.refusal and done.basis:
            return [AidRefused(**said, code=done.refusal, legal_basis=done.basis, reasons=reasons)]
        case "objection-filed" if done.body:
            limit = kept.limit(OBJECTION_DECISION, done.at)
            return [
                ObjectionFiled(
                    **said,
                    against=REFUSAL,
                    bureau=done.body,
                    received_at=done.at,
                    limit=limit,
                    undecided=not kept.decided_after(done.at) or None,
                )
            ]
        case "objection-decided" if done.objection and objection:
            return [
                ObjectionDecided(
                    **said,
                    against=REFUSAL,
                    bureau=objection.bureau,
                    result=done.objection,
                    reasons=reasons,
                )
            ]
        case _:
            return []

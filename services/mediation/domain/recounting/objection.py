"""A refusal or a termination of aid, and the objection to it."""

from schemas.matters import AidRefused, AidTerminated, MatterEvent, ObjectionDecided, ObjectionFiled
from schemas.past import PastAct
from services.mediation.domain.matter import Matter
from services.mediation.domain.objecting import OBJECTION_DECISION, objected
from services.mediation.domain.recounting.kept import Kept


def refused(matter: Matter, done: PastAct, kept: Kept) -> list[MatterEvent]:
    """A refusal or a termination, and what the applicants and the justice bureau said of it."""
    said, reasons, objection = matter.said(done.at), kept.elsewhere, matter.aid.objection
    match done.code:
        case "refused" if done.refusal and done.basis:
            return [AidRefused(**said, code=done.refusal, legal_basis=done.basis, reasons=reasons)]
        case "terminated" if done.termination and done.basis:
            return [AidTerminated(**said, code=done.termination, legal_basis=done.basis, reasons=reasons)]
        case "objection-filed" if done.body:
            limit = kept.limit(OBJECTION_DECISION, done.at)
            return [
                ObjectionFiled(
                    **said,
                    against=objected(matter),
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
                    against=objection.against,
                    bureau=objection.bureau,
                    result=done.objection,
                    reasons=reasons,
                )
            ]
        case _:
            return []

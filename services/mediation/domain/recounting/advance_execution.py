"""Execution in advance of an award: asked for, ordered and moved to the court, or refused."""

from collections.abc import Sequence

from schemas.matters import (
    AdvanceExecutionApplied,
    AdvanceExecutionOrdered,
    AdvanceExecutionRefused,
    MatterEvent,
)
from schemas.past import PastAct
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.executing_in_advance import commission_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.money import advanced_fen


def executed(matter: Matter, done: PastAct, claims: Sequence[Claim]) -> list[MatterEvent]:
    """What was done to have something executed before the award."""
    if matter.proceedings.last(ProceedingKind.ARBITRATION) is None:
        return []
    said, commission, counted = matter.said(done.at), commission_of(matter), registered_of(claims)
    match done.code:
        case "advance-execution-applied" if done.advance_claims and done.claim_fen is not None:
            return [
                AdvanceExecutionApplied(
                    **said,
                    commission=commission,
                    claims=done.advance_claims,
                    amount_fen=done.claim_fen,
                    members=len(done.members or counted),
                )
            ]
        case "advance-execution-ordered" if done.docket and done.body:
            return [
                AdvanceExecutionOrdered(
                    **said,
                    commission=commission,
                    docket=done.docket,
                    court=done.body,
                    amount_fen=sum(advanced_fen(claim, done) or 0 for claim in counted),
                )
            ]
        case "advance-execution-refused" if done.advance_refusal:
            return [AdvanceExecutionRefused(**said, commission=commission, because=done.advance_refusal)]
        case _:
            return []

"""A payment order on what was agreed: applied for, accepted, issued; objected to, or lapsed."""

from collections.abc import Sequence

from schemas.matters import (
    MatterEvent,
    PaymentOrderAccepted,
    PaymentOrderApplied,
    PaymentOrderIssued,
    PaymentOrderLapsed,
    PaymentOrderObjected,
)
from schemas.past import PastAct
from services.mediation.domain.agreement import still_owed
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.ordering import opener_of
from services.mediation.domain.proceeding import Proceeding
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.remedies import Opener


def ordered(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    """What was done to have the payment of what was agreed ordered."""
    order = matter.proceedings.last(ProceedingKind.PAYMENT_ORDER)
    if done.code == "order-applied" and done.body and done.basis and matter.agreement:
        owed_fen = still_owed(matter.agreement, claims)
        said = matter.said(done.at)
        return [PaymentOrderApplied(**said, court=done.body, amount_fen=owed_fen, legal_basis=done.basis)]
    return under_way(matter, done, order, kept) if order else []


def under_way(matter: Matter, done: PastAct, order: Proceeding, kept: Kept) -> list[MatterEvent]:
    """What was done with one that was applied for."""
    said, court = matter.said(done.at), matter.proceedings.body(ProceedingKind.PAYMENT_ORDER)
    match done.code:
        case "order-accepted" if done.docket:
            limit = kept.limit(rule_of(PaymentOrderAccepted), done.at)
            return [PaymentOrderAccepted(**said, court=court, docket=done.docket, limit=limit)]
        case "order-issued" if order.number:
            served_at = done.served_at or done.at
            return [
                PaymentOrderIssued(
                    **said,
                    court=court,
                    docket=order.number,
                    served_at=served_at,
                    limit=kept.limit(rule_of(PaymentOrderIssued), served_at),
                )
            ]
        case "order-objected":
            open_now = matter.remedies(Opener.OBJECTION)
            return [PaymentOrderObjected(**said, court=court, remedies=open_now)]
        case "order-lapsed" if done.order_end:
            open_now = matter.remedies(opener_of(done.order_end))
            return [PaymentOrderLapsed(**said, court=court, because=done.order_end, remedies=open_now)]
        case _:
            return []

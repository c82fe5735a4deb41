"""Sees whether an order of labour inspection is obeyed: all of it is paid, or the day that it set passes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from schemas.ids import Fen
from schemas.matters import InspectionDisobeyed, InspectionObeyed, MatterEvent
from services.mediation.domain.authority_courses import OBEY_BY
from services.mediation.domain.claim import LEFT, Claim
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceeding import Proceeding
from services.mediation.domain.remedies import Opener

OPEN: Final = (ProceedingState.DECIDED, ProceedingState.DISOBEYED)


def note_payments(matter: Matter, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """What has come in covers the order, in time or late. A reaction: it never raises."""
    order = order_of(matter)
    if order is None or paid_fen(order, claims) < order.ordered_fen:
        return []
    return [
        InspectionObeyed(
            **matter.said(at),
            inspectorate=matter.proceedings.body(ProceedingKind.INSPECTION),
            docket=matter.proceedings.number(ProceedingKind.INSPECTION),
            ordered_fen=order.ordered_fen,
        )
    ]


def pass_day(matter: Matter, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """The day of the order passed: it is paid, or other ways are open. A reaction: it never raises."""
    order, clock = order_of(matter), matter.clocks.running(OBEY_BY)
    if order is None or clock is None or OBEY_BY not in matter.due:
        return []
    return note_payments(matter, claims, at=at) or [
        InspectionDisobeyed(
            **matter.said(at),
            inspectorate=matter.proceedings.body(ProceedingKind.INSPECTION),
            docket=matter.proceedings.number(ProceedingKind.INSPECTION),
            due_at=clock.limit.due_at,
            ordered_fen=order.ordered_fen,
            paid_fen=paid_fen(order, claims),
            remedies=matter.remedies(Opener.DISOBEYED),
        )
    ]


def order_of(matter: Matter) -> Proceeding | None:
    """The order that is still to be obeyed."""
    found = matter.proceedings.last(ProceedingKind.INSPECTION)
    return found if found and found.ordered_fen and found.state in OPEN else None


def paid_fen(order: Proceeding, claims: Sequence[Claim]) -> Fen:
    """What has come in for it. What one has got beyond what was ordered for him pays for nobody else."""
    named = [claim for claim in claims if of_order(claim, order)]
    if named:
        return sum(min(claim.recovered_fen, claim.ordered_fen or 0) for claim in named)
    return sum(claim.recovered_fen for claim in claims if claim.registered or claim.ended == LEFT)


def of_order(claim: Claim, order: Proceeding) -> bool:
    """Whether that order names him: an earlier one may have, when inspection was asked before."""
    return claim.ordered_at is not None and claim.ordered_at >= order.begun_at

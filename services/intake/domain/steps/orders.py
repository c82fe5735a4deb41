"""A payment order on what was agreed: applied for, accepted, issued; objected to, or lapsed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step, follows

STEPS: Final[Mapping[str, Step]] = {
    "order-applied": Step(
        after="agreed", says=("body", "basis"), stage="mediation", once=False, afterwards=True
    ),
    "order-accepted": Step(
        says=("docket",),
        stage="mediation",
        once=False,
        starts="payment-order-issue",
        met_by=("order-issued", "order-lapsed"),
        afterwards=True,
    ),
    "order-issued": Step(
        stage="mediation",
        once=False,
        starts="payment-order-objection",
        since="served_at",
        met_by=("order-objected", "order-lapsed"),
        afterwards=True,
    ),
    "order-objected": Step(stage="mediation", once=False, afterwards=True),
    "order-lapsed": Step(says=("order_end",), stage="mediation", once=False, afterwards=True),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    "order-applied": (None, "order-lapsed"),
    "order-accepted": ("order-applied",),
    "order-issued": ("order-accepted",),
    "order-objected": ("order-issued",),
    "order-lapsed": ("order-applied", "order-accepted", "order-issued", "order-objected"),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)

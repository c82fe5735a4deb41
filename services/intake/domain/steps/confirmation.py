"""Judicial confirmation of an agreement: applied for, accepted, confirmed or dismissed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step, follows

STEPS: Final[Mapping[str, Step]] = {
    "confirmation-applied": Step(
        after="agreed",
        says=("body",),
        stage="mediation",
        once=False,
        starts="confirmation-acceptance",
        met_by=("confirmation-accepted", "confirmation-dismissed"),
        afterwards=True,
    ),
    "confirmation-accepted": Step(
        says=("docket",),
        stage="mediation",
        once=False,
        starts="confirmation-decision",
        met_by=("confirmation-confirmed", "confirmation-dismissed"),
        afterwards=True,
    ),
    "confirmation-confirmed": Step(says=("docket",), stage="mediation", afterwards=True),
    "confirmation-dismissed": Step(says=("ground",), stage="mediation", once=False, afterwards=True),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    "confirmation-applied": (None, "confirmation-dismissed"),
    "confirmation-accepted": ("confirmation-applied",),
    "confirmation-confirmed": ("confirmation-accepted",),
    "confirmation-dismissed": ("confirmation-applied", "confirmation-accepted"),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)

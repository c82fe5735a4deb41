"""Review of an agreement by an arbitration commission: applied for, confirmed or dismissed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step, follows

APPLIED: Final = "arbitration-review-applied"
CONFIRMED: Final = "arbitration-review-confirmed"
DISMISSED: Final = "arbitration-review-dismissed"

STEPS: Final[Mapping[str, Step]] = {
    APPLIED: Step(after="agreed", says=("body",), stage="mediation", once=False, afterwards=True),
    CONFIRMED: Step(says=("docket",), stage="mediation", afterwards=True),
    DISMISSED: Step(says=("ground",), stage="mediation", once=False, afterwards=True),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    APPLIED: (None, DISMISSED),
    CONFIRMED: (APPLIED,),
    DISMISSED: (APPLIED,),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)

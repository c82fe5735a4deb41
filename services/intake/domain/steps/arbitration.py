"""Labour arbitration: applied for, accepted, awarded or settled."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step

SETTLED: Final = "arbitration-settled"
ENDS: Final = ("awarded", SETTLED)

STEPS: Final[Mapping[str, Step]] = {
    "arbitration-filed": Step(
        after="granted",
        says=("body",),
        stage="arbitration",
        starts="arbitration-acceptance",
        met_by=("arbitration-accepted",),
    ),
    "arbitration-accepted": Step(
        after="arbitration-filed",
        says=("docket",),
        stage="arbitration",
        starts="award",
        met_by=("awarded", SETTLED),
    ),
    "awarded": Step(
        after="arbitration-accepted", stage="arbitration", starts="suit-after-award", met_by=("suit-filed",)
    ),
    SETTLED: Step(after="arbitration-accepted", stage="arbitration"),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    if act.code in ENDS and any(each.code in ENDS for each in done):
        yield "act", "an award or a settlement, and one of them"

"""Labour arbitration: applied for, accepted, awarded in parts or whole, settled; refused, withdrawn, anew."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step, follows

SETTLED: Final = "arbitration-settled"
WITHDRAWN: Final = "arbitration-withdrawn"
PARTLY: Final = "partly-awarded"
REFUSED: Final = "arbitration-refused"

STEPS: Final[Mapping[str, Step]] = {
    "arbitration-filed": Step(
        after="granted",
        says=("body",),
        stage="arbitration",
        once=False,
        starts="arbitration-acceptance",
        met_by=("arbitration-accepted", REFUSED, WITHDRAWN),
    ),
    "arbitration-accepted": Step(
        says=("docket",),
        stage="arbitration",
        once=False,
        starts="award",
        met_by=("awarded", SETTLED, WITHDRAWN),
    ),
    PARTLY: Step(stage="arbitration", once=False, starts="suit-after-award", met_by=("suit-filed",)),
    "awarded": Step(stage="arbitration", starts="suit-after-award", met_by=("suit-filed",)),
    SETTLED: Step(stage="arbitration"),
    REFUSED: Step(says=("ground",), stage="arbitration", once=False),
    WITHDRAWN: Step(stage="arbitration", once=False),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    "arbitration-filed": (None, REFUSED, WITHDRAWN),
    "arbitration-accepted": ("arbitration-filed",),
    REFUSED: ("arbitration-filed",),
    PARTLY: ("arbitration-accepted", PARTLY),
    "awarded": ("arbitration-accepted", PARTLY),
    SETTLED: ("arbitration-accepted", PARTLY),
    WITHDRAWN: ("arbitration-filed", "arbitration-accepted", PARTLY),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)

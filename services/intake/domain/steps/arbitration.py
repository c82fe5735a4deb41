"""Labour arbitration: applied for, accepted, awarded or settled; or refused or withdrawn, and once more."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step, follows

SETTLED: Final = "arbitration-settled"
WITHDRAWN: Final = "arbitration-withdrawn"
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
    "awarded": Step(stage="arbitration", starts="suit-after-award", met_by=("suit-filed",)),
    SETTLED: Step(stage="arbitration"),
    REFUSED: Step(says=("ground",), stage="arbitration", once=False),
    WITHDRAWN: Step(stage="arbitration", once=False),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    "arbitration-filed": (None, REFUSED, WITHDRAWN),
    "arbitration-accepted": ("arbitration-filed",),
    REFUSED: ("arbitration-filed",),
    "awarded": ("arbitration-accepted",),
    SETTLED: ("arbitration-accepted",),
    WITHDRAWN: ("arbitration-filed", "arbitration-accepted"),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)

"""Labour arbitration: applied for, accepted, awarded or settled; or refused or withdrawn, and once more.

A complex case has more time, once; that is counted from the acceptance as well (Arbitration Law Art. 43).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step, follows

SETTLED: Final = "arbitration-settled"
WITHDRAWN: Final = "arbitration-withdrawn"
REFUSED: Final = "arbitration-refused"
ACCEPTED: Final = "arbitration-accepted"
EXTENDED: Final = "arbitration-extended"
ENDS: Final = ("awarded", SETTLED, WITHDRAWN)

STEPS: Final[Mapping[str, Step]] = {
    "arbitration-filed": Step(
        after="granted",
        says=("body",),
        stage="arbitration",
        once=False,
        starts="arbitration-acceptance",
        met_by=(ACCEPTED, REFUSED, WITHDRAWN),
    ),
    ACCEPTED: Step(
        says=("docket",),
        stage="arbitration",
        once=False,
        starts="award",
        met_by=ENDS,
        replaced_by=(EXTENDED,),
    ),
    EXTENDED: Step(
        stage="arbitration", once=False, starts="award-extended", counted_from=ACCEPTED, met_by=ENDS
    ),
    "awarded": Step(stage="arbitration", starts="suit-after-award", met_by=("suit-filed",)),
    SETTLED: Step(stage="arbitration"),
    REFUSED: Step(says=("ground",), stage="arbitration", once=False),
    WITHDRAWN: Step(stage="arbitration", once=False),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    "arbitration-filed": (None, REFUSED, WITHDRAWN),
    ACCEPTED: ("arbitration-filed",),
    REFUSED: ("arbitration-filed",),
    EXTENDED: (ACCEPTED,),
    "awarded": (ACCEPTED, EXTENDED),
    SETTLED: (ACCEPTED, EXTENDED),
    WITHDRAWN: ("arbitration-filed", ACCEPTED, EXTENDED),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)

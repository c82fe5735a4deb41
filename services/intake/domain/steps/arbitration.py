"""Labour arbitration: applied for, accepted, awarded in parts or whole, settled; refused, withdrawn, anew.

A complex case has more time, once; that is counted from the acceptance as well (Arbitration Law Art. 43).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step, follows

SETTLED: Final = "arbitration-settled"
WITHDRAWN: Final = "arbitration-withdrawn"
PARTLY: Final = "partly-awarded"
REFUSED: Final = "arbitration-refused"
ACCEPTED: Final = "arbitration-accepted"
EXTENDED: Final = "arbitration-extended"
ENDS: Final = ("awarded", SETTLED, WITHDRAWN)
AWARD: Final = "award"
PARTIAL_AWARD: Final = "partial-award"
Award = tuple[str, int | None]
"""The award, or a partial one by its number."""

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
    PARTLY: Step(
        stage="arbitration",
        once=False,
        starts="suit-after-award",
        met_by=("suit-filed",),
        replaced_by=("set-aside-granted",),
    ),
    "awarded": Step(
        stage="arbitration",
        starts="suit-after-award",
        met_by=("suit-filed",),
        replaced_by=("set-aside-granted",),
    ),
    SETTLED: Step(stage="arbitration"),
    REFUSED: Step(says=("ground",), stage="arbitration", once=False),
    WITHDRAWN: Step(stage="arbitration", once=False),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    "arbitration-filed": (None, REFUSED, WITHDRAWN),
    ACCEPTED: ("arbitration-filed",),
    REFUSED: ("arbitration-filed",),
    EXTENDED: (ACCEPTED, PARTLY),
    PARTLY: (ACCEPTED, EXTENDED, PARTLY),
    "awarded": (ACCEPTED, EXTENDED, PARTLY),
    SETTLED: (ACCEPTED, EXTENDED, PARTLY),
    WITHDRAWN: ("arbitration-filed", ACCEPTED, EXTENDED, PARTLY),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)
    if act.code == EXTENDED and has_more_time(done):
        yield "act", f"{ACCEPTED} of another arbitration before it; this one has more time already"


def award_of(act: PastAct) -> Award | None:
    """The award that was made by an act."""
    if act.code == PARTLY:
        return PARTIAL_AWARD, act.part
    return (AWARD, None) if act.code == "awarded" else None


def awards_of(done: Sequence[PastAct]) -> Sequence[Award]:
    """All that were made."""
    return [award for act in done if (award := award_of(act))]


def has_more_time(done: Sequence[PastAct]) -> bool:
    """Whether the time was extended since the commission accepted."""
    last = next((act.code for act in reversed(done) if act.code in (ACCEPTED, EXTENDED)), None)
    return last == EXTENDED

"""A refusal of aid, and the objection to it, or to a termination."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step, follows

CORRECTED: Final = "corrected"
REFUSED: Final = "refused"
FILED: Final = "objection-filed"

STEPS: Final[Mapping[str, Step]] = {
    "objection-filed": Step(
        says=("body",),
        stage="review",
        once=False,
        starts="objection-decision",
        met_by=("objection-decided",),
    ),
    "objection-decided": Step(says=("objection",), stage="review", once=False),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    REFUSED: (None, "objection-decided"),
    "terminated": (None, "objection-decided"),
    "objection-filed": (REFUSED, "terminated"),
    "objection-decided": ("objection-filed",),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)
    if act.code == REFUSED and any(each.code == "granted" for each in done):
        yield "act", "no refusal of what was granted"
    if act.code in (REFUSED, "granted") and refused(done):
        yield "act", "an objection before it with which the refusal was corrected"


def refused(done: Sequence[PastAct]) -> bool:
    """Whether a refusal stands: it is corrected when the justice bureau says so."""
    last = next(
        (each for each in reversed(done) if each.code == REFUSED or each.objection == CORRECTED), None
    )
    return last is not None and last.code == REFUSED


def objected(done: Sequence[PastAct]) -> bool:
    """Whether an objection waits for its decision."""
    return next((each.code for each in reversed(done) if each.code in STEPS), None) == FILED

"""A final award, or a part, that an employer would have set aside: asked, taken on, withdrawn, decided."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.arbitration import AWARD, PARTIAL_AWARD, PARTLY, Award
from services.intake.domain.steps.step import Step, follows

APPLIED: Final = "set-aside-applied"
ACCEPTED: Final = "set-aside-accepted"
WITHDRAWN: Final = "set-aside-withdrawn"
DISMISSED: Final = "set-aside-dismissed"
GRANTED: Final = "set-aside-granted"

STEPS: Final[Mapping[str, Step]] = {
    APPLIED: Step(says=("body", "challenge"), stage="arbitration", once=False, afterwards=True),
    ACCEPTED: Step(says=("docket",), stage="arbitration", once=False, afterwards=True),
    WITHDRAWN: Step(stage="arbitration", once=False, afterwards=True),
    DISMISSED: Step(says=("docket",), stage="arbitration", once=False, afterwards=True),
    GRANTED: Step(
        says=("docket",),
        stage="arbitration",
        once=False,
        starts="suit-after-set-aside",
        since="served_at",
        met_by=("suit-filed",),
        afterwards=True,
    ),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    APPLIED: (None,),
    ACCEPTED: (APPLIED,),
    WITHDRAWN: (APPLIED, ACCEPTED),
    DISMISSED: (APPLIED, ACCEPTED),
    GRANTED: (APPLIED, ACCEPTED),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, [each for each in done if each.part == act.part], COURSE)
    if act.code == APPLIED and not any(final(each, act.part) for each in done):
        yield "act", "a final award before it, which it would set aside"


def final(done: PastAct, part: int | None) -> bool:
    """Whether that is the award, or the part, and it was final."""
    return bool(done.final) and done.code == (PARTLY if part else "awarded") and done.part == part


def decides(done: Sequence[PastAct], part: int | None) -> bool:
    """Whether a court decides on it: the award is not executed meanwhile."""
    said = [each.code for each in done if each.code in STEPS and each.part == part]
    return bool(said) and said[-1] == ACCEPTED


def fallen(act: PastAct) -> Award | None:
    """The award that a court set aside by an act."""
    if act.code != GRANTED:
        return None
    return (PARTIAL_AWARD, act.part) if act.part else (AWARD, None)

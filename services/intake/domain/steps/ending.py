"""How aid ends before the work is done: it is terminated, or the application is withdrawn."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.objection import CORRECTED
from services.intake.domain.steps.step import Step

TERMINATED: Final = "terminated"
WITHDRAWN: Final = "withdrawn"
ENDED: Final = (TERMINATED, WITHDRAWN)
"""What stops the time limits that run."""

STEPS: Final[Mapping[str, Step]] = {
    TERMINATED: Step(after="granted", says=("termination", "basis"), once=False),
    WITHDRAWN: Step(says=("withdrawal",)),
}
FOLLOW: Final = ("objection-filed", "objection-decided", "concluded", WITHDRAWN)
"""What may follow a termination that stands, beside what may follow a conclusion."""


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    if any(each.code == WITHDRAWN for each in done):
        yield "act", "nothing after the withdrawal but notes and payments"


def terminated(done: Sequence[PastAct]) -> bool:
    """Whether a termination stands: aid goes on when the justice bureau says so."""
    last = next(
        (each for each in reversed(done) if each.code == TERMINATED or each.objection == CORRECTED), None
    )
    return last is not None and last.code == TERMINATED

"""Execution in advance of an award: asked for while the commission has the dispute; ordered, or refused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps import arbitration
from services.intake.domain.steps.step import Step, follows

APPLIED: Final = "advance-execution-applied"
ORDERED: Final = "advance-execution-ordered"
REFUSED: Final = "advance-execution-refused"

STEPS: Final[Mapping[str, Step]] = {
    APPLIED: Step(says=("claim_fen",), stage="arbitration", once=False),
    ORDERED: Step(says=("body", "docket"), stage="arbitration", once=False),
    REFUSED: Step(says=("advance_refusal",), stage="arbitration", once=False),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    APPLIED: (None, REFUSED, ORDERED),
    ORDERED: (APPLIED,),
    REFUSED: (APPLIED,),
}
HEARD: Final = (arbitration.ACCEPTED, arbitration.EXTENDED, arbitration.PARTLY)


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)
    last = next((each.code for each in reversed(done) if each.code in arbitration.COURSE), None)
    if act.code in STEPS and last not in HEARD:
        yield "act", "an arbitration that was accepted, and is not decided"

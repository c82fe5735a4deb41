"""Notarisation of a repayment agreement: applied for, issued or refused; what is owed by it certified."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps import arbitration_review, confirmation
from services.intake.domain.steps.step import Step, follows

APPLIED: Final = "notarisation-applied"
REFUSED: Final = "notarisation-refused"
CERTIFIED: Final = "notarisation-certified"

STEPS: Final[Mapping[str, Step]] = {
    APPLIED: Step(
        after="agreed",
        says=("body",),
        stage="mediation",
        once=False,
        starts="notarisation",
        met_by=("notarisation-issued", REFUSED),
        afterwards=True,
    ),
    "notarisation-issued": Step(says=("docket",), stage="mediation", afterwards=True),
    REFUSED: Step(says=("ground",), stage="mediation", once=False, afterwards=True),
    CERTIFIED: Step(says=("docket",), stage="mediation", afterwards=True),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    APPLIED: (None, REFUSED),
    "notarisation-issued": (APPLIED,),
    REFUSED: (APPLIED,),
    CERTIFIED: ("notarisation-issued",),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)
    for begins, other, came_to_nothing in (
        (APPLIED, confirmation.STEPS, "confirmation-dismissed"),
        (APPLIED, arbitration_review.STEPS, arbitration_review.DISMISSED),
        ("confirmation-applied", STEPS, REFUSED),
        (arbitration_review.APPLIED, STEPS, REFUSED),
    ):
        beside = [each.code for each in done if each.code in other]
        if act.code == begins and beside and beside[-1] != came_to_nothing:
            yield "act", f"one title of one agreement; the last step to another was {beside[-1]}"

"""What an office does: it accepts, grants, assigns, and concludes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps.step import Step

STEPS: Final[Mapping[str, Step]] = {
    "accepted": Step(stage="review"),
    "granted": Step(
        after="accepted", says=("stage", "means"), once=False, starts="assignment", met_by="assigned"
    ),
    "assigned": Step(
        after="granted",
        says=("stage", "role", "person", "body"),
        once=False,
        starts="engagement",
        met_by="engaged",
    ),
    "engaged": Step(after="assigned", once=False),
    "concluded": Step(after="granted", says=("outcome",), stage="concluded", starts="file-hand-in"),
}
REACHED: Final = {"agreement": "agreed", "award": "awarded", "no-result": "granted"}
"""By which act an outcome is reached that a bundle can tell of."""


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    codes = {each.code for each in done}
    if act.code == "granted" and any(each.code == "granted" and each.stage == act.stage for each in done):
        yield "stage", "each stage granted once"
    if act.code == "assigned" and not any(e.code == "granted" and e.stage == act.stage for e in done):
        yield "stage", "a stage that was granted"
    if act.code == "engaged" and (not done or done[-1].code != "assigned" or done[-1].role == "mediator"):
        yield "act", "right after the assignment of who represents the workers"
    if act.code == "concluded" and act.outcome and REACHED.get(act.outcome) not in codes:
        expected = ", ".join(f"{outcome} with {code}" for outcome, code in REACHED.items())
        yield "outcome", f"one of {expected}"

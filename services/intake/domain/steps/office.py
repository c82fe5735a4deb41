"""What an office does: it accepts, refuses or grants, assigns, and concludes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.codes import Relation
from schemas.past import PastAct
from services.intake.domain.steps.arbitration import SETTLED
from services.intake.domain.steps.ending import terminated
from services.intake.domain.steps.objection import objected
from services.intake.domain.steps.step import Step
from services.intake.domain.steps.suits import MEDIATED, WITHDRAWN, results


def engagement(act: PastAct, _: Relation) -> str | None:
    """Nobody engages a mediator."""
    return None if act.role == "mediator" else "engagement"


STEPS: Final[Mapping[str, Step]] = {
    "accepted": Step(stage="review"),
    "refused": Step(after="accepted", says=("refusal", "basis"), stage="review", once=False),
    "granted": Step(
        after="accepted", says=("stage", "means"), once=False, starts="assignment", met_by=("assigned",)
    ),
    "assigned": Step(
        after="granted",
        says=("stage", "role", "person", "body"),
        once=False,
        starts=engagement,
        met_by=("engaged",),
    ),
    "engaged": Step(after="assigned", once=False),
    "concluded": Step(after="granted", says=("outcome",), stage="concluded", starts="file-hand-in"),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    if act.code == "granted" and any(each.code == "granted" and each.stage == act.stage for each in done):
        yield "stage", "each stage granted once"
    if act.code == "assigned" and not any(e.code == "granted" and e.stage == act.stage for e in done):
        yield "stage", "a stage that was granted"
    if act.code == "engaged" and (not done or done[-1].code != "assigned" or done[-1].role == "mediator"):
        yield "act", "right after the assignment of who represents the workers"
    if act.code == "concluded" and objected(done):
        yield "act", "the decision on the objection before it"
    if act.code == "concluded" and act.outcome and act.outcome not in reached(done):
        yield "outcome", f"one of {', '.join(reached(done))}, which the history reaches"


def reached(done: Sequence[PastAct]) -> Iterator[str]:
    """The outcomes that the acts before lead to; of others a bundle cannot tell."""
    if terminated(done):
        yield "terminated"
        return
    codes, ended = {each.code for each in done}, results(done)
    if "agreed" in codes:
        yield "agreement"
    if "awarded" in codes:
        yield "award"
    if SETTLED in codes:
        yield "arbitration-settlement"
    if ended - {MEDIATED, WITHDRAWN}:
        yield "judgment"
    if MEDIATED in ended:
        yield "court-mediation"
    if "granted" in codes:
        yield "no-result"

"""A mediation: proposed, held, agreed or broken off."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.codes import MediationKind, Relation
from schemas.past import PastAct
from services.intake.domain.steps.step import Step


def mediation(act: PastAct, relation: Relation) -> str:
    """Labour disputes are mediated in fifteen days (Arbitration Law Art. 14)."""
    labour = act.kind == MediationKind("labour") or relation == Relation("labour")
    return "mediation-labour" if labour else "mediation-peoples"


STEPS: Final[Mapping[str, Step]] = {
    "mediation-proposed": Step(
        after="granted",
        says=("kind", "body"),
        stage="mediation",
        once=False,
        starts=mediation,
        met_by=("agreed",),
    ),
    "session": Step(after="mediation-proposed", says=("result",), stage="mediation", once=False),
    "agreed": Step(
        after="mediation-proposed",
        stage="mediation",
        starts="judicial-confirmation",
        met_by=("confirmation-applied",),
    ),
    "performed": Step(after="agreed", stage="mediation", afterwards=True),
}
COURSE: Final = ("mediation-proposed", "session", "agreed")
BROKEN_OFF: Final = "broken-off"


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    if act.code in COURSE and any(each.code == "agreed" for each in done):
        yield "act", "no other mediation beside the agreement"
    if act.code in ("session", "agreed") and not mediates(done):
        yield "act", "a mediation that runs"
    if act.code == "mediation-proposed" and mediates(done):
        yield "act", "the mediation before it agreed or broken off"


def mediates(done: Sequence[PastAct]) -> bool:
    """Whether a mediation runs."""
    said = [each for each in done if each.code in COURSE]
    return bool(said) and said[-1].code != "agreed" and said[-1].result != BROKEN_OFF

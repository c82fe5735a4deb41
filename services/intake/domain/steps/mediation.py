"""A mediation: proposed, held, agreed or broken off."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from schemas.codes import MediationKind, Relation
from schemas.past import PastAct
from services.intake.domain.steps import arbitration_review, confirmation, notarisation
from services.intake.domain.steps.ending import terminated
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
        afterwards=True,
    ),
    "session": Step(
        after="mediation-proposed", says=("result",), stage="mediation", once=False, afterwards=True
    ),
    "agreed": Step(
        after="mediation-proposed",
        stage="mediation",
        once=False,
        starts="judicial-confirmation",
        met_by=("confirmation-applied",),
        replaced_by=("agreed",),
        afterwards=True,
    ),
    "performed": Step(after="agreed", stage="mediation", afterwards=True),
}
COURSE: Final = ("mediation-proposed", "session", "agreed")
BROKEN_OFF: Final = "broken-off"
TITLES: Final[Mapping[str, tuple[Collection[str], str]]] = {
    "confirmation-applied": (confirmation.COURSE, "confirmation-dismissed"),
    arbitration_review.APPLIED: (arbitration_review.COURSE, arbitration_review.DISMISSED),
    notarisation.APPLIED: (notarisation.COURSE, notarisation.REFUSED),
}
"""What gives an agreement effect, by what begins it: its steps, and that with which it comes to nothing."""
CONFIRMED_BY: Final = ("confirmation-applied", arbitration_review.APPLIED)


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    if act.code in COURSE:
        yield from beside(act, done)
    if act.code in ("session", "agreed") and not mediates(done):
        yield "act", "a mediation that runs"
    if act.code == "mediation-proposed" and mediates(done):
        yield "act", "the mediation before it agreed or broken off"


def beside(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    """What leaves no room for a mediation: one may follow an agreement that came to nothing.

    Whether an instalment was missed is asked where the money is known.
    """
    agreed = any(each.code == "agreed" for each in done)
    if any(each.code == "concluded" for each in done) and not agreed:
        yield "act", "no mediation after the conclusion but one after an agreement"
    if terminated(done):
        yield "act", "no mediation after the termination"
    if act.code == "mediation-proposed" and agreed and not not_confirmed(done):
        for course, free in TITLES.values():
            last = last_in(course, done)
            if last not in (None, free):
                yield "act", f"no other mediation beside the agreement; the last step with it was {last}"


def not_confirmed(done: Sequence[PastAct]) -> bool:
    """Whether a court or commission did not confirm the agreement that stands; an earlier does not count."""
    begun = next((each.code for each in reversed(done) if each.code in ("agreed", *CONFIRMED_BY)), None)
    course, dismissed = TITLES[begun] if begun in CONFIRMED_BY else ({}, "")
    return last_in(course, done) == dismissed


def last_in(course: Collection[str], done: Sequence[PastAct]) -> str | None:
    """The last step of a proceeding."""
    return next((each.code for each in reversed(done) if each.code in course), None)


def mediates(done: Sequence[PastAct]) -> bool:
    """Whether a mediation runs."""
    said = [each for each in done if each.code in COURSE]
    return bool(said) and said[-1].code != "agreed" and said[-1].result != BROKEN_OFF

"""A suit: filed, docketed, judged, appealed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.codes import Relation
from schemas.ids import MemberId
from schemas.past import PastAct
from services.intake.domain.steps.arbitration import Award, awards_of
from services.intake.domain.steps.step import Step, follows

WITHDRAWN: Final = "withdrawn"
MEDIATED: Final = "mediated"
MEDIATED_ON_APPEAL: Final = "mediated-on-appeal"
ON_APPEAL: Final = ("second-instance", MEDIATED_ON_APPEAL)
"""How an appeal ends that says anew what each member gets."""
TRIALS: Final = {"ordinary": "trial-ordinary", "simple": "trial-simple", "small": "trial-small"}
"""How long each procedure may take."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a suit is about."""

    members: frozenset[MemberId] | None = None
    """Who sues; None: all members."""
    award: Award | None = None
    """Over which award, and the others stand; None: over all that were made."""

    def meets(self, other: "Dispute") -> bool:
        """Whether both are about the same dispute of the same member."""
        apart = self.award and other.award and self.award != other.award
        return not apart and overlap(self.members, other.members)

    def binds(self, member: MemberId) -> bool:
        """Whether its judgment says what he gets."""
        return self.members is None or member in self.members

    def over(self, award: Award) -> bool:
        """Whether the award is disputed in it."""
        return self.award in (None, award)


ALL: Final = Dispute()


def trial(act: PastAct, _: Relation) -> str | None:
    return TRIALS.get(act.procedure or "")


def appeal(act: PastAct, _: Relation) -> str | None:
    """From a judgment that is final there is none."""
    return None if act.final else "appeal"


STEPS: Final[Mapping[str, Step]] = {
    "suit-filed": Step(
        after="granted",
        says=("body",),
        stage="suit",
        once=False,
        starts="court-docket",
        met_by=("suit-docketed",),
        afterwards=True,
    ),
    "suit-docketed": Step(
        says=("docket",), stage="suit", once=False, starts=trial, met_by=("judged",), afterwards=True
    ),
    "judged": Step(
        says=("judgment",),
        stage="suit",
        once=False,
        starts=appeal,
        since="served_at",
        met_by=("appealed",),
        afterwards=True,
    ),
    "appealed": Step(says=("body",), stage="suit", once=False, afterwards=True),
    "appeal-decided": Step(says=("cause",), stage="suit", once=False, afterwards=True),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    "suit-filed": (None,),
    "suit-docketed": ("suit-filed",),
    "judged": ("suit-docketed",),
    "appealed": ("judged",),
    "appeal-decided": ("appealed",),
}


OVER: Final = ("judged", "appeal-decided")


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    before = of_suit(act.suit, done)
    yield from follows(act, before, COURSE)
    judged = [each for each in before if each.code == "judged"]
    if act.code == "judged" and act.judgment == MEDIATED and not act.final:
        yield "final", "yes: no appeal is open from what a court mediated"
    if act.code == "appealed" and judged and judged[-1].final:
        yield "act", "no appeal from a judgment that is final"
    if act.code == "suit-filed" and any(about.meets(dispute_of(act)) for about in before_court(done)):
        yield "act", "no other suit of the same member over the same that is before a court"
    if act.code == "suit-filed" and act.against and dispute_of(act).award not in awards_of(done):
        where = "part" if act.part else "against"
        yield where, f"an award that was made before it: {called(awards_of(done))}"


def of_suit(which: int | None, acts: Sequence[PastAct]) -> Sequence[PastAct]:
    """Of the acts in suits those in that one; where there is only one suit, none is told which."""
    return [act for act in acts if act.code not in STEPS or act.suit == which]


def called(awards: Sequence[Award]) -> str:
    """The awards, as a bundle calls them."""
    return ", ".join(f"{title} {part}" if part else title for title, part in awards) or "there was none"


def before_court(done: Sequence[PastAct]) -> Iterator[Dispute]:
    """What the suits are about that a court has not decided."""
    last = {act.suit: (act, about) for act, about in concerning(done) if act.code in STEPS}
    return (about for act, about in last.values() if act.code not in OVER)


def concerning(acts: Sequence[PastAct]) -> Iterator[tuple[PastAct, Dispute]]:
    """Each act, and what its suit is about."""
    about: dict[int | None, Dispute] = {}
    for act in acts:
        if act.code == "suit-filed":
            about[act.suit] = dispute_of(act)
        yield act, about.get(act.suit, ALL) if act.code in STEPS else ALL


def dispute_of(filed: PastAct) -> Dispute:
    members = frozenset(filed.members) if filed.members else None
    return Dispute(members, (filed.against, filed.part) if filed.against else None)


def overlap(one: frozenset[MemberId] | None, other: frozenset[MemberId] | None) -> bool:
    return one is None or other is None or not one.isdisjoint(other)


def results(done: Sequence[PastAct]) -> frozenset[str | None]:
    """How suits ended: what the court above mediated takes the place of the judgment."""
    judged = {act.suit: act.judgment for act in done if act.code == "judged"}
    above = {act.suit: MEDIATED for act in done if act.cause == MEDIATED_ON_APPEAL}
    return frozenset((judged | above).values())


def decides(act: PastAct) -> bool:
    """Whether a judgment says what each member gets."""
    return act.code == "judged" and act.judgment != WITHDRAWN


def decides_on_appeal(act: PastAct) -> bool:
    """Whether the end of an appeal says so anew."""
    return act.code == "appeal-decided" and act.cause in ON_APPEAL

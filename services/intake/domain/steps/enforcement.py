"""Enforcement: applied for by a title, ended for a round, resumed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas.ids import MemberId, RuleId
from schemas.past import PastAct
from services.intake.domain.steps import suits
from services.intake.domain.steps.arbitration import (
    AWARD,
    PARTIAL_AWARD,
    PARTLY,
    SETTLED,
    Award,
    award_of,
)
from services.intake.domain.steps.arbitration_review import CONFIRMED
from services.intake.domain.steps.setting_aside import decides, fallen
from services.intake.domain.steps.step import Step, follows
from services.intake.domain.steps.suits import WITHDRAWN, concerning, dispute_of, of_suit

APPLIED: Final = "enforcement-applied"
RESUMED: Final = "enforcement-resumed"
ENDED: Final = "enforcement-ended"
AWARDS: Final = (AWARD, PARTIAL_AWARD)

STEPS: Final[Mapping[str, Step]] = {
    APPLIED: Step(after="granted", says=("body", "title"), stage="enforcement", once=False, afterwards=True),
    ENDED: Step(says=("round_end",), stage="enforcement", once=False, afterwards=True),
    RESUMED: Step(stage="enforcement", once=False, afterwards=True),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    APPLIED: (None,),
    ENDED: (APPLIED, RESUMED),
    RESUMED: (ENDED,),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, [each for each in done if enforced(each) == enforced(act)], COURSE)
    if act.code in (ENDED, RESUMED) and act.title in AWARDS and decides(done, act.part):
        yield "act", "nothing while a court decides whether the award is set aside"
    if act.code in (ENDED, RESUMED) and fell((act.title, act.part), done):
        yield "act", "nothing once the award was set aside: its enforcement ended with it"


def fell(award: tuple[str | None, int | None], done: Sequence[PastAct]) -> bool:
    """Whether a court set that award aside."""
    return any(fallen(each) == award for each in done)


def enforced(act: PastAct) -> tuple[str | None, int | None, int | None]:
    """What is enforced: a title, of several judgments by its suit, of partial awards by its part."""
    return act.title, act.suit, act.part


Ends = Mapping[tuple[RuleId, datetime], datetime]
"""When time limits end, by their rule and start."""
Members = frozenset[MemberId]


@dataclass(frozen=True, slots=True)
class Asked:
    """Enforcement that is applied for: what is known of the case beside its history."""

    at: datetime
    ends: Ends
    everybody: Members


def judgment(done: Sequence[PastAct], asked: Asked) -> datetime | None:
    """When the judgment was final: when it was made, by an appeal, or as nobody appealed in time."""
    effect: datetime | None = None
    for act in done:
        if suits.decides(act):
            since = act.served_at or act.at
            effect = act.at if act.final else asked.ends.get((RuleId("appeal"), since))
        elif act.code in ("appealed", "suit-filed"):
            effect = None
        elif act.code == "appeal-decided":
            effect = act.at
    return effect


def award(done: Sequence[PastAct], asked: Asked, code: str = "awarded") -> datetime | None:
    """When the award took effect: when it was made, or as somebody of them had not sued in time.

    A judgment over it alone takes its place; a final award had taken effect for those who sued as well.
    """
    place = next((place for place, act in enumerate(done) if act.code == code), None)
    if place is None:
        return None
    made, since = done[place], done[place + 1 :]
    which = award_of(made)
    assert which, "it was looked for"
    if fell(which, since):
        return None
    if made.final:
        return None if judged(since, which, asked) >= asked.everybody else made.at
    last = asked.ends.get((RuleId("suit-after-award"), made.at))
    return last if last and sued(since, which, asked.everybody, last) < asked.everybody else None


def partial_award(done: Sequence[PastAct], asked: Asked) -> datetime | None:
    """When a partial award took effect: the same of the part that alone is among what was done."""
    return award(done, asked, PARTLY)


def judged(since: Sequence[PastAct], which: Award, asked: Asked) -> Members:
    """For whom a judgment over that award alone is final."""
    found: Members = frozenset()
    for filed in since:
        if filed.code == "suit-filed" and (about := dispute_of(filed)).award == which:
            effect = judgment(of_suit(filed.suit, since), asked)
            found |= (about.members or asked.everybody) if effect and effect <= asked.at else frozenset()
    return found


def sued(since: Sequence[PastAct], which: Award, everybody: Members, until: datetime) -> Members:
    """Who had sued over that award by then. Where some sued and withdrew it, they have not."""
    suing: Members = frozenset()
    for act, about in concerning(since):
        if act.at > until:
            break
        if not about.over(which):
            continue
        if act.code == "suit-filed":
            suing |= about.members or everybody
        elif act.code == "judged" and act.judgment == WITHDRAWN and about.members:
            suing -= about.members
    return suing


def payment_order(done: Sequence[PastAct], asked: Asked) -> datetime | None:
    """When a payment order could be enforced: once nobody had objected to it in time."""
    effect: datetime | None = None
    for act in done:
        if act.code == "order-issued":
            effect = asked.ends.get((RuleId("payment-order-objection"), act.served_at or act.at))
        elif act.code in ("order-objected", "order-lapsed"):
            effect = None
    return effect


def confirmed_agreement(done: Sequence[PastAct], _: Asked) -> datetime | None:
    """When the court confirmed it."""
    return next((act.at for act in done if act.code == "confirmation-confirmed"), None)


def notarised_agreement(done: Sequence[PastAct], _: Asked) -> datetime | None:
    """When the notary certified what is owed of it."""
    return next((act.at for act in done if act.code == "notarisation-certified"), None)


def arbitration_settlement(done: Sequence[PastAct], _: Asked) -> datetime | None:
    """When it was made before the commission, or that issued an agreement as its own."""
    return next((act.at for act in done if act.code in (SETTLED, CONFIRMED)), None)


def leading_to(act: PastAct, done: Sequence[PastAct]) -> Sequence[PastAct]:
    """Of what was done before a title is enforced, what is of its own suit, or of its own part."""
    if act.suit:
        return of_suit(act.suit, done)
    return [each for each in done if each.code != PARTLY or each.part == act.part]


TITLES: Final[Mapping[str, Callable[[Sequence[PastAct], Asked], datetime | None]]] = {
    "confirmed-agreement": confirmed_agreement,
    "notarised-agreement": notarised_agreement,
    "arbitration-settlement": arbitration_settlement,
    "payment-order": payment_order,
    "judgment": judgment,
    "award": award,
    PARTIAL_AWARD: partial_award,
}
"""The titles that a bundle can tell of, and when each took effect by what was done; None: not yet."""

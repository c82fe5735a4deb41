"""Whether the money of a case fits its history, and itself."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from schemas.past import PastAct
from services.intake.bundles.binding import is_party
from services.intake.bundles.dues import THE_AWARD, Due
from services.intake.bundles.running import (
    ADVANCED,
    AGREED,
    MOST_OF_A_KIND,
    ORDERED,
    Bundle,
    Fixed,
    Running,
    Told,
)
from services.intake.domain.steps.advance_execution import ORDERED as EXECUTED
from services.intake.domain.steps.arbitration import PARTLY, SETTLED, award_of
from services.intake.domain.steps.inspection import DECIDED
from services.intake.domain.steps.setting_aside import fallen
from services.intake.domain.steps.suits import Dispute, concerning, decides, decides_on_appeal

JUDGED: Final = ("judged", "judged-on-appeal")
AWARDED: Final = (PARTLY, "awarded", "settled")


class Step(NamedTuple):
    """What was done, and what it fixed."""

    act: PastAct
    about: Dispute
    """What the suit is about in which it was done."""
    fixed: Fixed | None


def fit_money(case: Running, bundle: Bundle) -> None:
    """Whatever fixed what is due gives every member an amount; nobody received more than he is due."""
    steps = [
        Step(act, about, fixed_by(act, line.suit))
        for line, (act, about) in zip(case.steps, concerning(case.acts), strict=True)
    ]
    for told in case.members:
        his = [step for step in steps if concerns(step, told, case)]
        fixed = {step.fixed for step in his if step.fixed}
        for each in sorted(told.due_fen.keys() ^ fixed, key=str):
            found = "no amount" if each in fixed else "an amount"
            expected = f"an amount {called(each)} of each whom it is about, and in the history that it was"
            bundle.wrong.note("members.csv", told.line, "number", f"{case.number}: {found}", expected)
        paid_fen = sum(each.amount_fen for each in told.payments)
        due_fen = due_by(as_he_consented(his, told, case), told)
        if due_fen is not None and paid_fen > due_fen:
            found, expected = yuan(paid_fen), f"at most {yuan(due_fen)} paid, as he is due no more"
            bundle.wrong.note("members.csv", told.line, "number", found, expected)
        if len(told.payments) > MOST_OF_A_KIND:
            bundle.wrong.note(
                "members.csv", told.line, "number", "more payments", f"at most {MOST_OF_A_KIND}"
            )
    fit_instalments(case, bundle)


def fit_instalments(case: Running, bundle: Bundle) -> None:
    for number, instalments in case.instalments.items():
        in_parts, agreed = sum(each.amount_fen for _, each in instalments), case.agreed_fen(number)
        which = f" {number}" if number > 1 else ""
        if in_parts != agreed:
            expected = f"instalments of {yuan(agreed)} in all, as was agreed{which}"
            bundle.wrong.note("cases.csv", case.line, "number", yuan(in_parts), expected)
        if len(instalments) > MOST_OF_A_KIND:
            expected = f"at most {MOST_OF_A_KIND}"
            bundle.wrong.note("cases.csv", case.line, "number", "more instalments", expected)


def fixed_by(act: PastAct, suit: int | None) -> Fixed | None:
    """What an act gives the members, as its money is called.

    Args:
        suit: the line of the suit that it is about.
    """
    if act.code == PARTLY:
        return PARTLY, act.part
    if act.code == DECIDED and act.ordered_fen:
        return ORDERED, act.inspection or 1
    if act.code == EXECUTED:
        return ADVANCED, act.advance or 1
    if act.code == AGREED:
        return AGREED, act.agreement or 1
    if act.code == "awarded":
        return act.code, None
    if act.code == SETTLED:
        return "settled", None
    if decides(act):
        return "judged", suit
    return ("judged-on-appeal", suit) if decides_on_appeal(act) else None


def called(fixed: Fixed) -> str:
    kind, which = fixed
    if which is None:
        return kind
    return f"{kind} in the suit in line {which} of suits.csv" if kind in JUDGED else f"{kind} {which}"


def due_by(steps: Iterable[Step], told: Told) -> int | None:
    """What he is due in all by what was fixed, and fell; None while more is to be decided.

    What he gets in advance counts towards it, and adds nothing.
    """
    due = Due()
    for step in steps:
        if award := fallen(step.act):
            due.fall(award)
        if step.fixed is None or step.fixed[0] == ADVANCED:
            continue
        fen = told.due_fen.get(step.fixed)
        if fen is None:
            return None
        if step.fixed[0] in AWARDED:
            due.award(award_of(step.act) or THE_AWARD, fen)
        else:
            due.replace(step.about, fen)
    return due.in_all_fen


def concerns(step: Step, told: Told, case: Running) -> bool:
    """A suit of some gives the others nothing, and an order whom it does not name; nor does what is decided
    of all whom an agreement binds, or of who had left."""
    if told.gone(step.act.at):
        return False
    if step.fixed is None or step.fixed[0] == AGREED:
        return True
    if step.fixed[0] in (ORDERED, ADVANCED):
        return step.fixed in told.due_fen
    if step.fixed[0] in JUDGED and step.about.members:
        return step.about.binds(told.id)
    return is_party(case, told, step.act.at)


def as_he_consented(steps: Sequence[Step], told: Told, case: Running) -> Sequence[Step]:
    """What is fixed of him, in order: an agreement of a group is so when he consents to it, if he does."""
    placed = []
    for step in steps:
        agreement = step.fixed[1] if step.fixed and step.fixed[0] == AGREED else None
        if agreement is None or not case.by_consent(agreement):
            placed.append((step.act.at, False, step))
        elif at := case.consented_at(told, agreement):
            placed.append((at, True, step))
    return [step for _, _, step in sorted(placed, key=lambda each: each[:2])]


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"

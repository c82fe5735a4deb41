"""Whether the money of a case fits its history, and itself."""

from typing import Final

from schemas.ids import MemberId
from schemas.past import PastAct
from services.intake.bundles.running import MOST_OF_A_KIND, Bundle, Running, Told
from services.intake.domain.steps.arbitration import PARTLY, SETTLED
from services.intake.domain.steps.suits import Parties, concerning, decides, decides_on_appeal

FIXED: Final = ("agreed", "settled", "awarded", "judged", "judged-on-appeal")
"""The kinds of money that say what a member is due."""
JUDGED: Final = ("judged", "judged-on-appeal")
BESIDE_PARTS: Final = ("awarded", "settled")
"""What comes on top of the partial awards; all else takes their place."""


def fit_money(case: Running, bundle: Bundle) -> None:
    """Whatever fixed what is due gives every member an amount; nobody received more than he is due."""
    acts = list(concerning(case.acts))
    for told in case.members:
        fixed = [kind for act, about in acts if (kind := fixed_by(act)) and binds(kind, about, told.id)]
        for kind in FIXED:
            if (kind in told.due_fen) != (kind in fixed):
                expected = f"an amount {kind} of each whom it is about, and in the history that it was {kind}"
                bundle.wrong.note("members.csv", told.line, "number", case.number, expected)
        if told.parts_fen.keys() != set(range(1, fixed.count(PARTLY) + 1)):
            expected = "an amount of each partial award in the history, for each member"
            bundle.wrong.note("members.csv", told.line, "number", case.number, expected)
        paid_fen = sum(each.amount_fen for each in told.payments)
        due_fen = due_by(fixed[-1], told) if fixed else None
        if due_fen is not None and paid_fen > due_fen:
            found, expected = yuan(paid_fen), f"at most {yuan(due_fen)} paid, as he is due no more"
            bundle.wrong.note("members.csv", told.line, "number", found, expected)
        if len(told.payments) > MOST_OF_A_KIND:
            bundle.wrong.note(
                "members.csv", told.line, "number", "more payments", f"at most {MOST_OF_A_KIND}"
            )
    fit_instalments(case, bundle)


def fit_instalments(case: Running, bundle: Bundle) -> None:
    in_parts = sum(each.amount_fen for _, each in case.instalments)
    if case.instalments and in_parts != case.agreed_fen:
        expected = f"instalments of {yuan(case.agreed_fen)} in all, as was agreed"
        bundle.wrong.note("cases.csv", case.line, "number", yuan(in_parts), expected)
    if len(case.instalments) > MOST_OF_A_KIND:
        bundle.wrong.note("cases.csv", case.line, "number", "more instalments", f"at most {MOST_OF_A_KIND}")


def fixed_by(act: PastAct) -> str | None:
    """The kind of money that an act gives the members."""
    if act.code in ("agreed", "awarded", PARTLY):
        return act.code
    if act.code == SETTLED:
        return "settled"
    if decides(act):
        return "judged"
    return "judged-on-appeal" if decides_on_appeal(act) else None


def due_by(kind: str, told: Told) -> int | None:
    """What he is due in all once that was fixed; None while more is to be decided."""
    due_fen = told.due_fen.get(kind)
    beside = sum(told.parts_fen.values()) if kind in BESIDE_PARTS else 0
    return None if due_fen is None else due_fen + beside


def binds(kind: str, about: Parties, member: MemberId) -> bool:
    """A suit of some gives the others nothing."""
    return kind not in JUDGED or about is None or member in about


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"

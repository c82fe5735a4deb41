"""Whether the money of a case fits its history, and itself."""

from collections.abc import Iterable
from typing import Final

from schemas.past import PastAct
from services.intake.bundles.dues import THE_AWARD, Due
from services.intake.bundles.running import MOST_OF_A_KIND, Bundle, Running, Told
from services.intake.domain.steps.arbitration import PARTLY, SETTLED, award_of
from services.intake.domain.steps.setting_aside import fallen
from services.intake.domain.steps.suits import Dispute, concerning, decides, decides_on_appeal

FIXED: Final = ("agreed", "settled", "awarded", "judged", "judged-on-appeal")
"""The kinds of money that say what a member is due."""
JUDGED: Final = ("judged", "judged-on-appeal")
AWARDED: Final = (PARTLY, "awarded", "settled")


def fit_money(case: Running, bundle: Bundle) -> None:
    """Whatever fixed what is due gives every member an amount; nobody received more than he is due."""
    acts = list(concerning(case.acts))
    for told in case.members:
        fixed = [kind for act, about in acts if (kind := fixed_by(act)) and binds(kind, about, told)]
        for kind in FIXED:
            if (kind in told.due_fen) != (kind in fixed):
                expected = f"an amount {kind} of each whom it is about, and in the history that it was {kind}"
                bundle.wrong.note("members.csv", told.line, "number", case.number, expected)
        if told.parts_fen.keys() != set(range(1, fixed.count(PARTLY) + 1)):
            expected = "an amount of each partial award in the history, for each member"
            bundle.wrong.note("members.csv", told.line, "number", case.number, expected)
        paid_fen = sum(each.amount_fen for each in told.payments)
        due_fen = due_by(acts, told)
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


def due_by(acts: Iterable[tuple[PastAct, Dispute]], told: Told) -> int | None:
    """What he is due in all by what was fixed, and fell; None while more is to be decided."""
    due = Due()
    for act, about in acts:
        if award := fallen(act):
            due.fall(award)
        kind = fixed_by(act)
        if kind is None or not binds(kind, about, told):
            continue
        fen = told.parts_fen.get(act.part or 1) if kind == PARTLY else told.due_fen.get(kind)
        if fen is None:
            return None
        if kind in AWARDED:
            due.award(award_of(act) or THE_AWARD, fen)
        else:
            due.replace(about, fen)
    return due.in_all_fen


def binds(kind: str, about: Dispute, told: Told) -> bool:
    """A suit of some gives the others nothing."""
    return kind not in JUDGED or about.binds(told.id)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"

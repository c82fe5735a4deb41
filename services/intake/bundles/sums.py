"""Whether the money of a case fits its history, and itself."""

from collections.abc import Iterable
from typing import Final

from schemas.past import PastAct
from services.intake.bundles.dues import THE_AWARD, Due
from services.intake.bundles.running import MOST_OF_A_KIND, Bundle, Fixed, Running, Told
from services.intake.domain.steps.arbitration import PARTLY, SETTLED, award_of
from services.intake.domain.steps.setting_aside import fallen
from services.intake.domain.steps.suits import Dispute, concerning, decides, decides_on_appeal

JUDGED: Final = ("judged", "judged-on-appeal")
AWARDED: Final = (PARTLY, "awarded", "settled")


def fit_money(case: Running, bundle: Bundle) -> None:
    """Whatever fixed what is due gives every member an amount; nobody received more than he is due."""
    acts = list(concerning(case.acts))
    for told in case.members:
        fixed = {each for act, about in acts if (each := fixed_by(act)) and binds(each, about, told)}
        for each in sorted(told.due_fen.keys() ^ fixed, key=str):
            expected = f"an amount {called(each)} of each whom it is about, and in the history that it was"
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


def fixed_by(act: PastAct) -> Fixed | None:
    """What an act gives the members, as its money is called."""
    if act.code == PARTLY:
        return PARTLY, act.part
    if act.code in ("agreed", "awarded"):
        return act.code, None
    if act.code == SETTLED:
        return "settled", None
    if decides(act):
        return "judged", None
    return ("judged-on-appeal", None) if decides_on_appeal(act) else None


def called(fixed: Fixed) -> str:
    kind, which = fixed
    return f"{kind} {which}" if which else kind


def due_by(acts: Iterable[tuple[PastAct, Dispute]], told: Told) -> int | None:
    """What he is due in all by what was fixed, and fell; None while more is to be decided."""
    due = Due()
    for act, about in acts:
        if award := fallen(act):
            due.fall(award)
        fixed = fixed_by(act)
        if fixed is None or not binds(fixed, about, told):
            continue
        fen = told.due_fen.get(fixed)
        if fen is None:
            return None
        if fixed[0] in AWARDED:
            due.award(award_of(act) or THE_AWARD, fen)
        else:
            due.replace(about, fen)
    return due.in_all_fen


def binds(fixed: Fixed, about: Dispute, told: Told) -> bool:
    """A suit of some gives the others nothing."""
    return fixed[0] not in JUDGED or about.binds(told.id)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"

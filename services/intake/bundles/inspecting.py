"""Whether the orders of labour inspection fit what they give whom; and whether they were obeyed."""

from datetime import datetime

from law.deadlines import day_of
from schemas.past import PastAct
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.running import ORDERED, Bundle, Running
from services.intake.bundles.sums import fixed_by, yuan
from services.intake.domain.steps.inspection import DECIDED, REPORTED


def fit_inspections(case: Running, bundle: Bundle, now: datetime, outlook: Outlook) -> None:
    acts = case.acts
    for place, (line, act) in enumerate(zip(case.steps, acts, strict=True)):
        if act.code != DECIDED or not act.ordered_fen:
            continue
        named_fen = sum(ordered_of(act, case))
        if named_fen and named_fen != act.ordered_fen:
            expected = f"{yuan(named_fen)}, as money.csv has it {ORDERED} for those whom it names"
            bundle.wrong.note(line.file, line.line, "ordered_yuan", yuan(act.ordered_fen), expected)
        asked_anew = any(each.code == REPORTED and each.at <= (act.pay_by or now) for each in acts[place:])
        if act.pay_by and act.pay_by < now and not asked_anew:
            paid_fen = paid_by(act, case, act.pay_by)
            if paid_fen < act.ordered_fen:
                owed = f"{yuan(act.ordered_fen)} were to be paid by {day_of(act.pay_by)}"
                outlook.warnings.append(
                    f"{line.file} line {line.line}: {case.number}, {owed}, and {yuan(paid_fen)} had come; "
                    "it is imported as not obeyed."
                )


def ordered_of(act: PastAct, case: Running) -> list[int]:
    """What an order gives each member; nothing where it states a sum alone."""
    fixed = fixed_by(act, None)
    return [told.due_fen.get(fixed, 0) for told in case.members] if fixed else []


def paid_by(act: PastAct, case: Running, until: datetime) -> int:
    """What had come of it by then. What one got beyond what was ordered for him pays for nobody else."""
    paid = [
        sum(each.amount_fen for each in told.payments if each.received_at <= until) for told in case.members
    ]
    ordered = ordered_of(act, case)
    return sum(map(min, paid, ordered)) if any(ordered) else sum(paid)

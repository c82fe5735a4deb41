"""Every command about the rights of the applicants that run out."""

from datetime import date
from typing import Final

from casebridge.answers.aid_commands import Give, here
from law.book import Law
from schemas.facts import KeyDates, LimitationAct
from schemas.matters import LimitationInterrupted, LimitationSuspended
from schemas.samples import a
from services.mediation.domain import limiting
from services.mediation.domain.matter import Matter

DAY: Final = date(2026, 3, 4)
DATES: Final = KeyDates(known_on=date(2026, 2, 2), performance_due_on=date(2026, 2, 2))
SOUGHT: Final = LimitationAct(code=a(LimitationInterrupted).code, on=DAY)
KEPT: Final = LimitationAct(code=a(LimitationSuspended).code, on=DAY)


def right_commands(law: Law) -> dict[str, Give]:
    """By the module of the decision and its name."""
    return {
        "limiting: count_again": lambda m: limiting.count_again(m, here(m), DATES, law),
        "limiting: note_act": lambda m: limiting.note_act(m, here(m), SOUGHT, None, law),
        "limiting: note_act (it suspends)": lambda m: limiting.note_act(m, here(m), KEPT, None, law),
        "limiting: end_suspension": lambda m: limiting.end_suspension(m, here(m), KEPT.code, DAY, law),
        "limiting: use": lambda m: limiting.use(m, here(m), right_of(m), DAY, None),
    }


def right_of(matter: Matter) -> str:
    """One that is open."""
    return next(iter(limiting.rights_of(matter)), "limitation_by")

"""Bundles of cases with execution in advance of the award, as an IT team takes them from its old system."""

from collections.abc import Mapping
from typing import Any, Final

from tests.services.bundles import Old
from tests.services.bundles_arbitrated import accepted
from tests.services.bundles_at_court import COURT

ADVANCES: Final = "advance_executions.csv"
ASKED, MOVED, REFUSED = "旧〔2026〕80号", "旧〔2026〕81号", "旧〔2026〕82号"


def with_advances(old: Old) -> Old:
    """Asked for; ordered and moved to the court, from which a part came; refused, and asked for again."""
    advanced(old, ASKED, 40, {"applied": 10})
    first, second = ordered(old, MOVED, 50)
    old.money(MOVED, "paid", "1500.00", 5, member=first, payer="court")
    old.money(MOVED, "paid", "500.00", 4, member=second, payer="court")
    advanced(old, REFUSED, 50, {"applied": 30, "refused": 25}, because="no-hardship")
    again: dict[str, Any] = {"for": "medical;pay", "amount_yuan": "900", "applied": old.day(8)}
    old.row(ADVANCES, REFUSED, members=old.files["members.csv"][-1]["name"], **again)
    return old


def advanced(old: Old, number: str, ago: int, days: Mapping[str, int], **said: Any) -> list[str]:
    """Arbitration of two was accepted in fourteen days; they ask for 4,000 yuan in advance."""
    ids = accepted(old, number, ago, members=2)
    dates = {column: old.day(day) for column, day in days.items()}
    old.row(ADVANCES, number, **{"for": "pay", "amount_yuan": "4000.00", **dates, **said})
    return ids


def ordered(old: Old, number: str, ago: int) -> list[str]:
    """And the commission orders 1,500 yuan for each of the two, and moves it to the court."""
    days = {"applied": ago - 20, "ordered": ago - 30}
    moved = {"court": COURT, "docket": f"中劳人仲先〔2026〕{ago}号"}
    ids = advanced(old, number, ago, days, **moved)
    for id in ids:
        old.money(number, "advanced", "1500.00", member=id)
    return ids

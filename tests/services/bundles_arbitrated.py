"""Bundles of cases before an arbitration commission, as an IT team takes them from its old system."""

from collections.abc import Mapping
from typing import Final

from tests.services.bundles import Old, agreed

COMMISSION: Final = "442000-arbitration"
TO_REVIEW, REVIEWED = "旧〔2026〕37号", "旧〔2026〕38号"
EXTENDED = "旧〔2026〕39号"


def with_arbitrations(old: Old) -> Old:
    """Agreements that a commission reviews, or has reviewed; an arbitration that has more time."""
    asked_to_review(old, TO_REVIEW, 30, {"applied": 6})
    asked_to_review(old, REVIEWED, 90, {"applied": 70, "confirmed": 66})
    extended(old, EXTENDED, 70)
    return old


def asked_to_review(old: Old, number: str, ago: int, days: Mapping[str, int]) -> list[str]:
    """An agreement was made ten days after they applied, and a commission was asked to review it."""
    ids = agreed(old, number, "mediation", ago)
    dates = {column: old.day(day) for column, day in days.items()}
    docket = {"docket": f"中劳人仲调〔2026〕{ago}号"} if "confirmed" in days else {}
    old.row("arbitration_reviews.csv", number, commission=COMMISSION, **dates, **docket)
    return ids


def accepted(old: Old, number: str, ago: int, members: int = 1) -> list[str]:
    """Arbitration was applied for ten days after they applied, and accepted in four."""
    ids = old.case(number, "arbitration", ago, members)
    old.granted(number, ago)
    old.act(number, ago - 10, "arbitration-filed", body=COMMISSION)
    old.act(number, ago - 14, "arbitration-accepted", docket=f"中劳人仲案〔2026〕{ago}号")
    return ids


def extended(old: Old, number: str, ago: int) -> None:
    """The same; on the day before its time ended it had more, until the sixtieth day."""
    accepted(old, number, ago)
    old.act(number, ago - 58, "arbitration-extended")

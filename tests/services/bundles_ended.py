"""Bundles of cases whose aid ended early, as an IT team takes them from its old system."""

from typing import Any

from tests.services.bundles import Old, agreed
from tests.services.bundles_refused import objected

TERMINATED, DISPUTED, DONE = "旧〔2026〕31号", "旧〔2026〕32号", "旧〔2026〕33号"
WITHDRAWN, SETTLED_ELSEWHERE, ANEW = "旧〔2026〕34号", "旧〔2026〕35号", "旧〔2026〕36号"


def with_ends(old: Old) -> Old:
    """Aid that was terminated, objected to, concluded; what was withdrawn, or only the arbitration."""
    terminated(old, TERMINATED, 40)
    terminated(old, DISPUTED, 40)
    objected(old, DISPUTED, 2)
    terminated(old, DONE, 50, "concluded")
    old.act(DONE, 20, "concluded", outcome="terminated")
    withdrawn(old, WITHDRAWN, 30)
    paid_and_withdrawn(old, SETTLED_ELSEWHERE, 80)
    filed_anew(old, ANEW, 60)
    return old


def terminated(old: Old, number: str, ago: int, stage: str = "terminated", **said: Any) -> list[str]:
    """Granted three days after, a mediation was proposed, and aid terminated twenty days after."""
    ids = old.case(number, stage, ago)
    old.granted(number, ago)
    old.act(number, ago - 15, "mediation-proposed", kind="labour", body="442000-mediation")
    why = {"termination": "own-lawyer", "basis": "LAL-48"}
    old.act(number, ago - 20, "terminated", **why | said)
    return ids


def withdrawn(old: Old, number: str, ago: int) -> None:
    """The application was withdrawn during its review."""
    old.case(number, "withdrawn", ago)
    old.act(number, ago - 2, "accepted")
    old.act(number, ago - 3, "withdrawn", withdrawal="applicant-request")


def paid_and_withdrawn(old: Old, number: str, ago: int) -> list[str]:
    """Agreed on; of two members one got his money, and they wanted no aid for the rest."""
    ids = agreed(old, number, "withdrawn", ago)
    old.money(number, "paid", "8000.00", ago - 20, member=ids[0])
    old.act(number, ago - 30, "withdrawn", withdrawal="settled-elsewhere")
    return ids


def filed_anew(old: Old, number: str, ago: int) -> None:
    """Arbitration was applied for, withdrawn, and applied for once more."""
    old.case(number, "arbitration", ago)
    old.granted(number, ago)
    old.act(number, ago - 10, "arbitration-filed", body="442000-arbitration")
    old.act(number, ago - 12, "arbitration-accepted", docket=f"中劳人仲案〔2026〕{ago}号")
    old.act(number, ago - 20, "arbitration-withdrawn")
    old.act(number, ago - 58, "arbitration-filed", body="442000-arbitration")

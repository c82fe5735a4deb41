"""Bundles of cases whose aid was refused, as an IT team takes them from its old system."""

from typing import Any, Final

from tests.services.bundles import Old

BUREAU: Final = "442000-justice-bureau"
REFUSED, OBJECTED, CORRECTED = "旧〔2026〕22号", "旧〔2026〕23号", "旧〔2026〕24号"


def with_refusals(old: Old) -> Old:
    """A refusal that stands, one that was objected to, and one that was corrected."""
    refused(old, REFUSED, 20)
    refused(old, OBJECTED, 20)
    objected(old, OBJECTED, 3)
    refused(old, CORRECTED, 30, "review")
    objected(old, CORRECTED, 20, decided=old.day(17), result="corrected")
    return old


def refused(old: Old, number: str, ago: int, stage: str = "refused") -> None:
    """Received so many days ago, accepted two days later, refused four days later."""
    old.case(number, stage, ago)
    old.act(number, ago - 2, "accepted")
    old.act(number, ago - 4, "refused", refusal="means", basis="LAL-34")


def objected(old: Old, number: str, ago: int, **said: Any) -> None:
    """The bureau received the objection so many days ago."""
    old.row("objections.csv", number, bureau=BUREAU, received=old.day(ago), **said)

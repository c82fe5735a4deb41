"""Bundles of cases that were settled, as an IT team takes them from its old system."""

from collections.abc import Mapping
from typing import Final

from tests.services.bundles import Old, agreed
from tests.services.bundles_at_court import docketed

NOTARY: Final = "442000-notary"
SETTLED, IN_COURT = "旧〔2026〕26号", "旧〔2026〕27号"
NOTARISED, CERTIFIED, KEPT = "旧〔2026〕28号", "旧〔2026〕29号", "旧〔2026〕30号"

AGREED_ANEW = "旧〔2026〕59号"


def with_settlements(old: Old) -> Old:
    """Settled before the commission and in court; an agreement that a notary had, and one that was kept."""
    settled(old, SETTLED, 100)
    settled_in_court(old, IN_COURT, 150)
    notarised(old, NOTARISED, 90, {"applied": 78, "issued": 70})
    notarised(old, CERTIFIED, 120, {"applied": 108, "issued": 100, "certified": 40})
    kept(old, KEPT, 100)
    agreed_anew(old, AGREED_ANEW, 100)
    return old


def settled(old: Old, number: str, ago: int, stage: str = "arbitration") -> list[str]:
    """Two members; a settlement over 6,000 yuan each was made before the commission."""
    ids = old.case(number, stage, ago, members=2)
    old.granted(number, ago)
    old.act(number, ago - 10, "arbitration-filed", body="442000-arbitration")
    old.act(number, ago - 14, "arbitration-accepted", docket=f"中劳人仲案〔2026〕{ago}号")
    old.act(number, ago - 30, "arbitration-settled")
    for id in ids:
        old.money(number, "settled", "6000.00", member=id)
    return ids


def settled_in_court(old: Old, number: str, ago: int) -> list[str]:
    """Two members sued over an award, and the court mediated."""
    decided = {"judged": old.day(ago - 70), "judgment": "mediated", "final": "yes"}
    ids = docketed(old, number, ago, "concluded", **decided)
    for id in ids:
        old.money(number, "judged", "7000.00", member=id)
    old.act(number, ago - 75, "concluded", outcome="court-mediation")
    return ids


def notarised(old: Old, number: str, ago: int, days: Mapping[str, int]) -> list[str]:
    """Agreed on two instalments, of which the first came in time, and a notary was asked."""
    ids = agreed(old, number, "mediation", ago)
    old.money(number, "instalment", "8000.00", ago - 25)
    old.money(number, "instalment", "8000.00", ago - 60)
    for id in ids:
        old.money(number, "paid", "4000.00", ago - 24, member=id)
    dates = {column: old.day(day) for column, day in days.items()}
    numbers = {"docket": f"（2026）粤中山证字第{ago}号"} if "issued" in days else {}
    if "certified" in days:
        numbers["certificate"] = f"（2026）粤中山执字第{ago}号"
    old.row("notarisations.csv", number, notary=NOTARY, **dates, **numbers)
    return ids


def kept(old: Old, number: str, ago: int) -> list[str]:
    """Agreed on two instalments; both came, the last one on the day on which it was said that all had."""
    ids = agreed(old, number, "concluded", ago)
    old.money(number, "instalment", "8000.00", ago - 25)
    old.money(number, "instalment", "8000.00", ago - 60)
    for id in ids:
        old.money(number, "paid", "4000.00", ago - 20, member=id)
        old.money(number, "paid", "4000.00", ago - 55, member=id)
    old.act(number, ago - 12, "concluded", outcome="agreement")
    old.act(number, ago - 55, "performed")
    return ids


def agreed_anew(old: Old, number: str, ago: int) -> list[str]:
    """An agreement was missed, and another one was mediated, of which the first instalment came in time."""
    ids = agreed(old, number, "mediation", ago)
    old.money(number, "instalment", "16000.00", ago - 30)
    old.act(number, ago - 35, "mediation-proposed", kind="peoples", body="442000-mediation")
    old.act(number, ago - 45, "agreed")
    old.money(number, "instalment", "4000.00", ago - 60, agreement="2")
    old.money(number, "instalment", "10000.00", -20, agreement="2")
    for id in ids:
        old.money(number, "agreed", "7000.00", member=id, agreement="2")
        old.money(number, "paid", "1000.00", ago - 25, member=id)
        old.money(number, "paid", "1000.00", ago - 55, member=id)
    return ids

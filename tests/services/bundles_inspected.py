"""Bundles of cases that labour inspection was asked in, as an IT team takes them from its old system."""

from collections.abc import Mapping
from typing import Any, Final

from tests.services.bundles import Old

INSPECTORATE: Final = "442000-labour-inspection"
INSPECTIONS: Final = "inspections.csv"

REPORTED, INVESTIGATED = "旧〔2026〕70号", "旧〔2026〕71号"
ORDERED, DISOBEYED, OBEYED = "旧〔2026〕72号", "旧〔2026〕73号", "旧〔2026〕74号"
REFERRED: Final = "旧〔2026〕75号"


def with_inspections(old: Old) -> Old:
    """Asked, investigating with more time, ordering, not obeyed, obeyed; referred, and then refused."""
    inspected(old, REPORTED, 30, {"reported": 3})
    inspected(old, INVESTIGATED, 120, {"reported": 110, "accepted": 105, "extended": 25})
    ordered(old, ORDERED, 60, pay_by=-9)
    ordered(old, DISOBEYED, 90, pay_by=20)
    for id in ordered(old, OBEYED, 90, pay_by=20):
        old.money(OBEYED, "paid", "6000.00", 21, member=id)
    inspected(old, REFERRED, 90, {"reported": 80, "accepted": 78, "decided": 60}, result="referred")
    old.files[INSPECTIONS][-1]["referred_to"] = "442000-human-resources"
    refused = {"reported": old.day(40), "refused": old.day(35), "because": "not-competent"}
    old.row(INSPECTIONS, REFERRED, inspectorate=INSPECTORATE, approach="report", **refused)
    return old


def inspected(
    old: Old, number: str, ago: int, days: Mapping[str, int], members: int = 2, **said: Any
) -> list[str]:
    """Aid was granted, and labour inspection was asked, on these days."""
    ids = old.case(number, "granted", ago, members)
    old.granted(number, ago)
    dates = {column: old.day(day) for column, day in days.items()}
    docket = {"docket": f"中劳监立字〔2026〕{ago}号"} if "accepted" in days else {}
    old.row(INSPECTIONS, number, inspectorate=INSPECTORATE, approach="complaint", **dates, **docket, **said)
    return ids


def ordered(old: Old, number: str, ago: int, pay_by: int, amount: str = "6000.00") -> list[str]:
    """The employer was to pay two members so much each, by so many days ago; so it was decided in a month."""
    days = {"reported": ago - 10, "accepted": ago - 14, "decided": ago - 40, "pay_by": pay_by}
    ids = inspected(old, number, ago, days, result="payment-ordered", ordered_yuan="12000.00")
    for id in ids:
        old.money(number, "ordered", amount, member=id)
    return ids

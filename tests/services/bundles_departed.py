"""Bundles of groups that some have left, as an IT team takes them from its old system."""

from typing import Final

from tests.services.bundles import Old, agreed
from tests.services.bundles_arbitrated import accepted
from tests.services.bundles_groups import consenting

DEPARTURES: Final = "departures.csv"
MEDIATED, AWARDED, KEPT, GROUPED = "旧〔2026〕90号", "旧〔2026〕91号", "旧〔2026〕92号", "旧〔2026〕93号"


def with_departures(old: Old) -> Old:
    """Of three who are mediated, of three with an award, of two with an agreement, and of a group."""
    mediated(old, MEDIATED, 30)
    awarded(old, AWARDED, 90)
    agreed_with(old, KEPT, 60)
    grouped(old, GROUPED, 60)
    return old


def left(old: Old, number: str, id: str, ago: int, because: str = "own-wish") -> None:
    old.row(DEPARTURES, number, member=id, left=old.day(ago), because=because)


def mediated(old: Old, number: str, ago: int) -> list[str]:
    """Three; the first got 500 yuan in cash and left. Nothing is agreed yet."""
    ids = old.case(number, "mediation", ago, members=3)
    old.granted(number, ago)
    old.act(number, ago - 25, "mediation-proposed", kind="labour", body="442000-mediation")
    old.money(number, "paid", "500.00", ago - 26, member=ids[0], payer="employer", form="cash")
    left(old, number, ids[0], ago - 26, "settled-alone")
    return ids


def awarded(old: Old, number: str, ago: int) -> list[str]:
    """Three; one left before the award, which gives the others 3,000 yuan each; and one of them since."""
    ids = accepted(old, number, ago, members=3)
    left(old, number, ids[0], ago - 20, "own-case")
    old.act(number, ago - 40, "awarded", final="yes")
    for id in ids[1:]:
        old.money(number, "awarded", "3000.00", member=id)
    old.money(number, "paid", "1000.00", ago - 50, member=ids[1], payer="general-contractor")
    left(old, number, ids[1], ago - 60)
    return ids


def agreed_with(old: Old, number: str, ago: int) -> list[str]:
    """Two agreed on 8,000 yuan each in two instalments; with the first of them one left."""
    ids = agreed(old, number, "mediation", ago)
    old.money(number, "instalment", "8000.00", ago - 30)
    old.money(number, "instalment", "8000.00", -10)
    for id in ids:
        old.money(number, "paid", "4000.00", ago - 30, member=id)
    left(old, number, ids[0], ago - 35)
    return ids


def grouped(old: Old, number: str, ago: int) -> list[str]:
    """A group of twelve: one left before its agreement, and two who had consented, one of them speaking."""
    ids = consenting(old, number, ago)
    [last] = ids[11:]
    del old.files["money.csv"][-1]
    for row in old.files["money.csv"]:
        if row["number"] == number and row["kind"] == "instalment":
            row["amount_yuan"] = "44000.00"
    left(old, number, last, ago - 35, "died")
    old.money(number, "paid", "2000.00", ago - 50, member=ids[3])
    left(old, number, ids[3], ago - 51)
    left(old, number, ids[4], ago - 52, "settled-alone")
    return ids

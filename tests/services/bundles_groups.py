"""Bundles of groups that chose who speaks for them, as an IT team takes them from its old system."""

from typing import Final

from tests.services.bundles import Old

GROUPED, GOING_ON = "旧〔2026〕60号", "旧〔2026〕61号"
COMMISSION: Final = "442000-arbitration"


def with_groups(old: Old) -> Old:
    """A group of which some have consented to its agreement, and one whose others went on without them."""
    consenting(old, GROUPED, 60)
    going_on(old, GOING_ON, 120)
    return old


def consenting(old: Old, number: str, ago: int) -> list[str]:
    """Twelve, for whom three speak: nine have consented, one has refused, two have not answered yet."""
    ids = old.case(number, "mediation", ago, members=12)
    old.granted(number, ago)
    for id in ids[1:3]:
        speaks(old, number, id, ago - 2)
    speaks(old, number, ids[0], ago - 2, ago - 20)
    speaks(old, number, ids[3], ago - 20)
    old.act(number, ago - 30, "mediation-proposed", kind="labour", body="442000-mediation")
    old.act(number, ago - 40, "agreed")
    old.money(number, "instalment", "48000.00", -10)
    old.money(number, "instalment", "48000.00", -40)
    for id in ids:
        old.money(number, "agreed", "8000.00", member=id)
    answers(old, number, ids[:5], consented=old.day(ago - 40))
    answers(old, number, ids[5:9], consented=old.day(ago - 45))
    answers(old, number, ids[9:10], refused=old.day(ago - 48))
    answers(old, number, [])
    return ids


def going_on(old: Old, number: str, ago: int) -> list[str]:
    """Ten, of whom eight consented and were paid in time; the two others were awarded the whole, finally."""
    ids = old.case(number, "arbitration", ago, members=10)
    old.granted(number, ago)
    for id in ids[:3]:
        speaks(old, number, id, ago)
    old.act(number, ago - 10, "mediation-proposed", kind="labour", body="442000-mediation")
    old.act(number, ago - 20, "agreed")
    answers(old, number, ids[8:], refused=old.day(ago - 21))
    answers(old, number, [], consented=old.day(ago - 20))
    old.act(number, ago - 30, "arbitration-filed", body=COMMISSION)
    old.act(number, ago - 34, "arbitration-accepted", docket=f"中劳人仲案〔2026〕{ago}号")
    old.act(number, ago - 60, "awarded", final="yes")
    old.money(number, "instalment", "70000.00", ago - 50)
    for id in ids:
        old.money(number, "agreed", "7000.00", member=id)
    for id in ids[:8]:
        old.money(number, "paid", "7000.00", ago - 50, member=id)
    for id in ids[8:]:
        old.money(number, "awarded", "10000.00", member=id)
    return ids


def speaks(old: Old, number: str, id: str, since: int, until: int | None = None) -> None:
    """A member spoke for the group since so many days ago, until so many."""
    over = {} if until is None else {"until": old.day(until)}
    old.row("representatives.csv", number, member=id, since=old.day(since), **over)


def answers(old: Old, number: str, ids: list[str], **said: str) -> None:
    """What some said to the agreement; nobody in particular: what all others said."""
    old.row("consents.csv", number, members=";".join(ids), **said)

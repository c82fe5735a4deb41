"""Bundles of cases whose limitation began anew or stands still, as an IT team takes them from its system."""

from tests.services.bundles import Old

CLAIMED, SINCE, STOPPED = "旧〔2026〕62号", "旧〔2026〕63号", "旧〔2026〕64号"


def with_limitation(old: Old) -> Old:
    """Without what was done the right would have lapsed: before the case came, since it came, and still."""
    ended(old, CLAIMED, 2, 500)
    old.row("limitation_acts.csv", CLAIMED, act="claimed", on=old.day(300))
    ended(old, SINCE, 390, 450)
    old.row("limitation_acts.csv", SINCE, act="promised", on=old.day(150))
    ended(old, STOPPED, 2, 380)
    old.row("limitation_acts.csv", STOPPED, act="no-agent", on=old.day(30))
    return old


def ended(old: Old, number: str, ago: int, employed_until: int) -> None:
    """Unpaid wages of an employment that ended so many days ago; nobody has taken the case on yet."""
    old.case(number, "submitted", ago, employment_ended_on=old.day(employed_until))

"""Bundles of cases before a court, as an IT team takes them from its old system."""

from collections.abc import Mapping
from typing import Any, Final

from tests.services.bundles import Old, agreed

COURT: Final = "442000-court"
PENDING, APPEALABLE, FINAL = "旧〔2026〕13号", "旧〔2026〕14号", "旧〔2026〕15号"
ENDED, GOING_ON = "旧〔2026〕16号", "旧〔2026〕17号"
ORDERED, UNOPPOSED = "旧〔2026〕18号", "旧〔2026〕19号"
TO_CONFIRM, CONFIRMED = "旧〔2026〕20号", "旧〔2026〕21号"
SOME_SUED = "旧〔2026〕25号"
BESIDE = "旧〔2026〕50号"
IN_PARTS = "旧〔2026〕51号"
OVER_A_PART = "旧〔2026〕55号"
TWICE = "旧〔2026〕58号"
FELL, PART_FELL = "旧〔2026〕56号", "旧〔2026〕57号"
STANDS_STILL, GOES_ON, PAID_OFF = "旧〔2026〕52号", "旧〔2026〕53号", "旧〔2026〕54号"


def at_court(old: Old) -> Old:
    """A case at every step before a court."""
    docketed(old, PENDING, 150)
    judged(old, APPEALABLE, 160, 10)
    judged(old, FINAL, 200, 60)
    enforced(old, ENDED, 400)
    enforced(old, GOING_ON, 410, "enforcement")
    old.row("enforcement.csv", GOING_ON, court=COURT, title="judgment", begun=old.day(20))
    ordered(old, ORDERED, 90, 3)
    ordered(old, UNOPPOSED, 120, 30)
    asked_to_confirm(old, TO_CONFIRM, 30, {"applied": 6, "accepted": 4})
    asked_to_confirm(old, CONFIRMED, 100, {"applied": 80, "accepted": 78, "confirmed": 70})
    sued_by_one(old, SOME_SUED, 210, 70)
    beside(old, BESIDE, 200)
    in_parts(old, IN_PARTS, 150)
    over_a_part(old, OVER_A_PART, 200)
    first, second = enforced(old, PAID_OFF, 420)
    old.money(PAID_OFF, "paid", "4000.00", 110, member=first)
    old.money(PAID_OFF, "paid", "8000.00", 109, member=second)
    challenged(old, STANDS_STILL, 150)
    challenged(old, GOES_ON, 160, dismissed=old.day(60), ruling="（2026）粤20民特2号")
    judged_twice(old, TWICE, 240)
    challenged(old, FELL, 170, set_aside=old.day(10), served=old.day(8), ruling="（2026）粤20民特4号")
    part_fell(old, PART_FELL, 260)
    return old


def docketed(old: Old, number: str, ago: int, stage: str = "suit", **said: Any) -> list[str]:
    """Two members sued over an award fifty days after they applied; the court registered it in four."""
    ids = old.case(number, stage, ago, members=2)
    old.granted(number, ago)
    old.act(number, ago - 10, "arbitration-filed", body="442000-arbitration")
    old.act(number, ago - 14, "arbitration-accepted", docket=f"中劳人仲案〔2026〕{ago}号")
    old.act(number, ago - 40, "awarded", final="no")
    for id in ids:
        old.money(number, "awarded", "3000.00", member=id)
    days = {"filed": old.day(ago - 50), "docketed": old.day(ago - 54)}
    docket = {"docket": f"（2026）粤2071民初{ago}号", "procedure": "simple"}
    old.row("suits.csv", number, court=COURT, **days, **docket, **said)
    return ids


def judged(old: Old, number: str, ago: int, since: int, stage: str = "suit", **said: Any) -> list[str]:
    """The same; the judgment was served so many days ago, five days after it was made."""
    days = {"judged": old.day(since + 5), "served": old.day(since)}
    ids = docketed(old, number, ago, stage, **days, judgment="partly-granted", **said)
    for id in ids:
        old.money(number, "judged", "8000.00", member=id)
    return ids


def sued_by_one(old: Old, number: str, ago: int, since: int, stage: str = "suit") -> list[str]:
    """The same, but one of the two sued alone: the other was content with the award."""
    ids = judged(old, number, ago, since, stage, members="")
    old.files["suits.csv"][-1]["members"] = ids[0]
    del old.files["money.csv"][-1]
    return ids


def beside(old: Old, number: str, ago: int, stage: str = "enforcement") -> list[str]:
    """Two sued apart: the first judgment was appealed, the second nobody appealed, and it is enforced."""
    ids = judged(old, number, ago, 60, stage)
    first = old.files["suits.csv"][-1]
    first.update(members=ids[0], appealed=old.day(58), appeal_court=COURT)
    days = {"filed": old.day(ago - 51), "docketed": old.day(ago - 56), "judged": old.day(70)}
    said = {"docket": f"（2026）粤2071民初{ago + 1}号", "procedure": "small", "judgment": "granted"}
    old.row("suits.csv", number, court=COURT, **days, **said, members=ids[1])
    enforced = {"title": "judgment", "docket": said["docket"], "begun": old.day(20)}
    old.row("enforcement.csv", number, court=COURT, **enforced)
    return ids


def in_parts(old: Old, number: str, ago: int, stage: str = "enforcement") -> list[str]:
    """Wages were awarded first, and finally; a second part nobody sued over; the rest is not decided."""
    ids = old.case(number, stage, ago, members=2)
    old.granted(number, ago)
    old.act(number, ago - 10, "arbitration-filed", body="442000-arbitration")
    old.act(number, ago - 14, "arbitration-accepted", docket=f"中劳人仲案〔2026〕{ago}号")
    old.act(number, ago - 30, "partly-awarded", final="yes")
    old.act(number, ago - 40, "partly-awarded")
    for id in ids:
        old.money(number, "partly-awarded", "2000.00", member=id)
        old.money(number, "partly-awarded", "500.00", member=id, part="2")
    enforced = {"title": "partial-award", "begun": old.day(ago - 60)}
    ended = {"ended": old.day(ago - 90), "because": "no-assets"}
    old.row("enforcement.csv", number, court=COURT, **enforced, **ended)
    old.row("enforcement.csv", number, court=COURT, **enforced | {"begun": old.day(ago - 80)}, part="2")
    return ids


def over_a_part(old: Old, number: str, ago: int, stage: str = "enforcement") -> list[str]:
    """Two parts and the rest were awarded; they sued over the second part alone, and the rest is enforced."""
    ids = in_parts(old, number, ago, stage)
    old.files["history.csv"][-2]["final"] = "no"
    old.act(number, ago - 50, "awarded")
    del old.files["enforcement.csv"][-2:]
    days = {"filed": old.day(ago - 52), "docketed": old.day(ago - 56), "judged": old.day(ago - 100)}
    said = {"docket": f"（2026）粤2071民初{ago}号", "procedure": "small", "judgment": "granted"}
    over = {"against": "partial-award", "part": "2"}
    old.row("suits.csv", number, court=COURT, **days, **said, **over)
    for id in ids:
        old.money(number, "awarded", "1000.00", member=id)
        old.money(number, "judged", "700.00", member=id)
    old.row("enforcement.csv", number, court=COURT, title="award", begun=old.day(ago - 90))
    return ids


def judged_twice(old: Old, number: str, ago: int, stage: str = "suit") -> list[str]:
    """The same; then they sued over the rest as well, where an appeal is open."""
    ids = over_a_part(old, number, ago, stage)
    del old.files["enforcement.csv"][-1]
    first = old.files["suits.csv"][-1]["docket"]
    for row in old.files["money.csv"][-4:]:
        row.update({"docket": first} if row["kind"] == "judged" else {})
    days = {"filed": old.day(ago - 60), "docketed": old.day(ago - 64), "judged": old.day(5)}
    said = {"docket": f"（2026）粤2071民初{ago + 1}号", "procedure": "simple", "judgment": "granted"}
    old.row("suits.csv", number, court=COURT, **days, **said, against="award")
    for id in ids:
        old.money(number, "judged", "1500.00", member=id, docket=said["docket"])
    return ids


def challenged(old: Old, number: str, ago: int, stage: str = "enforcement", **said: str) -> list[str]:
    """A final award is enforced, and the employer asked the court above to set it aside."""
    ids = old.case(number, stage, ago, members=2)
    old.granted(number, ago)
    old.act(number, ago - 10, "arbitration-filed", body="442000-arbitration")
    old.act(number, ago - 14, "arbitration-accepted", docket=f"中劳人仲案〔2026〕{ago}号")
    old.act(number, ago - 40, "awarded", final="yes")
    for id in ids:
        old.money(number, "awarded", "3000.00", member=id)
    days = {"applied": old.day(ago - 50), "accepted": old.day(ago - 60)}
    asked = {"ground": "forged-evidence", "docket": "（2026）粤20民特1号"}
    old.row("setting_aside.csv", number, court=COURT, **asked, **days, **said)
    old.row("enforcement.csv", number, court=COURT, title="award", begun=old.day(ago - 45))
    return ids


def part_fell(old: Old, number: str, ago: int, stage: str = "suit") -> list[str]:
    """Of two final parts and the rest a court set the second aside; they sued over it, and it is tried."""
    ids = in_parts(old, number, ago, stage)
    old.files["history.csv"][-1]["final"] = "yes"
    old.act(number, ago - 50, "awarded", final="yes")
    for id in ids:
        old.money(number, "awarded", "1000.00", member=id)
    del old.files["enforcement.csv"][-2:]
    days = {"applied": old.day(ago - 55), "accepted": old.day(ago - 60), "set_aside": old.day(ago - 90)}
    asked = {"ground": "procedure", "docket": "（2026）粤20民特5号", "ruling": "（2026）粤20民特6号"}
    old.row("setting_aside.csv", number, court=COURT, part="2", served=old.day(ago - 92), **asked, **days)
    filed = {
        "filed": old.day(ago - 95),
        "docketed": old.day(ago - 99),
        "docket": f"（2026）粤2071民初{ago}号",
    }
    old.row("suits.csv", number, court=COURT, against="partial-award", part="2", **filed)
    return ids


def enforced(old: Old, number: str, ago: int, stage: str = "concluded") -> list[str]:
    """A judgment of 8,000 yuan each; a quarter came, and the court ended the round."""
    ids = judged(old, number, ago, 250, stage)
    if stage == "concluded":
        old.act(number, 240, "concluded", outcome="judgment")
    begun = {"title": "judgment", "begun": old.day(200)}
    old.row("enforcement.csv", number, court=COURT, **begun, ended=old.day(100), because="partly")
    old.money(number, "paid", "4000.00", 120, member=ids[0])
    return ids


def ordered(old: Old, number: str, ago: int, since: int) -> list[str]:
    """An agreement that was to be paid three weeks after it was made; an order was served since."""
    ids = agreed(old, number, "mediation", ago)
    old.money(number, "instalment", "16000.00", ago - 31)
    days = {"applied": ago - 40, "accepted": ago - 45, "issued": since + 4, "served": since}
    said = {"basis": "LDMAL-16", "docket": f"（2026）粤2071民督{ago}号"}
    dates = {column: old.day(day) for column, day in days.items()}
    old.row("payment_orders.csv", number, court=COURT, **said, **dates)
    return ids


def asked_to_confirm(old: Old, number: str, ago: int, days: Mapping[str, int]) -> list[str]:
    """An agreement was made ten days after they applied, and a court was asked to confirm it."""
    ids = agreed(old, number, "mediation", ago)
    dates = {column: old.day(day) for column, day in days.items()}
    ruling = {"ruling": f"（2026）粤2071民特{ago}号"} if "confirmed" in days else {}
    old.row("confirmations.csv", number, court=COURT, docket=f"（2026）粤2071民特{ago}号", **dates, **ruling)
    return ids

"""Zhongshan: an agreement is confirmed on the last day, or a day too late."""

from datetime import timedelta

from casebridge.demo.cast import ZHONGSHAN, ZHONGSHAN_COMMITTEE, ZHONGSHAN_COURT, ZHONGSHAN_LAWYERS
from casebridge.demo.course import (
    aided,
    at_noon,
    clocks,
    confirm,
    confirmed,
    enforce,
    mediated,
    on_a_working_day_after,
    put_away,
    refused,
    today,
    tried,
)
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("442000")
OWED_FEN = 26_000_00
DAYS = 30


async def confirmed_on_the_last_day(tale: Tale) -> None:
    """Both parties apply for confirmation on day 30: confirmed, not paid, enforced."""
    await agreed(tale)
    await tale.until(at_noon(today(tale) + timedelta(days=DAYS)))
    await confirm(tale, ZHONGSHAN_COURT)
    await confirmed(tale, "（2026）粤2071诉前调确12号")
    await tale.later(days=5)
    await aided(tale, "enforcement", "exempt-pay", ZHONGSHAN_LAWYERS, number=2)
    await enforce(tale, ZHONGSHAN_COURT, "confirmed-agreement")
    await tale.later(days=20)
    await tale.pay("court")
    await tale.perform()
    await tale.conclude("agreement")
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, ZHONGSHAN_LAWYERS)
    await clocks(
        tale,
        "review_by met",
        "assign_by/mediation met",
        "engage_by/mediation.1 met",
        "mediate_by met",
        "confirm_by met",
        "confirmation_accept_by met",
        "confirmation_decide_by met",
        "assign_by/enforcement met",
        "engage_by/enforcement.2 met",
        "enforce_by/confirmed-agreement met",
        "execute_by/confirmed-agreement met",
        "hand_in_by breached",
        "hand_in_by met",
        "file_review_by met",
    )


async def confirmed_a_day_late(tale: Tale) -> None:
    """Both parties apply for confirmation on day 31: refused; the agreement is not kept, so a suit."""
    await agreed(tale)
    await tale.until(at_noon(today(tale) + timedelta(days=DAYS + 1)))
    await tale.traced("right.lapsed")
    await refused(tale, "confirmation", "judicial-confirmation", court=ZHONGSHAN_COURT.id, jointly=True)
    await aided(tale, "first-instance", "exempt-pay", ZHONGSHAN_LAWYERS, number=2)
    await tale.sue(ZHONGSHAN_COURT, without_arbitration="SPC-LABOUR-1-51")
    await tried(tale, "（2026）粤2071民初3308号", "granted", [OWED_FEN], after_days=40)
    await tale.conclude("judgment")
    await tale.pay("court")
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, ZHONGSHAN_LAWYERS)
    await clocks(
        tale,
        "review_by met",
        "assign_by/mediation met",
        "engage_by/mediation.1 met",
        "mediate_by met",
        "confirm_by lapsed",
        "assign_by/first-instance met",
        "engage_by/first-instance.2 met",
        "docket_by met",
        "judge_by met",
        "appeal_by lapsed",
        "enforce_by/judgment stopped",
        "hand_in_by breached",
        "hand_in_by met",
        "file_review_by met",
    )


async def agreed(tale: Tale) -> None:
    """Pay is owed and agreed on, without a day for it; the thirtieth day from then is a working day."""
    await tale.apply(
        ZHONGSHAN,
        "intake_clerk",
        {
            "channel": "window",
            "site": "442000-window",
            "home": PLACE,
            "work": PLACE,
            "case_type": "wage-arrears",
            "relation": "labour",
            "employer": employer(PLACE, "中山某灯饰厂"),
            "members": [member(PLACE, OWED_FEN)],
        },
    )
    await tale.placed_with(ZHONGSHAN)
    await tale.accept()
    await aided(tale, "mediation", "exempt-pay", ZHONGSHAN_LAWYERS)
    await on_a_working_day_after(tale, DAYS)
    await mediated(tale, ZHONGSHAN_COMMITTEE, [OWED_FEN])
    await tale.conclude("agreement")

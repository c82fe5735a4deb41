"""Yizheng: the year for arbitration ends in three days."""

from datetime import timedelta

from casebridge.demo.cast import YIZHENG, YIZHENG_ARBITRATION, YIZHENG_LAWYERS
from casebridge.demo.course import (
    arbitrate,
    awarded,
    clocks,
    engaged,
    on_a_working_day_after,
    put_away,
    today,
)
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("321081")


async def aid_in_advance(tale: Tale) -> None:
    """Aid is given at once, as the time limit ends in three days; the papers follow, and it is regular."""
    # A year that would end in a holiday ends after it, and then there is time enough.
    await on_a_working_day_after(tale, 3)
    ended_on = today(tale) + timedelta(days=3 - 365)
    await tale.apply(
        YIZHENG,
        "intake_clerk",
        {
            "channel": "window",
            "site": "321081-window",
            "home": PLACE,
            "work": PLACE,
            "case_type": "wage-arrears",
            "relation": "labour",
            "evidence": ["payslip"],
            "employer": employer(PLACE, "仪征某物流有限公司"),
            "dates": {"employment_ended_on": str(ended_on)},
            "members": [member(PLACE, 21_000_00)],
        },
    )
    await tale.placed_with(YIZHENG)
    await tale.goes_first_because("limitation-near")
    await tale.accept()
    await tale.act(
        "advance",
        "aid.advanced",
        "gives aid in advance",
        stage="arbitration",
        code="time-limit",
    )
    await tale.assign("lawyer", YIZHENG_LAWYERS, "arbitration")
    await engaged(tale, YIZHENG_LAWYERS, 1)
    await arbitrate(tale, YIZHENG_ARBITRATION)

    await tale.later(days=2)
    await tale.act("advance/regularisation", "aid.regularised", "has the papers", stage="arbitration")
    await tale.grant("arbitration", means="exempt-pay")
    await tale.act(
        "arbitration/acceptance",
        "arbitration.accepted",
        "notes the acceptance",
        docket="仪劳人仲案〔2026〕第17号",
    )
    await tale.later(days=30)
    tale.due = dict(tale.claims)
    await awarded(tale, tale.due, final=True)
    await tale.conclude("award")
    await tale.later(days=10)
    await tale.pay()
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, YIZHENG_LAWYERS)
    await clocks(
        tale,
        "limitation_by/arbitration-limitation met",
        "review_by met",
        "regularise_by/arbitration met",
        "assign_by/arbitration met",
        "engage_by/arbitration.1 met",
        "arbitration_accept_by met",
        "award_by met",
        "sue_by stopped",
        "set_aside_by stopped",
        "enforce_by/award stopped",
        "hand_in_by met",
        "file_review_by met",
    )

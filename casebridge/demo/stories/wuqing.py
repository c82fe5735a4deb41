"""Wuqing: no contract, no insurance, told to resign."""

from casebridge.demo.cast import WUQING, WUQING_COMMITTEE, WUQING_HUMAN_RESOURCES, WUQING_LAWYERS
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("120114")
DOUBLE_WAGES_FEN, SEVERANCE_FEN = 33_000_00, 9_000_00


async def wuqing(tale: Tale) -> None:
    """A worker in Wuqing, Tianjin: no written contract, no social insurance, told to resign."""
    await tale.apply(
        WUQING,
        "intake_clerk",
        {
            "channel": "window",
            "site": "120114-window",
            "home": PLACE,
            "work": PLACE,
            "case_type": "labour-relation",
            "relation": "labour",
            "evidence": ["chat-record", "payslip", "resignation-demand"],
            "employer": employer(PLACE, "武清某食品厂"),
            "narrative": "Eight months without a contract; now I shall sign that I leave of my own will.",
            "priority_by_policy": True,
            "members": [member(PLACE, DOUBLE_WAGES_FEN + SEVERANCE_FEN)],
        },
    )
    await tale.placed_with(WUQING)
    await tale.goes_first_because("centre-policy")
    await tale.accept()

    await tale.later(days=1)
    # First by the centre's policy, and not exempt: the applicant declares his means.
    await tale.grant("mediation", means="declared")
    await tale.assign("lawyer", WUQING_LAWYERS, "mediation")
    await tale.refer(WUQING_HUMAN_RESOURCES, "human-resources", "social-insurance-arrears", "SIL-63")
    await tale.mediate(WUQING_COMMITTEE, "labour")

    await tale.later(days=4)
    await tale.session(WUQING_COMMITTEE, "continued")
    await tale.later(days=3)
    await tale.session(WUQING_COMMITTEE, "agreed")
    await tale.agree(WUQING_COMMITTEE, [38_000_00], "Double wages and severance, paid within seven days.")
    await tale.conclude("agreement")

    await tale.later(days=7)
    await tale.pay()
    await tale.perform()
    await tale.evaluate()
    await tale.ended()

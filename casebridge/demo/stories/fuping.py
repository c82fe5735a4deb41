"""Fuping: wage IOUs in hand, so straight to court."""

from casebridge.demo.cast import FUPING, FUPING_COURT, FUPING_LAWYERS
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("610528")
OWED_FEN = [12_600_00, 9_800_00, 11_200_00, 8_400_00, 10_500_00]


async def fuping(tale: Tale) -> None:
    """Zhou and others, parcel sorters in Fuping, Shaanxi, are owed wages and have IOUs for them."""
    names = ["周建国", *[None] * 4]
    await tale.apply(
        FUPING,
        "intake_clerk",
        {
            "channel": "window",
            "site": "610528-window",
            "home": PLACE,
            "work": PLACE,
            "case_type": "wage-arrears",
            "relation": "labour",
            "evidence": ["wage-iou"],
            "employer": employer(PLACE, "富平某快递分拣中心"),
            "narrative": "Five of us sorted parcels until spring; for each there is an IOU.",
            "members": [member(PLACE, owed, name=name) for owed, name in zip(OWED_FEN, names, strict=True)],
        },
    )
    await tale.placed_with(FUPING)
    await tale.goes_first_because("pay-claim")
    await tale.accept()
    await tale.grant("first-instance", means="exempt-pay")

    await tale.later(days=2)
    await tale.assign("lawyer", FUPING_LAWYERS, "first-instance")
    await tale.sue(FUPING_COURT, without_arbitration="SPC-LABOUR-1-15")
    await tale.later(days=5)
    await tale.docket("（2026）陕0528民初1024号")

    await tale.later(days=30)
    await tale.judge("granted", [tale.claims[member] for member in sorted(tale.claims)])
    await tale.conclude("judgment")

    await tale.later(days=15)
    await tale.pay("court")
    await tale.evaluate()
    await tale.ended()

"""Yizheng: the arbitration commission says nothing."""

from casebridge.demo.cast import YIZHENG, YIZHENG_ARBITRATION, YIZHENG_COURT, YIZHENG_LAWYERS
from casebridge.demo.course import aided, arbitrate, clocks, put_away, refused, tried
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("321081")
OWED_FEN = 17_500_00


async def silent_arbitration(tale: Tale) -> None:
    """The commission is silent for five days: with the proof of filing, a suit is open."""
    await tale.apply(
        YIZHENG,
        "intake_clerk",
        {
            "channel": "workstation-union",
            "site": "321081-workstation-union",
            "home": PLACE,
            "work": PLACE,
            "case_type": "labour-relation",
            "relation": "labour",
            "employer": employer(PLACE, "仪征某餐饮公司"),
            "members": [member(PLACE, OWED_FEN)],
        },
    )
    await tale.placed_with(YIZHENG)
    await tale.accept()
    await aided(tale, "arbitration", "declared", YIZHENG_LAWYERS)
    await arbitrate(tale, YIZHENG_ARBITRATION)
    suit = {
        "court": YIZHENG_COURT.id,
        "claim_fen": OWED_FEN,
        "without_arbitration": "LDMAL-29",
        "unaided": True,
    }
    await tale.later(days=2)
    await refused(tale, "suit", "LDMAL-29", **suit)

    # Five working days, and no holiday of China is longer than nine days in a row.
    await tale.later(days=16)
    await tale.traced("clock.breached")
    await aided(tale, "first-instance", "declared", YIZHENG_LAWYERS, number=2)
    await tale.sue(YIZHENG_COURT, without_arbitration="LDMAL-29")
    await tried(tale, "（2026）苏1081民初512号", "partly-granted", [15_000_00], after_days=60)
    await tale.conclude("judgment")
    await tale.pay()
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, YIZHENG_LAWYERS)
    await clocks(
        tale,
        "review_by met",
        "assign_by/arbitration met",
        "engage_by/arbitration.1 met",
        "arbitration_accept_by breached",
        "assign_by/first-instance met",
        "engage_by/first-instance.2 met",
        "docket_by met",
        "judge_by met",
        "appeal_by lapsed",
        "enforce_by/judgment stopped",
        "hand_in_by met",
        "file_review_by met",
    )

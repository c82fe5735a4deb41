"""Zhoushan: a rider, and nobody knows whose."""

from casebridge.demo.cast import ZHOUSHAN, ZHOUSHAN_ARBITRATION, ZHOUSHAN_COURT, ZHOUSHAN_LAWYERS
from casebridge.demo.course import aided, arbitrate, clocks, put_away, tried
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("330900")
OWED_FEN = 11_000_00


async def rider(tale: Tale) -> None:
    """A rider with an unknown relation: both ways are told, the commission is not competent, the court is."""
    await tale.apply(
        ZHOUSHAN,
        "hotline_clerk",
        {
            "channel": "hotline-12348",
            "site": "330900-hotline-12348",
            "home": PLACE,
            "work": PLACE,
            "case_type": "wage-arrears",
            "worker_class": "rider",
            "relation": "unknown",
            "employer": employer(PLACE, "舟山某网络科技有限公司"),
            "members": [member(PLACE, OWED_FEN)],
        },
    )
    await tale.placed_with(ZHOUSHAN)
    found = await tale.get(ZHOUSHAN.person("caseworker"), "intake", f"{tale.path}/eligibility")
    ways = [forum["forum"]["code"] for forum in found["forums"]]
    tale.check("ways", ", ".join(ways), "mediation, labour-inspection, arbitration, court")
    await tale.accept()
    await aided(tale, "arbitration", "exempt-pay", ZHOUSHAN_LAWYERS)
    await arbitrate(tale, ZHOUSHAN_ARBITRATION)
    await tale.later(days=2)
    await tale.act(
        "arbitration/refusal", "arbitration.refused", "hears that it is refused", because="out-of-scope"
    )
    await aided(tale, "first-instance", "exempt-pay", ZHOUSHAN_LAWYERS, number=2)
    await tale.sue(ZHOUSHAN_COURT, without_arbitration="LDMAL-29")
    await tried(tale, "（2026）浙0902民初219号", "granted", [OWED_FEN], after_days=45)
    await tale.conclude("judgment")
    await tale.pay("other")
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, ZHOUSHAN_LAWYERS)
    await clocks(
        tale,
        "review_by met",
        "assign_by/arbitration met",
        "engage_by/arbitration.1 met",
        "arbitration_accept_by met",
        "assign_by/first-instance met",
        "engage_by/first-instance.2 met",
        "docket_by met",
        "judge_by met",
        "appeal_by lapsed",
        "enforce_by/judgment stopped",
        "hand_in_by met",
        "file_review_by met",
    )

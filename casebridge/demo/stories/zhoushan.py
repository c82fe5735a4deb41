"""Zhoushan: one phone call, and help from the home province."""

from casebridge.demo.cast import NATIONAL_DESK, XIAOGAN, ZHOUSHAN, ZHOUSHAN_COMMITTEE, ZHOUSHAN_LAWYERS
from casebridge.demo.people import member
from casebridge.demo.tale import Tale
from schemas.ids import Division

HOME, WORK = Division("420900"), Division("330900")
CLAIM_FEN, AGREED_FEN = 96_000_00, 86_000_00


async def zhoushan(tale: Tale) -> None:
    """A worker from Xiaogan, Hubei, is hurt in traffic in Zhoushan, Zhejiang, and makes one phone call."""
    await tale.apply(
        ZHOUSHAN,
        "hotline_clerk",
        {
            "channel": "hotline-12348",
            "site": "330900-hotline-12348",
            "home": HOME,
            "work": WORK,
            "case_type": "traffic-accident",
            "relation": "labour",
            "evidence": ["traffic-report"],
            "narrative": "Hit by a van on the way home from the shipyard.",
            "members": [member(HOME, CLAIM_FEN)],
        },
    )
    await tale.placed_with(ZHOUSHAN)
    task = await tale.asked_to_help(XIAOGAN, "means-papers")
    await tale.accept()

    await tale.later(days=2)
    papers = {"household": "of four", "income_fen_a_month": 2_100_00}
    await tale.help(XIAOGAN, ZHOUSHAN, task, papers)
    # Neither a pay claim nor a work injury: means are checked (Legal Aid Law Art. 41, 42).
    await tale.grant("mediation", means="checked")
    await tale.assign("lawyer", ZHOUSHAN_LAWYERS, "mediation")
    await tale.mediate(ZHOUSHAN_COMMITTEE, "peoples")

    await tale.later(days=6)
    await tale.session(ZHOUSHAN_COMMITTEE, "agreed")
    await tale.agree(ZHOUSHAN_COMMITTEE, [AGREED_FEN], "The insurer pays within ten days.")
    await tale.conclude("agreement")

    await tale.later(days=9)
    await tale.pay("insurer")
    await tale.perform()
    await tale.evaluate()

    await tale.followed_by(
        NATIONAL_DESK, ["accepted", "granted", "assigned", "agreed", "concluded", "recovered", "evaluated"]
    )
    await tale.ended()

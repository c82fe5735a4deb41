"""Yizheng: twenty-four confinement nurses, one case, an agreement the next day."""

from casebridge.demo.cast import (
    YIZHENG,
    YIZHENG_COMMITTEE,
    YIZHENG_HUMAN_RESOURCES,
    YIZHENG_LAWYERS,
    YIZHENG_UNION,
)
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("321081")
OWED_FEN = [(7_500 + (place % 5 - 2) * 250) * 100 for place in range(24)]


async def yizheng(tale: Tale) -> None:
    """24 confinement nurses, Sun speaking for them, are owed nearly 180,000 yuan in Yizheng, Jiangsu."""
    names = ["孙秀英", *[None] * 23]
    await tale.apply(
        YIZHENG,
        "intake_clerk",
        {
            "channel": "workstation-host",
            "site": "321081-workstation",
            "home": PLACE,
            "work": PLACE,
            "case_type": "wage-arrears",
            "worker_class": "confinement-nanny",
            "relation": "labour",
            "evidence": ["chat-record", "bank-statement"],
            "employer": employer(PLACE, "仪征某母婴护理有限公司"),
            "narrative": "Nobody has been paid for three months.",
            "members": [member(PLACE, owed, name=name) for owed, name in zip(OWED_FEN, names, strict=True)],
            "representatives": [0, 1, 2],
        },
    )
    await tale.placed_with(YIZHENG)
    await tale.goes_first_because("group")
    await tale.accept()
    await tale.grant("mediation", means="exempt-pay")
    await tale.assign("lawyer", YIZHENG_LAWYERS, "mediation")
    await tale.mediate(YIZHENG_COMMITTEE, "joint", partners=(YIZHENG_HUMAN_RESOURCES, YIZHENG_UNION))
    await tale.session(YIZHENG_COMMITTEE, "continued")
    await tale.on_one_day("application.submitted", "matter.accepted", "mediation.session_held")

    await tale.later(days=1)
    await tale.session(YIZHENG_COMMITTEE, "agreed")
    amounts = [tale.claims[member] for member in sorted(tale.claims)]
    await tale.agree(YIZHENG_COMMITTEE, amounts, "Each nurse gets what she is owed, within a week.")
    await tale.conclude("agreement")

    await tale.later(days=5)
    await tale.pay()
    await tale.perform()
    await tale.evaluate("excellent")
    await tale.ended()

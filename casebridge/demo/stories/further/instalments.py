"""Zhongshan: four instalments, of which the third does not come."""

from casebridge.demo.cast import ZHONGSHAN, ZHONGSHAN_COMMITTEE, ZHONGSHAN_COURT, ZHONGSHAN_LAWYERS
from casebridge.demo.course import (
    aided,
    clocks,
    confirm,
    confirmed,
    enforce,
    mediated,
    monthly,
    paid,
    put_away,
)
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("442000")
OWED_FEN = [20_000_00, 12_000_00]
PARTS = 4


async def instalments_breached(tale: Tale) -> None:
    """Paid in instalments until month three; the agreement is confirmed, so it is enforced."""
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
            "employer": employer(PLACE, "中山某家具厂"),
            "members": [member(PLACE, owed) for owed in OWED_FEN],
        },
    )
    await tale.placed_with(ZHONGSHAN)
    await tale.accept()
    await aided(tale, "mediation", "exempt-pay", ZHONGSHAN_LAWYERS)
    claimed = [tale.claims[member] for member in sorted(tale.claims)]
    parts = monthly(tale, [sum(claimed) // PARTS] * PARTS)
    await mediated(tale, ZHONGSHAN_COMMITTEE, claimed, instalments=parts)
    await tale.conclude("agreement")
    await confirm(tale, ZHONGSHAN_COURT)
    await confirmed(tale, "（2026）粤2071诉前调确31号")

    part = {member: fen // PARTS for member, fen in tale.due.items()}
    rest = {member: fen - 2 * part[member] for member, fen in tale.due.items()}
    await tale.later(days=21)
    await paid(tale, part)
    await tale.later(days=30)
    await paid(tale, part)
    await tale.traced("agreement.instalment_paid", times=2)
    await tale.later(days=35)
    await tale.traced("agreement.breached")
    await aided(tale, "enforcement", "exempt-pay", ZHONGSHAN_LAWYERS, number=2)
    await enforce(tale, ZHONGSHAN_COURT, "confirmed-agreement")
    await tale.later(days=20)
    await paid(tale, rest, "court")
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
        "pay_by/1 met",
        "pay_by/2 met",
        "pay_by/3 breached",
        "pay_by/4 met",
        "assign_by/enforcement met",
        "engage_by/enforcement.2 met",
        "enforce_by/confirmed-agreement met",
        "execute_by/confirmed-agreement met",
        "hand_in_by breached",
        "hand_in_by met",
        "file_review_by met",
    )

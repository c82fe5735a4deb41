"""Wuqing: a payment order, an objection, a suit."""

from casebridge.demo.cast import WUQING, WUQING_COMMITTEE, WUQING_COURT, WUQING_LAWYERS
from casebridge.demo.course import aided, clocks, mediated, put_away, tried
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("120114")
OWED_FEN = 14_400_00


async def payment_order_objected(tale: Tale) -> None:
    """What is agreed is not paid: a payment order, to which the employer objects, then a suit."""
    await tale.apply(
        WUQING,
        "hotline_clerk",
        {
            "channel": "hotline-12348",
            "site": "120114-hotline-12348",
            "home": PLACE,
            "work": PLACE,
            "case_type": "wage-arrears",
            "relation": "labour",
            "employer": employer(PLACE, "武清某装饰公司"),
            "members": [member(PLACE, OWED_FEN)],
        },
    )
    await tale.placed_with(WUQING)
    await tale.accept()
    await aided(tale, "mediation", "exempt-pay", WUQING_LAWYERS)
    await mediated(tale, WUQING_COMMITTEE, [OWED_FEN])
    await tale.later(days=10)
    await ordered(tale)
    await aided(tale, "first-instance", "exempt-pay", WUQING_LAWYERS, number=2)
    await tale.sue(WUQING_COURT, without_arbitration="LDMAL-16")
    await tried(tale, "（2026）津0114民初771号", "granted", [OWED_FEN], after_days=30)
    await tale.conclude("judgment")
    await tale.pay()
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, WUQING_LAWYERS)
    await clocks(
        tale,
        "review_by met",
        "assign_by/mediation met",
        "engage_by/mediation.1 met",
        "mediate_by met",
        "confirm_by lapsed",
        "order_by met",
        "object_by met",
        "assign_by/first-instance met",
        "engage_by/first-instance.2 met",
        "docket_by met",
        "judge_by met",
        "appeal_by lapsed",
        "enforce_by/judgment stopped",
        "hand_in_by met",
        "file_review_by met",
    )


async def ordered(tale: Tale) -> None:
    """Applied for, accepted, served; the debtor objects."""
    await tale.act(
        "payment-order",
        "payment_order.applied",
        "asks for a payment order",
        court=WUQING_COURT.id,
        legal_basis="LDMAL-16",
    )
    await tale.later(days=3)
    await tale.act(
        "payment-order/acceptance",
        "payment_order.accepted",
        "sees it accepted",
        docket="（2026）津0114民督8号",
    )
    await tale.later(days=7)
    served = tale.stage.clock.now().isoformat()
    await tale.act("payment-order/service", "payment_order.issued", "sees it served", served_at=served)
    await tale.later(days=9)
    await tale.act("payment-order/objection", "payment_order.objected", "hears of the objection")

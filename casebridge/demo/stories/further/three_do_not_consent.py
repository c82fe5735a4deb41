"""Yizheng: a hundred and twenty, three of whom do not consent."""

from casebridge.demo.cast import YIZHENG, YIZHENG_ARBITRATION, YIZHENG_COMMITTEE, YIZHENG_LAWYERS
from casebridge.demo.course import aided, arbitrate, awarded, clocks, paid, put_away
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale, yuan
from schemas.ids import Division, MemberId

PLACE = Division("321081")
MEMBERS, UNWILLING = 120, 3
OWED_FEN = 8_000_00
OFFERED_FEN = 7_000_00


async def three_do_not_consent(tale: Tale) -> None:
    """120 workers of one site: 117 consent to the agreement; three go on, and are awarded the whole."""
    await tale.apply(
        YIZHENG,
        "intake_clerk",
        {
            "channel": "workstation-host",
            "site": "321081-workstation",
            "home": PLACE,
            "work": PLACE,
            "case_type": "wage-arrears",
            "relation": "labour",
            "employer": employer(PLACE, "仪征某建筑工程有限公司"),
            "members": [member(PLACE, OWED_FEN) for _ in range(MEMBERS)],
            "representatives": [0, 1, 2, 3, 4],
        },
    )
    await tale.placed_with(YIZHENG)
    await tale.goes_first_because("group")
    await tale.accept()
    await aided(tale, "mediation", "exempt-pay", YIZHENG_LAWYERS)
    willing, others = await agreed(tale)
    await aided(tale, "arbitration", "exempt-pay", YIZHENG_LAWYERS, number=2)
    await arbitrate(tale, YIZHENG_ARBITRATION)
    await tale.later(days=4)
    await paid(tale, willing)
    await tale.act(
        "arbitration/acceptance", "arbitration.accepted", "notes it", docket="仪劳人仲案〔2026〕第40号"
    )
    await tale.later(days=25)
    await awarded(tale, others, final=True)
    await tale.conclude("award")
    await tale.later(days=8)
    await paid(tale, others)
    await tale.perform()
    await tale.evaluate()
    tale.due = {**willing, **others}
    await tale.ended()
    await put_away(tale, YIZHENG_LAWYERS)
    await clocks(
        tale,
        "review_by met",
        "assign_by/mediation met",
        "engage_by/mediation.1 met",
        "mediate_by met",
        "confirm_by lapsed",
        "assign_by/arbitration met",
        "engage_by/arbitration.2 met",
        "arbitration_accept_by met",
        "award_by met",
        "sue_by stopped",
        "set_aside_by stopped",
        "enforce_by/award stopped",
        "hand_in_by met",
        "file_review_by met",
    )


async def agreed(tale: Tale) -> tuple[dict[MemberId, int], dict[MemberId, int]]:
    """An amount is offered to each, and binds whoever consents. Returns who does, and who does not."""
    members = sorted(tale.claims)
    willing, others = members[UNWILLING:], members[:UNWILLING]
    await tale.mediate(YIZHENG_COMMITTEE, "joint")
    await tale.session(YIZHENG_COMMITTEE, "agreed")
    await tale.act(
        "agreement",
        "mediation.agreed",
        f"records what is offered: {yuan(MEMBERS * OFFERED_FEN)}, to which {len(willing)} consent",
        by=YIZHENG_COMMITTEE,
        acting_as="mediator",
        amounts=dict.fromkeys(members, OFFERED_FEN),
        agreed_fen=MEMBERS * OFFERED_FEN,
        terms="Seven eighths, at once.",
        consented=willing,
    )
    claims = await tale.get(YIZHENG.person("caseworker"), "mediation", f"{tale.path}/claims")
    bound = sum(claim["due_fen"] is not None for claim in claims["items"])
    tale.check("members whom the agreement binds", bound, len(willing))
    return dict.fromkeys(willing, OFFERED_FEN), dict.fromkeys(others, OWED_FEN)

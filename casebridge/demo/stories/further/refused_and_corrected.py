"""Wuqing: aid is refused, and granted after all."""

from casebridge.demo.cast import WUQING, WUQING_COMMITTEE, WUQING_JUSTICE, WUQING_LAWYERS
from casebridge.demo.course import aided, clocks, mediated, put_away
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("120114")


async def refused_and_corrected(tale: Tale) -> None:
    """Aid is refused for means; the applicant objects, and the justice bureau has it corrected."""
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
            "evidence": ["payslip"],
            "employer": employer(PLACE, "武清某服装厂"),
            "members": [member(PLACE, 18_000_00)],
        },
    )
    await tale.placed_with(WUQING)
    await tale.accept()
    await tale.later(days=1)
    await tale.act(
        "refusal",
        "aid.refused",
        "refuses aid",
        code="means",
        legal_basis="LAL-34",
        reasons="The household earns more.",
    )
    await tale.later(days=2)
    await tale.act(
        "objection",
        "objection.filed",
        "enters the objection",
        bureau=WUQING_JUSTICE.id,
        grounds="Two are ill.",
    )
    await tale.later(days=2)
    await tale.act(
        "objection/decision",
        "objection.decided",
        "orders the centre to correct it",
        by=WUQING_JUSTICE,
        acting_as="coordinator",
        result="corrected",
        reasons="Illness was not counted.",
    )
    await aided(tale, "mediation", "checked", WUQING_LAWYERS)
    await mediated(tale, WUQING_COMMITTEE, [15_000_00])
    await tale.conclude("agreement")
    await tale.later(days=6)
    await tale.pay()
    await tale.perform()
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, WUQING_LAWYERS)
    await clocks(
        tale,
        "review_by met",
        "objection_by met",
        "assign_by/mediation met",
        "engage_by/mediation.1 met",
        "mediate_by met",
        "confirm_by stopped",
        "hand_in_by met",
        "file_review_by met",
    )

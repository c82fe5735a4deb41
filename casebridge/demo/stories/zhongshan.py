"""Zhongshan: the home province's own workstation, where the family walks in."""

from typing import Any

from casebridge.demo.cast import LUXIAN_COMMITTEE, LUXIAN_LAWYERS, STATION, ZHONGSHAN
from casebridge.demo.people import employer, member, person
from casebridge.demo.tale import Tale
from schemas.ids import Division

HOME, WORK = Division("510521"), Division("442000")
HEIRS_FEN = (500_000_00, 300_000_00, 300_000_00)
AGREED_FEN = (480_000_00, 280_000_00, 280_000_00)


def application(**said: Any) -> dict[str, Any]:
    """What Xiang's widow and parents say, wherever they say it."""
    return {
        "home": HOME,
        "work": WORK,
        "case_type": "death-compensation",
        "relation": "labour",
        "evidence": ["death-certificate", "kinship-proof"],
        "employer": employer(WORK, "中山某建筑劳务有限公司"),
        "narrative": "He fell from the scaffold; the company speaks of his own fault.",
        "members": [member(HOME, owed, role="heir") for owed in HEIRS_FEN],
        "worker": person(HOME, "向志强"),
        **said,
    }


async def zhongshan(tale: Tale) -> None:
    """Xiang of Sichuan dies on a site in Zhongshan, Guangdong; the family goes to Luxian's station there."""
    said = application(channel="workstation-home-province", site="510521-station-zhongshan")
    await tale.apply(STATION, "intake_clerk", said)
    await tale.placed_with(STATION)
    await tale.goes_first_because("death")
    await tale.accept()
    await tale.on_one_day("application.submitted", "matter.accepted")
    task = await tale.asked_to_help(ZHONGSHAN, "site-report")

    await tale.later(days=3)
    await tale.help(ZHONGSHAN, STATION, task, {"site": "permit and contractor", "accident": "safety report"})
    await mediated(tale)
    await tale.ended()


async def mediated(tale: Tale) -> None:
    """From the grant to the evaluation, at the station."""
    await tale.grant("mediation", means="exempt-work-injury")
    await tale.assign("lawyer", LUXIAN_LAWYERS, "mediation")
    await tale.mediate(LUXIAN_COMMITTEE, "peoples")

    await tale.later(days=5)
    await tale.session(LUXIAN_COMMITTEE, "agreed")
    await tale.agree(LUXIAN_COMMITTEE, AGREED_FEN, "Compensation to the widow and the parents, in ten days.")
    await tale.conclude("agreement")

    await tale.later(days=10)
    await tale.pay("general-contractor")
    await tale.perform()
    await tale.evaluate("excellent")

"""The station in Zhongshan: a widow in Sichuan, a father in Hubei."""

from casebridge.demo.cast import LUXIAN_COMMITTEE, LUXIAN_LAWYERS, STATION, XIAOGAN, ZHONGSHAN
from casebridge.demo.course import aided, clocks, put_away
from casebridge.demo.people import employer, member, person
from casebridge.demo.tale import Tale
from schemas.ids import Division

HOME, FATHERS_HOME, WORK = Division("510521"), Division("420900"), Division("442000")


async def two_heirs(tale: Tale) -> None:
    """A worker dies; his widow lives in Sichuan, his father in Hubei, which proves the kinship."""
    await tale.apply(
        STATION,
        "intake_clerk",
        {
            "channel": "workstation-home-province",
            "site": "510521-station-zhongshan",
            "home": HOME,
            "work": WORK,
            "case_type": "death-compensation",
            "relation": "labour",
            "evidence": ["death-certificate"],
            "employer": employer(WORK, "中山某机电安装有限公司"),
            "members": [
                member(HOME, 600_000_00, role="heir"),
                {**member(FATHERS_HOME, 400_000_00, role="heir"), "home": FATHERS_HOME},
            ],
            "worker": person(HOME),
        },
    )
    await tale.placed_with(STATION)
    await tale.accept()
    report = await tale.asked_to_help(ZHONGSHAN, "site-report")
    kinship = await asked_for_kinship(tale)
    await tale.later(days=2)
    await tale.help(ZHONGSHAN, STATION, report, {"site": "permit", "accident": "safety report"})
    await tale.help(XIAOGAN, STATION, kinship, {"kinship": "father, by the household register"})

    await aided(tale, "mediation", "exempt-work-injury", LUXIAN_LAWYERS)
    await tale.mediate(LUXIAN_COMMITTEE, "peoples")
    await tale.later(days=6)
    await tale.session(LUXIAN_COMMITTEE, "agreed")
    amounts = [tale.claims[member] * 9 // 10 for member in sorted(tale.claims)]
    await tale.agree(LUXIAN_COMMITTEE, amounts, "Nine tenths to each, within ten days.")
    await tale.conclude("agreement")
    await tale.later(days=9)
    await tale.pay("general-contractor")
    await tale.perform()
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, LUXIAN_LAWYERS)
    await clocks(
        tale,
        "review_by met",
        "assign_by/mediation met",
        "engage_by/mediation.1 met",
        "mediate_by met",
        "confirm_by stopped",
        "hand_in_by met",
        "file_review_by met",
    )


async def asked_for_kinship(tale: Tale) -> str:
    """The centre where the father lives is asked, and nobody else reads about whom."""
    body = {"to": XIAOGAN.id, "kind": "evidence", "details": {"whom": "the father", "what": "kinship"}}
    custody = f"{tale.path}/custody"
    await tale.post(STATION.person("sender"), "routing", f"{tale.path}/tasks", body, seen_as=custody)
    return await tale.asked_to_help(XIAOGAN, "evidence")

"""Fuping: nobody answers, and then the same worker comes again."""

from casebridge.demo.cast import FUPING, FUPING_COMMITTEE, FUPING_LAWYERS
from casebridge.demo.course import aided, clocks, mediated, put_away
from casebridge.demo.people import employer, member
from casebridge.demo.tale import Tale
from schemas.ids import Division

PLACE = Division("610528")


async def deemed_withdrawn(tale: Tale) -> None:
    """What is missing does not come: deemed withdrawn, applied for again, and linked to the first receipt."""
    said = {
        "channel": "workstation-host",
        "site": "610528-workstation",
        "home": PLACE,
        "work": PLACE,
        "case_type": "wage-arrears",
        "relation": "labour",
        "employer": employer(PLACE, "富平某建材厂"),
        "members": [member(PLACE, 9_600_00)],
    }
    await tale.apply(FUPING, "intake_clerk", said)
    await tale.placed_with(FUPING)
    first = tale.case_id
    await asked_in_vain(tale)

    await tale.apply(FUPING, "intake_clerk", said)
    tale.acts.clear()
    tale.sure("it is another case", tale.case_id != first, tale.number)
    await tale.placed_with(FUPING)
    application = await tale.get(FUPING.person("caseworker"), "intake", tale.path)
    tale.check("the earlier application", application["earlier"], first)
    await tale.accept()
    await aided(tale, "mediation", "exempt-pay", FUPING_LAWYERS)
    await mediated(tale, FUPING_COMMITTEE, [9_600_00])
    await tale.conclude("agreement")
    await tale.later(days=5)
    await tale.pay()
    await tale.perform()
    await tale.evaluate()
    await tale.ended()
    await put_away(tale, FUPING_LAWYERS)
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


async def asked_in_vain(tale: Tale) -> None:
    """The applicant is told of all that is missing, once; the time for it passes."""
    clerk = FUPING.person("intake_clerk")
    body = {"epoch": 1, "missing": ["identity-paper", "claim-papers"]}
    await tale.post(clerk, "intake", f"{tale.path}/supplement", body, seen_as=tale.path)
    await tale.traced("application.info_requested")
    tale.saw(FUPING, "tells the applicant what is missing")
    await tale.later(days=40)
    await tale.traced("application.deemed_withdrawn")
    tale.saw(FUPING, "sees the application deemed withdrawn")
    found = await tale.get(clerk, "intake", f"{tale.path}/clocks")
    ends = [f"{clock['name']} {clock['state']}" for clock in found]
    tale.check("clocks of the application", ", ".join(ends), "supply_by lapsed")
    await tale.see(
        "the matter closed",
        FUPING.person("caseworker"),
        "mediation",
        f"{tale.path}/matter",
        lambda matter: matter["state"] == "closed",
    )
    await clocks(tale, "review_by stopped")

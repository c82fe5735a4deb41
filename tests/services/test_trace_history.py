"""Nothing of a case file is overwritten: each field shows what it was, who said it, and on which basis."""

from schemas.cases import ApplicationSubmitted
from schemas.matters import AidGranted, ClaimDetermined, MatterConcluded
from schemas.samples import a, facts
from schemas.transfers import CustodyPlaced
from services.trace.app import service as trace
from services.trace.history import FieldId, history_of
from tests.deployment import Deployment, case_id, source
from tests.services.test_trace import both, browser, heard, number
from tests.services.test_trace_timeline import steps

__all__ = ["both"]


def test_a_field_keeps_every_value_and_saying_the_same_again_is_no_change() -> None:
    first, again = a(ClaimDetermined, due_fen=100), a(ClaimDetermined, due_fen=100)
    later, other = a(ClaimDetermined, due_fen=250), a(ClaimDetermined, member_id="m-2", due_fen=7)

    found = history_of(steps(("44", first), ("44", again), ("44", later), ("44", other)))

    due = {
        field.of: [change.value for change in changes]
        for field, changes in found.items()
        if field.name == "claim.due_fen"
    }
    assert due == {first.member_id: [100, 250], "m-2": [7]}


def test_the_facts_of_an_application_are_fields_and_the_home_is_not_among_them() -> None:
    found = history_of(steps(("44", a(ApplicationSubmitted, facts=facts(members=3)))))

    assert [change.value for change in found[FieldId("44", "facts.members", None)]] == [3]
    assert FieldId("44", "facts.home", None) not in found


async def test_a_history_says_who_changed_a_field_and_by_which_article(both: Deployment) -> None:
    case, known = case_id(), facts(number=number(1))
    kafka = both.addresses.kafka
    async with (
        both.running(trace) as runtime,
        source(kafka, "/cn44/intake") as intake,
        source(kafka, "/cn44/mediation") as mediation,
        source(kafka, "/cn44/routing") as routing,
    ):
        await intake.say(a(ApplicationSubmitted, case_id=case, facts=known))
        await routing.say(a(CustodyPlaced, case_id=case))
        by = {"actor": "caseworker:p44-1", "agency": "442000-legal-aid", "legalbasis": "LAL-43"}
        await mediation.say(a(AidGranted, case_id=case, stage="mediation"), **by)
        await mediation.say(a(AidGranted, case_id=case, stage="arbitration"), **by)
        await mediation.say(a(MatterConcluded, case_id=case))
        await heard(both, case, 5)
        async with both.client(runtime, "operator", "44") as client:
            fields = (await client.get(f"/cases/{case}/history")).json()
            (stage,) = (await client.get(f"/cases/{case}/history", params={"field": "aid.stage"})).json()
            unknown = await client.get(f"/cases/{case_id()}/history")
        async with browser(runtime) as page:
            turned_away = await page.get(f"/cases/{case}/history")
            await page.post("/login", data={"token": both.token("operator", "44")})
            shown = await page.get(f"/cases/{case}/history")
            linked = await page.get(f"/cases/{case}")

    assert [change["worded"]["zh"] for change in stage["changes"]] == ["调解", "劳动仲裁"]
    said = stage["changes"][-1]["said"]
    assert (said["actor"]["code"], said["agency"]["code"]) == ("caseworker", "442000-legal-aid")
    assert said["legal_basis"] == "LAL-43"
    assert "facts.case_type" in {each["field"] for each in fields}
    assert unknown.status_code == 404
    assert turned_away.headers["location"] == "/login"
    assert "aid.stage" in shown.text
    assert f"/cases/{case}/history" in linked.text

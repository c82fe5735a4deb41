"""The lists of applications: what is ours, goes first, came in somewhere, or runs out."""

from datetime import timedelta
from typing import Any

import httpx

from chassis.runtime import Runtime
from services.intake.migrations.intake_0005 import FILL
from tests.deployment import Deployment
from tests.services.applying import a_member
from tests.services.test_intake import apply, clerk, guangdong, intake

__all__ = ["clerk", "guangdong", "intake"]


async def taken_in(clerk: httpx.AsyncClient, running: int, **said: Any) -> str:
    return str((await apply(clerk, f"k{running}", a_member(running), **said)).json()["case_id"])


async def listed(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    """The cases of all pages, in their order."""
    found: list[str] = []
    while True:
        answer = await client.get("/applications", params=asked)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [item["case_id"] for item in page["items"]]
        if page["next"] is None:
            return found
        asked["after"] = page["next"]


async def test_what_goes_first_is_listed_first_and_each_application_once(clerk: httpx.AsyncClient) -> None:
    contract = {"case_type": "labour-relation"}
    cases = [await taken_in(clerk, n, priority_by_policy=n == 3, **contract) for n in range(1, 5)]
    first = cases[2]

    assert await listed(clerk, limit=1) == cases
    assert await listed(clerk, limit=1, order="urgent") == [first, *(c for c in cases if c != first)]
    assert await listed(clerk, urgent=True) == [first]
    assert await listed(clerk, urgent=False) == [c for c in cases if c != first]
    assert (await clerk.get("/applications", params={"order": "urgent", "after": "1"})).status_code == 422


async def test_applications_are_found_by_channel_type_owner_and_worker(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    called, came = await taken_in(clerk, 1), await taken_in(clerk, 2, channel="window")
    (member,) = (await clerk.get(f"/cases/{came}/members")).json()
    async with guangdong.client(intake, "intake_clerk", "44", agency="440000-legal-aid") as other:
        theirs = await listed(other, mine=True)
    async with guangdong.client(intake, "operator", "44") as operator:
        refused = await operator.get("/applications", params={"worker": member["worker"]})

    assert await listed(clerk, channel="window") == [came]
    assert await listed(clerk, case_type="wage-arrears", status="complete") == [called, came]
    assert await listed(clerk, mine=True) == [called, came]
    assert await listed(clerk, worker=member["worker"]) == [came]
    assert theirs == []
    assert refused.status_code == 403


async def test_a_list_shows_the_cases_of_the_callers_agency_and_to_operators_all(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    ours = await taken_in(clerk, 1)
    async with guangdong.client(intake, "hotline_clerk", "44", agency="440000-legal-aid") as hotline:
        theirs = await taken_in(hotline, 2)
    shown = {}
    for role in ("receiver", "sender", "lawyer", "director", "hotline_clerk", "operator"):
        async with guangdong.client(intake, role, "44", agency="440000-legal-aid") as client:
            asked = await listed(client), await listed(client, agency="442000-legal-aid")
            shown[role] = asked
    async with guangdong.client(intake, "receiver", "44", agency="442000-court") as court:
        of_nobody = await listed(court)

    assert shown.pop("operator") == ([ours, theirs], [ours])
    assert set(map(str, shown.values())) == {str(([theirs], []))}
    assert of_nobody == []


async def test_whoever_is_asked_about_a_case_finds_it_by_its_number_whoever_has_it(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    case = await taken_in(clerk, 1)
    number = (await clerk.get(f"/cases/{case}")).json()["facts"]["number"]
    (member,) = (await clerk.get(f"/cases/{case}/members")).json()
    found = {}
    for role in ("hotline_clerk", "receiver"):
        async with guangdong.client(intake, role, "44", agency="440000-legal-aid") as client:
            found[role] = await listed(client, number=number)
    async with guangdong.client(intake, "intake_clerk", "44", agency="440000-legal-aid") as other:
        of_the_worker = await listed(other, worker=member["worker"])

    assert (found, of_the_worker) == ({"hotline_clerk": [case], "receiver": []}, [case])


async def test_time_limits_that_run_out_are_those_of_the_callers_agency(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    waiting = await taken_in(clerk, 1)
    asked = {"epoch": 1, "missing": ["identity-paper"]}
    said = await clerk.post(f"/cases/{waiting}/supplement", json=asked, headers={"If-Match": "*"})
    assert said.status_code == 201, said.text
    seen = {}
    for role, agency in (
        ("caseworker", "442000-legal-aid"),
        ("caseworker", "440000-legal-aid"),
        ("operator", "agency-1"),
    ):
        async with guangdong.client(intake, role, "44", agency=agency) as client:
            clocks = (await client.get("/clocks", params={"within_days": 366})).json()
            seen[role, agency] = [clock["case_id"] for clock in clocks]

    assert list(seen.values()) == [[waiting], [], [waiting]]


async def test_what_waits_for_papers_is_listed_by_when_its_time_ends(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    waiting, _complete = await taken_in(clerk, 1), await taken_in(clerk, 2)
    seen = await clerk.get(f"/cases/{waiting}")
    asked = await clerk.post(
        f"/cases/{waiting}/supplement",
        json={"epoch": 1, "missing": ["identity-paper"]},
        headers={"If-Match": seen.headers["etag"]},
    )
    assert asked.status_code == 201, asked.text

    assert await listed(clerk, order="due", limit=1) == [waiting]
    assert await listed(clerk, due_within_days=60) == [waiting]
    assert await listed(clerk, due_within_days=0) == []

    columns = "SELECT id, rank, channel, next_due FROM application ORDER BY id"
    kept = await guangdong.rows("intake", columns)
    await guangdong.rows("intake", "UPDATE application SET rank = 1, channel = NULL, next_due = NULL")
    await guangdong.rows("intake", FILL)
    assert await guangdong.rows("intake", columns) == kept


async def test_cases_whose_employer_is_under_an_alert_are_listed_those_before_it_and_after(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    concerned = [await taken_in(clerk, n) for n in range(1, 5)]
    before = await listed(clerk, alerted=True)
    concerned += [await taken_in(clerk, n) for n in range(5, 8)]
    await taken_in(clerk, 8, employer={"code": "91440300708461136T", "name": "另一公司"})

    assert before == []
    async with guangdong.client(intake, "caseworker", "44", agency="440000-legal-aid") as elsewhere:
        assert await listed(elsewhere, alerted=True) == concerned, (
            "an alert is about windows of many agencies"
        )
    async with guangdong.client(intake, "receiver", "44", agency="440000-legal-aid") as receiver:
        assert await listed(receiver, alerted=True) == []
    assert await listed(clerk, alerted=True, limit=3) == concerned
    assert await listed(clerk, alerted=True, order="urgent") == concerned
    guangdong.clock.step_to(guangdong.clock.now() + timedelta(days=31))
    async with guangdong.client(intake, "intake_clerk", "44") as later:
        assert await listed(later, alerted=True) == []


async def test_one_question_shows_an_application_with_its_members(clerk: httpx.AsyncClient) -> None:
    case = await taken_in(clerk, 1)

    plain = await clerk.get(f"/cases/{case}")
    whole = await clerk.get(f"/cases/{case}", params={"expand": ["members", "supplement"]})
    members = (await clerk.get(f"/cases/{case}/members")).json()

    assert whole.headers["etag"] == plain.headers["etag"]
    assert whole.json() == plain.json() | {"expanded": {"members": members, "supplement": None}}

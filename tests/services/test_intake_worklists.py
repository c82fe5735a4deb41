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

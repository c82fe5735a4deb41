"""Where cases are, as trace shows it from what two provinces say on a real broker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from casebridge.case import CannotShow, print_timeline
from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import CaseId, CaseNumber, Province, case_number
from schemas.ops import OpsHeld
from schemas.samples import a, facts
from schemas.transfers import CustodyBegun, CustodyPlaced, OfferReceived, TransferCompleted, TransferOffered
from services.trace.app import service as trace
from tests.deployment import PLAIN, Deployment, Source, case_id, deployed, source, until


@pytest.fixture
async def both(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [trace], ["44", "51"]) as deployment:
        yield deployment


@asynccontextmanager
async def speaking(both: Deployment, *names: str) -> AsyncIterator[list[Source]]:
    if not names:
        yield []
        return
    async with source(both.addresses.kafka, names[0]) as first, speaking(both, *names[1:]) as others:
        yield [first, *others]


def number(running: int) -> CaseNumber:
    return case_number(Province("44"), 2026, running)


async def move(both: Deployment, running: int) -> CaseId:
    """A case that is taken in in Guangdong and placed in Sichuan."""
    case, known = case_id(), facts(number=number(running))
    offered = a(TransferOffered, case_id=case, facts=known)
    attempt = offered.transfer_id
    taken = {"case_id": case, "owner": offered.to, "epoch": 2}
    moved = {**taken, "facts": known, "transfer_id": attempt, "to_province": Province("51")}
    async with speaking(both, "/cn44/intake", "/cn44/routing", "/cn51/routing") as (intake, origin, there):
        first = await intake.say(a(ApplicationSubmitted, case_id=case, facts=known))
        caused_by = dict(first.headers)["ce_id"].decode()
        await intake.say(a(MemberJoined, case_id=case))
        await origin.say(a(CustodyBegun, case_id=case, facts=known, epoch=1), causationid=caused_by)
        await origin.say(offered)
        await there.say(a(OfferReceived, case_id=case, facts=known, transfer_id=attempt))
        await origin.say(a(TransferCompleted, **moved))
        await there.say(a(CustodyBegun, **taken, facts=known))
        await there.say(a(CustodyPlaced, **taken))
    return case


async def heard(both: Deployment, case: CaseId, count: int) -> None:
    async def there() -> bool:
        rows = await both.rows("trace", "SELECT count(*) AS n FROM step WHERE case_id = :c", c=case)
        return bool(rows[0].n == count)

    await until(there, f"{count} steps")


async def test_an_operator_follows_a_case_through_both_provinces(both: Deployment) -> None:
    async with both.running(trace) as runtime:
        case = await move(both, 1)
        await heard(both, case, 8)
        async with both.client(runtime, "operator", "44") as client:
            found = (await client.get("/cases/by-number/４４ 2026 0000001 " + number(1)[-1])).json()
            timeline = (await client.get(f"/cases/{case}/timeline")).json()
        async with both.client(runtime, "director", "51") as client:
            own = (await client.get(f"/cases/{case}/timeline")).json()

    assert found == timeline["case"]
    assert (found["case_id"], found["stage"], found["owner_province"]["code"]) == (case, "placed", "51")
    assert [hop["province"]["code"] for hop in timeline["hops"]].count("51") == 3
    begun = next(h for h in timeline["hops"] if h["type"] == CustodyBegun.type)
    assert timeline["hops"][begun["cause"]]["type"] == ApplicationSubmitted.type
    assert {hop["province"]["code"] for hop in own["hops"]} == {"51"}


async def test_a_number_that_was_misheard_is_told_from_one_that_is_unknown(both: Deployment) -> None:
    async with both.running(trace) as runtime, both.client(runtime, "operator", "44") as client:
        misheard = number(1)[:-1] + str((int(number(1)[-1]) + 1) % 10)

        assert (await client.get(f"/cases/by-number/{misheard}")).status_code == 422
        assert (await client.get(f"/cases/by-number/{number(1)}")).status_code == 404


async def test_cases_come_in_pages_each_once(both: Deployment) -> None:
    async with both.running(trace) as runtime:
        made = [await move(both, running) for running in range(1, 4)]
        for case in made:
            await heard(both, case, 8)
        async with both.client(runtime, "operator", "51") as client:
            first = (await client.get("/cases", params={"limit": 2})).json()
            after = {"limit": 2, "after": first[-1]["case_id"]}
            second = (await client.get("/cases", params=after)).json()

    listed = [case["case_id"] for case in first + second]
    assert len(listed) == 3
    assert set(listed) == set(made)


async def test_a_held_case_is_found_with_who_holds_it_and_why(both: Deployment) -> None:
    async with both.running(trace) as runtime:
        held, _free = await move(both, 1), await move(both, 2)
        async with source(both.addresses.kafka, "/cn51/mediation") as mediation:
            await mediation.say(a(OpsHeld, case_id=held))
        await heard(both, held, 9)
        async with both.client(runtime, "operator", "44") as client:
            found = (await client.get("/cases", params={"held": True})).json()

    assert [case["case_id"] for case in found] == [held]
    [hold] = found[0]["held"]
    assert (hold["province"]["code"], hold["service"]["code"]) == ("51", a(OpsHeld).service)
    assert hold["cause"]["name"]["zh"]


def browser(runtime: Runtime) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{runtime.http_port}", timeout=20, verify=PLAIN)


async def test_pages_show_cases_to_those_who_logged_in(both: Deployment) -> None:
    async with both.running(trace) as runtime, browser(runtime) as page:
        case = await move(both, 1)
        await heard(both, case, 8)

        for path in ("/", f"/cases/{case}"):
            turned_away = await page.get(path)
            assert (turned_away.status_code, turned_away.headers["location"]) == (303, "/login")
        assert (await page.post("/login", data={"token": "nonsense"})).status_code == 403
        entered = await page.post("/login", data={"token": both.token("operator", "44")})
        assert entered.status_code == 303
        assert {"HttpOnly", "SameSite=strict"} <= set(entered.headers["set-cookie"].split("; "))

        listed, timeline = await page.get("/"), await page.get(f"/cases/{case}")
        every = await page.get(f"/cases/{case}", params={"every": "true"})
        found = await page.get("/", params={"number": number(1).replace("-", " ")})
        misread = await page.get("/", params={"number": "12<b>"})
        style = await page.get("/trace.css")

    assert number(1) in listed.text
    assert timeline.text.count("<li id=") == 7
    assert every.text.count("<li id=") == 8
    assert "default-src 'none'" in timeline.headers["content-security-policy"]
    assert "<script" not in timeline.text
    assert found.headers["location"] == f"/cases/{case}"
    assert misread.status_code == 422
    assert "12<b>" not in misread.text
    assert style.headers["content-type"].startswith("text/css")


async def test_the_terminal_shows_what_the_page_shows(both: Deployment) -> None:
    import asyncio

    async with both.running(trace) as runtime:
        case = await move(both, 1)
        await heard(both, case, 8)
        address, token = f"http://127.0.0.1:{runtime.http_port}", both.token("operator", "44")
        screen = StringIO()
        console = Console(file=screen, width=160)
        await asyncio.to_thread(print_timeline, address, token, number(1), console=console, language="en")
        with pytest.raises(CannotShow, match="not known"):
            await asyncio.to_thread(print_timeline, address, token, number(2), console=console)

    assert number(1) in screen.getvalue()
    assert "accepts the case" not in screen.getvalue()
    assert "the transfer is complete" in screen.getvalue()

"""Duty lawyers over real HTTP, Kafka and PostgreSQL: the roster, and whom a call is handed to."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from law.deadlines import SHANGHAI
from schemas.cases import ConsultationHanded
from services.intake.app import service
from tests.deployment import Deployment, deployed
from tests.services.test_consultations import applies, asks

DESK = "442000-hotline-12348"


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [service], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def intake(guangdong: Deployment) -> AsyncIterator[Runtime]:
    async with guangdong.running(service) as runtime:
        yield runtime


@pytest.fixture
async def clerk(guangdong: Deployment, intake: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with guangdong.client(intake, "hotline_clerk", "44", agency="442000-legal-aid") as client:
        yield client


@pytest.fixture
async def director(guangdong: Deployment, intake: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with guangdong.client(intake, "director", "44", agency="442000-legal-aid") as client:
        yield client


async def sets(director: httpx.AsyncClient, key: str, *shifts: dict[str, Any]) -> httpx.Response:
    return await director.post("/duty/shifts", json={"shifts": shifts}, headers={"Idempotency-Key": key})


async def consultation(clerk: httpx.AsyncClient, id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await clerk.get(f"/cases/{id}/consultation")).json()
    return found


async def hand(clerk: httpx.AsyncClient, id: str, **said: Any) -> httpx.Response:
    tag = (await clerk.get(f"/cases/{id}/consultation")).headers["etag"]
    return await clerk.post(f"/cases/{id}/consultation/handing", json=said, headers={"If-Match": tag})


async def test_calls_of_one_moment_go_to_different_lawyers(
    guangdong: Deployment, clerk: httpx.AsyncClient, director: httpx.AsyncClient
) -> None:
    now = guangdong.clock.now()
    hours = {"begins": str(now - timedelta(hours=1)), "ends": str(now + timedelta(hours=7))}
    lawyers = [f"lawyer-{number}" for number in range(6)]
    done = await sets(director, "roster", *({"lawyer": lawyer, "site": DESK, **hours} for lawyer in lawyers))
    assert done.status_code == 201, done.text

    calls = await asyncio.gather(*(asks(clerk, f"call-{number}") for number in range(6)))

    handed = [(await consultation(clerk, call))["lawyer"] for call in calls]
    assert sorted(handed) == lawyers


async def test_a_call_goes_to_who_is_on_duty_then_to_the_next_and_becomes_an_application(
    guangdong: Deployment, clerk: httpx.AsyncClient, director: httpx.AsyncClient
) -> None:
    now = guangdong.clock.now()
    hours = {"begins": str(now - timedelta(hours=1)), "ends": str(now + timedelta(hours=7))}
    later = {"begins": str(now + timedelta(hours=4)), "ends": str(now + timedelta(hours=9))}
    done = await sets(
        director,
        "roster",
        {"lawyer": "wang", "site": DESK, **hours},
        {"lawyer": "shama", "languages": ["ii"], **hours},
        {"lawyer": "late", **later},
    )
    assert (done.status_code, done.json()) == (201, {"shifts": 3}), done.text

    first, nuosu = await asks(clerk, "one"), await asks(clerk, "two", language="ii")
    windowed = await asks(clerk, "three", channel="window")
    assert (await consultation(clerk, first))["lawyer"] == "shama"
    assert (await consultation(clerk, nuosu))["lawyer"] == "shama"
    assert (await consultation(clerk, windowed))["lawyer"] is None
    on_duty = (await clerk.get("/duty", params={"site": DESK})).json()
    assert [(each["lawyer"], each["advising"]) for each in on_duty["on_duty"]] == [("wang", 0), ("shama", 2)]
    assert [each["lawyer"] for each in on_duty["later"]] == ["late"]

    again = await hand(clerk, first, because="no-answer")
    assert again.json()["lawyer"] == "wang", again.text
    assert (await hand(clerk, first, because="no-answer")).json()["lawyer"] == "late"
    assert (await hand(clerk, first, because="no-answer")).status_code == 409
    by_name = await hand(clerk, windowed, because="by-name", lawyer="guest")
    assert by_name.json()["handed_to"] == ["guest"], by_name.text
    (his,) = (await clerk.get("/duty/consultations", params={"lawyer": "late"})).json()
    assert his["case_id"] == first

    assert (await applies(clerk, first)).json()["case_id"] == first
    assert (await clerk.get("/duty/consultations", params={"lawyer": "late"})).json() == []
    await guangdong.settled("intake")
    said = [m.event for _, m in await guangdong.records("cn44.cases") if m.envelope.subject == first]
    handed = [event for event in said if isinstance(event, ConsultationHanded)]
    assert [(each.because, each.to.reasons[0]) for each in handed] == [
        ("on-duty", "on-duty"),
        ("no-answer", "on-duty"),
        ("no-answer", "on-duty-later"),
    ]


async def test_a_list_is_taken_as_a_whole_and_a_later_one_takes_back(
    guangdong: Deployment, clerk: httpx.AsyncClient, director: httpx.AsyncClient
) -> None:
    begins = (guangdong.clock.now() + timedelta(days=1)).astimezone(SHANGHAI).replace(hour=9, minute=0)
    times = f"{begins:%Y-%m-%d %H:%M},{begins + timedelta(hours=8):%Y-%m-%d %H:%M}"
    header = "lawyer,from,to,site,phone_window,withdrawn"

    async def listed(key: str, *rows: str) -> httpx.Response:
        raw = "\n".join([header, *rows]).encode()
        return await director.post("/duty/shifts/list", content=raw, headers={"Idempotency-Key": key})

    wrong = await listed("wrong", f"wang,{times},{DESK},,", f"li,{times},{DESK},nine,")
    assert (wrong.status_code, [each["line"] for each in wrong.json()["errors"]]) == (422, [3])
    at = {"site": DESK, "at": (begins + timedelta(hours=1)).isoformat()}
    assert (await clerk.get("/duty", params=at)).json()["on_duty"] == []

    assert (await listed("right", f"wang,{times},{DESK},09:30-12:00,", f"li,{times},,,")).status_code == 201
    there = (await clerk.get("/duty", params=at)).json()["on_duty"]
    assert [each["lawyer"] for each in there] == ["li", "wang"]
    assert (await listed("back", f"li,{times},,,yes")).status_code == 201
    there = (await clerk.get("/duty", params=at)).json()["on_duty"]
    assert [each["lawyer"] for each in there] == ["wang"]
    assert (await clerk.post("/duty/shifts", json={"shifts": []})).status_code == 403


async def test_an_agency_without_a_roster_advises_as_before(clerk: httpx.AsyncClient) -> None:
    id = await asks(clerk, "call")

    assert (await consultation(clerk, id))["lawyer"] is None
    refused = await hand(clerk, id)
    assert refused.json()["type"] == "urn:casebridge:problem:nobody-on-duty"

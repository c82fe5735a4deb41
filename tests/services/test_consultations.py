"""Advice over real HTTP, Kafka and PostgreSQL: asked for, turned into an application, counted."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from law.deadlines import day_of
from schemas.cases import ApplicationSubmitted
from services.intake.app import service
from tests.deployment import Deployment, deployed
from tests.services.applying import a_member, an_application

TOLD = {
    "channel": "hotline-12348",
    "site": "442000-hotline-12348",
    "topics": ["wage-arrears", "evidence"],
    "contact": {"name": "李四家属", "phone": "13900000001"},
    "employer": {"name": "中山某装修队"},
    "narrative": "老板一直不给工资",
}


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


async def asks(clerk: httpx.AsyncClient, key: str, **said: Any) -> str:
    """Somebody calls; the id of the consultation."""
    answer = await clerk.post("/consultations", json=TOLD | said, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


async def close(clerk: httpx.AsyncClient, id: str, **said: Any) -> httpx.Response:
    tag = (await clerk.get(f"/cases/{id}/consultation")).headers["etag"]
    return await clerk.post(f"/cases/{id}/consultation/closing", json=said, headers={"If-Match": tag})


async def applies(clerk: httpx.AsyncClient, id: str) -> httpx.Response:
    """The same person applies, and says who he is; not again what he told."""
    return await clerk.post(f"/cases/{id}/application", json=an_application(employer={}, narrative=""))


async def test_who_was_advised_applies_without_being_asked_twice(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    id = await asks(clerk, "call")

    made = await applies(clerk, id)
    again = await applies(clerk, id)
    other = await asks(clerk, "called-again")
    elsewhere = await applies(clerk, other)

    assert made.status_code == 201, made.text
    assert made.json()["case_id"] == id
    assert (again.status_code, again.json()["repeated"]) == (200, True)
    assert elsewhere.json()["case_id"] == id, "the employer that was told of makes it the same matter"
    outcomes = [(await clerk.get(f"/cases/{each}/consultation")).json()["outcome"] for each in (id, other)]
    assert outcomes == ["turned-into-application", "applied-already"]
    await guangdong.settled("intake")
    said = [m for _, m in await guangdong.records("cn44.cases") if m.envelope.subject == id]
    assert [m.event.type.removeprefix("casebridge.") for m in said] == [
        "consultation.opened.v1",
        "application.submitted.v1",
        "member.joined.v1",
        "application.completed.v1",
        "consultation.closed.v1",
    ]
    submitted = said[1].event
    assert isinstance(submitted, ApplicationSubmitted)
    assert submitted.consulted_at == said[0].envelope.time
    raw = b"".join(record.value for record, _ in await guangdong.records("cn44.cases")).decode()
    assert not [secret for secret in ("李四家属", "13900000001", "中山某装修队") if secret in raw]


async def test_advice_alone_has_no_case_number_and_is_counted(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    answered, referred = await asks(clerk, "one"), await asks(clerk, "two", topics=["evidence"])
    await asks(clerk, "three", site=None, channel="window", contact=None)
    ended = await close(clerk, answered, outcome="answered", minutes=7, note="保留考勤记录")
    over = await close(clerk, answered, outcome="answered", minutes=7)
    nowhere = await close(clerk, referred, outcome="referred", minutes=3)
    by_hand = await close(clerk, referred, outcome="turned-into-application")
    await close(clerk, referred, outcome="referred", minutes=3, referred_to="442000-human-resources")
    today = str(day_of(guangdong.clock.now()))

    volume = (await clerk.get("/consultations/volume", params={"from": today, "to": today})).json()
    before = (
        await clerk.get("/consultations/volume", params={"from": "2026-01-01", "to": "2026-01-02"})
    ).json()

    assert (ended.status_code, over.status_code) == (201, 409)
    assert nowhere.status_code == by_hand.status_code == 422
    assert (volume["consultations"], volume["minutes"], before["consultations"]) == (3, 10, 0)
    assert volume["topics"] == {"evidence": 3, "wage-arrears": 2}
    assert [(each["site"], each["outcome"]) for each in volume["by_site"]] == [
        (None, None),
        ("442000-hotline-12348", "answered"),
        ("442000-hotline-12348", "referred"),
    ]
    told = await clerk.get(f"/cases/{answered}/consultation/told", params={"legal_basis": "LAL-43"})
    assert told.json()["advice"] == "保留考勤记录"
    assert told.json()["told"]["employer_name"] == "中山某装修队"
    assert (await clerk.get("/applications")).json()["items"] == []
    assert (await clerk.get(f"/cases/{answered}")).status_code == 404


async def test_a_member_is_still_asked_who_he_is(clerk: httpx.AsyncClient) -> None:
    id = await asks(clerk, "call")

    nameless = an_application(a_member(id_number=""))

    assert (await clerk.post(f"/cases/{id}/application", json=nameless)).status_code == 422

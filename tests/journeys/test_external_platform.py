"""The platform of another authority hands a case in under its own number, and learns how it stands."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from rich.console import Console

from casebridge.asyncapi import PARTNERS_HEAR, public_model
from casebridge.demo.cast import GUANGDONG, STATION, Agency
from casebridge.demo.play import StoryFailed
from casebridge.demo.screen import Screen
from casebridge.demo.stories.zhongshan import application, mediated
from casebridge.demo.tale import Tale
from casebridge.services import NAMES, load_service
from chassis.embedded.parts import Addresses
from chassis.settings import read_partners
from chassis.topics import apply_topics
from schemas.ids import AgencyId, Province
from tests.deployment import Deployment, deployed
from tests.stage import Provinces, on_stage

PLATFORM = Agency(AgencyId("442000-human-resources"), "Zhongshan labour inspection (44)")
STRANGER = Agency(AgencyId("440300-human-resources"), "Shenzhen labour inspection (44)")
NUMBER, ANOTHER = "中人社监〔2026〕118号", "中人社监〔2026〕119号"


def handed_in(number: str) -> dict[str, Any]:
    """What the platform says of a case."""
    refs = [{"issuer": PLATFORM.id, "number": number}]
    return application(channel="hotline-12348", agency=GUANGDONG.id, external_refs=refs)


def by_ref(number: str) -> str:
    return f"/cases/by-ref/{PLATFORM.id}/{quote(number)}"


@pytest.fixture(scope="module")
async def deployment(
    addresses: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Deployment]:
    """Guangdong and Sichuan; the platform has a topic in Guangdong."""
    services, folder = [load_service(name) for name in NAMES], tmp_path_factory.mktemp("platform")
    async with deployed(addresses, folder, services, ["44", "51"]) as deployment:
        provinces = [Province(code) for code in ("00", "44", "51")]
        partners = read_partners(f"44:{PLATFORM.id} 44:{STRANGER.id}")
        await asyncio.to_thread(apply_topics, addresses.kafka, addresses.kafka, provinces, partners=partners)
        yield deployment


@pytest.fixture(scope="module")
async def stage(deployment: Deployment) -> AsyncIterator[Provinces]:
    partners = read_partners(f"44:{PLATFORM.id} 44:{STRANGER.id}")
    async with on_stage([deployment], deployment.folder / "clock", partners=partners) as stage:
        yield stage


@pytest.fixture
async def tale(stage: Provinces) -> AsyncIterator[Tale]:
    async with httpx.AsyncClient(timeout=30) as http:
        yield Tale(
            stage=stage,
            screen=Screen(Console(file=io.StringIO())),
            http=http,
            owner=STATION,
            watcher=STATION.person("operator"),
        )


async def hand_in(tale: Tale, said: dict[str, Any]) -> None:
    """The platform sends what it has; the clerks of Guangdong see it under its number."""
    receipt = await tale.post(PLATFORM.person("partner"), "intake", "/applications", said)
    tale.case_id, tale.number = receipt["case_id"], receipt["number"]
    clerk, number = GUANGDONG.person("hotline_clerk"), said["external_refs"][0]["number"]
    found = await tale.get(clerk, "intake", f"/applications?external_ref={quote(number)}")
    assert [item["case_id"] for item in found["items"]] == [tale.case_id]
    members = await tale.get(clerk, "intake", f"{tale.path}/members")
    tale.claims = {member["member_id"]: member["claim_fen"] for member in members}


async def status(tale: Tale) -> dict[str, Any]:
    (found,) = await tale.get(PLATFORM.person("partner"), "trace", by_ref(NUMBER))
    assert isinstance(found, dict)
    return found


async def test_its_case_moves_to_another_province_and_its_status_comes_back(
    deployment: Deployment, stage: Provinces, tale: Tale
) -> None:
    await hand_in(tale, handed_in(NUMBER))
    transfer = await tale.offered_to(STATION)
    await tale.delivered(GUANGDONG, transfer)
    await stage.traveller.quiet()  # trace hears of it when it comes to it
    offered = await status(tale)
    assert (offered["number"], offered["stage"], offered["milestones"]) == (tale.number, "offered", [])
    assert offered["external_refs"] == [{"issuer": PLATFORM.id, "number": NUMBER}]

    await tale.accept_offer(STATION, transfer)
    await tale.moved(GUANGDONG, transfer)
    tale.epoch = 2
    await tale.placed_with(STATION)
    # The number has come along.
    there = await tale.get(STATION.person("caseworker"), "intake", tale.path)
    assert there["facts"]["external_refs"] == [{"issuer": PLATFORM.id, "number": NUMBER}]
    await tale.accept()
    await mediated(tale)
    await tale.ended()
    await stage.traveller.quiet()

    ended = await status(tale)
    assert (ended["owner"]["code"], ended["owner_province"]["code"]) == (STATION.id, "51")
    reached = [each["milestone"]["code"] for each in ended["milestones"]]
    assert reached[:2] == ["accepted", "granted"]
    assert {"agreed", "concluded", "evaluated"} <= set(reached)
    assert "fen" not in str(ended)

    heard = [
        record
        for record in await deployment.raw_records(f"cn44.partner.{PLATFORM.id}")
        if record.key.decode() == tale.case_id
    ]
    headers = [{name: raw.decode() for name, raw in record.headers} for record in heard]
    types = [each["ce_type"].removeprefix("casebridge.") for each in headers]
    assert types[:2] == ["application.submitted.v1", "transfer.completed.v1"]
    assert set(types[2:]) == {"progress.received.v1"}
    values = [json.loads(record.value) for record in heard]
    assert {"accepted", "agreed", "concluded", "evaluated"} <= {value.get("milestone") for value in values}
    assert {each["ce_externalref"] for each in headers} == {NUMBER}
    assert [int(each["ce_sequence"]) for each in headers] == list(range(1, len(heard) + 1))
    for type, value in zip(types, values, strict=True):
        seen_as(type, value)
    assert await deployment.raw_records(f"cn44.partner.{STRANGER.id}") == []


def seen_as(type: str, value: dict[str, Any]) -> None:
    """The value is as AsyncAPI describes it to partner agencies."""
    (kind,) = (kind for kind in PARTNERS_HEAR if kind.type == f"casebridge.{type}")
    public_model(kind).model_validate_json(json.dumps(value))


async def test_the_same_number_again_is_the_same_case_and_nobody_uses_anothers(tale: Tale) -> None:
    partner, said = PLATFORM.person("partner"), handed_in(ANOTHER)
    await hand_in(tale, said)

    again = await tale.post(partner, "intake", "/applications", {**said, "narrative": "in other words"})
    assert again == {"case_id": tale.case_id, "number": tale.number, "repeated": True}
    with pytest.raises(StoryFailed, match="403"):
        await tale.post(STRANGER.person("partner"), "intake", "/applications", said)
    with pytest.raises(StoryFailed, match="403"):
        await tale.get(STRANGER.person("partner"), "trace", by_ref(ANOTHER))
    with pytest.raises(StoryFailed, match="403"):
        await tale.get(partner, "trace", f"/cases/{tale.case_id}/timeline")
    assert await tale.find(partner, "trace", f"/cases/by-ref/{PLATFORM.id}/118") is None


@pytest.mark.parametrize("number", ["510521198501010019", "13800001234", "+8613800001234", "no number"])
async def test_a_number_that_names_a_person_is_refused_and_not_repeated(tale: Tale, number: str) -> None:
    with pytest.raises(StoryFailed, match="422") as refused:
        await tale.post(PLATFORM.person("partner"), "intake", "/applications", handed_in(number))

    assert number not in str(refused.value)


async def test_a_platform_names_the_agency_that_takes_the_case_in(tale: Tale) -> None:
    said = {name: value for name, value in handed_in(NUMBER).items() if name != "agency"}

    with pytest.raises(StoryFailed, match="422"):
        await tale.post(PLATFORM.person("partner"), "intake", "/applications", said)

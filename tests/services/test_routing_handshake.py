"""The people's side of a transfer over HTTP: who may do what, on which version, once."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest

from chassis.embedded.parts import Addresses
from services.intake.app import service as intake
from services.routing.app import service as routing
from tests.deployment import deployed
from tests.services.test_routing_moves import GUANGDONG, STATION, ZHONGSHAN, World

DESK = "00-national-desk"
REFUSAL = {"code": "not-competent", "legal_basis": "LAL-38"}


@pytest.fixture(scope="module")
async def world(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    provinces = ["00", "44", "51"]
    async with (
        deployed(addresses, tmp_path_factory.mktemp("handshake"), [intake, routing], provinces) as parts,
        AsyncExitStack() as stack,
    ):
        services = (intake, routing)
        runtimes = {each.name: await stack.enter_async_context(parts.running(each)) for each in services}
        yield World(parts, runtimes)
        for service in runtimes:
            held = await parts.rows(service, "SELECT case_id, hold FROM case_row WHERE hold IS NOT NULL")
            assert not held, held


async def offered(world: World) -> dict[str, Any]:
    case = await world.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")
    return await world.offer_to(STATION, case)


async def post(world: World, agency: str, role: str, path: str, body: Any, **headers: str) -> tuple[int, str]:
    said = await world.ask("routing", "POST", path, agency, role, body, **headers)
    return said.status_code, said.json().get("type", "").rpartition(":")[2]


async def test_only_receivers_of_the_agency_answer_and_on_the_version_that_they_saw(world: World) -> None:
    offer = await offered(world)
    path = f"/cases/{offer['case_id']}/offers/{offer['transfer_id']}"

    acknowledge = f"{path}/acknowledgement"
    assert (await post(world, STATION, "mediator", acknowledge, {}))[0] == 403
    assert await post(world, STATION, "receiver", acknowledge, {}) == (428, "version-not-stated")
    assert (await post(world, STATION, "receiver", acknowledge, {}, **{"If-Match": '"99"'}))[0] == 412
    wrong = await post(world, "510521-legal-aid", "receiver", acknowledge, {}, **{"If-Match": "*"})
    assert wrong == (403, "not-the-addressee")
    key = {"If-Match": '"1"', "Idempotency-Key": str(uuid4())}
    assert (await post(world, STATION, "receiver", acknowledge, {}, **key))[0] == 201
    # The same request again gets the same answer, although the version is another one now.
    assert (await post(world, STATION, "receiver", acknowledge, {}, **key))[0] == 201
    assert await post(world, STATION, "receiver", acknowledge, {}, **{"If-Match": "*"}) == (
        409,
        "offer-already-acknowledged",
    )


async def test_a_refusal_proposes_an_agency_or_says_why_none(world: World) -> None:
    offer = await offered(world)
    path, tag = f"/cases/{offer['case_id']}/offers/{offer['transfer_id']}/rejection", {"If-Match": "*"}

    assert await post(world, STATION, "receiver", path, REFUSAL, **tag) == (422, "proposes-two-things")
    unknown = REFUSAL | {"proposed": "nobody"}
    assert await post(world, STATION, "receiver", path, unknown, **tag) == (422, "agency-not-known")
    mistyped = REFUSAL | {"no_proposal": "dunno"}
    assert (await post(world, STATION, "receiver", path, mistyped, **tag))[0] == 422
    named = REFUSAL | {"no_proposal": "none-known"}
    assert (await post(world, STATION, "receiver", path, named, **tag))[0] == 201


async def test_the_lists_show_what_waits_for_whom(world: World) -> None:
    offer = await offered(world)
    case, id = offer["case_id"], offer["transfer_id"]
    incoming = await world.listed("/offers?open=true", STATION, case)
    assert incoming["answer_by"] == offer["answer_by"]
    assert incoming["rule"] == offer["rule"]
    assert (incoming["rule"]["article"], incoming["rule"]["confirmed"]) == ("AGREEMENT", False)
    assert incoming["rule"]["mark"]["zh"].startswith("待确认")
    outgoing = await world.listed("/transfers?state=asking", GUANGDONG, case)
    assert [each["id"] for each in outgoing["transfers"]] == [id]

    assert (await world.answer(offer, STATION, "rejection", REFUSAL | {"proposed": ZHONGSHAN})).is_success
    second = await world.offer_to(ZHONGSHAN, case)
    body = REFUSAL | {"no_proposal": "none-known"}
    assert (await world.answer(second, ZHONGSHAN, "rejection", body)).is_success

    page = await world.see(
        "/escalations?state=waiting",
        DESK,
        lambda page: any(each["case_id"] == case for each in page["items"]),
        role="coordinator",
    )
    [escalation] = [each for each in page.json()["items"] if each["case_id"] == case]
    assert (await world.listed("/transfers?state=escalated", GUANGDONG, case))["state"] == "escalated"

    path, tag = f"/cases/{case}/escalations/{escalation['transfer_id']}/direction", {"If-Match": "*"}
    assert (await post(world, DESK, "operator", path, {"to": ZHONGSHAN}, **tag))[0] == 403
    assert await post(world, "00-other", "coordinator", path, {"to": ZHONGSHAN}, **tag) == (
        403,
        "not-the-superior",
    )
    assert await post(world, DESK, "coordinator", path, {"to": "nobody"}, **tag) == (422, "agency-not-known")
    assert (await post(world, DESK, "coordinator", path, {"to": ZHONGSHAN}, **tag))[0] == 201
    await world.placed(case, ZHONGSHAN, 2)


async def test_the_contact_is_opened_by_the_agency_that_takes_the_case(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    offer = await offered(world)
    path = f"/cases/{offer['case_id']}/offers/{offer['transfer_id']}/contact"
    basis = f"{path}?legal_basis=LAL-43"
    assert (await world.ask("routing", "GET", basis, STATION, "receiver")).status_code == 404
    assert (await world.answer(offer, STATION, "acceptance")).is_success
    await world.placed(offer["case_id"], STATION, 2)

    assert (await world.ask("routing", "GET", path, STATION, "receiver")).status_code == 422
    other = await world.ask("routing", "GET", basis, "510521-legal-aid", "receiver")
    assert other.status_code == 403
    caplog.set_level("INFO")
    opened = await world.ask("routing", "GET", basis, STATION, "receiver")
    assert opened.status_code == 200
    [logged] = [record for record in caplog.records if record.message == "contact_opened"]
    assert (logged.legal_basis, logged.agency) == ("LAL-43", STATION)  # type: ignore[attr-defined]


async def test_the_owner_asks_another_agency_for_help(world: World) -> None:
    case = await world.apply(ZHONGSHAN, home="440100", work="442000", case_type="wage-arrears")
    await world.placed(case, ZHONGSHAN, 1)
    body = {"to": STATION, "kind": "evidence", "details": {"text": "Was he on the site?"}}

    stranger = await post(world, GUANGDONG, "caseworker", f"/cases/{case}/tasks", body)
    assert stranger == (403, "not-the-owner")
    assert (await post(world, ZHONGSHAN, "caseworker", f"/cases/{case}/tasks", body))[0] == 201

    errand = await world.listed("/errands?state=waiting", STATION, case)
    view = await world.ask(
        "routing", "GET", f"/cases/{case}/errands/{errand['task_id']}", STATION, "caseworker"
    )
    assert view.json()["details"] == {"text": "Was he on the site?"}
    task = await world.listed("/tasks?state=requested", ZHONGSHAN, case)
    path = f"/cases/{case}/tasks/{task['task_id']}/extension"
    earlier = {"due_by": task["due_by"], "because": "more-to-do"}
    found = await post(world, ZHONGSHAN, "sender", path, earlier, **{"If-Match": "*"})
    assert found == (422, "not-later")

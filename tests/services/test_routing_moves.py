"""Cases that move: intake and routing of several jurisdictions, on a real broker and database."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.embedded.parts import Addresses
from chassis.folding import Aggregates, Folding
from chassis.runtime import Runtime
from schemas.matters import LimitationInterrupted, MatterAccepted
from schemas.samples import a
from services.intake.app import service as intake
from services.routing.app import service as routing
from services.routing.repository import STORES
from tests.deployment import Deployment, deployed, source, until

GUANGDONG, ZHONGSHAN, GUANGZHOU = "440000-legal-aid", "442000-legal-aid", "440100-legal-aid"
STATION, LUXIAN = "510521-station-zhongshan", "510521-legal-aid"
HEIR = {"name": "向某", "id_kind": "other", "id_number": "X1", "phone": "13900000001", "role": "heir"}


@dataclass
class World:
    """Two services of several jurisdictions, and people who call them."""

    parts: Deployment
    runtimes: Mapping[str, Runtime]

    async def ask(
        self, service: str, method: str, path: str, agency: str, role: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        runtime = self.runtimes[service]
        async with self.parts.client(runtime, role, agency[:2], agency=agency, sub=f"p-{agency}") as client:
            return await client.request(method, path, json=body, headers=headers)

    async def apply(
        self,
        agency: str,
        *,
        home: str,
        work: str,
        case_type: str,
        members: int = 2,
        site: str | None = None,
        **said: Any,
    ) -> str:
        """An application at that agency. Returns the case."""
        body = {
            "channel": "hotline-12348",
            "site": site,
            "home": home,
            "work": work,
            "case_type": case_type,
            "employer": {"name": "某公司"},
            "members": [HEIR | {"id_number": str(uuid4()), "claim_fen": 100} for _ in range(members)],
        }
        answer = await self.ask(
            "intake",
            "POST",
            "/applications",
            agency,
            "hotline_clerk",
            body | said,
            **{"Idempotency-Key": str(uuid4())},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["case_id"])

    async def see(
        self, path: str, agency: str, true: Callable[[Any], bool], role: str = "director"
    ) -> httpx.Response:
        """Ask routing until the answer is as it should be."""
        found: list[httpx.Response] = []

        async def as_wanted() -> bool:
            found.append(await self.ask("routing", "GET", path, agency, role))
            return found[-1].status_code == 200 and true(found[-1].json())

        try:
            await until(as_wanted, path)
        except AssertionError as missed:
            missed.add_note(f"the last answer was {found[-1].text}")
            raise
        return found[-1]

    async def offer_to(self, agency: str, case: str) -> dict[str, Any]:
        return await self.listed("/offers?state=waiting", agency, case)

    async def listed(self, path: str, agency: str, case: str) -> dict[str, Any]:
        """What the agency's work list says of the case, once it does."""

        def of_case(page: Any) -> list[Any]:
            return [item for item in page["items"] if item["case_id"] == case]

        page = await self.see(path, agency, lambda page: bool(of_case(page)))
        return dict(of_case(page.json())[0])

    async def answer(self, offer: dict[str, Any], agency: str, what: str, body: Any = None) -> httpx.Response:
        path = f"/cases/{offer['case_id']}/offers/{offer['transfer_id']}"
        seen = await self.ask("routing", "GET", path, agency, "receiver")
        tag = {"If-Match": seen.headers["ETag"]}
        return await self.ask("routing", "POST", f"{path}/{what}", agency, "receiver", body, **tag)

    async def placed(self, case: str, agency: str, epoch: int) -> dict[str, Any]:
        wanted = ("placed", agency, epoch)
        found = await self.see(
            f"/cases/{case}/custody",
            agency,
            lambda custody: (custody["state"], custody["owner"], custody["epoch"]) == wanted,
        )
        return dict(found.json())


@pytest.fixture(scope="module")
async def world(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    provinces = ["00", "33", "42", "44", "51"]
    async with (
        deployed(addresses, tmp_path_factory.mktemp("moves"), [intake, routing], provinces) as parts,
        AsyncExitStack() as stack,
    ):
        runtimes = {
            service.name: await stack.enter_async_context(parts.running(service))
            for service in (intake, routing)
        }
        yield World(parts, runtimes)
        for service in runtimes:
            held = await parts.rows(service, "SELECT case_id, hold FROM case_row WHERE hold IS NOT NULL")
            assert not held, held


async def test_a_case_moves_to_the_station_of_the_home_province_with_all_that_belongs_to_it(
    world: World,
) -> None:
    case = await world.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")
    offer = await world.offer_to(STATION, case)
    assert (offer["offered_by"], offer["reasons"][:2]) == (GUANGDONG, ["home-province-station", "agreement"])

    refused = await world.ask(
        "routing",
        "POST",
        f"/cases/{case}/offers/{offer['transfer_id']}/acceptance",
        LUXIAN,
        "receiver",
        **{"If-Match": "*"},
    )
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:casebridge:problem:not-the-addressee")

    accepted = await world.answer(offer, STATION, "acceptance")
    assert (accepted.status_code, accepted.json()["state"]) == (201, "accepted")

    there = await world.placed(case, STATION, 2)
    assert there["followers"] == ["44"]
    assert [item["kind"] for item in there["items"]] == ["contact", "member", "member"]
    here = await world.see(f"/cases/{case}/custody", GUANGDONG, lambda custody: custody["state"] == "ended")
    assert here.json()["transfers"][0]["state"] == "completed"

    async def handed_over() -> bool:
        found = await world.parts.rows(
            "intake", "SELECT standing FROM application WHERE province = '44' AND id = :c", c=case
        )
        return [row.standing for row in found] == ["handed-over"]

    await until(handed_over, "intake at the origin to know that the case is gone")
    names = await world.parts.rows(
        "routing", "SELECT name FROM vault WHERE province = '51' AND case_id = :c", c=case
    )
    assert len(names) == 3

    await world.parts.settled("intake", "routing")
    async with source(world.parts.addresses.kafka, "/cn51/mediation") as mediation:
        await mediation.say(a(MatterAccepted, case_id=case, agency=STATION, epoch=2))
    for follower in (GUANGDONG, "00-national-desk"):
        following = await world.see(f"/cases/{case}/following", follower, lambda f: bool(f["reached"]))
        assert (following.json()["owner"], following.json()["province"]) == (STATION, "51")

    await the_log_rebuilds_every_aggregate(world, "44")
    await the_log_rebuilds_every_aggregate(world, "51")


async def the_log_rebuilds_every_aggregate(world: World, province: str) -> None:
    await world.parts.settled("routing")
    folding, rebuilt = Folding(STORES), Aggregates()
    for _, message in await world.parts.records(f"cn{province}.transfers"):
        folding.fold(rebuilt, message.event)
    for store in STORES:
        rows = await world.parts.rows(
            "routing",
            f"SELECT id, version, state::text FROM {store.table.name} WHERE province = :p",
            p=province,
        )
        stored = {row.id: (row.version, store.load(row.state)) for row in rows}
        made = {
            id: (kept.version, kept.aggregate) for (kind, id), kept in rebuilt.items() if kind is store.kind
        }
        assert made == stored


async def test_the_days_that_time_limits_run_from_and_what_interrupted_them_move_with_the_case(
    world: World,
) -> None:
    ended = {"employment_ended_on": "2026-01-05"}
    case = await world.apply(
        GUANGDONG, home="510521", work="442000", case_type="death-compensation", dates=ended
    )
    offer = await world.offer_to(STATION, case)

    # The owner hears of a claim while the other agency has not answered yet.
    async with source(world.parts.addresses.kafka, "/cn44/mediation") as mediation:
        await mediation.say(a(LimitationInterrupted, case_id=case, agency=GUANGDONG, epoch=1, paper=None))
    await world.see(f"/cases/{case}/custody", GUANGDONG, lambda custody: bool(custody["facts"]["acts"]))
    assert (await world.answer(offer, STATION, "acceptance")).status_code == 201

    facts = (await world.placed(case, STATION, 2))["facts"]
    assert facts["dates"]["employment_ended_on"] == ended["employment_ended_on"]
    assert facts["acts"] == [{"code": "claimed", "on": "2026-03-03", "until": None}]


async def test_inside_one_province_a_case_moves_from_county_to_county(world: World) -> None:
    case = await world.apply(GUANGZHOU, home="440100", work="442000", case_type="wage-arrears")

    offer = await world.offer_to(ZHONGSHAN, case)
    assert (offer["mode"], offer["from_province"]) == ("forward", "44")
    assert (await world.answer(offer, ZHONGSHAN, "acceptance")).status_code == 201

    custody = await world.placed(case, ZHONGSHAN, 2)
    assert [item["kind"] for item in custody["items"]] == ["contact", "member", "member"]
    assert custody["followers"] == []
    await the_log_rebuilds_every_aggregate(world, "44")


async def test_after_a_rejection_the_agency_that_was_proposed_is_asked(world: World) -> None:
    case = await world.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")
    first = await world.offer_to(STATION, case)
    body = {"code": "no-capacity", "legal_basis": "LAL-38", "proposed": ZHONGSHAN}

    unknown = await world.answer(first, STATION, "rejection", body | {"proposed": "nobody"})
    assert (unknown.status_code, unknown.json()["type"]) == (422, "urn:casebridge:problem:agency-not-known")
    assert (await world.answer(first, STATION, "rejection", body)).status_code == 201

    second = await world.offer_to(ZHONGSHAN, case)
    assert second["asked"] == [{"agency": STATION, "province": "51", "result": "rejected"}]
    seen = await world.see(
        f"/cases/{case}/custody", GUANGDONG, lambda custody: custody["transfers"][-1]["state"] == "delivered"
    )
    recall = f"/cases/{case}/transfers/{second['transfer_id']}/recall"
    back = await world.ask(
        "routing", "POST", recall, GUANGDONG, "sender", **{"If-Match": seen.headers["ETag"]}
    )
    assert (back.status_code, back.json()["state"]) == (201, "placed")
    await world.see(
        f"/cases/{case}/offers/{second['transfer_id']}",
        ZHONGSHAN,
        lambda offer: (offer["state"], offer["closed_because"]) == ("closed", "recalled"),
    )


async def test_a_home_centre_sends_the_papers_that_only_the_owner_can_read(world: World) -> None:
    case = await world.apply(
        "330900-legal-aid", home="420900", work="330900", case_type="traffic-accident", members=1
    )
    await world.placed(case, "330900-legal-aid", 1)
    task = (await world.listed("/errands?state=waiting", "420900-legal-aid", case))["task_id"]
    path = f"/cases/{case}/errands/{task}"

    errand = await world.ask("routing", "GET", path, "420900-legal-aid", "caseworker")
    assert errand.json()["details"] == {"name": "向某", "phone": "13900000001"}
    papers = {"income_fen": 1_200_000}
    done = await world.ask(
        "routing",
        "POST",
        f"{path}/result",
        "420900-legal-aid",
        "caseworker",
        {"result": "done", "papers": papers},
        **{"If-Match": errand.headers["ETag"]},
    )
    assert (done.status_code, done.json()["state"]) == (201, "done")

    view = await world.see(
        f"/cases/{case}/tasks/{task}", "330900-legal-aid", lambda view: view["task"]["state"] == "done"
    )
    assert view.json()["papers"] == papers
    stranger = await world.ask(
        "routing", "GET", f"/cases/{case}/tasks/{task}", "330902-legal-aid", "director"
    )
    assert stranger.status_code == 403


async def test_routes_can_be_tried_and_agencies_looked_up(world: World) -> None:
    body = {"agency": GUANGDONG, "home": "510521", "work": "442000", "case_type": "wage-arrears"}
    route = await world.ask("routing", "POST", "/routes/preview", GUANGDONG, "hotline_clerk", body)
    assert (route.status_code, route.json()["mode"]) == (200, "transfer")
    assert route.json()["candidates"][0]["agency"] == STATION

    page = await world.ask("routing", "GET", "/agencies?province=51&limit=2", GUANGDONG, "hotline_clerk")
    assert (page.status_code, len(page.json()["items"])) == (200, 2)
    rest = await world.ask(
        "routing",
        "GET",
        f"/agencies?province=51&after={page.json()['next']}",
        GUANGDONG,
        "hotline_clerk",
    )
    assert STATION in [item["agency"]["id"] for item in rest.json()["items"]]

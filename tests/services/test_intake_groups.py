"""Groups over real HTTP, Kafka and PostgreSQL: lists of members, who joins and leaves, who speaks."""

import base64
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from casebridge.audit import settled
from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, CaseId, Province, TransferId
from schemas.samples import a
from schemas.transfers import CustodyBegun, CustodyReduced
from services.intake.app import service as intake
from services.mediation.app import service as mediation
from services.routing.app import service as routing
from tests.deployment import Deployment, deployed, source, until
from tests.services.applying import a_member, an_application, id_number
from tests.services.workbooks import a_workbook

OWNER = AgencyId("442000-legal-aid")
HEADER = ["姓名", "证件号码", "请求金额"]


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [intake, routing, mediation], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def taking_in(guangdong: Deployment) -> AsyncIterator[Runtime]:
    async with guangdong.running(intake) as runtime:
        yield runtime


@pytest.fixture
async def clerk(guangdong: Deployment, taking_in: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with guangdong.client(taking_in, "intake_clerk", "44", agency=OWNER) as client:
        yield client


@pytest.fixture
async def office(guangdong: Deployment) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        guangdong.running(routing),
        guangdong.running(mediation) as runtime,
        guangdong.client(runtime, "caseworker", "44", agency=OWNER) as client,
    ):
        yield client


def rows(*members: int) -> list[list[str | float]]:
    return [[f"工友{n}", id_number(n), 100 + n] for n in members]


def a_csv(*members: int) -> bytes:
    lines: list[list[Any]] = [HEADER, *rows(*members)]
    return "\n".join(",".join(map(str, cells)) for cells in lines).encode("gb18030")


async def apply(clerk: httpx.AsyncClient, members: int = 2, **said: Any) -> CaseId:
    body = an_application(*(a_member(n, claim_fen=100) for n in range(members))) | said
    made = await clerk.post("/applications", json=body, headers={"Idempotency-Key": "apply"})
    assert made.status_code == 201, made.text
    return CaseId(made.json()["case_id"])


async def case_of(clerk: httpx.AsyncClient, case: CaseId) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (await clerk.get(f"/cases/{case}")).json()
    return found


async def change(clerk: httpx.AsyncClient, case: CaseId, what: str, **said: Any) -> httpx.Response:
    """A change of the group, as its entity tag is now."""
    tag = (await clerk.get(f"/cases/{case}")).headers["etag"]
    return await clerk.post(f"/cases/{case}/{what}", json={"epoch": 1} | said, headers={"If-Match": tag})


async def send_list(clerk: httpx.AsyncClient, case: CaseId, raw: bytes) -> httpx.Response:
    tag = (await clerk.get(f"/cases/{case}")).headers["etag"]
    return await clerk.post(
        f"/cases/{case}/members/list", params={"epoch": 1}, content=raw, headers={"If-Match": tag}
    )


async def test_a_group_applies_with_a_list_in_one_request(clerk: httpx.AsyncClient) -> None:
    body = an_application(representatives=[1]) | {"members": []}
    body |= {"member_list": base64.b64encode(a_csv(1, 2, 3)).decode()}

    made = await clerk.post("/applications/with-list", json=body, headers={"Idempotency-Key": "list"})

    assert made.status_code == 201, made.text
    case = CaseId(made.json()["case_id"])
    found = await case_of(clerk, case)
    assert (found["facts"]["members"], found["facts"]["claim_fen"]) == (3, 30_600)
    assert len(found["representatives"]) == 1
    members = (await clerk.get(f"/cases/{case}/members")).json()
    seen = await clerk.get(
        f"/cases/{case}/members/{members[0]['member_id']}/person", params={"legal_basis": "LAL-43"}
    )
    assert seen.json()["id_number"] in {id_number(n) for n in (1, 2, 3)}


async def test_a_list_with_a_wrong_row_lets_nobody_in_and_names_every_row(
    guangdong: Deployment, clerk: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    case = await apply(clerk)
    wrong = a_workbook(HEADER, *rows(5), ["张三", "510521198501019999", 7], *rows(0), ["", id_number(6), "x"])

    refused = await send_list(clerk, case, wrong)

    assert refused.status_code == 422, refused.text
    problem = refused.json()
    assert problem["type"] == "urn:casebridge:problem:list-refused"
    assert [(each["line"], each["column"]) for each in problem["errors"]] == [
        (3, "id_number"),
        (4, "id_number"),
        (5, "claim_yuan"),
        (5, "name"),
    ]
    assert "not a member" in problem["errors"][1]["expected"]
    assert len((await clerk.get(f"/cases/{case}/members")).json()) == 2
    assert "张三" not in caplog.text
    assert "510521198501019999" not in caplog.text + problem["detail"]


async def test_a_list_is_checked_before_anybody_applies_with_it(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    right = await clerk.post("/member-lists/check", content=a_csv(1, 2))
    wrong = await clerk.post("/member-lists/check", content=b"nonsense")

    assert right.json() == {"members": 2, "claim_fen": 20_300}
    assert (wrong.status_code, wrong.json()["errors"][0]["line"]) == (422, 1)
    assert await guangdong.rows("intake", "SELECT 1 FROM case_row") == []


async def test_who_joins_and_leaves_is_counted_in_the_matter_and_the_custody(
    guangdong: Deployment, clerk: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case = await apply(clerk)

    joined = await send_list(clerk, case, a_csv(5, 6, 7))
    assert joined.status_code == 201, joined.text
    gone = joined.json()["joined"][0]
    left = await change(clerk, case, f"members/{gone}/departure", because="own-wish")
    assert left.status_code == 201, left.text

    async def counted() -> bool:
        claims = (await office.get(f"/cases/{case}/claims")).json()
        ended = {claim["member_id"]: claim["ended"] for claim in claims["items"]}
        return (claims["registered"], claims["announced"], ended.get(gone)) == (4, 4, "left")

    async def known() -> bool:
        [custody] = await guangdong.rows("routing", "SELECT state::text AS s FROM custody")
        return gone not in custody.s and '"members": 4' in custody.s

    await until(counted, "four claims of four members")
    await until(known, "the custody of four members")
    again = await change(clerk, case, f"members/{gone}/departure", because="own-wish")
    assert again.json()["type"] == "urn:casebridge:problem:left-already"


async def test_the_same_person_joins_once_and_may_come_back_after_leaving(clerk: httpx.AsyncClient) -> None:
    case = await apply(clerk)

    twice = await change(clerk, case, "members", members=[a_member(0)])
    members = (await clerk.get(f"/cases/{case}/members")).json()
    await change(clerk, case, f"members/{members[0]['member_id']}/departure", because="own-wish")
    worker = members[0]["worker"]
    back = await change(clerk, case, "members", members=[a_member(0), a_member(1)])
    alone = [n for n in (0, 1) if (await change(clerk, case, "members", members=[a_member(n)])).is_success]

    assert twice.json()["type"] == "urn:casebridge:problem:member-already"
    assert back.status_code == 409
    assert len(alone) == 1
    there = (await clerk.get(f"/cases/{case}/members")).json()
    assert [each["worker"] for each in there if each["left"] is None].count(worker) == 1


async def test_representatives_are_replaced_and_the_forums_say_whether_they_are_enough(
    clerk: httpx.AsyncClient,
) -> None:
    case = await apply(clerk, 12)
    members = [each["member_id"] for each in (await clerk.get(f"/cases/{case}/members")).json()]

    two = await change(clerk, case, "representatives", members=members[:2])
    await change(clerk, case, "representatives", members=members[1:4])
    left = await change(clerk, case, f"members/{members[1]}/departure", because="own-case")
    stranger = await change(clerk, case, "representatives", members=[members[1]])

    enough = {each["forum"]: each["enough"] for each in two.json()["forums"]}
    assert enough == {"arbitration": False, "court": True}
    assert left.json()["representatives"] == members[2:4]
    assert (await clerk.get(f"/cases/{case}/representatives")).json()["members"] == members[2:4]
    assert stranger.json()["type"] == "urn:casebridge:problem:not-a-representative"


async def test_who_is_replaced_before_anybody_heard_of_it_stays_replaced(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    case = await apply(clerk, 4, home="442000")
    members = [each["member_id"] for each in (await clerk.get(f"/cases/{case}/members")).json()]
    await change(clerk, case, "representatives", members=members[:2])
    await change(clerk, case, "representatives", members=members[2:])

    async with guangdong.running(routing):
        both = [(each, guangdong.settings(each)) for each in (intake, routing)]
        assert await settled(both, within_s=60)

    assert (await case_of(clerk, case))["representatives"] == members[2:]
    said = [received.event.type for _, received in await guangdong.records("cn44.cases")]
    assert said.count("casebridge.representatives.set.v1") == 2


async def test_no_event_grows_with_a_group_of_five_hundred(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    case = await apply(clerk)
    before = time.process_time()

    joined = await send_list(clerk, case, a_csv(*range(10, 508)))

    assert joined.json()["members"] == 500, joined.text
    assert time.process_time() - before < 10
    await guangdong.settled("intake")
    largest = max(len(record.value) for record, _ in await guangdong.records("cn44.cases"))
    assert largest < 2_000


async def test_a_departure_that_crosses_a_transfer_within_the_province_is_counted(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    """The other agency's custody is begun with as many members as routing knew then."""
    case = await apply(clerk, 3)
    facts = CaseFacts.model_validate((await case_of(clerk, case))["facts"], strict=False)
    gone = (await clerk.get(f"/cases/{case}/members")).json()[0]["member_id"]
    await change(clerk, case, f"members/{gone}/departure", because="own-wish")
    begun = a(
        CustodyBegun,
        case_id=case,
        owner=AgencyId("440100-legal-aid"),
        epoch=2,
        facts=facts,
        transfer_id=TransferId("within"),
        from_province=Province("44"),
        contact=None,
    )
    reduced = a(CustodyReduced, case_id=case, kind="member", id=gone, because="own-wish")

    async with source(guangdong.addresses.kafka, "/cn44/routing") as speaking:
        await speaking.say(begun)
        await speaking.say(reduced)

    async def adopted() -> bool:
        return bool((await case_of(clerk, case))["epoch"] == 2)

    await until(adopted, "the case at the other agency")
    now = (await case_of(clerk, case))["facts"]
    assert (now["members"], now["claim_fen"]) == (2, 200)

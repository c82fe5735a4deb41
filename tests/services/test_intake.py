"""Intake over real HTTP, Kafka and PostgreSQL."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.bulk import fetch
from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from law.deadlines import day_of
from schemas.codes import EnclosureKind
from schemas.facts import Enclosure
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Province, TransferId
from schemas.keys import KeysIssued
from schemas.samples import a, facts
from schemas.transfers import CustodyAmended, CustodyBegun, CustodyEnded, OfferEnclosed
from services.intake import repository
from services.intake.app import service
from services.intake.repository import UNDER_THEIR_NUMBER
from tests.deployment import Deployment, case_id, deployed, source, until
from tests.services.applying import a_member, an_application, id_number
from tests.services.migrated import differences


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
    async with guangdong.client(intake, "intake_clerk", "44", agency="442000-legal-aid") as client:
        yield client


async def apply(clerk: httpx.AsyncClient, key: str, *members: dict[str, Any], **said: Any) -> httpx.Response:
    return await clerk.post(
        "/applications", json=an_application(*members, **said), headers={"Idempotency-Key": key}
    )


async def said(guangdong: Deployment, count: int, of: CaseId | None = None) -> list[str]:
    """The types of the events on the log when there are so many; in order only for one case."""

    async def there() -> bool:
        return len(await guangdong.records("cn44.cases")) >= count

    await until(there, f"{count} events on the log")
    return [
        m.event.type.split(".")[1] + "." + m.event.type.split(".")[2]
        for _, m in await guangdong.records("cn44.cases")
        if of in (None, m.envelope.subject)
    ]


async def test_the_migrated_database_is_the_declared_one(guangdong: Deployment) -> None:
    assert await differences(guangdong.databases["intake"], repository.metadata) == []


# One in fifty has a number of the platform that handed it in.
MANY = """
    INSERT INTO application (province, id, case_id, version, state, number, standing, agency, case_type,
                             received_at, members, claim_fen, handed_in_by, external_refs)
    SELECT '44', n, n, 1, '{}', n, 'complete', 'agency', 'wage-arrears', now(), 1, 0,
           '441900-platform', CASE WHEN n % 50 = 0 THEN jsonb_build_array(
               jsonb_build_object('issuer', '441900-platform', 'number', n::text)) END
    FROM generate_series(1, 5000) AS n
"""


async def test_a_number_of_others_is_looked_up_among_the_applications_that_have_one(
    guangdong: Deployment,
) -> None:
    asked = '[{"place": 0, "province": "44", "agency": "441900-platform", "numbers": ["1"]}]'
    index = text("SELECT indexdef FROM pg_indexes WHERE indexname = 'application_by_external_ref'")
    async with guangdong.engine("intake").begin() as connection:
        await connection.execute(text(MANY))
        await connection.execute(text("ANALYZE application"))
        plan = await fetch(connection, f"EXPLAIN {UNDER_THEIR_NUMBER}", asked)
        (defined,) = (await connection.execute(index)).scalars()
    assert "application_by_external_ref" in "\n".join(line for (line,) in plan)
    assert defined.endswith("WHERE (external_refs IS NOT NULL)")


async def test_a_group_applies_in_one_case_and_nothing_personal_is_in_the_clear(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    group = [a_member(n) for n in range(24)]

    made = await apply(clerk, "group", *group, representatives=[3])

    assert made.status_code == 201, made.text
    assert made.json()["number"].startswith(f"44-{guangdong.clock.now().year}-0000001-")
    types = await said(guangdong, 27)
    assert types == [
        "application.submitted",
        *["member.joined"] * 24,
        "representatives.set",
        "application.completed",
    ]
    raw = b"".join(
        record.value + b"".join(value for _, value in record.headers)
        for record, _ in await guangdong.records("cn44.cases")
    ).decode()
    rows = await guangdong.rows(
        "intake", "SELECT state::text AS s FROM application UNION SELECT state::text FROM member"
    )
    stored = "".join(row.s for row in rows)
    for member in group:
        for secret in (member["name"], member["id_number"], member["phone"], member["bank_account"]):
            assert secret not in raw
            assert secret not in stored


async def test_the_same_key_is_answered_with_the_same_case_and_another_body_is_a_conflict(
    clerk: httpx.AsyncClient,
) -> None:
    first, again = await apply(clerk, "k"), await apply(clerk, "k")
    other = await apply(clerk, "k", a_member(2))

    assert again.json() == first.json()
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert other.json()["type"] == "urn:casebridge:problem:key-reused"


async def test_the_same_worker_employer_and_matter_within_thirty_days_is_the_same_case(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    first = await apply(clerk, "one")
    again = await apply(clerk, "two", a_member(1, name="别名", claim_fen=1), channel="window")

    assert (again.status_code, again.json()["repeated"]) == (200, True)
    assert again.json()["case_id"] == first.json()["case_id"]
    assert (await apply(clerk, "three", case_type="work-injury")).status_code == 201
    assert (await apply(clerk, "four", a_member(2))).status_code == 201
    assert (await apply(clerk, "five", employer={"name": "另一公司"})).status_code == 201
    assert (await apply(clerk, "six", employer={"name": "另一 公司"})).status_code == 200
    guangdong.clock.step_to(guangdong.clock.now() + timedelta(days=31))
    fresh = {"Authorization": f"Bearer {guangdong.token('intake_clerk', '44', agency='442000-legal-aid')}"}
    late = await clerk.post(
        "/applications", json=an_application(), headers={"Idempotency-Key": "late", **fresh}
    )
    assert late.status_code == 201


async def test_a_group_is_not_answered_with_the_case_of_one_of_its_members(clerk: httpx.AsyncClient) -> None:
    alone = await apply(clerk, "alone", a_member(1))
    group = await apply(clerk, "group", *(a_member(n) for n in range(1, 4)))
    other_order = await apply(clerk, "order", *(a_member(n) for n in (3, 2, 1)))
    one_of_it = await apply(clerk, "one", a_member(3))

    assert alone.status_code == group.status_code == 201
    assert other_order.status_code == one_of_it.status_code == 200
    assert other_order.json()["case_id"] == one_of_it.json()["case_id"] == group.json()["case_id"]


async def test_two_who_died_are_two_cases_of_the_same_heir(clerk: httpx.AsyncClient) -> None:
    heir = a_member(1, role="heir")
    dead = [{"name": f"逝者{n}", "id_number": id_number(n)} for n in (8, 9)]
    answers = [
        await apply(clerk, key, heir, case_type="death-compensation", worker=worker)
        for key, worker in (("first", dead[0]), ("second", dead[1]), ("again", dead[0]))
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 200]


async def test_submissions_at_once_make_one_case(guangdong: Deployment, clerk: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(apply(clerk, f"k{n}") for n in range(8)))

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["case_id"] for answer in answers}) == 1
    assert len(await guangdong.rows("intake", "SELECT 1 FROM application")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"members": [a_member(id_number="510521198501010010")]},
        {"members": []},
        {"employer": {"code": "91442000MA4UXKQ25X"}},
        {"case_type": "wages"},
        {"work": "990000"},
        {"members": [a_member(claim_fen=1.5)]},
    ],
)
async def test_what_cannot_be_right_is_refused_without_being_repeated(
    clerk: httpx.AsyncClient, wrong: dict[str, Any]
) -> None:
    answer = await apply(clerk, "wrong", **wrong)

    assert answer.status_code == 422
    assert a_member()["name"] not in answer.text
    assert "5105211985" not in answer.text


async def test_a_person_is_opened_on_a_legal_basis_and_that_is_logged_without_him(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    case = (await apply(clerk, "k")).json()["case_id"]
    (member,) = (await clerk.get(f"/cases/{case}/members")).json()
    person = f"/cases/{case}/members/{member['member_id']}/person"

    assert (await clerk.get(person)).status_code == 422
    with caplog.at_level(logging.INFO, logger="services.intake.api"):
        opened = await clerk.get(person, params={"legal_basis": "LAL-43"})
    async with guangdong.client(intake, "operator", "44") as operator:
        refused = await operator.get(person, params={"legal_basis": "LAL-43"})

    assert opened.json()["id_number"] == a_member()["id_number"]
    assert refused.status_code == 403
    (line,) = [record for record in caplog.records if record.msg == "person_opened"]
    assert vars(line)["legal_basis"] == "LAL-43"
    assert a_member()["name"] not in json.dumps(vars(line), default=str, ensure_ascii=False)


async def test_an_application_is_found_by_the_number_as_it_is_read_out(clerk: httpx.AsyncClient) -> None:
    number = (await apply(clerk, "k")).json()["number"]
    await apply(clerk, "other", a_member(2))

    found = await clerk.get("/applications", params={"number": number.replace("-", " ")})
    page = await clerk.get("/applications", params={"limit": 1})
    rest = await clerk.get("/applications", params={"after": page.json()["next"]})

    assert [item["number"] for item in found.json()["items"]] == [number]
    assert len(page.json()["items"]) == len(rest.json()["items"]) == 1
    assert (await clerk.get("/applications", params={"number": "1"})).status_code == 422


async def test_a_withdrawn_application_may_be_made_again(clerk: httpx.AsyncClient) -> None:
    case = (await apply(clerk, "k")).json()["case_id"]
    tag = (await clerk.get(f"/cases/{case}")).headers["etag"]
    body = {"because": "entered-in-error", "epoch": 1}

    withdrawn = await clerk.post(f"/cases/{case}/withdrawal", json=body, headers={"If-Match": tag})
    again = await apply(clerk, "again")

    assert withdrawn.json()["state"] == "withdrawn"
    assert again.status_code == 201
    assert again.json()["case_id"] != case


async def test_an_answer_with_the_case_of_another_request_is_repeated_whatever_came_in_between(
    clerk: httpx.AsyncClient,
) -> None:
    case = (await apply(clerk, "one")).json()["case_id"]
    first = await apply(clerk, "two")
    assert (await apply(clerk, "two", a_member(2))).status_code == 409
    body = {"because": "entered-in-error", "epoch": 1}
    await clerk.post(f"/cases/{case}/withdrawal", json=body, headers={"If-Match": "*"})

    again = await apply(clerk, "two")

    assert first.json()["case_id"] == case
    assert (again.status_code, again.json()) == (200, first.json())


async def test_a_child_applies_through_a_parent_and_a_foreigner_by_his_passport(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    born = str(guangdong.clock.now().year - 9) + "-01-01"
    child = {"name": "小明", "id_kind": "birth-certificate", "id_number": "T440123456", "born": born}
    parent = {"name": "小明母亲", "id_number": id_number(5), "authority": "legal-guardian"}
    foreigner = {"name": "Nguyen", "id_kind": "passport", "id_number": "C1234567", "nationality": "VNM"}

    alone = await apply(clerk, "alone", child | {"role": "heir"})
    by_paper = await apply(
        clerk, "by-paper", child | {"role": "heir", "agent": parent | {"authority": "power-of-attorney"}}
    )
    through = await apply(clerk, "through", child | {"role": "heir", "agent": parent})
    abroad = await apply(clerk, "abroad", foreigner)

    assert (alone.status_code, by_paper.status_code) == (422, 422)
    assert "小明" not in alone.text
    assert (through.status_code, abroad.status_code) == (201, 201), through.text + abroad.text
    case = through.json()["case_id"]
    [member] = (await clerk.get(f"/cases/{case}/members")).json()
    assert member["agent"] == "legal-guardian"
    person = await clerk.get(
        f"/cases/{case}/members/{member['member_id']}/person", params={"legal_basis": "LAL-43"}
    )
    assert person.json()["agent"]["name"] == "小明母亲"
    await said(guangdong, 6)
    raw = b"".join(record.value for record, _ in await guangdong.records("cn44.cases")).decode()
    assert not [secret for secret in ("小明", "T440123456", "C1234567") if secret in raw]


async def test_who_might_apply_is_told_what_the_law_says_and_nothing_is_kept(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    asked = {"work": "442000", "case_type": "wage-arrears", "worker_class": "other", "income_fen": 100_000}

    told = await clerk.post("/eligibility/preview", json=asked)
    wrong = await clerk.post("/eligibility/preview", json=asked | {"case_type": "wages"})
    case = (await apply(clerk, "k")).json()["case_id"]
    read = (await clerk.get(f"/cases/{case}/eligibility")).json()

    assert told.json()["means"]["zh"] == "符合经济困难标准", told.text
    assert told.json()["standard"]["confirmed"] is False
    assert [way["forum"]["code"] for way in told.json()["forums"]] == [
        "mediation",
        "labour-inspection",
        "arbitration",
        "court",
    ]
    assert wrong.status_code == 422
    assert read["means_reasons"][0]["article"]["en"] == "Legal Aid Law Art. 42(3): exempt from the check"
    assert [way["reason"]["code"] for way in read["forums"]][-1] == "wage-iou"
    assert len(await guangdong.rows("intake", "SELECT 1 FROM application")) == 1


async def ask_for(
    clerk: httpx.AsyncClient, case: str, what: str = "supplement", **said: Any
) -> httpx.Response:
    """Say what is missing, or what was supplied, of the application as it is now."""
    tag = (await clerk.get(f"/cases/{case}")).headers["etag"]
    return await clerk.post(f"/cases/{case}/{what}", json={"epoch": 1} | said, headers={"If-Match": tag})


async def test_what_is_missing_is_told_once_and_comes_in_parts(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    case = (await apply(clerk, "k")).json()["case_id"]

    asked = await ask_for(clerk, case, missing=["relation-proof", "signature"], note="请提供张三签字的考勤表")
    again = await ask_for(clerk, case, missing=["explanation"])
    part = await ask_for(clerk, case, "supplement/replies", supplied=["signature"])
    strange = await ask_for(clerk, case, "supplement/replies", supplied=["signature"])

    assert asked.json()["state"] == "info-requested", asked.text
    assert again.status_code == strange.status_code == 409
    assert "LAL-43" in again.text
    assert part.json()["state"] == "complete"
    told = (await clerk.get(f"/cases/{case}/supplement")).json()
    assert told["limit"]["rule"] == "supplement:cn:2022-01-01"
    assert {item["code"]: item["outstanding"] for item in told["missing"]} == {
        "relation-proof": True,
        "signature": False,
    }
    note = await clerk.get(f"/cases/{case}/supplement/note", params={"legal_basis": "LAL-43"})
    assert note.json() == {"request": "请提供张三签字的考勤表", "reply": None}
    await said(guangdong, 5)
    raw = b"".join(record.value for record, _ in await guangdong.records("cn44.cases")).decode()
    assert "张三" not in raw


async def test_who_supplies_nothing_is_deemed_to_withdraw_and_may_apply_again(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    first = (await apply(clerk, "first")).json()
    asked = await ask_for(clerk, first["case_id"], missing=["claim-papers"])
    due_at = datetime.fromisoformat(asked.json()["supplement"]["limit"]["due_at"])

    guangdong.clock.step_to(due_at)
    token = guangdong.token("intake_clerk", "44", agency="442000-legal-aid")
    clerk.headers["Authorization"] = f"Bearer {token}"
    await until(partial(is_at, clerk, CaseId(first["case_id"]), 1, "deemed-withdrawn"), "the end of the time")
    again = (await apply(clerk, "again")).json()

    assert again["repeated"] is False
    assert (await clerk.get(f"/cases/{again['case_id']}")).json()["earlier"] == first["case_id"]
    assert await said(guangdong, 9, of=CaseId(again["case_id"])) == [
        "application.submitted",
        "member.joined",
        "application.completed",
        "application.linked",
    ]


async def test_what_the_applicants_must_supply_is_a_clock_that_runs_is_met_and_lapses(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    met = (await apply(clerk, "met")).json()["case_id"]
    lapsing = (await apply(clerk, "lapsing", a_member(2))).json()
    await ask_for(clerk, met, missing=["signature"])
    asked = await ask_for(clerk, lapsing["case_id"], missing=["claim-papers"])
    await ask_for(clerk, met, "supplement/replies", supplied=["signature"])

    soon = (await clerk.get("/clocks", params={"within_days": 60})).json()
    (running,) = (await clerk.get(f"/cases/{lapsing['case_id']}/clocks")).json()

    assert [(each["number"], each["name"], each["kept_by"]) for each in soon] == [
        (lapsing["number"], "supply_by", "intake")
    ]
    assert soon[0]["confirmed"] is False
    assert (running["state"], running["rule"]["confirmed"]) == ("running", False)
    assert "TO BE CONFIRMED" in running["rule"]["mark"]["en"]
    assert [each["state"] for each in (await clerk.get(f"/cases/{met}/clocks")).json()] == ["met"]

    guangdong.clock.step_to(datetime.fromisoformat(asked.json()["supplement"]["limit"]["due_at"]))
    token = guangdong.token("intake_clerk", "44", agency="442000-legal-aid")
    clerk.headers["Authorization"] = f"Bearer {token}"
    case = CaseId(lapsing["case_id"])
    await until(partial(is_at, clerk, case, 1, "deemed-withdrawn"), "the end of the time")
    assert [each["state"] for each in (await clerk.get(f"/cases/{case}/clocks")).json()] == ["lapsed"]


async def test_the_days_that_applicants_name_say_when_their_right_runs_out(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    ended = day_of(guangdong.clock.now()) - timedelta(days=362)
    named = {"dates": {"employment_ended_on": ended.isoformat()}}
    claimed = [{"code": "claimed", "on": (ended + timedelta(days=100)).isoformat()}]

    near = (await apply(clerk, "near", **named)).json()["case_id"]
    anew = (await apply(clerk, "anew", a_member(2), **named, acts=claimed)).json()["case_id"]
    facts = [(await clerk.get(f"/cases/{case}")).json()["facts"] for case in (near, anew)]

    assert "limitation-near" in facts[0]["priority"]
    assert "limitation-near" not in facts[1]["priority"]
    assert facts[0]["limitation_on"] < facts[1]["limitation_on"]
    assert facts[1]["acts"] == [claimed[0] | {"until": None}]


async def test_a_case_that_comes_from_elsewhere_and_goes_and_comes_back_is_adopted_each_time(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    case, province, keyring = case_id(), Province("44"), intake.engine.keyring
    key = keyring.new_case_key(province)
    wrapped = keyring.wrap_case_key(key, province)
    issued = KeysIssued(
        case_id=case,
        at=intake.clock.now(),
        key_id=key.id,
        wrapped=wrapped.box,
        wrapped_with=wrapped.key_id,
    )

    def sealed(value: Any) -> Sealed:
        return keyring.seal(value, key, case.encode())

    def enclosing(kind: str, id: str, value: Any) -> Enclosure:
        return Enclosure(kind=EnclosureKind(kind), id=id, content=sealed(value), claim_fen=7)

    def begun(epoch: int) -> CustodyBegun:
        return a(
            CustodyBegun,
            case_id=case,
            owner=AgencyId("442000-legal-aid"),
            epoch=epoch,
            facts=facts(members=2, case_type="wage-arrears", received_at=intake.clock.now()),
            transfer_id=TransferId(f"t{epoch}"),
            from_province=Province("51"),
            contact=sealed({"name": "工友1", "employer_name": "某公司"}),
        )

    async with source(guangdong.addresses.kafka, "/cn44/routing") as routing:
        await routing.say(issued)
        for epoch in (2, 4):
            for n in (1, 2):
                came = enclosing("member", f"m{n}", a_member(n))
                transfer = TransferId(f"t{epoch}")
                await routing.say(a(OfferEnclosed, case_id=case, transfer_id=transfer, enclosure=came))
            await routing.say(begun(epoch))
            chosen = enclosing("representatives", "representatives", {"members": ["m2", "stranger"]})
            await routing.say(a(CustodyAmended, case_id=case, enclosure=chosen))
            for n in (3, 4) if epoch == 2 else (3,):
                late = enclosing("member", f"m{n}", a_member(n))
                await routing.say(a(CustodyAmended, case_id=case, enclosure=late))
            await until(partial(is_at, clerk, case, epoch, "complete"), f"the case of epoch {epoch}")
            await routing.say(a(CustodyEnded, case_id=case, epoch=epoch))
            await until(partial(is_at, clerk, case, epoch, "handed-over"), f"the end of epoch {epoch}")

        members = (await clerk.get(f"/cases/{case}/members")).json()
        opened = await clerk.get(f"/cases/{case}/members/m1/person", params={"legal_basis": "LAL-43"})

    assert [member["member_id"] for member in members if member["left"] is None] == ["m1", "m2", "m3"]
    assert [member["left"] for member in members][3:] == ["elsewhere"], "he did not come back with the case"
    assert opened.json() == a_member(1)
    found = (await clerk.get(f"/cases/{case}")).json()
    assert found["representatives"] == ["m2"]
    assert found["facts"]["members"] == 3
    repeated = await apply(clerk, "again", a_member(1))
    assert repeated.status_code == 200, "a worker who applies where his case went meets it"
    assert repeated.json()["case_id"] == case


async def is_at(clerk: httpx.AsyncClient, case: CaseId, epoch: int, state: str) -> bool:
    found = await clerk.get(f"/cases/{case}")
    return found.status_code == 200 and (found.json()["epoch"], found.json()["state"]) == (epoch, state)


async def test_many_who_apply_at_once_each_get_a_number_and_wait_for_nobody(clerk: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(apply(clerk, f"at-once-{n}", a_member(n)) for n in range(12)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 12


async def test_a_submission_that_is_not_finished_keeps_no_other_waiting(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    first = await apply(clerk, "first", a_member(1))
    engine = create_async_engine(guangdong.databases["intake"])
    async with engine.begin() as unfinished:
        year = day_of(guangdong.clock.now()).year
        [taken] = await repository.next_case_numbers(unfinished, [(Province("44"), year)])
        async with asyncio.timeout(5):
            second = await apply(clerk, "second", a_member(2))
    await engine.dispose()
    assert len({first.json()["number"], taken, second.json()["number"]}) == 3

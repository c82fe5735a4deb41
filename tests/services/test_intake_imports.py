"""Running cases of another system over real HTTP, Kafka and PostgreSQL: imported whole, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from casebridge.cases import packed
from casebridge.cli import main
from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from services.intake.app import service as intake
from services.intake.bundles.tables import cases
from tests.deployment import Deployment, deployed
from tests.services.applying import a_member, an_application
from tests.services.bundles import OWNER, Old, every_stage
from tests.services.bundles_groups import consenting

SAMPLE = Path(__file__).parents[2] / "docs" / "import-sample"


@pytest.fixture(scope="module")
async def guangdong(
    addresses: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path_factory.mktemp("imports"), [intake], ["44"]) as deployment:
        yield deployment


@pytest.fixture(scope="module")
async def taking_in(guangdong: Deployment) -> AsyncIterator[Runtime]:
    async with guangdong.running(intake) as runtime:
        yield runtime


@pytest.fixture(scope="module")
async def operator(guangdong: Deployment, taking_in: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with guangdong.client(taking_in, "operator", "44") as client:
        yield client


async def applications(guangdong: Deployment) -> int:
    [row] = await guangdong.rows("intake", "SELECT count(*) AS n FROM application")
    return int(row.n)


def dozen(guangdong: Deployment, of: str) -> Old:
    """A case at every stage; no other test has cases of that name."""
    old = every_stage(Old(guangdong.clock.now()))
    for rows in old.files.values():
        for row in rows:
            row["number"] = f"{of}{row['number']}"
    return old


def mistakes(answer: httpx.Response) -> list[tuple[Any, ...]]:
    assert answer.status_code == 422, answer.text
    return [(each["file"], each["line"], each["column"]) for each in answer.json()["errors"]]


async def test_a_dry_run_says_what_would_happen_and_keeps_nothing(
    guangdong: Deployment, operator: httpx.AsyncClient
) -> None:
    before = await applications(guangdong)
    answer = await operator.post("/imports/check", content=dozen(guangdong, "甲").packed())

    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert report["imported"] is False
    assert report["stages"] == {
        "submitted": 2,
        "review": 2,
        "refused": 0,
        "granted": 3,
        "mediation": 2,
        "arbitration": 2,
        "suit": 0,
        "enforcement": 0,
        "terminated": 0,
        "concluded": 1,
        "withdrawn": 0,
    }
    assert report["rows"]["members.csv"] == report["members"] == 25
    assert report["recovered_fen"] == 800_000
    assert report["breached"] >= 1
    assert report["due_soon"] >= 2
    assert await applications(guangdong) == before


async def test_a_bundle_is_imported_once(guangdong: Deployment, operator: httpx.AsyncClient) -> None:
    raw, before = dozen(guangdong, "乙").packed("gb18030"), await applications(guangdong)
    done = await operator.post("/imports", content=raw)
    assert done.status_code == 201, done.text
    again = await operator.post("/imports", content=raw)

    assert again.status_code == 409
    assert again.json()["type"] == "urn:casebridge:problem:imported-already"
    assert done.json()["bundle"] in again.json()["detail"]
    assert await applications(guangdong) == before + 12


async def test_a_case_that_is_here_already_is_named_and_the_others_stay_out(
    guangdong: Deployment, operator: httpx.AsyncClient
) -> None:
    first, second = Old(guangdong.clock.now()), Old(guangdong.clock.now())
    first.case("A-1", "submitted", 2)
    assert (await operator.post("/imports", content=first.packed())).status_code == 201
    before = await applications(guangdong)
    second.case("A-2", "submitted", 2)
    second.case("A-1", "submitted", 2)

    assert mistakes(await operator.post("/imports", content=second.packed())) == [("cases.csv", 3, "number")]
    assert await applications(guangdong) == before


async def test_all_that_is_wrong_is_named_at_once(guangdong: Deployment, operator: httpx.AsyncClient) -> None:
    old, before = Old(guangdong.clock.now()), await applications(guangdong)
    [id] = old.case("B-1", "granted", 20)
    old.act("B-1", 30, "accepted")  # before it was received
    old.act("B-1", 10, "granted", aid_stage="mediation")  # says nothing of means
    old.act("B-9", 10, "accepted")  # of no case
    old.case("B-2", "mediation", 20)  # its history says otherwise
    old.clock("B-2", "no-such-rule", 20, 10)
    old.clock("B-2", "award", 20, 10)
    old.money("B-1", "paid", "5.001", 2, member=id)
    other = old.files["members.csv"][1]
    other["id_number"] = other["id_number"][:-1] + ("0" if other["id_number"][-1] != "0" else "1")

    found = mistakes(await operator.post("/imports", content=old.packed()))

    assert set(found) == {
        ("cases.csv", 3, "number"),
        ("cases.csv", 3, "stage"),
        ("members.csv", 3, "id_number"),
        ("history.csv", 2, "at"),
        ("history.csv", 3, "means"),
        ("history.csv", 4, "number"),
        ("clocks.csv", 2, "rule"),
        ("clocks.csv", 3, "started"),
        ("money.csv", 2, "amount_yuan"),
    }
    assert await applications(guangdong) == before


async def test_sums_that_disagree_are_refused(guangdong: Deployment, operator: httpx.AsyncClient) -> None:
    old = Old(guangdong.clock.now())
    [id] = old.case("C-1", "mediation", 60)
    old.granted("C-1", 60)
    old.act("C-1", 50, "mediation-proposed", kind="labour", body="442000-mediation")
    old.act("C-1", 45, "agreed")
    old.money("C-1", "agreed", "800", member=id)
    old.money("C-1", "instalment", "700", 10)
    old.money("C-1", "paid", "900", 10, member=id)

    assert set(mistakes(await operator.post("/imports", content=old.packed()))) == {
        ("cases.csv", 2, "number"),
        ("members.csv", 2, "number"),
    }


async def test_a_possible_duplicate_is_a_warning(
    guangdong: Deployment, taking_in: Runtime, operator: httpx.AsyncClient
) -> None:
    async with guangdong.client(taking_in, "intake_clerk", "44", agency="442000-legal-aid") as clerk:
        somebody = a_member(701)
        body = an_application(employer={"name": "中山某建筑公司"}, members=[somebody])
        made = await clerk.post("/applications", json=body, headers={"Idempotency-Key": "first"})
    old = Old(guangdong.clock.now())
    old.case("D-1", "submitted", 2)
    old.files["members.csv"][0] |= {"name": somebody["name"], "id_number": somebody["id_number"]}

    report = (await operator.post("/imports/check", content=old.packed())).json()

    assert [made.json()["number"] in warning for warning in report["warnings"]] == [True]


async def test_only_an_operator_imports(guangdong: Deployment, taking_in: Runtime) -> None:
    async with guangdong.client(taking_in, "intake_clerk", "44", agency="442000-legal-aid") as clerk:
        answer = await clerk.post("/imports", content=dozen(guangdong, "甲").packed())

    assert answer.status_code == 403


async def test_no_zip_is_refused_with_what_was_expected(operator: httpx.AsyncClient) -> None:
    assert mistakes(await operator.post("/imports", content=b"number,agency")) == [("cases.csv", 1, "all")]


async def test_the_sample_of_the_manual_has_a_case_at_every_stage(operator: httpx.AsyncClient) -> None:
    checked = await operator.post("/imports/check", content=packed(SAMPLE))

    assert checked.status_code == 200, checked.text
    assert all(checked.json()["stages"].values())


async def test_of_two_that_import_the_same_at_once_one_does(
    guangdong: Deployment, operator: httpx.AsyncClient
) -> None:
    raw, before = dozen(guangdong, "丙").packed(), await applications(guangdong)

    both = await asyncio.gather(*(operator.post("/imports", content=raw) for _ in range(2)))

    assert sorted(answer.status_code for answer in both) == [201, 409]
    assert await applications(guangdong) == before + 12


async def test_what_fails_before_the_commit_leaves_nothing_behind(
    guangdong: Deployment, operator: httpx.AsyncClient
) -> None:
    """No case and no event, as if a machine had failed; the same command does it later."""
    raw, before = dozen(guangdong, "丁").packed(), await applications(guangdong)
    [rows_before] = await guangdong.rows("intake", "SELECT count(*) AS n FROM case_row")
    await guangdong.rows("intake", "ALTER TABLE outbox ADD CONSTRAINT filled_up CHECK (false) NOT VALID")
    broken = await asyncio.gather(operator.post("/imports", content=raw), return_exceptions=True)
    assert not (isinstance(broken[0], httpx.Response) and broken[0].is_success)
    assert await applications(guangdong) == before
    [row] = await guangdong.rows("intake", "SELECT count(*) AS n FROM case_row")
    assert row.n == rows_before.n

    await guangdong.rows("intake", "ALTER TABLE outbox DROP CONSTRAINT filled_up")
    assert (await operator.post("/imports", content=raw)).status_code == 201


async def test_what_was_written_is_readable_for_who_works_on_the_case(
    guangdong: Deployment, taking_in: Runtime, operator: httpx.AsyncClient
) -> None:
    old = Old(guangdong.clock.now())
    old.case("E-1", "review", 9)
    old.act("E-1", 5, "note", note="与用人单位电话沟通")
    old.act("E-1", 7, "accepted", by_role="caseworker", note="材料齐全")
    assert (await operator.post("/imports", content=old.packed())).status_code == 201
    [row] = await guangdong.rows(
        "intake", "SELECT case_id FROM application WHERE external_refs::text LIKE '%E-1%'"
    )

    async with guangdong.client(taking_in, "caseworker", "44", agency="442000-legal-aid") as worker:
        written = (await worker.get(f"/cases/{row.case_id}/past")).json()

    assert [each["text"] for each in written] == ["材料齐全", "与用人单位电话沟通"]
    assert (await operator.get(f"/cases/{row.case_id}/past")).status_code == 403


async def test_a_case_with_every_column_filled_comes_in(
    guangdong: Deployment, operator: httpx.AsyncClient
) -> None:
    old = Old(guangdong.clock.now())
    said: dict[str, Any] = {
        "issuer": "442000-old-system",
        "worker_class": "courier",
        "relation": "quasi",
        "employer_code": "91350100M000100Y43",
        "language": "yue",
        **{name: old.day(400) for name in ("employment_ended_on", "pay_due_on", "known_on", "injured_on")},
        "contact_name": "李四",
        "contact_phone": "13800000001",
        "narrative": "工资拖欠三个月",
    }
    old.case("K-1", "submitted", 2, **said)
    assert old.files["cases.csv"][0].keys() == {column.name for column in cases.COLUMNS}

    done = await operator.post("/imports", content=old.packed())
    assert done.status_code == 201, done.text


async def test_the_days_that_limitation_runs_from_and_what_interrupted_it_come_along(
    guangdong: Deployment, taking_in: Runtime, operator: httpx.AsyncClient
) -> None:
    old = Old(guangdong.clock.now())
    days: dict[str, Any] = {
        "employment_ended_on": old.day(500),
        "pay_due_on": old.day(510),
        "known_on": old.day(400),
    }
    old.case("L-1", "submitted", 2, **days, injured_on=old.day(600))
    old.row("limitation_acts.csv", "L-1", act="claimed", on=old.day(300))
    old.row("limitation_acts.csv", "L-1", act="no-agent", on=old.day(200), until=old.day(190))
    done = await operator.post("/imports", content=old.packed())
    assert done.status_code == 201, done.text
    [row] = await guangdong.rows(
        "intake", "SELECT case_id FROM application WHERE external_refs::text LIKE '%L-1%'"
    )

    async with guangdong.client(taking_in, "caseworker", "44", agency=OWNER) as worker:
        facts = (await worker.get(f"/cases/{row.case_id}")).json()["facts"]

    assert {name: facts["dates"][name] for name in days} == days
    assert facts["dates"]["injured_on"] == old.day(600)
    assert facts["acts"] == [
        {"code": "claimed", "on": old.day(300), "until": None},
        {"code": "no-agent", "on": old.day(200), "until": old.day(190)},
    ]
    assert facts["limitation_on"] > old.day(0)


async def test_who_spoke_for_a_group_speaks_for_it_here_until_others_are_chosen(
    guangdong: Deployment, taking_in: Runtime, operator: httpx.AsyncClient
) -> None:
    old = Old(guangdong.clock.now())
    consenting(old, "F-1", 60)
    assert (await operator.post("/imports", content=old.packed())).status_code == 201
    [row] = await guangdong.rows(
        "intake", "SELECT case_id FROM application WHERE external_refs::text LIKE '%F-1%'"
    )
    case = f"/cases/{row.case_id}"

    async with guangdong.client(taking_in, "caseworker", "44", agency=OWNER) as worker:
        members = [each["member_id"] for each in (await worker.get(f"{case}/members")).json()]
        found = (await worker.get(f"{case}/representatives")).json()
        written = (await worker.get(f"{case}/past")).json()
        tag = (await worker.get(case)).headers["etag"]
        chosen = {"epoch": 1, "members": members[4:6]}
        anew = await worker.post(f"{case}/representatives", json=chosen, headers={"If-Match": tag})

    assert found["members"] == members[1:4]
    assert {each["forum"]: each["enough"] for each in found["forums"]} == {"arbitration": True, "court": True}
    assert anew.status_code == 201, anew.text
    assert anew.json()["members"] == members[4:6]
    refused = [each["text"] for each in written if each["act"] == "consent-refused"]
    assert refused == [old.files["members.csv"][9]["name"]]


async def test_the_command_shows_what_would_happen_then_does_it_then_refuses(
    guangdong: Deployment, taking_in: Runtime
) -> None:
    url, token = f"http://127.0.0.1:{taking_in.http_port}", guangdong.token("operator", "44")
    said = ["cases", "import", str(SAMPLE), "--url", url, "--token", token]

    asked = await asyncio.to_thread(CliRunner().invoke, main, [*said, "--dry-run"])
    done = await asyncio.to_thread(CliRunner().invoke, main, said)
    again = await asyncio.to_thread(CliRunner().invoke, main, said)

    assert "42 cases would be imported" in " ".join(asked.output.split())
    assert "suits.csv" in asked.output
    assert "旧〔2026〕1号 -> 44-2026-" in done.output
    assert done.output.count("号 -> 44-20") == 42
    assert (asked.exit_code, done.exit_code, again.exit_code) == (0, 0, 1)
    assert "Nothing to do" in again.output

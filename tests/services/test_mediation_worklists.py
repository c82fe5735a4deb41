"""Mediation's work lists: what is mine, waits, runs out or goes first, a page at a time."""

from collections.abc import Sequence
from typing import Any

import httpx

from chassis.clock import Clock
from chassis.runtime import Runtime
from schemas.codes import PriorityReason
from schemas.ids import CaseId, Province, case_number
from schemas.samples import a, facts
from schemas.transfers import CustodyBegun, CustodyPlaced
from services.mediation.app import service as mediation
from services.mediation.migrations.mediation_0002 import FILL
from services.mediation.migrations.mediation_0003 import FILL as MEDIATORS
from tests.deployment import Deployment, Source, case_id, source, until
from tests.services.test_mediation import OWNER, apply, begun, do, guangdong, mediating, office, routing

__all__ = ["guangdong", "mediating", "office", "routing"]

LAWYER: dict[str, Any] = {"assignee": "person-1", "role": "lawyer", "organisation": "442000-law-firm"}


async def open_matters(routing: Source, office: httpx.AsyncClient, count: int) -> Sequence[CaseId]:
    """Cases of today with running numbers; every third goes first."""
    now = Clock().now()
    cases = [case_id() for _ in range(count)]
    for running, case in enumerate(cases, 1):
        first = (PriorityReason("policy"),) if running % 3 == 0 else ()
        number = case_number(Province("44"), 2026, running)
        known = facts(number=number, case_type="wage-arrears", members=1, priority=first, received_at=now)
        here = {"case_id": case, "at": now, "owner": OWNER, "epoch": 1}
        await routing.say(a(CustodyBegun, **here, facts=known, contact=None))
        await routing.say(a(CustodyPlaced, **here))

    async def all_there() -> bool:
        found = await office.get("/matters", params={"status": "to-accept", "limit": 200})
        return len(found.json()["items"]) == count

    await until(all_there, f"{count} matters to accept")
    return cases


async def listed(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    """The cases of all pages, in their order."""
    found: list[str] = []
    while True:
        answer = await client.get("/matters", params=asked)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [item["case_id"] for item in page["items"]]
        if page["next"] is None:
            return found
        asked["after"] = page["next"]


async def test_every_order_shows_each_case_once_however_small_its_pages(
    routing: Source, office: httpx.AsyncClient
) -> None:
    cases = await open_matters(routing, office, 7)
    first = [cases[2], cases[5]]

    assert await listed(office, limit=2) == cases
    assert await listed(office, limit=2, order="urgent") == [
        *first,
        *(case for case in cases if case not in first),
    ]
    assert set(await listed(office, limit=2, order="due")) == set(cases)
    assert await listed(office, urgent=True) == first
    assert await listed(office, case_type="work-injury") == []


async def test_a_cursor_of_another_order_and_a_filter_that_there_is_not_are_refused(
    office: httpx.AsyncClient,
) -> None:
    for asked in ({"order": "due", "after": "44-2026-0000001-8"}, {"statuss": "to-accept"}):
        assert (await office.get("/matters", params=asked)).status_code == 422


async def test_the_work_list_tells_what_is_mine_waits_for_somebody_or_runs_out(
    routing: Source, office: httpx.AsyncClient
) -> None:
    mine, waiting, untouched = await open_matters(routing, office, 3)
    for case in (mine, waiting):
        await do(office, case, "acceptance")
        await do(office, case, "grants", stage="mediation", means="exempt-pay")
    await do(office, mine, "assignments", stage="mediation", **LAWYER)

    assert await listed(office, mine=True) == [mine]
    assert await listed(office, unassigned=True) == [waiting]
    assert untouched in await listed(office, due_within_days=60, order="due")
    assert await listed(office, due_within_days=0) == []


async def test_a_list_shows_what_the_caller_has_to_do_with(
    guangdong: Deployment, mediating: Runtime, routing: Source, office: httpx.AsyncClient
) -> None:
    mediated, assigned, untouched = cases = await open_matters(routing, office, 3)
    for case in (mediated, assigned):
        await do(office, case, "acceptance")
        await do(office, case, "grants", stage="mediation", means="exempt-pay")
        await do(office, case, "assignments", stage="mediation", **LAWYER | {"assignee": f"lawyer-{case}"})
    proposed: dict[str, Any] = {"kind": "labour", "committee": "442000-mediation", "mediator": "mediator-1"}
    await do(office, mediated, "mediation", **proposed)
    callers = {
        ("director", OWNER, "person-2"): cases,
        ("receiver", OWNER, "person-2"): cases,
        ("caseworker", "440000-legal-aid", "person-2"): [],
        ("receiver", "442000-court", "person-2"): [],
        ("lawyer", "442000-law-firm", f"lawyer-{assigned}"): [assigned],
        ("lawyer", OWNER, "lawyer-of-nobody"): [],
        ("mediator", "442000-mediation", "mediator-1"): [mediated],
        ("coordinator", "440000-justice", "person-2"): cases,
        ("operator", "agency-1", "person-2"): cases,
    }
    seen, running = {}, {}
    for (role, agency, sub), _ in callers.items():
        async with guangdong.client(mediating, role, "44", agency=agency, sub=sub) as client:
            seen[role, agency, sub] = await listed(client)
            clocks = (await client.get("/clocks", params={"within_days": 366})).json()
            running[role, agency, sub] = {clock["case_id"] for clock in clocks}

    assert untouched in seen["director", OWNER, "person-2"]
    assert {caller: list(found) for caller, found in seen.items()} == {k: list(v) for k, v in callers.items()}
    assert running == {caller: set(found) for caller, found in callers.items()}


async def test_who_mediated_before_finds_the_matter_like_who_mediates_since(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    """The migration reads from the states what the column says."""
    mediated, _other = await open_matters(routing, office, 2)
    await do(office, mediated, "acceptance")
    await do(office, mediated, "grants", stage="mediation", means="exempt-pay")
    await do(office, mediated, "assignments", stage="mediation", **LAWYER)
    proposed: dict[str, Any] = {"kind": "labour", "committee": "442000-mediation", "mediator": "mediator-1"}
    await do(office, mediated, "mediation", **proposed)
    columns = "SELECT id, assignees FROM matter ORDER BY id"
    before = await guangdong.rows("mediation", columns)
    for statement in (*FILL, MEDIATORS):
        await guangdong.rows("mediation", statement)

    assert await guangdong.rows("mediation", columns) == before
    assert [row.assignees for row in before if row.assignees] == [["mediator-1", "person-1"]]


async def test_a_case_is_silent_from_a_session_that_was_missed_to_one_that_was_not(
    routing: Source, office: httpx.AsyncClient
) -> None:
    case, _other = await open_matters(routing, office, 2)
    await do(office, case, "acceptance")
    await do(office, case, "grants", stage="mediation", means="exempt-pay")
    await do(office, case, "assignments", stage="mediation", **LAWYER)
    await do(office, case, "mediation", kind="labour", committee="442000-mediation", mediator="mediator-1")

    before = await listed(office, silent=True)
    await do(office, case, "sessions", result="party-absent")
    missed = await listed(office, silent=True)
    await do(office, case, "sessions", result="continued")
    after = await listed(office, silent=True)

    assert (before, missed, after) == ([], [case], [])


async def test_a_worker_is_searched_by_those_who_work_on_cases_alone(
    guangdong: Deployment, mediating: Runtime, routing: Source, office: httpx.AsyncClient
) -> None:
    await open_matters(routing, office, 2)
    case, known = await apply(guangdong, 1)
    await begun(routing, office, case, known)
    (claim,) = (await office.get(f"/cases/{case}/claims")).json()["items"]

    assert await listed(office, worker=claim["worker"]) == [case]
    assert await listed(office, worker="somebody-else") == []
    async with guangdong.client(mediating, "operator", "44") as operator:
        asked = {"worker": claim["worker"]}
        assert (await operator.get("/matters", params=asked)).status_code == 403


async def test_one_question_shows_a_matter_with_its_claims_clocks_and_papers(
    guangdong: Deployment, mediating: Runtime, routing: Source, office: httpx.AsyncClient
) -> None:
    (case,) = await open_matters(routing, office, 1)
    parts = ["claims", "clocks", "papers"]

    plain = await office.get(f"/cases/{case}/matter")
    whole = await office.get(f"/cases/{case}/matter", params={"expand": parts})
    alone = {part: (await office.get(f"/cases/{case}/{part}")).json() for part in parts}
    async with guangdong.client(mediating, "operator", "44") as operator:
        refused = await operator.get(f"/cases/{case}/matter", params={"expand": "papers"})

    assert whole.headers["etag"] == plain.headers["etag"]
    assert whole.json() == plain.json() | {"expanded": alone}
    assert refused.status_code == 403


async def test_matters_that_were_kept_before_are_listed_like_those_that_are_new(
    guangdong: Deployment,
) -> None:
    """The migration reads from their states what the columns say."""
    async with (
        guangdong.running(mediation) as runtime,
        guangdong.client(runtime, "caseworker", "44", agency=OWNER) as office,
        source(guangdong.addresses.kafka, "/cn44/routing") as routing,
    ):
        cases = await open_matters(routing, office, 3)
        await do(office, cases[2], "acceptance")
        await do(office, cases[2], "grants", stage="mediation", means="exempt-pay")
        await do(office, cases[2], "assignments", stage="mediation", **LAWYER)
    columns = "id, rank, silent, assignees"
    before = await guangdong.rows("mediation", f"SELECT {columns} FROM matter ORDER BY id")
    await guangdong.rows("mediation", "UPDATE matter SET rank = 1, silent = false, assignees = NULL")
    for statement in FILL:
        await guangdong.rows("mediation", statement)

    assert await guangdong.rows("mediation", f"SELECT {columns} FROM matter ORDER BY id") == before

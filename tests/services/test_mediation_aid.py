"""The aid in depth, over real HTTP, Kafka and PostgreSQL."""

from datetime import datetime
from functools import partial
from typing import Any

import httpx

from chassis.printing import day
from schemas.ids import AgencyId
from schemas.samples import a
from schemas.transfers import CustodyBegun
from services.intake.app import service as intake
from services.mediation.app import service as mediation
from tests.deployment import Deployment, Source, until
from tests.services.applying import a_member
from tests.services.test_mediation import (
    OWNER,
    apply,
    begun,
    do,
    guangdong,
    mediating,
    office,
    routing,
)

HEARD = "SELECT (inbox -> 'cases /cn44/intake' ->> 0)::int AS n FROM case_row WHERE case_id = :c"
SAID = "SELECT (sent ->> 'cases')::int AS n FROM case_row WHERE case_id = :c"

__all__ = ["guangdong", "mediating", "office", "routing"]


async def clocks_of(office: httpx.AsyncClient, case: str) -> dict[str, str]:
    """The state of each clock of a case, by name."""
    clocks = (await office.get(f"/cases/{case}/clocks")).json()
    return {clock["name"]: clock["state"] for clock in clocks}


async def notice_of(office: httpx.AsyncClient, case: str) -> httpx.Response:
    """The one-time notice, as a page."""
    asked = {"legal_basis": "LAL-43", "printed": "html"}
    return await office.get(f"/cases/{case}/forms/one-time-notice", params=asked)


async def tell(desk: httpx.AsyncClient, case: str, path: str, **said: Any) -> None:
    """What intake tells the applicants, or hears of them."""
    tag = (await desk.get(f"/cases/{case}")).headers["etag"]
    told = await desk.post(f"/cases/{case}/{path}", json={"epoch": 1, **said}, headers={"If-Match": tag})
    assert told.status_code == 201, told.text


async def all_heard(guangdong: Deployment, case: str) -> bool:
    """Whether mediation has had all that intake said of a case."""
    rows = await guangdong.rows("mediation", HEARD, c=case)
    (said,) = await guangdong.rows("intake", SAID, c=case)
    return [row.n for row in rows] == [said.n]


async def test_a_review_stands_still_until_the_papers_are_there(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts)
    await do(office, case, "acceptance")

    unasked = await notice_of(office, case)
    await do(office, case, "review/pause", missing=["identity", "pay-papers"], details="身份证和工资条")
    paused = await clocks_of(office, case)
    asked = await notice_of(office, case)
    early = await do(office, case, "grants", status=409, stage="mediation", means="exempt-pay")
    await do(office, case, "review/resumption", result="supplied")
    resumed = await clocks_of(office, case)
    came = await notice_of(office, case)
    again = await do(office, case, "review/pause", status=409, missing=["identity"])
    await do(office, case, "grants", stage="mediation", means="exempt-pay")

    assert paused == {"review_by": "paused", "supply_by": "running"}
    assert resumed == {"review_by": "running", "supply_by": "met"}
    assert [problem["type"].rpartition(":")[2] for problem in (early, again)] == [
        "review-stands-still",
        "asked-often-enough",
    ]
    clocks = (await office.get(f"/cases/{case}/clocks")).json()
    paper = await office.get(f"/cases/{case}/papers/supplement", params={"legal_basis": "LAL-43"})
    assert paper.json() == "身份证和工资条"
    assert (unasked.status_code, unasked.json()["type"]) == (404, "urn:casebridge:problem:nothing-asked")
    due = next(clock["due_at"] for clock in clocks if clock["name"] == "supply_by")
    told = (
        facts.number,
        a_member(0)["name"],
        "身份证明",
        "工资或者欠条等报酬凭证",
        "具体说明：身份证和工资条",
    )
    for value in (*told, "中山市法律援助中心（盖章）", f"请于{day(datetime.fromisoformat(due))}之前"):
        assert value in asked.text
        assert value in came.text
    assert asked.text.count("尚未提交") == came.text.count("已经提交") == 2
    assert "补充情况：已补充" in came.text
    assert "补充情况" not in asked.text


async def test_a_review_stands_still_while_intake_waits_for_papers(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts)

    async def review_is(state: str) -> bool:
        return (await clocks_of(office, case))["review_by"] == state

    async with (
        guangdong.running(intake) as runtime,
        guangdong.client(runtime, "caseworker", "44", agency=OWNER) as desk,
    ):
        await tell(desk, case, "supplement", missing=["identity-paper", "kinship-proof"])
        await until(lambda: review_is("paused"), "the review paused")
        await tell(desk, case, "supplement/replies", supplied=["identity-paper"])
        await until(lambda: review_is("running"), "the review running")

    matter = (await office.get(f"/cases/{case}/matter")).json()
    assert (await notice_of(office, case)).status_code == 404, "intake asked, and prints it"
    assert (matter["state"], matter["aid"]["review"]["state"]) == ("to-accept", "open")
    assert len(matter["aid"]["review"]["pauses"]) == 1


async def test_what_intake_asks_for_before_the_matter_is_open_is_not_lost(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    """Routing is slow, intake is not: its request comes before the custody that opens the matter."""
    case, facts = await apply(guangdong, 1)
    async with (
        guangdong.running(intake) as runtime,
        guangdong.client(runtime, "caseworker", "44", agency=OWNER) as desk,
    ):
        await tell(desk, case, "supplement", missing=["identity-paper", "kinship-proof"])
        await guangdong.settled("intake")

    await until(partial(all_heard, guangdong, case), "all that intake said")
    await begun(routing, office, case, facts)

    async def paused() -> bool:
        return (await clocks_of(office, case))["review_by"] == "paused"

    await until(paused, "the review paused")
    matter = (await office.get(f"/cases/{case}/matter")).json()
    assert len(matter["aid"]["review"]["pauses"]) == 1


async def test_a_withdrawal_before_the_matter_is_open_closes_it_when_it_opens(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    async with (
        guangdong.running(intake) as runtime,
        guangdong.client(runtime, "caseworker", "44", agency=OWNER) as desk,
    ):
        await tell(desk, case, "withdrawal", because="applicant-request")
        await guangdong.settled("intake")
    await until(partial(all_heard, guangdong, case), "all that intake said")

    await routing.say(a(CustodyBegun, case_id=case, owner=OWNER, facts=facts, contact=None))

    async def closed() -> bool:
        found = await office.get(f"/cases/{case}/matter")
        return found.status_code == 200 and found.json()["state"] == "closed"

    await until(closed, "the matter closed")


async def test_a_refusal_that_the_justice_bureau_corrects_ends_in_a_grant(
    guangdong: Deployment, routing: Source
) -> None:
    bureau = AgencyId("442000-justice-bureau")
    async with (
        guangdong.running(mediation) as runtime,
        guangdong.client(runtime, "caseworker", "44", agency=OWNER) as office,
        guangdong.client(runtime, "coordinator", "44", agency=bureau) as justice,
    ):
        case, facts = await apply(guangdong, 1)
        await begun(routing, office, case, facts)
        await do(office, case, "acceptance")
        await do(office, case, "refusal", code="means", legal_basis="LAL-34", reasons="收入超过标准。")
        foreign = await do(office, case, "objection", status=403, bureau="510521-justice-bureau")
        await do(office, case, "objection", bureau=bureau, grounds="已半年没有收入。")
        running = await clocks_of(office, case)
        await do(office, case, "objection/decision", status=403, result="corrected", reasons="。")
        corrected = await do(justice, case, "objection/decision", result="corrected", reasons="应予援助。")
        granted = await do(office, case, "grants", stage="mediation", means="checked")
        terminated = await do(office, case, "termination", code="asked-for", reasons="已自行和解。")
        (claim,) = (await office.get(f"/cases/{case}/claims")).json()["items"]
        paid = await do(office, case, f"claims/{claim['member_id']}/recoveries", amount_fen=1)
        papers = (await justice.get(f"/cases/{case}/papers")).json()

    assert foreign["type"] == "urn:casebridge:problem:not-the-bureau"
    assert running["objection_by"] == "running"
    assert [step["state"] for step in (corrected, granted, terminated)] == [
        "in-review",
        "to-assign",
        "terminated",
    ]
    assert paid["recovered_fen"] == 1
    assert papers == ["objection", "objection-decision", "refusal", "termination"]


async def test_work_begins_on_an_advance_and_a_later_stage_is_granted_after_the_first(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts)
    lawyer: dict[str, Any] = {
        "assignee": "lawyer-1",
        "role": "lawyer",
        "organisation": "442000-law-firm",
    }
    await do(office, case, "acceptance")

    far = await do(
        office,
        case,
        "advance",
        status=409,
        stage="first-instance",
        code="time-limit",
        expires_on="2099-01-01",
    )
    await do(office, case, "advance", stage="first-instance", code="property-preservation")
    await do(office, case, "assignments", stage="first-instance", **lawyer)
    early = await do(office, case, "advance/lapse", status=409, stage="first-instance")
    await do(office, case, "advance/regularisation", stage="first-instance")
    granted = await do(office, case, "grants", stage="first-instance", means="exempt-pay")
    await do(office, case, "conclusion", outcome="no-result")
    later = await do(office, case, "grants", stage="enforcement", means="exempt-pay")
    clocks = await clocks_of(office, case)

    assert [problem["type"].rpartition(":")[2] for problem in (far, early)] == ["not-urgent", "not-due-yet"]
    assert (granted["state"], later["state"]) == ("in-hand", "to-assign")
    assert clocks == {
        "review_by": "met",
        "regularise_by/first-instance": "met",
        "assign_by/first-instance": "met",
        "engage_by/first-instance.1": "stopped",
        "hand_in_by": "running",
        "assign_by/enforcement": "running",
    }


async def test_who_has_an_interest_is_replaced_and_the_workers_engage_the_other(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts)
    first: dict[str, Any] = {"assignee": "lawyer-1", "role": "lawyer", "organisation": "442000-law-firm"}
    await do(office, case, "acceptance")
    await do(office, case, "grants", stage="mediation", means="exempt-pay")
    await do(office, case, "assignments", stage="mediation", **first)

    conflict = await do(office, case, "assignments/1/acceptance", status=409, declared="acts-for-employer")
    second = first | {"assignee": "lawyer-2", "code": "conflict-of-interest"}
    await do(office, case, "assignments/1/replacement", **second)
    await do(office, case, "assignments/2/acceptance", declared="none")
    engaged = await do(office, case, "assignments/2/engagement", power="特别授权。")
    clocks = await clocks_of(office, case)

    assert conflict["type"] == "urn:casebridge:problem:conflict-declared"
    assert [made["ended"] for made in engaged["aid"]["assignments"]] == [True, False]
    assert engaged["aid"]["assignments"][1]["engaged"] is True
    assert clocks["engage_by/mediation.1"] == "stopped"
    assert clocks["engage_by/mediation.2"] == "met"
    papers = (await office.get(f"/cases/{case}/papers")).json()
    assert papers == ["power-of-attorney-2"]

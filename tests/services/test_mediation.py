"""Mediation over real HTTP, Kafka and PostgreSQL: from custody to the last fen and the evaluation."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from law.deadlines import day_of
from schemas.facts import CaseFacts
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId
from schemas.samples import a
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.intake.app import service as intake
from services.mediation import repository
from services.mediation.app import service as mediation
from tests.deployment import Deployment, Source, deployed, source, until
from tests.services.applying import a_member, an_application
from tests.services.migrated import differences

OWNER = AgencyId("442000-legal-aid")


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [intake, mediation], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def mediating(guangdong: Deployment) -> AsyncIterator[Runtime]:
    async with guangdong.running(mediation) as runtime:
        yield runtime


@pytest.fixture
async def office(guangdong: Deployment, mediating: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with guangdong.client(mediating, "caseworker", "44", agency=OWNER) as client:
        yield client


@pytest.fixture
async def routing(guangdong: Deployment) -> AsyncIterator[Source]:
    async with source(guangdong.addresses.kafka, "/cn44/routing") as speaking:
        yield speaking


async def apply(guangdong: Deployment, members: int, **said: Any) -> tuple[CaseId, CaseFacts]:
    """A group of workers applied; intake has said so."""
    async with (
        guangdong.running(intake) as runtime,
        guangdong.client(runtime, "intake_clerk", "44", agency=OWNER) as clerk,
    ):
        group = [a_member(n, claim_fen=750_000 + n) for n in range(members)]
        body = an_application(*group, **said)
        made = await clerk.post("/applications", json=body, headers={"Idempotency-Key": "k"})
        await guangdong.settled("intake")
        case = CaseId(made.json()["case_id"])
        found = (await clerk.get(f"/cases/{case}")).json()
    return case, CaseFacts.model_validate(found["facts"], strict=False)


async def matter_is(office: httpx.AsyncClient, case: CaseId, state: str, claims: int) -> bool:
    matter = await office.get(f"/cases/{case}/matter")
    found = (await office.get(f"/cases/{case}/claims")).json()
    return matter.status_code == 200 and matter.json()["state"] == state and found["registered"] == claims


async def begun(
    routing: Source,
    office: httpx.AsyncClient,
    case: CaseId,
    facts: CaseFacts,
    *,
    placed: bool = True,
    contact: Sealed | None = None,
) -> None:
    """Custody begins here and the case is placed."""
    await routing.say(a(CustodyBegun, case_id=case, owner=OWNER, facts=facts, contact=contact))
    if placed:
        await routing.say(a(CustodyPlaced, case_id=case, owner=OWNER, epoch=1))
    state = "to-accept" if placed else "dormant"
    await until(lambda: matter_is(office, case, state, facts.members), f"the matter {state}")


async def do(
    office: httpx.AsyncClient, case: CaseId, what: str, status: int = 201, **said: Any
) -> Mapping[str, Any]:
    """A command on a case, as its entity tag is now."""
    about = (
        f"/cases/{case}/{what.removesuffix('/recoveries')}" if "claims/" in what else f"/cases/{case}/matter"
    )
    tag = (await office.get(about)).headers["etag"]
    body = {"epoch": 1} | said
    answer = await office.post(f"/cases/{case}/{what}", json=body, headers={"If-Match": tag})
    assert answer.status_code == status, answer.text
    found: Mapping[str, Any] = answer.json()
    return found


async def test_the_migrated_database_is_the_declared_one(guangdong: Deployment) -> None:
    assert await differences(guangdong.databases["mediation"], repository.metadata) == []


async def test_a_group_is_helped_to_an_agreement_and_every_member_is_paid_to_the_fen(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 24)
    await begun(routing, office, case, facts)
    members = [claim["member_id"] for claim in (await office.get(f"/cases/{case}/claims")).json()["items"]]
    amounts = {member: 740_000 + place for place, member in enumerate(members)}
    total = sum(amounts.values())

    await do(office, case, "acceptance")
    await do(office, case, "grants", stage="mediation", means="exempt-pay", legal_basis="LAL-42-3")
    await do(
        office,
        case,
        "assignments",
        assignee="lawyer-1",
        role="lawyer",
        organisation="442000-law-firm",
        stage="mediation",
    )
    await do(office, case, "mediation", kind="joint", committee="442000-mediation", mediator="mediator-1")
    await do(office, case, "sessions", result="agreed", minutes="双方达成一致。")
    await do(
        office, case, "agreement", amounts=amounts, agreed_fen=total, consented=members, terms="分两期支付。"
    )
    early = await do(office, case, "performance", status=409)
    await do(office, case, "conclusion", outcome="agreement")
    for member in members:
        recoveries = f"claims/{member}/recoveries"
        await do(office, case, recoveries, amount_fen=1)
        last = await do(office, case, recoveries, amount_fen=amounts[member] - 1, receipt="回单")
        assert last["ended"] == "paid"
    await do(office, case, f"claims/{members[0]}/recoveries", status=409, amount_fen=1)
    asked: dict[str, Any] = {"means": "call", "on": str(day_of(guangdong.clock.now())), "note": "已回访"}
    asked |= {"replies": {"paid-in-full": "yes", "treated-worse": "no"}, "outcome": "nothing-open"}
    followed = await do(office, case, "follow-ups", member_id=members[0], **asked)
    assert followed["follow_ups"][0]["replies"][0] == {"question": "paid-in-full", "reply": "yes"}
    assert followed["follow_ups"][0]["outcome"] == "nothing-open"
    performed = await do(office, case, "performance")
    evaluated = await do(office, case, "evaluation", grade="excellent", satisfaction=5)

    assert early["type"] == "urn:casebridge:problem:not-paid-yet"
    assert performed["mediation"]["performed"] is True
    assert evaluated["state"] == "evaluated"
    claims = (await office.get(f"/cases/{case}/claims")).json()
    assert claims["due_fen"] == claims["recovered_fen"] == total
    assert claims["claimed_fen"] == facts.claim_fen
    papers = (await office.get(f"/cases/{case}/papers")).json()
    assert len(papers) == 3 + 24
    paper = await office.get(f"/cases/{case}/papers/agreement", params={"legal_basis": "LAL-43"})
    assert paper.json() == "分两期支付。"
    await guangdong.settled("mediation")
    said = [m.event for _, m in await guangdong.records("cn44.matters")]
    assert [event.total_fen for event in said if event.type.endswith("recovery.recorded.v1")][-1] == total  # type: ignore[attr-defined]


async def test_a_wage_claim_with_an_iou_goes_to_court(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts)
    (claim,) = (await office.get(f"/cases/{case}/claims")).json()["items"]
    amounts = {claim["member_id"]: 700_000}

    await do(office, case, "acceptance")
    await do(office, case, "grants", stage="first-instance", means="exempt-pay")
    await do(
        office, case, "suit", court="442071-court", claim_fen=750_000, without_arbitration="SPC-LABOUR-1-15"
    )
    await do(office, case, "suit/docket", docket="（2026）粤2071民初1234号")
    await do(
        office,
        case,
        "suit/judgment",
        result="partly-granted",
        amounts=amounts,
        awarded_fen=700_000,
        final=True,
    )
    await do(
        office,
        case,
        "referrals",
        to="442000-labour-inspection",
        kind="labour-inspection",
        subject_matter="wage-inspection",
        legal_basis="WAGES-10",
    )
    answer: dict[str, Any] = {
        "result": "case-filed",
        "on": str(day_of(guangdong.clock.now())),
        "note": "已立案调查",
    }
    await do(office, case, "referrals/2/answers", status=409, **answer)
    answered = await do(office, case, "referrals/1/answers", **answer)
    assert [(each["referral"], each["result"]) for each in answered["answers"]] == [(1, "case-filed")]
    concluded = await do(office, case, "conclusion", outcome="judgment")

    assert concluded["state"] == "concluded"
    assert concluded["suits"][0]["awarded_fen"] == 700_000


async def test_nobody_acts_on_a_case_that_is_not_placed_or_has_moved(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 2)
    await begun(routing, office, case, facts, placed=False)

    dormant = await do(office, case, "acceptance", status=409)
    await routing.say(a(CustodyPlaced, case_id=case, owner=OWNER, epoch=1))
    await until(lambda: matter_is(office, case, "to-accept", 2), "the matter to be placed")
    stale = await do(office, case, "acceptance", status=409, epoch=2)
    await routing.say(a(CustodyEnded, case_id=case, epoch=1))
    await until(lambda: matter_is(office, case, "closed", 0), "the matter to be closed")
    moved = await do(office, case, "acceptance", status=409)

    kinds = [answer["type"].rpartition(":")[2] for answer in (dormant, stale, moved)]
    assert kinds == ["not-placed", "stale-epoch", "out-of-turn"]


async def test_a_review_that_nobody_does_is_breached_though_nobody_looked(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts, placed=False)

    guangdong.clock.step_to(guangdong.clock.now() + timedelta(days=20))

    async def breached() -> bool:
        await guangdong.settled("mediation")
        return "casebridge.clock.breached.v1" in [
            m.event.type for _, m in await guangdong.records("cn44.matters")
        ]

    await until(breached, "the breach of the review")


async def test_the_work_list_shows_what_waits_for_whom(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts)

    waiting = (await office.get("/matters", params={"status": "to-accept", "agency": OWNER})).json()
    granted = (await office.get("/matters", params={"status": "to-assign"})).json()

    assert [(item["case_id"], item["number"]) for item in waiting["items"]] == [(case, facts.number)]
    assert waiting["items"][0]["next_due"]
    assert granted == {"items": [], "next": None}


async def test_the_clocks_of_a_case_are_shown_with_their_rules_and_those_that_run_out_soon(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts)

    (review,) = (await office.get(f"/cases/{case}/clocks")).json()
    soon = (await office.get("/clocks", params={"within_days": 60, "agency": OWNER})).json()
    none = (await office.get("/clocks", params={"within_days": 60, "agency": "440000-legal-aid"})).json()

    assert (review["name"], review["state"]) == ("review_by", "running")
    assert review["rule"]["article"] == "LAL-43"
    assert review["rule"]["text"]["en"]
    assert [(clock["case_id"], clock["number"], clock["name"]) for clock in soon] == [
        (case, facts.number, "review_by")
    ]
    assert none == []

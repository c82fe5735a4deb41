"""What follows an agreement, over real HTTP, Kafka and PostgreSQL: consent, money, court, archive."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from chassis.service import OnDue
from schemas.ids import CaseId
from services.intake.app import service as intake
from services.mediation.app import service as mediation
from services.mediation.domain.courses import CLOCKS
from tests.deployment import Deployment, Source, deployed, source, until
from tests.services.test_mediation import OWNER, apply, begun, do

COURT = "442071-court"


@pytest.fixture
async def zhongshan(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [intake, mediation], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def mediating(zhongshan: Deployment) -> AsyncIterator[Runtime]:
    async with zhongshan.running(mediation) as runtime:
        yield runtime


@pytest.fixture
async def desk(zhongshan: Deployment, mediating: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with zhongshan.client(mediating, "caseworker", "44", agency=OWNER) as client:
        yield client


@pytest.fixture
async def custody(zhongshan: Deployment) -> AsyncIterator[Source]:
    async with source(zhongshan.addresses.kafka, "/cn44/routing") as speaking:
        yield speaking


async def mediated(
    zhongshan: Deployment, custody: Source, desk: httpx.AsyncClient, members: int
) -> tuple[CaseId, list[str]]:
    """A case of so many members that is being mediated."""
    case, facts = await apply(zhongshan, members)
    await begun(custody, desk, case, facts)
    await do(desk, case, "acceptance")
    await do(desk, case, "grants", stage="mediation", means="exempt-pay", legal_basis="LAL-42-3")
    await do(desk, case, "mediation", kind="joint", committee="442000-mediation", mediator="mediator-1")
    claims = (await desk.get(f"/cases/{case}/claims")).json()["items"]
    return case, [claim["member_id"] for claim in claims]


def in_days(zhongshan: Deployment, days: int) -> str:
    return (zhongshan.clock.now() + timedelta(days=days)).isoformat()


async def said(zhongshan: Deployment, type: str) -> list[Mapping[str, Any]]:
    """The events of a type that mediation said."""
    await zhongshan.settled("mediation")
    records = await zhongshan.records("cn44.matters")
    return [m.event.model_dump(mode="json") for _, m in records if m.event.type == f"casebridge.{type}.v1"]


def test_every_clock_of_a_proceeding_has_a_handler() -> None:
    handled = {each.name for each in mediation.handles if isinstance(each, OnDue)}

    assert handled >= CLOCKS


async def test_a_group_is_bound_member_by_member_and_a_missed_instalment_opens_other_ways(
    zhongshan: Deployment, custody: Source, desk: httpx.AsyncClient
) -> None:
    case, members = await mediated(zhongshan, custody, desk, 10)
    parts = [{"due_at": in_days(zhongshan, days), "amount_fen": 5_000_000 // 2} for days in (10, 40)]
    await do(
        desk,
        case,
        "agreement",
        amounts=dict.fromkeys(members, 500_000),
        agreed_fen=5_000_000,
        instalments=parts,
        consented=members[:3],
        terms="分两期支付。",
    )
    bound = await do(desk, case, "agreement/consents", members=members[3:4])
    twice = await do(desk, case, "agreement/consents", status=409, members=members[3:4])
    for member in members[:2]:
        await do(desk, case, f"claims/{member}/recoveries", amount_fen=500_000)
    (paid,) = await said(zhongshan, "agreement.instalment_paid")
    claims = (await desk.get(f"/cases/{case}/claims")).json()["items"]

    zhongshan.clock.step_to(zhongshan.clock.now() + timedelta(days=41))

    async def breached() -> bool:
        return bool(await said(zhongshan, "agreement.breached"))

    await until(breached, "the breach of the agreement")
    (breach,) = await said(zhongshan, "agreement.breached")

    assert bound["mediation"]["agreement"]["bound_fen"] == 2_000_000
    assert twice["type"] == "urn:casebridge:problem:consented-already"
    assert (paid["instalment"], paid["due_fen"], paid["paid_fen"]) == (1, 1_000_000, 1_000_000)
    assert (breach["instalment"], breach["due_fen"], breach["paid_fen"]) == (2, 2_000_000, 1_000_000)
    assert "suit" in [remedy["way"] for remedy in breach["remedies"]]
    assert [claim["due_fen"] for claim in claims].count(None) == 6
    assert [claim["offered_fen"] for claim in claims] == [500_000] * 10


async def test_an_agreement_is_confirmed_its_file_approved_and_the_case_archived(
    zhongshan: Deployment, custody: Source, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    await do(
        desk, case, "agreement", amounts={first: 600_000, second: 500_000}, agreed_fen=1_100_000, terms="。"
    )
    one_alone = await do(desk, case, "confirmation", status=409, court=COURT, jointly=False)
    await do(desk, case, "confirmation", court=COURT, jointly=True)
    await do(desk, case, "confirmation/acceptance", docket="（2026）粤2071民特1号")
    await do(desk, case, "confirmation/ruling", docket="（2026）粤2071民特1号")
    await do(desk, case, "conclusion", outcome="agreement")
    await do(desk, case, f"claims/{first}/recoveries", amount_fen=600_000)
    await do(desk, case, "file")
    await do(desk, case, "file/return", defects=["unsigned"], remarks="第三页缺签名。")
    await do(desk, case, "file")
    await do(desk, case, "evaluation", grade="good")
    await do(desk, case, "file/approval")
    early = await do(desk, case, "archive", status=409)
    await renounce(desk, case, second)
    archived = await do(desk, case, "archive")
    clocks = (await desk.get(f"/cases/{case}/clocks")).json()

    assert one_alone["type"] == "urn:casebridge:problem:not-joint"
    assert early["type"] == "urn:casebridge:problem:recovery-open"
    assert archived["state"] == "archived"
    assert [each["kind"] for each in archived["proceedings"]["all"]] == ["agreement", "confirmation", "file"]
    assert {clock["name"] for clock in clocks} >= {"confirmation_decide_by", "hand_in_by", "file_review_by"}
    assert all(clock["ended_at"] for clock in clocks)
    assert "file-remarks" in (await desk.get(f"/cases/{case}/papers")).json()
    (rests,) = await said(zhongshan, "matter.archived")
    assert (rests["determined_fen"], rests["recovered_fen"], rests["given_up"]) == (1_100_000, 600_000, 1)


async def test_an_agreement_that_a_commission_reviewed_can_be_enforced(
    zhongshan: Deployment, custody: Source, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    await do(
        desk, case, "agreement", amounts={first: 600_000, second: 500_000}, agreed_fen=1_100_000, terms="。"
    )
    commission = "442071-arbitration"
    alone = await do(desk, case, "arbitration-review", status=409, commission=commission, jointly=False)
    await do(desk, case, "arbitration-review", commission=commission, jointly=True)
    await do(desk, case, "arbitration-review/ruling", docket="中劳人仲审字〔2026〕7号")
    again = await do(
        desk, case, "mediation", status=409, kind="joint", committee="442000-mediation", mediator="mediator-1"
    )
    ways = (await desk.get(f"/cases/{case}/open-ways")).json()

    assert alone["type"] == "urn:casebridge:problem:not-joint"
    assert again["type"] == "urn:casebridge:problem:agreement-stands"
    assert {"way": "enforcement", "legal_basis": "LDMAL-51"} in ways


async def test_a_silent_commission_opens_the_court_whose_judgment_is_final_and_enforced(
    zhongshan: Deployment, custody: Source, mediating: Runtime, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    claimed = {first: 600_000, second: 500_000}
    not_aided = await do(desk, case, "suit", status=409, court=COURT, claim_fen=1_100_000)
    for stage in ("arbitration", "first-instance"):
        await do(desk, case, "grants", stage=stage, means="exempt-pay", legal_basis="LAL-42-3")
    too_early = await do(desk, case, "suit", status=409, court=COURT, claim_fen=1_100_000)
    await do(
        desk, case, "arbitration", commission="442071-arbitration", claim_fen=1_100_000, proof="收件回执。"
    )
    await passed(zhongshan, 10, "clock.breached", "arbitration-acceptance")
    async with zhongshan.client(mediating, "caseworker", "44", agency=OWNER) as later:
        ways = (await later.get(f"/cases/{case}/open-ways")).json()
        await do(later, case, "suit", court=COURT, claim_fen=1_100_000, without_arbitration="LDMAL-29")
        await do(later, case, "suit/docket", docket="（2026）粤2071民初1号", procedure="simple")
        await do(later, case, "suit/judgment", result="granted", amounts=claimed, awarded_fen=1_100_000)
    await passed(zhongshan, 20, "litigation.final", "not-appealed")
    async with zhongshan.client(mediating, "caseworker", "44", agency=OWNER) as later:
        await do(later, case, "enforcement", court=COURT, title="judgment", unaided=True)
        await do(later, case, f"claims/{first}/recoveries", amount_fen=600_000, payer="court")
        ended = await do(later, case, "enforcement/end-of-round", because="partly")
        await do(later, case, "enforcement/resumption")
    (applied,) = await said(zhongshan, "enforcement.applied")
    (round_ended,) = await said(zhongshan, "enforcement.ended_this_round")

    assert not_aided["type"] == "urn:casebridge:problem:not-aided"
    assert too_early["type"] == "urn:casebridge:problem:arbitration-first"
    assert {"way": "suit", "legal_basis": "LDMAL-29"} in ways
    assert (applied["amount_fen"], applied["unaided"]) == (1_100_000, True)
    assert round_ended["recovered_fen"] == 600_000
    assert ended["proceedings"]["all"][-1]["state"] == "ended-this-round"


async def passed(zhongshan: Deployment, days: int, type: str, because: str) -> None:
    """So many days go by, and something is said of itself."""
    zhongshan.clock.step_to(zhongshan.clock.now() + timedelta(days=days))

    async def heard() -> bool:
        events = await said(zhongshan, type)
        return any(because in (event.get("rule"), event.get("because")) for event in events)

    await until(heard, f"{type}: {because}")


async def renounce(desk: httpx.AsyncClient, case: CaseId, member: str) -> None:
    """A member gives the rest up; the entity tag is his claim's."""
    tag = (await desk.get(f"/cases/{case}/claims/{member}")).headers["etag"]
    answer = await desk.post(
        f"/cases/{case}/claims/{member}/renunciation", json={"epoch": 1}, headers={"If-Match": tag}
    )
    assert answer.status_code == 201, answer.text

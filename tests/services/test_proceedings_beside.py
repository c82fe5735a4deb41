"""Beside an award, before inspection, and at the notary's, over real HTTP, Kafka and PostgreSQL."""

from datetime import timedelta
from typing import Any

import httpx

from chassis.runtime import Runtime
from schemas.ids import CaseId
from tests.deployment import Deployment, Source, until
from tests.services.test_mediation import OWNER, do
from tests.services.test_proceedings import (
    COURT,
    custody,
    desk,
    in_days,
    mediated,
    mediating,
    passed,
    said,
    zhongshan,
)

__all__ = ["custody", "desk", "mediating", "zhongshan"]

COMMISSION = "442071-arbitration"
DOCKET = "中劳人仲案字〔2026〕88号"


async def breached(zhongshan: Deployment) -> None:
    """The day of the first instalment goes by."""
    zhongshan.clock.step_to(zhongshan.clock.now() + timedelta(days=11))

    async def heard() -> bool:
        return bool(await said(zhongshan, "agreement.breached"))

    await until(heard, "the breach of the agreement")


async def arbitrated(desk: httpx.AsyncClient, case: CaseId) -> None:
    """The commission accepted the application, without aid for it."""
    await do(desk, case, "arbitration", commission=COMMISSION, claim_fen=1_100_000, unaided=True)
    await do(desk, case, "arbitration/acceptance", docket=DOCKET)


async def test_a_case_is_heard_partly_awarded_and_executed_in_advance(
    zhongshan: Deployment, custody: Source, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    await arbitrated(desk, case)
    await do(desk, case, "arbitration/hearing", hearing_at=in_days(zhongshan, 30))
    asked = "arbitration/hearing/postponement"
    await do(desk, case, asked, by="worker", because="evidence")
    await do(desk, case, f"{asked}/refusal")
    early = await do(desk, case, "arbitration/hearing/record", status=409)
    advance = "arbitration/advance-execution"
    await do(desk, case, advance, claims=["pay"], amounts={first: 100_000})
    await do(desk, case, f"{advance}/order", amounts={first: 100_000}, court=COURT, docket=DOCKET)
    part = {first: 150_000, second: 150_000}
    await do(desk, case, "arbitration/partial-award", amounts=part, awarded_fen=300_000, final=False)
    more = {first: 50_000, second: 0}
    await do(desk, case, "arbitration/partial-award", amounts=more, awarded_fen=50_000, final=False)
    paid = await do(desk, case, f"claims/{first}/recoveries", amount_fen=200_000, payer="court")
    rest = {first: 400_000, second: 0}
    await do(desk, case, "arbitration/award", amounts=rest, awarded_fen=400_000, final=False)
    claims = (await desk.get(f"/cases/{case}/claims")).json()["items"]

    assert early["type"] == "urn:casebridge:problem:not-held-yet"
    assert (paid["due_fen"], paid["recovered_fen"], paid["ended"]) == (200_000, 200_000, None)
    due = [(claim["due_fen"], claim["advanced_fen"]) for claim in claims]
    assert due == [(600_000, 100_000), (150_000, 0)]
    (told,) = await said(zhongshan, "hearing.set")
    assert told["short_notice"] is False
    assert [each["part"] for each in claims[0]["parts"]] == [1, 2]
    (awarded,) = await said(zhongshan, "arbitration.awarded")
    assert (awarded["awarded_fen"], awarded["with_parts_fen"]) == (400_000, 750_000)
    await passed(zhongshan, 20, "arbitration.part_effective", "not-sued")

    async def both() -> bool:
        return len(await said(zhongshan, "arbitration.part_effective")) == 4

    await until(both, "both parts to be effective for both members")
    effective = await said(zhongshan, "arbitration.part_effective")
    assert {(each["part"], each["member_id"]) for each in effective} == {
        (part, member) for part in (1, 2) for member in (first, second)
    }


async def test_an_award_that_is_set_aside_leaves_nobody_anything_due_and_opens_the_court(
    zhongshan: Deployment, custody: Source, mediating: Runtime, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    await arbitrated(desk, case)
    amounts = {first: 600_000, second: 500_000}
    await do(desk, case, "arbitration/award", amounts=amounts, awarded_fen=1_100_000, final=True)
    aside = "arbitration/setting-aside"
    await do(desk, case, aside, court="442000-court", because="procedure")
    now = zhongshan.clock.now().isoformat()
    await do(desk, case, f"{aside}/grant", docket="（2026）粤20民特7号", served_at=now)
    claims = (await desk.get(f"/cases/{case}/claims")).json()["items"]
    ways = (await desk.get(f"/cases/{case}/open-ways")).json()
    no_title = await do(desk, case, "enforcement", status=409, court=COURT, title="award", unaided=True)

    assert [claim["due_fen"] for claim in claims] == [None, None]
    assert {"way": "suit", "legal_basis": "LDMAL-49"} in ways
    assert no_title["type"] == "urn:casebridge:problem:nothing-to-enforce"
    await passed(zhongshan, 20, "right.lapsed", "suit-after-set-aside")
    async with zhongshan.client(mediating, "caseworker", "44", agency=OWNER) as later:
        open_now = (await later.get(f"/cases/{case}/open-ways")).json()
    assert "LDMAL-49" not in {each["legal_basis"] for each in open_now}


async def test_an_enforcement_stands_still_while_its_award_is_challenged_and_goes_on_when_it_stands(
    zhongshan: Deployment, custody: Source, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    await arbitrated(desk, case)
    amounts = {first: 600_000, second: 500_000}
    await do(desk, case, "arbitration/award", amounts=amounts, awarded_fen=1_100_000, final=True)
    await do(desk, case, "enforcement", court=COURT, title="award", unaided=True)
    aside = "arbitration/setting-aside"
    await do(desk, case, aside, court="442000-court", because="procedure")
    await do(desk, case, f"{aside}/acceptance", docket="（2026）粤20民特7号")
    stayed = await do(desk, case, "enforcement/resumption", status=409)
    paused = (await desk.get(f"/cases/{case}/clocks")).json()
    await do(desk, case, f"{aside}/dismissal", docket="（2026）粤20民特7号")
    clocks = (await desk.get(f"/cases/{case}/clocks")).json()

    assert stayed["type"] == "urn:casebridge:problem:award-challenged"
    assert stayed["legal_basis"] == "SPC-LABOUR-1-25"
    (stands,) = [clock for clock in paused if clock["name"] == "execute_by/award"]
    (runs,) = [clock for clock in clocks if clock["name"] == "execute_by/award"]
    assert (stands["state"], runs["state"]) == ("paused", "running")
    assert runs["rule"]["confirmed"] is False
    assert [each["because"] for each in await said(zhongshan, "enforcement.suspended")] == ["setting-aside"]
    assert [each["because"] for each in await said(zhongshan, "enforcement.resumed")] == ["not-set-aside"]
    for member, fen in amounts.items():
        await do(desk, case, f"claims/{member}/recoveries", amount_fen=fen, payer="court")
    assert [each["because"] for each in await said(zhongshan, "enforcement.ended")] == ["paid"]


async def test_inspection_orders_what_is_owed_and_is_not_asked_while_the_commission_decides(
    zhongshan: Deployment, custody: Source, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    asked: dict[str, Any] = {
        "inspectorate": "442071-labour-inspection",
        "approach": "complaint",
        "claim_fen": 1_100_000,
    }
    await do(desk, case, "inspection", **asked, paper="投诉书。")
    await do(desk, case, "inspection/acceptance", docket="中劳监立字〔2026〕12号")
    await do(desk, case, "inspection/extension")
    unclear = await do(desk, case, "inspection/decision", status=409, result="payment-ordered")
    order: dict[str, Any] = {"result": "payment-ordered", "amounts": {first: 600_000, second: 500_000}}
    wrong = await do(desk, case, "inspection/decision", status=409, ordered_fen=1_000_000, **order)
    due = in_days(zhongshan, 15)
    await do(desk, case, "inspection/decision", ordered_fen=1_100_000, pay_by=due, **order)
    await do(desk, case, f"claims/{first}/recoveries", amount_fen=600_000)
    claims = (await desk.get(f"/cases/{case}/claims")).json()["items"]
    await arbitrated(desk, case)
    elsewhere = await do(desk, case, "inspection", status=409, **asked)

    assert unclear["type"] == "urn:casebridge:problem:result-unclear"
    assert elsewhere["type"] == "urn:casebridge:problem:dispute-elsewhere"
    assert wrong["type"] == "urn:casebridge:problem:sum-disagrees"
    (decided,) = await said(zhongshan, "inspection.decided")
    assert (decided["ordered_fen"], decided["members"]) == (1_100_000, 2)
    assert [(claim["due_fen"], claim["determined_by"], claim["ended"]) for claim in claims] == [
        (600_000, "inspection-order", "paid"),
        (500_000, "inspection-order", None),
    ]
    assert "inspection-complaint" in (await desk.get(f"/cases/{case}/papers")).json()
    zhongshan.clock.step_to(zhongshan.clock.now() + timedelta(days=16))

    async def heard() -> bool:
        return bool(await said(zhongshan, "inspection.disobeyed"))

    await until(heard, "the day of the order to pass")
    (disobeyed,) = await said(zhongshan, "inspection.disobeyed")
    assert (disobeyed["ordered_fen"], disobeyed["paid_fen"]) == (1_100_000, 600_000)
    assert disobeyed["remedies"][0]["way"] == "inspection-enforcement"


async def test_a_notarised_agreement_is_breached_certified_and_enforced(
    zhongshan: Deployment, custody: Source, mediating: Runtime, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    parts = [{"due_at": in_days(zhongshan, days), "amount_fen": 550_000} for days in (10, 40)]
    amounts = {first: 600_000, second: 500_000}
    await do(
        desk, case, "agreement", amounts=amounts, agreed_fen=1_100_000, instalments=parts, terms="分期。"
    )
    await do(desk, case, "notarisation", notary="442000-notary", jointly=True)
    await do(desk, case, "notarisation/certificate", docket="（2026）粤中山证字第88号")
    early = await do(desk, case, "notarisation/execution-certificate", status=409, docket="（2026）执字第3号")
    await do(desk, case, f"claims/{first}/recoveries", amount_fen=100_000)
    await breached(zhongshan)
    async with zhongshan.client(mediating, "caseworker", "44", agency=OWNER) as later:
        await do(later, case, "notarisation/execution-certificate", docket="（2026）执字第3号")
        await do(later, case, "enforcement", court=COURT, title="notarised-agreement", unaided=True)
    (certified,) = await said(zhongshan, "notarisation.execution_certified")
    (applied,) = await said(zhongshan, "enforcement.applied")

    assert early["type"] == "urn:casebridge:problem:out-of-course"
    assert certified["amount_fen"] == applied["amount_fen"] == 1_000_000


async def test_one_of_two_final_parts_falls_and_a_court_decides_over_it_beside_the_other(
    zhongshan: Deployment, custody: Source, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    await arbitrated(desk, case)
    for fen in (100_000, 50_000):
        part = {first: fen, second: fen}
        await do(desk, case, "arbitration/partial-award", amounts=part, awarded_fen=2 * fen, final=True)
    for number in (1, 2):
        await do(desk, case, "enforcement", court=COURT, title="partial-award", part=number, unaided=True)
    aside = "arbitration/setting-aside"
    asked: dict[str, Any] = {"court": "442000-court", "because": "procedure"}
    none = await do(desk, case, aside, status=409, part=3, **asked)
    await do(desk, case, aside, part=1, **asked)
    await do(desk, case, f"{aside}/acceptance", docket="（2026）粤20民特7号", part=1)
    other = await do(desk, case, f"{aside}/dismissal", status=409, docket="（2026）粤20民特7号", part=2)
    now = zhongshan.clock.now().isoformat()
    await do(desk, case, f"{aside}/grant", docket="（2026）粤20民特7号", served_at=now, part=1)
    left = (await desk.get(f"/cases/{case}/claims")).json()["items"]
    suit: dict[str, Any] = {"court": COURT, "claim_fen": 200_000, "unaided": True, "against": "partial-award"}
    no_such = await do(desk, case, "suit", status=409, **{**suit, "part": 3})
    await do(desk, case, "suit", part=1, **suit)
    await do(desk, case, "suit/docket", docket="（2026）粤2071民初88号")
    gives = {first: 120_000, second: 80_000}
    await do(desk, case, "suit/judgment", result="granted", amounts=gives, awarded_fen=200_000, final=True)
    claims = (await desk.get(f"/cases/{case}/claims")).json()["items"]

    assert none["type"] == no_such["type"] == "urn:casebridge:problem:no-such-award"
    assert other["type"] == "urn:casebridge:problem:out-of-course"
    assert [claim["due_fen"] for claim in left] == [50_000, 50_000]
    assert [claim["due_fen"] for claim in claims] == [170_000, 130_000]
    assert {claim["ended"] for claim in claims} == {None}
    for event in ("enforcement.suspended", "enforcement.ended"):
        assert [(each["title"], each["part"]) for each in await said(zhongshan, event)] == [
            ("partial-award", 1)
        ]
    assert {each["part"] for each in await said(zhongshan, "claim.reopened")} == {1}
    judged = [each for each in await said(zhongshan, "claim.determined") if each["by"] == "judgment"]
    assert {(each["against"], each["part"]) for each in judged} == {("partial-award", 1)}

"""What labour inspection was asked in the old system is imported, and it answers, or is obeyed, here."""

from datetime import datetime, timedelta
from typing import Any

from law.book import load_law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.ids import RuleId
from tests.journeys.imported.moved import Moved, ago, clocks_agree
from tests.services.bundles_inspected import (
    DISOBEYED,
    INVESTIGATED,
    OBEYED,
    ORDERED,
    REFERRED,
    REPORTED,
    with_inspections,
)


async def claims_of(moved: Moved, number: str) -> list[dict[str, Any]]:
    path = f"/cases/{moved.cases[number]}/claims"
    found: list[dict[str, Any]] = (await moved.ask("mediation", path))["items"]
    return found


async def told(moved: Moved, number: str, said: str) -> list[datetime]:
    """When that was said of a case."""
    name = f"casebridge.inspection.{said}.v1"
    return [datetime.fromisoformat(each["at"]) for each in await moved.steps(number) if each["type"] == name]


async def paid(moved: Moved, number: str, claim: dict[str, Any], amount_fen: int) -> None:
    path = f"claims/{claim['member_id']}"
    await moved.do(number, f"{path}/recoveries", path, amount_fen=amount_fen)


async def test_time_limits_of_labour_inspection_run_on_as_they_ran(moved: Moved) -> None:
    await clocks_agree(moved, with_inspections)

    inspected = (await moved.clocks(INVESTIGATED))["inspect_by"]
    accepted_at = datetime.fromisoformat(f"{ago(moved, 105)}T00:00:00+08:00")
    assert inspected["state"] == "running"
    assert datetime.fromisoformat(inspected["due_at"]) == (
        limit_of(RuleId("inspection-extended"), accepted_at, load_law()).due_at
    )


async def test_a_complaint_that_runs_is_taken_on_decided_and_obeyed_here(moved: Moved) -> None:
    waiting = (await moved.clocks(REPORTED))["inspection_accept_by"]
    assert day_of(datetime.fromisoformat(waiting["started_at"])) == ago(moved, 3)

    await moved.do(REPORTED, "inspection/acceptance", docket="中劳监立字〔2026〕99号")
    claims = await claims_of(moved, REPORTED)
    await moved.do(
        REPORTED,
        "inspection/decision",
        result="payment-ordered",
        ordered_fen=1_000_000,
        amounts={claim["member_id"]: 500_000 for claim in claims},
        pay_by=(moved.imported_at + timedelta(days=15)).isoformat(),
    )
    for claim in claims:
        await paid(moved, REPORTED, claim, 500_000)

    clocks = await moved.clocks(REPORTED)
    assert {clocks[name]["state"] for name in ("inspection_accept_by", "inspect_by", "obey_by")} == {"met"}
    assert {claim["ended"] for claim in await claims_of(moved, REPORTED)} == {"paid"}


async def test_an_order_runs_to_its_day_and_is_obeyed_here(moved: Moved) -> None:
    runs = (await moved.clocks(ORDERED))["obey_by"]
    assert (runs["state"], day_of(datetime.fromisoformat(runs["due_at"]))) == ("running", ago(moved, -9))
    claims = await claims_of(moved, ORDERED)
    assert [(each["due_fen"], each["determined_by"]) for each in claims] == [
        (600_000, "inspection-order")
    ] * 2

    for claim in claims:
        await paid(moved, ORDERED, claim, 600_000)

    assert (await moved.clocks(ORDERED))["obey_by"]["state"] == "met"


async def test_an_order_was_disobeyed_on_its_day_or_obeyed_when_all_had_come(moved: Moved) -> None:
    [missed_at] = await told(moved, DISOBEYED, "disobeyed")
    [obeyed_at] = await told(moved, OBEYED, "obeyed")
    assert (day_of(missed_at), day_of(obeyed_at)) == (ago(moved, 20), ago(moved, 21))
    assert await told(moved, OBEYED, "disobeyed") == []
    ways = await moved.ask("mediation", f"/cases/{moved.cases[DISOBEYED]}/open-ways")
    assert {"way": "inspection-enforcement", "legal_basis": "LABOUR-INSPECTION-RULES-44"} in ways

    for claim in await claims_of(moved, DISOBEYED):
        await paid(moved, DISOBEYED, claim, 600_000)


async def test_who_was_referred_and_then_refused_asks_again_here(moved: Moved) -> None:
    assert len(await told(moved, REFERRED, "reported")) == 2
    [refused_at] = await told(moved, REFERRED, "refused")
    assert day_of(refused_at) == ago(moved, 35)

    asked: dict[str, Any] = {
        "inspectorate": "442000-labour-inspection",
        "approach": "complaint",
        "claim_fen": 2_000_000,
    }
    await moved.do(REFERRED, "inspection", **asked)
    assert (await moved.clocks(REFERRED))["inspection_accept_by"]["state"] == "running"

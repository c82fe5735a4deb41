"""Execution in advance that was asked for in the old system is imported, and ordered, or paid, here."""

from datetime import datetime
from typing import Any

from law.deadlines import day_of
from tests.journeys.imported.moved import Moved, ago, clocks_agree
from tests.services.bundles_advanced import ASKED, MOVED, REFUSED, with_advances
from tests.services.bundles_at_court import COURT

ADVANCE = "arbitration/advance-execution"


async def claims_of(moved: Moved, number: str) -> list[dict[str, Any]]:
    path = f"/cases/{moved.cases[number]}/claims"
    found: list[dict[str, Any]] = (await moved.ask("mediation", path))["items"]
    return found


async def paid(moved: Moved, number: str, claim: dict[str, Any], amount_fen: int) -> None:
    path = f"claims/{claim['member_id']}"
    await moved.do(number, f"{path}/recoveries", path, amount_fen=amount_fen, payer="court")


async def test_time_limits_beside_it_run_on_as_they_ran(moved: Moved) -> None:
    await clocks_agree(moved, with_advances)


async def test_what_was_asked_for_is_ordered_and_paid_here(moved: Moved) -> None:
    claims = await claims_of(moved, ASKED)
    amounts = {claim["member_id"]: 200_000 for claim in claims}
    await moved.do(ASKED, f"{ADVANCE}/order", amounts=amounts, court=COURT, docket="中劳人仲先〔2026〕99号")
    for claim in claims:
        await paid(moved, ASKED, claim, 200_000)

    assert [(claim["advanced_fen"], claim["recovered_fen"]) for claim in await claims_of(moved, ASKED)] == [
        (200_000, 200_000)
    ] * 2


async def test_what_came_in_advance_there_and_here_counts_towards_the_award(moved: Moved) -> None:
    claims = await claims_of(moved, MOVED)
    assert [(claim["advanced_fen"], claim["recovered_fen"]) for claim in claims] == [
        (150_000, 150_000),
        (150_000, 50_000),
    ]
    [ordered] = [each for each in await moved.steps(MOVED) if each["type"].endswith("execution.ordered.v1")]
    assert day_of(datetime.fromisoformat(ordered["at"])) == ago(moved, 20)

    await paid(moved, MOVED, claims[1], 100_000)
    amounts = {claim["member_id"]: 150_000 for claim in claims}
    await moved.do(MOVED, "arbitration/award", amounts=amounts, awarded_fen=300_000, final=True)

    assert [(claim["due_fen"], claim["ended"]) for claim in await claims_of(moved, MOVED)] == [
        (150_000, "paid")
    ] * 2


async def test_what_was_refused_there_and_asked_for_again_is_refused_again_here(moved: Moved) -> None:
    said = [
        each["type"].split(".")[2] for each in await moved.steps(REFUSED) if "advance_exec" in each["type"]
    ]
    assert said == ["applied", "refused", "applied"]

    await moved.do(REFUSED, f"{ADVANCE}/refusal", because="unclear")

"""A group of which some had consented in the old system goes on here: others consent, the rest go on."""

from datetime import datetime
from typing import Any

from law.deadlines import day_of
from tests.journeys.imported.moved import Moved, ago, clocks_agree
from tests.services.bundles_groups import COMMISSION, GOING_ON, GROUPED, with_groups


async def claims_of(moved: Moved, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await moved.ask("mediation", f"/cases/{moved.cases[number]}/claims"))[
        "items"
    ]
    return found


async def agreement_of(moved: Moved, number: str) -> dict[str, Any]:
    found: dict[str, Any] = (await moved.matter(number))["mediation"]["agreement"]
    return found


async def test_time_limits_of_groups_run_on_as_they_ran(moved: Moved) -> None:
    await clocks_agree(moved, with_groups)


async def test_who_spoke_for_a_group_and_who_was_replaced_stands_in_its_timeline(moved: Moved) -> None:
    said = [each for each in await moved.steps(GROUPED) if each["type"].endswith("representatives.set.v1")]
    assert [day_of(datetime.fromisoformat(each["at"])) for each in said] == [ago(moved, 58), ago(moved, 40)]
    assert all(each["text"]["zh"].endswith("（原系统导入）") for each in said)


async def test_who_refused_is_kept_by_name_for_who_works_on_the_case(moved: Moved) -> None:
    refused = [each for each in await moved.steps(GROUPED) if "成员不同意协议" in each["text"]["zh"]]
    assert [day_of(datetime.fromisoformat(each["at"])) for each in refused] == [ago(moved, 12)]


async def test_an_award_is_that_of_the_others_and_whom_the_agreement_bound_was_paid(moved: Moved) -> None:
    claims = await claims_of(moved, GOING_ON)
    assert [(claim["due_fen"], claim["determined_by"]) for claim in claims] == [
        *[(700_000, "agreement")] * 8,
        *[(1_000_000, "award")] * 2,
    ]
    assert {claim["ended"] for claim in claims[:8]} == {"paid"}
    told = [each["type"] for each in await moved.steps(GOING_ON)]
    assert told.count("casebridge.agreement.consented.v1") == 8
    assert told.count("casebridge.arbitration.effective.v1") == 2
    assert told.count("casebridge.agreement.instalment_paid.v1") == 1
    assert "casebridge.agreement.breached.v1" not in told
    await moved.do(GOING_ON, "performance")


async def test_the_others_consent_here_and_who_does_not_goes_on_without_them(moved: Moved) -> None:
    claims = await claims_of(moved, GROUPED)
    assert [claim["due_fen"] for claim in claims] == [*[800_000] * 9, None, None, None]
    assert {claim["offered_fen"] for claim in claims} == {800_000}
    before = await agreement_of(moved, GROUPED)
    assert (before["by_consent"], before["consents"], before["bound_fen"]) == (True, 9, 7_200_000)
    clocks = await moved.clocks(GROUPED)
    assert [clocks[name]["state"] for name in ("pay_by/1", "pay_by/2", "confirm_by")] == ["running"] * 3
    assert day_of(datetime.fromisoformat(clocks["pay_by/1"]["started_at"])) == ago(moved, 20)

    later = [claim["member_id"] for claim in claims[10:]]
    await moved.do(GROUPED, "agreement/consents", members=later)
    assert (await agreement_of(moved, GROUPED))["consents"] == 11
    for claim in claims[:9] + claims[10:]:
        path = f"claims/{claim['member_id']}"
        await moved.do(GROUPED, f"{path}/recoveries", path, amount_fen=400_000)
    assert (await moved.clocks(GROUPED))["pay_by/1"]["state"] == "met"

    alone = claims[9]["member_id"]
    await moved.do(GROUPED, "arbitration", commission=COMMISSION, claim_fen=1_000_000, unaided=True)
    await moved.do(GROUPED, "arbitration/acceptance", docket="中劳人仲案〔2026〕99号")
    await moved.do(
        GROUPED, "arbitration/award", amounts={alone: 1_000_000}, awarded_fen=1_000_000, final=True
    )
    due = {claim["member_id"]: claim["due_fen"] for claim in await claims_of(moved, GROUPED)}
    assert due.pop(alone) == 1_000_000
    assert set(due.values()) == {800_000}

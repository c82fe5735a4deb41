"""Groups that some left in the old system are imported, and the others go on here; every sum reconciles."""

from datetime import date, datetime
from typing import Any

from law.deadlines import day_of
from tests.journeys.imported.moved import Moved, ago, clocks_agree
from tests.services.bundles_departed import AWARDED, GROUPED, KEPT, MEDIATED, with_departures


async def claims_of(moved: Moved, number: str) -> dict[str, Any]:
    found: dict[str, Any] = await moved.ask("mediation", f"/cases/{moved.cases[number]}/claims")
    return found


def sums(claims: dict[str, Any]) -> tuple[int, int, int]:
    return claims["claimed_fen"], claims["due_fen"], claims["recovered_fen"]


def there(claims: dict[str, Any]) -> list[dict[str, Any]]:
    return [claim for claim in claims["items"] if claim["ended"] != "left"]


async def paid(moved: Moved, number: str, claim: dict[str, Any], amount_fen: int) -> None:
    path = f"claims/{claim['member_id']}"
    await moved.do(number, f"{path}/recoveries", path, amount_fen=amount_fen)


async def left_on(moved: Moved, number: str) -> list[date]:
    """When the history says that members left."""
    steps = [each for each in await moved.steps(number) if each["type"] == "casebridge.member.left.v1"]
    assert all(each["text"]["zh"].endswith("（原系统导入）") for each in steps)
    return [day_of(datetime.fromisoformat(each["at"])) for each in steps]


async def test_time_limits_of_who_is_left_run_on_as_they_ran(moved: Moved) -> None:
    await clocks_agree(moved, with_departures)


async def test_the_others_settle_here_and_what_who_left_had_received_stays(moved: Moved) -> None:
    before = await claims_of(moved, MEDIATED)
    assert [claim["ended"] for claim in before["items"]] == ["left", None, None]
    assert (before["registered"], before["announced"]) == (2, 2)
    assert sums(before) == (2_050_000, 50_000, 50_000)
    assert await left_on(moved, MEDIATED) == [ago(moved, 4)]

    others = there(before)
    await moved.do(
        MEDIATED,
        "agreement",
        amounts={claim["member_id"]: 900_000 for claim in others},
        agreed_fen=1_800_000,
        terms="一次付清。",
    )
    for claim in others:
        await paid(moved, MEDIATED, claim, 900_000)
    await moved.do(MEDIATED, "performance")

    assert sums(await claims_of(moved, MEDIATED)) == (2_050_000, 1_850_000, 1_850_000)


async def test_who_left_before_the_award_has_nothing_of_it_and_who_left_since_what_came(moved: Moved) -> None:
    claims = await claims_of(moved, AWARDED)
    assert [(claim["due_fen"], claim["recovered_fen"], claim["ended"]) for claim in claims["items"]] == [
        (None, 0, "left"),
        (300_000, 100_000, "left"),
        (300_000, 0, None),
    ]
    assert sums(claims) == (1_100_000, 400_000, 100_000)
    awarded = [each for each in await moved.steps(AWARDED) if each["type"].endswith("arbitration.awarded.v1")]
    assert day_of(datetime.fromisoformat(awarded[0]["at"])) == ago(moved, 50)

    await moved.do(AWARDED, "enforcement", court="442000-court", title="award", unaided=True)
    await paid(moved, AWARDED, there(claims)[0], 300_000)
    await moved.quiet()
    told = [each["type"] for each in await moved.steps(AWARDED)]
    assert told.count("casebridge.enforcement.ended.v1") == 1


async def test_an_agreement_is_kept_with_what_the_one_who_stayed_receives_here(moved: Moved) -> None:
    agreement = (await moved.matter(KEPT))["mediation"]["agreement"]
    assert (agreement["agreed_fen"], agreement["bound_fen"]) == (1_600_000, 1_200_000)

    [other] = there(await claims_of(moved, KEPT))
    await paid(moved, KEPT, other, 400_000)
    assert (await moved.clocks(KEPT))["pay_by/2"]["state"] == "met"
    await moved.do(KEPT, "performance")


async def test_a_group_goes_on_without_who_left_and_who_stayed_may_still_consent(moved: Moved) -> None:
    agreement = (await moved.matter(GROUPED))["mediation"]["agreement"]
    claims = await claims_of(moved, GROUPED)
    assert (claims["registered"], claims["announced"]) == (9, 9)
    assert (agreement["consents"], agreement["bound_fen"]) == (7, 5_800_000)
    speak = await moved.ask("intake", f"/cases/{moved.cases[GROUPED]}/representatives")
    assert len(speak["members"]) == 2

    late = there(claims)[-1]
    assert late["offered_fen"] == 800_000
    await moved.do(GROUPED, "agreement/consents", members=[late["member_id"]])
    assert (await moved.matter(GROUPED))["mediation"]["agreement"]["consents"] == 8


async def test_the_timeline_and_the_statistics_agree_with_the_claims(moved: Moved) -> None:
    await moved.quiet()
    case = (await moved.ask("trace", f"/cases/{moved.cases[GROUPED]}/timeline"))["case"]
    claims = await claims_of(moved, GROUPED)
    # The list of cases shows each as it was received, whoever has left since.
    assert (case["members"], case["claim_fen"]) == (12, 12_000_000)
    assert case["recovered_fen"] == claims["recovered_fen"]

    period = f"from={ago(moved, 800)}&to={ago(moved, -30)}"
    total = (await moved.ask("trace", f"/statistics?{period}"))["total"]
    everything = [await claims_of(moved, number) for number in moved.cases]
    assert total["recovered_fen"] == sum(each["recovered_fen"] for each in everything)
    workers = sum(len(each["items"]) for each in everything)
    assert (total["received"], total["workers"]) == (len(everything), workers)

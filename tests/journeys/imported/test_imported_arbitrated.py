"""Cases that were before an arbitration commission in the old system are imported, and go on here."""

from datetime import datetime

from law.book import load_law
from law.deadlines import day_of
from tests.journeys.imported.moved import Moved, ago, clocks_agree
from tests.services.bundles_arbitrated import EXTENDED, REVIEWED, TO_REVIEW, with_arbitrations
from tests.services.bundles_at_court import COURT


async def test_time_limits_before_a_commission_run_on_as_they_ran(moved: Moved) -> None:
    await clocks_agree(moved, with_arbitrations)


async def test_an_agreement_that_a_commission_was_asked_to_review_is_reviewed_here(moved: Moved) -> None:
    await moved.do(TO_REVIEW, "arbitration-review/ruling", docket="中劳人仲调〔2026〕99号")

    ways = await moved.ask("mediation", f"/cases/{moved.cases[TO_REVIEW]}/open-ways")
    assert {"way": "enforcement", "legal_basis": "LDMAL-51"} in ways


async def test_an_agreement_that_a_commission_had_reviewed_is_enforced_here(moved: Moved) -> None:
    right = (await moved.clocks(REVIEWED))["enforce_by/arbitration-settlement"]
    assert day_of(datetime.fromisoformat(right["started_at"])) == ago(moved, 66)

    await moved.do(REVIEWED, "enforcement", court=COURT, title="arbitration-settlement", unaided=True)

    assert (await moved.clocks(REVIEWED))["enforce_by/arbitration-settlement"]["state"] == "met"


async def test_a_commission_that_had_more_time_has_it_here_too(moved: Moved) -> None:
    award = (await moved.clocks(EXTENDED))["award_by"]
    assert (award["version"].partition(":")[0], award["state"]) == ("award-extended", "running")
    # A time limit does not end on a day on which nobody works.
    last_day = load_law().calendar.roll_forward(ago(moved, 56 - 60))
    assert day_of(datetime.fromisoformat(award["due_at"])) == last_day

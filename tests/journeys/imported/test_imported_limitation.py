"""What had interrupted or suspended a right in the old system has done so here: it has not lapsed."""

from datetime import datetime

import pytest

from law.deadlines import day_of
from tests.journeys.imported.moved import Moved, ago
from tests.services.bundles_limitation import CLAIMED, SINCE, STOPPED

RIGHT = "limitation_by/arbitration-limitation"


@pytest.mark.parametrize(
    ("number", "state", "since"),
    [(CLAIMED, "running", 300), (SINCE, "running", 150), (STOPPED, "paused", 380)],
)
async def test_a_right_runs_from_what_interrupted_it_or_stands_still(
    moved: Moved, number: str, state: str, since: int
) -> None:
    right = (await moved.clocks(number))[RIGHT]
    assert right["state"] == state
    assert day_of(datetime.fromisoformat(right["started_at"])) == ago(moved, since)
    assert "casebridge.right.lapsed.v1" not in [step["type"] for step in await moved.steps(number)]


async def test_another_claim_lets_it_begin_anew_here(moved: Moved) -> None:
    claimed = {"code": "claimed", "on": str(ago(moved, 1))}
    await moved.do(CLAIMED, "limitation/acts", **claimed)
    right = (await moved.clocks(CLAIMED))[RIGHT]
    assert day_of(datetime.fromisoformat(right["started_at"])) == ago(moved, 1)

"""A small trial, as `make faults` has large ones: everything breaks for a while, and nothing is lost."""

from pathlib import Path
from typing import Final

import pytest
import uvloop

from tests.faults.trial import Plan, trial

SMALL: Final = Plan(cases=60, seconds=20, seed=1)


def test_60_cases_while_everything_breaks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with capfd.disabled():
        outcome = uvloop.run(trial(tmp_path, SMALL, print))
        print(outcome.text())
    assert outcome.ok, outcome.text()
    assert outcome.report.counts["cases with an owner"] == SMALL.cases
    assert outcome.report.counts["effects in the ledger"] > 0
    assert len(outcome.faults) >= 3, "several kinds of faults"

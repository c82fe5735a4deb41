"""The short form of `make faults`: 200 cases, everything breaks for a minute, and nothing is lost."""

from pathlib import Path

import pytest
import uvloop

from tests.faults.trial import SHORT, trial


def test_200_cases_while_everything_breaks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with capfd.disabled():
        outcome = uvloop.run(trial(tmp_path, SHORT, print))
        print(outcome.text())
    assert outcome.ok, outcome.text()
    assert outcome.report.counts["cases with an owner"] == SHORT.cases
    assert outcome.report.counts["effects in the ledger"] > 0
    assert sum(outcome.faults.values()) > 10
    assert any("before_timer_commit" in fault for fault in outcome.faults), "killed while it fires timers"

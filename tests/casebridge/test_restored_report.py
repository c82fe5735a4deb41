"""What `casebridge restored` says at the end: what a person does next."""

import pytest

from casebridge.restored import report
from casebridge.services import load_service
from chassis.restoring import Restored

SOURCE = "/cn51/mediation"


def test_every_incarnation_of_the_log_is_to_be_adopted(capsys: pytest.CaptureFixture[str]) -> None:
    """A service that was restored too may not have heard of the source before: then it knows none of them."""
    sources = ((SOURCE, "first"), (SOURCE, "second"))

    report(
        load_service("mediation"),
        Restored(incarnation="second", sources=sources, events=1, cases=1, letters=0),
    )

    commands = [line.strip() for line in capsys.readouterr().out.splitlines() if "adopt" in line]
    assert commands == [f"casebridge adopt {SOURCE} first", f"casebridge adopt {SOURCE} second"]

"""What interrupted or suspended the limitation of a claim is checked row by row."""

from typing import Any

import pytest

from services.intake.bundles.tables.limitation_acts import MOST
from tests.services.bundles import Old
from tests.services.bundles_limitation import with_limitation
from tests.services.checking import NOW, checked, mistakes

CASE = "L-1"


def acted(*acts: dict[str, Any]) -> Old:
    """A case of unpaid wages, with what was done about its limitation."""
    old = Old(NOW)
    old.case(CASE, "submitted", 2, employment_ended_on=old.day(500))
    for act in acts:
        old.row("limitation_acts.csv", CASE, **act)
    return old


def ago(days: int) -> str:
    return Old(NOW).day(days)


def test_what_interrupted_and_what_suspended_is_in_order() -> None:
    old = acted(
        {"act": "claimed", "on": ago(300)},
        {"act": "不可抗力", "on": ago(200), "until": ago(190)},
        {"act": "no-agent", "on": ago(1)},
    )
    bundle, _ = checked(old)
    assert mistakes(old) == mistakes(with_limitation(Old(NOW))) == set()
    assert [(act.code, act.until is None) for act in bundle.cases[CASE].limitation_acts] == [
        ("claimed", True),
        ("force-majeure", False),
        ("no-agent", True),
    ]


@pytest.mark.parametrize(
    ("act", "column"),
    [
        ({"act": "phoned", "on": ago(10)}, "act"),
        ({"act": "claimed", "on": ago(-1)}, "on"),
        ({"act": "claimed", "on": ago(10), "until": ago(5)}, "until"),
        ({"act": "no-agent", "on": ago(10), "until": ago(11)}, "until"),
        ({"act": "no-agent", "on": ago(10), "until": ago(-1)}, "until"),
    ],
)
def test_an_act_is_one_that_counts_and_has_happened(act: dict[str, Any], column: str) -> None:
    assert mistakes(acted(act)) == {("limitation_acts.csv", 2, column)}


def test_each_act_is_told_once_and_no_more_than_an_application_may() -> None:
    twice = acted(*[{"act": "claimed", "on": ago(10)}] * 2)
    many = acted(*({"act": "claimed", "on": ago(100 + n)} for n in range(MOST + 1)))
    assert mistakes(twice) == {("limitation_acts.csv", 3, "act")}
    assert mistakes(many) == {("limitation_acts.csv", MOST + 2, "number")}

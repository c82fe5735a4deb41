"""What random people do must be judged: a rule that is gone is missed only if somebody breaks it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.journeys.people.asking import Answer
from tests.journeys.people.handing import between_agencies
from tests.journeys.people.judging import wrong
from tests.journeys.people.sight import Sight, Thing
from tests.journeys.people.steps import MOODS, Twist
from tests.journeys.people.wishes import chosen, defied

NOW = datetime(2026, 3, 2, tzinfo=UTC)
GRANTED = Answer(status=201, etag=None, said={})


def asked(state: str, mode: str = "transfer") -> Sight:
    """A case whose one transfer is in that state."""
    transfer: dict[str, Any] = {"id": "44-1", "state": state, "mode": mode, "clarifications": []}
    custody = {"owner": "440000-legal-aid", "state": "asking", "epoch": 1, "transfers": [transfer]}
    seen = Thing("/cases/1/custody", custody | {"disputes": []}, '"1"')
    return Sight(path="/cases/1", custodies={"44": seen})


@pytest.mark.parametrize(
    ("state", "mode"),
    [
        *((state, "transfer") for state in ("rejected", "lapsed", "recalled", "completed", "enclosing")),
        ("offered", "directed"),
    ],
)
def test_somebody_recalls_what_nobody_may_recall_and_it_is_noticed_when_he_succeeds(
    state: str, mode: str
) -> None:
    wishes = list(between_agencies(asked(state, mode), 0, NOW))
    done = {wish.verb: wish for mood in range(MOODS) if (wish := chosen(defied(wishes), mood))}

    assert wrong(done["recalls"], Twist.DEFIANT, GRANTED, undisturbed=True) == "was let through"


def test_what_may_be_recalled_is_recalled() -> None:
    wishes = list(between_agencies(asked("offered"), 0, NOW))
    recall = next(wish for wish in wishes if wish.verb == "recalls")

    assert recall.sure
    assert wrong(recall, Twist.PLAIN, GRANTED, undisturbed=True) is None

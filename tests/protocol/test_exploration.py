"""The exploration of the protocol in its short form: nothing breaks, and what is removed is missed."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from chassis.service import OnDue, OnEvent
from services.routing.app import service
from tests.protocol.bounds import SHORT, Run
from tests.protocol.guards import GUARDS, Guard
from tests.protocol.scene import HANDSHAKE, HELP, Scene
from tests.protocol.search import Found, explore, wander
from tests.protocol.state import Bounds, Budget

BEYOND = Bounds(
    letters=8,
    offers=8,
    budget=Budget(
        withdraw=1, decline=3, milestone=2, remove=2, close=2, days=12, duplicate=3, withhold=3, crash=2
    ),
)

COMMANDS = frozenset(
    [
        "accepts",
        "refuses",
        "acknowledges",
        "asks",
        "answers",
        "recalls",
        "directs",
        "helps",
        "cannot",
        "gives",
    ]
)
"""The first words of what people do."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A case that a removed guard makes the engine hold is no error worth a log line."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def story(found: Found) -> str:
    lines = [f"{number:3}  {line}" for number, line in enumerate(found.story, 1)]
    return "\n".join([f"{found.broken}", *lines])


@pytest.mark.parametrize("run", SHORT, ids=lambda run: run.name)
def test_every_state_keeps_every_promise_and_comes_to_an_end(run: Run) -> None:
    found = explore(run.scene, run.bounds, most=run.most)

    print(f"{found.states} states, {found.transitions} transitions, depth {found.depth}")
    assert found.broken is None, story(found)
    assert found.whole or run.most


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_a_guard_the_shortest_story_that_needs_it_is_told(guard: Guard) -> None:
    with guard.removed():
        found = explore(guard.scene, guard.bounds)

    print(story(found))
    assert found.broken is not None
    assert found.broken.invariant in guard.breaks, story(found)


def test_random_stories_beyond_the_bounds_keep_every_promise_and_meet_the_whole_protocol() -> None:
    wanted = {
        each.type.type for each in service.handles if isinstance(each, OnEvent) and each.log == "mailbox"
    }
    wanted |= {each.name for each in service.handles if isinstance(each, OnDue)} | COMMANDS
    near = Bounds(letters=2, offers=2, budget=Budget(*(0 for _ in Budget._fields))._replace(days=1))
    met = set(explore(HANDSHAKE, near, most=20_000, endings=False).stimuli)
    for seed, scene in product(range(1, 5), (HANDSHAKE, HELP)):
        whole = replace(scene, exact=True, document=True)
        found = wander(whole, BEYOND, seed=seed, stories=50, moves=100)
        assert found.broken is None, story(found)
        met |= found.stimuli
        if wanted <= met:
            break
    assert wanted <= met, sorted(wanted - met)


@pytest.mark.parametrize("scene", [HANDSHAKE, HELP], ids=lambda scene: scene.name)
def test_random_stories_among_liars_keep_every_promise(scene: Scene) -> None:
    whole = replace(scene, exact=True, document=True)

    found = wander(whole, replace(BEYOND, lies=True), seed=11, stories=20, moves=80)

    assert found.broken is None, story(found)

"""Within which bounds the protocol is explored: in every test run, and by `make explore`."""

from dataclasses import dataclass
from typing import Final

from tests.protocol.scene import HANDSHAKE, HELP, LOCAL, WITH_PAPER, Scene
from tests.protocol.state import Bounds, Budget


@dataclass(frozen=True, kw_only=True)
class Run:
    """One exploration: which case, within which bounds, and at most how many states."""

    name: str
    scene: Scene = HANDSHAKE
    bounds: Bounds
    most: int | None = None
    """None: to the last state within the bounds."""


def run(
    name: str,
    letters: int,
    offers: int,
    *,
    scene: Scene = HANDSHAKE,
    most: int | None = None,
    lies: bool = False,
    **may: int,
) -> Run:
    budget = Budget(*(0 for _ in Budget._fields))._replace(**may)
    bounds = Bounds(letters=letters, offers=offers, budget=budget, lies=lies)
    return Run(name=name, scene=scene, bounds=bounds, most=most)


SHORT: Final = (
    run("people alone", 2, 2),
    run("a deadline", 2, 1, days=1),
    run("a withdrawal", 2, 1, withdraw=1),
    run("a withdrawal in one province", 2, 2, scene=LOCAL, withdraw=1),
    run("the owner is not competent", 1, 2, decline=1),
    run("a document is removed", 2, 2, scene=WITH_PAPER, remove=1),
    run("a site closes", 2, 2, close=1),
    run("liars", 1, 2, lies=True, decline=1),
    run("liars, and help", 2, 1, scene=HELP, lies=True),
    run("a crash", 1, 2, crash=1),
    run("a repeated letter", 2, 2, duplicate=1),
    run("a lost letter", 2, 2, withhold=1),
    run("help", 2, 1, scene=HELP, days=2),
    run("help with a case that is withdrawn", 2, 1, scene=HELP, withdraw=1),
    run("everything", 4, 3, most=10_000, withdraw=1, decline=1, days=3, duplicate=1, withhold=1, crash=1),
)
"""Well within a minute, with the removed guards and the random stories."""

LONG: Final = (
    run("people and a deadline", 3, 3, days=1),
    run("people, a fourth transfer", 3, 4),
    run("a withdrawal", 3, 2, days=1, withdraw=1),
    run("the owner is not competent", 2, 3, decline=1),
    run("a document is removed", 2, 3, scene=WITH_PAPER, decline=1, remove=1, most=300_000),
    run("a site closes", 3, 2, days=1, close=1),
    run("liars", 2, 2, lies=True, days=1, decline=1),
    run("liars in one province", 2, 2, scene=LOCAL, lies=True, withdraw=1),
    run("liars, and help", 2, 1, scene=HELP, lies=True, days=2, withdraw=1),
    run("a crash", 2, 2, days=1, crash=1),
    run("a repeated letter", 2, 2, days=1, duplicate=1),
    run("a lost letter", 2, 2, days=1, withhold=1),
    run("all three", 2, 2, days=1, crash=1, duplicate=1, withhold=1),
    run("all three, three transfers", 2, 3, crash=1, duplicate=1, withhold=1, most=300_000),
    run("help", 3, 2, scene=HELP, days=2, decline=1, withdraw=1, most=300_000),
    run("everything", 4, 3, most=300_000, withdraw=1, decline=1, days=3, duplicate=1, withhold=1, crash=1),
)
"""More than a million states. Where `most` stands there are more: the nearest are tried."""

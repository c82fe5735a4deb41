"""`make explore`: the long form of the exploration. It stops at the first story that breaks a promise."""

import logging
import sys
from dataclasses import replace

from tests.protocol.bounds import LONG, SHORT, Run
from tests.protocol.guards import GUARDS
from tests.protocol.scene import HANDSHAKE, HELP
from tests.protocol.search import Found, explore, wander
from tests.protocol.test_exploration import BEYOND

MOST_LETTERS = "people act while fewer letters are on their way than"

LEGEND = f"""\
One case, three provinces and the national desk. Real: routing's handlers and domain, the engine, the inbox.
Abstract: a moment that decides nothing is forgotten, every time limit of a transfer has one day, letters are
numbered from what their reader has applied, ids are the next free ones, boxes are of glass. A run is whole if
it came to the last state within its bounds: k, {MOST_LETTERS} k; n, nothing new
begins after n transfers; and how often each of the rest may happen.
"""


def main(arguments: list[str]) -> int:
    logging.disable(logging.CRITICAL)  # what a removed guard makes the engine hold is the point
    print(LEGEND)
    print(
        f"{'run':32} {'k':>2} {'n':>2} {'states':>9} {'transitions':>11} {'depth':>5} {'s':>6}  whole  also"
    )
    seen = 0
    for each in SHORT if "--short" in arguments else LONG:
        found = explore(each.scene, each.bounds, most=each.most)
        seen += found.states
        print(row(each, found), flush=True)
        if found.broken:
            return tell(found)
    print(f"{seen:,} states in all; each keeps every promise, and from each one the case comes to an end\n")
    return random_stories() or removed_guards()


def row(run: Run, found: Found) -> str:
    bounds = run.bounds
    may = ", ".join(f"{count} {name}" for name, count in bounds.budget._asdict().items() if count)
    return (
        f"{run.name:32} {bounds.letters:>2} {bounds.offers:>2} {found.states:>9,} {found.transitions:>11,} "
        f"{found.depth:>5} {found.seconds:>6.0f}  {'yes' if found.whole else 'no':5}  {may}"
    )


def random_stories() -> int:
    may = ", ".join(f"{count} {name}" for name, count in BEYOND.budget._asdict().items())
    print(f"Random stories with the law's own time limits, forgetting nothing; {may}")
    for scene in (HANDSHAKE, HELP):
        found = wander(replace(scene, exact=True, document=True), BEYOND, seed=7, stories=2000, moves=120)
        print(
            f"  {scene.name}: 2,000 stories, {found.transitions:,} moves, {found.seconds:.0f} s", flush=True
        )
        if found.broken:
            return tell(found)
    return 0


def removed_guards() -> int:
    print("\nGuards, each removed alone: the shortest story that needs it")
    for guard in GUARDS:
        with guard.removed():
            found = explore(guard.scene, guard.bounds)
        if found.broken is None or found.broken.invariant not in guard.breaks:
            print(f"! {guard.name}: not missed")
            return tell(found)
        print(f"\n{guard.name} – {len(found.story)} moves in {found.states:,} states")
        tell(found)
    return 0


def tell(found: Found) -> int:
    """Print the story of what is broken."""
    for number, line in enumerate(found.story, 1):
        print(f"  {number:3}  {line}")
    if found.broken:
        print(f"       promise {found.broken.invariant}: {found.broken.how}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

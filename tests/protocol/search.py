"""Looks at every state, the nearest first, so that the first story that breaks a promise is the shortest."""

import random
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.protocol.invariants import ENDS, Invariants, settled
from tests.protocol.scene import PROVINCES, Scene
from tests.protocol.state import NETWORK, Bounds, Broken, State
from tests.protocol.story import told
from tests.protocol.world import World

LONGEST_END = 400
"""Moves within which every story must come to its end."""


@dataclass(slots=True)
class Found:
    """What a search saw."""

    scene: str
    states: int = 0
    transitions: int = 0
    depth: int = 0
    seconds: float = 0.0
    whole: bool = True
    """Whether it came to the last state within the bounds."""
    broken: Broken | None = None
    story: list[str] = field(default_factory=list)
    ends: int = 0
    """States in which everything has come to its end."""
    places: int = 0
    answers: int = 0
    """Answers of the product that all of it is made of."""
    stimuli: frozenset[str] = frozenset()


def explore(scene: Scene, bounds: Bounds, *, most: int | None = None, endings: bool = True) -> Found:
    """Breadth first, up to `most` states. The first broken invariant ends it."""
    return Search(scene, bounds).run(most, endings=endings)


class Search:
    """One exploration."""

    def __init__(self, scene: Scene, bounds: Bounds) -> None:
        self.invariants = Invariants()
        self.world = World(scene, bounds, self.invariants)
        self.found = Found(scene.name)
        self.numbers: dict[State, int] = {}
        self.states: list[State] = []
        self.parents, self.by_move = array("l"), array("l")
        self.good: set[State] = set()

    def run(self, most: int | None, *, endings: bool) -> Found:
        began = time.perf_counter()
        self.see(self.world.first(), -1, -1)
        self.walk(most)
        if endings and not self.found.broken:
            self.come_to_ends()
        found = self.found
        found.seconds = time.perf_counter() - began
        found.states = len(self.states)
        found.places = len(self.world.places.values)
        found.answers = self.world.answers
        found.stimuli = frozenset(self.world.stimuli())
        return found

    def see(self, state: State, parent: int, move: int) -> None:
        self.numbers[state] = len(self.states)
        self.states.append(state)
        self.parents.append(parent)
        self.by_move.append(move)

    def walk(self, most: int | None) -> None:
        world, numbers, found = self.world, self.numbers, self.found
        layer, at = 1, 0
        while at < len(self.states):
            if at == layer:
                found.depth, layer = found.depth + 1, len(self.states)
            for move, state, broken in world.after(self.states[at]):
                found.transitions += 1
                if state not in numbers:
                    self.see(state, at, move)
                    broken = broken or self.invariants.of_state(world, state) or world.lied_to(state)
                elif broken is None:
                    continue
                if broken:
                    found.broken, found.story = broken, self.story(at, move)
                    return
            at += 1
            if most is not None and len(self.states) >= most:
                found.whole = False
                return

    def story(self, at: int, *moves: int) -> list[str]:
        path = []
        while at > 0:
            path.append(self.by_move[at])
            at = self.parents[at]
        return [told(self.world, move) for move in (*reversed(path), *moves) if move >= 0]

    def wander(self, chance: random.Random, moves: int) -> None:
        """One random story, and its end."""
        world, state = self.world, self.world.first()
        told_of: list[int] = []
        for _ in range(moves):
            ways = list(world.after(state))
            if not ways:
                break
            move, state, broken = chance.choice(ways)
            self.numbers.setdefault(state, len(self.numbers))
            self.found.transitions += 1
            told_of.append(move)
            self.found.depth = max(self.found.depth, len(told_of))
            if broken := broken or self.invariants.of_state(world, state) or world.lied_to(state):
                self.found.broken, self.found.story = broken, [told(world, each) for each in told_of]
                return
        path, broken = self.to_end(state)
        if broken:
            all_moves = [*told_of, *(move for _, move in path)]
            self.found.broken, self.found.story = broken, [told(world, m) for m in all_moves if m >= 0]

    # --- Every story ends ----------------------------------------------------------------------------------

    def come_to_ends(self) -> None:
        """From every state the fair continuation, without new wishes and faults, comes to an end."""
        for number, state in enumerate(self.states):
            if state in self.good:
                continue
            path, broken = self.to_end(state)
            if broken:
                self.found.broken = broken
                self.found.story = self.story(number, *(move for _, move in path))
                return

    def to_end(self, state: State) -> tuple[list[tuple[State, int]], Broken | None]:
        """The fair continuation, up to where one is known to end; and what is wrong with it."""
        path: list[tuple[State, int]] = []
        while state not in self.good:
            step = self.fair(state)
            path.append((state, step[0] if step else -1))
            if step is None:
                broken = self.at_end(state)
                break
            state = step[1]
            broken = step[2] or self.invariants.of_state(self.world, state)
            if broken:
                break
            if len(path) > LONGEST_END:
                return path[:40], Broken(ENDS, "the story goes on for ever")
        else:
            broken = None
        if broken is None:
            self.good.update(state for state, _ in path)
        return path, broken

    def fair(self, state: State) -> tuple[int, State, Broken | None] | None:
        """What happens if nobody wants anything new and nothing fails any more; None at the end."""
        return next(self.fairly(state), None)

    def fairly(self, state: State) -> Iterator[tuple[int, State, Broken | None]]:
        world, net = self.world, self.world.nets[state.net]
        if net.down:
            yield world.recovered(state, net)
        spent = world.budgets[state.budget]._replace(crash=0)
        for kind, post, left, move in world.hops(state.net):
            if kind in NETWORK:
                yield from world.delivered(state, kind, post, left, move, spent)
        for province in range(len(PROVINCES)):
            for move, outcome in world.acts(state[province], state.time, province):
                if (
                    world.moves[move].detail[1].startswith("directs")
                ):  # the superior may not be silent for ever
                    yield from world.reached(state, province, outcome, state.net, move, spent)
        for province in range(len(PROVINCES)):
            for move, outcome in world.rings(state[province], state.time, province):
                yield from world.reached(state, province, outcome, state.net, move, spent)
        passed = world.day_passes(state)
        if passed is not None:
            yield world.moves(world.day_move(passed)), state._replace(time=passed), None

    def at_end(self, state: State) -> Broken | None:
        self.found.ends += 1
        places = [self.world.places[place] for place in state[:4]]
        may, left = self.world.bounds.budget, self.world.budgets[state.budget]
        over = {"withdrawn": may.withdraw > left.withdraw, "removed": may.remove > left.remove}
        return next((broken for place in places if (broken := settled(place, **over))), None)


# --- Beyond the bounds --------------------------------------------------------------------------------------


def wander(scene: Scene, bounds: Bounds, *, seed: int, stories: int, moves: int) -> Found:
    """Random stories, each brought to its end after so many moves. The same seed tells the same stories."""
    search, chance, began = Search(scene, bounds), random.Random(seed), time.perf_counter()
    found = search.found
    for _ in range(stories):
        search.wander(chance, moves)
        if found.broken:
            break
    found.seconds = time.perf_counter() - began
    found.places, found.answers = len(search.world.places.values), search.world.answers
    found.stimuli = frozenset(search.world.stimuli())
    found.states = len(search.numbers)
    return found

"""All provinces, the letters between them, the calendar and the faults: one state, and every next one.

A state is six small numbers. What a stimulus makes of a place is asked of the product once and remembered, so
that millions of states cost what their few thousand places cost.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from chassis.unit_of_work import Due
from services.routing.app import service
from tests.protocol.clerk import Answer, Clerk, Place, Post
from tests.protocol.liars import lies_in
from tests.protocol.neighbours import reactions, wishes
from tests.protocol.people import Wish, closings_of, wishes_of
from tests.protocol.scene import BEGIN, PROVINCES, Scene, custody_of, said
from tests.protocol.state import (
    ACT,
    AGAIN,
    DAY,
    DUPLICATE,
    NETWORK,
    RECOVER,
    RESENT,
    RING,
    SAY,
    Bounds,
    Broken,
    Budget,
    Index,
    Move,
    Net,
    Outcome,
    State,
    hops_of,
)


class World:
    """One scene within bounds."""

    def __init__(self, scene: Scene, bounds: Bounds, law: Any) -> None:
        self.scene, self.bounds, self.law = scene, bounds, law
        self.clerks = [Clerk(service, province, scene.reference, exact=scene.exact) for province in PROVINCES]
        self.places: Index[Place] = Index()
        self.posts: Index[Post | None] = Index()
        self.nets: Index[Net] = Index()
        self.times: Index[datetime] = Index()
        self.budgets: Index[Budget] = Index()
        self.moves: Index[Move] = Index()
        self.posts(None)
        self._read: dict[tuple[int, int, int, int], Outcome] = {}
        self._acts: dict[tuple[int, int], list[tuple[int, Outcome]]] = {}
        self._closings: dict[tuple[int, int], list[tuple[int, Outcome]]] = {}
        self._rings: dict[tuple[int, int], list[tuple[int, Outcome]]] = {}
        self._says: dict[int, list[tuple[str, int]]] = {}
        self._ahead: dict[tuple[int, int, str, int], int] = {}
        self._hops: dict[int, list[tuple[str, int, int, int]]] = {}
        self._sent: dict[tuple[int, tuple[int, ...]], int] = {}
        self._dues: dict[int, tuple[datetime, ...]] = {}
        self._next: dict[tuple[int, int, int, int, int], int] = {}
        self._spent: dict[tuple[int, str], int] = {}
        self._letters: dict[int, int] = {}
        self._lies: dict[int, Broken | None] = {}
        self._begun: dict[tuple[int, int, int], int] = {}

    def first(self) -> State:
        places = [self.places(clerk.empty()) for clerk in self.clerks]
        begun = tuple(self.posts(post) for post in self.scene.beginning())
        net = self.nets(Net(streams=(begun,)))
        a, b, c, desk = places
        return State(a, b, c, desk, net, self.times(BEGIN), self.budgets(self.bounds.budget))

    # --- Every next state ----------------------------------------------------------------------------------

    def after(self, state: State) -> Iterator[tuple[int, State, Broken | None]]:
        """The moves that are possible, where each leads, and what is wrong with it."""
        net, budget = self.nets[state.net], self.budgets[state.budget]
        crowded = self.letters(state.net) >= self.bounds.letters
        ended = crowded or self.begun(state) >= self.bounds.offers
        for kind, post, left, move in self.hops(state.net):
            if kind in NETWORK:
                yield from self.delivered(state, kind, post, left, move, budget)
            elif getattr(budget, kind) and not ended:
                spent = self.spend(state.budget, kind)
                if kind == DUPLICATE:
                    repeated = state._replace(budget=spent)
                    yield from self.delivered(repeated, kind, post, left, move, budget)
                else:
                    yield move, state._replace(net=left, budget=spent), None
        if net.down:
            yield self.recovered(state, net)
        for province in range(len(PROVINCES)):
            if province + 1 == net.down:
                continue
            for move, outcome in self.rings(state[province], state.time, province):
                yield from self.reached(state, province, outcome, state.net, move, budget)
            if ended:
                continue
            for move, outcome in self.acts(state[province], state.time, province):
                yield from self.reached(state, province, outcome, state.net, move, budget)
            if budget.close:
                closing = state._replace(budget=self.spend(state.budget, "close"))
                for move, outcome in self.closings(state[province], state.time, province):
                    yield from self.reached(closing, province, outcome, state.net, move, budget)
            yield from self.spoken(state, province, budget)
        if budget.days and not ended:
            passed = self.day_passes(state)
            if passed is not None:
                yield self.moves(self.day_move(passed)), self.later(state, passed), None

    def delivered(
        self, state: State, kind: str, post: int, left: int, move: int, budget: Budget
    ) -> Iterator[tuple[int, State, Broken | None]]:
        letter = self.posts[post]
        assert letter is not None
        province = PROVINCES.index(letter.to)
        if self.nets[state.net].down == province + 1:
            return
        ahead = self.ahead(state[province], state.net, kind, post)
        outcome = self.read(state[province], post, ahead, state.time, province)
        yield from self.reached(state, province, outcome, left, move, budget)

    def reached(
        self, state: State, province: int, outcome: Outcome, net: int, move: int, budget: Budget
    ) -> Iterator[tuple[int, State, Broken | None]]:
        """The state after a commit; and where faults are left, that after a crash before publishing."""
        posts = outcome.letters
        here = state._replace(net=self.send(net, posts))
        yield move, _at(here, province, outcome.place), outcome.broken
        if posts and budget.crash and not self.nets[net].down:
            down = self.nets[net]._replace(down=province + 1, unsent=posts)
            crashed = state._replace(net=self.nets(down), budget=self.spend(state.budget, "crash"))
            crash = self.moves(Move("crash", province, move))
            yield crash, _at(crashed, province, outcome.place), outcome.broken

    def recovered(self, state: State, net: Net) -> tuple[int, State, Broken | None]:
        move = self.moves(Move(RECOVER, net.down - 1, None))
        up = self.nets(net._replace(down=0, unsent=()))
        return move, state._replace(net=self.send(up, net.unsent)), None

    def spoken(
        self, state: State, province: int, budget: Budget
    ) -> Iterator[tuple[int, State, Broken | None]]:
        """What people say at intake and to mediation, for routing to hear some time."""
        key = state[province]
        if key not in self._says:
            custody, here = custody_of(self.places[key]), PROVINCES[province]
            wanted = wishes(custody) if custody else ()
            self._says[key] = [(kind, self.posts(said(here, log, event))) for kind, log, event in wanted]
        for kind, post in self._says[key]:
            if getattr(budget, kind):
                sent = self.send(state.net, (post,))
                move = self.moves(Move(SAY, province, kind))
                yield move, state._replace(net=sent, budget=self.spend(state.budget, kind)), None

    def day_passes(self, state: State) -> int | None:
        """The next moment at which a deadline ends, or None."""
        key = state[0], state[1], state[2], state[3], state.time
        if key not in self._next:
            now = self.times[state.time]
            ahead = [due for place in state[:4] for due in self.dues(place) if due > now]
            self._next[key] = self.times(min(ahead)) if ahead else -1
        found = self._next[key]
        return None if found < 0 else found

    def day_move(self, time: int) -> Move:
        return Move(DAY, 0, time)

    def later(self, state: State, time: int) -> State:
        return state._replace(time=time, budget=self.spend(state.budget, "days"))

    # --- The product's answers, remembered -----------------------------------------------------------------

    def ahead(self, place: int, net: int, kind: str, post: int) -> int:
        """The number of a letter that arrives, counted from what was applied of its stream."""
        if kind == RESENT:
            return 1  # all before it was applied, all after it is queued
        queue = self.places[place].queue
        if kind == AGAIN:
            return next((each.ahead for each in queue if each.post == self.posts[post]), 0)
        if not queue and not self.nets[net].withheld:
            return 1
        key = (place, net, kind, post)
        if key not in self._ahead:
            lost, stream = self.nets[net].withheld, self.stream(post)
            queued = sum(self.stream_of(each.post) == stream for each in queue)
            self._ahead[key] = 1 + queued + bool(lost and self.stream(lost) == stream)
        return self._ahead[key]

    def read(self, place: int, post: int, ahead: int, time: int, province: int) -> Outcome:
        key = (place, post, ahead, time)
        found = self._read.get(key)
        if found is None:
            letter = self.posts[post]
            assert letter is not None
            answer = self.clerks[province].read(self.places[place], letter, ahead, self.times[time])
            found = self._read[key] = self.outcome(self.places[place], answer, letter)
        return found

    def acts(self, place: int, time: int, province: int) -> list[tuple[int, Outcome]]:
        key = (place, time)
        if key not in self._acts:
            self._acts[key] = [*self.answered(place, time, province, wishes_of(self.places[place]))]
        return self._acts[key]

    def closings(self, place: int, time: int, province: int) -> list[tuple[int, Outcome]]:
        key = (place, time)
        if key not in self._closings:
            self._closings[key] = [*self.answered(place, time, province, closings_of(self.places[place]))]
        return self._closings[key]

    def answered(
        self, place: int, time: int, province: int, wishes: Iterable[Wish]
    ) -> Iterator[tuple[int, Outcome]]:
        now, here = self.times[time], self.places[place]
        for wish in wishes:
            actor = wish.actor(PROVINCES[province])
            answer = self.clerks[province].asked(here, actor, wish.carry_out, now)
            if answer is not None and answer.place != here:
                move = self.moves(Move(ACT, province, (wish.agency, wish.words)))
                yield move, self.outcome(here, answer, None)

    def rings(self, place: int, time: int, province: int) -> list[tuple[int, Outcome]]:
        key = (place, time)
        if key not in self._rings:
            found, now, here = [], self.times[time], self.places[place]
            for due in timers(here):
                if due.at <= now:
                    answer = self.clerks[province].when_due(here, due, now)
                    move = self.moves(Move(RING, province, f"{due.name}/{due.key}".rstrip("/")))
                    found.append((move, self.outcome(here, answer, None)))
            self._rings[key] = found
        return self._rings[key]

    def lied_to(self, state: State) -> Broken | None:
        """What becomes wrong where somebody writes of what is not his matter."""
        if not self.bounds.lies:
            return None
        told = (self.lies(place, number) for number, place in enumerate(state[: len(PROVINCES)]))
        return next((broken for broken in told if broken), None)

    def lies(self, place: int, province: int) -> Broken | None:
        if place not in self._lies:
            here, clerk = self.places[place], self.clerks[province]
            told = ((lie, clerk.read(here, lie, 1, BEGIN)) for lie in lies_in(here) if not here.held)
            broken = (self.law.of_lie(here, lie, answer) for lie, answer in told)
            self._lies[place] = next((each for each in broken if each), None)
        return self._lies[place]

    def dues(self, place: int) -> tuple[datetime, ...]:
        if place not in self._dues:
            self._dues[place] = tuple(due.at for due in timers(self.places[place]))
        return self._dues[place]

    def outcome(self, before: Place, answer: Answer, letter: Post | None) -> Outcome:
        posts = tuple(map(self.posts, (*answer.letters, *reactions(before, answer.said))))
        broken = self.law.of_step(before, letter, answer)
        return Outcome(self.places(answer.place), posts, broken)

    @property
    def answers(self) -> int:
        """How often the product was asked."""
        asked = (*self._acts.values(), *self._closings.values(), *self._rings.values())
        return len(self._read) + sum(map(len, asked))

    def stimuli(self) -> Iterator[str]:
        """What happened at all: letters by type, timers and commands by name."""
        for _, post, _, _ in self._read:
            letter = self.posts[post]
            if letter:
                yield letter.event.type
        for move in self.moves.values:
            if move.kind == RING:
                yield move.detail.partition("/")[0]
            elif move.kind == ACT:
                yield move.detail[1].partition(" ")[0]

    # --- The network ---------------------------------------------------------------------------------------

    def hops(self, net: int) -> list[tuple[str, int, int, int]]:
        """Of each kind of move of a letter: the letter, what is on its way afterwards, and the move."""
        if net not in self._hops:
            self._hops[net] = [
                (kind, post, self.nets(left), self.moves(Move(kind, self.addressee(post), post)))
                for kind, post, left in hops_of(self.nets[net], self.posts)
            ]
        return self._hops[net]

    def addressee(self, post: int) -> int:
        letter = self.posts[post]
        assert letter is not None
        return PROVINCES.index(letter.to)

    def send(self, net: int, posts: tuple[int, ...]) -> int:
        if not posts:
            return net
        key = (net, posts)
        if key not in self._sent:
            streams = {self.stream(each[0]): each for each in self.nets[net].streams}
            for post in posts:
                stream = self.stream(post)
                streams[stream] = (*streams.get(stream, ()), post)
            ordered = tuple(streams[stream] for stream in sorted(streams))
            self._sent[key] = self.nets(self.nets[net]._replace(streams=ordered))
        return self._sent[key]

    def stream(self, post: int) -> tuple[str, str]:
        letter = self.posts[post]
        assert letter is not None
        return self.stream_of(letter)

    def stream_of(self, letter: Post) -> tuple[str, str]:
        return letter.to, letter.stream

    def letters(self, net: int) -> int:
        """How many letters between provinces are on their way."""
        if net not in self._letters:
            on_the_way = self.nets[net]
            posts = [*on_the_way.unsent, *(post for each in on_the_way.streams for post in each)]
            between = sum(self.posts[post].log == "mailbox" for post in posts)  # type: ignore[union-attr]
            self._letters[net] = between + bool(on_the_way.withheld)
        return self._letters[net]

    def begun(self, state: State) -> int:
        """How many transfers were begun."""
        key = (state[0], state[1], state[2])
        if key not in self._begun:
            owners = [custody_of(self.places[place]) for place in key]
            self._begun[key] = sum(len(owner.transfers) for owner in owners if owner)
        return self._begun[key]

    def spend(self, budget: int, kind: str) -> int:
        key = (budget, kind)
        if key not in self._spent:
            left = self.budgets[budget]
            spent = left._replace(**{kind: max(0, getattr(left, kind) - 1)})
            self._spent[key] = self.budgets(spent)
        return self._spent[key]


def _at(state: State, province: int, place: int) -> State:
    a, b, c, desk, net, time, budget = state
    if province == 0:
        a = place
    elif province == 1:
        b = place
    elif province == 2:
        c = place
    else:
        desk = place
    return State(a, b, c, desk, net, time, budget)


def timers(place: Place) -> Iterator[Due]:
    """Every running timer of the place, as the product names them."""
    for store in service.stores:
        for kind, id, aggregate in place.aggregates:
            if kind == store.kind.__name__:
                for timer, at in sorted(aggregate.due.items()):
                    name, _, key = timer.partition("/")
                    yield Due(kind=store.kind, id=id, name=name, key=key, at=at)

"""What must hold at every instant: the five promises about transfers, in every place and between them."""

from collections.abc import Iterator, Sequence
from typing import Final

from schemas.envelope import Event
from schemas.transfers import (
    CustodyBegun,
    CustodyEnded,
    ProgressReported,
    TransferCompleted,
    TransferOffered,
)
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.errand import Errand
from services.routing.domain.escalation import Escalation
from services.routing.domain.item import MEMBER
from services.routing.domain.offer import Offer
from services.routing.domain.transfer import TransferState
from tests.protocol.clerk import BASE, Answer, Place, Post
from tests.protocol.scene import custody_of, has_paper
from tests.protocol.state import Broken, State
from tests.protocol.world import World

ONE_OWNER: Final = "1 exactly one owner"
PLACED: Final = "2 nobody acts but the owner of the epoch"
ENDS: Final = "3 every transfer ends"
ONCE: Final = "4 nobody is asked twice"
LOST: Final = "1 a case moves with all that belongs to it"
WITHDRAWN: Final = "3 a case that is withdrawn ends, wherever it is"
REMOVED: Final = "3 a document that is removed is gone, wherever the case is or was"
BELIEVED: Final = "6 each is believed of what he may say, and of nothing else"
IN_ORDER: Final = "5 in order, once, and nothing fails"

ACCEPTED: Final = frozenset({TransferState.ENCLOSING})
REVIVED: Final = ACCEPTED | {TransferState.COMPLETED, TransferState.RECALLED}


class Invariants:
    """Judges each step of a place, once, and each combination of places, once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], Broken | None] = {}
        self._looks: dict[int, Look] = {}
        self._moving: dict[int, tuple[int, ...]] = {}

    # --- One step of one place -----------------------------------------------------------------------------

    def of_step(self, before: Place, letter: Post | None, answer: Answer) -> Broken | None:
        """What is wrong with a step, whatever the other provinces do."""
        found = (
            *in_order(answer),
            *(Broken(BELIEVED, f"{each.type} is true, and not believed") for each in answer.disbelieved),
            *who_says(custody_of(before), letter, answer.said),
            *of_custody(custody_of(answer.place)),
            *what_ended(custody_of(before), custody_of(answer.place), answer.said),
        )
        return next(iter(found), None)

    def of_lie(self, before: Place, lie: Post, answer: Answer) -> Broken | None:
        """What is wrong with a step that nobody may bring about."""
        if answer.place == before and not answer.said:
            return None
        name, sender = lie.event.type.removeprefix("casebridge."), lie.source[3:5]
        how = f"and it is held: {answer.place.held}" if answer.place.held else "and is believed"
        return Broken(BELIEVED, f"{sender} writes {name} to {lie.to}, {how}")

    # --- All places together -------------------------------------------------------------------------------

    def of_state(self, world: World, state: State) -> Broken | None:
        key = (*state[:3], *self.moving(world, state))
        if key not in self._known:
            looks = [self.look(world, place) for place in state[:3]]
            self._known[key] = next(between(looks, key[3:]), None)
        return self._known[key]

    def look(self, world: World, place: int) -> "Look":
        if place not in self._looks:
            self._looks[place] = Look(world.places[place])
        return self._looks[place]

    def moving(self, world: World, state: State) -> tuple[int, ...]:
        """The epochs of the cases that are on their way: completed, and not taken over."""
        if state.net not in self._moving:
            net = world.nets[state.net]
            posts = [*net.unsent, net.withheld, *(post for stream in net.streams for post in stream)]
            events = [found.event for post in posts if (found := world.posts[post])]
            self._moving[state.net] = tuple(e.epoch for e in events if isinstance(e, TransferCompleted))
        return self._moving[state.net]


class Look:
    """What matters of a place to the others."""

    def __init__(self, place: Place) -> None:
        custody = custody_of(place)
        queued = [each.post.event for each in place.queue]
        self.moving = [event.epoch for event in queued if isinstance(event, TransferCompleted)]
        self.owns = custody.epoch if custody and custody.state is not CustodyState.ENDED else 0
        self.placed = bool(custody and custody.state is CustodyState.PLACED)
        self.withdrawn = bool(
            custody and custody.state is CustodyState.ENDED and not custody.moved_by and custody.epoch
        )
        self.known = custody.epoch if custody else 0
        self.begun = custody is not None
        transfers = custody.transfers if custody else ()
        self.asked = [each.to for each in transfers if not each.directed]


def between(looks: Sequence[Look], moving: Sequence[int]) -> Iterator[Broken]:
    if not any(look.begun for look in looks):
        return
    epochs = [look.owns for look in looks if look.owns]
    epochs += [*moving, *(epoch for look in looks for epoch in look.moving)]
    ended = any(look.withdrawn for look in looks)
    if len(epochs) != (0 if ended else 1):
        yield Broken(
            ONE_OWNER, f"owners in the epochs {epochs}" + (", and it was withdrawn" if ended else "")
        )
    latest = max(look.known for look in looks)
    if any(look.placed and look.owns != latest for look in looks):
        yield Broken(PLACED, f"placed in an epoch before {latest}")
    asked = [agency for look in looks for agency in look.asked]
    if len(asked) != len(set(asked)):
        yield Broken(ONCE, f"asked: {', '.join(asked)}")


def in_order(answer: Answer) -> Iterator[Broken]:
    """Effects follow the numbers of their streams, and no handler fails."""
    if answer.place.held:
        yield Broken(IN_ORDER, f"the case is held: {answer.place.held}")
    reached: dict[str, int] = {}
    for stream, sequence in answer.applied:
        applied = reached.get(stream, BASE)
        if sequence != applied + 1:
            how = "a second time" if sequence <= applied else f"{sequence - applied - 1} too early"
            yield Broken(IN_ORDER, f"a letter of {stream} is applied {how}")
        reached[stream] = sequence


def who_says(before: Custody | None, letter: Post | None, said: Sequence[Event]) -> Iterator[Broken]:
    """Only the owner of the epoch says what an owner says, and a case begins anew only as it arrives."""
    owns = before.epoch if before and before.state is not CustodyState.ENDED else 0
    for event in said:
        match event:
            case CustodyBegun(epoch=1):
                if before:
                    yield Broken(ONE_OWNER, "a case begins twice")
                owns = 1
            case CustodyBegun(epoch=epoch):
                if owns or (before and before.epoch > epoch):
                    yield Broken(ONE_OWNER, f"epoch {epoch} begins where {before and before.epoch} was known")
                owns = epoch
            case TransferCompleted(epoch=epoch):
                if epoch != owns + 1:
                    yield Broken(ONE_OWNER, f"epoch {epoch} completed by the owner of {owns}")
            case CustodyEnded(epoch=epoch):
                if epoch != owns:
                    yield Broken(ONE_OWNER, f"epoch {epoch} ended by the owner of {owns}")
            case TransferOffered(epoch=epoch) | ProgressReported(epoch=epoch):
                if epoch != owns:
                    yield Broken(PLACED, f"{type(event).__name__} of epoch {epoch} by the owner of {owns}")


def of_custody(custody: Custody | None) -> Iterator[Broken]:
    """What is asked has a deadline, and the owner acts only when nobody is asked."""
    if custody is None:
        return
    state, timers = custody.state, {name.partition("/")[2] for name in custody.due}
    running = [each for each in custody.transfers if each.open or each.state in ACCEPTED]
    waiting = [each for each in custody.disputes if each.waiting]
    if state is CustodyState.BEGUN and custody.epoch > 1 and members(custody) != custody.facts.members:
        yield Broken(LOST, f"{members(custody)} of {custody.facts.members} members came")
    open = {each.id: each.state.value for each in running} | {each.id: each.state.value for each in waiting}
    for id in open.keys() - timers:
        yield Broken(ENDS, f"{id} is {open[id]}, and has no deadline")
    expected = {CustodyState.ASKING: (1, 0), CustodyState.ESCALATED: (0, 1)}.get(state, (0, 0))
    if (len(running), len(waiting)) != expected:
        broken = PLACED if state is CustodyState.PLACED else ENDS
        asked = ", ".join(f"{id} is {found}" for id, found in open.items()) or "nobody is asked"
        yield Broken(broken, f"the custody is {state}, and {asked}")


def what_ended(before: Custody | None, after: Custody | None, said: Sequence[Event]) -> Iterator[Broken]:
    """What has ended stays so: but for an offer that lapsed while an acceptance in time was on its way."""
    if before is None or after is None:
        return
    came = any(isinstance(event, CustodyBegun) for event in said)
    if before.state is CustodyState.ENDED is not after.state and not came:
        yield Broken(ONE_OWNER, f"the custody was ended, and is {after.state} though the case did not come")
    for was, now in zip(before.transfers, after.transfers, strict=False):
        revived = was.state is TransferState.LAPSED and now.state in REVIVED
        if not (was.open or was.state in ACCEPTED or revived) and now.state is not was.state:
            yield Broken(ENDS, f"{was.id} was {was.state}, and is {now.state}")
    for earlier, later in zip(before.disputes, after.disputes, strict=False):
        if not earlier.waiting and later.state is not earlier.state:
            yield Broken(ENDS, f"{earlier.id} was {earlier.state}, and is {later.state}")


def members(custody: Custody) -> int:
    return sum(item.kind == MEMBER for item in custody.items)


def settled(place: Place, *, withdrawn: bool, removed: bool) -> Broken | None:
    """What is not at an end: something is queued or open, an offer waits, or what is over goes on."""
    if place.queue:
        waiting = ", ".join(f"{each.post.event.type} ({each.cause})" for each in place.queue)
        return Broken(IN_ORDER, f"never applied in {place.province}: {waiting}")
    custody = custody_of(place)
    if custody and custody.state not in (CustodyState.PLACED, CustodyState.ENDED):
        return Broken(ENDS, f"the custody of {place.province} stays {custody.state}")
    if custody and withdrawn and custody.state is CustodyState.PLACED:
        return Broken(WITHDRAWN, f"{place.province} goes on with it in epoch {custody.epoch}")
    here_or_gone = custody and (custody.state is not CustodyState.ENDED or custody.moved)
    if removed and here_or_gone and has_paper(custody):  # of what was withdrawn nothing goes anywhere
        return Broken(REMOVED, f"{place.province} still has it")
    for _, id, each in place.aggregates:
        if isinstance(each, Offer) and each.state not in ("closed", "rejected"):
            return Broken(ENDS, f"the offer {id} in {place.province} stays {each.state}")
        if isinstance(each, Escalation) and each.state == "waiting":
            return Broken(ENDS, f"the escalation {id} stays {each.state}")
        if isinstance(each, Errand) and withdrawn and each.state in ("waiting", "acknowledged"):
            return Broken(WITHDRAWN, f"the errand {id} in {place.province} stays {each.state}")
    return None

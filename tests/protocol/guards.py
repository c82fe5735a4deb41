"""The guards of the protocol, each to be taken away alone: what it prevents must then be found."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from unittest import mock

import chassis.engine
import chassis.inbox
from chassis.inbox import APPLY
from schemas.codes import RecallCode
from schemas.ids import Province
from services.routing.domain import acting, moving, removing
from services.routing.domain.custody import Custody
from services.routing.domain.offer import Offer
from services.routing.domain.transfer import Transfer
from tests.protocol.invariants import (
    BELIEVED,
    ENDS,
    IN_ORDER,
    LOST,
    ONCE,
    ONE_OWNER,
    PLACED,
    REMOVED,
)
from tests.protocol.scene import HANDSHAKE, WITH_PAPER, Scene
from tests.protocol.state import RECOVER, Bounds, Budget, Move
from tests.protocol.world import World

QUIET = Budget(withdraw=0, decline=0, days=0, duplicate=0, withhold=0, crash=0)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Something that the product looks at, how it does without, and what must be found then."""

    name: str
    owner: Any
    attribute: str
    without: Any
    breaks: frozenset[str]
    """The promises of which one is found broken first."""
    budget: Budget
    letters: int
    offers: int
    scene: Scene
    lies: bool

    @property
    def bounds(self) -> Bounds:
        return Bounds(letters=self.letters, budget=self.budget, offers=self.offers, lies=self.lies)

    @contextmanager
    def removed(self) -> Iterator[None]:
        with mock.patch.object(self.owner, self.attribute, self.without):
            yield


def guard(
    name: str,
    owner: Any,
    attribute: str,
    without: Any,
    *breaks: str,
    letters: int = 3,
    offers: int = 3,
    scene: Scene = HANDSHAKE,
    lies: bool = False,
    **may: int,
) -> Guard:
    return Guard(
        name=name,
        owner=owner,
        attribute=attribute,
        without=without,
        breaks=frozenset(breaks),
        budget=QUIET._replace(**may),
        letters=letters,
        offers=offers,
        scene=scene,
        lies=lies,
    )


# --- How the product does without them ----------------------------------------------------------------------

_judge = chassis.inbox.judge


def judged_without(cause: str) -> Callable[..., Any]:
    """The inbox, blind for duplicates or for one cause of waiting."""

    def judge(*asked: Any, **how: Any) -> Any:
        verdict = _judge(*asked, **how)
        return APPLY if cause in (verdict.fate, verdict.cause) else verdict

    return judge


def never(*_: Any, **__: Any) -> None:
    return None


def anybody(*_: Any, **__: Any) -> bool:
    return True


def any_transfer(custody: Custody, answer: Any) -> Transfer | None:
    return custody.transfer(getattr(answer, "transfer_id", answer))


def last_dispute(self: Custody) -> Any:
    return self.disputes[-1] if self.disputes else None


DUE: Final[Callable[[Transfer], Iterator[tuple[str, Any]]]] = vars(Transfer)["due"].fget


def without_timers(*names: str) -> property:
    """`due` of a transfer, without the timers that begin so."""
    return property(lambda self: (each for each in DUE(self) if not each[0].startswith(names)))


def recall_anything(custody: Custody, id: Any, *, by: Any, at: Any) -> Any:
    found = custody.transfer(id)
    assert found is not None
    return [found.recalled(RecallCode("sender-request"), at=at), acting.placed(custody, "recalled", at=at)]


def settle_again(custody: Custody, answer: Any, enclosures: Any, law: Any, *, here: Any, at: Any) -> Any:
    found = custody.transfer(answer.transfer_id)
    assert found is not None
    return moving.enclose(custody, found, enclosures, at, here=here, at=at)


def place_whenever(custody: Custody, adopted: Any, *, at: Any) -> Any:
    return [acting.placed(custody, "adopted", at=at)]


def nowhere(custody: Custody) -> tuple[Province, ...]:
    return ()


def publish_nothing(self: Any, state: Any, net: Any) -> Any:
    up = self.nets(net._replace(down=0, unsent=()))
    return self.moves(Move(RECOVER, net.down - 1, None)), state._replace(net=up), None


GUARDS = (
    guard(
        "the inbox takes a letter once",
        chassis.engine,
        "judge",
        judged_without("duplicate"),
        IN_ORDER,
        duplicate=1,
    ),
    guard(
        "the inbox waits for the letter before",
        chassis.engine,
        "judge",
        judged_without("gap"),
        IN_ORDER,
        withhold=1,
    ),
    guard(
        "what waited is taken up",
        chassis.engine.Engine,
        "drain",
        never,
        IN_ORDER,
        letters=2,
        offers=2,
        withhold=1,
    ),
    guard("what was committed is published", World, "recovered", publish_nothing, ENDS, BELIEVED, crash=1),
    guard(
        "who was asked is not asked again",
        Custody,
        "approached",
        property(lambda self: frozenset()),
        ONCE,
    ),
    guard(
        "who was asked travels along with the case",
        Custody,
        "asked",
        property(lambda self: ()),
        ONCE,
        letters=1,
        decline=1,
    ),
    guard(
        "an acceptance after the end is void",
        moving,
        "accepting",
        any_transfer,
        ONE_OWNER,
        PLACED,
        ENDS,
    ),
    guard("a case moves once by one acceptance", moving, "settle", settle_again, ENDS, LOST),
    guard("a refusal after the end changes nothing", Custody, "open_transfer", any_transfer, ENDS, PLACED),
    guard("only what is open is recalled", acting, "recall", recall_anything, ONE_OWNER, PLACED, ENDS),
    guard(
        "an act counts in its epoch, while the case is here",
        Custody,
        "has",
        lambda self, epoch: True,
        ONE_OWNER,
        PLACED,
        decline=1,
        milestone=1,
    ),
    guard(
        "what ends with the case is taken back",
        Transfer,
        "running",
        property(lambda self: False),
        ENDS,
        withdraw=1,
    ),
    guard(
        "what was accepted is remembered until it is enclosed",
        Custody,
        "enclosing",
        property(lambda self: None),
        ENDS,
        IN_ORDER,
        letters=1,
        offers=2,
    ),
    guard("a case moves with all its members", Custody, "count", lambda self, kind: 1, LOST),
    guard(
        "a direction answers what is still asked",
        Custody,
        "dispute",
        property(last_dispute),
        ENDS,
        PLACED,
        ONE_OWNER,
    ),
    guard("a delivery has a deadline", Transfer, "due", without_timers("deliver_by"), ENDS),
    guard("an answer has a deadline", Transfer, "due", without_timers("answer_by"), ENDS),
    guard("what is enclosed has a deadline", Transfer, "due", without_timers("enclose_by"), ENDS),
    guard(
        "a clarification does not stop the clock for ever",
        Transfer,
        "due",
        property(lambda self: () if self.state == "clarifying" else DUE(self)),
        ENDS,
    ),
    guard(
        "only a case that arrives is placed by intake",
        acting,
        "place",
        place_whenever,
        ONE_OWNER,
        withdraw=1,
    ),
    guard(
        "what is removed when the case has left goes after it",
        removing,
        "next_owner",
        nowhere,
        REMOVED,
        letters=2,
        offers=2,
        scene=WITH_PAPER,
        remove=1,
    ),
    guard(
        "who had the case before is believed",
        Custody,
        "was_with",
        lambda self, province, *, here: province == here,
        BELIEVED,
        letters=2,
        offers=2,
        withdraw=1,
    ),
    guard(
        "who offers a case is believed of the offer alone",
        Offer,
        "comes_from",
        anybody,
        BELIEVED,
        letters=1,
        offers=1,
        lies=True,
    ),
    guard(
        "who is asked is believed of the answer alone",
        Custody,
        "asks",
        lambda self, id, province: self.transfer(id) is not None,
        BELIEVED,
        letters=1,
        offers=1,
        lies=True,
    ),
    guard(
        "who takes a case is believed of how it goes",
        Custody,
        "may_be_with",
        anybody,
        BELIEVED,
        letters=1,
        offers=1,
        lies=True,
    ),
)

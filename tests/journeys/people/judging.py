"""Which answers are right: a small model of each request, and of each case over time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.journeys.people.asking import Answer
from tests.journeys.people.sight import Sight
from tests.journeys.people.steps import Twist
from tests.journeys.people.wishes import ANYBODY, Wish

WRONGLY: Final = frozenset({Twist.STALE, Twist.NO_TAG, Twist.WRONG_EPOCH, Twist.STRANGER})
"""Twists that nothing may come of."""

NOT_HIS: Final = frozenset({"not-the-owner", "not-the-addressee", "not-the-superior", "not-involved"})
TWISTED: Final[Mapping[Twist, frozenset[str]]] = {
    Twist.NO_TAG: frozenset({"version-not-stated"}),
    Twist.WRONG_EPOCH: frozenset({"stale-epoch"}),
    Twist.STRANGER: NOT_HIS,
}
"""The rules that a twist brings with it."""

FOR_EVER: Final = frozenset({"completed", "rejected", "recalled"})
"""States of a transfer that it never leaves; one that lapsed may have been accepted in time."""


def wrong(wish: Wish, twist: Twist, answer: Answer, *, undisturbed: bool) -> str | None:
    """What is wrong with an answer, in words."""
    if answer.status >= 500:
        return f"broke: {answer}"
    if answer.good:
        return "was let through" if twist in WRONGLY or (wish.never and undisturbed) else None
    if answer.problem not in ANYBODY | wish.refusals | TWISTED.get(twist, frozenset()):
        return f"was refused for a reason that is none: {answer}"
    if wish.sure and undisturbed and twist not in WRONGLY:
        return f"was refused though nothing stood against it: {answer}"
    return None


def wrong_twice(wish: Wish, both: Sequence[Answer], *, undisturbed: bool) -> str | None:
    """Two who want the same at the same moment: of a change, one may succeed."""
    good = [answer for answer in both if answer.good]
    if wish.verb == "applies":
        same = {answer.said["case_id"] for answer in good if isinstance(answer.said, dict)}
        statuses = sorted(answer.status for answer in both)
        return None if len(same) == 1 and statuses == [200, 201] else f"found {statuses}, expected one case"
    if wish.seen and len(good) > 1:
        return "was let through twice"
    if wish.sure and undisturbed and not good:
        return f"was refused twice though nothing stood against it: {both[0]}"
    return None


@dataclass(kw_only=True)
class Known:
    """What people know of a case, from the answers that they got and from what they saw."""

    name: str
    case_id: str
    number: str
    withdrawn: bool = False
    paid: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By province and member."""
    ended: dict[str, str] = field(default_factory=dict)
    epoch: int = 0

    def note(self, wish: Wish, answer: Answer) -> None:
        """A wish came true."""
        self.withdrawn |= wish.verb == "withdraws"
        if wish.verb == "records a payment":
            member = wish.path.split("/")[-2]
            self.paid[wish.agency[:2], member] += wish.body["amount_fen"]

    def contradictions(self, sight: Sight) -> Iterator[str]:
        """What is seen, when nothing is on its way, that cannot be."""
        yield from self.of_owners(sight)
        yield from self.of_transfers(sight)
        for claim in sight.claims:
            paid = self.paid[sight.owners[0], claim["member_id"]] if sight.owners else None
            if paid not in (None, claim["recovered_fen"]):
                yield f"{claim['member_id']} received {paid} fen, found {claim['recovered_fen']}"

    def of_owners(self, sight: Sight) -> Iterator[str]:
        owners, custody = sight.owners, sight.custody
        if len(owners) != (0 if self.withdrawn else 1):
            yield f"{'withdrawn, and ' if self.withdrawn else ''}owned in {owners or 'no province'}"
        if custody is None or not owners:
            return
        if custody["epoch"] < self.epoch:
            yield f"went back from epoch {self.epoch} to {custody['epoch']}"
        self.epoch = custody["epoch"]
        for service, other in (("intake", sight.application), ("mediation", sight.matter)):
            found = (other["agency"], other["epoch"]) if other else None
            expected = (custody["owner"], custody["epoch"])
            if found != expected:
                yield f"{service} has {found}, routing has {expected}"

    def of_transfers(self, sight: Sight) -> Iterator[str]:
        for custody in sight.custodies.values():
            for transfer in custody["transfers"]:
                before, state = self.ended.get(transfer["id"]), transfer["state"]
                if before and before != state:
                    yield f"transfer {transfer['id']} was {before}, and is {state}"
                if state in FOR_EVER:
                    self.ended[transfer["id"]] = state

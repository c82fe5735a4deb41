"""What of a case may be half done when an event cannot be written, and how that is taken back."""

from collections.abc import Mapping
from typing import NamedTuple

from chassis.case_state import CaseState
from schemas.envelope import Follows
from schemas.ids import Province


class Checkpoint(NamedTuple):
    """The case before it."""

    inbox: Mapping[str, list[int]]
    after: Mapping[str, int]
    sent: Mapping[str, int]
    chain: Mapping[Province, Follows]
    covered: Mapping[Province, int]
    outbox: int
    letters: int

    def restore(self, case: CaseState) -> None:
        case.inbox, case.after, case.sent = dict(self.inbox), dict(self.after), dict(self.sent)
        case.chain, case.covered = dict(self.chain), dict(self.covered)
        del case.outbox[self.outbox :]
        del case.letters[self.letters :]


def checkpoint(case: CaseState) -> Checkpoint:
    return Checkpoint(
        case.inbox.copy(),
        case.after.copy(),
        case.sent.copy(),
        case.chain.copy(),
        case.covered.copy(),
        len(case.outbox),
        len(case.letters),
    )

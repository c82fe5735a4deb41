"""Opens, activates and closes a matter, as the custody of the case goes. Reactions: they never raise."""

from datetime import datetime

from law.book import Law
from law.limitation import limitations
from law.limits import limit_of
from schemas.cases import ApplicationWithdrawn
from schemas.codes import MatterEnd
from schemas.facts import CaseFacts, TimeLimit
from schemas.matters import (
    LimitationCounted,
    MatterActivated,
    MatterClosed,
    MatterEvent,
    MatterOpened,
    ReviewStarted,
)
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.mediation.domain.acts import MatterState, Said
from services.mediation.domain.aid import REVIEW
from services.mediation.domain.limitation_counts import running_limit
from services.mediation.domain.matter import Matter


def open_matter(begun: CustodyBegun, law: Law, *, at: datetime) -> list[MatterEvent]:
    """The jurisdiction has the case. Its review runs from the receipt, whoever looks at it."""
    said: Said = {"case_id": begun.case_id, "at": at, "agency": begun.owner, "epoch": begun.epoch}
    opened = MatterOpened(**said, facts=begun.facts, contact=begun.contact)
    if begun.facts.imported and begun.transfer_id is None:
        return [opened]  # Its clocks come with its past.
    return [opened, *started(begun.facts, said, law)]


def started(facts: CaseFacts, said: Said, law: Law, review: TimeLimit | None = None) -> list[MatterEvent]:
    """The clocks that run from the first. `review`: its limit, where that is not to be counted."""
    review = review or limit_of(REVIEW, facts.received_at, law)
    return [
        ReviewStarted(
            **said,
            rule=REVIEW,
            review_by=review.due_at,
            version=review.rule,
            provisional=review.provisional,
        ),
        *counted_limits(facts, said, law),
    ]


def counted_limits(facts: CaseFacts, said: Said, law: Law) -> list[MatterEvent]:
    """The rights of the applicants run wherever the case is; nothing is said where no day is known."""
    found = limitations(facts, law, at=said["at"])
    limits = tuple(running_limit(each, law) for each in found)
    return [LimitationCounted(**said, dates=facts.dates, limits=limits)] if facts.dates and limits else []


def open_again(matter: Matter, begun: CustodyBegun, law: Law, *, at: datetime) -> list[MatterEvent]:
    """The case came back, with a later epoch: the work begins anew."""
    return open_matter(begun, law, at=at) if begun.epoch > matter.epoch else []


def activate(matter: Matter, placed: CustodyPlaced, *, at: datetime) -> list[MatterEvent]:
    """The owner shall act now."""
    waiting = matter.state in (MatterState.DORMANT, MatterState.NOT_COMPETENT)
    if placed.epoch != matter.epoch or not waiting:
        return []
    return [MatterActivated(case_id=matter.case_id, at=at, agency=placed.owner, epoch=matter.epoch)]


def close(matter: Matter, ended: CustodyEnded | ApplicationWithdrawn, *, at: datetime) -> list[MatterClosed]:
    """The case moved or was withdrawn: the owner stops working on it."""
    if matter.state is MatterState.CLOSED or ended.epoch < matter.epoch:
        return []
    imported = matter.facts.imported
    if isinstance(ended, ApplicationWithdrawn) and imported and ended.at < imported.at:
        return []  # It is told with the past, which may not have come yet.
    moved = isinstance(ended, CustodyEnded) and ended.because == "transferred"
    return [MatterClosed(**matter.said(at), because=MatterEnd("moved" if moved else "withdrawn"))]

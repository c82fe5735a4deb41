"""What the applicants said when they were asked afterwards, as a part of a matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schemas.codes import FollowUpMeans, FollowUpOutcome
from schemas.ids import MemberId
from schemas.matters import FollowUpRecorded, FollowUpReplied


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Once that they were asked."""

    means: FollowUpMeans
    on: date
    outcome: FollowUpOutcome
    replies: Sequence[FollowUpReplied] = ()
    member_id: MemberId | None = None
    """Who was asked, where it was one member."""


def follow_up_of(event: FollowUpRecorded) -> FollowUp:
    return FollowUp(
        means=event.means,
        on=event.on,
        outcome=event.outcome,
        replies=event.replies,
        member_id=event.member_id,
    )

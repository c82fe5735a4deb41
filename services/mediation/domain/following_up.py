"""Records what the applicants say when they are asked after money came."""

from collections.abc import Sequence
from datetime import date

from law.deadlines import day_of
from schemas.codes import FollowUpMeans, FollowUpOutcome
from schemas.fields import Sealed
from schemas.ids import MemberId
from schemas.matters import FollowUpRecorded, FollowUpReplied, MatterEvent
from services.mediation.domain.acts import RECOVERING, Act
from services.mediation.domain.claim import Claim
from services.mediation.domain.errors import DayAhead, NothingRecovered
from services.mediation.domain.matter import Matter


def record(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    *,
    means: FollowUpMeans,
    on: date,
    member: MemberId | None,
    replies: Sequence[FollowUpReplied],
    outcome: FollowUpOutcome,
    note: Sealed | None,
) -> list[MatterEvent]:
    """They were asked. Raises NothingRecovered, if nobody, or not the one who was asked, received money."""
    matter.check_owner(act, *RECOVERING)
    asked = [claim for claim in claims if member in (None, claim.member_id)]
    if not any(claim.recovered_fen for claim in asked):
        raise NothingRecovered(case_id=matter.case_id)
    if on > day_of(act.at):
        raise DayAhead(found=on, expected=day_of(act.at))
    return [
        FollowUpRecorded(
            **matter.said(act.at),
            means=means,
            on=on,
            member_id=member,
            replies=tuple(replies),
            outcome=outcome,
            note=note,
        )
    ]

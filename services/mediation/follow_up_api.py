"""Follow-up: the applicants are asked after money came, and what comes of it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from chassis.http import Uow, Who, case_router
from schemas.codes import (
    FOLLOW_UP_MEANS,
    FOLLOW_UP_OUTCOMES,
    FOLLOW_UP_QUESTIONS,
    FOLLOW_UP_REPLIES,
    FollowUpMeans,
    FollowUpOutcome,
    FollowUpQuestion,
    FollowUpReply,
)
from schemas.entered import entered
from schemas.ids import CaseId, MemberId
from schemas.matters import FollowUpReplied
from services.mediation.api import HELPERS, Command, Prose, act, keep
from services.mediation.domain import following_up
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {"record_follow_up": HELPERS}

Replies = Annotated[
    dict[
        Annotated[FollowUpQuestion, entered(FOLLOW_UP_QUESTIONS)],
        Annotated[FollowUpReply, entered(FOLLOW_UP_REPLIES)],
    ],
    Field(max_length=16),
]


class FollowUpBody(Command):
    """What the applicants were asked, what they replied, and what it led to."""

    means: Annotated[FollowUpMeans, entered(FOLLOW_UP_MEANS)]
    on: date
    outcome: Annotated[FollowUpOutcome, entered(FOLLOW_UP_OUTCOMES)]
    member_id: MemberId | None = None
    """Who was asked, where it was one member."""
    replies: Replies = Field(default_factory=dict)
    """By question."""
    note: Prose | None = None


@router.post("/cases/{case_id}/follow-ups", status_code=201)
async def record_follow_up(case_id: CaseId, body: FollowUpBody, who: Who, uow: Uow) -> Matter:
    """Record that the applicants were asked afterwards."""
    matter = uow.expect(Matter, case_id)
    recorded = following_up.record(
        matter,
        act(body, who, uow),
        uow.all(Claim),
        means=body.means,
        on=body.on,
        member=body.member_id,
        replies=[FollowUpReplied(question=asked, reply=reply) for asked, reply in body.replies.items()],
        outcome=body.outcome,
        note=keep("follow-up", body.note, uow),
    )
    return uow.emit(matter, recorded)

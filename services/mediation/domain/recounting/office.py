"""Aid: accepted, granted, assigned, engaged, concluded; or nobody wants it any more."""

from collections.abc import Sequence
from typing import Final

from schemas.codes import LegalBasis, MatterEnd
from schemas.matters import (
    AidGranted,
    AssignmentMade,
    EngagementSigned,
    MatterClosed,
    MatterConcluded,
    MatterEvent,
)
from schemas.past import PastAct
from services.mediation.domain.acts import Act
from services.mediation.domain.aid import ASSIGNMENT
from services.mediation.domain.assigning import ENGAGEMENT, engagement_limit, next_number
from services.mediation.domain.claim import Claim, sums_of
from services.mediation.domain.courses import rule_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.kept import Kept

WITHDRAWN: Final = MatterEnd("withdrawn")
GRANTING: Final = LegalBasis("LAL-43")


def aided(matter: Matter, done: PastAct, kept: Kept) -> list[MatterEvent]:
    said, last = matter.said(done.at), len(matter.aid.assignments)
    match done.code:
        case "granted" if done.stage and done.means:
            limit = kept.limit(ASSIGNMENT, done.at)
            return [
                AidGranted(
                    **said,
                    stage=done.stage,
                    means=done.means,
                    legal_basis=GRANTING,
                    assign_by=limit.due_at,
                    assign_rule=limit.rule_id,
                    version=limit.rule,
                    provisional=limit.provisional,
                )
            ]
        case "assigned" if done.stage and done.person and done.role and done.body:
            owners = Act(by=matter.agency, epoch=matter.epoch, at=done.at)
            engaged_by = engagement_limit(done.role, owners, kept.law)
            return [
                AssignmentMade(
                    **said,
                    assignee=done.person,
                    role=done.role,
                    organisation=done.body,
                    stage=done.stage,
                    assignment=next_number(matter),
                    limit=engaged_by and kept.limit(ENGAGEMENT, done.at),
                    name=done.name,
                )
            ]
        case "engaged" if last:
            return [EngagementSigned(**said, assignment=last, stage=matter.aid.assignments[-1].stage)]
        case _:
            return []


def closed(matter: Matter, done: PastAct) -> MatterClosed:
    return MatterClosed(**matter.said(done.at), because=WITHDRAWN)


def concluded(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> MatterConcluded:
    assert done.outcome, "it was looked for before"
    sums = sums_of(claims)
    return MatterConcluded(
        **matter.said(done.at),
        outcome=done.outcome,
        claimed_fen=sums.claimed_fen,
        determined_fen=sums.due_fen,
        recovered_fen=sums.recovered_fen,
        hand_in=kept.limit(rule_of(MatterConcluded), done.at),
    )

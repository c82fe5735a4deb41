"""A member leaves a case, or what is known of it changes otherwise. Reactions: they never raise."""

from datetime import datetime

from schemas.cases import ApplicationAmended, MemberLeft
from schemas.matters import AgreementReduced, MatterAmended, MatterEvent
from services.mediation.domain.acts import MatterState
from services.mediation.domain.agreement import BY_AGREEMENT
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter

OVER = (MatterState.CLOSED, MatterState.ARCHIVED)


def amend(matter: Matter, amended: ApplicationAmended, *, at: datetime) -> list[MatterEvent]:
    """Know the case as it is now: an agreement must cover the members that it has now."""
    facts, imported = matter.facts.with_members_of(amended.facts), matter.facts.imported
    if imported and amended.at < imported.at:
        return []  # It is told with the past, which may not have come yet.
    if matter.state in OVER or amended.epoch != matter.epoch or facts == matter.facts:
        return []
    return [MatterAmended(**matter.said(at), facts=facts)]


def release(matter: Matter, claim: Claim, *, at: datetime) -> list[MatterEvent]:
    """Whom an agreement binds and who leaves has got what he has got: the rest is not awaited here.

    The agreement goes on binding him and the employer (Civil Code Art. 465); only the case ends for him.
    """
    agreement = matter.agreement
    if agreement is None or matter.performed or matter.state in OVER or not claim.registered:
        return []
    if claim.determined_by != BY_AGREEMENT or claim.due_fen is None:
        return []
    outstanding_fen = max(0, claim.due_fen - claim.recovered_fen)
    return [
        AgreementReduced(
            **matter.said(at),
            member_id=claim.member_id,
            consents=max(0, agreement.consents - 1),
            bound_fen=max(0, agreement.bound_fen - outstanding_fen),
        )
    ]


def told_before(claim: Claim, left: MemberLeft) -> bool:
    """Whether he left before the case was imported: that is told with its past, whenever it comes."""
    return claim.past is not None and claim.past.left_at == left.at


def without(matter: Matter, claim: Claim, *, at: datetime) -> list[MatterEvent]:
    """The case is known without him, as intake says it of who leaves here."""
    facts = matter.facts
    fewer = {"members": facts.members - 1, "claim_fen": max(0, facts.claim_fen - claim.claim_fen)}
    return [MatterAmended(**matter.said(at), facts=facts.model_copy(update=fewer))]

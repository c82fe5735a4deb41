"""Says again what was done in a case before it was imported. Facts: nothing is decided, and nothing raised.

What says too little of itself says nothing here: intake lets no such act in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import LegalBasis
from schemas.facts import TimeLimit
from schemas.fields import Sealed
from schemas.ids import RuleId
from schemas.matters import (
    AidGranted,
    ArbitrationAccepted,
    ArbitrationAwarded,
    ArbitrationFiled,
    AssignmentMade,
    EngagementSigned,
    Instalment,
    MatterAccepted,
    MatterConcluded,
    MatterEvent,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
)
from schemas.past import Past, PastAct, PastClock
from services.mediation.domain.acts import Act
from services.mediation.domain.aid import ASSIGNMENT
from services.mediation.domain.aided import ARBITRATION
from services.mediation.domain.arbitrating import FINAL_AWARD, effects, under_way
from services.mediation.domain.assigning import ENGAGEMENT, engagement_limit, next_number
from services.mediation.domain.claim import Claim, registered_of, sums_of
from services.mediation.domain.confirming import CONFIRMATION
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import rule_of as mediation_rule

GRANTING: Final = LegalBasis("LAL-43")


@dataclass(frozen=True, slots=True)
class Kept:
    """The time limits of the earlier system; what it did not keep is counted by the law."""

    past: Past
    law: Law

    def clock(self, rule: RuleId, since: datetime) -> PastClock | None:
        """What it kept of the limit that began then."""
        return next((c for c in self.past.clocks if (c.rule, c.started_at) == (rule, since)), None)

    def limit(self, rule: RuleId, since: datetime) -> TimeLimit:
        counted, kept = limit_of(rule, since, self.law), self.clock(rule, since)
        if kept is None:
            return counted
        return counted.model_copy(update={"due_at": kept.due_at, "provisional": None})


def recounted(
    matter: Matter, done: PastAct, claims: Sequence[Claim], terms: Sealed, kept: Kept
) -> list[MatterEvent]:
    """The events of one done, at its own time.

    Args:
        terms: what is said of the text of an agreement, which lies in the earlier system.
    """
    match done.code:
        case "accepted":
            return [MatterAccepted(**matter.said(done.at))]
        case "granted" | "assigned" | "engaged":
            return aided(matter, done, kept)
        case "mediation-proposed" | "session" | "agreed":
            return mediated(matter, done, claims, terms, kept)
        case "arbitration-filed" | "arbitration-accepted" | "awarded":
            return arbitrated(matter, done, claims, kept)
        case "concluded" if done.outcome:
            return [concluded(matter, done, claims, kept)]
        case _:
            return []


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
                )
            ]
        case "engaged" if last:
            return [EngagementSigned(**said, assignment=last, stage=matter.aid.assignments[-1].stage)]
        case _:
            return []


def mediated(
    matter: Matter, done: PastAct, claims: Sequence[Claim], terms: Sealed, kept: Kept
) -> list[MatterEvent]:
    said = matter.said(done.at)
    match done.code:
        case "mediation-proposed" if done.kind and done.body:
            limit = kept.limit(mediation_rule(done.kind, matter.facts), done.at)
            return [
                MediationProposed(
                    **said,
                    kind=done.kind,
                    committee=done.body,
                    end_by=limit.due_at,
                    end_rule=limit.rule_id,
                    version=limit.rule,
                    provisional=limit.provisional,
                )
            ]
        case "session" if done.result and matter.mediation:
            held = matter.mediation.sessions + 1
            return [MediationSessionHeld(**said, session=held, result=done.result)]
        case "agreed":
            counted = registered_of(claims)
            return [
                MediationAgreed(
                    **said,
                    agreed_fen=sum(agreed_fen(claim) for claim in counted),
                    members=len(counted),
                    instalments=tuple(Instalment(**each.model_dump()) for each in done.instalments),
                    limit=kept.limit(CONFIRMATION, done.at),
                    terms=terms,
                )
            ]
        case _:
            return []


def arbitrated(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    said, under = matter.said(done.at), matter.proceedings.last(ProceedingKind.ARBITRATION)
    if done.code == "arbitration-filed" and done.body:
        unaided = None if ARBITRATION in matter.aid.covered else True
        limit = kept.limit(rule_of(ArbitrationFiled), done.at)
        claim_fen = matter.facts.claim_fen
        return [
            ArbitrationFiled(**said, commission=done.body, claim_fen=claim_fen, limit=limit, unaided=unaided)
        ]
    if under is None:
        return []
    commission = under_way(matter)[1]
    if done.code == "arbitration-accepted" and done.docket:
        limit = kept.limit(rule_of(ArbitrationAccepted), done.at)
        return [ArbitrationAccepted(**said, commission=commission, docket=done.docket, limit=limit)]
    if done.code != "awarded":
        return []
    counted = registered_of(claims)
    awarded = ArbitrationAwarded(
        **said,
        commission=commission,
        docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
        awarded_fen=sum(awarded_fen(claim) for claim in counted),
        final=bool(done.final),
        received_at=done.at,
        limit=kept.limit(rule_of(ArbitrationAwarded), done.at),
    )
    members = sorted(claim.member_id for claim in counted)
    return [awarded, *(effects(matter, members, FINAL_AWARD, at=done.at) if done.final else [])]


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


def agreed_fen(claim: Claim) -> int:
    return (claim.past and claim.past.agreed_fen) or 0


def awarded_fen(claim: Claim) -> int:
    return (claim.past and claim.past.awarded_fen) or 0

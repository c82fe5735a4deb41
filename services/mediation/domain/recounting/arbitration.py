"""Labour arbitration: applied for, accepted or refused, extended, awarded, settled or withdrawn."""

from collections.abc import Sequence

from schemas.matters import (
    ArbitrationAccepted,
    ArbitrationAwarded,
    ArbitrationExtended,
    ArbitrationFiled,
    ArbitrationPartlyAwarded,
    ArbitrationRefused,
    ArbitrationSettled,
    ArbitrationWithdrawn,
    MatterEvent,
)
from schemas.past import PastAct
from services.mediation.domain import awarding_part
from services.mediation.domain.aided import ARBITRATION
from services.mediation.domain.arbitrating import FINAL_AWARD, SET_ASIDE, effects, under_way
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.money import concerned, total_fen
from services.mediation.domain.remedies import Opener


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
    if done.code == "arbitration-extended" and under.accepted_at:
        limit = kept.limit(rule_of(ArbitrationExtended), under.accepted_at)
        return [ArbitrationExtended(**said, commission=commission, limit=limit)]
    if done.code == "arbitration-accepted" and done.docket:
        limit = kept.limit(rule_of(ArbitrationAccepted), done.at)
        return [ArbitrationAccepted(**said, commission=commission, docket=done.docket, limit=limit)]
    if done.code == "arbitration-refused" and done.ground:
        ways = matter.remedies(Opener.REFUSAL)
        return [ArbitrationRefused(**said, commission=commission, because=done.ground, remedies=ways)]
    if done.code == "arbitration-withdrawn":
        return [ArbitrationWithdrawn(**said, commission=commission)]
    if done.code == "partly-awarded":
        return partly_awarded(matter, done, claims, kept)
    if done.code == "awarded":
        return awarded(matter, done, claims, kept)
    return [settled(matter, done, claims)] if done.code == "arbitration-settled" else []


def awarded(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    counted, parts = concerned(matter, done, claims), matter.proceedings.of(ProceedingKind.PARTIAL_AWARD)
    awarded_fen = total_fen(done, counted)
    made = ArbitrationAwarded(
        **matter.said(done.at),
        commission=under_way(matter)[1],
        docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
        awarded_fen=awarded_fen,
        with_parts_fen=awarded_fen + sum(part.awarded_fen for part in parts) if parts else None,
        final=bool(done.final),
        received_at=done.at,
        limit=kept.limit(rule_of(ArbitrationAwarded), done.at),
        set_aside=kept.limit(SET_ASIDE, done.at) if done.final else None,
    )
    members = sorted(claim.member_id for claim in counted)
    return [made, *(effects(matter, members, FINAL_AWARD, at=done.at) if done.final else [])]


def partly_awarded(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    counted, before = concerned(matter, done, claims), matter.proceedings.of(ProceedingKind.PARTIAL_AWARD)
    part, awarded_fen = len(before) + 1, total_fen(done, counted)
    made = ArbitrationPartlyAwarded(
        **matter.said(done.at),
        commission=under_way(matter)[1],
        docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
        awarded_fen=awarded_fen,
        final=bool(done.final),
        received_at=done.at,
        limit=kept.limit(rule_of(ArbitrationPartlyAwarded), done.at),
        set_aside=kept.limit(SET_ASIDE, done.at) if done.final else None,
        part=part,
        so_far_fen=awarded_fen + sum(each.awarded_fen for each in before),
    )
    members = sorted(claim.member_id for claim in counted)
    said = awarding_part.effects(matter, part, members, FINAL_AWARD, at=done.at) if done.final else []
    return [made, *said]


def settled(matter: Matter, done: PastAct, claims: Sequence[Claim]) -> ArbitrationSettled:
    return ArbitrationSettled(
        **matter.said(done.at),
        commission=under_way(matter)[1],
        docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
        settled_fen=total_fen(done, concerned(matter, done, claims)),
        remedies=matter.remedies(Opener.AWARD),
    )

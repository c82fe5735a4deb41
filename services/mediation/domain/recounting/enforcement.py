"""Enforcement: applied for by a title, ended for a round, resumed."""

from collections.abc import Sequence

from schemas.matters import EnforcementApplied, EnforcementEndedThisRound, EnforcementResumed, MatterEvent
from schemas.past import PastAct
from services.mediation.domain.aided import ENFORCEMENT
from services.mediation.domain.claim import Claim, owed_fen, sums_of
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.enforcing import last_day_of, titles_of
from services.mediation.domain.matter import Matter


def enforced(matter: Matter, done: PastAct, claims: Sequence[Claim]) -> list[MatterEvent]:
    """What was done to enforce a title; whether it could be was asked there."""
    said = matter.said(done.at)
    if done.code == "enforcement-applied" and done.body and done.title:
        effect = titles_of(matter).get(done.title, done.at)
        return [
            EnforcementApplied(
                **said,
                court=done.body,
                title=done.title,
                amount_fen=owed_fen(claims),
                last_day=last_day_of(matter, done.title) or done.last_day or effect,
                unaided=None if ENFORCEMENT in matter.aid.covered else True,
            )
        ]
    if matter.proceedings.last(ProceedingKind.ENFORCEMENT) is None:
        return []
    court = matter.proceedings.body(ProceedingKind.ENFORCEMENT)
    if done.code == "enforcement-resumed":
        return [EnforcementResumed(**said, court=court)]
    if done.code != "enforcement-ended" or not done.round_end:
        return []
    recovered_fen = sums_of(claims).recovered_fen
    return [
        EnforcementEndedThisRound(**said, court=court, because=done.round_end, recovered_fen=recovered_fen)
    ]

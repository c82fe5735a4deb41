"""Labour inspection: asked, taken on or not, given more time, decided, withdrawn."""

from collections.abc import Sequence

from schemas.facts import TimeLimit
from schemas.matters import (
    InspectionAccepted,
    InspectionDecided,
    InspectionExtended,
    InspectionRefused,
    InspectionReported,
    InspectionWithdrawn,
    MatterEvent,
)
from schemas.past import PastAct
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.inspecting import ORDERED_TERMS, under_way
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.money import concerned
from services.mediation.domain.remedies import Opener


def inspected(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    """What labour inspection was asked for, and did."""
    said = matter.said(done.at)
    if done.code == "inspection-reported" and done.body and done.approach:
        asked_fen = matter.facts.claim_fen if done.claim_fen is None else done.claim_fen
        limit = kept.limit(rule_of(InspectionReported), done.at)
        return [
            InspectionReported(
                **said, inspectorate=done.body, approach=done.approach, claim_fen=asked_fen, limit=limit
            )
        ]
    if matter.proceedings.last(ProceedingKind.INSPECTION) is None:
        return []
    inspection, inspectorate = under_way(matter)
    match done.code:
        case "inspection-accepted" if done.docket:
            limit = kept.limit(rule_of(InspectionAccepted), done.at)
            return [InspectionAccepted(**said, inspectorate=inspectorate, docket=done.docket, limit=limit)]
        case "inspection-refused" if done.ground:
            ways = matter.remedies(Opener.INSPECTED)
            return [InspectionRefused(**said, inspectorate=inspectorate, because=done.ground, remedies=ways)]
        case "inspection-extended" if inspection.accepted_at:
            limit = kept.limit(rule_of(InspectionExtended), inspection.accepted_at)
            return [InspectionExtended(**said, inspectorate=inspectorate, limit=limit)]
        case "inspection-decided" if done.inspected and inspection.number:
            return [decided(matter, done, claims)]
        case "inspection-withdrawn":
            return [InspectionWithdrawn(**said, inspectorate=inspectorate)]
        case _:
            return []


def decided(matter: Matter, done: PastAct, claims: Sequence[Claim]) -> InspectionDecided:
    assert done.inspected, "it was looked for before"
    named = concerned(matter, done, claims) if done.ordered_fen else ()
    return InspectionDecided(
        **matter.said(done.at),
        inspectorate=under_way(matter)[1],
        docket=matter.proceedings.number(ProceedingKind.INSPECTION),
        result=done.inspected,
        ordered_fen=done.ordered_fen or 0,
        referred_to=done.referred_to,
        remedies=matter.remedies(Opener.INSPECTED),
        members=len(named) or None,
        limit=TimeLimit(rule=ORDERED_TERMS, due_at=done.pay_by) if done.pay_by else None,
    )

"""A suit: filed, docketed, judged, appealed."""

from collections.abc import Sequence

from schemas.matters import (
    LitigationAppealed,
    LitigationDocketed,
    LitigationFiled,
    LitigationJudged,
    MatterEvent,
)
from schemas.past import PastAct
from services.mediation.domain.aided import FIRST_INSTANCE
from services.mediation.domain.claim import Claim
from services.mediation.domain.courses import rule_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import Suit
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.money import among, suit_of
from services.mediation.domain.suing import ON_APPEAL, TRIALS, made_final, number_of_next


def sued(
    matter: Matter, done: PastAct, claims: Sequence[Claim], judged_fen: int, kept: Kept
) -> list[MatterEvent]:
    """What was done in a suit.

    Args:
        judged_fen: what all get by it whom it is about.
    """
    if done.code == "suit-filed" and done.body:
        return [filed(matter, done, claims, kept)]
    suit = suit_of(matter, done)
    if suit is None:
        return []
    match done.code:
        case "suit-docketed" if done.docket:
            return [docketed(matter, suit, done, kept)]
        case "judged" if done.judgment and suit.docket:
            return [judged(matter, suit, done, judged_fen, kept)]
        case "appealed" if done.body:
            return [LitigationAppealed(**matter.said(done.at), court=done.body, suit=suit.number)]
        case "appeal-decided" if done.cause:
            final_fen = judged_fen if done.cause in ON_APPEAL else suit.awarded_fen
            return [made_final(matter, suit, done.cause, final_fen, at=done.at)]
        case _:
            return []


def filed(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> LitigationFiled:
    assert done.body, "it was looked for before"
    some_fen = sum(claim.claim_fen for claim in among(done.members or (), claims))
    return LitigationFiled(
        **matter.said(done.at),
        court=done.body,
        claim_fen=some_fen if done.members else matter.facts.claim_fen,
        without_arbitration=done.basis,
        members=done.members,
        against=done.against,
        part=done.part if done.against else None,
        limit=kept.limit(rule_of(LitigationFiled), done.at),
        unaided=None if FIRST_INSTANCE in matter.aid.covered else True,
        suit=number_of_next(matter),
    )


def docketed(matter: Matter, suit: Suit, done: PastAct, kept: Kept) -> LitigationDocketed:
    assert done.docket, "it was looked for before"
    rule = TRIALS.get(done.procedure) if done.procedure else None
    return LitigationDocketed(
        **matter.said(done.at),
        court=suit.court,
        docket=done.docket,
        procedure=done.procedure,
        limit=kept.limit(rule, done.at) if rule else None,
        suit=suit.number,
    )


def judged(matter: Matter, suit: Suit, done: PastAct, judged_fen: int, kept: Kept) -> LitigationJudged:
    served_at = done.served_at or done.at
    assert suit.docket, "it was looked for before"
    assert done.judgment, "it was looked for before"
    return LitigationJudged(
        **matter.said(done.at),
        court=suit.court,
        docket=suit.docket,
        result=done.judgment,
        awarded_fen=judged_fen,
        final=bool(done.final),
        served_at=served_at,
        limit=None if done.final else kept.limit(rule_of(LitigationJudged), served_at),
        suit=suit.number,
    )

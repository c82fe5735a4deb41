"""Enforcement: applied for by a title, ended for a round, resumed."""

from collections.abc import Sequence

from schemas.codes import EnforcementTitle
from schemas.ids import AgencyId
from schemas.matters import (
    EnforcementApplied,
    EnforcementEndedThisRound,
    EnforcementResumed,
    MatterEvent,
    SuitNumber,
)
from schemas.past import PastAct
from services.mediation.domain.aided import ENFORCEMENT
from services.mediation.domain.claim import Claim, sums_of
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.court_courses import EXECUTION
from services.mediation.domain.enforcing import ASSETS_FOUND, amount_of, judgments_of, last_day_of, titles_of
from services.mediation.domain.keys import JUDGMENT, title_key
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.money import suit_of
from services.mediation.domain.suspending import challenged, court_of, suspended


def enforced(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    """What was done to enforce a title; whether it could be was asked there."""
    if done.title is None:
        return []
    suit = judged_in(matter, done) if done.title == JUDGMENT else None
    key = title_key(done.title, done.part, suit)
    if done.code == "enforcement-applied" and done.body:
        asked = applied(matter, done, claims, done.body, done.title, suit, kept)
        stands = [suspended(matter, done.body, done.title, done.part, at=done.at)]
        return [asked, *(stands if challenged(matter, key) else ())]
    last = matter.proceedings.last(ProceedingKind.ENFORCEMENT, key)
    # Once all is paid it is over, whatever the court said of its round afterwards.
    if last is None or last.state is ProceedingState.ENDED:
        return []
    if done.code == "enforcement-resumed":
        return [
            EnforcementResumed(
                **matter.said(done.at),
                court=court_of(last),
                title=done.title,
                because=ASSETS_FOUND,
                limit=kept.limit(EXECUTION, done.at),
                part=done.part,
                suit=suit,
            )
        ]
    if done.code != "enforcement-ended" or not done.round_end:
        return []
    return [
        EnforcementEndedThisRound(
            **matter.said(done.at),
            court=court_of(last),
            because=done.round_end,
            recovered_fen=sums_of(claims).recovered_fen,
            title=done.title,
            part=done.part,
            suit=suit,
        )
    ]


def applied(
    matter: Matter,
    done: PastAct,
    claims: Sequence[Claim],
    court: AgencyId,
    title: EnforcementTitle,
    suit: SuitNumber | None,
    kept: Kept,
) -> EnforcementApplied:
    key = title_key(title, done.part, suit)
    return EnforcementApplied(
        **matter.said(done.at),
        court=court,
        title=title,
        amount_fen=amount_of(matter, key, claims),
        last_day=last_day_of(matter, key) or done.last_day or titles_of(matter).get(key, done.at),
        unaided=None if ENFORCEMENT in matter.aid.covered else True,
        limit=kept.limit(EXECUTION, done.at),
        part=done.part,
        suit=suit,
    )


def judged_in(matter: Matter, done: PastAct) -> SuitNumber | None:
    """In which suit the judgment was given: the one that is named, or else the last that was won."""
    if done.suit:
        named = suit_of(matter, done)
        return named.number if named else None
    return next((suit.number for suit in reversed(judgments_of(matter).values())), None)

"""Enforces what is owed by a title: applied for, ended for this round, resumed. Recovery runs beside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from law.book import Law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.codes import EnforcementTitle, ResumptionCause, RoundEnd
from schemas.ids import AgencyId, Fen, MemberId, RuleId
from schemas.matters import (
    EnforcementApplied,
    EnforcementEndedThisRound,
    EnforcementResumed,
    MatterEvent,
    PartNumber,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.aided import ENFORCEMENT, check_aided
from services.mediation.domain.awards import awards_of
from services.mediation.domain.claim import Claim, owed_fen, sums_of
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.court_courses import EXECUTION
from services.mediation.domain.errors import AwardChallenged, EnforcedAlready, NothingToEnforce, TooLate
from services.mediation.domain.keys import FIRST, JUDGMENT, numbered, title_key
from services.mediation.domain.limitation import enforcement_clock
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceeding import Proceeding
from services.mediation.domain.proceedings import Suit
from services.mediation.domain.suspending import challenged, court_of, suspended

TWO_YEARS = RuleId("enforcement")
ASSETS_FOUND: Final = ResumptionCause("assets-found")


def apply(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    court: AgencyId,
    title: EnforcementTitle,
    *,
    last_day: datetime | None,
    law: Law,
    unaided: bool = False,
    part: PartNumber | None = None,
    suit: int | None = None,
) -> list[MatterEvent]:
    """Enforcement is applied for, within two years from the last day of performance.

    Of an award that a court may set aside it is suspended at once; the two years are kept all the same.

    Args:
        last_day: as the title fixes it; if it fixes none, the two years run from its effect. A confirmed
            agreement says it itself: the day of its last instalment.
        part: of a partial award, which.
        suit: of a judgment, by which suit it was given, from 1; the first if it is not said.

    Raises:
        EnforcedAlready: if it was applied for by that title: it runs, or waits for assets.
        NotAided: as `check_aided` does.
        NothingToEnforce: if there is no such title.
        TooLate: after the last day of the two years.
    """
    matter.check_step(act, EnforcementApplied)
    alone = check_aided(matter, ENFORCEMENT, unaided=unaided)
    key, titles = title_key(title, part, suit), titles_of(matter)
    if key in enforced(matter):
        raise EnforcedAlready(found=key)
    if key not in titles:
        raise NothingToEnforce(found=key, expected=", ".join(titles) or "nothing")
    start = last_day_of(matter, key) or last_day or titles[key]
    check_in_time(matter, act, key, start, law)
    applied = EnforcementApplied(
        **matter.said(act.at),
        court=court,
        title=title,
        amount_fen=amount_of(matter, key, claims),
        last_day=start,
        unaided=alone,
        limit=limit_of(EXECUTION, act.at, law),
        part=None if title == JUDGMENT else part,
        suit=suit if title == JUDGMENT and suit != FIRST else None,
    )
    if not challenged(matter, key):
        return [applied]
    return [applied, suspended(matter, court, title, part, at=act.at)]


def amount_of(matter: Matter, key: str, claims: Sequence[Claim]) -> Fen:
    """What is still owed by a title: of an award no more than itself gives, as the parts are other titles."""
    awards = {called: award.awarded_fen for called, award in awards_of(matter)}
    suit = judgments_of(matter).get(key)
    owed = owed_fen([each for each in claims if suit is None or stands_for(matter, suit, each.member_id)])
    # Beside a judgment over one award the others are titles of their own.
    if suit and suit.against:
        awards[key] = suit.awarded_fen
    return min(owed, awards.get(key) or owed)


def judgments_of(matter: Matter) -> dict[str, Suit]:
    """The judgments that are final and give something, by what each is called among the titles."""
    last = {suit.key: suit for suit in matter.suits}
    return {numbered(JUDGMENT, suit.number): suit for suit in last.values() if suit.won}


def stands_for(matter: Matter, suit: Suit, member: MemberId) -> bool:
    """Whether its judgment is what gives a member his due; of several in one dispute the last does."""
    his = replace(suit, members=(member,))
    later = matter.suits[matter.suits.index(suit) + 1 :]
    return suit.meets(his) and not any(each.won and each.meets(his) for each in later)


def last_day_of(matter: Matter, title: str) -> datetime | None:
    """The last day of performance that an agreement says itself which was confirmed or reviewed."""
    agreement = matter.agreement
    if title not in of_agreement(matter) or agreement is None:
        return None
    return max((each.due_at for each in agreement.instalments), default=None)


def check_in_time(matter: Matter, act: Act, title: str, start: datetime, law: Law) -> None:
    """By the clock, which knows what interrupted it, or suspends it; else from the start. Raises TooLate."""
    clock = matter.clocks.open(enforcement_clock(title))
    if clock and clock.state is ClockState.PAUSED:
        return
    counted = limit_of(TWO_YEARS, start, law)
    limit = max(clock.limit, counted, key=lambda each: each.due_at) if clock else counted
    if act.at > limit.due_at:
        raise TooLate(rule=limit.rule, found=day_of(act.at), expected=day_of(limit.due_at))


def end_round(
    matter: Matter, act: Act, because: RoundEnd, claims: Sequence[Claim], which: str | None = None
) -> list[MatterEvent]:
    """The court ends this round, of one title or of the last; the claims stay open. Raises OutOfCourse."""
    matter.check_step(act, EnforcementEndedThisRound, which)
    ended = enforcement_of(matter, which)
    return [
        EnforcementEndedThisRound(
            **matter.said(act.at),
            court=court_of(ended),
            because=because,
            recovered_fen=sums_of(claims).recovered_fen,
            title=ended.title,
            part=ended.part,
            suit=ended.suit,
        )
    ]


def resume(matter: Matter, act: Act, law: Law, which: str | None = None) -> list[MatterEvent]:
    """Assets were found; there is no time limit for that, and the court has its time anew.

    Raises:
        OutOfCourse: if no round has ended.
        AwardChallenged: while a court decides whether the award is set aside.
    """
    matter.check_step(act, EnforcementResumed, which)
    waiting = enforcement_of(matter, which)
    if asked := challenged(matter, waiting.key):
        raise AwardChallenged(court=asked)
    return [
        EnforcementResumed(
            **matter.said(act.at),
            court=court_of(waiting),
            title=waiting.title,
            because=ASSETS_FOUND,
            limit=limit_of(EXECUTION, act.at, law),
            part=waiting.part,
            suit=waiting.suit,
        )
    ]


def enforcement_of(matter: Matter, which: str | None) -> Proceeding:
    """The enforcement of the title that is named, or the last."""
    found = matter.proceedings.last(ProceedingKind.ENFORCEMENT, which)
    assert found is not None, "the step was checked"
    return found


def titles_of(matter: Matter) -> dict[str, datetime]:
    """What can be enforced, and when it took effect."""
    found: dict[str, datetime] = {}
    for kind, state, title in (
        (ProceedingKind.CONFIRMATION, ProceedingState.CONFIRMED, "confirmed-agreement"),
        (ProceedingKind.ARBITRATION_REVIEW, ProceedingState.CONFIRMED, "arbitration-settlement"),
        (ProceedingKind.ARBITRATION, ProceedingState.SETTLED, "arbitration-settlement"),
        (ProceedingKind.PAYMENT_ORDER, ProceedingState.UNOPPOSED, "payment-order"),
        (ProceedingKind.NOTARISATION, ProceedingState.CERTIFIED, "notarised-agreement"),
    ):
        last = matter.proceedings.last(kind)
        if last and last.state is state:
            found[title] = last.since or last.begun_at
    for called, suit in judgments_of(matter).items():
        if tried := matter.proceedings.last(ProceedingKind.LITIGATION, suit.key):
            found[called] = tried.since or tried.begun_at
    for key, awarded in awards_of(matter):
        if awarded.effective:
            found[key] = awarded.since or awarded.begun_at
    return found


def enforced(matter: Matter) -> frozenset[str]:
    """The titles by which enforcement was applied for."""
    applied = matter.proceedings.of(ProceedingKind.ENFORCEMENT)
    return frozenset(each.key for each in applied if each.key)


def of_agreement(matter: Matter) -> tuple[str, ...]:
    """The titles that fix the days which the parties agreed on."""
    reviewed = matter.proceedings.state(ProceedingKind.ARBITRATION_REVIEW) is ProceedingState.CONFIRMED
    titles = ("confirmed-agreement", "notarised-agreement")
    return (*titles, "arbitration-settlement") if reviewed else titles

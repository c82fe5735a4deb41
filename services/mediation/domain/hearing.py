"""Hears the case before the commission: a day is set, a party asks for another, the hearing is held."""

from datetime import datetime
from typing import Final

from law.book import Law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.codes import Disputant, PostponementGround
from schemas.fields import Sealed
from schemas.ids import AgencyId, RuleId
from schemas.matters import (
    HearingHeld,
    HearingPostponed,
    HearingPostponementAsked,
    HearingPostponementRefused,
    HearingSet,
    MatterEvent,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import HearingPassed, NotHeldYet, NotReceivedYet, TooLate
from services.mediation.domain.matter import Matter

NOTICE: Final = RuleId("hearing-notice")


def set_day(
    matter: Matter,
    act: Act,
    hearing_at: datetime,
    *,
    noticed_at: datetime,
    law: Law,
    place: Sealed | None = None,
) -> list[MatterEvent]:
    """The commission told the workers when it hears the case. Late notice is said, and is no refusal.

    Raises:
        OutOfCourse: if no arbitration was accepted.
        HearingPassed: if the hearing would be over.
        NotReceivedYet: if the notice lies ahead.
    """
    matter.check_step(act, HearingSet)
    if hearing_at <= act.at:
        raise HearingPassed(found=hearing_at, expected=act.at)
    if noticed_at > act.at:
        raise NotReceivedYet(found=noticed_at, expected=act.at)
    limit = limit_of(rule_of(HearingSet), hearing_at, law)
    return [
        HearingSet(
            **matter.said(act.at),
            commission=commission_of(matter),
            hearing_at=hearing_at,
            noticed_at=noticed_at,
            short_notice=noticed_at > limit_of(NOTICE, hearing_at, law).due_at,
            limit=limit if act.at <= limit.due_at else None,
            place=place,
        )
    ]


def ask_for_another(
    matter: Matter, act: Act, by: Disputant, because: PostponementGround, law: Law
) -> list[MatterEvent]:
    """A party asks that the hearing be postponed.

    Raises:
        OutOfCourse: if none is set.
        TooLate: later than three working days before; of short notice nobody could ask in time.
    """
    matter.check_step(act, HearingPostponementAsked)
    hearing_at = day_set(matter)
    last = limit_of(rule_of(HearingSet), hearing_at, law)
    if act.at > last.due_at and because != PostponementGround("short-notice"):
        raise TooLate(rule=last.rule, found=day_of(act.at), expected=day_of(last.due_at))
    return [
        HearingPostponementAsked(
            **matter.said(act.at),
            commission=commission_of(matter),
            hearing_at=hearing_at,
            by=by,
            because=because,
        )
    ]


def postpone(matter: Matter, act: Act) -> list[MatterEvent]:
    """The commission postpones it; another day is to be set. Raises OutOfCourse."""
    matter.check_step(act, HearingPostponed)
    return [
        HearingPostponed(**matter.said(act.at), commission=commission_of(matter), hearing_at=day_set(matter))
    ]


def keep_day(matter: Matter, act: Act) -> list[MatterEvent]:
    """The commission does not postpone it. Raises OutOfCourse."""
    matter.check_step(act, HearingPostponementRefused)
    return [
        HearingPostponementRefused(
            **matter.said(act.at), commission=commission_of(matter), hearing_at=day_set(matter)
        )
    ]


def hold(matter: Matter, act: Act, absent: Disputant | None) -> list[MatterEvent]:
    """The hearing took place. Raises OutOfCourse, NotHeldYet."""
    matter.check_step(act, HearingHeld)
    hearing_at = day_set(matter)
    if day_of(act.at) < day_of(hearing_at):
        raise NotHeldYet(found=day_of(act.at), expected=day_of(hearing_at))
    return [
        HearingHeld(
            **matter.said(act.at), commission=commission_of(matter), hearing_at=hearing_at, absent=absent
        )
    ]


def day_set(matter: Matter) -> datetime:
    found = matter.proceedings.last(ProceedingKind.HEARING)
    assert found is not None, "no hearing was set"
    assert found.hearing_at is not None, "a hearing that was set has a day"
    return found.hearing_at


def commission_of(matter: Matter) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.ARBITRATION)

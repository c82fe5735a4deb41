"""Counts the rights of the applicants that run out, and lets them begin anew, stand still, or lapse."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from law.book import Law
from law.deadlines import day_of
from law.limitation import SUSPENDING, limitation, limitations, with_act
from schemas.codes import LimitationActCode
from schemas.facts import KeyDates, LimitationAct
from schemas.fields import Sealed
from schemas.matters import (
    ArbitrationWithdrawn,
    LimitationCounted,
    LimitationInterrupted,
    LimitationResumed,
    LimitationSuspended,
    MatterEvent,
    RightUsed,
    RunningLimit,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.clocks import Clock, ClockState
from services.mediation.domain.court_courses import ARBITRATE_BY
from services.mediation.domain.errors import (
    ActNotKnown,
    DayAhead,
    DayPassed,
    NoSuchRight,
    NothingRuns,
    TooManyActs,
)
from services.mediation.domain.limitation import (
    interruptible,
    is_right,
    suspendable,
)
from services.mediation.domain.limitation_counts import counted, running_limit
from services.mediation.domain.matter import Matter

MOST_ACTS: Final = 64


def count_again(matter: Matter, act: Act, dates: KeyDates, law: Law) -> list[MatterEvent]:
    """More days are known: what runs from them is counted from the facts, not from now.

    Raises DayAhead; NothingRuns, if nothing runs from them that is not counted so already.
    """
    matter.check_present(act)
    merged = KeyDates(**{**known(matter.facts.dates), **known(dates)})
    if any(day > day_of(act.at) for day in known(dates).values()):
        raise DayAhead(found=max(known(dates).values()), expected=day_of(act.at))
    facts = matter.facts.model_copy(update={"dates": merged})
    limits = [running_limit(each, law) for each in limitations(facts, law, at=act.at)]
    changed = tuple(each for each in limits if moves(each, matter))
    if not changed:
        raise NothingRuns(case_id=matter.case_id)
    return [LimitationCounted(**matter.said(act.at), dates=merged, limits=changed)]


def known(dates: KeyDates | None) -> dict[str, date]:
    return dates.model_dump(exclude_none=True) if dates else {}


def moves(limit: RunningLimit, matter: Matter) -> bool:
    """Whether a count differs from what the last clock of that name says; a right that was used is over."""
    last = next((each for each in reversed(matter.clocks.all) if each.name == limit.clock), None)
    if last is None:
        return True
    return last.state is not ClockState.MET and (last.started_at, last.limit.due_at) != (
        limit.since,
        limit.limit.due_at,
    )


def note_act(
    matter: Matter, act: Act, done: LimitationAct, paper: Sealed | None, law: Law
) -> list[MatterEvent]:
    """Somebody claimed, sought relief or promised; or something keeps the applicants from acting.

    Raises DayAhead; TooManyActs; NothingRuns, if no time limit runs that it counts for.
    """
    matter.check_present(act)
    if done.on > day_of(act.at) or (done.until and done.until > day_of(act.at)):
        raise DayAhead(found=done.until or done.on, expected=day_of(act.at))
    if len(matter.facts.acts or ()) >= MOST_ACTS:
        raise TooManyActs(case_id=matter.case_id, expected=MOST_ACTS)
    said = acted(matter, done, paper, law, at=act.at)
    if not said:
        raise NothingRuns(case_id=matter.case_id)
    return said


def acted(
    matter: Matter, done: LimitationAct, paper: Sealed | None, law: Law, *, at: datetime
) -> list[MatterEvent]:
    """What an act does to the time limits that run; nothing if it counts for none."""
    if done.code in SUSPENDING:
        limits = recounted(matter, suspendable(matter.clocks, law), done, law, at=at)
        return [
            LimitationSuspended(
                **matter.said(at), code=done.code, on=done.on, until=done.until, limits=limits, paper=paper
            )
        ] * bool(limits)
    limits = recounted(matter, interruptible(matter.clocks, law), done, law, at=at)
    return [
        LimitationInterrupted(**matter.said(at), code=done.code, on=done.on, limits=limits, paper=paper)
    ] * bool(limits)


def recounted(
    matter: Matter, clocks: Iterable[Clock], done: LimitationAct, law: Law, *, at: datetime
) -> tuple[RunningLimit, ...]:
    """These clocks as they stand with the act, those that it changes."""
    acts = with_act(matter.facts, done).acts or ()
    found = [(clock, counted(clock, acts, law, at=at)) for clock in clocks]
    return tuple(
        each
        for clock, each in found
        if (each.since, each.limit.due_at) != (clock.started_at, clock.limit.due_at)
        or bool(each.suspended) != (clock.state is ClockState.PAUSED)
    )


def end_suspension(
    matter: Matter, act: Act, code: LimitationActCode, until: date, law: Law
) -> list[MatterEvent]:
    """What suspended time limits is over. Raises ActNotKnown, DayPassed, DayAhead."""
    matter.check_present(act)
    lasting = next((a for a in matter.facts.acts or () if a.code == code and a.until is None), None)
    if lasting is None or code not in SUSPENDING:
        raise ActNotKnown(found=code)
    if until < lasting.on:
        raise DayPassed(found=until, expected=lasting.on)
    if until > day_of(act.at):
        raise DayAhead(found=until, expected=day_of(act.at))
    over = LimitationAct(code=code, on=lasting.on, until=until)
    acts = with_act(matter.facts, over).acts or ()
    limits = tuple(counted(clock, acts, law, at=act.at) for clock in suspendable(matter.clocks, law))
    return [LimitationResumed(**matter.said(act.at), code=code, on=lasting.on, until=until, limits=limits)]


def use(matter: Matter, act: Act, name: str, on: date, paper: Sealed | None) -> list[MatterEvent]:
    """The applicants used a right elsewhere. Raises NoSuchRight, DayAhead."""
    matter.check_present(act)
    if not is_right(name) or not matter.clocks.is_open(name):
        raise NoSuchRight(found=name, expected=", ".join(rights_of(matter)) or "none")
    if on > day_of(act.at):
        raise DayAhead(found=on, expected=day_of(act.at))
    return [RightUsed(**matter.said(act.at), clock=name, on=on, paper=paper)]


def rights_of(matter: Matter) -> list[str]:
    return [each.name for each in matter.clocks if each.open and is_right(each.name)]


def restarted(matter: Matter, event: ArbitrationWithdrawn, law: Law) -> list[MatterEvent]:
    """The year begins anew when the proceedings are over (Civil Code Art. 195)."""
    last = next((each for each in reversed(matter.clocks.all) if each.name == ARBITRATE_BY), None)
    if last is None or last.state is not ClockState.MET:
        return []
    done = LimitationAct(code=LimitationActCode("arbitration-applied"), on=day_of(event.at))
    anew = limitation(last.limit.rule_id, done.on, [], law, at=event.at)
    limits = (running_limit(anew, law),)
    return [LimitationInterrupted(**matter.said(event.at), code=done.code, on=done.on, limits=limits)]

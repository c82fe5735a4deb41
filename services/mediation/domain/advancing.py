"""Gives aid before its review is decided (Legal Aid Law Art. 44), and ends it when its papers never come."""

from datetime import date, timedelta
from typing import Final

from law.book import Law
from law.deadlines import day_of, end_of
from law.limits import limit_of
from schemas.codes import AdvanceCode, AidStage
from schemas.facts import TimeLimit
from schemas.ids import RuleId
from schemas.matters import AidAdvanced, AidLapsed, AidRegularised, MatterEvent
from services.mediation.domain.acts import GRANTABLE, GRANTED, Act
from services.mediation.domain.aid import ASSIGNMENT, Advance
from services.mediation.domain.aid_clocks import REGULARISE_BY
from services.mediation.domain.errors import AlreadyGranted, DayPassed, NoAdvance, NotDueYet, NotUrgent
from services.mediation.domain.limitation import WINDOW
from services.mediation.domain.matter import Matter

PAPERS: Final = RuleId("advance-papers")
TIME_LIMIT: Final = AdvanceCode("time-limit")


def advance(
    matter: Matter,
    act: Act,
    stage: AidStage,
    code: AdvanceCode,
    *,
    expires_on: date | None,
    papers_on: date | None,
    law: Law,
) -> list[MatterEvent]:
    """Aid is given in advance. Raises AlreadyGranted, NotUrgent, DayPassed."""
    matter.check_owner(act, *GRANTABLE)
    if stage in matter.aid.covered:
        raise AlreadyGranted(stage=stage)
    expires_on = expires_on or matter.runs_out_on or matter.facts.limitation_on
    if code == TIME_LIMIT:
        check_urgent(expires_on, day_of(act.at), law)
    assigned = matter.aid.assigned_to(stage)
    return [
        AidAdvanced(
            **matter.said(act.at),
            stage=stage,
            code=code,
            expires_on=expires_on if code == TIME_LIMIT else None,
            limit=papers_limit(act, papers_on, law),
            assign_limit=None if assigned else limit_of(ASSIGNMENT, act.at, law),
        )
    ]


def regularise(matter: Matter, act: Act, stage: AidStage) -> list[MatterEvent]:
    """The papers are in; late papers count while the aid has not lapsed. Raises NoAdvance."""
    matter.check_owner(act, *GRANTED)
    standing(matter, stage)
    return [AidRegularised(**matter.said(act.at), stage=stage)]


def lapse(matter: Matter, act: Act, stage: AidStage) -> list[MatterEvent]:
    """The papers never came. A person decides, as a suit may hang on it. Raises NoAdvance, NotDueYet."""
    matter.check_owner(act, *GRANTED)
    standing(matter, stage)
    clock = matter.clocks.open(f"{REGULARISE_BY}/{stage}")
    if clock and act.at <= clock.limit.due_at:
        raise NotDueYet(found=act.at, expected=clock.limit.due_at)
    return [AidLapsed(**matter.said(act.at), stage=stage)]


def standing(matter: Matter, stage: AidStage) -> Advance:
    """The advance whose papers are awaited. Raises NoAdvance."""
    found = matter.aid.advance(stage)
    if found is None or found.regularised:
        raise NoAdvance(found=stage, expected=", ".join(each.stage for each in matter.aid.advances))
    return found


def check_urgent(expires_on: date | None, today: date, law: Law) -> None:
    """A time limit expires in fewer days than the rule says, and has not yet. Raises NotUrgent."""
    days = law.rule(WINDOW, today).duration
    if expires_on is None or not today <= expires_on < today + timedelta(days=days):
        raise NotUrgent(found=str(expires_on), expected=days)


def papers_limit(act: Act, papers_on: date | None, law: Law) -> TimeLimit:
    """By the day that the centre sets, else by the rule. Raises DayPassed."""
    limit = limit_of(PAPERS, act.at, law)
    if papers_on is None:
        return limit
    if papers_on < day_of(act.at):
        raise DayPassed(found=papers_on, expected=day_of(act.at))
    return TimeLimit(rule=limit.rule, due_at=end_of(papers_on))

"""How one time limit of a matter is counted: from its facts, or from its clock through the acts since."""

from collections.abc import Iterable
from datetime import datetime

from law.book import Law
from law.deadlines import day_of
from law.limitation import Limitation, limitation
from law.limits import limit_as_counted
from schemas.facts import CaseFacts, LimitationAct
from schemas.matters import RunningLimit
from services.mediation.domain.clocks import Clock
from services.mediation.domain.limitation import clock_of


def running_limit(found: Limitation, law: Law, clock: Clock | None = None) -> RunningLimit:
    return RunningLimit(
        clock=clock.name if clock else clock_of(found.rule.id),
        since=clock.started_at if clock and found.begun_by is None else found.since,
        limit=limit_as_counted(found.rule, found.counting, law),
        suspended=found.suspended_by is not None or None,
    )


def counted(clock: Clock, acts: Iterable[LimitationAct], law: Law, *, at: datetime) -> RunningLimit:
    """A clock from its start on, through the acts since."""
    return running_limit(through(clock, acts, law, at=at), law, clock)


def recount(clock: Clock, facts: CaseFacts, law: Law, *, at: datetime) -> Limitation:
    """How a clock that runs, or has run, was counted."""
    acts = [each for each in facts.acts or () if clock.ended_at is None or each.on < day_of(clock.ended_at)]
    return through(clock, acts, law, at=clock.ended_at or at)


def through(clock: Clock, acts: Iterable[LimitationAct], law: Law, *, at: datetime) -> Limitation:
    since = day_of(clock.started_at)
    later = [each for each in acts if each.on >= since or each.until is None or each.until > since]
    return limitation(clock.limit.rule_id, since, later, law, at=at)

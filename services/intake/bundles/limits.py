"""Whether the time limits of a bundle are ones that its histories start, and where all of them stand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from law.book import Law, NoSuchRule
from law.deadlines import day_of
from law.limits import limit_of
from schemas.ids import RuleId
from schemas.past import PastClock
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.running import Bundle, Running
from services.intake.domain.standing import BREACHED, REVIEW, RIGHTS, RUNNING, Limit, limits_of

SOON: Final = timedelta(days=7)


def fit_clocks(case: Running, bundle: Bundle, law: Law, now: datetime, outlook: Outlook) -> None:
    """Each time limit that the bundle has is one that an act starts; those that it has not are counted."""
    limits = defaultdict[tuple[RuleId, datetime], list[Limit]](list)
    for limit in limits_of(case.received_at, case.acts, case.relation):
        limits[limit.rule, limit.started_at].append(limit)
    kept: dict[tuple[RuleId, datetime], PastClock] = {}
    for line, clock, state in case.clocks:
        for column, found, expected in wrong_clock(clock, limits, kept, law):
            bundle.wrong.note("clocks.csv", line, column, found, expected)
        if (clock.rule, clock.started_at) not in limits:
            continue
        kept[clock.rule, clock.started_at] = clock
        # Of suits that were filed on one day each has such a limit.
        stands = sorted({each.state(clock, at=now) for each in limits[clock.rule, clock.started_at]})
        if state and state not in stands:
            expected = f"{' or '.join(stands)}, by the days that stand here"
            bundle.wrong.note("clocks.csv", line, "state", state, expected)
        counted = limit_of(clock.rule, clock.started_at, law).due_at
        if clock.paused_at is None and day_of(counted) != day_of(clock.due_at):
            outlook.warnings.append(
                f"clocks.csv line {line}: {case.number}, {clock.rule} ends on {day_of(clock.due_at)}; "
                f"this release would count {day_of(counted)}. It stays as the bundle has it."
            )
    for limit in (each for some in limits.values() for each in some if each.rule not in RIGHTS):
        count(limit, kept.get((limit.rule, limit.started_at)), law, now, outlook)


def count(limit: Limit, kept: PastClock | None, law: Law, now: datetime, outlook: Outlook) -> None:
    """Whether it ends soon, or was missed."""
    due_at = limit_of(limit.rule, limit.started_at, law).due_at
    clock = kept or PastClock(rule=limit.rule, started_at=limit.started_at, due_at=due_at)
    stands = limit.state(clock, at=now)
    outlook.due_soon += stands == RUNNING and clock.due_at <= now + SOON
    outlook.breached += stands == BREACHED


def ends_of(case: Running, law: Law) -> Mapping[tuple[RuleId, datetime], datetime]:
    """When each time limit that the history starts ends: as the earlier system had it, or by the law."""
    kept = {(clock.rule, clock.started_at): clock.due_at for _, clock, _ in case.clocks}
    started = [(each.rule, each.started_at) for each in limits_of(case.received_at, case.acts, case.relation)]
    return {(rule, at): kept.get((rule, at)) or limit_of(rule, at, law).due_at for rule, at in started}


def wrong_clock(
    clock: PastClock,
    limits: Mapping[tuple[RuleId, datetime], Sequence[Limit]],
    kept: Mapping[tuple[RuleId, datetime], PastClock],
    law: Law,
) -> Iterator[tuple[str, str, str]]:
    """Column, what was found in it, and what was expected."""
    try:
        law.rule(clock.rule, day_of(clock.started_at))
    except NoSuchRule:
        yield "rule", clock.rule, "a rule that `casebridge law list` shows"
        return
    limit = next(iter(limits.get((clock.rule, clock.started_at), ())), None)
    if limit is None:
        known = ", ".join(f"{rule} from {day_of(at)}" for rule, at in limits)
        yield "started", str(day_of(clock.started_at)), f"a time limit that an act starts: {known}"
    if (clock.rule, clock.started_at) in kept:
        yield "rule", clock.rule, "each time limit once"
    if clock.due_at <= clock.started_at:
        yield "due", str(clock.due_at), "an end after the start"
    if clock.rule != REVIEW and (clock.paused_at or clock.resumed_at):
        yield "paused", str(clock.paused_at), "a pause of a review alone"
    if clock.resumed_at and not (clock.paused_at and clock.paused_at <= clock.resumed_at):
        yield "resumed", str(clock.resumed_at), "a pause before it"
    if clock.paused_at and clock.paused_at < clock.started_at:
        yield "paused", str(clock.paused_at), "a pause after the start"
    last = clock.resumed_at or clock.paused_at
    if limit and limit.met_at and last and (limit.met_at < last or not clock.resumed_at):
        yield "paused", str(clock.paused_at), "a review that goes on before it is decided"

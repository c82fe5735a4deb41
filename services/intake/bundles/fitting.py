"""Whether the files of a bundle fit one another: stages and histories, time limits, sums of money."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from law.book import Law, NoSuchRule
from law.deadlines import day_of
from law.limits import limit_of
from schemas.ids import Province, RuleId
from schemas.past import PastClock
from services.intake.bundles.reading import MOST_OF_A_KIND, Bundle, Running
from services.intake.domain.standing import (
    BREACHED,
    REVIEW,
    RIGHTS,
    RUNNING,
    STAGES,
    Limit,
    limits_of,
    stage_of,
    wrong_with,
)

SOON: Final = timedelta(days=7)


@dataclass
class Outlook:
    """What an import comes to."""

    stages: Counter[str] = field(default_factory=Counter)
    due_soon: int = 0
    breached: int = 0
    warnings: list[str] = field(default_factory=list)


def fit(bundle: Bundle, province: Province, law: Law, now: datetime) -> Outlook:
    """Note all that does not fit; say what else there is to know."""
    outlook = Outlook()
    for case in bundle.cases.values():
        work = case.said["work"]
        local = law.in_region(work if work[:2] == province else province)
        fit_history(case, bundle)
        fit_money(case, bundle)
        fit_clocks(case, bundle, local, now, outlook)
        outlook.stages[case.said["stage"]] += 1
    return outlook


def fit_history(case: Running, bundle: Bundle) -> None:
    wrong = bundle.wrong
    if not case.members:
        wrong.note("cases.csv", case.line, "number", case.number, "a member in members.csv")
    if len(case.steps) > MOST_OF_A_KIND:
        expected = f"at most {MOST_OF_A_KIND} acts of a case beside its notes"
        wrong.note("cases.csv", case.line, "number", str(len(case.steps)), expected)
    acts = case.acts
    for place, name, expected in wrong_with(acts):
        found = acts[place].code if name == "act" else str(getattr(acts[place], name, None) or "")
        column = "aid_stage" if name == "stage" else name
        wrong.note("history.csv", case.steps[place].line, column, found, expected)
    if (stage := stage_of(acts)) != case.said["stage"]:
        expected = f"{stage} ({STAGES[stage].zh}), by its history"
        wrong.note("cases.csv", case.line, "stage", case.said["stage"], expected)


def fit_money(case: Running, bundle: Bundle) -> None:
    """Agreements and awards give every member an amount; nobody received more than he is due."""
    done = [act.code for act in case.acts]
    last = next((code for code in reversed(done) if code in ("agreed", "awarded")), None)
    for told in case.members:
        due = {"agreed": told.agreed_fen, "awarded": told.awarded_fen}
        for code, amount_fen in due.items():
            if (amount_fen is not None) != (code in done):
                expected = f"an amount {code} of each member, and in the history that it was {code}"
                bundle.wrong.note("members.csv", told.line, "number", case.number, expected)
        paid_fen = sum(each.amount_fen for each in told.payments)
        due_fen = due[last] if last else None
        if due_fen is not None and paid_fen > due_fen:
            found, expected = yuan(paid_fen), f"at most {yuan(due_fen)} paid, as he is due no more"
            bundle.wrong.note("members.csv", told.line, "number", found, expected)
        if len(told.payments) > MOST_OF_A_KIND:
            bundle.wrong.note(
                "members.csv", told.line, "number", "more payments", f"at most {MOST_OF_A_KIND}"
            )
    in_parts = sum(each.amount_fen for each in case.instalments)
    agreed_fen = sum(told.agreed_fen or 0 for told in case.members)
    if case.instalments and in_parts != agreed_fen:
        expected = f"instalments of {yuan(agreed_fen)} in all, as was agreed"
        bundle.wrong.note("cases.csv", case.line, "number", yuan(in_parts), expected)
    if len(case.instalments) > MOST_OF_A_KIND:
        bundle.wrong.note("cases.csv", case.line, "number", "more instalments", f"at most {MOST_OF_A_KIND}")


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def fit_clocks(case: Running, bundle: Bundle, law: Law, now: datetime, outlook: Outlook) -> None:
    """Each time limit that the bundle has is one that an act starts; those that it has not are counted."""
    limits = {
        (limit.rule, limit.started_at): limit
        for limit in limits_of(case.received_at, case.acts, case.relation)
    }
    kept: dict[tuple[RuleId, datetime], PastClock] = {}
    for line, clock, state in case.clocks:
        for column, found, expected in wrong_clock(clock, limits, kept, law):
            bundle.wrong.note("clocks.csv", line, column, found, expected)
        limit = limits.get((clock.rule, clock.started_at))
        if limit is None:
            continue
        kept[clock.rule, clock.started_at] = clock
        stands = limit.state(clock, at=now)
        if state and state != stands:
            bundle.wrong.note("clocks.csv", line, "state", state, f"{stands}, by the days that stand here")
        counted = limit_of(clock.rule, clock.started_at, law).due_at
        if clock.paused_at is None and day_of(counted) != day_of(clock.due_at):
            outlook.warnings.append(
                f"clocks.csv line {line}: {case.number}, {clock.rule} ends on {day_of(clock.due_at)}; "
                f"this release would count {day_of(counted)}. It stays as the bundle has it."
            )
    for name, limit in limits.items():
        due_at = limit_of(limit.rule, limit.started_at, law).due_at
        clock = kept.get(name) or PastClock(rule=limit.rule, started_at=limit.started_at, due_at=due_at)
        stands = limit.state(clock, at=now)
        if limit.rule not in RIGHTS:
            outlook.due_soon += stands == RUNNING and clock.due_at <= now + SOON
            outlook.breached += stands == BREACHED


def wrong_clock(
    clock: PastClock,
    limits: Mapping[tuple[RuleId, datetime], Limit],
    kept: Mapping[tuple[RuleId, datetime], PastClock],
    law: Law,
) -> Iterator[tuple[str, str, str]]:
    """Column, what was found in it, and what was expected."""
    try:
        law.rule(clock.rule, day_of(clock.started_at))
    except NoSuchRule:
        yield "rule", clock.rule, "a rule that `casebridge law list` shows"
        return
    limit = limits.get((clock.rule, clock.started_at))
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

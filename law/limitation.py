"""Until when the rights of a case must be used: from its facts, and what interrupted and suspended it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, TypeAlias

from law.book import Law
from law.deadlines import SHANGHAI, Counting, Pause, day_of
from law.rule import Rule
from schemas.codes import CaseType, LimitationActCode, Relation
from schemas.facts import CaseFacts, KeyDates, LimitationAct
from schemas.ids import RuleId
from schemas.matters import (
    LimitationCounted,
    LimitationInterrupted,
    LimitationResumed,
    LimitationSuspended,
)

Learned: TypeAlias = LimitationCounted | LimitationInterrupted | LimitationSuspended | LimitationResumed
"""What says more of the days that time limits go by."""

LABOUR: Final = Relation("labour")
SERVICE: Final = Relation("service")
SUSPENDING: Final = frozenset(
    map(LimitationActCode, ("force-majeure", "no-agent", "relation-in-dispute", "other-obstacle"))
)
"""What stops a time limit for as long as it lasts; everything else lets it begin anew."""
AT_WORK: Final = frozenset(map(CaseType, ("work-injury", "death-compensation")))
CIVIL: Final = frozenset(
    map(CaseType, ("wage-arrears", "service-pay", "traffic-accident", "death-compensation"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Which time limit runs in which cases, and from which of their days."""

    rule: RuleId
    since: tuple[str, ...]
    """Fields of `KeyDates`; the first that is known counts."""
    case_types: frozenset[CaseType] | None = None
    """None: all of them."""
    but_for: Relation | None = None
    """The relation for which it does not run. Of one that is not certain, both ways are kept."""


TABLE: Final = (
    # Pay is not barred while the employment lasts (LDMAL Art. 27): without its end nothing runs.
    Runs(
        rule=RuleId("arbitration-limitation"),
        since=("employment_ended_on",),
        case_types=frozenset({CaseType("wage-arrears")}),
        but_for=SERVICE,
    ),
    Runs(
        rule=RuleId("arbitration-limitation"),
        since=("known_on", "employment_ended_on"),
        case_types=frozenset({CaseType("labour-relation")}),
        but_for=SERVICE,
    ),
    Runs(rule=RuleId("injury-report-employer"), since=("injured_on",), case_types=AT_WORK, but_for=SERVICE),
    Runs(rule=RuleId("injury-report-worker"), since=("injured_on",), case_types=AT_WORK, but_for=SERVICE),
    Runs(
        rule=RuleId("civil-limitation"),
        since=("known_on", "pay_due_on", "injured_on"),
        case_types=CIVIL,
        but_for=LABOUR,
    ),
    # It runs from the harm itself, whoever knew of it, and nothing stops it: the outer end of the one above.
    Runs(
        rule=RuleId("civil-limitation-longest"),
        since=("injured_on", "pay_due_on"),
        case_types=CIVIL,
        but_for=LABOUR,
    ),
    Runs(rule=RuleId("suit-after-award"), since=("award_received_on",)),
    Runs(rule=RuleId("enforcement"), since=("performance_due_on",)),
)


class NotAnew(StrEnum):
    """Why an act did not let a time limit begin anew."""

    NOTHING_INTERRUPTS = "nothing-interrupts"
    BEFORE_THE_START = "before-the-start"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What may have let a time limit begin anew, and why it did not."""

    act: LimitationAct
    why_not: NotAnew | None
    """None: the time began anew with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limitation:
    """One time limit of a case, as it runs now."""

    rule: Rule
    since: datetime
    """What the present time runs from."""
    counting: Counting
    weighed: tuple[Weighed, ...] = ()
    """What may have let it begin anew, in order."""
    suspended_by: LimitationAct | None = None
    """What stops it now: until that is over nobody can say when it ends."""

    @property
    def begun_by(self) -> LimitationAct | None:
        """What let it begin anew, the last of all; None if it runs from the beginning."""
        return next((each.act for each in reversed(self.weighed) if each.why_not is None), None)


def limitations(facts: CaseFacts, law: Law, *, at: datetime) -> tuple[Limitation, ...]:
    """Every time limit whose start the facts name.

    Args:
        at: now; what is suspended is counted as if it went on at this moment.
    """
    return tuple(limitation(runs.rule, since, facts.acts or (), law, at=at) for runs, since in running(facts))


def facts_after(facts: CaseFacts, event: Learned) -> CaseFacts:
    """What is known of the case then; it travels with it."""
    match event:
        case LimitationCounted(dates=dates):
            return facts.model_copy(update={"dates": dates})
        case LimitationInterrupted(code=code, on=on):
            return with_act(facts, LimitationAct(code=code, on=on))
        case LimitationSuspended(code=code, on=on, until=until):
            return with_act(facts, LimitationAct(code=code, on=on, until=until))
        case LimitationResumed(code=code, on=on, until=until):
            return with_act(facts, LimitationAct(code=code, on=on, until=until))


def with_act(facts: CaseFacts, act: LimitationAct) -> CaseFacts:
    """One more act; what is over takes the place of what lasted."""
    others = tuple(each for each in facts.acts or () if (each.code, each.on) != (act.code, act.on))
    return facts.model_copy(update={"acts": (*others, act)})


def running(facts: CaseFacts) -> Iterator[tuple[Runs, date]]:
    """The rows of the table that apply, each with its day."""
    dates = facts.dates or KeyDates()
    for runs in TABLE:
        if runs.case_types is not None and facts.case_type not in runs.case_types:
            continue
        since = first_known(dates, runs.since)
        if since is not None and facts.relation != runs.but_for:
            yield runs, since


def first_known(dates: KeyDates, names: Iterable[str]) -> date | None:
    return next((day for name in names if (day := getattr(dates, name)) is not None), None)


def limitation(
    rule: RuleId, since: date, acts: Sequence[LimitationAct], law: Law, *, at: datetime
) -> Limitation:
    """One time limit since its start, through all acts that count for it."""
    weighed = anew(rule, morning(since), pauses_of(acts, at), acts, law)
    start = next((each.act.on for each in reversed(weighed) if each.why_not is None), since)
    return replace(counted(rule, start, acts, law, at=at), weighed=weighed)


def anew(
    rule: RuleId, since: datetime, pauses: Sequence[Pause], acts: Iterable[LimitationAct], law: Law
) -> tuple[Weighed, ...]:
    """Each act that may let a time limit begin anew, in order, and whether it did. Raises PauseStillOpen."""
    start, weighed = since, []
    for act in interrupting(acts):
        # Of what comes when the time has passed nothing is brought back.
        why_not: NotAnew | None = None
        if not law.rule(rule, day_of(start)).interrupt:
            why_not = NotAnew.NOTHING_INTERRUPTS
        elif act.on < day_of(start):
            why_not = NotAnew.BEFORE_THE_START
        elif act.on > day_of(law.count(rule, start, since_then(pauses, start)).due):
            why_not = NotAnew.PASSED
        else:
            start = morning(act.on)
        weighed.append(Weighed(act, why_not))
    return tuple(weighed)


def since_then(pauses: Iterable[Pause], start: datetime) -> list[Pause]:
    """Pauses of a time that begins then: what was over before is none of them."""
    return [
        Pause(max(each.begins, start), each.ends) for each in pauses if each.ends is None or each.ends > start
    ]


def pauses_of(acts: Iterable[LimitationAct], at: datetime) -> list[Pause]:
    """What suspends, as pauses; what lasts goes on until now."""
    return [Pause(morning(act.on), end_of_pause(act, at)) for act in acts if act.code in SUSPENDING]


def interrupting(acts: Iterable[LimitationAct]) -> list[LimitationAct]:
    """Those that let a time limit begin anew, in order."""
    return sorted((act for act in acts if act.code not in SUSPENDING), key=lambda act: act.on)


def counted(
    rule: RuleId, start: date, acts: Iterable[LimitationAct], law: Law, *, at: datetime
) -> Limitation:
    """From one start, with what suspended it since."""
    suspending = [act for act in acts if act.code in SUSPENDING and (act.until is None or act.until > start)]
    begins = morning(start)
    pauses = [Pause(max(morning(act.on), begins), end_of_pause(act, at)) for act in suspending]
    version = law.rule(rule, start)
    counting = law.count(rule, begins, pauses)
    lasting = [act for act in suspending if act.until is None and morning(act.on) <= counting.due]
    return Limitation(
        rule=version,
        since=begins,
        counting=counting,
        suspended_by=lasting[-1] if lasting and version.pause else None,
    )


def end_of_pause(act: LimitationAct, at: datetime) -> datetime:
    """When the act stopped to suspend; of what lasts, now."""
    return max(morning(act.on), morning(act.until) if act.until else at)


def morning(day: date) -> datetime:
    """The day as a moment: time limits count days."""
    return datetime.combine(day, time(0), SHANGHAI)

"""Where an imported case stands by its history: what may follow what, and which time limits that starts.

What mediation makes of the same acts is compared with this by a test, as neither service knows the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas.codes import MediationKind, Relation
from schemas.ids import RuleId, Wording
from schemas.past import PastAct, PastClock

STAGES: Final[Mapping[str, Wording]] = {
    "submitted": Wording("已提交", "submitted"),
    "review": Wording("审查中", "under review"),
    "granted": Wording("已决定援助", "granted"),
    "mediation": Wording("调解中", "in mediation"),
    "arbitration": Wording("仲裁中", "in arbitration"),
    "concluded": Wording("已结案", "concluded, recovering"),
}

RUNNING, PAUSED, MET, BREACHED = "running", "paused", "met", "breached"
CLOCK_STATES: Final[Mapping[str, Wording]] = {
    RUNNING: Wording("进行中", "running"),
    PAUSED: Wording("中止", "paused"),
    MET: Wording("已完成", "met"),
    BREACHED: Wording("已超期", "breached"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one kind of act needs, and what follows from it."""

    after: str | None = None
    """What must have happened before."""
    says: tuple[str, ...] = ()
    """The fields that it must fill."""
    stage: str = "granted"
    """Where the case stands then."""
    once: bool = True
    starts: str | None = None
    """The rule of the time limit that begins with it."""
    met_by: str | None = None
    """What meets that limit."""


REVIEW: Final = RuleId("review")
STEPS: Final[Mapping[str, Step]] = {
    "accepted": Step(stage="review"),
    "granted": Step(
        after="accepted", says=("stage", "means"), once=False, starts="assignment", met_by="assigned"
    ),
    "assigned": Step(
        after="granted",
        says=("stage", "role", "person", "body"),
        once=False,
        starts="engagement",
        met_by="engaged",
    ),
    "engaged": Step(after="assigned", once=False),
    "mediation-proposed": Step(
        after="granted", says=("kind", "body"), stage="mediation", once=False, met_by="agreed"
    ),
    "session": Step(after="mediation-proposed", says=("result",), stage="mediation", once=False),
    "agreed": Step(after="mediation-proposed", stage="mediation", starts="judicial-confirmation"),
    "arbitration-filed": Step(
        after="granted",
        says=("body",),
        stage="arbitration",
        starts="arbitration-acceptance",
        met_by="arbitration-accepted",
    ),
    "arbitration-accepted": Step(
        after="arbitration-filed", says=("docket",), stage="arbitration", starts="award", met_by="awarded"
    ),
    "awarded": Step(after="arbitration-accepted", stage="arbitration", starts="suit-after-award"),
    "concluded": Step(after="granted", says=("outcome",), stage="concluded", starts="file-hand-in"),
}
REACHED: Final = {"agreement": "agreed", "award": "awarded", "no-result": "granted"}
"""By which act an outcome is reached that a bundle can tell of."""
RIGHTS: Final = frozenset({"judicial-confirmation", "suit-after-award"})
"""Limits that nobody is in breach of: the applicants may use them."""
BROKEN_OFF: Final = "broken-off"


def stage_of(acts: Sequence[PastAct]) -> str:
    """Where a case stands."""
    reached = {STEPS[act.code].stage for act in acts if act.code in STEPS}
    return next((stage for stage in reversed(list(STAGES)) if stage in reached), "submitted")


def wrong_with(acts: Sequence[PastAct]) -> Iterator[tuple[int, str, str]]:
    """What cannot be in a history: the place of the act, its field, and what was expected."""
    done: list[PastAct] = []
    for place, act in enumerate(acts):
        step, before = STEPS[act.code], {each.code for each in done}
        for name in step.says:
            if getattr(act, name) is None:
                yield place, name, f"filled, of {act.code}"
        if step.after and step.after not in before:
            yield place, "act", f"{step.after} before it"
        if step.once and act.code in before:
            yield place, "act", "it once"
        yield from ((place, field, expected) for field, expected in out_of_turn(act, done))
        done.append(act)


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    """What the acts before leave no room for."""
    codes = {each.code for each in done}
    if "concluded" in codes:
        yield "act", "nothing after the conclusion but notes and payments"
    if act.code in ("mediation-proposed", "session", "agreed") and "agreed" in codes:
        yield "act", "no other mediation beside the agreement"
    if act.code in ("session", "agreed") and not mediates(done):
        yield "act", "a mediation that runs"
    if act.code == "mediation-proposed" and mediates(done):
        yield "act", "the mediation before it agreed or broken off"
    if act.code == "granted" and any(each.code == "granted" and each.stage == act.stage for each in done):
        yield "stage", "each stage granted once"
    if act.code == "assigned" and not any(e.code == "granted" and e.stage == act.stage for e in done):
        yield "stage", "a stage that was granted"
    if act.code == "engaged" and (not done or done[-1].code != "assigned" or done[-1].role == "mediator"):
        yield "act", "right after the assignment of who represents the workers"
    if act.code == "concluded" and act.outcome and REACHED.get(act.outcome) not in codes:
        expected = ", ".join(f"{outcome} with {code}" for outcome, code in REACHED.items())
        yield "outcome", f"one of {expected}"


def mediates(done: Sequence[PastAct]) -> bool:
    """Whether a mediation runs."""
    said = [each for each in done if each.code in ("mediation-proposed", "session", "agreed")]
    return bool(said) and said[-1].code != "agreed" and said[-1].result != BROKEN_OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit that the history starts."""

    rule: RuleId
    started_at: datetime
    met_at: datetime | None

    def state(self, kept: PastClock, *, at: datetime) -> str:
        """How it stands, with its end as the earlier system had it."""
        if self.met_at is not None and self.met_at <= kept.due_at:
            return MET
        if kept.paused_at and not kept.resumed_at and self.met_at is None:
            return PAUSED
        return BREACHED if kept.due_at < (self.met_at or at) else RUNNING


def limits_of(received_at: datetime, acts: Sequence[PastAct], relation: Relation) -> Iterator[Limit]:
    """All of them: the review, and what the acts start."""
    granted = next((act.at for act in acts if act.code == "granted"), None)
    yield Limit(rule=REVIEW, started_at=received_at, met_at=granted)
    for place, act in enumerate(acts):
        rule = rule_of(act, relation)
        if rule is not None:
            met_by = STEPS[act.code].met_by
            later = (each for each in acts[place + 1 :] if meets(each, act, met_by))
            met = next(later, None)
            yield Limit(rule=rule, started_at=act.at, met_at=met.at if met else None)


def meets(later: PastAct, act: PastAct, met_by: str | None) -> bool:
    if act.code == "mediation-proposed" and later.result == BROKEN_OFF:
        return True
    return later.code == met_by and (act.code != "granted" or later.stage == act.stage)


def rule_of(act: PastAct, relation: Relation) -> RuleId | None:
    """Labour disputes are mediated in fifteen days (Arbitration Law Art. 14); nobody engages a mediator."""
    if act.code == "mediation-proposed":
        labour = act.kind == MediationKind("labour") or relation == Relation("labour")
        return RuleId("mediation-labour" if labour else "mediation-peoples")
    starts = STEPS[act.code].starts
    return RuleId(starts) if starts and act.role != "mediator" else None

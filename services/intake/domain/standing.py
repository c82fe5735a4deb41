"""Where an imported case stands by its history: what may follow what, and which time limits that starts.

What mediation makes of the same acts is compared with this by a test, as neither service knows the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas.codes import Relation
from schemas.ids import RuleId, Wording
from schemas.past import PastAct, PastClock
from services.intake.domain.steps import (
    advance_execution,
    arbitration,
    arbitration_review,
    confirmation,
    ending,
    enforcement,
    inspection,
    mediation,
    notarisation,
    objection,
    office,
    orders,
    setting_aside,
    suits,
)
from services.intake.domain.steps.mediation import BROKEN_OFF
from services.intake.domain.steps.step import OutOfTurn, Step, last_of

STAGES: Final[Mapping[str, Wording]] = {
    "submitted": Wording("已提交", "submitted"),
    "review": Wording("审查中", "under review"),
    "refused": Wording("不予援助", "refused"),
    "granted": Wording("已决定援助", "granted"),
    "mediation": Wording("调解中", "in mediation"),
    "arbitration": Wording("仲裁中", "in arbitration"),
    "suit": Wording("诉讼中", "in court"),
    "enforcement": Wording("执行中", "in enforcement"),
    "terminated": Wording("已终止援助", "aid terminated"),
    "concluded": Wording("已结案", "concluded, recovering"),
    "withdrawn": Wording("已撤回", "withdrawn"),
}

RUNNING, PAUSED, MET, BREACHED, STOPPED = "running", "paused", "met", "breached", "stopped"
CLOCK_STATES: Final[Mapping[str, Wording]] = {
    RUNNING: Wording("进行中", "running"),
    PAUSED: Wording("中止", "paused"),
    MET: Wording("已完成", "met"),
    BREACHED: Wording("已超期", "breached"),
    STOPPED: Wording("已终止", "stopped"),
}


REVIEW: Final = RuleId("review")
STEPS: Final[Mapping[str, Step]] = {
    **office.STEPS,
    **objection.STEPS,
    **ending.STEPS,
    **mediation.STEPS,
    **arbitration.STEPS,
    **advance_execution.STEPS,
    **confirmation.STEPS,
    **arbitration_review.STEPS,
    **notarisation.STEPS,
    **inspection.STEPS,
    **orders.STEPS,
    **setting_aside.STEPS,
    **suits.STEPS,
    **enforcement.STEPS,
}
OUT_OF_TURN: Final[Sequence[OutOfTurn]] = (
    office.out_of_turn,
    objection.out_of_turn,
    ending.out_of_turn,
    mediation.out_of_turn,
    arbitration.out_of_turn,
    advance_execution.out_of_turn,
    confirmation.out_of_turn,
    arbitration_review.out_of_turn,
    notarisation.out_of_turn,
    inspection.out_of_turn,
    orders.out_of_turn,
    setting_aside.out_of_turn,
    suits.out_of_turn,
    enforcement.out_of_turn,
)
RIGHTS: Final = frozenset(
    {
        "judicial-confirmation",
        "suit-after-award",
        "suit-after-set-aside",
        "appeal",
        "payment-order-objection",
    }
)
"""Limits that nobody is in breach of: the applicants may use them."""


def stage_of(acts: Sequence[PastAct]) -> str:
    """Where a case stands."""
    done = {act.code for act in acts}
    if ending.WITHDRAWN in done:
        return "withdrawn"
    if objection.refused(acts):
        return "refused"
    if ending.terminated(acts) and "concluded" not in done:
        return "terminated"
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
    if any(each.code == "concluded" for each in done) and not STEPS[act.code].afterwards:
        yield "act", "nothing after the conclusion but what a court or inspection does, notes and payments"
    elif ending.terminated(done) and not (STEPS[act.code].afterwards or act.code in ending.FOLLOW):
        yield "act", "an objection before it with which the termination was corrected"
    for each in OUT_OF_TURN:
        yield from each(act, done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit that the history starts."""

    rule: RuleId
    started_at: datetime
    met_at: datetime | None
    stopped_at: datetime | None = None
    """When the aid ended while it ran, or another limit took its place."""

    @property
    def ended_at(self) -> datetime | None:
        return self.met_at or self.stopped_at

    def state(self, kept: PastClock, *, at: datetime) -> str:
        """How it stands, with its end as the earlier system had it."""
        if self.met_at is not None and self.met_at <= kept.due_at:
            return MET
        if self.stopped_at is not None and self.stopped_at <= kept.due_at:
            return STOPPED
        if kept.paused_at and not kept.resumed_at and self.met_at is None:
            return PAUSED
        return BREACHED if kept.due_at < (self.ended_at or at) else RUNNING


def limits_of(received_at: datetime, acts: Sequence[PastAct], relation: Relation) -> Iterator[Limit]:
    """All of them: the review, and what the acts start."""
    decided = next((act for act in acts if act.code in ("granted", "refused")), None)
    yield limit_from(REVIEW, received_at, decided, acts)
    for place, act in enumerate(acts):
        step, rule = STEPS[act.code], rule_of(act, relation)
        if rule is not None:
            ends = (each for each in acts[place + 1 :] if meets(each, act, step.met_by + step.replaced_by))
            since, end = since_of(act, step, acts[:place]), next(ends, None)
            if end and end.code in step.replaced_by:
                yield Limit(rule=rule, started_at=since, met_at=None, stopped_at=end.at)
            else:
                yield limit_from(rule, since, end, acts[place + 1 :])


def since_of(act: PastAct, step: Step, before: Sequence[PastAct]) -> datetime:
    """From when what it starts is counted."""
    if step.counted_from and (first := last_of(step.counted_from, before)):
        return first.at
    since: datetime | None = getattr(act, step.since)
    return since or act.at


def limit_from(rule: RuleId, since: datetime, met: PastAct | None, later: Sequence[PastAct]) -> Limit:
    """One that began then. The end of the aid stops what it does not meet; the rights go on."""
    stopped = None if met or rule in RIGHTS else next((e.at for e in later if e.code in ending.ENDED), None)
    return Limit(rule=rule, started_at=since, met_at=met.at if met else None, stopped_at=stopped)


def meets(later: PastAct, act: PastAct, met_by: Sequence[str]) -> bool:
    if act.code == "mediation-proposed" and later.result == BROKEN_OFF:
        return True
    if act.suit and later.suit != act.suit:
        return False
    if award := arbitration.award_of(act) or setting_aside.fallen(act):
        if later.code == setting_aside.GRANTED:
            return later.code in met_by and setting_aside.fallen(later) == award
        if later.members or not suits.dispute_of(later).over(award):
            return False  # Who is not in a suit may still sue, and so may who is, over another award.
    return later.code in met_by and (act.code != "granted" or later.stage == act.stage)


def rule_of(act: PastAct, relation: Relation) -> RuleId | None:
    """The time limit that it starts."""
    starts = STEPS[act.code].starts
    rule = starts(act, relation) if callable(starts) else starts
    return RuleId(rule) if rule else None

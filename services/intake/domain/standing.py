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
    arbitration,
    confirmation,
    enforcement,
    mediation,
    notarisation,
    objection,
    office,
    orders,
    suits,
)
from services.intake.domain.steps.mediation import BROKEN_OFF
from services.intake.domain.steps.step import OutOfTurn, Step

STAGES: Final[Mapping[str, Wording]] = {
    "submitted": Wording("已提交", "submitted"),
    "review": Wording("审查中", "under review"),
    "refused": Wording("不予援助", "refused"),
    "granted": Wording("已决定援助", "granted"),
    "mediation": Wording("调解中", "in mediation"),
    "arbitration": Wording("仲裁中", "in arbitration"),
    "suit": Wording("诉讼中", "in court"),
    "enforcement": Wording("执行中", "in enforcement"),
    "concluded": Wording("已结案", "concluded, recovering"),
}

RUNNING, PAUSED, MET, BREACHED = "running", "paused", "met", "breached"
CLOCK_STATES: Final[Mapping[str, Wording]] = {
    RUNNING: Wording("进行中", "running"),
    PAUSED: Wording("中止", "paused"),
    MET: Wording("已完成", "met"),
    BREACHED: Wording("已超期", "breached"),
}


REVIEW: Final = RuleId("review")
STEPS: Final[Mapping[str, Step]] = {
    **office.STEPS,
    **objection.STEPS,
    **mediation.STEPS,
    **arbitration.STEPS,
    **confirmation.STEPS,
    **notarisation.STEPS,
    **orders.STEPS,
    **suits.STEPS,
    **enforcement.STEPS,
}
OUT_OF_TURN: Final[Sequence[OutOfTurn]] = (
    office.out_of_turn,
    objection.out_of_turn,
    mediation.out_of_turn,
    arbitration.out_of_turn,
    confirmation.out_of_turn,
    notarisation.out_of_turn,
    orders.out_of_turn,
    suits.out_of_turn,
    enforcement.out_of_turn,
)
RIGHTS: Final = frozenset({"judicial-confirmation", "suit-after-award", "appeal", "payment-order-objection"})
"""Limits that nobody is in breach of: the applicants may use them."""


def stage_of(acts: Sequence[PastAct]) -> str:
    """Where a case stands."""
    if objection.refused(acts):
        return "refused"
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
        yield "act", "nothing after the conclusion but what a court does, notes and payments"
    for each in OUT_OF_TURN:
        yield from each(act, done)


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
    decided = next((act.at for act in acts if act.code in ("granted", "refused")), None)
    yield Limit(rule=REVIEW, started_at=received_at, met_at=decided)
    for place, act in enumerate(acts):
        step, rule = STEPS[act.code], rule_of(act, relation)
        if rule is not None:
            later = (each for each in acts[place + 1 :] if meets(each, act, step.met_by))
            met, since = next(later, None), getattr(act, step.since) or act.at
            yield Limit(rule=rule, started_at=since, met_at=met.at if met else None)


def meets(later: PastAct, act: PastAct, met_by: Sequence[str]) -> bool:
    if act.code == "mediation-proposed" and later.result == BROKEN_OFF:
        return True
    if act.code == "awarded" and later.members:
        return False  # Who is not in a suit may still sue.
    return later.code in met_by and (act.code != "granted" or later.stage == act.stage)


def rule_of(act: PastAct, relation: Relation) -> RuleId | None:
    """The time limit that it starts."""
    starts = STEPS[act.code].starts
    rule = starts(act, relation) if callable(starts) else starts
    return RuleId(rule) if rule else None

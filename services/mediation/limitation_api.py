"""Rights of the applicants that run out: which, until when, how that was counted, and what changed it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, model_validator

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.deadlines import day_of
from law.explain import explain
from law.limits import law_for
from law.shown import RuleView, rule_view
from schemas.codes import LIMITATION_ACTS, LimitationActCode
from schemas.entered import entered
from schemas.facts import KeyDates, LimitationAct
from schemas.ids import CaseId
from schemas.matters import ClockName
from schemas.words import Language
from services.mediation.api import HELPERS, STAFF, Command, Prose, act, keep
from services.mediation.domain import limiting
from services.mediation.domain.clocks import Clock, ClockState
from services.mediation.domain.limitation import aid_in_advance, days_left, is_right
from services.mediation.domain.limitation_counts import recount
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "list_limitation": STAFF,
    "record_key_dates": HELPERS,
    "record_limitation_act": HELPERS,
    "end_suspension": HELPERS,
    "record_right_used": HELPERS,
}


class DatesBody(Command):
    """Days that are known now; one that is known already is corrected, the others stay."""

    employment_ended_on: date | None = None
    pay_due_on: date | None = None
    known_on: date | None = None
    injured_on: date | None = None
    award_received_on: date | None = None
    performance_due_on: date | None = None

    def dates(self) -> KeyDates:
        return KeyDates(**self.model_dump(exclude={"epoch"}))


class ActBody(Command):
    """What interrupts time limits, or suspends them, with the paper that proves it."""

    code: Annotated[LimitationActCode, entered(LIMITATION_ACTS)]
    on: date
    until: date | None = None
    """Of what suspends: the day on which it was over, if it is."""
    paper: Prose | None = None

    @model_validator(mode="after")
    def check_order(self) -> Self:
        """What is over did not end before it began."""
        if self.until is not None and self.until < self.on:
            raise ValueError("it is over before it begins")
        return self


class SuspensionEndBody(Command):
    """What suspended time limits is over."""

    code: Annotated[LimitationActCode, entered(LIMITATION_ACTS)]
    until: date


class UseBody(Command):
    """A right was used elsewhere: recognition of an injury was applied for, a suit was filed."""

    clock: ClockName
    on: date
    paper: Prose | None = None


class Counted(BaseModel):
    """The counting in words, step by step, and why it may not be final."""

    steps: Sequence[str]
    marks: Sequence[str]


class RightView(BaseModel):
    """A right that runs out."""

    clock: str
    state: ClockState
    since: datetime
    due_at: datetime
    days_left: int | None
    """Null while it does not run."""
    aid_in_advance: bool
    """Fewer than seven days are left: aid may be given at once, `POST /v1/cases/{case_id}/advance`."""
    rule: RuleView | None
    zh: Counted
    en: Counted


class LimitationView(BaseModel):
    """The rights of a case that run out, and what they go by."""

    dates: KeyDates
    acts: Sequence[LimitationAct]
    rights: Sequence[RightView]


@router.get("/cases/{case_id}/limitation")
async def list_limitation(case_id: CaseId, uow: Uow) -> LimitationView:
    """Every right that runs out or ran out, with the counting step by step."""
    matter = uow.get(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    rights = [each for each in matter.clocks if is_right(each.name)]
    return LimitationView(
        dates=matter.facts.dates or KeyDates(),
        acts=matter.facts.acts or (),
        rights=[right_view(each, matter, law, at=uow.now) for each in rights],
    )


@router.post("/cases/{case_id}/limitation/dates", status_code=201)
async def record_key_dates(case_id: CaseId, body: DatesBody, who: Who, uow: Uow) -> Matter:
    """State days that time limits run from. What runs is counted from them, not from now."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    return uow.emit(matter, limiting.count_again(matter, act(body, who, uow), body.dates(), law))


@router.post("/cases/{case_id}/limitation/acts", status_code=201)
async def record_limitation_act(case_id: CaseId, body: ActBody, who: Who, uow: Uow) -> Matter:
    """Record what lets time limits begin anew, or keeps the applicants from using their rights."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    done = LimitationAct(code=body.code, on=body.on, until=body.until)
    paper = keep("limitation", body.paper, uow)
    noted = limiting.note_act(matter, act(body, who, uow), done, paper, law)
    return uow.emit(matter, noted, legal_basis="LDMAL-27")


@router.post("/cases/{case_id}/limitation/suspension/end", status_code=201)
async def end_suspension(case_id: CaseId, body: SuspensionEndBody, who: Who, uow: Uow) -> Matter:
    """Let time limits run on."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    resumed = limiting.end_suspension(matter, act(body, who, uow), body.code, body.until, law)
    return uow.emit(matter, resumed, legal_basis="LDMAL-27")


@router.post("/cases/{case_id}/limitation/use", status_code=201)
async def record_right_used(case_id: CaseId, body: UseBody, who: Who, uow: Uow) -> Matter:
    """Record that a right was used where the proceedings of this case do not show it."""
    matter = uow.expect(Matter, case_id)
    paper = keep("limitation", body.paper, uow)
    return uow.emit(matter, limiting.use(matter, act(body, who, uow), body.clock, body.on, paper))


def right_view(clock: Clock, matter: Matter, law: Law, *, at: datetime) -> RightView:
    today = day_of(at)
    return RightView(
        clock=clock.name,
        state=clock.state,
        since=clock.started_at,
        due_at=clock.limit.due_at,
        days_left=days_left(clock, today) if clock.runs else None,
        aid_in_advance=aid_in_advance(clock, today, law),
        rule=rule_view(clock.limit.rule, law),
        zh=counted(clock, matter, law, "zh", at=at),
        en=counted(clock, matter, law, "en", at=at),
    )


def counted(clock: Clock, matter: Matter, law: Law, language: Language, *, at: datetime) -> Counted:
    """As the rule counts it: through what interrupted and suspended it, and what that rests on."""
    found = recount(clock, matter.facts, law, at=at)
    said = explain(found.rule, found.counting, language, weighed=found.weighed)
    return Counted(steps=said.steps, marks=said.marks)

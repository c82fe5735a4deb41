"""Cases and hops as people read them, worded in both languages: for the API, the pages and the terminal."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel

from chassis.texts import Texts
from law.book import Law
from law.deadlines import day_of
from law.shown import provisional, unconfirmed
from schemas.codes import CASE_TYPES, HOLD_CAUSES
from schemas.codes import MILESTONES as MILESTONE_WORDS
from schemas.envelope import event_types
from schemas.facts import ExternalNumber
from schemas.ids import PROVINCES, AgencyId, CaseId, CaseNumber, EventId, Province, Wording
from schemas.matters import LitigationFiled
from schemas.words import Language
from services.trace.repository import Traced
from services.trace.standing import Hold, Now, Stage, milestones_of
from services.trace.steps import Known, Step
from services.trace.timeline import Hop, last_of


class Words(BaseModel):
    """The same in both languages."""

    zh: str
    en: str

    @classmethod
    def by(cls, worded: Callable[[Language], str]) -> Self:
        return cls(zh=worded("zh"), en=worded("en"))


class Named(BaseModel):
    """A code, and what it is called."""

    code: str
    name: Words


class HoldView(BaseModel):
    """A service that holds the case back, and why."""

    province: Named
    service: Named
    cause: Named
    since: datetime
    event_id: EventId | None
    detail: str | None


class StepView(BaseModel):
    """One event."""

    event_id: EventId
    type: str
    text: Words
    at: datetime
    recorded_at: datetime
    applied_at: datetime
    province: Named
    log: str
    service: Named
    sequence: int
    actor: Named | None
    """The role of the person behind it."""
    agency: Named | None
    legal_basis: str | None


class HopView(StepView):
    """One event, with the time that it took."""

    latency_ms: float
    """From being written to being heard here."""
    since_previous_ms: float | None
    since_cause_ms: float | None
    cause: int | None
    """Which hop of the timeline caused it, from 0."""


class CaseView(BaseModel):
    """Where a case is."""

    case_id: CaseId
    number: CaseNumber
    opened_at: datetime
    case_type: Named | None
    home: Named | None
    work: Named | None
    members: int | None
    claim_fen: int | None
    external_refs: list[ExternalNumber]
    owner: Named | None
    owner_province: Named | None
    epoch: int
    stage: Stage
    stage_name: Words
    offered_to: Named | None
    milestone: Named | None
    recovered_fen: int
    held: list[HoldView]
    last: StepView | None


class TimelineView(BaseModel):
    """A case, and every step that brought it there."""

    case: CaseView
    hops: list[HopView]


class MilestoneView(BaseModel):
    """Something that was reached."""

    milestone: Named
    at: datetime


class StatusView(BaseModel):
    """What a partner agency sees of a case that it knows under its own number: no person, and no amount."""

    case_id: CaseId
    number: CaseNumber
    external_refs: list[ExternalNumber]
    """The numbers of the one who asks."""
    opened_at: datetime
    owner: Named | None
    owner_province: Named | None
    stage: Stage
    stage_name: Words
    milestones: list[MilestoneView]


def numbers_of(known: Known) -> list[ExternalNumber]:
    return [ExternalNumber.model_validate(each) for each in known.external_refs or ()]


class Viewer:
    """Words what trace knows."""

    def __init__(self, texts: Texts, law: Law) -> None:
        self.texts = texts
        self.law = law

    def case(self, traced: Traced) -> CaseView:
        known, now = traced.known, Now.of(traced.steps, traced.own_holds)
        last = last_of(traced.steps)
        return CaseView(
            case_id=known.case_id,
            number=known.number,
            opened_at=known.opened_at,
            case_type=self.coded(known.case_type, CASE_TYPES),
            home=self.coded(known.home, PROVINCES),
            work=self.coded(known.work, PROVINCES),
            members=known.members,
            claim_fen=known.claim_fen,
            external_refs=numbers_of(known),
            owner=self.agency(now.owner),
            owner_province=self.coded(now.owner_province, PROVINCES),
            epoch=now.epoch,
            stage=now.stage,
            stage_name=self.called("stages", now.stage),
            offered_to=self.agency(now.offered_to),
            milestone=self.coded(now.milestone, MILESTONE_WORDS),
            recovered_fen=now.recovered_fen,
            held=[self.hold(hold) for hold in now.holds.values()],
            last=StepView(**self.step(last)) if last else None,
        )

    def status(self, traced: Traced, issuer: AgencyId) -> StatusView:
        known, now = traced.known, Now.of(traced.steps, {})
        return StatusView(
            case_id=known.case_id,
            number=known.number,
            external_refs=[each for each in numbers_of(known) if each.issuer == issuer],
            opened_at=known.opened_at,
            owner=self.agency(now.owner),
            owner_province=self.coded(now.owner_province, PROVINCES),
            stage=now.stage,
            stage_name=self.called("stages", now.stage),
            milestones=[
                MilestoneView(milestone=self.named(code, MILESTONE_WORDS), at=at)
                for code, at in milestones_of(traced.steps)
            ],
        )

    def hop(self, hop: Hop) -> HopView:
        return HopView(
            **self.step(hop.step),
            latency_ms=hop.latency_ms,
            since_previous_ms=hop.since_previous_ms,
            since_cause_ms=hop.since_cause_ms,
            cause=hop.cause,
        )

    def hold(self, hold: Hold) -> HoldView:
        return HoldView(
            province=self.named(hold.province, PROVINCES),
            service=Named(code=hold.service, name=self.called("services", hold.service)),
            cause=self.named(hold.cause, HOLD_CAUSES),
            since=hold.since,
            event_id=hold.event_id,
            detail=hold.detail,
        )

    def step(self, step: Step) -> dict[str, Any]:
        return {
            "event_id": step.event_id,
            "type": step.type,
            "text": Words.by(lambda language: self.text(step, language)),
            "at": step.at,
            "recorded_at": step.recorded_at,
            "applied_at": step.applied_at,
            "province": self.named(step.province, PROVINCES),
            "log": step.log,
            "service": Named(code=step.service, name=self.called("services", step.service)),
            "sequence": step.sequence,
            "actor": Named(code=step.actor, name=self.called("roles", step.actor)) if step.actor else None,
            "agency": self.agency(step.agency),
            "legal_basis": step.legal_basis,
        }

    def text(self, step: Step, language: Language) -> str:
        """What happened. An event of a later release is shown by its type."""
        kind = event_types().get(step.type)
        if kind is None or not self.texts.has("events", kind.__name__):
            return step.type
        text = self.texts.fill("events", kind.__name__, language, kind, step.said)
        marks = (self.texts.fill("marks", mark, language, kind, step.said) for mark in self.marks(step))
        return text + "".join(marks)

    def marks(self, step: Step) -> Iterator[str]:
        """Which of several awards, or suits, it is about.

        And why a deadline must not look final: holidays that are not published, a rule that is not sure.
        """
        if step.said.get("part"):
            yield "part"
        elif step.type == LitigationFiled.type and step.said.get("against"):
            yield "against"
        if step.said.get("suit"):
            yield "suit"
        if provisional(step.said):
            yield "provisional"
        if step.imported:
            yield "imported"
        if unconfirmed(step.said, day_of(step.at), self.law):
            yield "unconfirmed"

    def agency(self, id: AgencyId | None) -> Named | None:
        return self.coded(id, self.texts.agencies)

    def called(self, section: str, key: str) -> Words:
        if not self.texts.has(section, key):
            return Words(zh=key, en=key)
        return Words.by(lambda language: self.texts.plain(section, key, language))

    def coded(self, code: str | None, known: Mapping[Any, Wording]) -> Named | None:
        return None if code is None else self.named(code, known)

    def named(self, code: str | Province, known: Mapping[Any, Wording]) -> Named:
        called = known.get(code, Wording(code, code))
        return Named(code=code, name=Words(zh=called.zh, en=called.en))

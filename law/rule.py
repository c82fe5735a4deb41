"""What a rule of law says: how long, from when, what stops the clock, who is reminded, how sure we are."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, NewType, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from schemas.codes import LegalBasis
from schemas.ids import RuleId, RuleVersion, Wording

Region = NewType("Region", Annotated[str, StringConstraints(pattern=r"^([0-9]{2}){0,3}$")])
"""Where a rule holds: the first two, four or six digits of GB/T 2260; empty for the nation."""

NATION: Final = Region("")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Count = Annotated[int, Field(strict=True, ge=1, le=3660)]


class Unit(StrEnum):
    """What a duration is counted in. It is data: laws say 日 and mean now the one, now the other."""

    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    HOURS = "hours"
    """They run through nights and holidays."""
    WORKING_DAYS_BEFORE = "working-days-before"
    """Counted back from what lies ahead, a hearing: the last day on which something is in time for it."""


class Confidence(StrEnum):
    """How sure the rule's reading is. What is not high is to be confirmed by a legal office."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


class Bound(StrEnum):
    """Which way a rule binds, and so what would loosen it."""

    AT_MOST = "at-most"
    """Somebody must act in time: a longer time is looser."""
    AT_LEAST = "at-least"
    """Somebody has a right for so long, or must keep something so long: a shorter time is looser."""


class Reminded(StrEnum):
    """Whom a reminder goes to."""

    ADDRESSEE = "addressee"
    """The agency, or the person, that must act."""
    DIRECTOR = "director"
    """Who leads that agency."""
    SENDER = "sender"
    """The agency that waits for the act."""
    SUPERIOR = "superior"
    """The common superior of both, who may have to decide."""


class Stated(BaseModel):
    """A part of a rule, as a file states it: a misspelt field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class PauseTerms(Stated):
    """When the clock stands still. Without such terms nothing pauses a rule."""

    zh: Text
    en: Text
    at_most: Count | None = None
    """How many pauses count; all of them if absent."""
    longest: Count | None = None
    """How long one of them counts; without an end if absent."""
    unit: Unit = Unit.WORKING_DAYS
    """What `longest` is counted in."""
    last_months: Count | None = None
    """It stands still in its last so many months alone, and ends as many after the pause (Civil Code 194)."""


class Reminder(Stated):
    """Who is reminded when: at a part of the time, or some days before the last one."""

    to: Reminded
    part: Annotated[float, Field(gt=0, lt=1)] | None = None
    """How much of the time has passed, `0.5` for the half."""
    before: Count | None = None
    """How many units before the last day."""
    unit: Unit = Unit.WORKING_DAYS
    """What `before` is counted in: days or working days."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.part is None) == (self.before is None):
            raise ValueError("either `part` or `before`")
        if self.unit not in (Unit.DAYS, Unit.WORKING_DAYS):
            raise ValueError("days or working-days")
        return self


class Rule(Stated):
    """One version of a time limit, as `law/rules` or a deployment's own files state it."""

    id: Annotated[RuleId, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    region: Region = NATION
    """Where it holds."""
    article: LegalBasis
    """The article or agreement that it rests on."""
    source: Text
    """Where that can be read."""
    zh: Text
    en: Text
    duration: Count
    unit: Unit
    bound: Bound = Bound.AT_MOST
    start: Wording
    """What it runs from."""
    pause: PauseTerms | None = None
    interrupt: Wording | None = None
    """What makes it begin anew. Without such words nothing interrupts a rule."""
    risk: tuple[Count, ...] = ()
    """How many days before its last one it is said that a right runs out."""
    consequence: Wording | None = None
    """What follows when the time has passed."""
    remind: tuple[Reminder, ...] = ()
    valid_from: date
    """The first day on which it is in force: clocks that start before go by the version before."""
    valid_to: date | None = None
    """The last day on which it is in force; absent until the next version."""
    confidence: Confidence
    reviewer: str = ""
    """The legal office that confirmed the reading, and when."""
    note: Wording | None = None
    loosens: bool = False
    """Of a region's rule: it gives more time than the nation's, and its article allows that."""
    local: bool = False
    """Of a region's rule: the nation has none of that id."""
    in_letters: bool = False
    """Its length is told to other provinces in letters, which know days and working days alone."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.in_letters and self.unit not in (Unit.DAYS, Unit.WORKING_DAYS):
            raise ValueError("`days` or `working-days`, because the length travels in letters")
        if self.pause and self.unit is Unit.WORKING_DAYS_BEFORE:
            raise ValueError("no `pause`, because what is counted back stands still with what lies ahead")
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"a `valid_to` not before {self.valid_from}")
        return self

    @property
    def version(self) -> RuleVersion:
        """The name of exactly this version: `answer-offer:cn:2026-01-01`."""
        return RuleVersion(f"{self.id}:{self.region or 'cn'}:{self.valid_from}")

    @property
    def confirmed(self) -> bool:
        """Whether the reading is sure; else a legal office is to confirm it."""
        return self.confidence is Confidence.HIGH

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

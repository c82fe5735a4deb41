"""Review as a part of the aid: whether it is decided, and when it stood still."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self, TypeAlias

from law.deadlines import Pause
from schemas.codes import LegalBasis, PaperCode, RefusalCode, SupplementResult
from schemas.matters import AidRefused, ReviewPaused, ReviewResumed


class ReviewState(StrEnum):
    """Where the review of an application stands."""

    OPEN = "open"
    PAUSED = "paused"
    """The applicants are to supply what is missing."""
    GRANTED = "granted"
    REFUSED = "refused"


ReviewEvent: TypeAlias = ReviewPaused | ReviewResumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """What the applicants were asked for, all at once."""

    missing: tuple[PaperCode, ...]
    noted: bool
    """Whether something was written beside the papers; it lies sealed."""
    result: SupplementResult | None = None
    """What came of it; None while the review waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Whether aid is given; the first grant decides it."""

    state: ReviewState = ReviewState.OPEN
    pauses: tuple[Pause, ...] = ()
    supplement: Supplement | None = None
    """Asked for by the owner itself; what intake asked for lies with intake."""
    refused_for: RefusalCode | None = None
    """Why aid was refused last."""
    refused_by: LegalBasis | None = None
    """The article that it rested on."""

    @property
    def decided(self) -> bool:
        return self.state not in (ReviewState.OPEN, ReviewState.PAUSED)

    def after(self, event: ReviewEvent) -> Self:
        """This review once the event has happened."""
        match event:
            case ReviewPaused(at=at):
                begun, asked = Pause(begins=at), supplement_of(event) or self.supplement
                return replace(self, state=ReviewState.PAUSED, pauses=(*self.pauses, begun), supplement=asked)
            case ReviewResumed(at=at, result=result):
                return replace(self.resumed(at), supplement=answered(self.supplement, result))

    def refused(self, event: AidRefused) -> Self:
        """This review once aid is refused."""
        by = event.legal_basis
        return replace(self, state=ReviewState.REFUSED, refused_for=event.code, refused_by=by)

    def resumed(self, at: datetime) -> Self:
        """This review, going on from then."""
        ended = tuple(replace(pause, ends=pause.ends or at) for pause in self.pauses)
        return replace(self, state=self.state if self.decided else ReviewState.OPEN, pauses=ended)


def supplement_of(event: ReviewPaused) -> Supplement | None:
    """None where intake asked, or an earlier system: then no time of the owner's own runs."""
    if event.limit is None:
        return None
    return Supplement(missing=event.missing, noted=event.details is not None)


def answered(asked: Supplement | None, result: SupplementResult) -> Supplement | None:
    """The first answer is the one to it; a later pause may be for what intake asked."""
    return replace(asked, result=asked.result or result) if asked else None


UNDECIDED: Final = Review()

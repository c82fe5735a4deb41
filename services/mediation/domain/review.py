"""Review as a part of the aid: whether it is decided, and when it stood still."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self, TypeAlias

from law.deadlines import Pause
from schemas.codes import LegalBasis, RefusalCode
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
class Review:
    """Whether aid is given; the first grant decides it."""

    state: ReviewState = ReviewState.OPEN
    pauses: tuple[Pause, ...] = ()
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
                begun = Pause(begins=at)
                return replace(self, state=ReviewState.PAUSED, pauses=(*self.pauses, begun))
            case ReviewResumed(at=at):
                return self.resumed(at)

    def refused(self, event: AidRefused) -> Self:
        """This review once aid is refused."""
        by = event.legal_basis
        return replace(self, state=ReviewState.REFUSED, refused_for=event.code, refused_by=by)

    def resumed(self, at: datetime) -> Self:
        """This review, going on from then."""
        ended = tuple(replace(pause, ends=pause.ends or at) for pause in self.pauses)
        return replace(self, state=self.state if self.decided else ReviewState.OPEN, pauses=ended)


UNDECIDED: Final = Review()

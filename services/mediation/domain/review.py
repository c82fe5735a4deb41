"""Review as a part of the aid: whether it is decided, and when it stood still."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self, TypeAlias

from law.deadlines import Pause
from schemas.matters import ReviewPaused, ReviewResumed


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

    def resumed(self, at: datetime) -> Self:
        """This review, going on from then."""
        ended = tuple(replace(pause, ends=pause.ends or at) for pause in self.pauses)
        return replace(self, state=self.state if self.decided else ReviewState.OPEN, pauses=ended)


UNDECIDED: Final = Review()

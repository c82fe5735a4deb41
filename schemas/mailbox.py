"""What only travels between provinces and is about no single case. Topic `mailbox`."""

from typing import Annotated

from pydantic import Field

from schemas.fields import Public, Value
from schemas.ids import CaseId, EventId, Position, Province
from schemas.messages import Message


class Mark(Value):
    """How far the letters about one case have arrived."""

    case_id: CaseId
    """The case."""
    received: Position
    """The highest sequence up to which all letters of the addressee about it have arrived."""


class LettersMarked(Message, type="casebridge.letters.marked.v1"):
    """The hourly receipt: how far the addressee's letters have arrived. It may go back, after a restore."""

    sender: Public[Province]
    """Who has received; the subject, and the key."""
    to_province: Public[Province]
    """Whose letters they are."""
    marks: Annotated[tuple[Mark, ...], Field(max_length=5000)]
    """The streams that moved since the last receipt."""

    @property
    def subject(self) -> str:
        return self.sender


class DrillSent(Message, type="casebridge.drill.sent.v1"):
    """A trial letter about no case: whoever believes it answers by itself, and nothing else comes of it."""

    sender: Public[Province]
    """Who asks; the subject, and the key."""
    to_province: Public[Province]
    """Who is asked."""
    drill: Public[EventId]
    """What the answer names."""

    @property
    def subject(self) -> str:
        return self.sender


class DrillAnswered(Message, type="casebridge.drill.answered.v1"):
    """The answer to a trial letter: it arrived, and was believed. Its time is that of the one who answers."""

    sender: Public[Province]
    """Who answers; the subject, and the key."""
    to_province: Public[Province]
    """Who asked."""
    drill: Public[EventId]
    """The trial letter that is answered."""

    @property
    def subject(self) -> str:
        return self.sender

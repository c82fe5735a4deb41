"""What only travels between provinces and is about no single case. Topic `mailbox`."""

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.fields import Public, Value
from schemas.ids import CaseId, Count, EventId, Position, Province
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


MessageType = Annotated[str, Field(pattern=r"^casebridge\.[a-z_]+\.[a-z_]+\.v[0-9]+$", max_length=128)]
Digest = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]
"""SHA-256 in base64url without padding."""


class Counted(Value):
    """How many letters of a type there were."""

    type: MessageType
    """The type."""
    count: Count
    """How many."""


class Named(Value):
    """One letter, without anything that it says."""

    id: EventId
    """Its id."""
    digest: Digest
    """Of the bytes that its signature covers."""


class LettersCounted(Message, type="casebridge.letters.counted.v1"):
    """A day's statement: what letters one jurisdiction sent to another, and what it received from it.

    A letter belongs to the day, in China, at which it was recorded. The lists may need several pages; the
    counts and the digests are of the whole day, and the same on each.
    """

    sender: Public[Province]
    """Who states; the subject, and the key."""
    to_province: Public[Province]
    """With whom the letters were exchanged."""
    day: Public[date]
    """Which day, in China."""
    page: Annotated[int, Field(ge=1, le=10_000)]
    """The how-manieth page."""
    pages: Annotated[int, Field(ge=1, le=10_000)]
    """Of how many."""
    sent: Annotated[tuple[Counted, ...], Field(max_length=256)]
    """Letters to the addressee, by type."""
    received: Annotated[tuple[Counted, ...], Field(max_length=256)]
    """Letters of the addressee that have arrived here, by type."""
    sent_digest: Digest
    """Of the digests of all letters sent, sorted and joined."""
    received_digest: Digest
    """Of the digests of all letters received, sorted and joined."""
    sent_letters: Annotated[tuple[Named, ...], Field(max_length=10_000)]
    """The letters sent that stand on this page."""
    received_letters: Annotated[tuple[Named, ...], Field(max_length=10_000)]
    """The letters received that stand on this page."""

    @property
    def subject(self) -> str:
        return self.sender

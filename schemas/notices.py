"""What notify says: who was told what, and whether it arrived. Topic `notices`."""

from typing import Annotated, TypeAlias

from pydantic import Field

from schemas.codes import Language, NoticeChannel, NoticeFailure, NoticeKind, RecipientKind
from schemas.facts import AlertFigures
from schemas.fields import Sealed, UtcTime
from schemas.ids import AgencyId, EventId, ExternalRef, MemberId, NoticeId
from schemas.messages import Event

Attempt = Annotated[int, Field(ge=1, le=1000)]
"""Which attempt, from 1."""


class NoticeQueued(Event, type="casebridge.notice.queued.v1"):
    """Somebody shall be told something about the case."""

    notice_id: NoticeId
    """The notice."""
    kind: NoticeKind
    """What it says."""
    recipient: RecipientKind
    """Who is told."""
    member_id: MemberId | None = None
    """The member that is told; absent if it is all of them, through their contact, or an agency."""
    agency: AgencyId | None = None
    """The agency that is told, or whose staff is."""
    channel: NoticeChannel
    """How."""
    language: Language
    """In which language."""
    about: EventId
    """The event that it tells of."""
    message: Sealed | None = None
    """A JSON object: address and text. Absent where it names nobody, as in work lists."""
    external_ref: ExternalRef | None = None
    """The number that the agency which is told has given the case, if it handed it in with one."""
    imported_at: UtcTime | None = None
    """When the case was imported: of what happened before, nobody is told. Absent if it was not."""
    alert: AlertFigures | None = None
    """All that another agency is told of an alert. Absent of other notices, and where the case is named."""


class NoticeSent(Event, type="casebridge.notice.sent.v1"):
    """A notice was handed to the one who carries it; whether it arrived is not known yet."""

    notice_id: NoticeId
    """The notice."""
    attempt: Attempt
    """Which attempt."""
    channel: NoticeChannel
    """How."""
    gateway_ref: ExternalRef | None = None
    """The carrier's number for it."""


class NoticeDelivered(Event, type="casebridge.notice.delivered.v1"):
    """A notice arrived."""

    notice_id: NoticeId
    """The notice."""
    attempt: Attempt
    """Which attempt."""
    channel: NoticeChannel
    """How."""


class NoticeFailed(Event, type="casebridge.notice.failed.v1"):
    """A notice did not arrive."""

    notice_id: NoticeId
    """The notice."""
    attempt: Attempt
    """Which attempt."""
    channel: NoticeChannel
    """How it was tried."""
    because: NoticeFailure
    """Why."""
    retry_at: UtcTime | None = None
    """When it is tried again; absent if it is given up and a person must act."""


NoticeEvent: TypeAlias = NoticeQueued | NoticeSent | NoticeDelivered | NoticeFailed

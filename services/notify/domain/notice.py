"""Notice: one message to one recipient, until it arrived or was given up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from schemas.codes import Language, NoticeChannel, NoticeFailure, NoticeKind, RecipientKind
from schemas.facts import AlertFigures
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, EventId, ExternalRef, NoticeId
from schemas.notices import NoticeDelivered, NoticeEvent, NoticeFailed, NoticeQueued, NoticeSent
from services.notify.domain.errors import NoticeNotGivenUp

WORKER: Final = RecipientKind("worker")
STAFF: Final = RecipientKind("staff")
AGENCY: Final = RecipientKind("agency")

CHANNELS: Final[Mapping[RecipientKind, NoticeChannel]] = MappingProxyType(
    {
        WORKER: NoticeChannel("sms"),
        STAFF: NoticeChannel("work-list"),
        AGENCY: NoticeChannel("partner-topic"),
    }
)

GATEWAY: Final = NoticeFailure("gateway")
NO_ADDRESS: Final = NoticeFailure("no-address")
KEY_ERASED: Final = NoticeFailure("key-erased")

PASSING: Final = frozenset({GATEWAY, NoticeFailure("unreachable")})
"""Failures that may be over at the next attempt."""

PAUSES: Final = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""Before the second attempt, the third, … After the last one a notice is given up, and a person must act."""


class NoticeState(StrEnum):
    """How far a notice is."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to one recipient. What it says to whom is sealed, and lies in the vault."""

    case_id: CaseId
    notice_id: NoticeId
    kind: NoticeKind
    recipient: RecipientKind
    agency: AgencyId | None
    channel: NoticeChannel
    language: Language
    about: EventId
    queued_at: datetime
    state: NoticeState = NoticeState.QUEUED
    attempts: int = 0
    send_at: datetime | None
    """When it is to be sent; absent once it arrived or was given up."""
    failed_because: NoticeFailure | None = None
    external_ref: ExternalRef | None = None
    """The number that the agency gave the case, if it handed it in with one."""
    imported_at: datetime | None = None
    """When the case was imported from another system, if this notice tells of that."""
    alert: AlertFigures | None = None
    """All that the agency is told of an alert; absent where the case is named."""

    @property
    def id(self) -> str:
        return self.notice_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """None: the sender looks for `send_at` itself, and nothing is decided when the moment comes."""
        return {}

    @classmethod
    def queued(cls, event: NoticeQueued) -> Self:
        """The notice that this event is the first of."""
        return cls(
            case_id=event.case_id,
            notice_id=event.notice_id,
            kind=event.kind,
            recipient=event.recipient,
            agency=event.agency,
            channel=event.channel,
            language=event.language,
            about=event.about,
            queued_at=event.at,
            send_at=event.at,
            external_ref=event.external_ref,
            imported_at=event.imported_at,
            alert=event.alert,
        )

    def deliver(self, *, at: datetime) -> list[NoticeEvent]:
        """It arrived. Nothing is said of a notice that is not waiting: another sender was quicker."""
        if self.send_at is None:
            return []
        return [
            NoticeDelivered(
                case_id=self.case_id,
                at=at,
                notice_id=self.notice_id,
                attempt=self.attempts + 1,
                channel=self.channel,
            )
        ]

    def fail(self, because: NoticeFailure, *, at: datetime) -> list[NoticeEvent]:
        """It did not arrive: it is tried again later if that may help, else given up."""
        if self.send_at is None:
            return []
        again = because in PASSING and self.attempts < len(PAUSES)
        return [
            NoticeFailed(
                case_id=self.case_id,
                at=at,
                notice_id=self.notice_id,
                attempt=self.attempts + 1,
                channel=self.channel,
                because=because,
                retry_at=at + PAUSES[self.attempts] if again else None,
            )
        ]

    def send_again(self, message: Sealed | None, *, at: datetime) -> list[NoticeEvent]:
        """A person has put right what was wrong. Raises NoticeNotGivenUp."""
        if self.state is not NoticeState.FAILED or self.send_at is not None:
            raise NoticeNotGivenUp(notice=self.notice_id, found=self.state)
        return [
            NoticeQueued(
                case_id=self.case_id,
                at=at,
                notice_id=self.notice_id,
                kind=self.kind,
                recipient=self.recipient,
                agency=self.agency,
                channel=self.channel,
                language=self.language,
                about=self.about,
                message=message,
            )
        ]

    def after(self, event: NoticeEvent) -> Self:
        """This notice once the event has happened."""
        match event:
            case NoticeQueued(at=at):
                return replace(self, state=NoticeState.QUEUED, attempts=0, send_at=at)
            case NoticeSent(attempt=attempt):
                return replace(self, state=NoticeState.SENT, attempts=attempt, send_at=None)
            case NoticeDelivered(attempt=attempt):
                return replace(self, state=NoticeState.DELIVERED, attempts=attempt, send_at=None)
            case NoticeFailed(attempt=attempt, because=because, retry_at=retry_at):
                return replace(
                    self,
                    state=NoticeState.FAILED,
                    attempts=attempt,
                    send_at=retry_at,
                    failed_because=because,
                )

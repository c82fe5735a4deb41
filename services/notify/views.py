"""What people see of a notice in the list of all cases."""

from dataclasses import dataclass
from datetime import datetime

from schemas.codes import Language, NoticeChannel, NoticeKind, RecipientKind
from schemas.facts import AlertFigures
from schemas.ids import AgencyId, NoticeId
from services.notify.domain.notice import Notice, NoticeState
from services.notify.domain.sight import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """An alert on the list of another agency: figures, and neither the case nor the event that told of it."""

    notice_id: NoticeId
    kind: NoticeKind
    recipient: RecipientKind
    agency: AgencyId | None
    channel: NoticeChannel
    language: Language
    queued_at: datetime
    state: NoticeState
    alert: AlertFigures


def view(notice: Notice, sight: Sight) -> Notice | AlertView:
    """The notice; of an alert that is told without its case, less, but to those who see all notices."""
    if notice.alert is None or sight.everything:
        return notice
    return AlertView(
        notice_id=notice.notice_id,
        kind=notice.kind,
        recipient=notice.recipient,
        agency=notice.agency,
        channel=notice.channel,
        language=notice.language,
        queued_at=notice.queued_at,
        state=notice.state,
        alert=notice.alert,
    )

"""Each alert that was queued for a partner agency is on its topic, or waits in the outbox; and no other is.

It is about no case, so it bears no number: the id of its notice is what shows that it is there.
"""

from dataclasses import dataclass, field

from casebridge.audit.books import Book
from casebridge.audit.reading import Logs, Topic, slice_of
from casebridge.audit.report import Report, Rule
from chassis.bulk import unpack_headers
from schemas.envelope import Envelope, Received, Refused, Unknown, decode
from schemas.notices import NoticeQueued
from services.notify.domain.notice import AGENCY
from services.notify.partners import ALERT

Told = tuple[str, str, str]
"""Province, agency, and the id that the notice and the message share."""

WAITING = """
    SELECT topic, key, value, headers FROM outbox WHERE topic LIKE '%.notices' OR topic LIKE '%.partner.%'
"""


@dataclass(slots=True)
class Alerts:
    """Of all slices: the notices lie where their cases do, the messages where their agency does."""

    queued: dict[Told, NoticeQueued] = field(default_factory=dict)
    told: dict[Told, list[Envelope]] = field(default_factory=dict)

    def take(self, province: str, log: str, message: Received | Unknown) -> None:
        """Note a notice of an alert to a partner agency, or what such an agency is told about no case."""
        envelope = message.envelope
        event = message.event if isinstance(message, Received) else None
        if isinstance(event, NoticeQueued):
            if event.agency and (event.kind, event.recipient) == (ALERT, AGENCY):
                self.queued[province, event.agency, event.notice_id] = event
        elif log.startswith("partner.") and envelope.sequence is None:
            agency = log.removeprefix("partner.")
            self.told.setdefault((province, agency, envelope.id), []).append(envelope)

    async def take_waiting(self, book: Book) -> None:
        """Those in the outbox: a notice may wait there while its message is sent, and the other way round."""
        async for row in book.rows(WAITING):
            message = decode(row.key, row.value, unpack_headers(row.headers))
            if not isinstance(message, Refused):  # a numbered event as partners see it has not all its fields
                self.take(row.topic[2:4], row.topic[5:], message)


def check_alerts(alerts: Alerts, logs: Logs, report: Report) -> None:
    """Compare, once all slices are read."""
    report.counts["alerts queued for partners"] += len(alerts.queued)
    for name in sorted(alerts.queued.keys() - alerts.told.keys()):
        if can_tell(name, alerts, logs):
            case = alerts.queued[name].case_id
            found = f"queued of case {case}, and neither on the topic nor in the outbox"
            report.add(Rule.ALERTS, where(name), f"{found}: tell the agency what the case's alert says")
    for name, envelopes in sorted(alerts.told.items()):
        if name not in alerts.queued:
            found = f"no notice of it was queued: {envelopes[0].source} is said to have written it"
            report.add(Rule.ALERTS, where(name), f"{found}; tell the agency, and see who may write there")
        elif len({envelope.time for envelope in envelopes}) > 1:
            found = "two alerts have this id: the agency steps over the second"
            report.add(Rule.ALERTS, where(name), f"{found}, so tell it of that one")


def where(name: Told) -> str:
    province, agency, id = name
    return f"cn{province}.partner.{agency} alert {id}"


def can_tell(name: Told, alerts: Alerts, logs: Logs) -> bool:
    """Whether it was never there: nothing has expired where it would lie, or an earlier alert is there.

    Of a log that came from another cluster nothing need be there that was queued before.
    """
    province, agency, _ = name
    topic = Topic("local", f"cn{province}.partner.{agency}", province, f"partner.{agency}")
    parts = logs.extents.get(topic)
    if not parts:
        return False  # an agency that is no partner of this deployment any more
    queued_at, came_at = alerts.queued[name].at, logs.arrived.get(province)
    unexpired = parts[slice_of(agency.encode(), len(parts))].begin == 0
    return (unexpired and (came_at is None or came_at < queued_at)) or any(
        envelope.recordedtime < queued_at
        for told, envelopes in alerts.told.items()
        if told[:2] == (province, agency)
        for envelope in envelopes
    )

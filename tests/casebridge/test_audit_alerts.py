"""Alerts that were queued for partner agencies, and what lies on their topics or waits: they agree."""

from datetime import timedelta

import pytest

from casebridge.audit.alerts import Alerts, check_alerts
from casebridge.audit.reading import Extent, Logs, Topic
from casebridge.audit.report import Report, Rule
from schemas.codes import NoticeKind, RecipientKind
from schemas.envelope import Received
from schemas.ids import AgencyId, EventId, NoticeId
from schemas.notices import NoticeQueued
from schemas.partner import AlertTold
from schemas.samples import a, received

BUREAU = AgencyId("442000-human-resources")
TOPIC = f"partner.{BUREAU}"
WHOLE, EXPIRED = Extent(0, 9), Extent(5, 9)
QUEUED_AT = a(NoticeQueued).at


def queued(id: str, *, days_later: int = 0, kind: str = "employer-alert", to: str = "agency") -> Received:
    notice = a(
        NoticeQueued,
        notice_id=NoticeId(id),
        kind=NoticeKind(kind),
        recipient=RecipientKind(to),
        agency=BUREAU,
        at=QUEUED_AT + timedelta(days=days_later),
    )
    return Received(received(NoticeQueued.type).envelope, notice)


def told(id: str, *, days_later: int = 0, alert_days_later: int = 0) -> Received:
    envelope, event = received(AlertTold.type)
    recorded, happened = (QUEUED_AT + timedelta(days=days) for days in (days_later, alert_days_later))
    return Received(envelope._replace(id=EventId(id), recordedtime=recorded, time=happened), event)


def found(
    notices: list[Received],
    messages: list[Received],
    extent: Extent = WHOLE,
    arrived_days_later: int | None = None,
) -> list[str]:
    """Which alerts are named."""
    alerts, report = Alerts(), Report()
    for log, several in (("notices", notices), (TOPIC, messages)):
        for message in several:
            alerts.take("44", log, message)
    topic = Topic("local", f"cn44.{TOPIC}", "44", TOPIC)
    days = arrived_days_later
    arrived = {} if days is None else {"44": QUEUED_AT + timedelta(days=days)}
    check_alerts(alerts, Logs({}, {topic: dict.fromkeys(range(3), extent)}, arrived), report)
    assert set(report.broken) <= {Rule.ALERTS}
    return [violation.where.split()[-1] for violation in report.first]


def test_each_alert_that_was_queued_is_told_once_however_often_it_was_sent() -> None:
    assert not found([queued("n-1"), queued("n-2")], [told("n-1"), told("n-2"), told("n-2", days_later=1)])


def test_a_queued_alert_that_is_nowhere_is_named() -> None:
    assert found([queued("n-1"), queued("n-2")], [told("n-1")]) == ["n-2"]


def test_an_alert_that_nobody_queued_is_named() -> None:
    assert found([queued("n-1")], [told("n-1"), told("n-9")]) == ["n-9"]


def test_two_alerts_under_one_id_are_named_as_a_reader_steps_over_the_second() -> None:
    assert found([queued("n-1")], [told("n-1"), told("n-1", alert_days_later=1)]) == ["n-1"]


@pytest.mark.parametrize(("kind", "to"), [("employer-alert", "staff"), ("referral-made", "agency")])
def test_other_notices_are_told_otherwise(kind: str, to: str) -> None:
    assert not found([queued("n-1", kind=kind, to=to)], [])


def test_an_alert_that_may_have_expired_is_not_missing_and_one_that_came_after_what_is_left_is() -> None:
    old, new = queued("n-1"), queued("n-3", days_later=2)
    assert not found([old, new], [], EXPIRED)
    assert found([old, queued("n-2", days_later=1), new], [told("n-2", days_later=1)], EXPIRED) == ["n-3"]


def test_what_was_queued_before_the_province_came_from_another_cluster_may_have_expired_there() -> None:
    old, new = queued("n-1"), queued("n-3", days_later=2)
    assert found([old, new], [], arrived_days_later=1) == ["n-3"]


def test_without_the_topic_of_the_agency_nothing_can_be_said() -> None:
    alerts, report = Alerts(), Report()
    alerts.take("44", "notices", queued("n-1"))
    check_alerts(alerts, Logs({}, {}), report)
    assert report.ok

"""Advice: how it ends, how long it took, and what an application takes over from it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cases import ConsultationClosed, ConsultationEvent, ConsultationOpened
from schemas.codes import ConsultationOutcome
from schemas.ids import AgencyId
from schemas.samples import a
from services.intake.domain.consultation import (
    LONGEST_MINUTES,
    Consultation,
    ConsultationState,
    minutes_between,
    taken_over,
)
from services.intake.domain.errors import ConsultationOver, NotTheAdviser

OPENED = a(ConsultationOpened)
ANSWERED = ConsultationOutcome("answered")


def consultation(*events: ConsultationEvent) -> Consultation:
    found = Consultation.opened(OPENED)
    for event in events:
        found = found.after(event)
    return found


def test_a_consultation_ends_as_its_adviser_says() -> None:
    said = a(ConsultationClosed)

    events = consultation().close(
        said.outcome,
        by=OPENED.agency,
        at=said.at,
        topics=said.topics,
        minutes=said.minutes,
        referred_to=said.referred_to,
        note=said.note,
    )

    assert events == [said]
    assert consultation(*events).state is ConsultationState.CLOSED


def test_what_is_not_said_is_what_was_said_when_it_began() -> None:
    (closed,) = consultation().close(ANSWERED, by=OPENED.agency, at=OPENED.at + timedelta(seconds=61))

    assert isinstance(closed, ConsultationClosed)
    assert (closed.topics, closed.minutes) == (OPENED.topics, 2)


def test_it_ends_once_and_by_no_stranger() -> None:
    with pytest.raises(NotTheAdviser):
        consultation().close(ANSWERED, by=AgencyId("another"), at=OPENED.at)
    with pytest.raises(ConsultationOver):
        consultation(a(ConsultationClosed)).close(ANSWERED, by=OPENED.agency, at=OPENED.at)


def test_an_application_ends_advice_that_goes_on_and_leaves_what_had_ended() -> None:
    (closed,) = consultation().turn("turned-into-application", at=OPENED.at)

    assert isinstance(closed, ConsultationClosed)
    assert closed.outcome == "turned-into-application"
    assert consultation(a(ConsultationClosed)).turn("turned-into-application", at=OPENED.at) == []


@given(st.timedeltas(timedelta(days=-1), timedelta(days=60)))
def test_a_consultation_takes_some_of_a_day(length: timedelta) -> None:
    assert 0 <= minutes_between(OPENED.at, OPENED.at + length) <= LONGEST_MINUTES


def test_an_application_takes_over_what_was_told_and_asks_nobody_twice() -> None:
    told = {"name": "家属", "phone": "13800000001", "employer_name": "某公司", "narrative": "欠薪"}
    said = {"name": "工友1", "phone": "13800000002", "narrative": "工程结束后没有拿到工资"}

    over = taken_over(told, said, names_contact=False)

    assert over == {**told, "narrative": "工程结束后没有拿到工资"}
    assert taken_over(told, said, names_contact=True)["name"] == "工友1"
    assert taken_over("nonsense", said, names_contact=False) == said

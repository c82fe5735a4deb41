"""A notice arrives once, is tried again while that may help, and is given up visibly."""

from datetime import timedelta

import pytest

from schemas.notices import NoticeDelivered, NoticeEvent, NoticeFailed, NoticeQueued, NoticeSent
from schemas.samples import a
from services.notify.domain.errors import NoticeNotGivenUp
from services.notify.domain.notice import GATEWAY, KEY_ERASED, NO_ADDRESS, PAUSES, Notice, NoticeState

QUEUED = a(NoticeQueued)
AT = QUEUED.at + timedelta(seconds=3)


def notice(*events: NoticeEvent) -> Notice:
    found = Notice.queued(QUEUED)
    for event in events:
        found = found.after(event)
    return found


def failed_times(times: int) -> Notice:
    found = notice()
    for _ in range(times):
        found = found.after(*found.fail(GATEWAY, at=AT))
    return found


def test_a_queued_notice_is_to_be_sent_at_once() -> None:
    assert notice().send_at == QUEUED.at
    assert notice().state is NoticeState.QUEUED


def test_a_sent_notice_has_arrived() -> None:
    [said] = notice().deliver(at=AT)

    assert isinstance(said, NoticeDelivered)
    assert (said.notice_id, said.attempt, said.channel) == (QUEUED.notice_id, 1, QUEUED.channel)
    assert notice(said).state is NoticeState.DELIVERED
    assert notice(said).send_at is None


def test_a_second_sender_has_nothing_to_say() -> None:
    arrived = notice(*notice().deliver(at=AT))

    assert arrived.deliver(at=AT) == []
    assert arrived.fail(GATEWAY, at=AT) == []


def test_a_failing_gateway_is_tried_again_after_a_pause() -> None:
    [said] = notice().fail(GATEWAY, at=AT)

    assert isinstance(said, NoticeFailed)
    assert said.retry_at == AT + PAUSES[0]
    assert notice(said).send_at == said.retry_at


def test_pauses_grow_until_the_notice_is_given_up() -> None:
    pauses = [found.send_at - AT for times in range(1, 5) if (found := failed_times(times)).send_at]

    assert pauses == list(PAUSES)
    assert failed_times(len(PAUSES) + 1).send_at is None


@pytest.mark.parametrize("because", [NO_ADDRESS, KEY_ERASED])
def test_what_no_repetition_helps_is_given_up_at_once(because: str) -> None:
    [said] = notice().fail(because, at=AT)  # type: ignore[arg-type]

    assert isinstance(said, NoticeFailed)
    assert said.retry_at is None


def test_a_notice_that_was_given_up_can_be_sent_again_by_a_person() -> None:
    given_up = notice(*notice().fail(NO_ADDRESS, at=AT))

    [said] = given_up.send_again(QUEUED.message, at=AT)

    assert said == a(NoticeQueued, at=AT, member_id=None)
    assert given_up.after(said).send_at == AT
    assert given_up.after(said).attempts == 0


@pytest.mark.parametrize("times", [0, 1])
def test_a_notice_that_is_still_tried_is_not_sent_again_by_a_person(times: int) -> None:
    with pytest.raises(NoticeNotGivenUp):
        failed_times(times).send_again(None, at=AT)


def test_a_notice_that_a_carrier_has_is_waited_for() -> None:
    handed_over = notice(a(NoticeSent))

    assert handed_over.state is NoticeState.SENT
    assert handed_over.send_at is None


def test_every_sample_of_a_notice_folds() -> None:
    for event in (a(NoticeQueued), a(NoticeSent), a(NoticeDelivered), a(NoticeFailed)):
        assert notice(event).notice_id == QUEUED.notice_id

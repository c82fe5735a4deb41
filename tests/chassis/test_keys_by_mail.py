"""A province makes and erases keys of its own cases on its own topic; by mail it can do neither elsewhere."""

import pytest

from chassis.case_state import CaseState
from schemas.ids import Province
from schemas.keys import KeysErased, KeysIssued
from schemas.messages import Event
from schemas.samples import a
from services.routing.app import service as routing
from tests.protocol.clerk import BASE, CASE, WRAPPED, Clerk, Post
from tests.protocol.scene import HANDSHAKE

HERE, OWN = Province("44"), "44-c-glass"


def taken(event: Event, log: str, source: str) -> CaseState:
    """A case with a key, once that has been read."""
    post = Post(HERE, log, source, event)
    case = CaseState(province=HERE, case_id=CASE, keys={OWN: WRAPPED}, inbox={post.stream: [BASE, BASE]})
    clerk = Clerk(routing, HERE, HANDSHAKE.reference)
    clerk.take(case, clerk.opened(post, 1))
    assert case.inbox[post.stream] == [BASE + 1, BASE + 1]
    return case


@pytest.mark.parametrize("event", [a(KeysErased, case_id=CASE), a(KeysIssued, case_id=CASE)])
def test_no_key_comes_or_goes_by_mail(event: Event) -> None:
    assert taken(event, "mailbox", "/cn33/intake").keys == {OWN: WRAPPED}


def test_on_the_own_topic_it_does() -> None:
    assert taken(a(KeysErased, case_id=CASE), "keys", "/cn44/intake").keys[OWN] is None

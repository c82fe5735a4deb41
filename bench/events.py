"""The events that are measured with: applications of groups of four, cases interleaved as in a busy hour."""

import random
from collections.abc import Iterator
from uuid import uuid4

from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.envelope import Event, Record
from schemas.ids import CaseId, MemberId
from schemas.samples import a
from tests.deployment import Source

MEMBERS = 4
PER_CASE = 1 + MEMBERS
TOGETHER = 200
"""So many cases arrive at the same time: a batch of 500 is for as many."""


def of_case(case: CaseId) -> list[Event]:
    members = [
        a(MemberJoined, case_id=case, member_id=MemberId(str(uuid4())), claim_fen=1_250_000 + number)
        for number in range(MEMBERS)
    ]
    return [a(ApplicationSubmitted, case_id=case), *members]


def events(count: int) -> Iterator[Event]:
    """At least `count`, each case in its own order, cases mixed."""
    chance = random.Random(44)
    while count > 0:
        waiting = {case: of_case(CaseId(str(uuid4()))) for case in range(TOGETHER)}
        order = [case for case in waiting for _ in range(PER_CASE)]
        chance.shuffle(order)
        for case in order:
            yield waiting[case].pop(0)
        count -= len(order)


def records(speaking: Source, count: int) -> list[Record]:
    """The same, written as intake writes them."""
    return [speaking.record(event) for event in events(count)]

"""Follow-up: the applicants are asked after money came, and not before."""

from datetime import timedelta

import pytest

from law.deadlines import day_of
from schemas.codes import FollowUpOutcome
from schemas.ids import MemberId
from schemas.matters import (
    ClaimRegistered,
    FollowUpRecorded,
    MatterAccepted,
    MatterActivated,
    MatterEvent,
    MatterOpened,
    RecoveryRecorded,
)
from schemas.samples import a
from services.mediation.domain import following_up
from services.mediation.domain.acts import Act
from services.mediation.domain.claim import Claim
from services.mediation.domain.errors import DayAhead, NothingRecovered
from services.mediation.domain.matter import Matter

SAID = a(FollowUpRecorded)
OPENED = a(MatterOpened)
HERE = Act(by=OPENED.agency, epoch=OPENED.epoch, at=SAID.at)
TODAY = day_of(SAID.at)
PAID, UNPAID = MemberId("paid"), MemberId("unpaid")


def accepted() -> Matter:
    return Matter.opened(OPENED).after(a(MatterActivated)).after(a(MatterAccepted))


def claims(*paid: MemberId) -> list[Claim]:
    """Of two members, of whom these received something."""
    found = [Claim.begun(a(ClaimRegistered, member_id=member)) for member in (PAID, UNPAID)]
    return [
        each.after(a(RecoveryRecorded, member_id=each.member_id)) if each.member_id in paid else each
        for each in found
    ]


def asked(member: MemberId | None, *paid: MemberId, days: int = 0) -> list[MatterEvent]:
    return following_up.record(
        accepted(),
        HERE,
        claims(*paid),
        means=SAID.means,
        on=TODAY + timedelta(days=days),
        member=member,
        replies=SAID.replies,
        outcome=FollowUpOutcome("money-owed"),
        note=None,
    )


def test_what_they_say_and_what_comes_of_it_stands_in_the_case() -> None:
    (said,) = asked(PAID, PAID)
    (found,) = accepted().after(said).follow_ups

    assert (found.member_id, found.outcome, found.replies) == (PAID, "money-owed", SAID.replies)


def test_nobody_is_asked_before_he_received_anything_or_on_a_day_to_come() -> None:
    assert asked(None, PAID)
    with pytest.raises(NothingRecovered):
        asked(None)
    with pytest.raises(NothingRecovered):
        asked(UNPAID, PAID)
    with pytest.raises(DayAhead):
        asked(None, PAID, days=1)

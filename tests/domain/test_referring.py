"""Referrals: what the authority answered that something was referred to."""

from datetime import timedelta

import pytest

from law.deadlines import day_of
from schemas.codes import ReferralResult
from schemas.matters import MatterAccepted, MatterActivated, MatterOpened, ReferralAnswered, ReferralMade
from schemas.samples import a
from services.mediation.domain import referring
from services.mediation.domain.acts import Act
from services.mediation.domain.errors import DayAhead, NoReferral, NotTheOwner
from services.mediation.domain.matter import Matter

NOW = a(ReferralAnswered).at
TODAY = day_of(NOW)
OPENED = a(MatterOpened)
HERE = Act(by=OPENED.agency, epoch=OPENED.epoch, at=NOW)
FILED, SANCTIONED = ReferralResult("case-filed"), ReferralResult("sanctioned")


def referred() -> Matter:
    matter = Matter.opened(OPENED)
    for event in (a(MatterActivated), a(MatterAccepted), a(ReferralMade)):
        matter = matter.after(event)
    return matter


def answer(matter: Matter, result: ReferralResult = FILED, *, referral: int = 1, act: Act = HERE) -> Matter:
    (said,) = referring.answer(matter, act, referral, result, TODAY, number=None, note=None)
    return matter.after(said)


def test_an_authority_may_answer_and_later_say_what_came_of_it() -> None:
    matter = answer(answer(referred()), SANCTIONED)

    assert [(each.referral, each.result) for each in matter.answers] == [(1, FILED), (1, SANCTIONED)]


def test_what_was_not_referred_has_no_answer_and_none_comes_tomorrow() -> None:
    with pytest.raises(NoReferral):
        answer(referred(), referral=2)
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(DayAhead):
        referring.answer(referred(), HERE, 1, FILED, tomorrow, number=None, note=None)
    with pytest.raises(NotTheOwner):
        answer(referred(), act=Act(by=None, epoch=OPENED.epoch, at=NOW))

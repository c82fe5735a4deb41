"""An award of an imported case that a court set aside fell, with what had been enforced of it."""

from typing import Any

import pytest

from schemas.matters import EnforcementEnded, SettingAsideGranted
from schemas.past import PastAct
from services.mediation.domain import setting_aside
from services.mediation.domain.acts import Act
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.enforcing import titles_of
from services.mediation.domain.recounting.money import fixed_by, reopened
from tests.domain.test_matter import LAW, NOW
from tests.domain.test_recounting import enforced, told, with_money
from tests.domain.test_recounting_awards import fixed

RULING = "（2026）粤20民特2号"
GRANTED = ("set-aside-granted", {"docket": RULING})


def test_an_award_that_was_set_aside_falls_as_it_would_have_here() -> None:
    before, _ = told(enforced())
    found, said = told([*enforced(), GRANTED])
    assert [type(each) for each in said] == [SettingAsideGranted, EnforcementEnded]
    at = said[0].at
    here = Act(by=before.agency, epoch=before.epoch, at=at)

    assert said == setting_aside.grant(before, here, RULING, served_at=at, law=LAW)  # type: ignore[arg-type]
    assert titles_of(found) == {}
    assert found.proceedings.state(ProceedingKind.SETTING_ASIDE, "award") is ProceedingState.SET_ASIDE
    assert "sue_anew_by" in found.due
    assert not {"sue_by", "execute_by/award"} & found.due.keys()


def test_the_time_to_sue_over_it_runs_from_the_service_of_the_ruling() -> None:
    served = NOW.replace(month=NOW.month + 1)
    found, _ = told([*enforced(), ("set-aside-granted", {"docket": RULING, "served_at": served})])
    anew = found.clocks.running("sue_anew_by")

    assert anew is not None
    assert anew.started_at == served


@pytest.mark.parametrize(
    ("said", "left_fen", "more"), [({"part": 1}, 20, True), ({"part": 2}, 30, True), ({}, 50, False)]
)
def test_what_fell_is_not_due_any_more_and_the_other_awards_are(
    said: dict[str, Any], left_fen: int, more: bool
) -> None:
    claim = with_money()[0]
    for part in (1, 2):
        partly = PastAct.model_validate({"code": "partly-awarded", "part": part, "at": NOW})
        claim = fixed(claim, fixed_by(partly))

    fell = PastAct.model_validate({"code": GRANTED[0], "at": NOW, **GRANTED[1], **said})
    for event in reopened(claim, fell, epoch=1):
        claim = claim.after(event)

    assert claim.due_fen == left_fen
    assert claim.more_to_decide
    assert bool(said) is more

"""A court confirms an agreement: both parties ask, within thirty days from its effect."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.codes import RefusalGround
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    ConfirmationAccepted,
    ConfirmationApplied,
    ConfirmationConfirmed,
    ConfirmationDismissed,
    MatterConcluded,
    MatterEvent,
    MediationAgreed,
)
from schemas.samples import a, facts
from services.mediation.domain import confirming
from services.mediation.domain.acts import Act
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.errors import BindsNobody, NoAgreement, NotJoint, OutOfCourse, TooLate
from services.mediation.domain.matter import Matter
from tests.domain.test_matter import HERE, LAW, MEDIATED, matter

COURT = AgencyId("510521-court")
DOCKET = ExternalRef("（2026）川0521民特12号")
EFFECT = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
AGREED = (*MEDIATED, a(MediationAgreed, at=EFFECT))


def on_day(day: int) -> Act:
    """Late in the evening of a day after the agreement, in China."""
    return replace(HERE, at=EFFECT.replace(hour=15, minute=59, second=59) + timedelta(days=day))


def apply(found: Matter, act: Act, *, jointly: bool = True) -> list[MatterEvent]:
    return confirming.apply(found, act, COURT, LAW, jointly=jointly)


def test_on_the_thirtieth_day_the_court_may_be_asked_and_on_the_next_not() -> None:
    found = matter(*AGREED)

    assert apply(found, on_day(30))
    with pytest.raises(TooLate) as refused:
        apply(found, on_day(31))

    assert refused.value.rule == "judicial-confirmation:cn:2011-01-01"
    assert (refused.value.found, refused.value.expected) == (date(2026, 7, 3), date(2026, 7, 2))


def test_a_thirtieth_day_that_is_a_saturday_rolls_to_the_monday() -> None:
    found = matter(*MEDIATED, a(MediationAgreed, at=EFFECT + timedelta(days=2)))

    assert apply(found, on_day(34))
    with pytest.raises(TooLate):
        apply(found, on_day(35))


def test_both_parties_ask_or_nobody() -> None:
    with pytest.raises(NotJoint):
        apply(matter(*AGREED), on_day(1), jointly=False)


def test_there_is_nothing_to_confirm_before_an_agreement_binds_somebody() -> None:
    with pytest.raises(NoAgreement):
        apply(matter(*MEDIATED), on_day(1))
    with pytest.raises(BindsNobody):
        apply(matter(*MEDIATED, a(MediationAgreed, at=EFFECT, by_consent=True)), on_day(1))


def test_the_court_has_a_clock_to_accept_and_another_to_decide() -> None:
    found = matter(*AGREED, a(MatterConcluded))
    (applied,) = apply(found, on_day(3))
    asked = found.after(applied)
    (accepted,) = confirming.accept(asked, on_day(5), DOCKET, LAW)
    taken_on = asked.after(accepted)
    (confirmed,) = confirming.confirm(taken_on, on_day(10), DOCKET)
    done = taken_on.after(confirmed)

    assert isinstance(applied, ConfirmationApplied)
    assert applied.limit
    assert asked.due["confirmation_accept_by"] == applied.limit.due_at
    assert taken_on.due.keys() - found.due.keys() == {"confirmation_decide_by"}
    assert done.due == found.due
    assert {clock.state for clock in done.clocks if clock.name.startswith("confirmation")} == {ClockState.MET}
    assert done.proceedings.state(ProceedingKind.CONFIRMATION) is ProceedingState.CONFIRMED


def test_a_dismissal_says_which_ways_are_open_and_another_application_may_follow_in_time() -> None:
    found = matter(*AGREED, a(ConfirmationApplied))

    (dismissed,) = confirming.dismiss(found, on_day(4), RefusalGround("papers-missing"))

    assert isinstance(dismissed, ConfirmationDismissed)
    assert [each.way for each in dismissed.remedies] == ["mediation", "arbitration"]
    again = found.after(dismissed)
    (applied,) = apply(again, on_day(6))
    assert len(again.after(applied).proceedings.all) == 3  # the agreement, and each application


@pytest.mark.parametrize("stands", [(), (a(ConfirmationAccepted),), (a(ConfirmationConfirmed),)])
def test_the_court_is_asked_once_at_a_time(stands: tuple[MatterEvent, ...]) -> None:
    with pytest.raises(OutOfCourse):
        apply(matter(*AGREED, a(ConfirmationApplied), *stands), on_day(1))


def test_the_court_decides_what_it_was_asked() -> None:
    with pytest.raises(OutOfCourse):
        confirming.accept(matter(*AGREED), on_day(1), DOCKET, LAW)
    with pytest.raises(OutOfCourse):
        confirming.confirm(matter(*AGREED, a(ConfirmationApplied)), on_day(1), DOCKET)
    with pytest.raises(OutOfCourse):
        confirming.dismiss(matter(*AGREED), on_day(1), RefusalGround("late"))


def test_a_service_claim_is_sued_for_where_a_court_does_not_confirm() -> None:
    found = replace(matter(*AGREED, a(ConfirmationApplied)), facts=facts(relation="service"))

    (dismissed,) = confirming.dismiss(found, on_day(4), RefusalGround("unclear"))

    assert isinstance(dismissed, ConfirmationDismissed)
    assert [(each.way, each.legal_basis) for each in dismissed.remedies] == [
        ("mediation", "PML-33"),
        ("suit", "PML-32"),
    ]

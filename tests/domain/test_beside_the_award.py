"""Beside an award and after it: hearing, partial award, execution in advance, setting aside."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import (
    AdvanceClaim,
    AdvanceRefusal,
    Disputant,
    EnforcementTitle,
    PostponementGround,
    RoundEnd,
    SettingAsideGround,
)
from schemas.ids import AgencyId, ExternalRef, MemberId
from schemas.matters import (
    ArbitrationAwarded,
    ArbitrationPartEffective,
    ArbitrationPartlyAwarded,
    EnforcementApplied,
    HearingSet,
    RightLapsed,
    RightOpened,
    SettingAsideGranted,
)
from services.mediation.domain import (
    arbitrating,
    awarding_part,
    enforcing,
    executing_in_advance,
    hearing,
    lapsing,
    rights,
    setting_aside,
    suing,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.enforcing import titles_of
from services.mediation.domain.errors import (
    AmountsDoNotFit,
    EnforcedAlready,
    HearingPassed,
    NotFinalAward,
    NotHeldYet,
    OutOfCourse,
    TooLate,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from services.mediation.domain.part_due import PARTLY
from tests.domain.test_arbitration import accepted, after, award, by_award, filed
from tests.domain.test_matter import HERE, LAW, NOW, amounts, claims

COURT = AgencyId("442071-court")
ABOVE = AgencyId("442000-court")
RULING = ExternalRef("（2026）粤20民特7号")
WORKERS, EMPLOYER = Disputant("worker"), Disputant("employer")
EVIDENCE = PostponementGround("evidence")
PROCEDURE = SettingAsideGround("procedure")
# Friday, the 20th of March. Back: 19, 18, 17, 16, 13 are five working days, and 19, 18, 17 three.
HEARING = datetime(2026, 3, 20, 1, tzinfo=UTC)


def on(day: int) -> Act:
    """Whoever acts does so on that day of March."""
    return replace(HERE, at=NOW.replace(day=day))


def heard_on(hearing_at: datetime = HEARING, *, noticed_at: datetime = NOW) -> Matter:
    found = accepted()
    return after(found, hearing.set_day(found, HERE, hearing_at, noticed_at=noticed_at, law=LAW))


def asked(found: Matter) -> Matter:
    return after(found, hearing.ask_for_another(found, on(17), WORKERS, EVIDENCE, LAW))


def state(found: Matter, kind: ProceedingKind) -> ProceedingState:
    return found.proceedings.state(kind)


# --- The hearing -------------------------------------------------------------------------------------------


def test_a_hearing_is_told_five_working_days_before_and_postponed_three_before() -> None:
    found = accepted()

    (told,) = hearing.set_day(found, HERE, HEARING, noticed_at=NOW, law=LAW)

    assert isinstance(told, HearingSet)
    assert told.short_notice is False
    assert found.after(told).due["postpone_by"] == datetime(2026, 3, 17, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(("day", "short"), [(13, False), (14, True), (16, True)])
def test_notice_later_than_five_working_days_before_is_short(day: int, *, short: bool) -> None:
    (told,) = hearing.set_day(accepted(), on(day), HEARING, noticed_at=on(day).at, law=LAW)

    assert isinstance(told, HearingSet)
    assert told.short_notice is short


def test_a_postponement_is_asked_for_in_time_unless_notice_was_short() -> None:
    found = heard_on()

    assert hearing.ask_for_another(found, on(17), EMPLOYER, EVIDENCE, LAW)
    with pytest.raises(TooLate):
        hearing.ask_for_another(found, on(18), WORKERS, EVIDENCE, LAW)
    assert hearing.ask_for_another(found, on(18), WORKERS, PostponementGround("short-notice"), LAW)


def test_a_hearing_that_is_postponed_gets_another_day_and_one_that_is_not_keeps_its_own() -> None:
    found = asked(heard_on())
    postponed = after(found, hearing.postpone(found, on(18)))
    kept = after(found, hearing.keep_day(found, on(18)))

    with pytest.raises(OutOfCourse):
        hearing.hold(postponed, on(20), None)
    assert hearing.set_day(postponed, on(18), HEARING + timedelta(days=20), noticed_at=on(18).at, law=LAW)
    assert hearing.hold(kept, on(20), EMPLOYER)


def test_a_hearing_is_one_of_an_arbitration_that_was_accepted_and_lies_ahead() -> None:
    with pytest.raises(OutOfCourse):
        hearing.set_day(filed(), HERE, HEARING, noticed_at=NOW, law=LAW)
    with pytest.raises(HearingPassed):
        hearing.set_day(accepted(), HERE, NOW, noticed_at=NOW, law=LAW)
    with pytest.raises(NotHeldYet):
        hearing.hold(heard_on(), on(19), None)


def test_that_it_can_no_longer_be_postponed_hinders_no_hearing() -> None:
    found = heard_on()
    passed = after(found, lapsing.lapse(found, "postpone_by", at=on(18).at))

    held = after(passed, hearing.hold(passed, on(20), None))

    assert state(held, ProceedingKind.HEARING) is ProceedingState.HELD
    assert held.due.keys() == {"award_by"}


# --- A partial award ---------------------------------------------------------------------------------------


def partly(*, final: bool = False) -> Matter:
    return after(accepted(), award_part(accepted(), final=final))


def award_part(found: Matter, *, final: bool = False) -> list:  # type: ignore[type-arg]
    return awarding_part.award(found, HERE, claims(), amounts(), 300, final=final, received_at=NOW, law=LAW)


def by_part() -> list[Claim]:
    return [
        claim.after(each)
        for claim in claims(due_fen=None)
        for each in claim.determine_part(100, epoch=1, at=NOW)
    ]


def test_a_part_is_awarded_and_the_rest_goes_on() -> None:
    (awarded,) = award_part(accepted())
    found = accepted().after(awarded)

    assert isinstance(awarded, ArbitrationPartlyAwarded)
    assert found.clocks.ends.keys() == {"award_by", "part_sue_by"}
    assert state(found, ProceedingKind.ARBITRATION) is ProceedingState.ACCEPTED
    whole = after(found, award(found))
    with pytest.raises(OutOfCourse):
        award_part(whole)


def test_several_parts_are_awarded_one_after_the_other_and_the_award_says_what_all_come_to() -> None:
    found = partly()
    (second,) = award_part(found)
    found = found.after(second)
    (awarded,) = award(found)

    assert (second.part, second.awarded_fen, second.so_far_fen) == (2, 300, 600)
    assert found.clocks.ends.keys() == {"award_by", "part_sue_by", "part_sue_by/2"}
    assert isinstance(awarded, ArbitrationAwarded)
    assert awarded.with_parts_fen == awarded.awarded_fen + 600


def test_each_part_is_effective_by_itself_and_a_title_of_its_own() -> None:
    found = after(partly(), award_part(partly()))
    first = awarding_part.pass_suit_limit(found, "part_sue_by", by_parts(), at=NOW)
    now = after(found, first)

    assert [each.part for each in first if isinstance(each, ArbitrationPartEffective)] == [1, 1, 1]
    assert titles_of(now).keys() == {"partial-award"}
    second = awarding_part.pass_suit_limit(now, "part_sue_by/2", by_parts(), at=NOW)
    assert [each.effective for each in second if isinstance(each, ArbitrationPartEffective)] == [1, 2, 3]
    both = after(now, second)
    assert titles_of(both).keys() == {"partial-award", "partial-award-2"}
    assert both.clocks.ends.keys() == {"award_by"}
    opened = rights.follow(both, [], LAW, at=NOW)
    assert [each.clock for each in opened if isinstance(each, RightOpened)] == [
        "enforce_by/partial-award",
        "enforce_by/partial-award-2",
    ]


def test_two_parts_and_the_award_are_enforced_without_a_fen_twice() -> None:
    found = after(partly(final=True), award_part(partly(final=True), final=True))
    found = after(found, award(found, final=True))
    amounts_asked = []
    for title, part in (("partial-award", 1), ("partial-award", 2), ("award", None)):
        (applied,) = enforcing.apply(
            found,
            HERE,
            [replace(claim, due_fen=300) for claim in by_parts()],
            COURT,
            EnforcementTitle(title),
            part=part,
            last_day=None,
            law=LAW,
            unaided=True,
        )
        found = found.after(applied)
        assert isinstance(applied, EnforcementApplied)
        amounts_asked.append(applied.amount_fen)

    assert amounts_asked == [300, 300, 300]
    names = [clock.name for clock in found.clocks if clock.runs and clock.name.startswith("execute_by")]
    assert names == ["execute_by/partial-award", "execute_by/partial-award-2", "execute_by/award"]
    ended = after(found, enforcing.end_round(found, HERE, RoundEnd("no-assets"), [], "partial-award-2"))
    states = {each.key: each.state for each in ended.proceedings.of(ProceedingKind.ENFORCEMENT)}
    assert states == {
        "partial-award": ProceedingState.APPLIED,
        "partial-award-2": ProceedingState.ENDED_THIS_ROUND,
        "award": ProceedingState.APPLIED,
    }


def test_a_suit_of_all_members_uses_the_time_against_every_part() -> None:
    found = after(partly(), award_part(partly()))
    (sued,) = suing.file(found, HERE, COURT, 300, None, law=LAW, unaided=True)

    assert not {"part_sue_by", "part_sue_by/2"} & found.after(sued).due.keys()


def by_parts() -> list[Claim]:
    """Of each member's claim two parts are decided."""
    return [
        claim.after(each)
        for claim in by_part()
        for each in claim.determine_part(100, epoch=1, at=NOW, part=2)
    ]


def test_of_a_claim_each_part_is_known_and_they_come_to_what_is_due() -> None:
    (claim, *_) = by_parts()

    assert (claim.due_fen, claim.part_fen, claim.ended) == (200, 200, None)
    assert [(each.part, each.due_fen) for each in claim.parts] == [(1, 100), (2, 100)]
    assert arbitrating.in_all({claim.member_id: 250}, [claim]) == {claim.member_id: 450}
    as_of_an_earlier_release = replace(claim, parts=())
    assert [claim.decided_in(part) for part in (1, 2, 3)] == [True, True, False]
    assert [as_of_an_earlier_release.decided_in(part) for part in (1, 2)] == [True, False]


def test_a_part_is_effective_for_each_who_does_not_sue_over_it_and_can_be_enforced() -> None:
    found = partly()
    (sued,) = suing.file(found, HERE, COURT, 100, None, law=LAW, members=(MemberId("m1"),), claims=by_part())
    found = found.after(sued)

    said = awarding_part.pass_suit_limit(found, "part_sue_by", by_part(), at=NOW)

    assert [each.member_id for each in said if isinstance(each, ArbitrationPartEffective)] == ["m0", "m2"]
    assert titles_of(after(found, said)).keys() == {"partial-award"}
    assert [each.way for each in open_ways(after(found, said))] == ["enforcement"]
    assert "part_sue_by" not in after(found, said).due


def test_a_final_part_is_effective_when_it_is_made() -> None:
    found = partly(final=True)

    assert titles_of(found).keys() == {"partial-award"}
    (passed,) = awarding_part.pass_suit_limit(found, "part_sue_by", by_part(), at=NOW)
    assert isinstance(passed, RightLapsed)


def test_a_part_is_enforced_and_then_the_award_of_the_rest() -> None:
    found = enforcing_it(partly(final=True), "partial-award")
    found = after(found, award(found, final=True))

    assert [each.clock for each in rights.opened(found, LAW, at=NOW)] == ["enforce_by/award"]
    assert enforcing_it(found, "award").proceedings.last(ProceedingKind.ENFORCEMENT)
    with pytest.raises(EnforcedAlready):
        enforcing_it(found, "partial-award")


def enforcing_it(found: Matter, title: str) -> Matter:
    said = enforcing.apply(
        found,
        HERE,
        by_part(),
        COURT,
        EnforcementTitle(title),
        last_day=None,
        law=LAW,
        unaided=True,
    )
    return after(found, said)


def test_a_claim_that_is_decided_in_part_stays_open_and_the_rest_comes_on_top() -> None:
    (first, *_) = by_part()

    assert (first.due_fen, first.determined_by, first.ended) == (100, PARTLY, None)
    assert arbitrating.in_all({first.member_id: 250}, [first]) == {first.member_id: 350}
    whole = first
    for each in first.determine(350, by_award()[0].determined_by or PARTLY, epoch=1, at=NOW):
        whole = whole.after(each)
    assert (whole.due_fen, whole.more_to_decide) == (350, False)


# --- Execution in advance ----------------------------------------------------------------------------------


def test_some_members_ask_for_execution_in_advance_and_the_commission_moves_it_to_the_court() -> None:
    found = accepted()
    pay = (AdvanceClaim("pay"),)
    asks = {MemberId("m1"): 40}
    found = after(found, executing_in_advance.apply(found, HERE, claims(), asks, pay))

    ordered = executing_in_advance.order(found, HERE, claims(), asks, court=COURT, docket=RULING)

    assert state(after(found, ordered), ProceedingKind.ADVANCE_EXECUTION) is ProceedingState.ORDERED
    assert state(after(found, ordered), ProceedingKind.ARBITRATION) is ProceedingState.ACCEPTED
    with pytest.raises(AmountsDoNotFit):
        executing_in_advance.order(found, HERE, claims(), {MemberId("x"): 1}, court=COURT, docket=RULING)


def test_execution_in_advance_that_is_refused_may_be_asked_for_again() -> None:
    found = accepted()
    asks, of = {MemberId("m1"): 40}, (AdvanceClaim("medical"),)
    found = after(found, executing_in_advance.apply(found, HERE, claims(), asks, of))
    refused = after(found, executing_in_advance.refuse(found, HERE, AdvanceRefusal("no-hardship")))

    assert executing_in_advance.apply(refused, HERE, claims(), asks, of)
    with pytest.raises(OutOfCourse):
        executing_in_advance.apply(found, HERE, claims(), asks, of)


# --- Setting a final award aside ---------------------------------------------------------------------------


def challenged() -> Matter:
    found = after(accepted(), award(accepted(), final=True))
    return after(found, setting_aside.apply(found, HERE, ABOVE, PROCEDURE))


def test_the_employer_has_thirty_days_to_challenge_a_final_award_and_no_other() -> None:
    final = after(accepted(), award(accepted(), final=True))

    # 25 days of March, 5 of April, a Sunday; Monday is Qingming as well, and so it rolls to the 7th.
    assert final.clocks.ends["set_aside_by"] == datetime(2026, 4, 7, 15, 59, 59, tzinfo=UTC)
    assert "set_aside_by" not in after(accepted(), award(accepted())).clocks.ends
    found = after(accepted(), award(accepted()))
    with pytest.raises(NotFinalAward):
        setting_aside.apply(found, HERE, ABOVE, PROCEDURE)


def test_an_award_that_is_set_aside_is_no_title_and_opens_a_suit_for_fifteen_days() -> None:
    found = challenged()
    assert titles_of(found).keys() == {"award"}

    (granted,) = setting_aside.grant(found, HERE, RULING, served_at=NOW, law=LAW)
    fallen = found.after(granted)

    assert isinstance(granted, SettingAsideGranted)
    assert [(each.way, each.legal_basis) for each in granted.remedies] == [("suit", "LDMAL-49")]
    # Fifteen days from the 6th of March: Saturday, the 21st, rolls to Monday.
    assert fallen.clocks.ends == {"sue_anew_by": datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)}
    assert titles_of(fallen) == {}
    (sued,) = suing.file(fallen, HERE, COURT, 300, None, law=LAW)
    assert "sue_anew_by" not in fallen.after(sued).due


def test_who_does_not_sue_in_time_once_it_is_set_aside_has_no_suit_open() -> None:
    found = after(challenged(), setting_aside.grant(challenged(), HERE, RULING, served_at=NOW, law=LAW))

    lapsed = after(found, lapsing.lapse(found, "sue_anew_by", at=NOW + timedelta(days=18)))

    assert state(lapsed, ProceedingKind.SETTING_ASIDE) is ProceedingState.LAPSED
    assert open_ways(lapsed) == ()


def test_an_award_that_is_not_set_aside_stands() -> None:
    found = after(challenged(), setting_aside.dismiss(challenged(), HERE, RULING, LAW))

    assert titles_of(found).keys() == {"award"}
    with pytest.raises(OutOfCourse):
        setting_aside.apply(found, HERE, ABOVE, PROCEDURE)


def test_of_an_award_that_falls_nobody_is_due_anything_but_the_part_decided_before() -> None:
    (claim, *_) = by_award()
    (reopened,) = claim.reopen(by=claim.determined_by or PARTLY, epoch=1, at=NOW)
    with_part = replace(claim, part_fen=30)

    assert claim.after(reopened).due_fen is None
    assert (with_part.after(reopened).due_fen, with_part.after(reopened).determined_by) == (30, PARTLY)
    assert claim.reopen(by=PARTLY, epoch=1, at=NOW) == []

"""Of several awards a court sets one aside, or hears a suit over one: the others stand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import Determination, EnforcementTitle, JudgmentResult
from schemas.ids import ExternalRef, MemberId
from schemas.matters import (
    ArbitrationPartEffective,
    ClaimEvent,
    EnforcementApplied,
    EnforcementEnded,
    EnforcementSuspended,
    LitigationFiled,
    SettingAsideGranted,
)
from services.mediation.domain import (
    arbitrating,
    awarding_part,
    enforcing,
    lapsing,
    setting_aside,
    suing,
)
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.enforcing import titles_of
from services.mediation.domain.errors import NoSuchAward, NotFinalAward, OutOfCourse, TooLate
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from services.mediation.domain.part_due import JUDGMENT, PARTLY
from tests.domain.test_arbitration import accepted, after, award
from tests.domain.test_beside_the_award import ABOVE, COURT, PROCEDURE, RULING, award_part, on
from tests.domain.test_matter import HERE, LAW, NOW, amounts, claims

AWARD, PART = EnforcementTitle("award"), EnforcementTitle("partial-award")
BY_AWARD = Determination("award")
DOCKET = ExternalRef("（2026）粤2071民初88号")
M1 = (MemberId("m1"),)


def made(*, final: bool) -> Matter:
    """Two parts, and the award of the rest: 300 each."""
    found = accepted()
    for _ in range(2):
        found = after(found, award_part(found, final=final))
    return after(found, award(found, final=final))


def due() -> list[Claim]:
    """What that gives each: 100 by every award."""
    return [told(told(told(claim, 1), 2), None) for claim in claims()]


def told(claim: Claim, part: int | None, amount_fen: int = 100) -> Claim:
    if part:
        return folded(claim, claim.determine_part(amount_fen, epoch=1, at=NOW, part=part))
    in_all = arbitrating.in_all({claim.member_id: amount_fen}, [claim])
    return folded(claim, claim.determine(in_all[claim.member_id], BY_AWARD, epoch=1, at=NOW))


def folded(claim: Claim, said: list[ClaimEvent]) -> Claim:
    for event in said:
        claim = claim.after(event)
    return claim


def enforced(found: Matter, title: EnforcementTitle, part: int | None = None) -> Matter:
    said = enforcing.apply(found, HERE, due(), COURT, title, part=part, last_day=None, law=LAW, unaided=True)
    return after(found, said)


def all_enforced() -> Matter:
    found = made(final=True)
    for title, part in ((PART, 1), (PART, 2), (AWARD, None)):
        found = enforced(found, title, part)
    return found


def asked(found: Matter, part: int | None) -> Matter:
    found = after(found, setting_aside.apply(found, HERE, ABOVE, PROCEDURE, part))
    return after(found, setting_aside.accept(found, HERE, RULING, part))


def fallen(found: Matter, part: int | None) -> Matter:
    found = asked(found, part)
    return after(found, setting_aside.grant(found, HERE, RULING, served_at=NOW, law=LAW, part=part))


def enforcement(found: Matter) -> dict[str | None, ProceedingState]:
    return {each.key: each.state for each in found.proceedings.of(ProceedingKind.ENFORCEMENT)}


# --- Setting one aside -------------------------------------------------------------------------------------


def test_the_employer_has_thirty_days_to_challenge_each_final_award_by_itself() -> None:
    found = made(final=True)
    ends = {name: at for name, at in found.clocks.ends.items() if name.startswith("set_aside_by")}

    assert ends == dict.fromkeys(
        ("set_aside_by/1", "set_aside_by/2", "set_aside_by"), datetime(2026, 4, 7, 15, 59, 59, tzinfo=UTC)
    )
    challenged = after(found, setting_aside.apply(found, HERE, ABOVE, PROCEDURE, 1))
    assert "set_aside_by/1" not in challenged.due
    assert {"set_aside_by/2", "set_aside_by"} <= challenged.due.keys()
    with pytest.raises(OutOfCourse):
        setting_aside.apply(challenged, HERE, ABOVE, PROCEDURE, 1)
    assert setting_aside.apply(challenged, HERE, ABOVE, PROCEDURE, 2)
    assert setting_aside.apply(challenged, HERE, ABOVE, PROCEDURE)


def test_a_part_is_challenged_while_the_rest_is_still_decided() -> None:
    found = after(accepted(), award_part(accepted(), final=True))

    assert setting_aside.apply(found, HERE, ABOVE, PROCEDURE, 1)
    with pytest.raises(NoSuchAward):
        setting_aside.apply(found, HERE, ABOVE, PROCEDURE, 2)
    with pytest.raises(NoSuchAward):
        setting_aside.apply(found, HERE, ABOVE, PROCEDURE)
    with pytest.raises(OutOfCourse):
        setting_aside.apply(accepted(), HERE, ABOVE, PROCEDURE, 1)
    with pytest.raises(NotFinalAward):
        setting_aside.apply(made(final=False), HERE, ABOVE, PROCEDURE, 1)


def test_only_what_is_challenged_stands_still() -> None:
    found = all_enforced()
    found = after(found, setting_aside.apply(found, HERE, ABOVE, PROCEDURE, 2))
    _, stands = setting_aside.accept(found, HERE, RULING, 2)
    now = found.after(stands)

    assert isinstance(stands, EnforcementSuspended)
    assert (stands.title, stands.part) == (PART, 2)
    assert enforcement(now) == {
        "partial-award": ProceedingState.APPLIED,
        "partial-award-2": ProceedingState.SUSPENDED,
        "award": ProceedingState.APPLIED,
    }
    assert "execute_by/partial-award-2" not in now.due
    assert {"execute_by/partial-award", "execute_by/award"} <= now.due.keys()


def test_it_goes_on_when_that_part_stands_whatever_else_is_challenged() -> None:
    found = asked(asked(all_enforced(), 1), None)

    stands = after(found, setting_aside.dismiss(found, HERE, RULING, LAW, 1))

    assert enforcement(stands)["partial-award"] is ProceedingState.APPLIED
    assert enforcement(stands)["award"] is ProceedingState.SUSPENDED
    assert "execute_by/partial-award" in stands.due


def test_what_is_challenged_is_applied_for_in_time_and_stands_still_at_once() -> None:
    found = asked(made(final=True), 2)

    assert enforcement(enforced(found, PART, 2)) == {"partial-award-2": ProceedingState.SUSPENDED}
    assert enforcement(enforced(found, PART, 1)) == {"partial-award": ProceedingState.APPLIED}


def test_one_falls_with_its_enforcement_and_one_may_sue_over_it_for_fifteen_days() -> None:
    found = asked(all_enforced(), 1)
    granted, ended = setting_aside.grant(found, HERE, RULING, served_at=NOW, law=LAW, part=1)
    now = after(found, [granted, ended])

    assert isinstance(granted, SettingAsideGranted)
    assert isinstance(ended, EnforcementEnded)
    assert (granted.part, ended.title, ended.part) == (1, PART, 1)
    assert titles_of(now).keys() == {"partial-award-2", "award"}
    assert "part_sue_by" not in now.due
    assert {"sue_by", "part_sue_by/2"} <= now.due.keys()
    assert now.clocks.ends["sue_anew_by/1"] == datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)
    assert ("suit", "LDMAL-49") in [(each.way, each.legal_basis) for each in open_ways(now)]


def test_who_does_not_sue_in_time_over_what_fell_may_still_sue_over_another_that_fell() -> None:
    found = fallen(fallen(made(final=True), 1), None)

    lapsed = after(found, lapsing.lapse(found, "sue_anew_by/1", at=NOW + timedelta(days=18)))

    states = {each.key: each.state for each in lapsed.proceedings.of(ProceedingKind.SETTING_ASIDE)}
    assert states == {"1": ProceedingState.LAPSED, "award": ProceedingState.SET_ASIDE}
    assert "sue_anew_by" in lapsed.due
    both = after(lapsed, lapsing.lapse(lapsed, "sue_anew_by", at=NOW + timedelta(days=18)))
    assert "suit" not in [each.way for each in open_ways(both)]


def test_what_fell_counts_in_no_later_sum() -> None:
    found = fallen(after(accepted(), award_part(accepted(), final=True)), 1)

    (second, *_) = award_part(found, final=True)

    assert (second.part, second.so_far_fen) == (2, 300)
    (awarded, *_) = award(found.after(second), final=True)
    assert awarded.with_parts_fen == 600  # type: ignore[union-attr]


def test_of_a_part_that_falls_a_member_loses_that_part_alone() -> None:
    paid = replace(due()[0], recovered_fen=300)
    (closed,) = paid.close(paid.determine(300, BY_AWARD, epoch=1, at=NOW)[-1].because, at=NOW)  # type: ignore[union-attr]
    over = paid.after(closed)

    (reopened,) = over.reopen(by=PARTLY, part=1, epoch=1, at=NOW)
    now = over.after(reopened)

    assert (now.due_fen, now.part_fen, now.ended, now.more_to_decide) == (200, 100, None, True)
    assert now.determined_by == BY_AWARD
    assert now.reopen(by=PARTLY, part=1, epoch=1, at=NOW) == []
    (again,) = now.reopen(by=BY_AWARD, epoch=1, at=NOW)
    assert now.after(again).due_fen == 100


def test_when_all_that_was_decided_falls_nothing_is_due() -> None:
    (claim, *_) = claims()
    only = told(claim, 1)

    left = folded(only, only.reopen(by=PARTLY, part=1, epoch=1, at=NOW))

    assert (left.due_fen, left.part_fen, left.determined_by) == (None, None, None)
    rest = told(left, None)
    assert (rest.due_fen, rest.more_to_decide) == (100, True)


# --- Suing over one ----------------------------------------------------------------------------------------


def sue(found: Matter, against: EnforcementTitle, part: int | None = None, *members: MemberId) -> Matter:
    said = suing.file(
        found,
        HERE,
        COURT,
        300,
        None,
        law=LAW,
        members=members or None,
        claims=claims(),
        unaided=True,
        against=against,
        part=part,
    )
    return after(found, said)


def test_a_suit_over_one_award_uses_the_time_of_that_one_alone() -> None:
    found = made(final=False)

    assert "part_sue_by/2" not in sue(found, PART, 2).due
    assert {"part_sue_by", "sue_by"} <= sue(found, PART, 2).due.keys()
    assert "sue_by" not in sue(found, AWARD).due
    assert {"part_sue_by", "part_sue_by/2"} <= sue(found, AWARD).due.keys()


def test_the_part_that_nobody_sued_over_is_effective_for_those_who_sued_over_another() -> None:
    found = sue(made(final=False), PART, 1, *M1)

    first = awarding_part.pass_suit_limit(found, "part_sue_by", due(), at=NOW)
    second = awarding_part.pass_suit_limit(found, "part_sue_by/2", due(), at=NOW)

    assert [each.member_id for each in first if isinstance(each, ArbitrationPartEffective)] == ["m0", "m2"]
    assert [each.member_id for each in second if isinstance(each, ArbitrationPartEffective)] == [
        *("m0", "m1", "m2")
    ]
    assert len(arbitrating.pass_suit_limit(found, due(), at=NOW)) == 3


def test_one_sues_over_an_award_that_was_made_and_in_its_time() -> None:
    found = made(final=False)

    with pytest.raises(NoSuchAward):
        sue(found, PART, 3)
    with pytest.raises(NoSuchAward):
        sue(after(accepted(), award_part(accepted())), AWARD)
    late = replace(HERE, at=on(24).at)
    for against, part in ((PART, 1), (AWARD, None)):
        with pytest.raises(TooLate):
            suing.file(found, late, COURT, 300, None, law=LAW, unaided=True, against=against, part=part)


def test_over_what_fell_one_sues_in_the_time_that_runs_since() -> None:
    found = asked(made(final=True), 1)
    served = on(20)
    found = after(found, setting_aside.grant(found, served, RULING, served_at=served.at, law=LAW, part=1))

    (filed,) = suing.file(found, on(25), COURT, 300, None, law=LAW, unaided=True, against=PART, part=1)

    assert isinstance(filed, LitigationFiled)
    assert "sue_anew_by/1" not in found.after(filed).due


def judged(found: Matter, awarded_fen: int = 150, *members: MemberId) -> Matter:
    """A court decided the suit for good."""
    found = after(found, suing.docket(found, HERE, DOCKET, law=LAW))
    said = suing.judge(
        found,
        HERE,
        claims(),
        dict.fromkeys(members, awarded_fen) or amounts(each_fen=awarded_fen),
        awarded_fen * (len(members) or 3),
        result=JudgmentResult("granted"),
        final=True,
        law=LAW,
    )
    return after(found, said)


def test_a_judgment_takes_the_place_of_a_final_award_for_those_who_sued_and_the_others_stand() -> None:
    found = made(final=True)

    assert titles_of(judged(sue(found, PART, 1))).keys() == {"judgment", "partial-award-2", "award"}
    some = judged(sue(found, PART, 1, *M1), 150, *M1)
    assert titles_of(some).keys() == {"judgment", "partial-award", "partial-award-2", "award"}
    assert some.proceedings.of(ProceedingKind.PARTIAL_AWARD)[0].effective == 2


def test_a_judgment_over_one_award_is_enforced_beside_the_others_without_a_fen_twice() -> None:
    found = judged(sue(made(final=True), PART, 1))
    now = [folded(each, each.judge_over(PART, 1, 150, epoch=1, at=NOW)) for each in due()]
    asked_for = []
    for title, part in ((EnforcementTitle("judgment"), None), (PART, 2), (AWARD, None)):
        (applied,) = enforcing.apply(
            found, HERE, now, COURT, title, part=part, last_day=None, law=LAW, unaided=True
        )
        assert isinstance(applied, EnforcementApplied)
        asked_for.append(applied.amount_fen)

    assert asked_for == [450, 300, 300]
    assert sum(each.due_fen or 0 for each in now) == sum(asked_for)


def test_what_a_court_gives_in_the_place_of_a_part_comes_beside_the_other_awards() -> None:
    (claim, *_) = due()

    now = folded(claim, claim.judge_over(PART, 1, 150, epoch=1, at=NOW))
    less = folded(now, now.judge_over(PART, 1, 0, epoch=1, at=NOW, final=True))

    assert (now.due_fen, now.determined_by, now.more_to_decide) == (350, BY_AWARD, False)
    assert [(each.part, each.due_fen, each.by) for each in now.parts] == [
        (1, 150, JUDGMENT),
        (2, 100, PARTLY),
    ]
    assert (less.due_fen, less.ended) == (200, None)
    assert now.reopen(by=PARTLY, part=1, epoch=1, at=NOW) == []


def test_a_part_that_is_judged_before_the_rest_is_awarded_leaves_the_claim_open() -> None:
    (claim, *_) = claims()
    part = told(claim, 1)

    now = folded(part, part.judge_over(PART, 1, 150, epoch=1, at=NOW, final=True))

    assert (now.due_fen, now.more_to_decide, now.ended) == (150, True, None)
    assert (told(now, 2).due_fen, told(now, None).due_fen) == (250, 250)


def test_over_the_award_of_the_rest_the_parts_stand_and_over_everything_they_do_not() -> None:
    (claim, *_) = due()

    rest = folded(claim, claim.judge_over(AWARD, None, 40, epoch=1, at=NOW))
    everything = folded(claim, claim.determine(40, JUDGMENT, epoch=1, at=NOW))

    assert (rest.due_fen, rest.determined_by) == (240, JUDGMENT)
    assert folded(rest, rest.reopen(by=PARTLY, part=2, epoch=1, at=NOW)).due_fen == 140
    assert everything.due_fen == 40
    assert everything.reopen(by=PARTLY, part=2, epoch=1, at=NOW) == []


def test_over_a_part_that_fell_a_court_decides_anew() -> None:
    (claim, *_) = due()
    fell = folded(claim, claim.reopen(by=PARTLY, part=1, epoch=1, at=NOW))

    now = folded(fell, fell.judge_over(PART, 1, 80, epoch=1, at=NOW))

    assert (fell.due_fen, now.due_fen, now.more_to_decide) == (200, 280, False)

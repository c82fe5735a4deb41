"""Suits that run beside one another: of other members, or over another award; each with clocks of its own."""

from dataclasses import replace

import pytest

from schemas.codes import EnforcementTitle, FinalCause, JudgmentResult, LegalBasis, RoundEnd, TrialProcedure
from schemas.ids import AgencyId, ExternalRef, MemberId
from schemas.matters import (
    EnforcementApplied,
    EnforcementResumed,
    LitigationAppealed,
    LitigationDocketed,
    LitigationFiled,
    LitigationFinal,
    LitigationJudged,
)
from schemas.samples import a, facts
from services.mediation.domain import enforcing, suing
from services.mediation.domain.claim import Claim
from services.mediation.domain.enforcing import titles_of
from services.mediation.domain.errors import EnforcedAlready, NoSuit, SeveralSuits, SuitRuns
from services.mediation.domain.keys import title_key
from services.mediation.domain.matter import Matter
from tests.domain.test_at_court import ABOVE, COURT, after, later, wages
from tests.domain.test_matter import HERE, LAW, NOW, claims
from tests.domain.test_one_award_of_several import AWARD, PART, made, sue

IOU = LegalBasis("SPC-LABOUR-1-15")
JUDGMENT = EnforcementTitle("judgment")
FIRST, SECOND, THIRD = (MemberId(f"m{n}") for n in range(3))


def filed(found: Matter, *members: MemberId) -> Matter:
    return after(
        found,
        suing.file(
            found, HERE, COURT, 100, IOU, law=LAW, members=members or None, claims=claims(), unaided=True
        ),
    )


def docketed(found: Matter, which: int | None = None) -> Matter:
    number = ExternalRef(f"（2026）粤2071民初{which or 1}号")
    simple = TrialProcedure("simple")
    return after(found, suing.docket(found, HERE, number, law=LAW, procedure=simple, which=which))


def judged(found: Matter, member: MemberId, fen: int, which: int | None = None, **said: bool) -> Matter:
    granted = JudgmentResult("granted")
    final = said.get("final", False)
    decided = suing.judge(
        found, HERE, claims(), {member: fen}, fen, result=granted, final=final, law=LAW, which=which
    )
    return after(found, decided)


def iou() -> Matter:
    """A wage claim that goes to court without arbitration."""
    return replace(wages(), facts=facts(case_type="wage-arrears", evidence=("wage-iou",)))


def beside() -> Matter:
    """The first member sues, and then the second for himself."""
    return filed(filed(iou(), FIRST), SECOND)


def test_other_members_sue_beside_those_who_sued_and_nobody_twice() -> None:
    assert [suit.number for suit in beside().suits] == [None, 2]
    for members in ((), (FIRST,), (SECOND, THIRD)):
        with pytest.raises(SuitRuns):
            filed(beside(), *members)
    assert len(filed(beside(), THIRD).suits) == 3


def test_another_award_is_sued_over_beside_the_first_by_the_same_members() -> None:
    found = sue(sue(made(final=False), PART, 1), AWARD)

    assert [(suit.against, suit.part) for suit in found.suits] == [(PART, 1), (AWARD, None)]
    with pytest.raises(SuitRuns):
        sue(found, PART, 1)
    assert len(sue(found, PART, 2).suits) == 3


def test_each_suit_has_clocks_of_its_own() -> None:
    found = docketed(beside(), 2)

    assert found.clocks.ends.keys() == {"docket_by", "judge_by/2"}
    assert docketed(found).clocks.ends.keys() == {"judge_by", "judge_by/2"}


def test_which_suit_is_meant_is_asked_where_several_may_be() -> None:
    with pytest.raises(SeveralSuits) as refused:
        docketed(beside())
    assert refused.value.found == "1, 2"
    with pytest.raises(NoSuit):
        docketed(beside(), 3)
    first = docketed(beside(), 1)
    assert docketed(first).suits[1].docket is not None, "the only one that waits for a number"


def test_a_judgment_falls_in_its_own_suit_and_becomes_final_by_its_own_clock() -> None:
    found = judged(docketed(docketed(beside(), 1), 2), SECOND, 70, 2)

    assert found.clocks.ends.keys() == {"judge_by", "appeal_by/2"}
    assert suing.pass_appeal(found, "appeal_by", at=NOW) == []
    (final,) = suing.pass_appeal(found, "appeal_by/2", at=NOW)
    assert isinstance(final, LitigationFinal)
    assert (final.suit, final.awarded_fen) == (2, 70)
    now = found.after(final)
    assert [(suit.final, suit.awarded_fen) for suit in now.suits] == [(False, 0), (True, 70)]
    assert now.clocks.ends.keys() == {"judge_by"}


def test_an_appeal_in_one_suit_leaves_the_other_as_it_is() -> None:
    found = docketed(docketed(beside(), 1), 2)
    found = judged(judged(found, FIRST, 50, 1), SECOND, 70, 2)
    with pytest.raises(SeveralSuits):
        suing.appeal(found, HERE, ABOVE)
    found = after(found, suing.appeal(found, HERE, ABOVE, 1))

    assert found.clocks.ends.keys() == {"appeal_by/2"}
    (final,) = suing.decide_appeal(found, HERE, claims(), {FIRST: 60}, 60, FinalCause("second-instance"))
    assert (final.suit, final.court, final.awarded_fen) == (None, ABOVE, 60)
    assert [suit.awarded_fen for suit in found.after(final).suits] == [60, 70]


def won() -> Matter:
    found = docketed(docketed(beside(), 1), 2)
    return judged(judged(found, FIRST, 50, 1, final=True), SECOND, 70, 2, final=True)


def due(first_fen: int, second_fen: int) -> list[Claim]:
    return [replace(c, due_fen=fen) for c, fen in zip(claims(), (first_fen, second_fen, 0), strict=True)]


def test_each_judgment_is_a_title_of_its_own_for_what_its_members_are_owed() -> None:
    found = won()
    assert titles_of(found).keys() == {"judgment", "judgment-2"}

    applied = []
    for suit in (1, 2):
        (said,) = enforcing.apply(
            found, HERE, due(50, 70), COURT, JUDGMENT, last_day=None, law=LAW, unaided=True, suit=suit
        )
        assert isinstance(said, EnforcementApplied)
        applied.append((said.suit, said.amount_fen))
        found = found.after(said)

    assert applied == [(None, 50), (2, 70)]
    assert title_key(JUDGMENT, 2, None) == "judgment", "a part is of an award"
    assert found.clocks.ends.keys() == {"execute_by/judgment", "execute_by/judgment-2"}
    with pytest.raises(EnforcedAlready):
        enforcing.apply(found, HERE, due(50, 70), COURT, JUDGMENT, last_day=None, law=LAW, suit=2)


def test_who_sued_once_more_is_enforced_for_by_the_later_judgment_alone() -> None:
    """No fen is asked for by two titles."""
    of_all = after(iou(), suing.file(iou(), HERE, COURT, 300, IOU, law=LAW, unaided=True))
    of_all = docketed(of_all)
    said = suing.judge(
        of_all,
        HERE,
        claims(),
        {FIRST: 50, SECOND: 70, THIRD: 0},
        120,
        result=JudgmentResult("granted"),
        final=True,
        law=LAW,
    )
    found = judged(docketed(filed(after(of_all, said), FIRST), 2), FIRST, 60, 2, final=True)

    asked = [enforcing.amount_of(found, key, due(60, 70)) for key in ("judgment", "judgment-2")]

    assert asked == [70, 60]


def test_a_round_ends_and_goes_on_for_the_judgment_that_is_named() -> None:
    found = won()
    for suit in (1, 2):
        said = enforcing.apply(
            found, HERE, due(50, 70), COURT, JUDGMENT, last_day=None, law=LAW, unaided=True, suit=suit
        )
        found = after(found, said)
    ended = enforcing.end_round(found, later(1), RoundEnd("no-assets"), due(50, 70), "judgment-2")
    found = after(found, ended)

    assert found.clocks.ends.keys() == {"execute_by/judgment"}
    (resumed,) = enforcing.resume(found, later(2), LAW, "judgment-2")
    assert isinstance(resumed, EnforcementResumed)
    assert resumed.suit == 2


def test_suits_of_earlier_releases_bear_no_number_and_came_one_after_the_other() -> None:
    """What their logs say means what it meant, and what comes now goes on from there."""
    withdrawn = a(LitigationJudged, result="withdrawn", awarded_fen=0, final=True)
    found = after(
        iou(),
        [a(LitigationFiled), a(LitigationDocketed), withdrawn, a(LitigationFiled), a(LitigationDocketed)],
    )
    assert [suit.result for suit in found.suits] == ["withdrawn", None]

    (said,) = suing.judge(
        found,
        HERE,
        claims(),
        dict.fromkeys((FIRST, SECOND, THIRD), 10),
        30,
        result=JudgmentResult("granted"),
        final=False,
        law=LAW,
    )
    assert said.suit is None
    now = found.after(said).after(a(LitigationAppealed, court=AgencyId("442000-court")))
    assert [suit.awarded_fen for suit in now.suits] == [0, 30]
    assert now.after(a(LitigationFinal, awarded_fen=20)).suits[1].awarded_fen == 20
    (more,) = suing.file(now, HERE, COURT, 1, IOU, law=LAW, unaided=True)
    assert isinstance(more, LitigationFiled)
    assert more.suit == 3

"""Of several awards of an imported case each is sued over by itself, and a judgment takes its place alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from schemas.codes import EnforcementTitle
from schemas.ids import AgencyId
from schemas.matters import LitigationFiled
from schemas.past import PastAct, PastJudgment, PastMoney
from services.mediation.domain import suing
from services.mediation.domain.acts import Act
from services.mediation.domain.claim import Claim
from services.mediation.domain.recounting.money import Fixed, fixed_by, suit_of
from tests.domain.test_matter import LAW, NOW
from tests.domain.test_recounting import COURT, DOCKETED, GRANTED, Done, told, with_money


def parted() -> Sequence[Done]:
    """A part was awarded first, then another one, and then the rest; none of it finally."""
    return (
        *GRANTED,
        ("arbitration-filed", {"body": "442000-arbitration"}),
        ("arbitration-accepted", {"docket": "中劳人仲案〔2026〕1号"}),
        ("partly-awarded", {"part": 1}),
        ("partly-awarded", {"part": 2}),
        ("awarded", {}),
    )


def test_a_suit_over_one_award_is_what_it_would_have_been_here_and_leaves_the_others_their_time() -> None:
    before, _ = told(parted())
    over = {"body": COURT, "against": "partial-award", "part": 2}
    found, (said,) = told([*parted(), ("suit-filed", over)])
    assert isinstance(said, LitigationFiled)
    here = Act(by=before.agency, epoch=before.epoch, at=said.at)
    part = EnforcementTitle("partial-award")
    fen = before.facts.claim_fen

    assert [said] == suing.file(
        before, here, AgencyId(COURT), fen, None, law=LAW, unaided=True, against=part, part=2
    )
    assert {"part_sue_by", "sue_by"} <= found.due.keys()
    assert "part_sue_by/2" not in found.due


@pytest.mark.parametrize(
    ("over", "due_fen", "more"), [({"against": "partial-award", "part": 2}, 130, True), ({}, 100, False)]
)
def test_a_judgment_over_one_award_takes_its_place_alone(
    over: dict[str, Any], due_fen: int, more: bool
) -> None:
    found, _ = told([*parted()[:-1], ("suit-filed", {"body": COURT, **over}), DOCKETED[1]])
    judged = PastAct.model_validate({"code": "judged", "at": NOW, "judgment": "granted"})
    claim = with_money()[0]
    for part in (1, 2):
        partly = PastAct.model_validate({"code": "partly-awarded", "part": part, "at": NOW})
        claim = fixed(claim, fixed_by(partly))

    claim = fixed(claim, fixed_by(judged, suit_of(found, judged)))

    assert (claim.due_fen, claim.more_to_decide) == (due_fen, more)


def fixed(claim: Claim, by: Fixed | None) -> Claim:
    assert by is not None
    for event in by.determine(claim, epoch=1, at=NOW):
        claim = claim.after(event)
    return claim


def test_of_several_judgments_each_gives_what_it_gave() -> None:
    judgments = (
        PastJudgment(suit=1, judged_fen=40, judged_on_appeal_fen=35),
        PastJudgment(suit=2, judged_fen=90),
    )
    claim = replace(with_money()[0], past=PastMoney(parts_fen=(30, 20), awarded_fen=80, judgments=judgments))
    over: Sequence[dict[str, Any]] = ({"against": "partial-award", "part": 1}, {"against": "award"})
    suits = [
        (code, {"suit": number, **said})
        for number, which in enumerate(over, 1)
        for code, said in (("suit-filed", {"body": COURT, **which}), DOCKETED[1])
    ]
    found, _ = told([*parted(), *suits])
    due = []
    for code, said in (
        ("partly-awarded", {"part": 1}),
        ("partly-awarded", {"part": 2}),
        ("awarded", {}),
        ("judged", {"judgment": "granted", "suit": 1}),
        ("judged", {"judgment": "granted", "suit": 2}),
        ("appeal-decided", {"cause": "second-instance", "suit": 1}),
    ):
        act = PastAct.model_validate({"code": code, "at": NOW, **said})
        claim = fixed(claim, fixed_by(act, suit_of(found, act)))
        due.append(claim.due_fen)

    assert due == [30, 50, 130, 140, 150, 145]

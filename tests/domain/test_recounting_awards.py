"""Of several awards of an imported case each is sued over by itself, and a judgment takes its place alone."""

from collections.abc import Sequence
from typing import Any

import pytest

from schemas.codes import EnforcementTitle
from schemas.ids import AgencyId
from schemas.matters import LitigationFiled
from schemas.past import PastAct
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

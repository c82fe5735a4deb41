"""Execution in advance of an award before an import is said again, with what each was to get."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from schemas.matters import (
    AdvanceExecutionApplied,
    AdvanceExecutionOrdered,
    AdvanceExecutionRefused,
    ClaimEvent,
)
from schemas.past import PastAct, PastAdvance, PastMoney
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.recounting.advance_execution import executed
from services.mediation.domain.recounting.money import advanced
from tests.domain.test_matter import NOW, claims
from tests.domain.test_recounting import COURT, GRANTED, Done, told

COMMISSION = "442000-arbitration"
HEARD: list[Done] = [
    *GRANTED,
    ("arbitration-filed", {"body": COMMISSION}),
    ("arbitration-accepted", {"docket": "中劳人仲案〔2026〕1号"}),
]
APPLIED: Done = ("advance-execution-applied", {"advance_claims": ("pay",), "claim_fen": 700})
ORDERED: Done = (
    "advance-execution-ordered",
    {"advance": 1, "body": COURT, "docket": "中劳人仲先〔2026〕1号"},
)
REFUSED: Done = ("advance-execution-refused", {"advance_refusal": "no-hardship"})


def test_who_asks_for_it_asks_the_commission_for_so_much() -> None:
    found, (said,) = told([*HEARD, APPLIED])
    one = claims()[0]
    _, (of_one,) = told([*HEARD, (APPLIED[0], {**APPLIED[1], "members": (one.member_id,)})])

    assert isinstance(said, AdvanceExecutionApplied)
    assert isinstance(of_one, AdvanceExecutionApplied)
    assert (said.commission, said.claims, said.amount_fen) == (COMMISSION, ("pay",), 700)
    assert (said.members, of_one.members) == (3, 1)
    assert found.proceedings.state(ProceedingKind.ADVANCE_EXECUTION) is ProceedingState.APPLIED


def test_what_is_ordered_is_what_its_members_get_in_advance() -> None:
    found, _ = told([*HEARD, APPLIED])
    one, other, last = claims()
    some = [
        replace(one, past=PastMoney(advances=(PastAdvance(advance=1, advanced_fen=300),))),
        replace(other, past=PastMoney(advances=(PastAdvance(advance=2, advanced_fen=900),))),
        last,
    ]
    act = PastAct.model_validate({"code": ORDERED[0], "at": NOW, **ORDERED[1]})
    (said,) = executed(found, act, some)
    now = [folded(claim, advanced(claim, act, epoch=1)) for claim in some]

    assert isinstance(said, AdvanceExecutionOrdered)
    assert (said.commission, said.court, said.docket, said.amount_fen) == (
        COMMISSION,
        COURT,
        "中劳人仲先〔2026〕1号",
        300,
    )
    assert [claim.advanced_fen for claim in now] == [300, 0, 0]


def folded(claim: Claim, said: Sequence[ClaimEvent]) -> Claim:
    return reduce(Claim.after, said, claim)


def test_what_was_refused_or_ordered_may_be_asked_for_again() -> None:
    refused, (said,) = told([*HEARD, APPLIED, REFUSED])
    anew, _ = told([*HEARD, APPLIED, REFUSED, APPLIED])

    assert isinstance(said, AdvanceExecutionRefused)
    assert said.because == "no-hardship"
    assert refused.proceedings.state(ProceedingKind.ADVANCE_EXECUTION) is ProceedingState.REFUSED
    assert anew.proceedings.state(ProceedingKind.ADVANCE_EXECUTION) is ProceedingState.APPLIED

"""Of an imported case with several agreements each gave what it gave, and the last one stands."""

from dataclasses import replace
from datetime import timedelta

from schemas.matters import MediationAgreed
from schemas.past import PastAct, PastMoney
from services.mediation.domain.recounting.money import fixed_by
from tests.domain.test_matter import NOW
from tests.domain.test_recounting import AGREED, Done, told, with_money
from tests.domain.test_recounting_awards import fixed

ANEW: Done = ("mediation-proposed", {"kind": "peoples", "body": "442000-mediation"})


def agreed(number: int, days: int) -> Done:
    due_at = NOW + timedelta(days=days)
    return "agreed", {"agreement": number, "instalments": ({"due_at": due_at, "amount_fen": 100},)}


def test_another_agreement_takes_the_place_of_the_first_and_of_its_instalments() -> None:
    found, (said,) = told([*AGREED[:-1], agreed(1, 30), ANEW, agreed(2, 60)])

    assert isinstance(said, MediationAgreed)
    assert found.agreement is not None
    assert found.agreement.agreed_at == said.at
    states = [(clock.state, clock.limit.due_at) for clock in found.clocks if clock.name == "pay_by/1"]
    assert states == [("stopped", NOW + timedelta(days=30)), ("running", NOW + timedelta(days=60))]


def test_each_agreement_gives_what_it_gave() -> None:
    claim = replace(with_money()[0], past=PastMoney(agreements_fen=(50, 40)))
    due = []
    for number in (1, 2):
        claim = fixed(
            claim, fixed_by(PastAct.model_validate({"code": "agreed", "at": NOW, "agreement": number}))
        )
        due.append(claim.due_fen)

    assert due == [50, 40]

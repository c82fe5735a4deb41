"""Of an imported group each was bound by his own consent, and who was not went on without the others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from schemas.ids import MemberId
from schemas.matters import ArbitrationAwarded, ArbitrationEffective, MediationAgreed
from schemas.past import PastAct, PastMoney
from services.mediation.domain.agreement import BY_AGREEMENT
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.acts import recounted
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.mediation import bound
from services.mediation.domain.recounting.money import concerned, fixed_by
from tests.domain.test_matter import LAW, NOW, TERMS, claims
from tests.domain.test_recounting import AGREED, NOTHING_KEPT, Done, told
from tests.domain.test_recounting_awards import fixed

DUE = NOW + timedelta(days=30)
BY_CONSENT: Done = ("agreed", {"by_consent": True, "instalments": ({"due_at": DUE, "amount_fen": 150},)})
GROUP: Sequence[Done] = (*AGREED[:-1], BY_CONSENT)
FIRST, SECOND, THIRD = (claim.member_id for claim in claims())


def offered() -> tuple[Matter, list[Claim]]:
    """A matter whose group was offered fifty each, and its claims."""
    found, _ = told(GROUP)
    past = PastMoney(agreed_fen=50, awarded_fen=80)
    agreed = PastAct.model_validate({"code": BY_CONSENT[0], "at": NOW, **BY_CONSENT[1]})
    return found, [fixed(replace(claim, past=past), fixed_by(agreed)) for claim in claims()]


def consenting(
    found: Matter, known: Sequence[Claim], *members: MemberId
) -> tuple[Matter, list[Claim], list[int]]:
    """How it is once they consented; and what the agreement binds for after each consent."""
    said = bound(found, members, known, at=NOW)
    fens = {each.member_id: each.amount_fen for each in said}
    for each in said:
        found = found.after(each)
    claims = [
        claim
        if claim.member_id not in fens
        else claim.after(*claim.determine(fens[claim.member_id], BY_AGREEMENT, epoch=1, at=NOW))
        for claim in known
    ]
    return found, claims, [each.bound_fen for each in said]


def test_an_agreement_of_a_group_offers_each_an_amount_and_binds_nobody() -> None:
    found, (agreed,) = told(GROUP)
    _, known = offered()

    assert isinstance(agreed, MediationAgreed)
    assert (agreed.by_consent, agreed.agreed_fen) == (True, 150)
    assert found.agreement is not None
    assert not found.agreement.binds
    assert {(claim.offered_fen, claim.due_fen) for claim in known} == {(50, None)}
    assert "pay_by/1" not in found.clocks.ends


def test_each_is_bound_by_his_own_consent_and_the_instalments_run_from_the_first() -> None:
    found, known, fens = consenting(*offered(), FIRST, SECOND)

    assert fens == [50, 100]
    assert [(claim.due_fen, claim.determined_by) for claim in known] == [
        *[(50, BY_AGREEMENT)] * 2,
        (None, None),
    ]
    assert found.clocks.ends["pay_by/1"] == DUE


def test_nobody_is_bound_twice_or_to_what_is_not_offered() -> None:
    found, known, _ = consenting(*offered(), FIRST)
    signed, _ = told(AGREED)
    none, _ = told(AGREED[:-1])
    assert found.mediation
    performed = replace(found, mediation=replace(found.mediation, performed=True))

    assert bound(found, [FIRST, MemberId("stranger")], known, at=NOW) == []
    assert bound(found, [SECOND], claims(), at=NOW) == []
    for nothing in (signed, none, performed):
        assert bound(nothing, [SECOND], known, at=NOW) == []


def test_what_is_awarded_then_is_awarded_to_the_others() -> None:
    found, known, _ = consenting(*offered(), FIRST, SECOND)
    kept = Kept(NOTHING_KEPT, LAW, TERMS)
    for code, said in (
        ("arbitration-filed", {"body": "442000-arbitration"}),
        ("arbitration-accepted", {"docket": "中劳人仲案〔2026〕1号"}),
    ):
        act = PastAct.model_validate({"code": code, "at": NOW, **said})
        for event in recounted(found, act, known, kept):
            found = found.after(event)
    award = PastAct.model_validate({"code": "awarded", "at": NOW, "final": True})
    made, *effects = recounted(found, award, known, kept)

    assert isinstance(made, ArbitrationAwarded)
    assert made.awarded_fen == 80
    assert [each.member_id for each in effects if isinstance(each, ArbitrationEffective)] == [THIRD]
    assert [claim.member_id for claim in concerned(found, award, known)] == [THIRD]

"""A member leaves: what becomes of his claim, of the agreement, and of what he has received."""

from dataclasses import replace

from schemas.cases import ApplicationAmended
from schemas.codes import ClaimEnd
from schemas.matters import ClaimDetermined, MatterClosed
from schemas.samples import a, facts
from services.mediation.domain import leaving, mediating
from services.mediation.domain.claim import LEFT, Claim, registered_of, sums_of
from tests.domain.test_agreement import (
    GROUP,
    PAIR,
    TENS,
    after,
    agreed,
    consented,
    determined,
    in_parts,
    mediated,
    member,
    offered,
)
from tests.domain.test_matter import HERE, LAW, NOW, TERMS, matter


def gone(claim: Claim) -> Claim:
    for said in claim.leave(at=NOW):
        claim = claim.after(said)
    return claim


def test_who_left_has_no_claim_and_what_he_received_stays_recorded() -> None:
    first, second = determined([100, 200], [40])
    claims = [gone(first), second]

    assert claims[0].ended == LEFT
    assert [claim.id for claim in registered_of(claims)] == ["m1"]
    sums = sums_of(claims)
    assert (sums.due_fen, sums.recovered_fen) == (240, 40)


def test_a_claim_that_was_paid_counts_no_longer_either_and_nobody_leaves_twice() -> None:
    (paid,) = determined([100], [100])
    paid = replace(paid, ended=ClaimEnd("paid"))

    assert gone(paid).ended == LEFT
    assert gone(paid).leave(at=NOW) == []


def test_an_agreement_covers_those_who_are_there_now() -> None:
    found = mediated(facts(members=3))
    claims = [*offered([100, 100]), gone(offered([0, 0, 100])[2])]
    amended = a(ApplicationAmended, epoch=found.epoch, facts=facts(members=2))
    now = after(found, leaving.amend(found, amended, at=NOW))

    shares = {member(0): 100, member(1): 100}
    said = mediating.agree(now, HERE, claims, shares, 200, instalments=in_parts(200), terms=TERMS, law=LAW)

    assert said


def test_a_change_of_another_epoch_or_of_a_case_that_is_gone_amends_nothing() -> None:
    found = mediated(facts(members=3))
    amended = a(ApplicationAmended, epoch=found.epoch, facts=facts(members=2))

    assert leaving.amend(found, amended.model_copy(update={"epoch": 9}), at=NOW) == []
    assert leaving.amend(found.after(a(MatterClosed)), amended, at=NOW) == []


def test_who_consented_and_leaves_is_not_counted_and_his_rest_is_not_awaited() -> None:
    found, claims = consented(agreed(GROUP, TENS, in_parts(400, 600)), offered(TENS), 0, 3)
    partly = replace(claims[3], recovered_fen=30)

    now = after(found, leaving.release(found, partly, at=NOW))

    assert now.agreement
    assert (now.agreement.consents, now.agreement.bound_fen) == (1, 130)
    assert now.agreement.due_fen(2) == 130


def test_who_never_consented_leaves_the_agreement_as_it_is() -> None:
    found, claims = consented(agreed(GROUP, TENS, in_parts(1000)), offered(TENS), 0)

    assert leaving.release(found, claims[5], at=NOW) == []


def test_of_two_who_signed_one_leaves_and_the_other_is_still_owed_all_of_his() -> None:
    found, claims = agreed(PAIR, [100, 200], in_parts(300)), determined([100, 200], [100])

    now = after(found, leaving.release(found, claims[0], at=NOW))

    assert now.agreement
    assert now.agreement.bound_fen == 300
    rest = after(found, leaving.release(found, claims[1], at=NOW)).agreement
    assert rest
    assert rest.bound_fen == 100


def test_a_matter_without_an_agreement_has_nothing_to_reduce() -> None:
    claim = offered([100])[0].after(a(ClaimDetermined))

    assert leaving.release(matter(), claim, at=NOW) == []

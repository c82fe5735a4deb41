"""An agreement: whom it binds, what is due by when, what a breach opens. No fen is lost, nobody forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import CaseType, Determination, Outcome, Relation
from schemas.facts import CaseFacts
from schemas.ids import MemberId
from schemas.matters import (
    AgreementBreached,
    AgreementConsented,
    AgreementInstalmentPaid,
    ClaimDetermined,
    ClaimRegistered,
    ConfirmationConfirmed,
    Instalment,
    MatterConcluded,
    MatterEvent,
    MediationAgreed,
)
from schemas.samples import a, facts
from services.mediation.domain import concluding, mediating, performing
from services.mediation.domain.agreement import BY_AGREEMENT, Agreement
from services.mediation.domain.agreement_courses import PAY_BY
from services.mediation.domain.claim import Claim
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.errors import (
    BindsNobody,
    ConsentedAlready,
    NoConsentNeeded,
    NothingOffered,
    NotPaidYet,
    OutcomeNotReached,
)
from services.mediation.domain.matter import Matter
from tests.domain.test_matter import HERE, LAW, MEDIATED, NOW, TERMS, matter

FIRST = datetime(2026, 4, 1, 16, 0, tzinfo=UTC)
SECOND = datetime(2026, 5, 1, 16, 0, tzinfo=UTC)


def in_parts(*amounts: int) -> tuple[Instalment, ...]:
    """Instalments that are due a month after one another."""
    return tuple(
        Instalment(due_at=FIRST + timedelta(days=30 * place), amount_fen=amount)
        for place, amount in enumerate(amounts)
    )


def member(place: int) -> MemberId:
    return MemberId(f"m{place}")


def mediated(about: CaseFacts) -> Matter:
    return replace(matter(*MEDIATED), facts=about)


def offered(each_fen: Sequence[int]) -> list[Claim]:
    """The claims of a group, as an agreement left them that names these amounts."""
    found = [Claim.begun(a(ClaimRegistered, member_id=member(place))) for place in range(len(each_fen))]
    return [
        claim.after(*claim.offer(fen, epoch=2, at=NOW)) for claim, fen in zip(found, each_fen, strict=True)
    ]


def determined(each_fen: Sequence[int], recovered_fen: Sequence[int] = ()) -> list[Claim]:
    """The claims of members who signed, with what they have received."""
    claims = offered(each_fen)
    due = [
        claim.after(a(ClaimDetermined, member_id=claim.member_id, by=BY_AGREEMENT, due_fen=fen))
        for claim, fen in zip(claims, each_fen, strict=True)
    ]
    received = [*recovered_fen, *[0] * (len(due) - len(recovered_fen))]
    return [replace(claim, recovered_fen=fen) for claim, fen in zip(due, received, strict=True)]


def agreed(about: CaseFacts, each_fen: Sequence[int], parts: tuple[Instalment, ...] = ()) -> Matter:
    """A matter whose parties agreed on these amounts."""
    found = mediated(about)
    claims = [Claim.begun(a(ClaimRegistered, member_id=member(place))) for place in range(len(each_fen))]
    shares = {member(place): fen for place, fen in enumerate(each_fen)}
    said = mediating.agree(
        found, HERE, claims, shares, sum(each_fen), instalments=parts, terms=TERMS, law=LAW
    )
    return after(found, said)


def after(found: Matter, said: Sequence[MatterEvent]) -> Matter:
    for event in said:
        found = found.after(event)
    return found


def pay_by(found: Matter) -> dict[str, datetime]:
    """When the instalments are due that run."""
    return {name: at for name, at in found.clocks.ends.items() if name.startswith(PAY_BY)}


def consented(found: Matter, claims: list[Claim], *places: int) -> tuple[Matter, list[Claim]]:
    """The matter and its claims once these members have consented."""
    said = performing.consent(found, HERE, claims, [member(place) for place in places])
    fixed = {each.member_id: each.amount_fen for each in said if isinstance(each, AgreementConsented)}
    bound = [
        claim.after(a(ClaimDetermined, member_id=claim.id, by=BY_AGREEMENT, due_fen=fixed[claim.member_id]))
        if claim.member_id in fixed
        else claim
        for claim in claims
    ]
    return after(found, said), bound


PAIR = facts(members=2, case_type=CaseType("wage-arrears"))
GROUP = facts(members=10, case_type=CaseType("wage-arrears"))
TENS = [100] * 10


# --- Consent -----------------------------------------------------------------------------------------------


def test_an_agreement_of_a_group_binds_only_those_who_consented() -> None:
    found, claims = consented(agreed(GROUP, TENS), offered(TENS), 0, 3)

    assert found.mediation
    assert found.mediation.agreement
    assert (found.mediation.agreement.consents, found.mediation.agreement.bound_fen) == (2, 200)
    assert [claim.id for claim in claims if claim.due_fen is not None] == ["m0", "m3"]
    assert all(claim.ended is None for claim in claims)


def test_nobody_consents_twice_or_to_nothing_and_few_sign_for_themselves() -> None:
    found, claims = consented(agreed(GROUP, TENS), offered(TENS), 0)

    with pytest.raises(ConsentedAlready):
        performing.consent(found, HERE, claims, [member(0)])
    with pytest.raises(NothingOffered):
        performing.consent(found, HERE, claims, [member(1), MemberId("stranger")])
    with pytest.raises(NoConsentNeeded):
        performing.consent(agreed(PAIR, [1, 1]), HERE, offered([1, 1]), [member(0)])


def test_an_agreement_that_binds_nobody_is_neither_performed_nor_an_outcome() -> None:
    found = agreed(GROUP, TENS)

    with pytest.raises(BindsNobody):
        mediating.perform(found, HERE, offered(TENS))
    with pytest.raises(OutcomeNotReached):
        concluding.conclude(found, HERE, Outcome("agreement"), offered(TENS), LAW)


def test_an_agreement_is_performed_once_those_are_paid_whom_it_binds() -> None:
    found, claims = consented(agreed(GROUP, TENS), offered(TENS), 0, 1)
    paid = [replace(claim, recovered_fen=100 if claim.id == "m0" else 0) for claim in claims]

    with pytest.raises(NotPaidYet):
        mediating.perform(found, HERE, paid)
    assert mediating.perform(found, HERE, [replace(claim, recovered_fen=100) for claim in claims])


# --- Instalments -------------------------------------------------------------------------------------------


def test_every_instalment_has_a_clock_that_goes_on_after_the_conclusion() -> None:
    found = agreed(PAIR, [100, 100], in_parts(120, 80))

    assert pay_by(found) == {"pay_by/1": FIRST, "pay_by/2": SECOND}
    assert {"pay_by/1", "pay_by/2"} <= found.after(a(MatterConcluded)).due.keys()


def test_the_clocks_of_a_group_run_from_the_first_consent() -> None:
    found = agreed(GROUP, TENS, in_parts(500, 500))

    assert pay_by(found) == {}
    assert pay_by(consented(found, offered(TENS), 4)[0]) == {"pay_by/1": FIRST, "pay_by/2": SECOND}


def test_what_comes_in_pays_for_the_instalments_in_their_order() -> None:
    found = agreed(PAIR, [100, 100], in_parts(120, 80))

    assert performing.note_payments(found, determined([100, 100], [100, 19]), at=NOW) == []
    (paid,) = performing.note_payments(found, determined([100, 100], [100, 20]), at=NOW)

    assert paid == a(AgreementInstalmentPaid, at=NOW, instalment=1, due_fen=120, paid_fen=120)
    assert pay_by(found.after(paid)) == {"pay_by/2": SECOND}
    assert performing.note_payments(found.after(paid), determined([100, 100], [100, 20]), at=NOW) == []


def test_an_instalment_that_is_not_covered_on_its_day_is_a_breach_with_its_consequence() -> None:
    found = agreed(PAIR, [100, 100], in_parts(120, 80))

    (breached,) = performing.pass_instalment(found, "pay_by/1", determined([100, 100], [60, 59]), at=FIRST)

    assert isinstance(breached, AgreementBreached)
    assert (breached.instalment, breached.due_fen, breached.paid_fen) == (1, 120, 119)
    assert [(each.way, each.legal_basis) for each in breached.remedies] == [
        ("payment-order", "LDMAL-16"),
        ("suit", "SPC-LABOUR-1-51"),
        ("arbitration", "LDMAL-15"),
    ]
    assert pay_by(found.after(breached)) == {"pay_by/2": SECOND}


def test_a_breach_that_is_made_good_stays_one_and_is_paid() -> None:
    found = agreed(PAIR, [100, 100], in_parts(120, 80))
    late = after(found, performing.pass_instalment(found, "pay_by/1", determined([100, 100]), at=FIRST))

    healed = after(late, performing.note_payments(late, determined([100, 100], [100, 20]), at=SECOND))

    assert [(clock.name, clock.state) for clock in healed.clocks if clock.name == "pay_by/1"] == [
        ("pay_by/1", ClockState.BREACHED)
    ]
    assert not healed.clocks.is_open("pay_by/1")


@pytest.mark.parametrize(
    ("relation", "case_type", "confirmed", "ways"),
    [
        ("labour", "wage-arrears", True, ["enforcement"]),
        ("labour", "work-injury", False, ["payment-order", "arbitration"]),
        ("labour", "social-insurance", False, ["arbitration"]),
        ("service", "service-pay", False, ["payment-order", "suit"]),
        ("service", "service-pay", True, ["enforcement"]),
        ("unknown", "wage-arrears", False, ["payment-order", "suit", "arbitration", "payment-order", "suit"]),
    ],
)
def test_what_a_breach_opens_depends_on_the_relation_the_claim_and_the_court(
    relation: str, case_type: str, confirmed: bool, ways: list[str]
) -> None:
    about = facts(members=2, relation=Relation(relation), case_type=CaseType(case_type))
    found = agreed(about, [100, 100], in_parts(200))
    found = found.after(a(ConfirmationConfirmed)) if confirmed else found

    (breached,) = performing.pass_instalment(found, "pay_by/1", determined([100, 100]), at=FIRST)

    assert isinstance(breached, AgreementBreached)
    assert [each.way for each in breached.remedies] == ways


def test_who_consents_after_the_last_day_is_owed_his_part_at_once() -> None:
    found, claims = consented(agreed(GROUP, TENS, in_parts(1000)), offered(TENS), 0)
    paid = [replace(claim, recovered_fen=100 if claim.id == "m0" else 0) for claim in claims]
    settled = after(found, performing.note_payments(found, paid, at=NOW))
    assert pay_by(settled) == {}

    later, claims = consented(settled, paid, 1)
    (breached,) = performing.pass_instalment(later, "pay_by/1", claims, at=SECOND)

    assert isinstance(breached, AgreementBreached)
    assert (breached.due_fen, breached.paid_fen) == (200, 100)


def test_who_consented_and_got_an_amount_elsewhere_is_not_owed_by_the_agreement_any_more() -> None:
    parts = in_parts(1_000)
    found, claims = consented(agreed(GROUP, [100] * 10, parts), offered([100] * 10), 0, 1)
    elsewhere = a(ClaimDetermined, member_id=member(0), by=Determination("award"), due_fen=40)
    awarded = [claims[0].after(elsewhere), replace(claims[1], recovered_fen=100), *claims[2:]]

    (paid,) = performing.note_payments(found, awarded, at=NOW)
    third, _ = consented(found, awarded, 2)

    assert isinstance(paid, AgreementInstalmentPaid)
    assert (paid.due_fen, paid.paid_fen) == (100, 100)
    assert mediating.perform(found, HERE, awarded)
    assert third.agreement
    assert third.agreement.bound_fen == 200


def test_money_beyond_what_one_is_due_pays_for_nobody_else() -> None:
    found = agreed(PAIR, [100, 100], in_parts(200))

    assert performing.note_payments(found, determined([100, 100], [200, 0]), at=NOW) == []


# --- To the fen --------------------------------------------------------------------------------------------

fen = st.integers(0, 10**11)


@given(st.lists(fen, min_size=10, max_size=30), st.sets(st.integers(0, 29)), st.lists(fen, max_size=5))
def test_no_fen_is_lost_and_no_member_forgotten(
    each_fen: list[int], willing: set[int], cuts: list[int]
) -> None:
    total = sum(each_fen)
    ends = sorted(min(cut, total) for cut in cuts)
    parts = in_parts(*(end - start for start, end in zip([0, *ends], [*ends, total], strict=True)))
    about = facts(members=len(each_fen))
    places = sorted(place for place in willing if place < len(each_fen))
    found, claims = agreed(about, each_fen, parts), offered(each_fen)
    for place in places:
        found, claims = consented(found, claims, place)

    assert found.mediation
    agreement = found.mediation.agreement
    assert agreement
    bound = {claim.id for claim in claims if claim.determined_by == BY_AGREEMENT}
    assert bound == {member(place) for place in places}
    assert all(claim.ended is None or claim.due_fen == 0 for claim in claims)
    assert agreement.bound_fen == sum(each_fen[place] for place in places)
    assert agreement.bound_fen + sum(c.offered_fen or 0 for c in claims if c.id not in bound) == total
    due = [agreement.due_fen(number) for number in range(1, len(parts) + 1)]
    assert due == sorted(due)
    assert due[-1] == agreement.bound_fen


@given(st.lists(fen, min_size=1, max_size=8))
def test_if_all_are_bound_each_instalment_is_due_as_agreed(parts: list[int]) -> None:
    agreement = Agreement(
        agreed_at=NOW, agreed_fen=sum(parts), instalments=in_parts(*parts), bound_fen=sum(parts)
    )

    assert [agreement.due_fen(number) for number in range(1, len(parts) + 1)] == [
        sum(parts[:number]) for number in range(1, len(parts) + 1)
    ]
    assert a(MediationAgreed).by_consent is None

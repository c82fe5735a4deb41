"""A notarised repayment agreement is a title of its own, certified once an instalment is missed."""

import pytest

from law.limits import limit_of
from schemas.codes import EnforcementTitle, RefusalGround
from schemas.ids import AgencyId, ExternalRef, RuleId
from schemas.matters import AgreementBreached, MatterEvent, NotarisationExecutionCertified
from services.mediation.domain import confirming, enforcing, notarising, performing, rights
from services.mediation.domain.agreement import clock_of
from services.mediation.domain.errors import (
    AgreementStands,
    DisputeElsewhere,
    NotJoint,
    OutOfCourse,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from tests.domain.test_agreement import PAIR, after, agreed, determined, in_parts
from tests.domain.test_at_court import COURT
from tests.domain.test_matter import HERE, LAW
from tests.domain.test_mediating_again import LATE, propose

NOTARY = AgencyId("442000-notary")
DEED, CERTIFICATE = ExternalRef("（2026）粤中山证字第88号"), ExternalRef("（2026）粤中山执字第3号")
EACH = (100, 100)
PARTS = in_parts(80, 120)


def apply(found: Matter, *, jointly: bool = True) -> list[MatterEvent]:
    return notarising.apply(found, HERE, NOTARY, LAW, jointly=jointly)


def repaying() -> Matter:
    """A matter whose parties agreed on two instalments."""
    return agreed(PAIR, EACH, PARTS)


def notarised() -> Matter:
    found = after(repaying(), apply(repaying()))
    return after(found, notarising.issue(found, HERE, DEED))


def missed(found: Matter, paid_fen: int = 0) -> Matter:
    """The first instalment was not paid."""
    claims = determined(EACH, (paid_fen,))
    return after(found, performing.pass_instalment(found, clock_of(1), claims, at=LATE))


def certified(paid_fen: int = 0) -> Matter:
    found = missed(notarised(), paid_fen)
    return after(found, notarising.certify(found, HERE, determined(EACH, (paid_fen,)), CERTIFICATE))


def ways(found: Matter) -> list[tuple[str, str]]:
    return [(each.way, each.legal_basis) for each in open_ways(found)]


def test_the_notary_has_fifteen_working_days_and_both_parties_ask() -> None:
    found = after(repaying(), apply(repaying()))

    assert found.due["notarise_by"] == limit_of(RuleId("notarisation"), HERE.at, LAW).due_at
    assert "notarise_by" not in notarised().due
    with pytest.raises(NotJoint):
        apply(repaying(), jointly=False)


def test_a_notarised_agreement_that_is_kept_opens_nothing_and_its_instalments_are_watched() -> None:
    found = notarised()

    assert ways(found) == []
    assert [name for name in found.clocks.ends if name.startswith("pay_by")] == ["pay_by/1", "pay_by/2"]
    with pytest.raises(OutOfCourse):
        notarising.certify(found, HERE, determined(EACH), CERTIFICATE)


def test_its_breach_opens_a_certificate_and_neither_arbitration_nor_a_suit() -> None:
    said = performing.pass_instalment(notarised(), clock_of(1), determined(EACH), at=LATE)

    (breach,) = said
    assert isinstance(breach, AgreementBreached)
    assert [(each.way, each.legal_basis) for each in breach.remedies] == [
        ("execution-certificate", "NOTARY-37")
    ]


def test_what_is_certified_is_what_is_still_owed_and_it_can_be_enforced() -> None:
    found = missed(notarised(), 30)

    (said,) = notarising.certify(found, HERE, determined(EACH, (30,)), CERTIFICATE)
    found = found.after(said)

    assert isinstance(said, NotarisationExecutionCertified)
    assert said.amount_fen == 170
    assert ("enforcement", "CPL-249") in ways(found)
    applied = enforcing.apply(
        found,
        HERE,
        determined(EACH, (30,)),
        COURT,
        EnforcementTitle("notarised-agreement"),
        last_day=None,
        law=LAW,
        unaided=True,
    )
    assert applied


def test_the_two_years_run_from_the_last_instalment() -> None:
    (opened,) = rights.opened(certified(), LAW, at=HERE.at)

    assert opened.clock == "enforce_by/notarised-agreement"
    assert opened.since == PARTS[-1].due_at


def test_a_notary_that_refuses_may_be_asked_again_and_the_agreement_stands() -> None:
    found = after(repaying(), apply(repaying()))
    refused = after(found, notarising.refuse(found, HERE, RefusalGround("unclear")))

    assert apply(refused)
    assert ways(missed(refused)) == ways(missed(repaying()))


def test_one_agreement_has_one_title() -> None:
    confirming_it = after(repaying(), confirming.apply(repaying(), HERE, COURT, LAW, jointly=True))

    with pytest.raises(DisputeElsewhere):
        apply(confirming_it)
    with pytest.raises(DisputeElsewhere):
        confirming.apply(notarised(), HERE, COURT, LAW, jointly=True)


def test_a_notarised_agreement_is_enforced_and_not_mediated_again() -> None:
    with pytest.raises(AgreementStands):
        propose(missed(notarised()))


def test_what_is_breached_is_not_notarised() -> None:
    with pytest.raises(OutOfCourse):
        apply(missed(repaying()))

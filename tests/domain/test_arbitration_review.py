"""A commission reviews an agreement: both parties ask, within fifteen days, and it can be enforced then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import EnforcementTitle, RefusalGround, Relation
from schemas.facts import CaseFacts
from schemas.matters import ArbitrationReviewDismissed, EnforcementApplied, MatterEvent
from schemas.samples import facts
from services.mediation.domain import enforcing, having_reviewed, mediating, performing
from services.mediation.domain.acts import Act
from services.mediation.domain.agreement import clock_of
from services.mediation.domain.errors import AgreementStands, NotJoint, NotLabour, OutOfCourse, TooLate
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from tests.domain.test_agreement import PAIR, after, agreed, determined, in_parts
from tests.domain.test_arbitration import COMMISSION, COURT, DOCKET
from tests.domain.test_matter import HERE, LAW, NOW, aided
from tests.domain.test_mediating_again import LATE, propose

# The agreement is of Friday, the 6th of March: the fifteenth day is a Saturday, and Monday the last one.
LAST = datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)
PARTS = in_parts(100, 100)


def asked(about: CaseFacts = PAIR, act: Act = HERE, *, jointly: bool = True) -> list[MatterEvent]:
    return having_reviewed.apply(agreed(about, (100, 100), PARTS), act, COMMISSION, LAW, jointly=jointly)


def asking() -> Matter:
    return after(agreed(PAIR, (100, 100), PARTS), asked())


def reviewed() -> Matter:
    return after(asking(), having_reviewed.confirm(asking(), HERE, DOCKET))


def breached(found: Matter) -> Matter:
    return after(found, performing.pass_instalment(found, clock_of(1), determined((100, 100)), at=LATE))


def test_both_parties_ask_by_the_fifteenth_day() -> None:
    assert asked(act=replace(HERE, at=LAST))
    with pytest.raises(TooLate) as refused:
        asked(act=replace(HERE, at=LAST + timedelta(seconds=1)))
    with pytest.raises(NotJoint):
        asked(jointly=False)

    assert refused.value.rule.startswith("arbitration-review")


def test_a_commission_reviews_what_is_of_labour() -> None:
    with pytest.raises(NotLabour):
        asked(facts(members=2, relation=Relation("service")))


def test_what_it_issued_is_enforced_and_not_mediated_or_arbitrated_again() -> None:
    found = aided(breached(reviewed()), "enforcement")

    assert {(way.way, way.legal_basis) for way in open_ways(found)} == {("enforcement", "LDMAL-51")}
    (title,) = enforcing.titles_of(found)
    (applied,) = enforcing.apply(
        found, HERE, determined((100, 100)), COURT, EnforcementTitle(title), last_day=None, law=LAW
    )
    assert isinstance(applied, EnforcementApplied)
    assert applied.last_day == PARTS[-1].due_at
    with pytest.raises(AgreementStands):
        propose(found)
    with pytest.raises(OutOfCourse):
        having_reviewed.apply(found, HERE, COMMISSION, LAW, jointly=True)


def test_if_it_does_not_confirm_the_agreement_stands_and_the_parties_may_mediate_again() -> None:
    (said,) = having_reviewed.dismiss(asking(), replace(HERE, at=NOW), RefusalGround("unclear"))
    found = asking().after(said)

    assert isinstance(said, ArbitrationReviewDismissed)
    assert [way.way for way in said.remedies] == ["mediation", "arbitration"]
    assert performing.to_perform(found)
    assert propose(found)
    with pytest.raises(AgreementStands):
        propose(asking())
    assert mediating.perform(found, HERE, determined((100, 100), (100, 100)))

"""Another mediation: once the agreement is breached or not confirmed, and never over its head."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schemas.codes import MediationKind, RefusalGround, RemedyCode, SessionResult
from schemas.ids import AgencyId
from schemas.matters import (
    MatterEvent,
    MediationProposed,
)
from services.mediation.domain import confirming, mediating, performing
from services.mediation.domain.acts import MatterState
from services.mediation.domain.agreement import bound_by, clock_of
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.errors import AgreementStands, ConsentedAlready, MediationRuns
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import bases_of, open_ways
from tests.domain.test_agreement import (
    GROUP,
    PAIR,
    after,
    agreed,
    consented,
    determined,
    in_parts,
    member,
    offered,
)
from tests.domain.test_at_court import COURT, DOCKET
from tests.domain.test_matter import HERE, LAW, NOW, TERMS

MEDIATION = RemedyCode("mediation")
BROKEN = SessionResult("broken-off")
LATE = NOW + timedelta(days=60)


def propose(found: Matter) -> list[MatterEvent]:
    return mediating.propose(
        found,
        HERE,
        kind=MediationKind("peoples"),
        committee=AgencyId("442000-mediation"),
        mediator=None,
        partners=(),
        law=LAW,
    )


def breached(amounts: tuple[int, ...] = (100, 100)) -> Matter:
    found = agreed(PAIR, amounts, in_parts(*amounts))
    return after(found, performing.pass_instalment(found, clock_of(1), determined(amounts), at=LATE))


def dismissed() -> Matter:
    found = agreed(PAIR, (100, 100))
    found = after(found, confirming.apply(found, HERE, COURT, LAW, jointly=True))
    return after(found, confirming.dismiss(found, HERE, RefusalGround("unclear")))


def again(found: Matter, each_fen: tuple[int, ...], parts: tuple[int, ...] = ()) -> Matter:
    """Mediated once more, and agreed on these amounts."""
    found = after(found, propose(found))
    shares = {member(place): fen for place, fen in enumerate(each_fen)}
    total = sum(each_fen)
    claims = determined(each_fen)
    said = mediating.agree(
        found, HERE, claims, shares, total, instalments=in_parts(*parts), terms=TERMS, law=LAW
    )
    return after(found, said)


@pytest.mark.parametrize("found", [breached(), dismissed()], ids=["breached", "dismissed"])
def test_the_parties_may_be_asked_again_once_the_agreement_came_to_nothing(found: Matter) -> None:
    (proposed,) = propose(found)

    assert isinstance(proposed, MediationProposed)
    assert found.after(proposed).mediation


def test_an_agreement_that_is_kept_or_a_mediation_that_runs_is_not_mediated_over() -> None:
    kept = agreed(PAIR, (100, 100))
    performed = after(kept, mediating.perform(kept, HERE, determined((100, 100), (100, 100))))
    running = after(breached(), propose(breached()))

    for found in (kept, performed):
        with pytest.raises(AgreementStands):
            propose(found)
    with pytest.raises(MediationRuns):
        propose(running)


def test_what_a_court_confirmed_is_enforced_and_not_mediated_again() -> None:
    found = agreed(PAIR, (100, 100), in_parts(100, 100))
    found = after(found, confirming.apply(found, HERE, COURT, LAW, jointly=True))
    found = after(found, confirming.accept(found, HERE, DOCKET, LAW))
    found = after(found, confirming.confirm(found, HERE, DOCKET))
    found = after(found, performing.pass_instalment(found, clock_of(1), determined((100, 100)), at=LATE))

    with pytest.raises(AgreementStands):
        propose(found)


def test_the_earlier_agreement_stands_until_there_is_another_and_if_there_is_none() -> None:
    runs = after(breached(), propose(breached()))
    failed = after(runs, mediating.hold_session(runs, HERE, BROKEN, next_at=None, minutes=None))

    for found in (runs, failed):
        assert performing.to_perform(found) == breached().agreement
        assert open_ways(found) == open_ways(breached())
        assert clock_of(2) in found.due


def test_another_agreement_takes_the_place_of_the_earlier_with_its_clocks() -> None:
    found = again(breached(), (80, 70), (150,))

    assert found.agreement
    assert found.agreement.agreed_fen == 150
    assert found.proceedings.state(ProceedingKind.AGREEMENT) is ProceedingState.AGREED
    assert [clock.name for clock in found.clocks if clock.open and clock.name.startswith("pay_by")] == [
        clock_of(1)
    ]
    assert bases_of(found, MEDIATION) == []


def test_what_a_court_did_not_confirm_opens_nothing_once_the_parties_agreed_again() -> None:
    assert bases_of(dismissed(), MEDIATION) == ["PML-33"]

    found = again(dismissed(), (100, 50), (150,))

    assert open_ways(found) == ()
    assert confirming.apply(found, HERE, COURT, LAW, jointly=True)


def test_a_member_of_a_group_is_bound_by_the_agreement_to_which_he_consented() -> None:
    first, claims = consented(agreed(GROUP, [100] * 10, in_parts(1_000)), offered([100] * 10), 0, 1)
    late = after(first, performing.pass_instalment(first, clock_of(1), claims, at=LATE))
    found = after(late, propose(late))
    shares = {member(place): 60 for place in range(10)}
    found = after(
        found,
        mediating.agree(found, HERE, claims, shares, 600, instalments=in_parts(600), terms=TERMS, law=LAW),
    )
    offers = [claim.after(*claim.offer(60, epoch=2, at=NOW)) for claim in claims]

    second, bound = consented(found, offers, 0)

    assert found.agreement
    assert not found.agreement.binds
    assert offers[1].due_fen == 100  # what he is due by the earlier one, until he consents
    assert [claim.id for claim in bound_by(second.agreement or found.agreement, bound)] == ["m0"]
    with pytest.raises(ConsentedAlready):
        consented(second, bound, 0)


def test_a_concluded_case_is_mediated_again_when_its_agreement_is_breached() -> None:
    found = agreed(PAIR, (100, 100), in_parts(200))
    granted = replace(found, state=MatterState.CONCLUDED)
    late = after(granted, performing.pass_instalment(granted, clock_of(1), determined((100, 100)), at=LATE))

    assert again(late, (90, 90)).state is MatterState.CONCLUDED

"""Labour arbitration: silence and refusal open a suit; an award is effective worker by worker."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import LegalBasis, Outcome, RefusalGround, Relation
from schemas.ids import AgencyId, ExternalRef, MemberId
from schemas.matters import (
    ArbitrationAccepted,
    ArbitrationAwarded,
    ArbitrationEffective,
    ArbitrationFiled,
    ArbitrationRefused,
    ArbitrationSettled,
    ClockBreached,
    LitigationFiled,
    MatterEvent,
    RightLapsed,
)
from schemas.samples import a, facts
from services.mediation.domain import arbitrating, concluding, suing
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.errors import (
    AmountsDoNotFit,
    ArbitrationFirst,
    ExtendedAlready,
    NotLabour,
    NotOpen,
    NotReceivedYet,
    OutcomeNotReached,
    OutOfCourse,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from tests.domain.test_matter import HERE, IN_HAND, LAW, NOW, aided, amounts, claims, matter

COMMISSION = AgencyId("442071-arbitration")
COURT = AgencyId("442071-court")
DOCKET = ExternalRef("中劳人仲案字〔2026〕88号")
WAGES = facts(case_type="wage-arrears")
SILENT_SUIT = LegalBasis("LDMAL-29")


def wages(*events: MatterEvent) -> Matter:
    """A wage claim in hand, to which this happened."""
    found = aided(replace(matter(*IN_HAND), facts=WAGES), "arbitration", "first-instance")
    for event in events:
        found = found.after(event)
    return found


def after(found: Matter, said: Sequence[MatterEvent]) -> Matter:
    for event in said:
        found = found.after(event)
    return found


def filed(*, proof: bool = True) -> Matter:
    found = wages()
    sealed = a(ArbitrationFiled).proof if proof else None
    return after(found, arbitrating.file(found, HERE, COMMISSION, 300, sealed, LAW))


def accepted() -> Matter:
    return after(filed(), arbitrating.accept(filed(), HERE, DOCKET, LAW))


def award(found: Matter, *, final: bool = False, received_at: datetime = NOW) -> list[MatterEvent]:
    return arbitrating.award(
        found, HERE, claims(), amounts(), 300, final=final, received_at=received_at, law=LAW
    )


def by_award() -> list[Claim]:
    return [replace(claim, determined_by="award") for claim in claims(due_fen=100)]  # type: ignore[arg-type]


def state(found: Matter) -> ProceedingState:
    return found.proceedings.state(ProceedingKind.ARBITRATION)


# --- Filing, silence, refusal ------------------------------------------------------------------------------


def test_the_commission_has_five_working_days_and_its_silence_opens_a_suit() -> None:
    found = filed()
    # Friday, the 6th of March: 9, 10, 11, 12, 13.
    assert found.due["arbitration_accept_by"] == datetime(2026, 3, 13, 15, 59, 59, tzinfo=UTC)

    (breached,) = found.breach("arbitration_accept_by", at=NOW + timedelta(days=8))
    silent = found.after(breached)

    assert isinstance(breached, ClockBreached)
    assert breached.remedies
    assert [(each.way, each.legal_basis) for each in breached.remedies] == [("suit", "LDMAL-29")]
    assert state(silent) is ProceedingState.SILENT
    assert suing.file(silent, HERE, COURT, 300, SILENT_SUIT, law=LAW)


def test_the_court_asks_for_the_proof_of_filing() -> None:
    found = filed(proof=False)
    silent = after(found, found.breach("arbitration_accept_by", at=NOW))

    assert open_ways(silent) == ()
    with pytest.raises(NotOpen):
        suing.file(silent, HERE, COURT, 300, SILENT_SUIT, law=LAW)


def test_a_commission_that_was_silent_may_still_accept() -> None:
    silent = after(filed(), filed().breach("arbitration_accept_by", at=NOW))

    late = after(silent, arbitrating.accept(silent, HERE, DOCKET, LAW))

    assert state(late) is ProceedingState.ACCEPTED
    assert late.due.keys() == {"award_by"}


def test_a_refusal_opens_a_suit() -> None:
    (refused,) = arbitrating.refuse(filed(), HERE, RefusalGround("out-of-scope"))

    assert isinstance(refused, ArbitrationRefused)
    assert [each.legal_basis for each in refused.remedies] == ["LDMAL-29"]
    assert suing.file(filed().after(refused), HERE, COURT, 300, SILENT_SUIT, law=LAW)


def test_a_labour_dispute_is_arbitrated_first_and_a_service_claim_is_not() -> None:
    with pytest.raises(ArbitrationFirst):
        suing.file(wages(), HERE, COURT, 300, None, law=LAW)
    service = replace(wages(), facts=facts(relation=Relation("service"), case_type="service-pay"))
    with pytest.raises(NotLabour):
        arbitrating.file(service, HERE, COMMISSION, 300, None, LAW)
    assert suing.file(service, HERE, COURT, 300, None, law=LAW)


@pytest.mark.parametrize("basis", ["SPC-LABOUR-1-15", "SPC-LABOUR-1-51", "LDMAL-29", "LOCAL-1"])
def test_nothing_spares_arbitration_that_the_case_does_not_bear_out(basis: str) -> None:
    with pytest.raises(NotOpen):
        suing.file(wages(), HERE, COURT, 300, LegalBasis(basis), law=LAW)


# --- The award ---------------------------------------------------------------------------------------------


def test_an_award_is_due_in_forty_five_days_and_in_sixty_if_it_is_extended_once() -> None:
    found = accepted()
    # 25 days of March, 20 of April.
    assert found.due == {"award_by": datetime(2026, 4, 20, 15, 59, 59, tzinfo=UTC)}

    extended = after(found, arbitrating.extend(found, HERE, LAW))

    # 25 days of March, 30 of April, 5 of May: a rest day, and so is the time up to it; the 6th is not.
    assert extended.due == {"award_by": datetime(2026, 5, 6, 15, 59, 59, tzinfo=UTC)}
    with pytest.raises(ExtendedAlready):
        arbitrating.extend(extended, HERE, LAW)


def test_more_time_for_an_award_is_counted_from_the_acceptance_and_shown_so() -> None:
    found = accepted()
    later = replace(HERE, at=NOW + timedelta(days=30))

    extended = after(found, arbitrating.extend(found, later, LAW))

    short, long = (clock for clock in extended.clocks if clock.name == "award_by")
    assert (short.started_at, short.ended_at) == (NOW, later.at)
    assert (long.started_at, long.ended_at) == (NOW, None)


def test_an_award_that_does_not_come_in_time_opens_a_suit() -> None:
    (breached,) = accepted().breach("award_by", at=NOW)

    assert isinstance(breached, ClockBreached)
    assert breached.remedies
    assert [each.legal_basis for each in breached.remedies] == ["LDMAL-43"]
    assert state(accepted().after(breached)) is ProceedingState.OVERDUE


def test_an_award_names_an_amount_for_every_member_and_starts_the_time_for_a_suit() -> None:
    (awarded,) = award(accepted())

    assert isinstance(awarded, ArbitrationAwarded)
    assert (awarded.awarded_fen, awarded.final) == (300, False)
    # Fifteen days from the 6th of March: Saturday, the 21st, rolls to Monday.
    assert accepted().after(awarded).clocks.ends == {"sue_by": datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)}
    with pytest.raises(AmountsDoNotFit):
        arbitrating.award(accepted(), HERE, claims(), amounts(2), 200, final=False, received_at=NOW, law=LAW)
    with pytest.raises(NotReceivedYet):
        award(accepted(), received_at=NOW + timedelta(days=1))


def test_an_award_is_effective_for_each_who_does_not_sue() -> None:
    awarded = after(accepted(), award(accepted()))
    (sued,) = suing.file(
        awarded, HERE, COURT, 300, None, law=LAW, members=(MemberId("m1"),), claims=by_award()
    )
    found = awarded.after(sued)

    said = arbitrating.pass_suit_limit(found, by_award(), at=NOW)

    assert [each.member_id for each in said if isinstance(each, ArbitrationEffective)] == ["m0", "m2"]
    assert {each.because for each in said if isinstance(each, ArbitrationEffective)} == {"not-sued"}
    assert "sue_by" not in after(found, said).due
    assert [each.way for each in open_ways(after(found, said))] == ["enforcement"]


def test_who_sues_all_together_leaves_nothing_to_take_effect() -> None:
    awarded = after(accepted(), award(accepted()))
    everybody = tuple(MemberId(f"m{place}") for place in range(3))
    (sued,) = suing.file(awarded, HERE, COURT, 300, None, law=LAW, members=everybody, claims=by_award())

    assert isinstance(sued, LitigationFiled)
    assert sued.members is None
    assert "sue_by" not in awarded.after(sued).due
    assert arbitrating.pass_suit_limit(awarded.after(sued), by_award(), at=NOW) == []


def test_strangers_do_not_sue() -> None:
    awarded = after(accepted(), award(accepted()))

    with pytest.raises(AmountsDoNotFit):
        suing.file(awarded, HERE, COURT, 1, None, law=LAW, members=(MemberId("x"),), claims=by_award())


def test_a_final_award_is_effective_for_all_when_it_is_made_and_a_worker_may_sue_all_the_same() -> None:
    said = award(accepted(), final=True)
    found = after(accepted(), said)

    assert [each.because for each in said if isinstance(each, ArbitrationEffective)] == ["final-award"] * 3
    assert [each.effective for each in said if isinstance(each, ArbitrationEffective)] == [1, 2, 3]
    assert found.clocks.ends.keys() == {"sue_by", "set_aside_by"}
    (passed,) = arbitrating.pass_suit_limit(found, by_award(), at=NOW)
    assert isinstance(passed, RightLapsed)
    assert found.after(passed).due.keys() == {"set_aside_by"}


def test_a_settlement_before_the_commission_can_be_enforced() -> None:
    (settled,) = arbitrating.settle(accepted(), HERE, claims(), amounts(), 300)

    assert isinstance(settled, ArbitrationSettled)
    assert [each.way for each in settled.remedies] == ["enforcement"]
    assert accepted().after(settled).due == {}


def test_what_was_withdrawn_may_be_filed_again_and_what_was_decided_not() -> None:
    withdrawn = after(accepted(), arbitrating.withdraw(accepted(), HERE))

    assert withdrawn.due == {}
    assert arbitrating.file(withdrawn, HERE, COMMISSION, 1, None, LAW)
    for found in (filed(), accepted(), after(accepted(), award(accepted()))):
        with pytest.raises(OutOfCourse):
            arbitrating.file(found, HERE, COMMISSION, 1, None, LAW)
    with pytest.raises(OutOfCourse):
        award(wages(a(ArbitrationFiled)))
    assert a(ArbitrationAccepted).limit


def test_the_aid_is_not_concluded_by_an_award_or_a_settlement_that_nobody_made() -> None:
    heard = accepted()

    for outcome in ("award", "arbitration-settlement"):
        with pytest.raises(OutcomeNotReached):
            concluding.conclude(heard, HERE, Outcome(outcome), claims(), LAW)

    awarded = after(heard, award(heard))
    assert concluding.conclude(awarded, HERE, Outcome("award"), by_award(), LAW)
    with pytest.raises(OutcomeNotReached):
        concluding.conclude(awarded, HERE, Outcome("arbitration-settlement"), by_award(), LAW)

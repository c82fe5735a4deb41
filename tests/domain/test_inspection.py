"""Labour inspection: it takes a complaint on, investigates, and orders, punishes or refers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import Determination, InspectionApproach, InspectionResult, RefusalGround
from schemas.ids import AgencyId, ExternalRef, MemberId
from schemas.matters import (
    ClaimEvent,
    ClockBreached,
    InspectionDecided,
    InspectionDisobeyed,
    InspectionObeyed,
    InspectionRefused,
    MatterEvent,
)
from services.mediation.domain import arbitrating, inspecting, obeying
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.errors import (
    AmountsDoNotFit,
    DisputeElsewhere,
    ExtendedAlready,
    OutOfCourse,
    ResultUnclear,
    SumDisagrees,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from services.mediation.domain.rights import ACTS
from tests.domain.test_arbitration import accepted as arbitrated
from tests.domain.test_arbitration import after, filed, wages
from tests.domain.test_matter import HERE, LAW, NOW, claims

INSPECTORATE = AgencyId("442071-labour-inspection")
DOCKET = ExternalRef("中劳监立字〔2026〕12号")
COMPLAINT = InspectionApproach("complaint")
DAY = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
NAMED = {MemberId("m0"): 100, MemberId("m1"): 50}
BY_ORDER = Determination("inspection-order")
ORDER, PENALTY, REFERRED = map(InspectionResult, ("payment-ordered", "penalty", "referred"))


def reported(found: Matter | None = None) -> Matter:
    found = found or wages()
    return after(found, inspecting.report(found, HERE, INSPECTORATE, COMPLAINT, 300, None, LAW))


def taken_on() -> Matter:
    return after(reported(), inspecting.accept(reported(), HERE, DOCKET, LAW))


def state(found: Matter) -> ProceedingState:
    return found.proceedings.state(ProceedingKind.INSPECTION)


def test_a_complaint_is_taken_on_in_five_working_days_and_late_is_still_taken_on() -> None:
    found = reported()
    # Friday, the 6th of March: 9, 10, 11, 12, 13.
    assert found.due["inspection_accept_by"] == datetime(2026, 3, 13, 15, 59, 59, tzinfo=UTC)

    (breached,) = found.breach("inspection_accept_by", at=NOW)

    assert isinstance(breached, ClockBreached)
    assert breached.remedies is None
    late = found.after(breached)
    assert state(after(late, inspecting.accept(late, HERE, DOCKET, LAW))) is ProceedingState.ACCEPTED


def test_the_investigation_takes_sixty_working_days_and_ninety_if_it_is_extended_once() -> None:
    found = taken_on()
    # 17 in March, 21 in April without the 6th, 19 in May without 1 to 5 and with the 9th, 3 in June.
    assert found.due["inspect_by"] == datetime(2026, 6, 3, 15, 59, 59, tzinfo=UTC)

    extended = after(found, inspecting.extend(found, HERE, LAW))

    # 18 more in June without the 19th, 12 in July.
    assert extended.due["inspect_by"] == datetime(2026, 7, 16, 15, 59, 59, tzinfo=UTC)
    with pytest.raises(ExtendedAlready):
        inspecting.extend(extended, HERE, LAW)


def test_more_time_to_investigate_is_counted_from_the_acceptance_and_shown_so() -> None:
    found = taken_on()
    later = replace(HERE, at=NOW + timedelta(days=30))

    extended = after(found, inspecting.extend(found, later, LAW))

    short, long = (clock for clock in extended.clocks if clock.name == "inspect_by")
    assert (short.started_at, short.ended_at) == (NOW, later.at)
    assert (long.started_at, long.ended_at) == (NOW, None)


def test_inspection_orders_the_payment_or_punishes_or_refers() -> None:
    found = taken_on()

    (decided,) = inspecting.decide(found, HERE, ORDER, ordered_fen=300, referred_to=None)

    assert isinstance(decided, InspectionDecided)
    assert found.after(decided).clocks.ends == {}
    assert inspecting.decide(found, HERE, PENALTY, ordered_fen=0, referred_to=None)
    assert inspecting.decide(found, HERE, REFERRED, ordered_fen=0, referred_to=AgencyId("442071-police"))


def ordered(found: Matter | None = None, *, pay_by: datetime | None = DAY) -> Matter:
    found = found or taken_on()
    return after(found, order(found, pay_by=pay_by))


def order(found: Matter, *, pay_by: datetime | None = DAY) -> list[MatterEvent]:
    """Two of three members are named."""
    return inspecting.decide(
        found,
        HERE,
        ORDER,
        ordered_fen=150,
        referred_to=None,
        claims=claims(due_fen=None),
        amounts=NAMED,
        pay_by=pay_by,
    )


def fixed(*, paid_fen: int = 0) -> list[Claim]:
    """The claims once they are fixed by it, and so much is paid on each of those who are named."""
    found = []
    for claim in claims(due_fen=None):
        for each in determined(claim):
            claim = claim.after(each)
        paid = min(paid_fen, claim.due_fen) if claim.due_fen else 0
        found.append(replace(claim, recovered_fen=paid))
    return found


def determined(claim: Claim) -> list[ClaimEvent]:
    fen = NAMED.get(claim.member_id)
    return claim.determine(fen, BY_ORDER, epoch=1, at=NOW) if fen else []


def test_an_order_fixes_the_claims_of_those_whom_it_names_and_no_other() -> None:
    (decided,) = order(taken_on())

    assert isinstance(decided, InspectionDecided)
    assert (decided.members, decided.ordered_fen) == (2, 150)
    assert [(claim.due_fen, claim.determined_by) for claim in fixed()] == [
        (100, BY_ORDER),
        (50, BY_ORDER),
        (None, None),
    ]
    with pytest.raises(SumDisagrees):
        inspecting.decide(
            taken_on(), HERE, ORDER, ordered_fen=151, referred_to=None, claims=claims(), amounts=NAMED
        )
    stranger = {MemberId("x"): 150}
    with pytest.raises(AmountsDoNotFit):
        inspecting.decide(
            taken_on(), HERE, ORDER, ordered_fen=150, referred_to=None, claims=claims(), amounts=stranger
        )


def test_an_order_that_is_paid_by_its_day_is_obeyed() -> None:
    found = ordered()
    assert found.due["obey_by"] == DAY
    assert obeying.note_payments(found, fixed(paid_fen=99), at=NOW) == []

    (obeyed,) = obeying.note_payments(found, fixed(paid_fen=100), at=NOW)

    assert isinstance(obeyed, InspectionObeyed)
    now = found.after(obeyed)
    assert (state(now), now.due) == (ProceedingState.OBEYED, {})
    assert obeying.note_payments(now, fixed(paid_fen=100), at=NOW) == []


def test_an_order_that_is_not_obeyed_opens_what_the_inspectorate_and_the_commission_can_do() -> None:
    (disobeyed,) = obeying.pass_day(ordered(), fixed(paid_fen=60), at=NOW)

    assert isinstance(disobeyed, InspectionDisobeyed)
    assert (disobeyed.ordered_fen, disobeyed.paid_fen) == (150, 110)
    now = ordered().after(disobeyed)
    assert state(now) is ProceedingState.DISOBEYED
    assert [(each.way, each.legal_basis) for each in open_ways(now)] == [
        ("inspection-enforcement", "LABOUR-INSPECTION-RULES-44"),
        ("added-compensation", "LCL-85"),
        ("police-report", "CRIMINAL-276-1"),
        ("arbitration", "LABOUR-INSPECTION-21"),
    ]
    assert arbitrating.file(now, HERE, AgencyId("442071-arbitration"), 300, None, LAW)
    (late,) = obeying.note_payments(now, fixed(paid_fen=100), at=NOW)
    assert state(now.after(late)) is ProceedingState.OBEYED
    assert now.after(late).due == {}


def test_the_day_of_an_order_that_was_paid_passes_without_a_word_of_disobedience() -> None:
    (said,) = obeying.pass_day(ordered(), fixed(paid_fen=100), at=NOW)

    assert isinstance(said, InspectionObeyed)


def test_a_sum_alone_is_paid_by_whatever_comes_and_a_later_order_asks_for_its_own() -> None:
    found = after(taken_on(), inspecting.decide(taken_on(), HERE, ORDER, ordered_fen=120, referred_to=None))
    assert "obey_by" not in found.due
    assert obeying.note_payments(found, claims(recovered_fen=39), at=NOW) == []
    assert obeying.note_payments(found, claims(recovered_fen=40), at=NOW)

    again = reported(ordered())
    later = [replace(claim, ordered_at=NOW - timedelta(days=1)) for claim in fixed(paid_fen=100)]
    assert obeying.note_payments(again, later, at=NOW) == []


def test_when_inspection_is_asked_again_the_day_of_its_order_does_not_run_on() -> None:
    later = replace(HERE, at=NOW + timedelta(days=1))

    again = after(ordered(), inspecting.report(ordered(), later, INSPECTORATE, COMPLAINT, 300, None, LAW))

    assert "obey_by" not in again.due
    (stopped,) = (clock for clock in again.clocks if clock.name == "obey_by")
    assert (stopped.state, stopped.ended_at) == ("stopped", later.at)
    taken = after(again, inspecting.accept(again, later, DOCKET, LAW))
    anew = after(taken, inspecting.decide(taken, later, ORDER, ordered_fen=120, referred_to=None))
    assert obeying.pass_day(anew, claims(), at=DAY) == []


@pytest.mark.parametrize(
    ("result", "fen", "to"), [(ORDER, 0, None), (PENALTY, 1, None), (REFERRED, 0, None), (ORDER, 1, "a-b")]
)
def test_a_result_that_does_not_fit_what_is_said_of_it_is_refused(
    result: InspectionResult, fen: int, to: AgencyId | None
) -> None:
    with pytest.raises(ResultUnclear):
        inspecting.decide(taken_on(), HERE, result, ordered_fen=fen, referred_to=to)


def test_what_inspection_does_not_take_on_is_a_dispute_for_arbitration() -> None:
    (refused,) = inspecting.refuse(reported(), HERE, RefusalGround("out-of-scope"))
    found = reported().after(refused)

    assert isinstance(refused, InspectionRefused)
    assert [(each.way, each.legal_basis) for each in open_ways(found)] == [
        ("arbitration", "LABOUR-INSPECTION-21")
    ]
    assert arbitrating.file(found, HERE, AgencyId("442071-arbitration"), 300, None, LAW)


def test_a_dispute_that_arbitration_has_is_not_inspected() -> None:
    for found in (filed(), arbitrated()):
        with pytest.raises(DisputeElsewhere):
            reported(found)
    withdrawn = after(filed(), arbitrating.withdraw(filed(), HERE))
    assert state(reported(withdrawn)) is ProceedingState.REPORTED


def test_a_complaint_runs_once_and_may_be_made_again_when_it_is_over() -> None:
    with pytest.raises(OutOfCourse):
        reported(reported())
    withdrawn = after(taken_on(), inspecting.withdraw(taken_on(), HERE))

    assert withdrawn.due == {}
    assert state(reported(withdrawn)) is ProceedingState.REPORTED


def test_a_complaint_seeks_relief_and_so_interrupts_limitation() -> None:
    (said,) = inspecting.report(wages(), HERE, INSPECTORATE, COMPLAINT, 300, None, LAW)

    assert ACTS[type(said)] == "relief-sought"

"""Labour inspection: it takes a complaint on, investigates, and orders, punishes or refers."""

from datetime import UTC, datetime

import pytest

from schemas.codes import InspectionApproach, InspectionResult, RefusalGround
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import ClockBreached, InspectionDecided, InspectionRefused
from services.mediation.domain import arbitrating, inspecting
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.errors import DisputeElsewhere, ExtendedAlready, OutOfCourse, ResultUnclear
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from services.mediation.domain.rights import ACTS
from tests.domain.test_arbitration import accepted as arbitrated
from tests.domain.test_arbitration import after, filed, wages
from tests.domain.test_matter import HERE, LAW, NOW

INSPECTORATE = AgencyId("442071-labour-inspection")
DOCKET = ExternalRef("中劳监立字〔2026〕12号")
COMPLAINT = InspectionApproach("complaint")
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


def test_inspection_orders_the_payment_or_punishes_or_refers() -> None:
    found = taken_on()

    (decided,) = inspecting.decide(found, HERE, ORDER, ordered_fen=300, referred_to=None)

    assert isinstance(decided, InspectionDecided)
    assert found.after(decided).clocks.ends == {}
    assert inspecting.decide(found, HERE, PENALTY, ordered_fen=0, referred_to=None)
    assert inspecting.decide(found, HERE, REFERRED, ordered_fen=0, referred_to=AgencyId("442071-police"))


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

"""What labour inspection did before an import is said again: its clocks, its order, who it names."""

from dataclasses import replace
from datetime import timedelta

from law.limits import limit_of
from schemas.facts import TimeLimit
from schemas.ids import RuleId
from schemas.matters import (
    InspectionAccepted,
    InspectionDecided,
    InspectionExtended,
    InspectionRefused,
    InspectionReported,
    InspectionWithdrawn,
)
from schemas.past import Past, PastAct, PastClock, PastMoney, PastOrder
from services.mediation.domain.claim import ORDER
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.inspecting import ORDERED_TERMS
from services.mediation.domain.recounting.money import concerned, fixed_by
from tests.domain.test_matter import LAW, NOW, claims, matter
from tests.domain.test_recounting import GRANTED, Done, told

INSPECTORATE, NUMBER = "442000-labour-inspection", "中劳监立字〔2026〕1号"
ASKED: Done = ("inspection-reported", {"body": INSPECTORATE, "approach": "complaint"})
TAKEN: Done = ("inspection-accepted", {"docket": NUMBER})
REPORTED_AT = NOW + timedelta(days=2)


def decided(**said: object) -> Done:
    return ("inspection-decided", {"inspection": 1, **said})


def test_what_was_asked_runs_from_that_day_and_interrupts_for_the_sum_that_was_named() -> None:
    found, (said,) = told([*GRANTED, ASKED])
    _, (named,) = told([*GRANTED, (ASKED[0], {**ASKED[1], "claim_fen": 500})])

    assert isinstance(said, InspectionReported)
    assert isinstance(named, InspectionReported)
    assert (said.inspectorate, said.claim_fen, named.claim_fen) == (INSPECTORATE, found.facts.claim_fen, 500)
    clock = found.clocks.running("inspection_accept_by")
    assert clock is not None
    assert (clock.started_at, clock.limit) == (
        REPORTED_AT,
        limit_of(RuleId("inspection-acceptance"), REPORTED_AT, LAW),
    )


def test_more_time_is_counted_from_the_acceptance_or_ends_as_the_earlier_system_says() -> None:
    accepted_at = REPORTED_AT + timedelta(days=1)
    end = PastClock(
        rule=RuleId("inspection-extended"),
        started_at=accepted_at,
        due_at=accepted_at + timedelta(days=150),
    )
    found, (said,) = told([*GRANTED, ASKED, TAKEN, ("inspection-extended", {})])
    elsewhere, _ = told([*GRANTED, ASKED, TAKEN, ("inspection-extended", {})], Past(clocks=(end,)))

    assert isinstance(said, InspectionExtended)
    assert found.proceedings.last(ProceedingKind.INSPECTION, None).extended  # type: ignore[union-attr]
    assert found.clocks.ends["inspect_by"] == (
        limit_of(RuleId("inspection-extended"), accepted_at, LAW).due_at
    )
    assert elsewhere.clocks.ends["inspect_by"] == end.due_at


def test_an_order_is_to_be_obeyed_by_its_day_by_whom_it_names() -> None:
    due_at = NOW + timedelta(days=30)
    order = decided(inspected="payment-ordered", ordered_fen=700, pay_by=due_at)
    found, (said,) = told([*GRANTED, ASKED, TAKEN, order])
    act = PastAct.model_validate({"code": order[0], "at": NOW, **order[1]})
    one, other, last = claims()
    named = [
        replace(one, past=PastMoney(orders=(PastOrder(inspection=1, ordered_fen=700),))),
        replace(other, past=PastMoney(orders=(PastOrder(inspection=2, ordered_fen=900),))),
        last,
    ]
    fixed = fixed_by(act)

    assert isinstance(said, InspectionDecided)
    assert (said.docket, said.ordered_fen, said.members) == (NUMBER, 700, None)
    assert said.limit == TimeLimit(rule=ORDERED_TERMS, due_at=due_at)
    assert [each.way for each in said.remedies] == ["arbitration"]
    assert found.clocks.ends["obey_by"] == due_at
    assert "inspect_by" not in found.clocks.ends
    assert fixed is not None
    assert (fixed.by, fixed.due_fen(named[0])) == (ORDER, 700)
    assert concerned(matter(), act, named) == [named[0]]


def test_what_it_did_otherwise_orders_nothing() -> None:
    _, (said,) = told([*GRANTED, ASKED, TAKEN, decided(inspected="referred", referred_to="442000-police")])
    act = PastAct.model_validate({"code": "inspection-decided", "at": NOW, "inspected": "penalty"})

    assert isinstance(said, InspectionDecided)
    assert (said.result, said.referred_to, said.ordered_fen) == ("referred", "442000-police", 0)
    assert fixed_by(act) is None


def test_who_was_refused_or_withdrew_may_ask_anew() -> None:
    refused, (no,) = told([*GRANTED, ASKED, ("inspection-refused", {"ground": "not-competent"})])
    withdrawn, (gone,) = told([*GRANTED, ASKED, TAKEN, ("inspection-withdrawn", {})])
    anew, (said,) = told([*GRANTED, ASKED, TAKEN, ("inspection-withdrawn", {}), ASKED, TAKEN])

    assert isinstance(no, InspectionRefused)
    assert isinstance(gone, InspectionWithdrawn)
    assert isinstance(said, InspectionAccepted)
    assert [each.way for each in no.remedies] == ["arbitration"]
    assert refused.proceedings.state(ProceedingKind.INSPECTION) is ProceedingState.REFUSED
    assert withdrawn.proceedings.state(ProceedingKind.INSPECTION) is ProceedingState.WITHDRAWN
    assert not {"inspect_by", "inspection_accept_by"} & withdrawn.clocks.ends.keys()
    assert anew.proceedings.state(ProceedingKind.INSPECTION) is ProceedingState.ACCEPTED

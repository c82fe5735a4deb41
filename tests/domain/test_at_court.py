"""Payment orders, suits from the docket to finality, and enforcement."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import (
    EnforcementTitle,
    FinalCause,
    JudgmentResult,
    LegalBasis,
    OrderEnd,
    Outcome,
    RoundEnd,
    TrialProcedure,
)
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    AgreementBreached,
    ConfirmationConfirmed,
    EnforcementApplied,
    EnforcementEndedThisRound,
    LitigationFinal,
    LitigationJudged,
    MatterEvent,
    MediationAgreed,
    PaymentOrderApplied,
    PaymentOrderObjected,
    RightLapsed,
)
from schemas.samples import a, facts
from services.mediation.domain import enforcing, lapsing, ordering, suing
from services.mediation.domain.acts import Act
from services.mediation.domain.concluding import reached
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.enforcing import titles_of
from services.mediation.domain.errors import (
    AlreadyFinal,
    AmountsDoNotFit,
    EnforcedAlready,
    NoAgreement,
    NothingToEnforce,
    NotOpen,
    OutOfCourse,
    SumDisagrees,
    TooLate,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from tests.domain.test_matter import HERE, IN_HAND, LAW, MEDIATED, NOW, aided, amounts, claims, matter

COURT = AgencyId("442071-court")
ABOVE = AgencyId("442000-court")
DOCKET = ExternalRef("（2026）粤2071民督3号")
LDMAL_16 = LegalBasis("LDMAL-16")
AGREED = (*MEDIATED, a(MediationAgreed, agreed_fen=300, instalments=()))
STAGES = ("arbitration", "first-instance", "enforcement")
WAGES = facts(case_type="wage-arrears")


def wages(*events: MatterEvent) -> Matter:
    found = replace(matter(*IN_HAND), facts=WAGES)
    return after(aided(found, *STAGES), events)


def after(found: Matter, said: Sequence[MatterEvent]) -> Matter:
    for event in said:
        found = found.after(event)
    return found


def agreed(*events: MatterEvent) -> Matter:
    """A wage claim on whose sum the parties agreed."""
    return after(aided(replace(matter(*AGREED), facts=WAGES), *STAGES), events)


def later(days: int) -> Act:
    return replace(HERE, at=NOW + timedelta(days=days))


# --- Payment orders ----------------------------------------------------------------------------------------


def ordered() -> Matter:
    found = agreed()
    found = after(found, ordering.apply(found, HERE, claims(recovered_fen=40), COURT, LDMAL_16))
    found = after(found, ordering.accept(found, HERE, DOCKET, LAW))
    return after(found, ordering.issue(found, later(3), NOW + timedelta(days=2), LAW))


def test_a_payment_order_is_for_what_is_still_owed_and_by_the_article_that_opens_it() -> None:
    (applied,) = ordering.apply(agreed(), HERE, claims(recovered_fen=40), COURT, LDMAL_16)

    assert isinstance(applied, PaymentOrderApplied)
    assert applied.amount_fen == 180
    with pytest.raises(NotOpen):
        ordering.apply(agreed(), HERE, claims(), COURT, LegalBasis("CPL-225"))
    with pytest.raises(NoAgreement):
        ordering.apply(wages(), HERE, claims(), COURT, LDMAL_16)


def test_of_an_agreement_in_instalments_it_is_open_once_one_is_missed() -> None:
    found = replace(matter(*MEDIATED, a(MediationAgreed)), facts=WAGES)

    with pytest.raises(NotOpen):
        ordering.apply(found, HERE, claims(), COURT, LDMAL_16)
    assert ordering.apply(found.after(a(AgreementBreached)), HERE, claims(), COURT, LDMAL_16)


def test_an_order_has_a_clock_to_be_issued_and_one_to_be_objected_to() -> None:
    found = agreed()
    found = after(found, ordering.apply(found, HERE, claims(), COURT, LDMAL_16))
    found = after(found, ordering.accept(found, HERE, DOCKET, LAW))

    # From Friday, the 6th of March: the 21st is a Saturday. Served on the 8th: the 23rd is a Monday.
    assert found.due == {"order_by": datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)}
    assert ordered().due == {"object_by": datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)}


def test_after_an_objection_both_ways_are_told() -> None:
    (objected,) = ordering.object_to(ordered(), HERE)

    assert isinstance(objected, PaymentOrderObjected)
    assert [(each.way, each.legal_basis) for each in objected.remedies] == [
        ("suit", "LDMAL-16"),
        ("arbitration", "LCL-30"),
    ]
    lapsed = after(
        ordered().after(objected), ordering.lapse(ordered().after(objected), HERE, OrderEnd("objection"))
    )
    assert suing.file(lapsed, HERE, COURT, 300, LDMAL_16, law=LAW)


def test_an_order_that_nobody_objects_to_can_be_enforced() -> None:
    (passed,) = lapsing.lapse(ordered(), "object_by", at=NOW)
    found = ordered().after(passed)

    assert isinstance(passed, RightLapsed)
    assert passed.remedies
    assert [each.legal_basis for each in passed.remedies] == ["CPL-227"]
    assert enforcing.apply(
        found, HERE, claims(), COURT, EnforcementTitle("payment-order"), last_day=None, law=LAW
    )
    with pytest.raises(OutOfCourse):
        ordering.object_to(found, HERE)


def test_an_order_that_the_creditor_gave_up_opens_nothing_new() -> None:
    withdrawn = after(ordered(), ordering.lapse(ordered(), HERE, OrderEnd("withdrawn")))

    assert "LDMAL-16" not in [each.legal_basis for each in open_ways(withdrawn) if each.way == "suit"]
    assert ordering.apply(withdrawn, HERE, claims(), COURT, LDMAL_16)


# --- Suits -------------------------------------------------------------------------------------------------


def at_court(procedure: str = "simple") -> Matter:
    found = replace(wages(), facts=facts(case_type="wage-arrears", evidence=("wage-iou",)))
    found = after(found, suing.file(found, HERE, COURT, 300, LegalBasis("SPC-LABOUR-1-15"), law=LAW))
    return after(found, suing.docket(found, HERE, DOCKET, law=LAW, procedure=TrialProcedure(procedure)))


def judged(*, final: bool = False) -> Matter:
    said = suing.judge(
        at_court(), HERE, claims(), amounts(), 300, result=JudgmentResult("granted"), final=final, law=LAW
    )
    return after(at_court(), said)


def test_a_wage_iou_spares_arbitration_and_so_does_a_breached_agreement_on_pay() -> None:
    iou = facts(case_type="wage-arrears", evidence=("wage-iou",))

    assert suing.file(replace(wages(), facts=iou), HERE, COURT, 1, LegalBasis("SPC-LABOUR-1-15"), law=LAW)
    assert suing.file(agreed(), HERE, COURT, 1, LegalBasis("SPC-LABOUR-1-51"), law=LAW)
    with pytest.raises(NotOpen):
        suing.file(wages(), HERE, COURT, 1, LegalBasis("SPC-LABOUR-1-51"), law=LAW)


@pytest.mark.parametrize(
    ("procedure", "day"),
    [
        ("ordinary", datetime(2026, 9, 7, 15, 59, 59, tzinfo=UTC)),  # the 6th is a Sunday
        ("simple", datetime(2026, 6, 8, 15, 59, 59, tzinfo=UTC)),  # the 6th is a Saturday
        ("small", datetime(2026, 5, 6, 15, 59, 59, tzinfo=UTC)),
    ],
)
def test_each_procedure_has_its_own_time(procedure: str, day: datetime) -> None:
    assert at_court(procedure).due == {"judge_by": day}


def test_a_judgment_that_nobody_appeals_is_final() -> None:
    assert judged().clocks.ends == {"appeal_by": datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)}

    (final,) = suing.pass_appeal(judged(), "appeal_by", at=NOW)

    assert isinstance(final, LitigationFinal)
    assert (final.because, final.awarded_fen) == ("not-appealed", 300)
    assert judged().after(final).suits[-1].final
    assert judged().after(final).due == {}


def test_an_appeal_stops_the_clock_and_its_decision_is_final() -> None:
    appealed = after(judged(), suing.appeal(judged(), HERE, ABOVE))
    assert appealed.due == {}

    (final,) = suing.decide_appeal(appealed, HERE, claims(), amounts(), 300, FinalCause("second-instance"))

    assert isinstance(final, LitigationFinal)
    assert final.court == ABOVE
    with pytest.raises(OutOfCourse):
        suing.decide_appeal(
            appealed.after(final), HERE, claims(), amounts(), 300, FinalCause("second-instance")
        )


def test_what_the_court_above_mediates_takes_the_place_of_the_judgment() -> None:
    appealed = after(judged(), suing.appeal(judged(), HERE, ABOVE))
    mediated = FinalCause("mediated-on-appeal")
    less = {each.member_id: 80 for each in claims()}

    with pytest.raises(AmountsDoNotFit):
        suing.decide_appeal(appealed, HERE, claims(), {}, 0, mediated)
    (final,) = suing.decide_appeal(appealed, HERE, claims(), less, 240, mediated)
    found = appealed.after(final)

    assert [(suit.result, suit.awarded_fen, suit.final) for suit in found.suits] == [("mediated", 240, True)]
    assert "judgment" in titles_of(found)
    assert reached(found, Outcome("court-mediation"))
    assert not reached(found, Outcome("judgment"))


def test_an_appeal_that_was_withdrawn_leaves_the_judgment_as_it_was() -> None:
    appealed = after(judged(), suing.appeal(judged(), HERE, ABOVE))

    (final,) = suing.decide_appeal(appealed, HERE, claims(), {}, 0, FinalCause("appeal-withdrawn"))

    assert isinstance(final, LitigationFinal)
    assert final.awarded_fen == 300
    with pytest.raises(SumDisagrees):
        suing.decide_appeal(appealed, HERE, claims(), amounts(), 300, FinalCause("appeal-withdrawn"))


def test_what_is_final_is_not_appealed_and_has_no_clock() -> None:
    assert judged(final=True).due == {}
    assert a(LitigationJudged).limit is None
    with pytest.raises(AlreadyFinal):
        suing.appeal(judged(final=True), HERE, ABOVE)


# --- Enforcement -------------------------------------------------------------------------------------------


def enforce(found: Matter, act: Act, title: str, last_day: datetime | None = None) -> list[MatterEvent]:
    return enforcing.apply(
        found,
        act,
        claims(due_fen=100, recovered_fen=40),
        COURT,
        EnforcementTitle(title),
        last_day=last_day,
        law=LAW,
    )


def test_only_what_has_effect_is_enforced() -> None:
    for title in ("confirmed-agreement", "award", "judgment", "payment-order", "arbitration-settlement"):
        with pytest.raises(NothingToEnforce):
            enforce(agreed(), HERE, title)
    with pytest.raises(NothingToEnforce):
        enforce(judged(), HERE, "judgment")
    assert enforce(judged(final=True), HERE, "judgment")


def test_the_two_years_of_a_confirmed_agreement_run_from_its_last_instalment() -> None:
    # The last instalment of the sample is due on the 20th of March 2026.
    found = aided(matter(*MEDIATED, a(MediationAgreed), a(ConfirmationConfirmed)), *STAGES)
    last = replace(HERE, at=datetime(2028, 3, 20, 15, 59, 59, tzinfo=UTC))

    (applied,) = enforce(found, last, "confirmed-agreement")

    assert isinstance(applied, EnforcementApplied)
    assert applied.last_day == datetime(2026, 3, 20, 10, tzinfo=UTC)
    assert applied.amount_fen == 180
    with pytest.raises(TooLate) as refused:
        enforce(found, replace(last, at=last.at + timedelta(seconds=1)), "confirmed-agreement")
    assert refused.value.rule == "enforcement:cn:2024-01-01"


def test_a_title_that_fixes_a_day_is_counted_from_it() -> None:
    found = judged(final=True)

    with pytest.raises(TooLate):
        enforce(found, later(800), "judgment")
    assert enforce(found, later(800), "judgment", last_day=NOW + timedelta(days=100))


def test_a_round_that_ended_is_resumed_and_the_claims_stay_open() -> None:
    running = after(judged(final=True), enforce(judged(final=True), HERE, "judgment"))
    (ended,) = enforcing.end_round(running, HERE, RoundEnd("no-assets"), claims(recovered_fen=40))
    waiting = running.after(ended)

    assert isinstance(ended, EnforcementEndedThisRound)
    assert ended.recovered_fen == 120
    with pytest.raises(EnforcedAlready):
        enforce(waiting, HERE, "judgment")
    resumed = after(waiting, enforcing.resume(waiting, HERE, LAW))
    assert resumed.proceedings.state(ProceedingKind.ENFORCEMENT) is ProceedingState.APPLIED

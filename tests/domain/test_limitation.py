"""Rights that run out: counted from the facts, begun anew, suspended, warned of, used, lapsed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from law.deadlines import day_of
from schemas.codes import (
    AdvanceCode,
    AidStage,
    CaseType,
    EnforcementTitle,
    LimitationActCode,
    Relation,
    SessionResult,
)
from schemas.facts import CaseFacts, KeyDates, LimitationAct
from schemas.ids import AgencyId, CaseId, RuleId
from schemas.matters import (
    AgreementConsented,
    AgreementPerformed,
    AidAdvanced,
    AidRefused,
    AidTerminated,
    ArbitrationFiled,
    ArbitrationWithdrawn,
    ConfirmationApplied,
    ConfirmationConfirmed,
    EnforcementApplied,
    LimitationAtRisk,
    LimitationCounted,
    LimitationInterrupted,
    LitigationFiled,
    MatterActivated,
    MatterClosed,
    MatterConcluded,
    MatterEvent,
    MatterNotCompetent,
    MatterOpened,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    RightLapsed,
)
from schemas.samples import a, facts
from schemas.transfers import CustodyBegun, CustodyFactsAmended
from services.mediation.domain import advancing, enforcing, lapsing, limiting, opening, rights
from services.mediation.domain.acts import Act
from services.mediation.domain.clocks import Clock, ClockState
from services.mediation.domain.errors import (
    ActNotKnown,
    DayAhead,
    NoSuchRight,
    NothingRuns,
    NotPlaced,
    NotUrgent,
    OutOfTurn,
    TooLate,
)
from services.mediation.domain.matter import Matter
from services.routing.domain.amending import learn
from services.routing.domain.custody import Custody
from tests.domain.test_matter import HERE, IN_HAND, LAW, MEDIATED, NOW, claims, matter

YEAR = "limitation_by/arbitration-limitation"
ENDED = date(2025, 11, 20)
CLAIMED = LimitationActCode("claimed")
FLOOD = LimitationActCode("force-majeure")


def wages(*acts: LimitationAct, ended: date = ENDED) -> CaseFacts:
    return facts(
        case_type=CaseType("wage-arrears"),
        relation=Relation("labour"),
        dates=KeyDates(employment_ended_on=ended),
        acts=acts or None,
    )


def opened(about: CaseFacts, *events: MatterEvent) -> Matter:
    """A matter as custody opened it, and what happened thereafter."""
    begun = a(CustodyBegun, facts=about, owner=HERE.by, epoch=2)
    first, *more = opening.open_matter(begun, LAW, at=NOW)
    assert isinstance(first, MatterOpened)
    return after(Matter.opened(first), [*more, *events])


def after(found: Matter, said: list[MatterEvent]) -> Matter:
    for event in said:
        found = found.after(event)
    return found


def working(about: CaseFacts) -> Matter:
    return opened(about, *IN_HAND)


def noted(found: Matter, act: Act, code: LimitationActCode, on: date, until: date | None = None) -> Matter:
    done = LimitationAct(code=code, on=on, until=until)
    return after(found, limiting.note_act(found, act, done, None, LAW))


def clock(found: Matter, name: str = YEAR) -> Clock:
    """The last one of that name."""
    return [each for each in found.clocks if each.name == name][-1]


def last_day(found: Matter, name: str = YEAR) -> date:
    return day_of(clock(found, name).limit.due_at)


def on(day: date) -> Act:
    return replace(HERE, at=datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


# --- Counting ----------------------------------------------------------------------------------------------


def test_the_year_runs_from_the_end_of_the_employment_when_the_matter_is_opened() -> None:
    assert last_day(opened(wages())) == date(2026, 11, 20)


def test_nothing_is_said_of_time_limits_where_no_day_is_known() -> None:
    begun = a(CustodyBegun, facts=facts())

    assert not [e for e in opening.open_matter(begun, LAW, at=NOW) if isinstance(e, LimitationCounted)]


def test_the_next_owner_counts_the_same_day_from_what_travelled() -> None:
    here = noted(working(wages()), HERE, CLAIMED, date(2026, 2, 2))
    there = opened(here.facts)

    assert last_day(there) == last_day(here) == date(2027, 2, 2)


def test_a_day_that_is_learned_later_is_counted_from_itself_and_not_from_now() -> None:
    found = working(facts(case_type=CaseType("wage-arrears")))
    learned = limiting.count_again(found, HERE, KeyDates(employment_ended_on=ENDED), LAW)

    assert last_day(after(found, learned)) == date(2026, 11, 20)
    with pytest.raises(NothingRuns):
        limiting.count_again(after(found, learned), HERE, KeyDates(employment_ended_on=ENDED), LAW)


def test_no_day_lies_ahead() -> None:
    with pytest.raises(DayAhead):
        limiting.count_again(
            working(wages()), HERE, KeyDates(injured_on=day_of(NOW) + timedelta(days=1)), LAW
        )


def test_an_earlier_owner_learns_nothing_more() -> None:
    with pytest.raises(OutOfTurn):
        limiting.count_again(
            opened(wages(), a(MatterActivated), a(MatterClosed)), HERE, KeyDates(injured_on=ENDED), LAW
        )


def test_the_owner_may_note_an_act_while_another_agency_is_asked() -> None:
    dormant = opened(wages())

    assert last_day(noted(dormant, HERE, CLAIMED, date(2026, 3, 2))) == date(2027, 3, 2)
    with pytest.raises(NotPlaced):
        noted(dormant, replace(HERE, by=AgencyId("440000-legal-aid")), CLAIMED, date(2026, 3, 2))


# --- What interrupts and suspends --------------------------------------------------------------------------


def test_a_claim_lets_the_year_begin_anew_and_both_clocks_are_seen() -> None:
    found = noted(working(wages()), HERE, CLAIMED, date(2026, 2, 2))

    states = [each.state for each in found.clocks if each.name == YEAR]
    assert states == [ClockState.INTERRUPTED, ClockState.RUNNING]


def test_an_act_that_changes_no_time_limit_is_refused() -> None:
    with pytest.raises(NothingRuns):
        noted(working(facts()), HERE, CLAIMED, date(2026, 2, 2))
    with pytest.raises(NothingRuns):
        noted(working(wages()), HERE, CLAIMED, ENDED - timedelta(days=30))


def test_a_claim_of_which_one_hears_when_the_right_has_lapsed_brings_it_back() -> None:
    found = working(wages(ended=date(2025, 2, 20)))
    lapsed = after(found, lapsing.lapse(found, YEAR, at=NOW))

    assert clock(lapsed).state is ClockState.LAPSED
    assert last_day(noted(lapsed, HERE, CLAIMED, date(2026, 2, 2))) == date(2027, 2, 2)
    with pytest.raises(NothingRuns):
        noted(lapsed, HERE, CLAIMED, date(2026, 2, 25))


def test_what_lasts_stops_the_year_and_its_warnings_and_the_year_goes_on_afterwards() -> None:
    stopped = noted(working(wages()), HERE, FLOOD, date(2026, 3, 1))

    assert clock(stopped).state is ClockState.PAUSED
    assert not [name for name in stopped.due if YEAR in name]

    over = limiting.end_suspension(stopped, on(date(2026, 3, 20)), FLOOD, date(2026, 3, 11), LAW)
    assert last_day(after(stopped, over)) == date(2026, 11, 30)
    assert after(stopped, over).facts.acts == (
        LimitationAct(code=FLOOD, on=date(2026, 3, 1), until=date(2026, 3, 11)),
    )


def test_what_is_over_when_it_becomes_known_moves_the_end_at_once() -> None:
    found = noted(working(wages()), HERE, FLOOD, date(2026, 2, 1), date(2026, 2, 11))

    assert (clock(found).state, last_day(found)) == (ClockState.RUNNING, date(2026, 11, 30))


def test_only_what_lasts_can_be_over() -> None:
    with pytest.raises(ActNotKnown):
        limiting.end_suspension(working(wages()), HERE, FLOOD, date(2026, 3, 2), LAW)


def test_what_still_suspends_a_time_limit_travels_and_suspends_it_there() -> None:
    stopped = noted(working(wages()), HERE, FLOOD, date(2026, 3, 1))

    assert clock(opened(stopped.facts)).state is ClockState.PAUSED


def follow(found: Matter, *said: MatterEvent) -> Matter:
    """What was said, with what follows for the rights."""
    folded = after(found, list(said))
    return after(folded, rights.follow(folded, said, LAW, at=said[-1].at))


def test_mediation_interrupts_when_it_is_applied_for_and_again_when_it_comes_to_nothing() -> None:
    asked = follow(working(wages()), a(MediationProposed, at=NOW))
    broken = a(MediationSessionHeld, result=SessionResult("broken-off"), at=NOW + timedelta(days=6))

    assert last_day(asked) == date(2027, 3, 8)  # the 6th is a Saturday
    assert last_day(follow(asked, broken)) == date(2027, 3, 12)


def test_an_agreement_is_a_promise() -> None:
    found = follow(working(wages()), a(MediationProposed, at=NOW))

    assert last_day(follow(found, a(MediationAgreed, at=NOW + timedelta(days=6)))) == date(2027, 3, 12)


def test_an_application_for_arbitration_uses_the_right_and_its_withdrawal_lets_the_year_begin_anew() -> None:
    filed = follow(working(wages()), a(ArbitrationFiled, at=NOW))
    withdrawn = follow(filed, a(ArbitrationWithdrawn, at=NOW + timedelta(days=6)))

    assert clock(filed).state is ClockState.MET
    assert (clock(withdrawn).state, last_day(withdrawn)) == (ClockState.RUNNING, date(2027, 3, 12))


def test_a_suit_of_all_uses_the_right_and_one_of_some_interrupts_it_for_the_others() -> None:
    of_all = follow(working(wages()), a(LitigationFiled, at=NOW, members=None))
    of_some = follow(working(wages()), a(LitigationFiled, at=NOW, members=("m1",)))

    assert clock(of_all).state is ClockState.MET
    assert last_day(of_some) == date(2027, 3, 8)


# --- Warnings, use, lapse ----------------------------------------------------------------------------------


def test_each_step_of_the_ladder_warns_once() -> None:
    found = working(wages())
    days = []
    while (name := f"at_risk/{YEAR}") in found.due:
        (warned,) = lapsing.warn(found, YEAR, LAW, at=found.due[name])
        assert isinstance(warned, LimitationAtRisk)
        days.append((warned.days, warned.advance))
        found = found.after(warned)

    # 30, 7 and 1 days before Friday, 20 November 2026
    assert days == [(30, None), (7, None), (1, True)]


def test_steps_that_have_passed_when_a_day_becomes_known_warn_once_together() -> None:
    found = working(wages(ended=NOW.date() - timedelta(days=360)))
    (warned,) = lapsing.warn(found, YEAR, LAW, at=NOW)

    assert found.after(warned).due[f"at_risk/{YEAR}"] > NOW


def advance(found: Matter) -> list[MatterEvent]:
    stage, code = AidStage("arbitration"), AdvanceCode("time-limit")
    return advancing.advance(found, HERE, stage, code, expires_on=None, papers_on=None, law=LAW)


def test_with_fewer_than_seven_days_left_aid_may_be_given_in_advance_without_naming_the_day() -> None:
    (advanced,) = advance(opened(wages(ended=date(2025, 3, 9)), *IN_HAND[:2]))

    assert isinstance(advanced, AidAdvanced)
    assert advanced.expires_on == date(2026, 3, 9)
    with pytest.raises(NotUrgent):
        advance(opened(wages(), *IN_HAND[:2]))


def test_a_right_that_nobody_used_lapses_and_nobody_is_in_breach() -> None:
    found = working(wages(ended=date(2025, 2, 20)))
    (lapsed,) = lapsing.lapse(found, YEAR, at=NOW)

    assert isinstance(lapsed, RightLapsed)
    assert clock(found.after(lapsed)).state is ClockState.LAPSED
    assert clock(found.after(lapsed)).breached_at is None
    assert lapsing.lapse(found.after(lapsed), YEAR, at=NOW) == []


def test_recognition_that_was_applied_for_elsewhere_uses_the_right() -> None:
    injured = facts(case_type=CaseType("work-injury"), dates=KeyDates(injured_on=date(2026, 2, 2)))
    found, worker = working(injured), "limitation_by/injury-report-worker"
    used = limiting.use(found, HERE, worker, date(2026, 3, 2), None)

    assert clock(after(found, used), worker).state is ClockState.MET
    with pytest.raises(NoSuchRight):
        limiting.use(after(found, used), HERE, worker, date(2026, 3, 2), None)


def test_rights_go_on_after_the_conclusion_and_end_with_the_payment() -> None:
    concluded = opened(wages(), *MEDIATED, a(MediationAgreed, at=NOW), a(MatterConcluded, at=NOW))

    assert clock(concluded).runs
    assert clock(concluded.after(a(AgreementPerformed, at=NOW))).state is ClockState.STOPPED


@pytest.mark.parametrize(("consents", "state"), [(7, ClockState.RUNNING), (10, ClockState.STOPPED)])
def test_what_some_of_a_group_were_paid_ends_no_right_of_the_others(consents: int, state: ClockState) -> None:
    group = wages().model_copy(update={"members": 10})
    found = after(
        working(group),
        [
            a(MediationProposed, at=NOW),
            a(MediationAgreed, at=NOW, agreed_fen=1_000, instalments=(), by_consent=True),
            a(AgreementConsented, at=NOW, consents=consents, bound_fen=100 * consents),
            a(AgreementPerformed, at=NOW),
        ],
    )

    assert clock(found).state is state


@pytest.mark.parametrize(
    "ended", [a(AidRefused, at=NOW), a(AidTerminated, at=NOW)], ids=["refused", "terminated"]
)
def test_rights_run_on_when_no_aid_is_given_because_an_objection_may_correct_that(ended: MatterEvent) -> None:
    found = working(wages()).after(ended)

    assert clock(found).runs
    assert YEAR in found.due


def test_a_right_is_watched_while_another_owner_is_looked_for_and_the_review_is_not() -> None:
    found = opened(wages(), a(MatterActivated), a(MatterNotCompetent))

    assert found.due.keys() == {YEAR, f"at_risk/{YEAR}"}
    assert found.next_end == clock(found).limit.due_at


# --- Rights that an event gives ----------------------------------------------------------------------------


def test_an_agreement_starts_the_thirty_days_for_its_confirmation() -> None:
    limit = LAW.due(RuleId("judicial-confirmation"), NOW)
    agreed = matter(*MEDIATED, a(MediationAgreed, at=NOW, limit={"rule": CONFIRMING, "due_at": limit}))
    (lapsed,) = lapsing.lapse(agreed, "confirm_by", at=limit)

    assert agreed.clocks.ends["confirm_by"] == limit
    assert clock(agreed.after(a(ConfirmationApplied)), "confirm_by").state is ClockState.MET
    assert isinstance(lapsed, RightLapsed)
    assert lapsed.remedies
    assert "mediation" in [each.way for each in lapsed.remedies]
    assert clock(agreed.after(lapsed), "confirm_by").state is ClockState.LAPSED


def confirmed() -> Matter:
    agreed = matter(*MEDIATED, a(MediationAgreed, at=NOW, instalments=()))
    return follow(agreed, a(ConfirmationApplied, at=NOW), a(ConfirmationConfirmed, at=NOW))


ENFORCE = "enforce_by/confirmed-agreement"
COURT = AgencyId("510521-court")
CONFIRMING = "judicial-confirmation:cn:2011-01-01"


def test_a_title_starts_the_two_years_for_its_enforcement_once() -> None:
    found = confirmed()

    assert last_day(found, ENFORCE) == date(2028, 3, 6)
    assert [type(each) for each in rights.follow(found, [], LAW, at=NOW)] == []
    assert (
        clock(found.after(a(EnforcementApplied, title="confirmed-agreement")), ENFORCE).state
        is ClockState.MET
    )


def test_a_promise_lets_the_two_years_begin_anew_and_enforcement_goes_by_that() -> None:
    promised = noted(confirmed(), on(date(2028, 3, 1)), LimitationActCode("promised"), date(2028, 3, 1))
    late, title = on(date(2029, 3, 1)), EnforcementTitle("confirmed-agreement")

    assert last_day(promised, ENFORCE) == date(2030, 3, 1)
    assert enforcing.apply(promised, late, claims(), COURT, title, last_day=None, law=LAW, unaided=True)
    with pytest.raises(TooLate):
        enforcing.apply(confirmed(), late, claims(), COURT, title, last_day=None, law=LAW, unaided=True)


# --- What travels ------------------------------------------------------------------------------------------


def test_routing_keeps_what_the_owner_learned_for_the_next_one() -> None:
    custody = Custody.begin(a(CustodyBegun, facts=wages(), epoch=1))
    claim = a(LimitationInterrupted, case_id=custody.case_id, epoch=1)
    (amended,) = learn(custody, claim, at=NOW)

    assert isinstance(amended, CustodyFactsAmended)
    assert custody.after(amended).facts.acts == (LimitationAct(code=claim.code, on=claim.on),)
    assert learn(custody.after(amended), claim, at=NOW) == []


def test_what_an_earlier_owner_learned_is_not_ours() -> None:
    custody = Custody.begin(a(CustodyBegun, facts=wages(), epoch=3))

    assert learn(custody, a(LimitationInterrupted, case_id=CaseId(custody.case_id), epoch=1), at=NOW) == []

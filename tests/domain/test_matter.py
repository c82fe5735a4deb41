"""Matter: from acceptance to evaluation, by the owner of an epoch and nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.book import load_law
from law.limits import law_for
from schemas.cases import ApplicationWithdrawn
from schemas.codes import (
    AidStage,
    AssigneeRole,
    CaseType,
    EvaluationGrade,
    EvidenceCode,
    JudgmentResult,
    LegalBasis,
    MeansBasis,
    MediationKind,
    Outcome,
    Relation,
    SessionResult,
    WorkerClass,
)
from schemas.ids import AgencyId, Division, ExternalRef, MemberId, Province, Pseudonym
from schemas.matters import (
    AgreementPerformed,
    AidGranted,
    AidStep,
    AssignmentMade,
    ClaimClosed,
    ClaimRegistered,
    ClockBreached,
    EvaluationCompleted,
    Instalment,
    LimitationStep,
    LitigationDocketed,
    LitigationFiled,
    LitigationJudged,
    MatterAccepted,
    MatterActivated,
    MatterClosed,
    MatterConcluded,
    MatterEvent,
    MatterNotCompetent,
    MatterOpened,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    ProceedingAct,
    ReferralMade,
    ReviewStarted,
)
from schemas.samples import a, facts
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.mediation.domain import assigning, concluding, granting, mediating, opening, suing
from services.mediation.domain.acts import Act, MatterState
from services.mediation.domain.aid import Grant
from services.mediation.domain.claim import Claim
from services.mediation.domain.errors import (
    AlreadyGranted,
    AmountsDoNotFit,
    BothSides,
    ClaimsIncomplete,
    MediationRuns,
    NoAgreement,
    NoMediation,
    NoSuit,
    NotExempt,
    NotGranted,
    NotInvolved,
    NotPaidYet,
    NotPlaced,
    NotTheOwner,
    OutcomeNotReached,
    OutOfTurn,
    StaleEpoch,
    SuitRuns,
    SumDisagrees,
)
from services.mediation.domain.matter import Matter

LAW = load_law()
NOW = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
OWNER = a(MatterOpened).agency
FIRM = a(AssignmentMade).organisation
TERMS = a(MediationAgreed).terms
HERE = Act(by=OWNER, epoch=2, at=NOW)
MEDIATION = AidStage("mediation")
TRIAL = AidStage("first-instance")
LAWYER = AssigneeRole("lawyer")
ART_43 = LegalBasis("LAL-43")

EVENTS: list[MatterEvent] = [
    a(MatterOpened),
    a(MatterActivated),
    a(MatterAccepted),
    a(MatterNotCompetent),
    a(ReviewStarted),
    a(ClockBreached),
    a(AidGranted),
    a(AssignmentMade),
    a(MediationProposed),
    a(MediationSessionHeld),
    a(MediationAgreed),
    a(AgreementPerformed),
    a(LitigationFiled),
    a(LitigationDocketed),
    a(LitigationJudged),
    a(ReferralMade),
    a(MatterConcluded),
    a(EvaluationCompleted),
    a(MatterClosed),
    *(a(kind) for kind in get_args(AidStep)),
    *(a(kind) for kind in get_args(ProceedingAct)),
    *(a(kind) for kind in get_args(LimitationStep)),
]
IN_HAND = (a(MatterActivated), a(MatterAccepted), a(AidGranted), a(AssignmentMade))
MEDIATED = (*IN_HAND, a(MediationProposed))


def matter(*events: MatterEvent) -> Matter:
    """A matter to which this happened after it was opened."""
    found = Matter.opened(a(MatterOpened))
    for event in events:
        found = found.after(event)
    return found


def aided(found: Matter, *stages: str) -> Matter:
    """A matter with aid for these stages too."""
    more = tuple(Grant(stage=AidStage(stage), means=MeansBasis("exempt-pay")) for stage in stages)
    return replace(found, aid=replace(found.aid, grants=(*found.aid.grants, *more)))


def claims(count: int = 3, due_fen: int | None = None, recovered_fen: int = 0) -> list[Claim]:
    """The claims of as many members."""
    registered = [Claim.begun(a(ClaimRegistered, member_id=MemberId(f"m{n}"))) for n in range(count)]
    return [replace(claim, due_fen=due_fen, recovered_fen=recovered_fen) for claim in registered]


def amounts(count: int = 3, each_fen: int = 100) -> dict[MemberId, int]:
    return {MemberId(f"m{n}"): each_fen for n in range(count)}


def agree(found: Matter, of: list[Claim], each_fen: int = 100, agreed_fen: int = 300) -> list[MatterEvent]:
    return mediating.agree(
        found, HERE, of, amounts(each_fen=each_fen), agreed_fen, instalments=(), terms=TERMS, law=LAW
    )


def assign(found: Matter, who: str, role: AssigneeRole, stage: AidStage = MEDIATION) -> list[MatterEvent]:
    return assigning.assign(
        found, HERE, assignee=Pseudonym(who), role=role, organisation=FIRM, stage=stage, law=LAW
    )


def propose(found: Matter, mediator: str | None = None, kind: str = "labour") -> list[MatterEvent]:
    return mediating.propose(
        found,
        HERE,
        kind=MediationKind(kind),
        committee=AgencyId("442000-mediation-committee"),
        mediator=Pseudonym(mediator) if mediator else None,
        partners=(),
        law=LAW,
    )


# --- Opening and closing -----------------------------------------------------------------------------------


def test_custody_opens_a_dormant_matter_whose_review_runs_from_the_receipt() -> None:
    opened, started = opening.open_matter(a(CustodyBegun), LAW, at=NOW)

    assert isinstance(opened, MatterOpened)
    assert isinstance(started, ReviewStarted)
    assert started.review_by == datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)
    assert Matter.opened(opened).after(started).due == {"review_by": started.review_by}
    assert (started.version, started.provisional) == ("review:cn:2022-01-01", None)


def test_the_review_of_a_year_without_published_holidays_is_marked() -> None:
    begun = a(CustodyBegun, facts=facts(received_at=datetime(2027, 3, 1, 4, tzinfo=UTC)))

    opened, started = opening.open_matter(begun, LAW, at=NOW)

    (review,) = Matter.opened(a(MatterOpened)).after(opened).after(started).clocks
    assert review.limit.provisional


def test_a_matter_goes_by_the_law_of_the_place_where_it_arose_or_of_the_province_that_has_it() -> None:
    from_zhongshan = facts(work=Division("442000"))

    assert law_for(from_zhongshan, Province("44"), LAW).region == "442000"
    assert law_for(from_zhongshan, Province("51"), LAW).region == "51"


def test_nobody_acts_before_the_case_is_placed() -> None:
    with pytest.raises(NotPlaced):
        granting.accept(matter(), HERE)


def test_placing_activates_once_and_only_its_own_epoch() -> None:
    placed = a(CustodyPlaced, epoch=2, owner=OWNER)

    assert opening.activate(matter(), placed, at=NOW) == [a(MatterActivated, at=NOW)]
    assert opening.activate(matter(a(MatterActivated)), placed, at=NOW) == []
    assert opening.activate(matter(), a(CustodyPlaced, epoch=1), at=NOW) == []


def test_a_case_that_moved_is_closed_once() -> None:
    ended = a(CustodyEnded, epoch=2, because="transferred")

    (closed,) = opening.close(matter(), ended, at=NOW)

    assert closed == a(MatterClosed, at=NOW)
    assert opening.close(matter(closed), ended, at=NOW) == []
    assert matter(closed).due == {}


def test_a_withdrawal_of_an_earlier_epoch_closes_nothing() -> None:
    assert opening.close(matter(), a(ApplicationWithdrawn, epoch=1), at=NOW) == []
    (closed,) = opening.close(matter(), a(ApplicationWithdrawn, epoch=2), at=NOW)
    assert closed.because == "withdrawn"


def test_a_case_that_comes_back_begins_anew() -> None:
    gone = matter(*MEDIATED, a(MatterClosed))

    opened, started = opening.open_again(gone, a(CustodyBegun, epoch=4), LAW, at=NOW)

    back = gone.after(opened).after(started)
    assert (back.state, back.epoch, back.mediation) == (MatterState.DORMANT, 4, None)
    assert opening.open_again(back, a(CustodyBegun, epoch=4), LAW, at=NOW) == []


# --- Who may act -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (replace(HERE, epoch=1), StaleEpoch),
        (replace(HERE, epoch=3), StaleEpoch),
        (replace(HERE, by=AgencyId("another")), NotTheOwner),
        (replace(HERE, by=None), NotTheOwner),
    ],
)
def test_only_the_owner_of_the_epoch_acts(act: Act, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        granting.accept(matter(a(MatterActivated)), act)


ACTS: list[Callable[[Matter], object]] = [
    lambda m: granting.accept(m, HERE),
    lambda m: granting.grant(m, HERE, TRIAL, MeansBasis("checked"), ART_43, LAW),
    lambda m: assign(m, "x", LAWYER),
    propose,
    lambda m: mediating.hold_session(m, HERE, SessionResult("continued"), next_at=None, minutes=None),
    lambda m: agree(m, claims()),
    lambda m: mediating.perform(m, HERE, claims()),
    lambda m: suing.file(m, HERE, AgencyId("court"), 1, None, law=LAW),
    lambda m: concluding.conclude(m, HERE, Outcome("agreement"), claims(), LAW),
    lambda m: concluding.evaluate(m, HERE, EvaluationGrade("good"), None),
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("end", [a(MatterClosed), a(MatterNotCompetent)])
def test_nothing_is_done_on_a_matter_that_is_over(act: Callable[[Matter], object], end: MatterEvent) -> None:
    with pytest.raises(OutOfTurn):
        act(matter(*MEDIATED, end))


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_on_a_dormant_matter(act: Callable[[Matter], object]) -> None:
    with pytest.raises(NotPlaced):
        act(matter())


def test_the_assigned_firm_and_the_committee_may_hold_sessions_and_strangers_not() -> None:
    found = matter(*MEDIATED)
    for by in (FIRM, a(MediationProposed).committee, *a(MediationProposed).partners):
        mediating.hold_session(
            found, replace(HERE, by=by), SessionResult("continued"), next_at=None, minutes=None
        )
    with pytest.raises(NotInvolved):
        mediating.hold_session(
            found, replace(HERE, by=AgencyId("x")), SessionResult("continued"), next_at=None, minutes=None
        )


# --- Aid ---------------------------------------------------------------------------------------------------


def test_a_grant_ends_the_review_and_starts_the_clock_of_the_assignment() -> None:
    found = matter(a(MatterActivated), a(MatterAccepted), a(ReviewStarted))

    (granted,) = granting.grant(found, HERE, TRIAL, MeansBasis("checked"), ART_43, LAW)

    assert found.after(granted).due == {
        "assign_by/first-instance": datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)
    }


def test_each_stage_is_granted_once() -> None:
    with pytest.raises(AlreadyGranted):
        granting.grant(matter(*IN_HAND), HERE, MEDIATION, MeansBasis("checked"), ART_43, LAW)


@pytest.mark.parametrize(
    ("case_type", "worker_class", "means", "allowed"),
    [
        ("wage-arrears", "migrant-worker", "exempt-pay", True),
        ("work-injury", "rider", "exempt-work-injury", True),
        ("death-compensation", "migrant-worker", "exempt-work-injury", True),
        ("traffic-accident", "migrant-worker", "exempt-work-injury", False),
        ("social-insurance", "migrant-worker", "exempt-pay", False),
        ("wage-arrears", "other", "exempt-pay", False),
        ("traffic-accident", "migrant-worker", "checked", True),
    ],
)
def test_pay_and_work_injury_alone_skip_the_check_of_means(
    case_type: str, worker_class: str, means: str, allowed: bool
) -> None:
    about = facts(case_type=CaseType(case_type), worker_class=WorkerClass(worker_class))
    found = replace(matter(a(MatterActivated), a(MatterAccepted)), facts=about)

    if allowed:
        granting.grant(found, HERE, TRIAL, MeansBasis(means), ART_43, LAW)
    else:
        with pytest.raises(NotExempt):
            granting.grant(found, HERE, TRIAL, MeansBasis(means), ART_43, LAW)


def test_nobody_is_assigned_to_a_stage_without_a_grant() -> None:
    with pytest.raises(NotGranted):
        assign(matter(*IN_HAND), "somebody", LAWYER, TRIAL)


def test_nobody_stands_for_the_workers_and_mediates_too() -> None:
    lawyer = a(AssignmentMade).assignee
    mediator = a(MediationProposed).mediator
    assert mediator

    with pytest.raises(BothSides):
        propose(matter(*IN_HAND), lawyer)
    with pytest.raises(BothSides):
        assign(matter(*IN_HAND), lawyer, AssigneeRole("mediator"))
    with pytest.raises(BothSides):
        assign(matter(*MEDIATED), mediator, LAWYER)
    with pytest.raises(BothSides):
        assign(matter(*IN_HAND, a(AssignmentMade, role="mediator", assignee="m")), "m", LAWYER)


# --- Clocks ------------------------------------------------------------------------------------------------


def test_a_review_that_takes_too_long_is_said_once() -> None:
    found = matter(a(ReviewStarted))

    (breached,) = found.breach("review_by", at=NOW)

    assert breached == a(ClockBreached, at=NOW)
    assert found.after(breached).due == {}
    assert found.after(breached).breach("review_by", at=NOW) == []


def test_an_assignment_in_time_stops_its_clock() -> None:
    granted = matter(a(MatterActivated), a(MatterAccepted), a(AidGranted))

    assert "assign_by/mediation" in granted.due
    (breached,) = granted.breach("assign_by/mediation", at=NOW)
    assert isinstance(breached, ClockBreached)
    assert breached.rule == "assignment"
    assert matter(*IN_HAND).due == {}


def test_a_labour_dispute_has_fifteen_days_and_another_a_month() -> None:
    (labour,) = propose(matter(*IN_HAND), kind="peoples")
    other = replace(matter(*IN_HAND), facts=facts(relation=Relation("service")))
    (peoples,) = propose(other, kind="peoples")

    assert isinstance(labour, MediationProposed)
    assert isinstance(peoples, MediationProposed)
    assert labour.end_by == datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)  # the 21st is a Saturday
    assert peoples.end_by == datetime(2026, 4, 7, 15, 59, 59, tzinfo=UTC)  # the 6th is Qingming
    assert other.after(peoples).due == {"mediate_by": peoples.end_by}
    assert "mediate_by" not in other.after(peoples).after(a(MediationAgreed)).due


# --- Mediation ---------------------------------------------------------------------------------------------


def test_sessions_are_numbered_and_need_a_mediation_that_runs() -> None:
    held = mediating.hold_session(
        matter(*MEDIATED, a(MediationSessionHeld)), HERE, SessionResult("agreed"), next_at=None, minutes=None
    )

    assert isinstance(held[0], MediationSessionHeld)
    assert held[0].session == 2
    with pytest.raises(NoMediation):
        mediating.hold_session(matter(*IN_HAND), HERE, SessionResult("agreed"), next_at=None, minutes=None)


def test_a_mediation_that_was_broken_off_may_be_proposed_again() -> None:
    broken = a(MediationSessionHeld, result="broken-off")

    with pytest.raises(MediationRuns):
        propose(matter(*MEDIATED))
    assert propose(matter(*MEDIATED, broken))
    with pytest.raises(NoMediation):
        agree(matter(*MEDIATED, broken), claims())


def test_an_agreement_gives_every_member_an_amount_and_names_their_sum() -> None:
    (agreed,) = agree(matter(*MEDIATED), claims())

    assert isinstance(agreed, MediationAgreed)
    assert (agreed.agreed_fen, agreed.members) == (300, 3)


def test_there_is_no_agreement_before_all_members_are_registered() -> None:
    with pytest.raises(ClaimsIncomplete):
        agree(matter(*MEDIATED), claims(2))


def test_claims_that_moved_away_do_not_make_a_case_complete() -> None:
    moved = Claim.begun(a(ClaimRegistered, member_id="m9")).after(a(ClaimClosed, because="moved"))

    with pytest.raises(ClaimsIncomplete):
        agree(matter(*MEDIATED), [*claims(2), moved])


def test_amounts_are_for_the_members_and_nobody_else() -> None:
    with pytest.raises(AmountsDoNotFit):
        mediating.agree(
            matter(*MEDIATED),
            HERE,
            claims(),
            {**amounts(2), MemberId("x"): 100},
            300,
            instalments=(),
            terms=TERMS,
            law=LAW,
        )


@pytest.mark.parametrize("agreed_fen", [299, 301])
def test_a_sum_that_is_a_fen_off_is_refused(agreed_fen: int) -> None:
    with pytest.raises(SumDisagrees):
        agree(matter(*MEDIATED), claims(), agreed_fen=agreed_fen)


def test_instalments_come_to_what_is_agreed() -> None:
    parts = (Instalment(due_at=NOW, amount_fen=299),)

    with pytest.raises(SumDisagrees):
        mediating.agree(
            matter(*MEDIATED), HERE, claims(), amounts(), 300, instalments=parts, terms=TERMS, law=LAW
        )


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=40))
def test_an_agreement_is_the_sum_of_its_members(each: list[int]) -> None:
    found = replace(matter(*MEDIATED), facts=facts(members=len(each)))
    shares = {MemberId(f"m{n}"): fen for n, fen in enumerate(each)}

    (agreed,) = mediating.agree(
        found, HERE, claims(len(each)), shares, sum(each), instalments=(), terms=TERMS, law=LAW
    )

    assert isinstance(agreed, MediationAgreed)
    assert agreed.agreed_fen == sum(each)


def test_performance_is_stated_once_all_is_paid() -> None:
    found = matter(*MEDIATED, a(MediationAgreed, agreed_fen=300))

    with pytest.raises(NotPaidYet):
        mediating.perform(found, HERE, claims(recovered_fen=99))
    (performed,) = mediating.perform(found, HERE, claims(recovered_fen=100))
    assert performed == a(AgreementPerformed, at=NOW, recovered_fen=300)
    with pytest.raises(NoAgreement):
        mediating.perform(found.after(performed), HERE, claims(recovered_fen=100))


# --- Suit --------------------------------------------------------------------------------------------------


def test_a_suit_is_filed_docketed_and_judged_in_this_order() -> None:
    iou = facts(case_type=CaseType("wage-arrears"), evidence=(EvidenceCode("wage-iou"),))
    found = aided(replace(matter(*IN_HAND), facts=iou), TRIAL)
    judge = {"result": JudgmentResult("granted"), "final": True, "law": LAW}
    with pytest.raises(NoSuit):
        suing.docket(found, HERE, ExternalRef("1"), law=LAW)
    (filed,) = suing.file(found, HERE, AgencyId("court"), 300, LegalBasis("SPC-LABOUR-1-15"), law=LAW)
    with pytest.raises(NoSuit):
        suing.judge(found.after(filed), HERE, claims(), amounts(), 300, **judge)  # type: ignore[arg-type]
    with pytest.raises(SuitRuns):
        suing.file(found.after(filed), HERE, AgencyId("court"), 300, None, law=LAW)
    (docketed,) = suing.docket(found.after(filed), HERE, ExternalRef("（2026）陕0528民初123号"), law=LAW)
    at_court = found.after(filed).after(docketed)
    with pytest.raises(SumDisagrees):
        suing.judge(at_court, HERE, claims(), amounts(), 299, **judge)  # type: ignore[arg-type]

    (judged,) = suing.judge(at_court, HERE, claims(), amounts(), 300, **judge)  # type: ignore[arg-type]

    assert isinstance(judged, LitigationJudged)
    assert (judged.court, judged.docket) == ("court", "（2026）陕0528民初123号")
    assert concluding.conclude(at_court.after(judged), HERE, Outcome("judgment"), claims(due_fen=100), LAW)


def test_a_suit_that_was_withdrawn_fixes_nothing() -> None:
    at_court = matter(*IN_HAND, a(LitigationFiled), a(LitigationDocketed))

    (judged,) = suing.judge(
        at_court, HERE, claims(), {}, 0, result=JudgmentResult("withdrawn"), final=True, law=LAW
    )

    with pytest.raises(OutcomeNotReached):
        concluding.conclude(at_court.after(judged), HERE, Outcome("judgment"), claims(), LAW)


# --- Conclusion and evaluation -----------------------------------------------------------------------------


def test_a_conclusion_names_what_was_claimed_determined_and_received() -> None:
    found = matter(*MEDIATED, a(MediationAgreed))

    (concluded,) = concluding.conclude(
        found, HERE, Outcome("agreement"), claims(due_fen=100, recovered_fen=40), LAW
    )

    assert isinstance(concluded, MatterConcluded)
    assert (concluded.claimed_fen, concluded.determined_fen, concluded.recovered_fen) == (
        3 * a(ClaimRegistered).claim_fen,
        300,
        120,
    )


def test_what_was_not_reached_concludes_nothing() -> None:
    with pytest.raises(OutcomeNotReached):
        concluding.conclude(matter(*MEDIATED), HERE, Outcome("agreement"), claims(), LAW)
    with pytest.raises(OutcomeNotReached):
        concluding.conclude(matter(*IN_HAND), HERE, Outcome("court-mediation"), claims(), LAW)


def test_the_work_is_evaluated_once_and_after_its_conclusion() -> None:
    with pytest.raises(OutOfTurn):
        concluding.evaluate(matter(*IN_HAND), HERE, EvaluationGrade("good"), 5)
    concluded = matter(*IN_HAND, a(MatterConcluded))
    (evaluated,) = concluding.evaluate(concluded, HERE, EvaluationGrade("good"), 5)
    with pytest.raises(OutOfTurn):
        concluding.evaluate(concluded.after(evaluated), HERE, EvaluationGrade("good"), 5)


def test_money_is_still_recorded_after_conclusion_and_evaluation() -> None:
    for end in (a(MatterConcluded), a(EvaluationCompleted)):
        matter(*IN_HAND, end).check_involved(HERE, MatterState.CONCLUDED, MatterState.EVALUATED)


# --- Folding -----------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(EVENTS)))
def test_any_events_fold(events: list[MatterEvent]) -> None:
    folded = matter(*events)

    assert folded.case_id == a(MatterOpened).case_id
    assert all(at > NOW - timedelta(days=60) for at in folded.due.values())


@given(st.lists(st.sampled_from(EVENTS)), st.integers(1, 4))
def test_reactions_never_raise_and_a_breach_stops_its_clock(events: list[MatterEvent], epoch: int) -> None:
    found = matter(*events)
    opening.open_again(found, a(CustodyBegun, epoch=epoch), LAW, at=NOW)
    opening.activate(found, a(CustodyPlaced, epoch=epoch), at=NOW)
    opening.close(found, a(CustodyEnded, epoch=epoch), at=NOW)
    opening.close(found, a(ApplicationWithdrawn, epoch=epoch), at=NOW)
    found.breach("nonsense", at=NOW)

    for name in found.due.keys() & found.clocks.ends.keys():
        stopped = found
        for event in found.breach(name, at=NOW):
            stopped = stopped.after(event)
        assert name not in stopped.due

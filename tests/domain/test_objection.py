"""Refusal and termination, and what the applicants and the justice bureau can do about them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import (
    LegalBasis,
    MeansBasis,
    ObjectionResult,
    Outcome,
    RefusalCode,
    TerminationCode,
)
from schemas.ids import AgencyId, Division, Seat
from schemas.matters import (
    AidGranted,
    AidRefused,
    AidTerminated,
    MatterAccepted,
    MatterActivated,
    MatterClosed,
    MatterConcluded,
    MatterEvent,
    MediationProposed,
    ObjectionDecided,
    ObjectionFiled,
    ReviewPaused,
    ReviewStarted,
)
from schemas.samples import a
from services.mediation.domain import concluding, granting, objecting, reviewing, terminating
from services.mediation.domain.acts import RECOVERING, MatterState
from services.mediation.domain.bureaus import check_bureau
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.errors import (
    AlreadyObjected,
    NoObjection,
    NotReceivedYet,
    NotTheBureau,
    NotTheirBureau,
    NotTheOwner,
    Objected,
    OutcomeNotReached,
    OutOfTurn,
    ReviewDecided,
    ReviewStandsStill,
)
from services.mediation.domain.matter import Matter
from tests.domain.test_matter import (
    ART_43,
    FIRM,
    HERE,
    IN_HAND,
    LAW,
    MEDIATION,
    NOW,
    OWNER,
    claims,
    matter,
)

BUREAU, ABOVE, ELSEWHERE = (AgencyId(f"{place}-justice") for place in ("510521", "510500", "442000"))
BESIDE = AgencyId("510521-development-zone-justice")
SEATS = {
    OWNER: Seat("legal-aid-centre", Division("510521")),
    BUREAU: Seat("justice-bureau", Division("510521")),
    ABOVE: Seat("justice-bureau", Division("510500")),
    BESIDE: Seat("justice-bureau", Division("510521")),
    ELSEWHERE: Seat("justice-bureau", Division("442000")),
    FIRM: Seat("law-firm", Division("510521")),
}
REASONS = a(AidRefused).reasons
REVIEWED = (a(MatterActivated), a(ReviewStarted), a(MatterAccepted))
REFUSED = (*REVIEWED, a(AidRefused))
TERMINATED = (*IN_HAND, a(MediationProposed), a(AidTerminated))
AT_BUREAU = replace(HERE, by=BUREAU)


def refuse(found: Matter) -> list[MatterEvent]:
    return reviewing.refuse(found, HERE, RefusalCode("means"), LegalBasis("LAL-34"), REASONS)


def terminate(found: Matter) -> list[MatterEvent]:
    return terminating.terminate(found, HERE, TerminationCode("own-lawyer"), LegalBasis("LAL-48"), REASONS)


def object_to(found: Matter, by: AgencyId = OWNER, bureau: AgencyId = BUREAU) -> ObjectionFiled:
    (filed,) = objecting.file(
        found, replace(HERE, by=by), bureau, received_at=NOW, grounds=None, seats=SEATS, law=LAW
    )
    assert isinstance(filed, ObjectionFiled)
    return filed


def decide(found: Matter, result: str, by: AgencyId = BUREAU) -> ObjectionDecided:
    act = replace(HERE, by=by)
    (decided,) = objecting.decide(found, act, ObjectionResult(result), REASONS, SEATS)
    assert isinstance(decided, ObjectionDecided)
    return decided


# --- Refusal -----------------------------------------------------------------------------------------------


def test_a_refusal_ends_the_review_in_time() -> None:
    found = matter(*REVIEWED)

    (refused,) = refuse(found)

    after = found.after(refused)
    assert (after.state, after.due) == (MatterState.REFUSED, {})
    assert [clock.state for clock in after.clocks] == [ClockState.MET]


def test_what_is_decided_or_stands_still_is_not_refused() -> None:
    with pytest.raises(ReviewDecided):
        refuse(matter(*REVIEWED, a(AidGranted)))
    with pytest.raises(ReviewStandsStill):
        refuse(matter(*REVIEWED, a(ReviewPaused)))


def test_nothing_is_granted_after_a_refusal_that_stands() -> None:
    upheld = matter(*REFUSED, a(ObjectionFiled), a(ObjectionDecided, result="upheld"))

    for found in (matter(*REFUSED), upheld):
        with pytest.raises(OutOfTurn):
            granting.grant(found, HERE, MEDIATION, MeansBasis("checked"), ART_43, LAW)


def test_what_the_bureau_corrects_is_reviewed_anew_and_can_be_granted() -> None:
    objected = matter(*REFUSED, object_to(matter(*REFUSED)))

    corrected = objected.after(decide(objected, "corrected"))

    assert (corrected.state, corrected.aid.review.decided) == (MatterState.IN_REVIEW, False)
    (granted,) = granting.grant(corrected, HERE, MEDIATION, MeansBasis("checked"), ART_43, LAW)
    assert corrected.after(granted).state is MatterState.TO_ASSIGN


def test_a_second_refusal_can_be_objected_to_again() -> None:
    objected = matter(*REFUSED, object_to(matter(*REFUSED)))
    corrected = objected.after(decide(objected, "corrected"))

    (refused,) = refuse(corrected)

    assert object_to(corrected.after(refused)).against == "refusal"


# --- Objection ---------------------------------------------------------------------------------------------


def test_the_bureau_has_five_days_from_its_receipt() -> None:
    filed = object_to(matter(*REFUSED))
    found = matter(*REFUSED, filed)

    assert filed.limit
    assert filed.limit.due_at == datetime(2026, 3, 11, 15, 59, 59, tzinfo=UTC)
    assert found.due == {"objection_by": filed.limit.due_at}
    assert found.after(decide(found, "upheld")).due == {}


def test_a_bureau_that_says_nothing_breaches_its_clock_and_may_still_decide() -> None:
    found = matter(*REFUSED, object_to(matter(*REFUSED)))

    (breached,) = found.breach("objection_by", at=NOW + timedelta(days=6))

    assert decide(found.after(breached), "corrected")


@pytest.mark.parametrize("bureau", [ELSEWHERE, FIRM, OWNER, AgencyId("unknown")])
def test_nobody_decides_but_a_justice_bureau_over_the_owner(bureau: AgencyId) -> None:
    objected = matter(*REFUSED, object_to(matter(*REFUSED)))

    with pytest.raises(NotTheBureau):
        object_to(matter(*REFUSED), bureau=bureau)
    with pytest.raises(NotTheBureau):
        decide(objected, "corrected", by=bureau)


def test_the_bureaus_of_the_place_and_of_what_lies_around_it_stand_over_an_agency() -> None:
    for bureau in (BUREAU, ABOVE):
        assert check_bureau(bureau, OWNER, SEATS) == bureau
    with pytest.raises(NotTheBureau):
        check_bureau(BUREAU, AgencyId("unlisted"), SEATS)


def test_the_owner_or_the_bureau_enters_an_objection_and_nobody_else() -> None:
    assert object_to(matter(*REFUSED), by=BUREAU) == object_to(matter(*REFUSED), by=OWNER)
    with pytest.raises(NotTheOwner):
        object_to(matter(*REFUSED), by=FIRM)


def test_the_bureau_that_was_objected_to_decides_or_one_that_stands_over_it() -> None:
    lower = matter(*REFUSED, object_to(matter(*REFUSED)))
    higher = matter(*REFUSED, object_to(matter(*REFUSED), bureau=ABOVE))

    assert decide(lower, "corrected", by=ABOVE).bureau == ABOVE
    for bureau in (BUREAU, BESIDE):
        with pytest.raises(NotTheirBureau):
            decide(higher, "corrected", by=bureau)
    with pytest.raises(NotTheirBureau):
        decide(lower, "corrected", by=BESIDE)


def test_a_decision_is_objected_to_once_and_the_objection_decided_once() -> None:
    objected = matter(*REFUSED, object_to(matter(*REFUSED)))
    decided = objected.after(decide(objected, "upheld"))

    for found in (objected, decided):
        with pytest.raises(AlreadyObjected):
            object_to(found)
    for found in (matter(*REFUSED), decided):
        with pytest.raises(NoObjection):
            decide(found, "upheld")


def test_an_objection_cannot_be_received_in_the_future() -> None:
    with pytest.raises(NotReceivedYet):
        objecting.file(
            matter(*REFUSED),
            HERE,
            BUREAU,
            received_at=NOW + timedelta(seconds=1),
            grounds=None,
            seats=SEATS,
            law=LAW,
        )


@pytest.mark.parametrize("events", [REVIEWED, IN_HAND, (*REFUSED, a(MatterClosed))])
def test_without_a_refusal_or_termination_there_is_nothing_to_object_to(
    events: tuple[MatterEvent, ...],
) -> None:
    with pytest.raises(OutOfTurn):
        object_to(matter(*events))


# --- Termination -------------------------------------------------------------------------------------------


def test_a_termination_stops_all_clocks_and_money_is_still_followed() -> None:
    found = matter(*IN_HAND, a(MediationProposed))

    (terminated,) = terminate(found)

    after = found.after(terminated)
    assert after.state is MatterState.TERMINATED
    assert not any(clock.open for clock in after.clocks)
    for by in (OWNER, FIRM):
        after.check_involved(replace(HERE, by=by), *RECOVERING)


@pytest.mark.parametrize("events", [REVIEWED, REFUSED, TERMINATED, (*IN_HAND, a(MatterConcluded))])
def test_only_aid_that_runs_is_terminated(events: tuple[MatterEvent, ...]) -> None:
    with pytest.raises(OutOfTurn):
        terminate(matter(*events))


def test_a_termination_that_the_bureau_corrects_lets_the_work_go_on() -> None:
    filed = object_to(matter(*TERMINATED))
    objected = matter(*TERMINATED, filed)

    corrected = objected.after(decide(objected, "corrected"))

    assert filed.against == "termination"
    assert corrected.state is MatterState.IN_HAND
    before_anybody = matter(*IN_HAND[:-1], a(AidTerminated), filed, decide(objected, "corrected"))
    assert before_anybody.state is MatterState.TO_ASSIGN


def test_terminated_aid_is_concluded_as_such_once_no_objection_waits() -> None:
    found = matter(*TERMINATED)
    objected = found.after(object_to(found))

    assert concluding.conclude(found, HERE, Outcome("terminated"), claims(), LAW)
    with pytest.raises(OutcomeNotReached):
        concluding.conclude(found, HERE, Outcome("no-result"), claims(), LAW)
    with pytest.raises(OutcomeNotReached):
        concluding.conclude(matter(*IN_HAND), HERE, Outcome("terminated"), claims(), LAW)
    with pytest.raises(Objected):
        concluding.conclude(objected, HERE, Outcome("terminated"), claims(), LAW)


ACTS: list[Callable[[Matter], object]] = [
    refuse,
    terminate,
    object_to,
    lambda m: decide(m, "upheld"),
]


@pytest.mark.parametrize("act", ACTS)
def test_nothing_of_it_is_done_on_a_matter_that_is_closed(act: Callable[[Matter], object]) -> None:
    with pytest.raises(OutOfTurn):
        act(matter(*REFUSED, a(ObjectionFiled), a(MatterClosed)))

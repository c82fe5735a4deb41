"""Case: applying, withdrawing, coming from elsewhere and going there."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cases import (
    ApplicationAdopted,
    ApplicationAmended,
    ApplicationCompleted,
    ApplicationDeemedWithdrawn,
    ApplicationHandedOver,
    ApplicationInfoRequested,
    ApplicationLinked,
    ApplicationSubmitted,
    ApplicationSupplied,
    ApplicationWithdrawn,
    CaseEvent,
    EmployerAlerted,
    RepresentativesSet,
)
from schemas.codes import CaseType, WithdrawalCode, WorkerClass
from schemas.ids import AgencyId, EmployerCode, MemberId, TransferId
from schemas.samples import a
from schemas.transfers import CustodyBegun, CustodyEnded
from services.intake.domain import supplementing
from services.intake.domain.case import ApplicationState, Case, adopt
from services.intake.domain.employer import employer_of
from services.intake.domain.errors import NotARepresentative, NotHere, NotSubmitted, NotTheOwner, StaleEpoch
from services.intake.domain.priority import priority_of

NOW = datetime(2026, 3, 2, 1, 12, tzinfo=UTC)
MEMBERS = [MemberId(f"m{number}") for number in range(24)]
OWNER = a(ApplicationSubmitted).agency

EVENTS: list[CaseEvent] = [
    a(ApplicationSubmitted),
    a(ApplicationCompleted),
    a(ApplicationWithdrawn),
    a(ApplicationAdopted),
    a(ApplicationAmended),
    a(ApplicationHandedOver),
    a(ApplicationInfoRequested),
    a(ApplicationSupplied),
    a(ApplicationDeemedWithdrawn),
    a(ApplicationLinked),
    a(EmployerAlerted),
    a(RepresentativesSet),
]


def case(*events: CaseEvent) -> Case:
    """A case to which this happened after it was submitted."""
    found = Case.begun(a(ApplicationSubmitted))
    for event in events:
        found = found.after(event)
    return found


def begun(epoch: int) -> CustodyBegun:
    """Custody of a case that came from elsewhere."""
    adopted = a(ApplicationAdopted)
    return a(
        CustodyBegun,
        epoch=epoch,
        transfer_id=adopted.transfer_id,
        from_province=adopted.from_province,
        owner=adopted.agency,
    )


def test_a_whole_file_of_one_worker_names_no_representative() -> None:
    assert [type(event) for event in case().complete(MEMBERS[:1], (), at=NOW)] == [ApplicationCompleted]


def test_a_group_is_complete_once_it_said_who_speaks_for_it() -> None:
    chosen, completed = case().complete(MEMBERS, [3], at=NOW)

    assert isinstance(chosen, RepresentativesSet)
    assert chosen.members == (MEMBERS[3],)
    assert isinstance(completed, ApplicationCompleted)
    assert completed.members == 24


def test_a_file_is_whole_once_and_not_what_was_withdrawn_or_went() -> None:
    """One to which nothing was supplied in time, completed, would come back to life."""
    for event in (
        a(ApplicationCompleted),
        a(ApplicationInfoRequested),
        a(ApplicationDeemedWithdrawn),
        a(ApplicationWithdrawn),
        a(ApplicationHandedOver),
    ):
        with pytest.raises(NotSubmitted):
            case(event).complete(MEMBERS, (), at=NOW)


@pytest.mark.parametrize("places", [[24], [-1], [0, 0], [0, 1, 2, 3, 4, 5]])
def test_representatives_are_up_to_five_different_members(places: list[int]) -> None:
    with pytest.raises(NotARepresentative):
        case().complete(MEMBERS, places, at=NOW)


def test_an_application_is_withdrawn_by_its_owner_in_the_epoch_that_he_saw() -> None:
    because = WithdrawalCode("settled-elsewhere")

    (said,) = case().withdraw(because, by=OWNER, epoch=1, at=NOW)

    assert case(said).state is ApplicationState.WITHDRAWN
    with pytest.raises(StaleEpoch):
        case().withdraw(because, by=OWNER, epoch=2, at=NOW)
    with pytest.raises(NotTheOwner):
        case().withdraw(because, by=AgencyId("another"), epoch=1, at=NOW)


@pytest.mark.parametrize("gone", [a(ApplicationWithdrawn), a(ApplicationHandedOver)])
def test_what_is_withdrawn_or_elsewhere_cannot_be_withdrawn(gone: CaseEvent) -> None:
    with pytest.raises(NotHere):
        case(gone).withdraw(WithdrawalCode("duplicate"), by=OWNER, epoch=1, at=NOW)


def test_a_case_that_moved_is_handed_over_once() -> None:
    (said,) = case().hand_over(a(CustodyEnded), at=NOW)

    assert said == a(ApplicationHandedOver, at=NOW)
    assert case(said).hand_over(a(CustodyEnded), at=NOW) == []


def test_custody_that_a_withdrawal_ended_needs_no_second_word() -> None:
    withdrawn = case(a(ApplicationWithdrawn))

    assert withdrawn.hand_over(a(CustodyEnded, because="withdrawn"), at=NOW) == []


def test_custody_of_an_earlier_epoch_hands_nothing_over() -> None:
    adopted = Case.begun(a(ApplicationAdopted))

    assert adopted.hand_over(a(CustodyEnded, epoch=1), at=NOW) == []


def test_a_case_that_came_from_elsewhere_keeps_its_number() -> None:
    adopted = adopt(begun(2), a(ApplicationAdopted).contact, at=NOW)

    assert adopted == a(ApplicationAdopted, at=NOW)


def test_a_case_that_began_here_is_not_adopted() -> None:
    assert adopt(a(CustodyBegun, epoch=1, transfer_id=None, from_province=None), None, at=NOW) is None


def test_a_case_that_comes_back_is_adopted_again() -> None:
    gone = case(a(ApplicationHandedOver))

    back = gone.adopt_again(begun(3), None, at=NOW)

    assert back is not None
    assert gone.after(back).state is ApplicationState.COMPLETE
    assert gone.after(back).epoch == 3


def test_custody_that_was_heard_before_is_not_adopted_again() -> None:
    adopted = Case.begun(a(ApplicationAdopted, epoch=3))

    assert adopted.adopt_again(begun(3), None, at=NOW) is None


def test_who_spoke_for_a_group_goes_on_doing_so_where_it_comes_to() -> None:
    adopted = Case.begun(a(ApplicationAdopted))

    (chosen,) = adopted.represented_by([MEMBERS[2], MemberId("stranger")], set(MEMBERS), at=NOW)

    assert isinstance(chosen, RepresentativesSet)
    assert chosen.members == (MEMBERS[2],)
    assert adopted.after(chosen).represented_by([MEMBERS[2]], set(MEMBERS), at=NOW) == []
    assert adopted.represented_by([], set(MEMBERS), at=NOW) == []


@given(st.lists(st.sampled_from(EVENTS)))
def test_any_events_fold(events: list[CaseEvent]) -> None:
    folded = case(*events)

    assert folded.case_id == a(ApplicationSubmitted).case_id
    assert bool(folded.due) == (folded.state is ApplicationState.INFO_REQUESTED)


@given(
    st.lists(st.sampled_from(EVENTS)),
    st.integers(1, 4),
    st.sampled_from(["transferred", "withdrawn"]),
    st.booleans(),
)
def test_reactions_never_raise(events: list[CaseEvent], epoch: int, because: str, here: bool) -> None:
    found = case(*events)
    transfer = None if here else TransferId("t1")

    found.hand_over(a(CustodyEnded, epoch=epoch, because=because), at=NOW)
    supplementing.deem_withdrawn(found, at=NOW)
    found.adopt_again(a(CustodyBegun, epoch=epoch, transfer_id=transfer), None, at=NOW)


def priority(
    case_type: str, worker_class: str = "migrant-worker", members: int = 1, **said: object
) -> set[str]:
    reasons = priority_of(
        case_type=CaseType(case_type),
        worker_class=WorkerClass(worker_class),
        members=members,
        received_on=date(2026, 3, 2),
        **said,  # type: ignore[arg-type]
    )
    return set(reasons)


def test_pay_and_work_injury_of_migrant_workers_go_first() -> None:
    assert priority("wage-arrears") == {"pay-claim"}
    assert priority("work-injury", "rider") == {"work-injury-claim"}
    assert priority("wage-arrears", "other") == set()


def test_a_traffic_accident_waits_its_turn() -> None:
    assert priority("traffic-accident") == set()


def test_death_groups_near_limits_and_policies_go_first() -> None:
    assert priority("death-compensation") == {"death"}
    assert priority("wage-arrears", members=24) == {"pay-claim", "group"}
    assert priority("labour-relation", limitation_on=date(2026, 3, 8)) == {"limitation-near"}
    assert priority("labour-relation", limitation_on=date(2026, 3, 9)) == set()
    assert priority("labour-relation", by_policy=True) == {"centre-policy"}


def test_an_employer_without_a_code_is_known_by_its_name_however_written() -> None:
    assert employer_of(None, {"employer_name": "某 建筑公司（扬州）"}) == employer_of(
        None, {"employer_name": "某建筑公司(扬州)"}
    )
    assert employer_of(EmployerCode("91442000MA4UXKQ25W"), {}).code == "91442000MA4UXKQ25W"
    assert employer_of(None, "nonsense") == employer_of(None, None)


def test_a_withdrawal_that_an_earlier_owner_heard_of_is_said_by_the_owner_of_now() -> None:
    case = Case.begun(a(ApplicationAdopted, epoch=2))
    ended = a(CustodyEnded, epoch=2, because="withdrawn", withdrawal="settled-elsewhere")

    [withdrawn] = case.hand_over(ended, at=ended.at)

    assert isinstance(withdrawn, ApplicationWithdrawn)
    assert (withdrawn.agency, withdrawn.epoch, withdrawn.because) == (case.agency, 2, "settled-elsewhere")
    assert case.after(withdrawn).hand_over(ended, at=ended.at) == []

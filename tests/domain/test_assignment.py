"""Assignment: taken on, engaged, replaced, and nobody on two sides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.codes import AssigneeRole, ConflictCode, ReplacementCode
from schemas.ids import AgencyId, Pseudonym
from schemas.matters import (
    AidAdvanced,
    AidGranted,
    AidLapsed,
    AidTerminated,
    AssignmentMade,
    AssignmentReplaced,
    MatterAccepted,
    MatterActivated,
    MatterConcluded,
    MatterEvent,
)
from schemas.samples import a
from services.mediation.domain import assigning
from services.mediation.domain.acts import Act, MatterState
from services.mediation.domain.errors import (
    BothSides,
    ConflictDeclared,
    NoAssignment,
    NotEngaged,
    NotInvolved,
    OutOfTurn,
    SameAssignee,
)
from services.mediation.domain.matter import Matter
from tests.domain.test_advance import ARBITRATION
from tests.domain.test_matter import FIRM, HERE, LAW, LAWYER, NOW, OWNER, assign, matter, propose

GRANTED = (a(MatterActivated), a(MatterAccepted), a(AidGranted))
AT_FIRM = replace(HERE, by=FIRM)
MEDIATOR = AssigneeRole("mediator")
OTHER_FIRM = AgencyId("510521-law-firm-2")


def assigned(who: str = "first", role: AssigneeRole = LAWYER) -> Matter:
    found = matter(*GRANTED)
    (made,) = assign(found, who, role)
    return found.after(made)


def accept(found: Matter, declared: str = "none", act: Act = AT_FIRM, number: int = 1) -> list[MatterEvent]:
    return assigning.accept(found, act, number, ConflictCode(declared))


def reassign(found: Matter, who: str, role: AssigneeRole = LAWYER, number: int = 1) -> AssignmentReplaced:
    (replaced,) = assigning.reassign(
        found,
        HERE,
        number,
        ReplacementCode("unable"),
        assignee=Pseudonym(who),
        role=role,
        organisation=OTHER_FIRM,
        law=LAW,
    )
    assert isinstance(replaced, AssignmentReplaced)
    return replaced


def test_the_engagement_is_due_five_days_from_the_assignment() -> None:
    found = assigned()

    assert found.due == {"engage_by/mediation.1": datetime(2026, 3, 11, 15, 59, 59, tzinfo=UTC)}
    (signed,) = assigning.sign(found, AT_FIRM, 1, None)
    assert found.after(signed).due == {}
    with pytest.raises(NoAssignment):
        assigning.sign(found.after(signed), AT_FIRM, 1, None)


def test_an_engagement_that_is_not_signed_is_a_breach_and_may_still_be_signed() -> None:
    found = assigned()

    (breached,) = found.breach("engage_by/mediation.1", at=NOW + timedelta(days=6))

    assert assigning.sign(found.after(breached), AT_FIRM, 1, None)


def test_nobody_engages_a_mediator() -> None:
    found = assigned(role=MEDIATOR)

    assert found.due == {}
    with pytest.raises(NotEngaged):
        assigning.sign(found, AT_FIRM, 1, None)


def test_an_assignment_is_taken_on_once_by_his_organisation_or_for_it_by_the_owner() -> None:
    for act in (AT_FIRM, HERE):
        (accepted,) = accept(assigned(), act=act)
        assert assigned().after(accepted).aid.assignments[0].accepted
        with pytest.raises(NoAssignment):
            accept(assigned().after(accepted))
    for act in (replace(HERE, by=OTHER_FIRM), replace(HERE, by=None)):
        with pytest.raises(NotInvolved):
            accept(assigned(), act=act)
        with pytest.raises(NotInvolved):
            assigning.sign(assigned(), act, 1, None)


@pytest.mark.parametrize("declared", ["acts-for-employer", "employed-there", "related", "of-a-later-release"])
def test_who_has_an_interest_in_the_employer_does_not_take_it_on(declared: str) -> None:
    with pytest.raises(ConflictDeclared):
        accept(assigned(), declared)


def test_who_is_replaced_stops_and_the_other_is_engaged_anew() -> None:
    found = assigned()

    replaced = reassign(found, "second")

    after = found.after(replaced)
    assert (replaced.ended, replaced.assignment) == (1, 2)
    assert set(after.due) == {"engage_by/mediation.2"}
    assert after.state is MatterState.IN_HAND
    after.check_involved(replace(HERE, by=OTHER_FIRM), MatterState.IN_HAND)
    with pytest.raises(NotInvolved):
        after.check_involved(AT_FIRM, MatterState.IN_HAND)
    for act in (lambda: accept(after, act=HERE), lambda: reassign(after, "third")):
        with pytest.raises(NoAssignment):
            act()


@pytest.mark.parametrize("number", [0, 2])
def test_what_was_not_assigned_is_neither_taken_on_nor_replaced(number: int) -> None:
    with pytest.raises(NoAssignment):
        accept(assigned(), number=number)
    with pytest.raises(NoAssignment):
        reassign(assigned(), "second", number=number)


def test_nobody_replaces_himself() -> None:
    with pytest.raises(SameAssignee):
        reassign(assigned(), "first")


def test_who_stood_for_the_workers_never_mediates_even_after_he_was_replaced() -> None:
    replaced = assigned().after(reassign(assigned(), "second"))

    with pytest.raises(BothSides):
        assign(replaced, "first", MEDIATOR)
    with pytest.raises(BothSides):
        propose(replaced, "first")
    with pytest.raises(BothSides):
        reassign(replaced, "first", MEDIATOR, number=2)


def test_who_mediates_does_not_replace_a_representative() -> None:
    found = assigned()
    (proposed,) = propose(found, "mediator-1")

    with pytest.raises(BothSides):
        reassign(found.after(proposed), "mediator-1")


def test_a_lapse_ends_the_assignments_of_its_stage_with_their_clocks() -> None:
    found = matter(*GRANTED, a(AidAdvanced))
    (made,) = assign(found, "first", LAWYER, ARBITRATION)

    after = found.after(made).after(a(AidLapsed))

    assert after.aid.at_work == ()
    assert not [name for name in after.due if name.startswith("engage_by/arbitration")]


def test_an_assignment_of_an_earlier_release_is_taken_on_and_signed_for_too() -> None:
    found = matter(*GRANTED, a(AssignmentMade))

    assert accept(found)
    assert assigning.sign(found, replace(HERE, by=OWNER), 1, None)


@pytest.mark.parametrize("end", [a(MatterConcluded), a(AidTerminated)])
def test_nothing_is_assigned_or_signed_once_the_aid_is_over(end: MatterEvent) -> None:
    over = assigned().after(end)

    for act in (
        lambda: accept(over),
        lambda: assigning.sign(over, AT_FIRM, 1, None),
        lambda: reassign(over, "second"),
        lambda: assign(over, "second", LAWYER),
    ):
        with pytest.raises(OutOfTurn):
            act()

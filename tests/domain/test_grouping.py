"""A group: who joins and leaves while its case runs, and who speaks for it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cases import (
    ApplicationAdopted,
    ApplicationAmended,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CaseEvent,
    MemberJoined,
    MemberLeft,
    RepresentativesSet,
    RetentionStarted,
)
from schemas.codes import LeavingCode, PriorityReason
from schemas.ids import AgencyId, MemberId, TransferId
from schemas.matters import MatterConcluded
from schemas.samples import a, facts
from services.intake.domain import grouping
from services.intake.domain.case import Case
from services.intake.domain.errors import (
    AidConcluded,
    LastMember,
    LeftAlready,
    NoGroup,
    NotARepresentative,
    NotHere,
    NotTheOwner,
    StaleEpoch,
)
from services.intake.domain.member import Member

NOW = datetime(2026, 3, 4, 1, 12, tzinfo=UTC)
OWNER = a(ApplicationSubmitted).agency
OWN_WISH = LeavingCode("own-wish")
BACK = TransferId("back")


def group(size: int, *events: CaseEvent) -> Case:
    found = Case.begun(a(ApplicationSubmitted, facts=facts(members=size, claim_fen=size * 100, priority=())))
    for event in events:
        found = found.after(event)
    return found


def members(size: int) -> list[Member]:
    return [Member.joined(a(MemberJoined, member_id=MemberId(f"m{n}"), claim_fen=100)) for n in range(size)]


def chosen(*places: int) -> RepresentativesSet:
    return a(RepresentativesSet, members=tuple(MemberId(f"m{place}") for place in places))


def left(found: Case, who: Member, others: list[Member]) -> tuple[MemberLeft, list[CaseEvent]]:
    return grouping.leave(found, who, others, OWN_WISH, by=OWNER, epoch=1, at=NOW)


def after(found: Case, said: list[CaseEvent]) -> Case:
    for event in said:
        found = found.after(event)
    return found


def test_the_case_counts_who_joins_and_what_they_claim() -> None:
    found = group(3)

    now = after(found, grouping.join_more(found, [250, 0], at=NOW))

    assert (now.facts.members, now.facts.claim_fen) == (5, 550)
    assert now.facts.number == found.facts.number


def test_a_case_that_becomes_a_group_goes_first_and_goes_on_doing_so() -> None:
    nine = group(9)
    ten = after(nine, grouping.join_more(nine, [100], at=NOW))
    _, said = left(ten, members(10)[0], members(10))

    assert "group" not in nine.facts.priority
    assert "group" in ten.facts.priority
    assert after(ten, said).facts.priority == ten.facts.priority


def test_who_leaves_is_not_counted_and_speaks_for_nobody() -> None:
    found, all_of_them = group(10, chosen(0, 4)), members(10)

    said, of_case = left(found, all_of_them[4], all_of_them)
    now = after(found, of_case)

    assert all_of_them[4].after(said).left == OWN_WISH
    assert (now.facts.members, now.facts.claim_fen) == (9, 900)
    assert now.representatives == ("m0",)


def test_an_ordinary_member_who_leaves_changes_no_representative() -> None:
    _, said = left(group(10, chosen(0, 4)), members(10)[7], members(10))

    assert [type(event) for event in said] == [ApplicationAmended]


def test_nobody_leaves_twice_and_the_last_one_withdraws_instead() -> None:
    gone = replace(members(3)[2], left=OWN_WISH)
    present = members(1)

    with pytest.raises(LeftAlready):
        left(group(3), gone, [*members(2), gone])
    with pytest.raises(LastMember):
        left(group(1), present[0], [*present, gone])


def test_a_member_who_joins_again_is_there_again() -> None:
    gone = members(1)[0].after(a(MemberLeft))

    assert gone.left is not None
    assert gone.after(a(MemberJoined)).left is None


def test_representatives_are_replaced_as_a_whole_and_the_same_ones_are_not_said_again() -> None:
    found = group(10, chosen(0, 1))
    wanted = [MemberId("m3"), MemberId("m4"), MemberId("m5")]

    said = grouping.represent(found, wanted, members(10), by=OWNER, epoch=1, at=NOW)

    assert after(found, said).representatives == ("m3", "m4", "m5")
    assert grouping.represent(after(found, said), wanted, members(10), by=OWNER, epoch=1, at=NOW) == []


@pytest.mark.parametrize("wanted", [["m0", "m0"], ["stranger"], ["m9"], [f"m{n}" for n in range(6)]])
def test_strangers_and_those_who_left_speak_for_nobody(wanted: list[str]) -> None:
    there = [*members(9), replace(members(10)[9], left=OWN_WISH)]

    with pytest.raises(NotARepresentative):
        grouping.represent(group(9), list(map(MemberId, wanted)), there, by=OWNER, epoch=1, at=NOW)


def test_one_worker_needs_nobody_to_speak_for_him() -> None:
    with pytest.raises(NoGroup):
        grouping.represent(group(1), [MemberId("m0")], members(1), by=OWNER, epoch=1, at=NOW)


def test_only_the_owner_of_the_epoch_changes_a_group_that_is_here() -> None:
    with pytest.raises(NotTheOwner):
        grouping.represent(group(3), [], members(3), by=AgencyId("another"), epoch=1, at=NOW)
    with pytest.raises(StaleEpoch):
        grouping.represent(group(3), [], members(3), by=OWNER, epoch=2, at=NOW)
    with pytest.raises(NotHere):
        left(group(3, a(ApplicationWithdrawn)), members(3)[0], members(3))


@given(st.lists(st.one_of(st.none(), st.integers(0, 10_000)), max_size=40))
def test_however_people_come_and_go_the_case_counts_those_who_are_there(steps: list[int | None]) -> None:
    """A number joins with that claim; None: the last one leaves."""
    found, there = group(2), members(2)
    for place, claim_fen in enumerate(steps):
        if claim_fen is not None:
            found = after(found, grouping.join_more(found, [claim_fen], at=NOW))
            joined = a(MemberJoined, member_id=MemberId(f"x{place}"), claim_fen=claim_fen)
            there.append(Member.joined(joined))
        elif len(there) > 1:
            _, said = left(found, there[-1], there)
            found = after(found, said)
            there.pop()

    assert found.facts.members == len(there)
    assert found.facts.claim_fen == sum(each.claim_fen for each in there)


def test_what_intake_says_of_a_group_takes_nothing_from_what_others_learned() -> None:
    learned = facts(members=3, limitation_on=date(2026, 9, 1), priority=(PriorityReason("limitation-near"),))
    counted = facts(members=12, claim_fen=7, priority=(PriorityReason("group"),))

    now = learned.with_members_of(counted)

    assert (now.members, now.claim_fen) == (12, 7)
    assert now.limitation_on == learned.limitation_on
    assert now.priority == ("limitation-near", "group")


def test_who_left_elsewhere_leaves_here_once_and_the_last_one_ends_the_case() -> None:
    found, everybody = group(2), members(2)

    (gone,), of_case = grouping.depart(found, everybody[0], everybody, OWN_WISH, at=NOW)
    again = grouping.depart(found, everybody[0].after(gone), everybody, OWN_WISH, at=NOW)
    nobody, ended = grouping.depart(found, everybody[1], [everybody[1]], OWN_WISH, at=NOW)

    assert after(found, of_case).facts.members == 1
    assert again == ([], [])
    assert nobody == []
    assert [type(event) for event in ended] == [ApplicationWithdrawn]
    assert grouping.depart(after(found, ended), everybody[1], everybody, OWN_WISH, at=NOW) == ([], [])


def test_who_left_while_the_case_moved_within_the_province_is_not_counted_where_it_comes_to() -> None:
    """Custody was begun anew before routing heard of it."""
    found, here = group(3), members(3)
    gone, said = left(found, here[0], here)
    adopted = after(found, said).after(a(ApplicationAdopted, facts=found.facts, epoch=2))

    now = after(adopted, grouping.recount(adopted, [here[0].after(gone), *here[1:]], at=NOW))

    assert (adopted.facts.members, now.facts.members, now.facts.claim_fen) == (3, 2, 200)
    assert grouping.recount(now, [here[0].after(gone), *here[1:]], at=NOW) == []


def back(members: int) -> Case:
    """The case came back with so many."""
    adopted = a(ApplicationAdopted, agency=OWNER, epoch=3, facts=facts(members=members), transfer_id=BACK)
    return group(3).after(adopted)


def came(*places: int) -> list[Member]:
    """Three were there when the case left, and these came back with it."""
    return [replace(each, came_with=BACK if n in places else None) for n, each in enumerate(members(3))]


def test_who_does_not_come_back_with_the_case_left_elsewhere_and_is_counted_no_more() -> None:
    here = came(0, 2)

    (gone,) = grouping.stay_away(back(2), here, BACK, at=NOW)

    assert (gone.member_id, gone.because, gone.epoch) == ("m1", "elsewhere", 3)
    now = [here[0], here[1].after(gone), here[2]]
    assert grouping.recount(back(2), now, at=NOW) == []
    assert grouping.stay_away(back(2), now, BACK, at=NOW) == ()
    assert grouping.depart(back(2), now[1], now, OWN_WISH, at=NOW) == ([], []), "told of it as well"


def test_nobody_is_taken_to_have_left_while_it_is_not_known_who_came() -> None:
    assert grouping.stay_away(back(3), came(0, 1, 2), BACK, at=NOW) == ()
    assert grouping.stay_away(back(2), came(), BACK, at=NOW) == (), "let join by an earlier release"
    assert grouping.stay_away(back(2), came(0), BACK, at=NOW) == ()


def test_whoever_comes_after_the_case_was_not_elsewhere_for_good_but_who_left_here_was() -> None:
    (gone,) = grouping.stay_away(back(2), came(0, 2), BACK, at=NOW)
    there = members(1)[0]

    assert grouping.may_come_late(back(2), None)
    assert grouping.may_come_late(back(2), there.after(gone))
    assert not grouping.may_come_late(back(2), there)
    assert not grouping.may_come_late(back(2), replace(there, left=OWN_WISH))


def test_nobody_joins_once_the_aid_is_concluded_until_the_case_comes_back() -> None:
    (said,) = group(2).conclude(a(MatterConcluded, epoch=1), at=NOW)
    done = group(2, said)

    with pytest.raises(AidConcluded):
        grouping.check_joining(done, by=OWNER, epoch=1)
    with pytest.raises(AidConcluded):
        grouping.check_joining(group(2, a(RetentionStarted)), by=OWNER, epoch=1)
    assert done.conclude(a(MatterConcluded, epoch=1), at=NOW) == []
    assert group(2).conclude(a(MatterConcluded, epoch=2), at=NOW) == []
    back = done.after(a(ApplicationAdopted, agency=OWNER, epoch=3))
    grouping.check_joining(back, by=OWNER, epoch=3)

"""What comes too late or never: members, successors, changes after the case has moved."""

from datetime import timedelta
from itertools import pairwise

import pytest

from law.book import load_law
from schemas.cases import ApplicationAmended, ApplicationWithdrawn, MemberLeft
from schemas.codes import LeavingCode
from schemas.facts import Candidate
from schemas.fields import Sealed
from schemas.ids import AgencyId, MemberId, Province, TransferId
from schemas.samples import a, facts
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    CustodyPlaced,
    CustodyReduced,
    OfferAccepted,
    OfferReceived,
    ProgressReported,
    TransferCompleted,
    TransferDelivered,
    TransferEnclosed,
    TransferForwarded,
    TransferOffered,
    TransferRecalled,
)
from services.routing.domain import amending, ending, moving, passing_on, receiving
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.item import DOCUMENT, MEMBER
from services.routing.domain.offer import Offer
from services.routing.domain.protocol.custody_stimuli import onward
from services.routing.domain.route import TRANSFER
from services.routing.domain.transfer import Transfer

LAW = load_law()
HERE = Province("44")
NEXT = TransferId("next")
T = a(TransferOffered).transfer_id
NOW = a(OfferAccepted).at
LETTER = Sealed(key_id="51x1", box="AAAA")


def custody(*events: CustodyEvent, members: int = 1) -> Custody:
    found = Custody.begin(a(CustodyBegun, facts=facts(members=members))).after(a(CustodyAmended))
    for event in events:
        found = found.after(event)
    return found


OFFERED = custody(a(TransferOffered), a(TransferDelivered))
MOVED = custody(a(TransferOffered), a(TransferCompleted, epoch=2), a(CustodyEnded, transfer_id=T))
WAITING = custody(a(TransferOffered), a(TransferEnclosed), members=3)


def kinds(events: list[CustodyEvent]) -> list[type]:
    return [type(event) for event in events]


def test_an_acceptance_that_waits_for_members_waits_for_seventy_two_hours() -> None:
    waiting = custody(a(TransferOffered), members=2)
    answer = a(OfferAccepted)
    enclosures = [item.enclosing(LETTER) for item in moving.to_enclose(waiting, answer)]

    said = moving.settle(waiting, answer, enclosures, LAW, here=HERE, at=NOW)

    for event in said:
        waiting = waiting.after(event)
    assert waiting.due == {f"enclose_by/{T}": NOW + timedelta(hours=72)}
    assert kinds(moving.give_up_enclosing(waiting, T, at=NOW)) == [TransferRecalled, CustodyPlaced]


def test_a_deadline_for_members_that_came_changes_nothing() -> None:
    assert moving.give_up_enclosing(MOVED, T, at=NOW) == []


def test_the_successor_of_an_agency_that_has_closed_is_asked_in_the_same_way() -> None:
    to = Candidate(agency=AgencyId("510500-new"), province=Province("51"), mode=TRANSFER)

    said = passing_on.successor(
        OFFERED, {a(TransferOffered).to: to}, onward(OFFERED, None), NEXT, LAW, here=HERE, at=NOW
    )

    recalled, offered = said
    assert isinstance(recalled, TransferRecalled)
    assert recalled.because == "agency-closed"
    assert isinstance(offered, TransferOffered)
    assert (offered.to, offered.mode) == ("510500-new", a(TransferOffered).mode)


def test_without_a_successor_the_next_agency_is_asked() -> None:
    closed = {a(TransferOffered).to: None}

    said = passing_on.successor(OFFERED, closed, onward(OFFERED, None), NEXT, LAW, here=HERE, at=NOW)

    assert isinstance(said[-1], TransferOffered)
    assert said[-1].to == "440000-legal-aid"


def test_an_agency_that_nobody_asks_may_close() -> None:
    closed = {AgencyId("330000-legal-aid"): None}

    assert passing_on.successor(OFFERED, closed, onward(OFFERED, None), NEXT, LAW, here=HERE, at=NOW) == []


def test_a_withdrawal_that_crossed_the_transfer_goes_after_the_case() -> None:
    withdrawn = a(ApplicationWithdrawn, epoch=1)

    [forwarded] = ending.withdraw(MOVED, withdrawn, here=HERE, at=NOW)

    assert isinstance(forwarded, TransferForwarded)
    assert (forwarded.to_province, forwarded.sender, forwarded.epoch) == ("51", "44", 2)
    assert forwarded.change == "withdrawn"
    assert forwarded.because == withdrawn.because


def test_the_new_owner_ends_the_case_that_was_withdrawn_elsewhere() -> None:
    there = custody(a(CustodyBegun, epoch=2, followers=("44",)), a(CustodyPlaced, epoch=2))
    letter = a(TransferForwarded, enclosure=None)

    said = amending.take_change(there, letter, None, here=Province("51"), at=NOW)

    assert set(kinds(said)) == {ProgressReported, CustodyEnded}
    ended = said[-1]
    assert isinstance(ended, CustodyEnded)
    assert (ended.epoch, ended.because, ended.withdrawal) == (2, "withdrawn", letter.because)
    assert amending.take_change(there.after(ended), letter, None, here=Province("51"), at=NOW) == []


def test_a_case_that_went_on_takes_the_change_along() -> None:
    [again] = amending.take_change(MOVED, a(TransferForwarded, enclosure=None), None, here=HERE, at=NOW)

    assert isinstance(again, TransferForwarded)
    assert again.epoch == MOVED.epoch


@pytest.mark.parametrize("change", ["withdrawn", "member-left", "member", "document"])
@pytest.mark.parametrize("here", [custody(a(CustodyPlaced)), WAITING, MOVED], ids=["owns", "waits", "moved"])
def test_what_is_forwarded_by_who_never_had_the_case_changes_nothing(here: Custody, change: str) -> None:
    came = a(TransferEnclosed).enclosure
    letter = a(TransferForwarded, sender="42", change=change)

    assert amending.take_change(here, letter, came, LETTER, here=HERE, at=NOW) == []


def test_who_took_the_case_on_is_not_believed_of_it_where_it_was_before() -> None:
    letter = a(TransferForwarded, sender=a(TransferOffered).to_province)

    assert amending.take_change(MOVED, letter, None, here=HERE, at=NOW) == []


@pytest.mark.parametrize(
    "way", [("44", "51", "42"), ("44", "51", "44", "42"), ("44", "51", "44", "51", "44")]
)
def test_each_province_on_the_way_of_a_case_is_believed_by_all_after_it(way: tuple[str, ...]) -> None:
    case = Custody.begin(a(CustodyBegun))
    for number, (sender, to) in enumerate(pairwise(map(Province, way)), 1):
        offered = Transfer.begin(a(TransferOffered, to_province=to))
        completed, *_ = moving.complete(case, offered, here=sender, at=NOW)
        assert isinstance(completed, TransferCompleted)
        accepted = Offer.begin(a(OfferReceived)).after(a(OfferAccepted))
        [begun] = receiving.take_over(accepted, completed, None, here=to, at=NOW)
        case = Custody.begin(begun)
        for earlier in way[:number]:
            letter = a(TransferForwarded, sender=earlier)
            assert amending.take_change(case, letter, None, here=to, at=NOW), f"{to} of {earlier}"


def test_what_comes_sealed_is_kept_with_the_case() -> None:
    enclosure = a(TransferEnclosed).enclosure
    letter = a(TransferForwarded, change="member", because=None, enclosure=enclosure)

    [amended] = amending.take_change(custody(a(CustodyPlaced)), letter, enclosure, here=HERE, at=NOW)

    assert isinstance(amended, CustodyAmended)
    assert custody(a(CustodyPlaced)).state is CustodyState.PLACED


def test_what_comes_late_goes_on_with_a_case_that_is_on_its_way_already() -> None:
    came = a(TransferEnclosed).enclosure.model_copy(update={"kind": DOCUMENT, "id": "late"})
    letter = a(TransferForwarded, change="document", because=None, enclosure=came)

    said = amending.take_change(WAITING, letter, came, LETTER, here=HERE, at=NOW)

    assert kinds(said) == [CustodyAmended, TransferEnclosed]
    enclosed = said[-1]
    assert isinstance(enclosed, TransferEnclosed)
    assert (enclosed.enclosure.id, enclosed.enclosure.content) == ("late", LETTER)


def test_a_member_who_comes_late_goes_on_and_whoever_was_announced_is_still_waited_for() -> None:
    waiting = custody(a(TransferOffered), a(TransferEnclosed), members=2)
    came = a(TransferEnclosed).enclosure.model_copy(update={"kind": MEMBER, "id": "late"})
    letter = a(TransferForwarded, change="member", because=None, enclosure=came)

    said = amending.take_change(waiting, letter, came, LETTER, here=HERE, at=NOW)

    assert kinds(said) == [CustodyAmended, TransferEnclosed]


def test_who_left_when_the_case_had_moved_is_told_of_where_it_is() -> None:
    [forwarded] = amending.depart(MOVED, a(MemberLeft, epoch=1), here=HERE, at=NOW)

    assert isinstance(forwarded, TransferForwarded)
    assert (forwarded.change, forwarded.member_id) == ("member-left", a(MemberLeft).member_id)
    assert forwarded.left == a(MemberLeft).because
    assert amending.depart(MOVED, a(MemberLeft, epoch=2), here=HERE, at=NOW) == [], (
        "the new owner said that himself"
    )


def test_who_did_not_come_back_with_the_case_is_told_of_nowhere() -> None:
    member = a(TransferEnclosed).enclosure.model_copy(update={"kind": MEMBER, "id": "a"})
    here = custody(a(CustodyAmended, enclosure=member))
    gone = a(MemberLeft, member_id=MemberId("a"), because=LeavingCode("elsewhere"), epoch=1)

    assert amending.depart(here, gone, here=HERE, at=NOW) == []
    assert amending.depart(MOVED, gone, here=HERE, at=NOW) == []


def test_who_left_elsewhere_leaves_here_and_a_case_that_went_on_takes_it_along() -> None:
    letter = a(TransferForwarded, change="member-left", because=None, enclosure=None)

    [reduced] = amending.take_change(custody(a(CustodyPlaced)), letter, None, here=HERE, at=NOW)
    [again] = amending.take_change(MOVED, letter, None, here=HERE, at=NOW)

    assert isinstance(reduced, CustodyReduced)
    assert (reduced.kind, reduced.id, reduced.because) == ("member", letter.member_id, letter.left)
    assert isinstance(again, TransferForwarded)
    assert (again.member_id, again.left) == (letter.member_id, letter.left)


def test_who_left_on_the_way_is_counted_as_sent_and_leaves_there() -> None:
    members = [a(TransferEnclosed).enclosure.model_copy(update={"kind": MEMBER, "id": id}) for id in "ab"]
    joined = [a(CustodyAmended, enclosure=each) for each in members]
    waiting = custody(*joined, a(TransferOffered), a(TransferEnclosed), members=4)
    [gone] = amending.depart(waiting, a(MemberLeft, member_id=MemberId("a"), epoch=1), here=HERE, at=NOW)

    left = facts(members=waiting.count(MEMBER) - 1)
    said = amending.revise(waiting.after(gone), a(ApplicationAmended, facts=left, epoch=1), here=HERE, at=NOW)

    assert kinds(said)[-2:] == [CustodyEnded, TransferForwarded]
    completed, forwarded = said[-3], said[-1]
    assert isinstance(completed, TransferCompleted)
    assert (completed.facts.members, completed.enclosed.members) == (left.members + 1, left.members + 1)
    assert isinstance(forwarded, TransferForwarded)
    assert (forwarded.member_id, forwarded.epoch) == ("a", completed.epoch)

"""Member: who applies, and how he is known."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cases import MemberJoined
from schemas.ids import Pseudonym
from schemas.samples import a
from schemas.transfers import OfferEnclosed
from services.intake.domain.member import Member, chosen_from, join_from
from services.intake.domain.person import NotAnIdNumber, identity_of, read_resident_id

NOW = datetime(2026, 3, 2, 2, 40, tzinfo=UTC)
# From the text of GB 11643 itself.
GOOD = "11010519491231002X"


def test_a_member_that_comes_with_a_case_joins_under_our_pseudonym() -> None:
    came = a(OfferEnclosed)

    joined = join_from(came.enclosure, case_id=came.case_id, worker=Pseudonym("51p1.ab"), at=NOW)

    assert joined.member_id == came.enclosure.id
    assert joined.worker == "51p1.ab"
    assert joined.person == came.enclosure.content
    assert joined.claim_fen == came.enclosure.claim_fen


def test_a_member_that_joins_again_has_what_came_last() -> None:
    member = Member.joined(a(MemberJoined)).after(a(MemberJoined, claim_fen=7))

    assert member == Member.joined(a(MemberJoined, claim_fen=7))
    assert member.due == {}


def test_an_id_number_is_read_however_it_is_spaced() -> None:
    assert read_resident_id(" 110105 19491231 002x ") == GOOD


def test_the_place_of_an_id_number_never_rejects() -> None:
    assert read_resident_id("990105194912310031") == "990105194912310031"


@pytest.mark.parametrize(
    "wrong", ["", "11010519491231002", "110105194912310021", "11010519491331002X", "A1010519491231002X"]
)
def test_a_wrong_id_number_is_refused_without_repeating_it(wrong: str) -> None:
    with pytest.raises(NotAnIdNumber) as refusal:
        read_resident_id(wrong)

    assert not wrong or wrong not in str(refusal.value)


@given(place=st.integers(0, 16), digit=st.integers(0, 9))
def test_one_wrong_digit_is_always_found(place: int, digit: int) -> None:
    changed = f"{GOOD[:place]}{digit}{GOOD[place + 1 :]}"

    if changed != GOOD:
        with pytest.raises(NotAnIdNumber):
            read_resident_id(changed)


def test_one_person_is_one_identity_however_his_number_is_written() -> None:
    assert identity_of({"id_number": "11010519491231002x"}, "m1") == identity_of({"id_number": GOOD}, "m2")


def test_two_papers_with_the_same_number_are_two_identities() -> None:
    passport = {"id_kind": "passport", "id_number": "E12345678"}
    permit = {"id_kind": "tw-permit", "id_number": "E12345678"}

    assert identity_of(passport, "m1") != identity_of(permit, "m1")


ANYTHING = st.none() | st.integers() | st.text(max_size=9)


@given(ANYTHING | st.dictionaries(st.sampled_from(["id_kind", "id_number", "name"]), ANYTHING))
def test_whatever_another_release_sealed_has_an_identity(person: object) -> None:
    assert identity_of(person, "m1")


def test_representatives_are_read_from_what_came_whatever_it_is() -> None:
    assert chosen_from({"members": ["m1", 7, "m2"]}) == ("m1", "m2")
    assert chosen_from({"members": None}) == chosen_from("nonsense") == chosen_from({}) == ()

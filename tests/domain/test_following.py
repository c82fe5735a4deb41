"""Following: the line of a case that others have, whatever the order in which its owners' letters come."""

from itertools import permutations
from typing import Any

from schemas.samples import a
from schemas.transfers import ProgressReceived, ProgressReported
from services.routing.domain import following as followings
from services.routing.domain.following import Following


def following(*letters: ProgressReceived) -> Following:
    first, *rest = letters
    found = Following.begin(first)
    for letter in rest:
        found = found.after(letter)
    return found


def letter(milestone: str, **said: Any) -> ProgressReceived:
    return a(ProgressReceived, milestone=milestone, **said)


def test_a_letter_becomes_what_we_say_of_it() -> None:
    received = a(ProgressReceived)

    assert followings.received(a(ProgressReported), at=received.at) == received


def test_the_first_letter_begins_a_following() -> None:
    found = following(a(ProgressReceived))

    assert (found.owner, found.epoch, len(found.reached)) == ("510521-legal-aid", 2, 1)


def test_a_later_total_replaces_the_one_before() -> None:
    found = following(letter("recovered", amount_fen=100), letter("recovered", amount_fen=250))

    assert [each.amount_fen for each in found.reached] == [250]


def test_the_owner_of_the_highest_epoch_is_the_owner_in_whatever_order_letters_come() -> None:
    letters = [
        letter("accepted", epoch=1, owner="442000-legal-aid", from_province="44"),
        letter("accepted", epoch=2),
        letter("agreed", epoch=2),
    ]

    found = {following(*order) for order in permutations(letters)}

    assert len(found) == 1
    assert found.pop().owner == "510521-legal-aid"

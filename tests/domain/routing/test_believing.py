"""Each letter is believed from the province that may say it, and from nobody else."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from chassis.service import OnEvent
from law.book import load_law
from schemas.envelope import Letter, OpeningLetter
from schemas.ids import AgencyId, Province
from schemas.samples import a
from schemas.transfers import (
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    DirectionGiven,
    EscalationReceived,
    OfferAccepted,
    OfferClosed,
    OfferReceived,
    ProgressReceived,
    ProgressReported,
    RemovalReported,
    TaskRequested,
    TransferCompleted,
    TransferEscalated,
    TransferForwarded,
    TransferOffered,
    TransferRecalled,
    TransferReminded,
)
from services.routing.app import service
from services.routing.domain import receiving
from services.routing.domain.believing import RULE_OF, RULES, Known, believed
from services.routing.domain.custody import Custody
from services.routing.domain.errand import Errand
from services.routing.domain.escalation import Escalation
from services.routing.domain.following import Following
from services.routing.domain.offer import COMPLETED, Offer
from services.routing.domain.protocol import kinds
from services.routing.domain.task import Task

HERE, THERE, STRANGER, DESK = map(Province, ("44", "51", "33", "00"))
OWN = AgencyId("330000-legal-aid")
T = a(TransferOffered).transfer_id
LETTERS = tuple(RULE_OF)
KINDS = kinds(load_law())
FIELDS = {Custody: "custody", Offer: "offer", Escalation: "escalation", Task: "task", Errand: "errand"}
STATES = {f"{kind.name}: {name}": state for kind in KINDS for name, state in kind.states.items()}
OPENING = (TransferOffered, TransferEscalated, TaskRequested)


def province_of(agency: AgencyId) -> Province:
    return Province(agency[:2])


def known(*aggregates: Any, here: Province = HERE, following: Following | None = None) -> Known:
    found = {FIELDS[type(each)]: each for each in aggregates}
    return Known(here=here, following=following, province_of=province_of, **found)


def sample(letter: type[Letter], sender: Province, **said: Any) -> Letter:
    opening: dict[str, Any] = {"sender": sender} if issubclass(letter, OpeningLetter) else {}
    return a(letter, **opening | said)


def custody(*events: CustodyEvent) -> Custody:
    found = Custody.begin(a(CustodyBegun))
    for event in events:
        found = found.after(event)
    return found


MOVED = custody(a(TransferOffered), a(TransferCompleted), a(CustodyEnded, transfer_id=T))
WITHDRAWN = custody(a(CustodyEnded, because="withdrawn", transfer_id=None, agency=None, province=None))
BACK = MOVED.after(a(CustodyBegun, epoch=4, followers=("51", "42")))
ACCEPTED = Offer.begin(a(OfferReceived)).after(a(OfferAccepted))


def test_there_is_a_rule_for_every_letter_that_is_answered_and_for_no_other() -> None:
    answered = {each.type for each in service.handles if isinstance(each, OnEvent) and each.log == "mailbox"}

    assert set(RULE_OF) == answered
    assert sum(len(rule.letters) for rule in RULES) == len(RULE_OF)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.__name__)
def test_a_province_that_has_nothing_to_do_with_it_is_believed_in_no_state(letter: type[Letter]) -> None:
    said = sample(letter, STRANGER)

    assert [name for name, it in STATES.items() if believed(said, STRANGER, known(it))] == []
    assert not believed(said, STRANGER, known())


@pytest.mark.parametrize("letter", [*OPENING, ProgressReported], ids=lambda letter: letter.__name__)
def test_nor_in_its_own_name_of_a_case_that_is_here_or_went_elsewhere(letter: type[Letter]) -> None:
    names = {"offered_by", "escalated_by", "asked_by", "owner"} & set(letter.model_fields)
    for epoch, it in product((1, 2), (custody(), WITHDRAWN, MOVED)):
        said = sample(letter, STRANGER, epoch=epoch, **dict.fromkeys(names, OWN))
        assert not believed(said, STRANGER, known(it)), (epoch, it.state)


ADDRESSED = {
    "transfer.": (THERE, HERE),
    "offer.": (HERE, THERE),
    "task.": (THERE, HERE),
    "errand.": (HERE, THERE),
    "progress.": (HERE, THERE),
    "removal.": (HERE, THERE),
    "direction.": (HERE, DESK),
}
"""Where the sample of a kind of letter arrives, and who may say it."""


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.__name__)
def test_who_has_to_do_with_it_is_believed(letter: type[Letter]) -> None:
    name = letter.type.removeprefix("casebridge.")
    here, sender = next(who for start, who in ADDRESSED.items() if name.startswith(start))
    came = custody(a(CustodyBegun, epoch=2, followers=("44",)))
    had = [came] if letter is TransferForwarded else []
    of_letter: dict[str, list[Any]] = {
        "transfer.": [Offer.begin(a(OfferReceived)), *had],
        "offer.": [MOVED],
        "task.": [STATES["Errand: waiting"]],
        "errand.": [STATES["Task: requested"]],
    }
    aggregates = of_letter.get(name.partition(".")[0] + ".", [MOVED])

    assert believed(sample(letter, sender), sender, known(*aggregates, here=here))


# --- The case ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [{"owner": AgencyId("510500-legal-aid")}, {"epoch": 1}, {"epoch": 3}],
    ids=["to another agency", "in the same epoch", "an epoch later"],
)
def test_a_case_comes_to_who_was_asked_and_in_the_next_epoch(said: dict[str, Any]) -> None:
    assert believed(a(TransferCompleted), HERE, known(ACCEPTED, here=THERE))
    assert not believed(a(TransferCompleted, **said), HERE, known(ACCEPTED, here=THERE))


@pytest.mark.parametrize("here", [custody(), WITHDRAWN, BACK], ids=["owned", "withdrawn", "back"])
def test_a_case_that_is_here_does_not_come_once_more(here: Custody) -> None:
    assert not believed(a(TransferCompleted), HERE, known(ACCEPTED, here, here=THERE))


def test_of_a_case_that_came_it_may_be_said_once_more() -> None:
    came = Custody.begin(a(CustodyBegun, epoch=2, followers=("44",)))
    offer = ACCEPTED.after(a(OfferClosed, because="completed"))

    assert believed(a(TransferCompleted), HERE, known(offer, came, here=THERE))
    assert receiving.take_over(offer, a(TransferCompleted), None, here=THERE, at=offer.received_at) == []


def test_a_case_comes_back_and_moves_within_a_province() -> None:
    again = Offer.begin(a(OfferReceived, epoch=2, to_province=THERE)).after(a(OfferAccepted))
    assert believed(a(TransferCompleted, epoch=3), THERE, known(again, MOVED))

    # The custody of the own province has told of the very transfer.
    within = Offer.begin(a(OfferReceived, to_province=THERE)).after(a(OfferAccepted))
    assert believed(a(TransferCompleted), THERE, known(within, MOVED, here=THERE))


def test_a_case_that_we_did_not_accept_does_not_come() -> None:
    offer = Offer.begin(a(OfferReceived))

    assert receiving.take_over(offer, a(TransferCompleted), None, here=THERE, at=offer.received_at) == []
    assert receiving.close(offer, COMPLETED, at=offer.received_at) == []


@pytest.mark.parametrize("because", ["lapsed", "recalled"])
def test_a_case_that_we_accepted_comes_whatever_was_told_meanwhile(because: str) -> None:
    offer = ACCEPTED.after(a(OfferClosed, because=because))

    assert receiving.take_over(offer, a(TransferCompleted), None, here=THERE, at=offer.received_at)
    assert receiving.close(offer, COMPLETED, at=offer.received_at)


def test_of_an_offer_of_an_earlier_release_it_is_not_known_whether_we_accepted_it() -> None:
    kept = replace(Offer.begin(a(OfferReceived)), taken_on=None)

    assert receiving.take_over(kept, a(TransferCompleted), None, here=THERE, at=kept.received_at)


# --- Who had it ---------------------------------------------------------------------------------------------


def test_what_is_known_of_who_had_the_case_is_held_against_who_tells_of_it() -> None:
    assert (MOVED.had_by(1, here=HERE), MOVED.had_by(2, here=HERE)) == (HERE, THERE)
    assert MOVED.had_by(3, here=HERE) is None
    assert MOVED.may_be_with(STRANGER, 3, here=HERE), "a later owner, of whom nobody else tells"
    assert BACK.had_by(4, here=HERE) == HERE
    assert BACK.may_be_with(Province("42"), 3, here=HERE), "while it was away"
    assert not BACK.may_be_with(STRANGER, 5, here=HERE), "it is here"


def test_progress_is_told_by_the_owner_of_the_epoch_or_a_later_one() -> None:
    following = Following.begin(a(ProgressReceived))
    of_desk = known(here=DESK, following=following)

    assert believed(a(ProgressReported), THERE, of_desk)
    assert not believed(sample(ProgressReported, STRANGER, owner=OWN), STRANGER, of_desk)
    assert believed(sample(ProgressReported, STRANGER, owner=OWN, epoch=3), STRANGER, of_desk)
    late = sample(ProgressReported, HERE, owner=AgencyId("442000-legal-aid"), epoch=1)
    assert believed(late, HERE, of_desk), "what the owner before him said comes after it"


def test_a_removal_is_told_by_who_took_the_case() -> None:
    assert believed(a(RemovalReported), THERE, known(MOVED))
    assert not believed(sample(RemovalReported, STRANGER), STRANGER, known(MOVED))


# --- What we are to decide ----------------------------------------------------------------------------------


def test_under_one_id_each_is_believed_of_what_is_his() -> None:
    offer = Offer.begin(a(OfferReceived))
    escalation = Escalation.begin(a(EscalationReceived, from_province=STRANGER, transfer_id=T))
    both = known(offer, escalation, here=THERE)

    for letter in (TransferRecalled, TransferReminded):
        assert believed(a(letter), HERE, both)
        assert believed(a(letter), STRANGER, both)
        assert not believed(a(letter), Province("42"), both)


@pytest.mark.parametrize(
    ("sender", "superior", "owner", "agency", "may"),
    [
        ("00", "00-national-desk", "44", "51", True),
        ("44", "440000-justice", "44", "44", True),
        ("44", "440000-justice", "44", "51", False),
        ("51", "510000-justice", "44", "51", False),
        ("33", "330000-justice", "44", "44", False),
        ("33", "00-national-desk", "33", "33", False),
    ],
)
def test_nobody_directs_beyond_his_province_but_the_desk_of_the_nation(
    sender: str, superior: str, owner: str, agency: str, may: bool
) -> None:
    letter = a(
        DirectionGiven, sender=sender, superior=superior, owner_province=Province(owner), province=agency
    )

    assert believed(letter, Province(sender), known(here=Province(agency))) is may

"""Provinces that write of what they have nothing to do with: in every place, every letter that there is.

Each signs with its own key and in its own name; more nobody can do.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from schemas.envelope import Letter, OpeningLetter
from schemas.ids import NATIONAL_DESK, AgencyId, Province
from schemas.samples import a
from schemas.transfers import (
    DirectionGiven,
    ProgressReported,
    TaskRequested,
    TransferEscalated,
    TransferForwarded,
    TransferOffered,
)
from services.routing.domain.believing import RULE_OF
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.errand import Errand
from services.routing.domain.escalation import Escalation
from services.routing.domain.following import Following
from services.routing.domain.offer import Offer
from services.routing.domain.task import Task
from tests.protocol.clerk import CASE, Place, Post
from tests.protocol.scene import PROVINCES

STRANGER: Final = Province("33")
BEGINS: Final = {TransferOffered: "Offer", TransferEscalated: "Escalation", TaskRequested: "Errand"}
LIARS: Final = (STRANGER, *PROVINCES)


def lies_in(place: Place) -> Iterator[Post]:
    """Letters of each province about what is not its matter, as true as it can make them."""
    aggregates = [aggregate for _, _, aggregate in place.aggregates]
    concerned = {**concerned_with(aggregates), CASE: frozenset(LIARS) - {STRANGER}}
    for letter in RULE_OF:
        for id, parties in concerned.items():
            if (name := named_by(letter)) == kind_of(id, aggregates) and is_lie(letter, id, place):
                said = {name: id} if name else {}
                for liar in liars_about(letter, parties | {place.province}):
                    yield lie(letter, liar, place, said | suited(letter, aggregates))


def liars_about(letter: type[Letter], parties: frozenset[Province]) -> tuple[Province, ...]:
    """Who had the case, has it, or decides about it may begin something; so a stranger does that."""
    if letter in BEGINS or letter in (TransferForwarded, DirectionGiven):
        return (STRANGER,)
    return tuple(each for each in LIARS if each not in parties)


def is_lie(letter: type[Letter], id: str, place: Place) -> bool:
    """Whether anything here tells it from the truth: in his own name anybody may begin something new."""
    kinds = {kind for kind, known, _ in place.aggregates if known == id or kind in ("Custody", "Following")}
    if letter is ProgressReported:
        return bool(kinds & {"Custody", "Following"}) or place.province != NATIONAL_DESK
    begins = BEGINS.get(letter)
    return begins is None or bool(kinds & {"Custody", begins})


def concerned_with(aggregates: list[Any]) -> Mapping[str, frozenset[Province]]:
    """Who may say something of what has that id."""
    found: dict[str, frozenset[Province]] = {}
    for each in aggregates:
        pairs: list[tuple[str, Province]]
        match each:
            case Offer() | Escalation():
                pairs = [(each.transfer_id, each.from_province)]
            case Errand():
                pairs = [(each.task_id, each.from_province)]
            case Task():
                pairs = [(each.task_id, each.to_province)]
            case Custody():
                pairs = [(it.id, it.to_province) for it in each.transfers]
                pairs += [(it.id, it.province) for it in each.disputes]
            case _:
                continue
        for id, province in pairs:
            found[id] = found.get(id, frozenset()) | {province}
    return found


def named_by(letter: type[Letter]) -> str:
    """By which field it says what it is about; of the case itself, by none."""
    return next((name for name in ("transfer_id", "task_id") if name in letter.model_fields), "")


def kind_of(id: str, aggregates: list[Any]) -> str:
    if id == CASE:
        return ""
    tasks = {each.id for each in aggregates if isinstance(each, Errand | Task)}
    return "task_id" if id in tasks else "transfer_id"


def suited(letter: type[Letter], aggregates: list[Any]) -> dict[str, Any]:
    """What fits what is here: the next epoch of an offer, for who was asked; the epoch that the case has."""
    fields = letter.model_fields
    if letter is ProgressReported and (heard := [e for e in aggregates if isinstance(e, Following)]):
        return {"epoch": heard[0].epoch}
    for each in aggregates:
        if isinstance(each, Offer) and {"owner", "epoch"} <= fields.keys() and letter is not ProgressReported:
            return {"owner": each.agency, "epoch": each.epoch + 1}
        if isinstance(each, Custody) and "epoch" in fields:
            gone = each.state is CustodyState.ENDED and bool(each.moved_by)
            return {"epoch": each.epoch if gone or letter is not ProgressReported else each.epoch + 1}
    return {}


def lie(letter: type[Letter], liar: Province, place: Place, said: dict[str, Any]) -> Post:
    own = AgencyId(f"{liar}0000-legal-aid")
    signed: dict[str, Any] = {"sender": liar} if issubclass(letter, OpeningLetter) else {}
    names = {"offered_by", "escalated_by", "asked_by"} & letter.model_fields.keys()
    if letter is ProgressReported:
        names |= {"owner"}
    event = a(
        letter,
        **{"case_id": CASE, "to_province": place.province} | dict.fromkeys(names, own) | signed | said,
    )
    return Post(place.province, "mailbox", f"/cn{liar}/liar", event)

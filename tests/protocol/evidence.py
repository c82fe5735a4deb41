"""Forgets moments that are kept as evidence and decide nothing, so that equal situations are equal states.

What decides is kept: deadlines of what is open, when an offer was received and stood still, when an
acceptance was decided. The random stories forget nothing, and would see if one of these did decide.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from schemas.envelope import Letter
from schemas.transfers import (
    OfferAccepted,
    TransferEnclosed,
    TransferEscalated,
    TransferLapsed,
    TransferOffered,
    TransferReminded,
    TransferVoided,
)
from services.routing.domain.custody import Custody
from services.routing.domain.dispute import Dispute
from services.routing.domain.errand import Errand
from services.routing.domain.escalation import Escalation
from services.routing.domain.following import Following
from services.routing.domain.offer import Offer
from services.routing.domain.task import Task
from services.routing.domain.transfer import Transfer, TransferState

V = TypeVar("V")

IN_LETTERS: Final[Mapping[type[Letter], tuple[str, ...]]] = {
    TransferOffered: ("deliver_by",),
    TransferEnclosed: ("enclose_by",),
    TransferEscalated: ("decide_by",),
    TransferLapsed: ("due_at",),
    TransferReminded: ("due_at",),
    TransferVoided: ("ended_at", "accepted_at"),
}


def letter_without(event: Letter, moment: Any) -> Letter:
    """The letter; every moment in it that its reader does not go by is `moment`."""
    fields = ("at", *IN_LETTERS.get(type(event), ()))
    if isinstance(event, OfferAccepted):
        return event
    return event.model_copy(update={name: moment for name in fields if getattr(event, name)})


def without(aggregate: Any, moment: Any) -> Any:
    """The aggregate, likewise."""
    match aggregate:
        case Custody():
            transfers = tuple(of_transfer(each, moment) for each in aggregate.transfers)
            disputes = tuple(of_dispute(each, moment) for each in aggregate.disputes)
            return replace(aggregate, transfers=transfers, disputes=disputes)
        case Offer():
            return of_offer(aggregate, moment)
        case Escalation():
            return replace(aggregate, received_at=moment, decide_by=moment)
        case Following():
            return replace(aggregate, reached=tuple(replace(each, at=moment) for each in aggregate.reached))
        case Task():
            return forgotten(aggregate, moment, "acknowledged_at", "done_at", "wants_until")
        case Errand():
            return forgotten(aggregate, moment, "acknowledged_at", "done_at", "received_at")
        case _:
            return aggregate


def of_transfer(transfer: Transfer, moment: Any) -> Transfer:
    kept = forgotten(transfer, moment, "ended_at", "acknowledged_at", "delivered_at")
    if transfer.answer_by:
        kept = replace(kept, deliver_by=moment)
    if transfer.open or transfer.state is TransferState.ENCLOSING:
        return kept
    # Of what has lapsed, the end of its time still tells an acceptance in time from one that was not.
    fields = ("deliver_by", "supply_by", "enclose_by")
    lapsed = transfer.state is TransferState.LAPSED
    return forgotten(kept, moment, *fields, *(() if lapsed else ("answer_by",)))


def of_dispute(dispute: Dispute, moment: Any) -> Dispute:
    return dispute if dispute.waiting else replace(dispute, decide_by=moment)


def of_offer(offer: Offer, moment: Any) -> Offer:
    kept = forgotten(offer, moment, "acknowledged_at")
    if offer.open:
        return kept
    still = tuple(replace(each, begins=moment, ends=moment) for each in offer.standstills)
    kept = forgotten(kept, moment, "received_at", "answer_by", "supply_by")
    return replace(kept, standstills=still)


def forgotten(value: V, moment: Any, *names: str) -> V:
    """Those of the moments that there are."""
    moments = {name: moment for name in names if getattr(value, name, None) is not None}
    return replace(value, **moments)  # type: ignore[type-var]

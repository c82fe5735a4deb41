"""An offer, at the agency that is asked, in every state."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from law.book import Law
from schemas.codes import ClarificationCode, LegalBasis, OfferEnd, RejectionCode
from schemas.fields import Sealed
from schemas.ids import AgencyId
from schemas.messages import Event
from schemas.samples import a
from schemas.transfers import (
    DirectionReceived,
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationRequested,
    OfferClosed,
    OfferEvent,
    OfferReceived,
    OfferRejected,
    TransferClarificationSupplied,
    TransferEnclosed,
    TransferOffered,
    TransferRelocated,
    TransferReminded,
)
from services.routing.domain import answering, receiving
from services.routing.domain.direction import Direction
from services.routing.domain.offer import COMPLETED, Offer, OfferState
from services.routing.domain.protocol.kind import Kind, Source, Stimulus
from services.routing.domain.transfer import DIRECTED

WITHIN: Final = a(TransferOffered).answer_within
RECEIVED: Final = a(OfferReceived, answer_within=WITHIN)
AGENCY: Final = RECEIVED.agency
SEALED: Final = Sealed(key_id="51k1", box="AAAA")
DIRECTION: Final = Direction.begin(a(DirectionReceived))
AS_DIRECTED: Final = a(OfferReceived, mode=DIRECTED, direction=DIRECTION.id, answer_within=WITHIN)
ASKED: Final = a(OfferClarificationRequested)
ASKED_AGAIN: Final = a(OfferClarificationRequested, round=2)
AT: Final = a(OfferAccepted).at


def offer(*events: OfferEvent, received: OfferReceived = RECEIVED) -> Offer:
    found = Offer.begin(received)
    for event in events:
        found = found.after(event)
    return found


def closed(because: str) -> OfferClosed:
    return a(OfferClosed, because=OfferEnd(because))


STATES: Final = {
    "waiting": offer(),
    "acknowledged": offer(a(OfferAcknowledged)),
    "clarifying": offer(a(OfferAcknowledged), ASKED),
    "clarifying, the second time": offer(a(OfferAcknowledged), ASKED, ASKED_AGAIN),
    "directed": offer(received=AS_DIRECTED),
    "accepted": offer(a(OfferAccepted)),
    "rejected": offer(a(OfferRejected)),
    "recalled": offer(closed("recalled")),
    "lapsed": offer(closed("lapsed")),
    "voided": offer(a(OfferAccepted), closed("voided")),
    "completed": offer(a(OfferAccepted), closed("completed")),
}


def state_of(it: Offer) -> str:
    if it.state is OfferState.CLOSED:
        return str(it.closed_because)
    if it.directed and it.open:
        return "directed"
    again = it.state is OfferState.CLARIFYING and len(it.standstills) > 1
    return "clarifying, the second time" if again else str(it.state)


def reject(it: Offer) -> Sequence[Event]:
    return answering.reject(
        it,
        by=AGENCY,
        code=RejectionCode("not-competent"),
        legal_basis=LegalBasis("LAL-38"),
        proposed=AgencyId("442000-legal-aid"),
        at=AT,
    )


def ask(it: Offer, law: Law) -> Sequence[Event]:
    return answering.ask(it, by=AGENCY, about=(ClarificationCode("evidence"),), question=None, law=law, at=AT)


def stimuli(law: Law) -> list[Stimulus]:
    """Everything that an offer can meet. What begins with `transfer.completed` is another aggregate."""
    supplied = a(TransferClarificationSupplied)
    again = a(TransferClarificationSupplied, round=2)
    late = RECEIVED.answer_by + timedelta(days=365)
    heard: dict[str, Callable[[Offer], Sequence[Event]]] = {
        "transfer.clarification_supplied": lambda o: receiving.clarify(o, supplied, SEALED, law, at=AT),
        "transfer.clarification_supplied again": lambda o: receiving.clarify(o, again, SEALED, law, at=AT),
        "transfer.reminded": lambda o: receiving.remind(o, a(TransferReminded), at=AT),
        "transfer.relocated": lambda o: receiving.relocate(o, a(TransferRelocated), at=AT),
        "direction.given": lambda o: receiving.heed(o, DIRECTION, at=AT),
        "transfer.enclosed": lambda o: receiving.keep(o, a(TransferEnclosed).enclosure, at=AT),
        "transfer.completed": lambda o: receiving.close(o, COMPLETED, at=AT),
        "transfer.recalled": lambda o: receiving.close(o, OfferEnd("recalled"), at=AT),
        "transfer.lapsed": lambda o: receiving.close(o, OfferEnd("lapsed"), at=AT),
        "transfer.voided": lambda o: receiving.close(o, OfferEnd("voided"), at=AT),
    }
    waits: dict[str, Callable[[Offer], bool]] = {"transfer.completed": lambda o: not o.may_come}
    done: dict[str, Callable[[Offer], Sequence[Event]]] = {
        "acknowledge": lambda o: answering.acknowledge(o, by=AGENCY, at=AT),
        "ask for clarification": lambda o: ask(o, law),
        "accept": lambda o: answering.accept(o, by=AGENCY, at=AT),
        "accept too late": lambda o: answering.accept(o, by=AGENCY, at=late),
        "accept as another agency": lambda o: answering.accept(o, by=AgencyId("another"), at=AT),
        "reject": reject,
    }
    return [
        *(
            Stimulus(Source.LETTER, name, give, waits.get(name, lambda _: False))
            for name, give in heard.items()
        ),
        *(Stimulus(Source.COMMAND, name, give) for name, give in done.items()),
    ]


def offers(law: Law) -> Kind:
    return Kind(
        name="Offer",
        title="An offer, at the agency that is asked",
        states=STATES,
        stimuli=stimuli(law),
        state_of=state_of,
    )

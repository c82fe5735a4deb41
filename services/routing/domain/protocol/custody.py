"""A transfer as its owner keeps it, in every state, with the custody around it."""

from typing import Final

from law.book import Law
from schemas.ids import AgencyId, TransferId
from schemas.samples import a, facts
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    CustodyPlaced,
    TransferAcknowledged,
    TransferClarificationRequested,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferDelivered,
    TransferDirected,
    TransferEnclosed,
    TransferEscalated,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRejected,
)
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.protocol.custody_stimuli import stimuli
from services.routing.domain.protocol.kind import Kind
from services.routing.domain.transfer import DIRECTED

OFFERED: Final = a(TransferOffered)
T: Final = OFFERED.transfer_id
EARLIER: Final = TransferId("earlier")
SECOND_AGENCY: Final = AgencyId("510500-legal-aid")
DELIVERED: Final = a(TransferDelivered)
ASKED: Final = a(TransferClarificationRequested)
ASKED_NEXT: Final = a(TransferOffered, transfer_id=TransferId("after"), to=SECOND_AGENCY)
ESCALATED: Final = a(TransferEscalated)


def custody(*events: CustodyEvent, members: int = 1) -> Custody:
    """With one member, of so many announced."""
    found = Custody.begin(a(CustodyBegun, facts=facts(members=members))).after(a(CustodyAmended))
    for event in events:
        found = found.after(event)
    return found


def offered_again(*events: CustodyEvent) -> Custody:
    """One agency has refused already; this is the second that is asked."""
    first = a(TransferOffered, transfer_id=EARLIER, to=SECOND_AGENCY)
    return custody(first, a(TransferRejected, transfer_id=EARLIER), OFFERED, *events)


def as_directed() -> Custody:
    """The common superior has directed this very offer."""
    offered = a(TransferOffered, mode=DIRECTED, direction=ESCALATED.transfer_id)
    return custody(ESCALATED, a(TransferDirected), offered, DELIVERED)


STATES: Final = {
    "offered": custody(OFFERED),
    "delivered": custody(OFFERED, DELIVERED),
    "acknowledged": custody(OFFERED, DELIVERED, a(TransferAcknowledged)),
    "clarifying": custody(OFFERED, DELIVERED, ASKED),
    "supplied": custody(OFFERED, DELIVERED, ASKED, a(TransferClarificationSupplied)),
    "delivered to the second": offered_again(DELIVERED),
    "delivered as directed": as_directed(),
    "enclosing": custody(OFFERED, DELIVERED, a(TransferEnclosed), members=3),
    "completed": custody(OFFERED, DELIVERED, a(TransferCompleted), a(CustodyEnded, transfer_id=T)),
    "rejected, the next asked": custody(OFFERED, DELIVERED, a(TransferRejected), ASKED_NEXT),
    "lapsed, the next asked": custody(OFFERED, DELIVERED, a(TransferLapsed), ASKED_NEXT),
    "rejected, escalated": offered_again(DELIVERED, a(TransferRejected), ESCALATED),
    "lapsed, escalated": offered_again(DELIVERED, a(TransferLapsed), ESCALATED),
    "recalled": custody(OFFERED, DELIVERED, a(TransferRecalled), a(CustodyPlaced, because="recalled")),
    "withdrawn": custody(
        OFFERED,
        a(TransferRecalled, because="application-withdrawn"),
        a(CustodyEnded, because="withdrawn", transfer_id=None, agency=None, province=None),
    ),
}


def state_of(case: Custody) -> str:
    """Of the transfer that everything is about, with what follows it."""
    transfer = case.known(T)
    if case.state is CustodyState.ENDED and not case.moved:
        return "withdrawn"
    name = str(transfer.state)
    if transfer.open:
        if name == "delivered" and transfer.directed:
            return "delivered as directed"
        return "delivered to the second" if name == "delivered" and case.disputed(T) else name
    if any(each.open and each.directed for each in case.transfers):
        return f"{name}, another directed"
    if any(each.open for each in case.transfers):
        return f"{name}, the next asked"
    return f"{name}, escalated" if case.dispute else name


def transfers(law: Law) -> Kind:
    return Kind(
        name="Transfer",
        title="A transfer, in the custody of the owner",
        states=STATES,
        stimuli=stimuli(law),
        state_of=state_of,
    )

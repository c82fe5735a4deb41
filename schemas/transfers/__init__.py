"""What routing says: who has a case, who is asked to take it or to help. Topic `transfers`."""

from typing import TypeAlias

from schemas.transfers.custody import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyFactsAmended,
    CustodyPlaced,
    CustodyReduced,
    RouteDecided,
)
from schemas.transfers.escalation import (
    DirectionEvent,
    DirectionGiven,
    DirectionReceived,
    EscalationClosed,
    EscalationEvent,
    EscalationReceived,
    EscalationReminded,
)
from schemas.transfers.following import FollowingEvent, ProgressReceived
from schemas.transfers.helping import (
    ErrandAcknowledged,
    ErrandClosed,
    ErrandDone,
    ErrandEvent,
    ErrandExtended,
    ErrandImpossible,
    ErrandReceived,
    ErrandReminded,
    TaskAcknowledged,
    TaskDone,
    TaskEvent,
    TaskExtended,
    TaskImpossible,
    TaskOverdue,
    TaskRecalled,
    TaskReminded,
    TaskRequested,
)
from schemas.transfers.offer import (
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferClosed,
    OfferEnclosed,
    OfferEvent,
    OfferReceived,
    OfferRejected,
    OfferRelocated,
    OfferReminded,
)
from schemas.transfers.transfer import (
    ProgressReported,
    RemovalReported,
    TransferAcknowledged,
    TransferClarificationRequested,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferDelivered,
    TransferDirected,
    TransferEnclosed,
    TransferEscalated,
    TransferForwarded,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRejected,
    TransferRelocated,
    TransferReminded,
    TransferVoided,
)

__all__ = [
    "CustodyAmended",
    "CustodyBegun",
    "CustodyEnded",
    "CustodyEvent",
    "CustodyFactsAmended",
    "CustodyPlaced",
    "CustodyReduced",
    "DirectionEvent",
    "DirectionGiven",
    "DirectionReceived",
    "ErrandAcknowledged",
    "ErrandClosed",
    "ErrandDone",
    "ErrandEvent",
    "ErrandExtended",
    "ErrandImpossible",
    "ErrandReceived",
    "ErrandReminded",
    "EscalationClosed",
    "EscalationEvent",
    "EscalationReceived",
    "EscalationReminded",
    "FollowingEvent",
    "OfferAccepted",
    "OfferAcknowledged",
    "OfferClarificationReceived",
    "OfferClarificationRequested",
    "OfferClosed",
    "OfferEnclosed",
    "OfferEvent",
    "OfferReceived",
    "OfferRejected",
    "OfferRelocated",
    "OfferReminded",
    "ProgressReceived",
    "ProgressReported",
    "RemovalReported",
    "RouteDecided",
    "TaskAcknowledged",
    "TaskDone",
    "TaskEvent",
    "TaskExtended",
    "TaskImpossible",
    "TaskOverdue",
    "TaskRecalled",
    "TaskReminded",
    "TaskRequested",
    "TransferAcknowledged",
    "TransferClarificationRequested",
    "TransferClarificationSupplied",
    "TransferCompleted",
    "TransferDelivered",
    "TransferDirected",
    "TransferEnclosed",
    "TransferEscalated",
    "TransferForwarded",
    "TransferLapsed",
    "TransferOffered",
    "TransferRecalled",
    "TransferRejected",
    "TransferRelocated",
    "TransferReminded",
    "TransferVoided",
]


CustodyEvent: TypeAlias = (
    CustodyBegun
    | CustodyAmended
    | CustodyFactsAmended
    | CustodyReduced
    | RouteDecided
    | CustodyPlaced
    | CustodyEnded
    | TransferOffered
    | TransferDelivered
    | TransferAcknowledged
    | TransferClarificationRequested
    | TransferClarificationSupplied
    | TransferReminded
    | TransferRelocated
    | TransferEscalated
    | TransferDirected
    | TransferForwarded
    | TransferRejected
    | TransferRecalled
    | TransferLapsed
    | TransferVoided
    | TransferEnclosed
    | TransferCompleted
    | ProgressReported
    | RemovalReported
)

"""An escalation, at the common superior, in every state."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from schemas.codes import AgencyKind, LegalBasis, RecallCode
from schemas.ids import NATIONAL_DESK, AgencyId, Division, Province, Wording
from schemas.messages import Event
from schemas.samples import a
from schemas.transfers import (
    DirectionGiven,
    EscalationClosed,
    EscalationEvent,
    EscalationReceived,
    TransferReminded,
)
from services.routing.domain.directory import LEGAL_AID_CENTRE, Agency
from services.routing.domain.escalation import Escalation
from services.routing.domain.opening import Hours
from services.routing.domain.protocol.kind import Kind, Source, Stimulus

RECEIVED: Final = a(EscalationReceived)
AT: Final = a(DirectionGiven).at
LUXIAN: Final = Agency(
    id=AgencyId("510521-legal-aid"),
    kind=AgencyKind(LEGAL_AID_CENTRE),
    name=Wording("泸县法律援助中心", "Luxian legal-aid centre"),
    province=Province("51"),
    division=Division("510521"),
    case_types=frozenset(),
    hours=Hours.read(""),
    phone="",
    serves_home=None,
    valid_from=date(2020, 1, 1),
    valid_to=None,
    successor=None,
)
CLOSED: Final = replace(LUXIAN, valid_to=date(2025, 12, 31))


def escalation(*events: EscalationEvent) -> Escalation:
    found = Escalation.begin(RECEIVED)
    for event in events:
        found = found.after(event)
    return found


def direct(it: Escalation, to: Agency = LUXIAN, by: AgencyId = RECEIVED.superior) -> Sequence[Event]:
    basis = LegalBasis("LOCAL-ACCEPTANCE-DISPUTE")
    return it.direct(to, by=by, legal_basis=basis, here=NATIONAL_DESK, at=AT)


def escalations() -> Kind:
    withdrawn = RecallCode("application-withdrawn")
    done: dict[str, Callable[[Escalation], Sequence[Event]]] = {
        "direct": direct,
        "direct as another agency": lambda e: direct(e, by=AgencyId("another")),
        "direct to an agency that has closed": lambda e: direct(e, CLOSED),
    }
    return Kind(
        name="Escalation",
        title="An escalation, at the common superior",
        states={
            "waiting": escalation(),
            "directed": escalation(a(DirectionGiven)),
            "closed": escalation(a(EscalationClosed)),
        },
        stimuli=[
            Stimulus(Source.LETTER, "transfer.reminded", lambda e: e.remind(a(TransferReminded), at=AT)),
            Stimulus(Source.LETTER, "transfer.recalled", lambda e: e.close(withdrawn, at=AT)),
            *(Stimulus(Source.COMMAND, name, give) for name, give in done.items()),
        ],
        state_of=lambda e: str(e.state),
    )

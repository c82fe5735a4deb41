"""What a common superior's coordinators do with cases that no agency took: look, and direct one of them."""

from pydantic import BaseModel

from chassis.http import Database, Uow, Who, case_router
from schemas.codes import LegalBasis
from schemas.ids import AgencyId, CaseId, TransferId
from services.routing import worklists
from services.routing.api import STAFF, After, Body, Limit
from services.routing.domain.direction import Direction
from services.routing.domain.directory import Directory
from services.routing.domain.dispute import COMMON_SUPERIOR_DECIDES
from services.routing.domain.errors import AgencyNotKnown
from services.routing.domain.escalation import Escalation, EscalationState

router = case_router()

COORDINATORS = frozenset({"coordinator"})

PERMISSIONS = {
    "list_escalations": COORDINATORS,
    "see_escalation": COORDINATORS | {"operator"},
    "direct_case": COORDINATORS,
    "see_direction": STAFF | COORDINATORS,
}


class EscalationPage(BaseModel):
    """Escalations, the oldest first."""

    items: list[Escalation]
    next: TransferId | None
    """What to state as `after` for the page that follows; null on the last."""


class DirectionBody(Body):
    """Who takes the case."""

    to: AgencyId
    """One of those that were asked, another one, or the owner itself."""
    legal_basis: LegalBasis = COMMON_SUPERIOR_DECIDES
    """What the direction rests on."""


@router.get("/escalations")
async def list_escalations(
    who: Who, database: Database, state: EscalationState | None = None, after: After = "", limit: Limit = 50
) -> EscalationPage:
    """What the caller's agency is to decide."""
    found = await worklists.escalations_of(
        database, who.province, who.agency, state=state, after=after, limit=limit
    )
    return EscalationPage(items=found, next=found[-1].transfer_id if len(found) == limit else None)


@router.get("/cases/{case_id}/escalations/{transfer_id}")
async def see_escalation(case_id: CaseId, transfer_id: TransferId, uow: Uow) -> Escalation:
    """The facts, who was asked, and the clock."""
    return uow.get(Escalation, transfer_id)


@router.post("/cases/{case_id}/escalations/{transfer_id}/direction", status_code=201)
async def direct_case(
    case_id: CaseId, transfer_id: TransferId, body: DirectionBody, who: Who, uow: Uow
) -> Escalation:
    """Say who takes the case. It cannot refuse, and a case is directed once."""
    directory = uow.use(Directory)
    to = directory.agencies.get(body.to)
    if to is None:
        raise AgencyNotKnown(version=directory.version, found=body.to)
    escalation = uow.expect(Escalation, transfer_id)
    events = escalation.direct(to, by=who.agency, legal_basis=body.legal_basis, here=uow.province, at=uow.now)
    return uow.emit(escalation, events, legal_basis=body.legal_basis)


@router.get("/cases/{case_id}/directions/{transfer_id}")
async def see_direction(case_id: CaseId, transfer_id: TransferId, uow: Uow) -> Direction:
    """Why one of our agencies has to take a case."""
    return uow.get(Direction, transfer_id)
